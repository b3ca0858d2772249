"""Tells what could not be added to a ledger, and why."""

from __future__ import annotations

from pathlib import Path

from dateline.ledger import Ledger
from dateline.model import Refused


def refused(ledger: str | Path = "press.ledger") -> tuple[Refused, ...]:
    """The pages that a ledger has refused, in the order in which they came.

    Raises LedgerError where there is no such ledger.
    """
    with Ledger.open(ledger) as opened:
        return opened.refusals()
