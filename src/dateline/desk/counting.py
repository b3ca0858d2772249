"""How much of a ledger lies in which time: enough to zoom by, and quick however large the ledger is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.desk.opening import AnyLedger, opened

COUNTED = 1_000
"""So far is counted: what comes to this may be more."""


def span(ledger: AnyLedger = "press.ledger") -> tuple[date, date] | None:
    """The days on which the first and the last happening begin; None where none has a date."""
    with opened(ledger) as book:
        days = book.span()
    return (date.fromordinal(days[0]), date.fromordinal(days[1])) if days else None


def count_happenings(ledger: AnyLedger, stretches: Sequence[tuple[date, date]]) -> tuple[int, ...]:
    """How many happenings begin in each stretch from one day to another, counted up to ``COUNTED``."""
    with opened(ledger) as book:
        return book.count_happenings([(a.toordinal(), b.toordinal()) for a, b in stretches], most=COUNTED)
