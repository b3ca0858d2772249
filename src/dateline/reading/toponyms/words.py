"""What English says about places besides their names, as opened from ``places.toml``."""

from __future__ import annotations

from msgspec import Struct

from dateline.lexicon.gazetteer import fold
from dateline.lexicon.tables import read_table


class WordLists(Struct, frozen=True):
    """Words that make a name a place, tell which, or keep it from being one; what each is for stands in the file."""

    sorts: dict[str, str]
    sorts_of: dict[str, str]
    locative: frozenset[str]
    firmly_locative: frozenset[str]
    holding: frozenset[str]
    locative_of: frozenset[str]
    residents: frozenset[str]
    locative_only: frozenset[str]
    titles: frozenset[str]
    bodies: frozenset[str]
    diseases: frozenset[str]
    never: frozenset[str]
    blocked: frozenset[str]
    joins: frozenset[str]


class RoleWords(Struct, frozen=True):
    """Words that tell what a place name does where it stands; what each is for stands in the file."""

    states: frozenset[str]
    acts: frozenset[str]
    dealing: frozenset[str]
    tongues: frozenset[str]
    speech: frozenset[str]
    speaking: frozenset[str]


class _PlaceTable(Struct, frozen=True):
    """The shape of ``places.toml``."""

    short: dict[str, str]
    after_comma: dict[str, str]
    usually: dict[str, str]
    words: WordLists
    roles: RoleWords
    demonyms: dict[str, tuple[str, ...]]


class PlaceWords(Struct, frozen=True):
    """The table, with the demonyms turned round: from the word to the place.

    ``usually`` and ``demonyms`` are keyed by folded names; ``openings`` holds what demonyms and blocked words of more
    than one word begin with.
    """

    short: dict[str, str]
    after_comma: dict[str, str]
    usually: dict[str, str]
    words: WordLists
    roles: RoleWords
    demonyms: dict[str, str]
    openings: frozenset[str]

    @classmethod
    def load(cls, language: str = "en") -> PlaceWords:
        """The place words of a language."""
        table = read_table(f"languages/{language}/places.toml", _PlaceTable)
        demonyms = {fold(word): place for place, words in table.demonyms.items() for word in words}
        openings = {opening for key in (*demonyms, *table.words.blocked) for opening in _openings(key)}
        return cls(
            table.short, table.after_comma, table.usually, table.words, table.roles, demonyms, frozenset(openings)
        )


def _openings(key: str) -> list[str]:
    """What a key of several words begins with.

    >>> _openings("new years eve")
    ['new', 'new years']
    """
    words = key.split()
    return [" ".join(words[:count]) for count in range(1, len(words))]
