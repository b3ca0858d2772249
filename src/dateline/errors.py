"""Everything that can go wrong, as one family.

DatelineError
├── InputError           a page, file, stream or URL that cannot be read as a report
│   ├── NotEnglish       a report in a language that Dateline does not read yet
│   └── FetchError       a URL that could not or must not be fetched
├── SettingError         an option or argument that does not make sense
├── LedgerError          a ledger that cannot be opened, written or asked
│   └── NotFound         an id that nothing in the ledger has
└── LexiconError         a rule file, gazetteer or model that cannot be opened or trusted
"""

from __future__ import annotations

LONGEST_WHAT = 1_000
"""The most characters of what happened that are kept: it may show words of a file, which may have no end."""


class DatelineError(Exception):
    """Says what happened, where, and what to do; the three parts are kept for each door to show its own way."""

    def __init__(self, where: str, what: str, todo: str) -> None:
        what = what if len(what) <= LONGEST_WHAT else f"{what[: LONGEST_WHAT - 1]}…"
        super().__init__(where, what, todo)
        self.where = where
        self.what = what
        self.todo = todo

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.todo}"


class InputError(DatelineError):
    """A page, file, stream or URL that cannot be read as a report."""


class NotEnglish(InputError):
    """A report in a language that Dateline does not read yet."""


class FetchError(InputError):
    """A URL that could not be fetched, or must not be."""


class SettingError(DatelineError):
    """An option or argument that does not make sense."""


class LexiconError(DatelineError):
    """A rule file, gazetteer or model that cannot be opened or trusted."""


class LedgerError(DatelineError):
    """A ledger that cannot be opened, written or asked."""


class NotFound(LedgerError):
    """An id that nothing in the ledger has."""
