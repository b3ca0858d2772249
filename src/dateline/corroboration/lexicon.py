"""Opens what corroboration knows of a language: families of words, and learned weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from math import log

from msgspec import Struct

from dateline.corroboration.stems import stem_of
from dateline.lexicon.tables import read_json, read_table


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    stop: tuple[str, ...]
    light: tuple[str, ...]
    generic: tuple[str, ...]
    bodies: tuple[str, ...]


class _Unnamed(Struct, frozen=True, forbid_unknown_fields=True):
    people: frozenset[str]
    after: frozenset[str]
    before: frozenset[str]
    own: frozenset[str]
    lands: tuple[str, ...]


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``corroboration.toml``."""

    families: tuple[tuple[str, ...], ...]
    irregular: dict[str, str]
    words: _Words
    unnamed: _Unnamed


class _Lands(Struct, frozen=True):
    """What is read of ``places.toml`` here."""

    short: dict[str, str]
    demonyms: dict[str, tuple[str, ...]]


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``corroboration_weights.json``: what a script learned, and from what.

    ``reports`` is how many reports the words were counted in, ``counts`` in how many of them each word stood.
    ``pair`` weighs the features of a pair of events; at ``same`` or more the pair is one happening, at ``different`` or
    less it is two.
    """

    card: dict[str, str]
    reports: int
    same: float
    different: float
    pair: dict[str, float]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class CorroborationLexicon:
    """The words and weights of a language, indexed for look-up."""

    table: Table
    weights: Weights
    family_of: dict[str, str]
    stop: frozenset[str]
    light: frozenset[str]
    generic: frozenset[str]
    bodies: frozenset[str]
    land_of: dict[str, str]
    """The country that a word in lower case speaks of, by its name or by a word for its people."""
    stem: Callable[[str], str]
    """A word in lower case without its ending, irregular forms brought home."""
    rarity: Callable[[str], float]
    """The negative log of the share of reports that have a stem."""

    @classmethod
    def load(cls, language: str = "en") -> CorroborationLexicon:
        """The lexicon of a language."""
        table = read_table(f"languages/{language}/corroboration.toml", Table)
        weights = read_weights(language)
        return cls(
            table,
            weights,
            _families(table),
            frozenset(table.words.stop),
            frozenset(stem_of(word, table.irregular) for word in table.words.light),
            frozenset(table.words.generic),
            frozenset(table.words.bodies),
            _lands(read_table(f"languages/{language}/places.toml", _Lands)),
            lru_cache(maxsize=1 << 16)(partial(stem_of, irregular=table.irregular)),
            lru_cache(maxsize=1 << 16)(partial(_rarity, weights)),
        )


@cache
def open_lexicon(language: str = "en") -> CorroborationLexicon:
    """The lexicon of a language, opened once."""
    return CorroborationLexicon.load(language)


def read_weights(language: str = "en") -> Weights:
    """The learned weights of a language.

    Raises LexiconError where the file is missing or damaged.
    """
    return read_json(f"languages/{language}/corroboration_weights.json", Weights)


def _rarity(weights: Weights, stem: str) -> float:
    return log((weights.reports + 1) / (weights.counts.get(stem, 0) + 0.5))


def _lands(table: _Lands) -> dict[str, str]:
    """The country of each word for its people and of each of its names that is one word."""
    found = {word.lower(): country for country, words in table.demonyms.items() for word in (country, *words)}
    found.update((short.lower().replace(".", ""), country) for short, country in table.short.items())
    return {word: country for word, country in found.items() if " " not in word and country in table.demonyms}


def _families(table: Table) -> dict[str, str]:
    """For each word or phrase of a family, its stems joined, the family's name: its first word."""
    found: dict[str, str] = {}
    for family in table.families:
        for word in family:
            key = " ".join(stem_of(part, table.irregular) for part in word.split())
            found.setdefault(key, family[0])
    return found
