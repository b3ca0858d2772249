"""From PLOVER's type and mode, the words of an event and who did it, to CAMEO's root and code."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from msgspec import Struct

from dateline.lexicon.tables import read_table
from dateline.model import ActorKind, Cameo, EventType

_NOTHING: frozenset[str] = frozenset()


class CameoRow(Struct, frozen=True, forbid_unknown_fields=True):
    """One way to a code: what must hold of an event of its type, and the root and code that it then has."""

    mode: str | None = None
    words: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    by: frozenset[ActorKind] = frozenset()
    root: str | None = None
    code: str | None = None

    def fits(self, mode: str | None, trigger: Set[str], near: Set[str], by: Set[str]) -> bool:
        """Whether an event with this mode, these lemmas and these kinds of actors is of this row."""
        return (
            self.mode in (None, mode)
            and (not self.words or bool(self.words & trigger))
            and (not self.near or bool(self.near & near))
            and (not self.by or bool(self.by & by))
        )


@cache
def open_cameo(language: str = "en") -> dict[EventType, tuple[CameoRow, ...]]:
    """The rows of each type in their order, opened once."""
    return read_table(f"languages/{language}/cameo.toml", dict[EventType, tuple[CameoRow, ...]])


def find_cameo(
    type: EventType,
    mode: str | None,
    *,
    trigger: Set[str] = _NOTHING,
    near: Set[str] = _NOTHING,
    by: Set[str] = _NOTHING,
) -> Cameo | None:
    """The root and the code of an event: None where CAMEO has no root for it, or several that nothing tells apart.

    ``trigger`` are the forms of the word that tells of it, ``near`` the lemmas beside it, ``by`` its actors' kinds.

    >>> find_cameo("ASSAULT", "aerial"), find_cameo("REQUEST", None, trigger={"demand"})
    (Cameo(root='19', code='195'), Cameo(root='10', code=None))
    >>> find_cameo("ASSAULT", None) is None, find_cameo("OTHER", None) is None
    (True, True)
    """
    row = next((each for each in open_cameo().get(type, ()) if each.fits(mode, trigger, near, by)), None)
    return Cameo(row.root, row.code) if row is not None and row.root is not None else None
