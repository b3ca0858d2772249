"""What is known of counts and equipment, as one typed table, indexed for look-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from msgspec import Struct

from dateline.lexicon.tables import read_table
from dateline.model import SlotKind

EQUIPMENT = ("weapon", "vehicle")
"""The kinds that are worth telling without a number: "with machetes"."""


class Design(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of letters and figures that stand for a thing: "F-" for aircraft."""

    names: tuple[str, ...]
    kind: SlotKind
    unit: str


class SlotTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``slots.toml``."""

    stop: frozenset[str]
    between: frozenset[str]
    no_counts: frozenset[str]
    changing: frozenset[str]
    months: frozenset[str]
    hedges: dict[str, frozenset[str]]
    hedges_after: dict[str, frozenset[str]]
    words: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, tuple[int, int]]
    signs: dict[str, str]
    nouns: dict[SlotKind, dict[str, tuple[str, ...]]]
    fates: dict[SlotKind, dict[str, frozenset[str]]]
    design: tuple[Design, ...]


@dataclass(frozen=True, slots=True)
class SlotWords:
    """The words of a language, indexed for look-up."""

    table: SlotTable
    noun_of: Mapping[str, tuple[SlotKind, str]]
    """For each noun in lower case, singular and plural: its kind and its plain form."""
    hedge_of: Mapping[str, str]
    hedge_after: Mapping[str, str]
    fate_of: Mapping[str, tuple[SlotKind, str]]
    """For each word that tells what happened to people: the kind that makes of them, and the fate."""
    penal: frozenset[str]
    """The words beside which a duration is a penalty."""
    vague_from: frozenset[str]
    """The words that a vague number begins with."""

    @classmethod
    def load(cls, language: str = "en") -> SlotWords:
        """The words of a language."""
        table = read_table(f"languages/{language}/slots.toml", SlotTable)
        nouns: dict[str, tuple[SlotKind, str]] = {}
        for kind, units in table.nouns.items():
            for unit, others in units.items():
                for word in (unit, *others):
                    for form in forms_of(word):
                        nouns.setdefault(form, (kind, unit))
        people: tuple[SlotKind, ...] = ("casualties", "people")
        fates = {word: (kind, fate) for kind in people for fate, words in table.fates[kind].items() for word in words}
        penal = frozenset(word for words in table.fates["duration"].values() for word in words)
        vague = frozenset(phrase.split(" ")[0] for phrase in table.vague)
        return cls(table, nouns, _turned(table.hedges), _turned(table.hedges_after), fates, penal, vague)

    def design_of(self, name: str) -> tuple[SlotKind, str] | None:
        """The kind and the plain name of what a name of letters and figures stands for.

        >>> open_slot_words().design_of("F-16s"), open_slot_words().design_of("G-20")
        (('vehicle', 'aircraft'), None)
        """
        if not any(map(str.isdigit, name)):
            return None
        found = (each for each in self.table.design if name.startswith(each.names))
        return next(((each.kind, each.unit) for each in found), None)


@cache
def open_slot_words(language: str = "en") -> SlotWords:
    """The words of a language, opened once."""
    return SlotWords.load(language)


def _turned(lists: Mapping[str, frozenset[str]]) -> dict[str, str]:
    return {phrase: name for name, phrases in lists.items() for phrase in phrases}


def forms_of(noun: str) -> Iterator[str]:
    """A noun and its regular plural.

    >>> [*forms_of("lorry")], [*forms_of("bus")], [*forms_of("rifle")]
    (['lorry', 'lorries'], ['bus', 'buses'], ['rifle', 'rifles'])
    """
    yield noun
    if len(noun) < 3:
        return  # "ha", "km": no plural in -s is an abbreviation's
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        yield f"{noun[:-1]}ies"
    elif noun.endswith(("s", "x", "ch", "sh")):
        yield f"{noun}es"
    else:
        yield f"{noun}s"
