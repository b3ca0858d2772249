"""Chooses the place that each mention stands for, from its candidates and from the other places of the report.

One name has one sense in a report. First each name is judged by itself (how large its places are, what kind the words
ask for, whether the place named beside it holds it), then a few times over in the light of the others: the countries
and regions that the report speaks of, and the places close by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import asin, cos, exp, log10, radians, sin, sqrt

from msgspec import Struct, field

from dateline.lexicon.gazetteer import Gazetteer, GazetteerEntry, fold
from dateline.reading.toponyms.mentions import Mention

ROUNDS = 3
LISTED = 30
"""How many of a list are looked at."""

CONTAINERS = 20
"""How many places of a name are thought of as holding another."""

SEAT = 50_000
"""A town of so many people is meant, rather than the district named after it."""

NEIGHBOURS = 12
"""How many of the likeliest other places a candidate's nearness is measured to."""

Key = tuple[str, str | None]
Shares = dict[str | int, float]
ALL = ""
"""The key under which the sum of all shares is kept."""

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
    usual: float = 4.0
    sort: float = 4.0
    missort: float = -3.0
    article: float = -3.0
    namesake: float = -2.0
    beside: float = 6.0
    listed: float = 5.0
    country: float = 4.0
    region: float = 3.0
    near: float = 2.0
    near_km: float = 150.0
    nowhere: float = 0.5
    heat: float = 1.0
    none: float = 3.8


class Choice(Struct, frozen=True):
    """The candidates of a mention, likeliest first, each with its probability.

    ``matched`` is false where none of them is likelier than each: the gazetteer does not have the place.
    """

    ranked: tuple[tuple[GazetteerEntry, float], ...]
    matched: bool


class _Name(Struct):
    """A name in one report: its candidates, what they are worth by themselves, and how likely each is now."""

    key: Key
    candidates: tuple[GazetteerEntry, ...]
    own: list[float]
    chances: list[float]
    count: int = 1
    beside: tuple[Key, ...] = ()
    listed: tuple[tuple[Key, ...], ...] = ()


def resolve_mentions(
    mentions: Sequence[Mention],
    beside: dict[int, int],
    lists: Sequence[Sequence[int]],
    gazetteer: Gazetteer,
    usually: dict[str, str],
    weights: Weights,
) -> list[Choice]:
    """A choice for each mention.

    ``beside`` leads from a mention to the one named beside it as if to hold it; ``lists`` are runs of mentions that
    are listed side by side.
    """
    keys = [key_of(mention) for mention in mentions]
    names = _names(mentions, keys, gazetteer, usually, weights)
    equals = {index for run in lists if _of_equals(run, keys, names) for index in run}
    for index, other in beside.items():
        if not (index in equals and other in equals):
            inner = names[keys[index]]
            inner.beside = (*inner.beside, keys[other])
    for run in lists:
        members = tuple(dict.fromkeys(keys[index] for index in run))
        for key in members if len(members) > 2 else ():
            names[key].listed = (*names[key].listed, members)
    for _ in range(ROUNDS):
        _reconsider(names, weights)
    choices = {key: _choice(name) for key, name in names.items()}
    return [choices[key] for key in keys]


def key_of(mention: Mention) -> Key:
    """What makes two mentions the same name."""
    return fold(mention.look_up), mention.sort


def _names(
    mentions: Sequence[Mention],
    keys: Sequence[Key],
    gazetteer: Gazetteer,
    usually: dict[str, str],
    weights: Weights,
) -> dict[Key, _Name]:
    names: dict[Key, _Name] = {}
    for mention, key in zip(mentions, keys, strict=True):
        if key in names:
            names[key].count += 1
            continue
        candidates = gazetteer.look_up(mention.look_up)
        lesser = _lesser(candidates, mention.sort)
        own = [
            _worth(entry, mention, usually.get(key[0]), weights) + weights.namesake * (entry.row in lesser)
            for entry in candidates
        ]
        names[key] = _Name(key, candidates, own, _chances(own, weights))
    return names


def _of_equals(run: Sequence[int], keys: Sequence[Key], names: dict[Key, _Name]) -> bool:
    """Whether most of a list are countries and regions, so that none of them is named to say where the one before lies.

    "Utah, Washington and Wisconsin" speaks of no town in Wisconsin.
    """
    large = 0
    for index in run:
        name = names[keys[index]]
        if name.candidates and name.candidates[name.chances.index(max(name.chances))].kind in ("country", "region"):
            large += 1
    return 2 * large > len(run)


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
    if usual and entry.kind == usual:
        worth += weights.usual
    if mention.sort and agrees(entry.kind, mention.sort):
        worth += weights.sort
    elif mention.sort in ("water", "land"):  # "Flinders Island" is no town of Flinders
        worth += weights.missort
    if mention.article and entry.kind == "town" and not entry.place.name.startswith("The "):
        worth += weights.article
    return worth


def _lesser(candidates: Sequence[GazetteerEntry], sort: str | None) -> set[int]:
    """The regions and districts that have a town of their own name, which is meant unless the words ask for them."""
    if sort in ("region", "district"):
        return set()
    towns = [entry for entry in candidates if entry.kind == "town" and not entry.alternate]
    large = [entry for entry in towns if entry.population >= SEAT or entry.place.feature in ("PPLA", "PPLC")]
    return {row for entry in large for row in (entry.region_row, entry.district_row) if row}


def agrees(kind: str, sort: str) -> bool:
    """Whether a place of this kind may be called by a word for that one: a "state" may be of the second order."""
    return kind == sort or (sort in ("region", "district") and kind in ("region", "district"))


