"""The places that a name may stand for, and what each is worth by itself: by size, kind and the words around."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log10

from msgspec import Struct, field

from dateline.lexicon.gazetteer import OWN, Gazetteer, GazetteerEntry, fold
from dateline.reading.toponyms.mentions import Mention

SEAT = 50_000
"""A town of so many people is meant, rather than the district named after it."""

Key = tuple[str, str | None]

_KINDS = {
    "country": 5.0,
    "region": 1.8,
    "area": 6.0,
    "water": 5.0,
    "land": 5.0,
    "site": 4.0,
    "district": -2.0,
    "town": 0.0,
}


class Weights(Struct, frozen=True):
    """What counts how much in the choice between places of one name."""

    population: float = 1.3
    kind: dict[str, float] = field(default_factory=lambda: dict(_KINDS))
    capital: float = 2.0
    seat: float = 0.5
    quarter: float = -0.8
    alternate: float = -3.0
    own: float = 6.0
    usual: float = 4.0
    sort: float = 4.0
    missort: float = -3.0
    article: float = -3.0
    namesake: float = -2.0
    beside: float = 6.0
    holder: float = 4.0
    listed: float = 5.0
    country: float = 4.0
    region: float = 3.0
    near: float = 2.0
    near_km: float = 150.0
    nowhere: float = 0.5
    heat: float = 1.0
    none: float = 3.8
    home: int = 4


class Candidates(Struct):
    """A name in one report: its places, what they are worth by themselves, and how likely each is by now.

    ``beside`` are the names that follow it as if to say where it lies, ``inside`` those that it follows so, and
    ``lists`` the runs of names that it is listed in.
    """

    key: Key
    places: tuple[GazetteerEntry, ...]
    own: list[float]
    chances: list[float]
    count: int = 1
    beside: dict[Key, None] = field(default_factory=dict)
    inside: dict[Key, None] = field(default_factory=dict)
    lists: dict[tuple[Key, ...], None] = field(default_factory=dict)

    @property
    def likeliest(self) -> GazetteerEntry | None:
        """The place that is likeliest by now; None where the gazetteer has none of this name."""
        return self.places[self.chances.index(max(self.chances))] if self.places else None


def find_candidates(
    mentions: Sequence[Mention], gazetteer: Gazetteer, usually: dict[str, str], weights: Weights
) -> dict[Key, Candidates]:
    """The candidates of each name that is mentioned."""
    found: dict[Key, Candidates] = {}
    for mention in mentions:
        key = key_of(mention)
        if key in found:
            found[key].count += 1
            continue
        places = gazetteer.look_up(mention.look_up)
        lesser = _lesser(places, mention.sort)
        own = [
            _worth(entry, mention, usually.get(key[0]), weights) + weights.namesake * (entry.row in lesser)
            for entry in places
        ]
        found[key] = Candidates(key, places, own, to_chances(own, weights))
    return found


def key_of(mention: Mention) -> Key:
    """What makes two mentions the same name."""
    return fold(mention.look_up), mention.sort


def to_chances(worth: Sequence[float], weights: Weights) -> list[float]:
    """The probability of each, by how much it is worth; what they lack of one is that of none of them."""
    if not worth:
        return []
    top = max(worth)
    grown = [exp((value - top) / weights.heat) for value in worth]
    total = sum(grown) + exp((weights.none - top) / weights.heat)
    return [value / total for value in grown]


def _worth(entry: GazetteerEntry, mention: Mention, usual: str | None, weights: Weights) -> float:
    """What a candidate is worth by itself."""
    worth = weights.population * log10(entry.population + 10) + weights.kind[entry.kind]
    feature = entry.place.feature
    worth += (
        weights.capital * (feature == "PPLC")
        + weights.seat * (feature == "PPLA")
        + weights.quarter * (feature == "PPLX")
    )
    worth += weights.alternate * entry.alternate
    worth += weights.own * (entry.row >= OWN)  # what the user wrote down is meant
    if usual and entry.kind == usual:
        worth += weights.usual
    if mention.sort and agrees(entry.kind, mention.sort):
        worth += weights.sort
    elif mention.sort in ("water", "land"):  # "Flinders Island" is no town of Flinders
        worth += weights.missort
    if mention.article and entry.kind in ("town", "district", "region") and not entry.place.name.startswith("The "):
        worth += weights.article
    return worth


def _lesser(places: Sequence[GazetteerEntry], sort: str | None) -> set[int]:
    """The regions and districts that have a town of their own name, which is meant unless the words ask for them."""
    if sort in ("region", "district"):
        return set()
    towns = [entry for entry in places if entry.kind == "town" and entry.population >= SEAT * 4 * entry.alternate]
    large = [entry for entry in towns if entry.population >= SEAT or entry.place.feature in ("PPLA", "PPLC")]
    return {row for entry in large for row in (entry.region_row, entry.district_row) if row}


def agrees(kind: str, sort: str) -> bool:
    """Whether a place of this kind may be called by a word for that one: a "state" may be of the second order."""
    return kind == sort or (sort in ("region", "district") and kind in ("region", "district"))
