"""Opens a ledger for one request, or lends the one that is open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from dateline.ledger import Ledger

AnyLedger = str | os.PathLike[str] | Ledger
"""A ledger by its path, or one that is open already; an open one is left open."""


@contextmanager
def opened(ledger: AnyLedger, *, write: bool = False) -> Iterator[Ledger]:
    """The ledger, open as long as it is needed. One that exists not yet is not made: only adding does that.

    Raises LedgerError where it cannot be opened.
    """
    if isinstance(ledger, Ledger):
        yield ledger
        return
    path = os.fspath(ledger)
    if write:
        Ledger.open(path).close()
    with Ledger.open(path, write=write) as mine:
        yield mine