def _reconsider(names: dict[Key, _Name], weights: Weights) -> None:
    """Judges each name anew in the light of what the others are now held to be."""
    countries, regions = _focus(names)
    anchors = _anchors(names)
    for name in names.values():
        if not name.candidates:
            continue
        near = [entry for key, entry in anchors if key != name.key][:NEIGHBOURS]
        own_countries, own_regions = _shares(name)
        outers = [names[key] for key in name.beside]
        worth = []
        for entry, own in zip(name.candidates, name.own, strict=True):
            country = entry.place.country
            region = (entry.row if entry.kind == "region" else entry.region_row) or 0
            score = own
            score += weights.country * (_part(countries, own_countries, country) if country else weights.nowhere)
            score += weights.region * _part(regions, own_regions, region)
            score += weights.near * max((exp(-_km(entry, other) / weights.near_km) for other in near), default=0.0)
            score += weights.beside * _held(entry, outers)
            score += weights.listed * _alike(entry, name, names)
            worth.append(score)
        name.chances = _chances(worth, weights)


def _focus(names: dict[Key, _Name]) -> tuple[Shares, Shares]:
    """How much the report speaks of each country and region."""
    countries: Shares = defaultdict(float)
    regions: Shares = defaultdict(float)
    for name in names.values():
        own_countries, own_regions = _shares(name)
        for of, own in ((countries, own_countries), (regions, own_regions)):
            for key, share in own.items():
                of[key] += share
    return countries, regions


def _shares(name: _Name) -> tuple[Shares, Shares]:
    countries: Shares = defaultdict(float)
    regions: Shares = defaultdict(float)
    weight = sqrt(name.count)
    for entry, chance in zip(name.candidates, name.chances, strict=True):
        if chance < 0.01:
            continue
        if entry.place.country:
            countries[entry.place.country] += weight * chance
            countries[ALL] += weight * chance
        region = entry.row if entry.kind == "region" else entry.region_row
        if region:
            regions[region] += weight * chance
            regions[ALL] += weight * chance
    return countries, regions


def _part(everything: Shares, own: Shares, key: str | int) -> float:
    """The share of a country or region in what the other names speak of; its root, so that a few already count."""
    rest = everything[ALL] - own[ALL] + 0.5
    return sqrt(max(0.0, everything.get(key, 0.0) - own.get(key, 0.0)) / rest)


def _anchors(names: dict[Key, _Name]) -> list[tuple[Key, GazetteerEntry]]:
    """The places that are fairly sure and small enough to be near to something, likeliest first."""
    found = []
    for name in names.values():
        if not name.candidates:
            continue
        chance = max(name.chances)
        entry = name.candidates[name.chances.index(chance)]
        if chance > 0.5 and entry.kind in ("town", "district", "region", "site"):
            found.append((chance * sqrt(name.count), name.key, entry))
    found.sort(key=lambda item: -item[0])
    return [(key, entry) for _, key, entry in found[: NEIGHBOURS + 1]]


def _held(entry: GazetteerEntry, outers: Sequence[_Name]) -> float:
    """How likely it is that a place named beside this one holds it; at least half where it could."""
    best = 0.0
    for outer in outers:
        likeliest = zip(outer.candidates[:CONTAINERS], outer.chances, strict=False)
        held = [chance for other, chance in likeliest if holds(other, entry)]
        best = max(best, min(1.0, sum(held) + 0.5 * bool(held)))
    return best


def _alike(entry: GazetteerEntry, name: _Name, names: dict[Key, _Name]) -> float:
    """The share of the places listed with this one that are of its kind, and of its country unless they are countries.

    "cases in Washington, Georgia and Ohio" are three states.
    """
    best = 0.0
    for run in name.listed:
        others = [names[key] for key in run[:LISTED] if key != name.key]
        best = max(best, sum(_like(entry, other) for other in others) / max(1, len(others)))
    return best


def _like(entry: GazetteerEntry, other: _Name) -> float:
    if not other.candidates:
        return 0.0
    likeliest = other.candidates[other.chances.index(max(other.chances))]
    if likeliest.kind != entry.kind:
        return 0.0
    return 1.0 if entry.kind == "country" else float(likeliest.place.country == entry.place.country)


def holds(outer: GazetteerEntry, inner: GazetteerEntry) -> bool:
    """Whether one place lies in another."""
    if outer.row == inner.row:
        return False
    if outer.kind == "country":
        return inner.kind != "country" and inner.place.country == outer.place.country
    if outer.kind == "region":
        return inner.region_row == outer.row
    if outer.kind == "district":
        return inner.district_row == outer.row
    if outer.kind == "town":
        return inner.place.feature == "PPLX" and _km(outer, inner) < 40
    return outer.kind in ("area", "land") and inner.kind != "country" and _km(outer, inner) < 500


def _chances(worth: Sequence[float], weights: Weights) -> list[float]:
    """The probability of each, by how much it is worth; what they lack of one is that of none of them."""
    if not worth:
        return []
    top = max(worth)
    grown = [exp((value - top) / weights.heat) for value in worth]
    total = sum(grown) + exp((weights.none - top) / weights.heat)
    return [value / total for value in grown]


def _choice(name: _Name) -> Choice:
    ranked = sorted(zip(name.candidates, name.chances, strict=True), key=lambda pair: (-pair[1], pair[0].row))
    return Choice(tuple(ranked[:4]), bool(ranked) and ranked[0][1] >= 1 - sum(name.chances))


def _km(one: GazetteerEntry, other: GazetteerEntry) -> float:
    """The great-circle distance of two places."""
    a, b = one.place, other.place
    half = sin(radians(b.lat - a.lat) / 2) ** 2
    half += cos(radians(a.lat)) * cos(radians(b.lat)) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))
