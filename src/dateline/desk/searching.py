"""Searches everything that the ledger holds for words, quickly and without counting."""

from __future__ import annotations

from dateline.desk.opening import AnyLedger, opened
from dateline.model import Hit


def search(ledger: AnyLedger, words: str, *, limit: int = 50, offset: int = 0) -> tuple[Hit, ...]:
    """The sentences that have these words, those added last first, with what was read in each.

    Raises SettingError where no word is left to look for, LedgerError where there is no such ledger.
    """
    with opened(ledger) as book:
        return book.hits(words, limit=limit, offset=offset)
