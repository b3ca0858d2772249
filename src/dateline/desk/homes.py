"""Where the outlets of a ledger are at home, by the places that their reports of before speak of."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from dateline.ledger import Ledger
from dateline.model import Place


class Shelf(Struct, frozen=True):
    """A ledger as it stood when a command began: editions after the row ``until`` are not looked at.

    So what comes of a report depends on what was there before, and not on which of two processes was quicker.
    """

    path: Path
    until: int

    def home(self, publisher: str | None) -> Place | None:
        """Where an outlet is at home; None where its reports do not tell."""
        return _home(self.path, self.until, publisher) if publisher and self.until else None


def shelf_of(path: str | Path) -> Shelf:
    """The ledger in a file as it stands; an empty one where there is none yet."""
    if not Path(path).exists():
        return Shelf(Path(path), 0)
    with Ledger.open(path) as ledger:
        return Shelf(Path(path), ledger.last())


@lru_cache(maxsize=4_096)
def _home(path: Path, until: int, publisher: str) -> Place | None:
    from dateline.reading.toponyms.homes import find_home

    with Ledger.open(path) as ledger:
        return find_home(ledger.toponyms_of(publisher, until=until))
