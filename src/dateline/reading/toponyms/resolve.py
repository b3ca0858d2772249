"""Chooses the place that each mention stands for, from its candidates and from the other places of the report.

One name has one sense in a report. First each name is judged by itself (how large its places are, what kind the words
ask for, whether the place named beside it holds it), then a few times over in the light of the others: the countries
and regions that the report speaks of, and the places close by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from math import sqrt

from msgspec import Struct

from dateline.lexicon.gazetteer import Gazetteer, GazetteerEntry
from dateline.reading.toponyms.bonds import LISTED, alike, held, holding, km, nearness
from dateline.reading.toponyms.candidates import Candidates, Key, Weights, find_candidates, key_of, to_chances
from dateline.reading.toponyms.mentions import Mention

ROUNDS = 3

SAME_KM = 30.0
"""Two places of one name so near each other are one to a reader of the map: Kyoto and its prefecture."""

NEIGHBOURS = 12
"""How many of the likeliest other places a candidate's nearness is measured to."""

Names = Mapping[Key, Candidates]
Shares = dict[str | int, float]

HOME = "home"
"""What marks a name that stands for an outlet's home: no mention has it."""

SURE = 20.0
"""What a home is worth by itself: it needs no more to be likelier than none."""

ALL = ""
"""The key under which the sum of all shares is kept."""


class Choice(Struct, frozen=True):
    """The candidates of a mention, likeliest first, each with its probability.

    ``matched`` is false where none of them is likelier than each: the gazetteer does not have the place.
    """

    ranked: tuple[tuple[GazetteerEntry, float], ...]
    matched: bool

    @property
    def chance(self) -> float:
        """How likely it is that the place meant is the likeliest, or one at the same spot: a town and its district."""
        first = self.ranked[0][0]
        return min(1.0, sum(chance for entry, chance in self.ranked if entry is first or km(first, entry) < SAME_KM))


def resolve_mentions(
    mentions: Sequence[Mention],
    beside: Mapping[int, int],
    lists: Sequence[Sequence[int]],
    gazetteer: Gazetteer,
    usually: dict[str, str],
    weights: Weights,
    homes: Sequence[GazetteerEntry] = (),
) -> list[Choice]:
    """A choice for each mention.

    ``beside`` leads from a mention to the one named beside it as if to hold it; ``lists`` are runs of mentions that
    are listed side by side. ``homes`` are where the outlet is at home: they weigh as places that the report names.
    """
    names = find_candidates(mentions, gazetteer, usually, weights)
    for entry in homes:
        key = (entry.place.id, HOME)
        names[key] = Candidates(key, (entry,), [SURE], to_chances([SURE], weights), count=weights.home)
    keys = [key_of(mention) for mention in mentions]
    _tie(names, keys, beside, lists)
    for _ in range(ROUNDS):
        _reconsider(names, weights)
    choices = {key: _choice(name) for key, name in names.items()}
    return [choices[key] for key in keys]


def _tie(names: Names, keys: Sequence[Key], beside: Mapping[int, int], lists: Sequence[Sequence[int]]) -> None:
    """Ties the names that stand beside one another or in one list."""
    equals = {index for run in lists if _of_equals([names[keys[index]] for index in run]) for index in run}
    for index, other in beside.items():
        inner, outer = keys[index], keys[other]
        if inner != outer and not (index in equals and other in equals):
            names[inner].beside[outer] = None
            names[outer].inside[inner] = None
    for run in lists:
        members = tuple(dict.fromkeys(keys[index] for index in run))
        for key in members if len(members) > 2 else ():
            names[key].lists[members] = None


def _of_equals(run: Sequence[Candidates]) -> bool:
    """Whether most of a list are countries and regions, so that none of them is named to say where the one before lies.

    "Utah, Washington and Wisconsin" speaks of no town in Wisconsin.
    """
    large = [name for name in run if (likeliest := name.likeliest) and likeliest.kind in ("country", "region")]
    return 2 * len(large) > len(run)


def _reconsider(names: Names, weights: Weights) -> None:
    """Judges each name anew in the light of what the others are now held to be."""
    countries, regions = _focus(names.values())
    anchors = _anchors(names.values())
    for name in names.values():
        own_countries, own_regions = _shares(name)
        near = [entry for key, entry in anchors if key != name.key][:NEIGHBOURS]
        outers = [names[key] for key in islice(name.beside, LISTED)]
        inners = [names[key] for key in islice(name.inside, LISTED)]
        worth = []
        for entry, score in zip(name.places, name.own, strict=True):
            country = entry.place.country
            region = (entry.row if entry.kind == "region" else entry.region_row) or 0
            score += weights.country * (_part(countries, own_countries, country) if country else weights.nowhere)
            score += weights.region * _part(regions, own_regions, region)
            score += weights.near * nearness(entry, near, weights.near_km)
            score += weights.beside * held(entry, outers) + weights.holder * holding(entry, inners)
            worth.append(score + weights.listed * alike(entry, name, names))
        name.chances = to_chances(worth, weights)


def _focus(names: Iterable[Candidates]) -> tuple[Shares, Shares]:
    """How much the report speaks of each country and region."""
    countries: Shares = defaultdict(float)
    regions: Shares = defaultdict(float)
    for name in names:
        own_countries, own_regions = _shares(name)
        for everything, own in ((countries, own_countries), (regions, own_regions)):
            for key, share in own.items():
                everything[key] += share
    return countries, regions


def _shares(name: Candidates) -> tuple[Shares, Shares]:
    """How much one name speaks of each country and region."""
    countries: Shares = defaultdict(float)
    regions: Shares = defaultdict(float)
    for entry, chance in zip(name.places, name.chances, strict=True):
        region = entry.row if entry.kind == "region" else entry.region_row
        for shares, key in ((countries, entry.place.country), (regions, region)):
            if key and chance > 0.01:
                shares[key] += sqrt(name.count) * chance
                shares[ALL] += sqrt(name.count) * chance
    return countries, regions


def _part(everything: Shares, own: Shares, key: str | int) -> float:
    """The share of a country or region in what the other names speak of; its root, so that a few already count."""
    rest = everything[ALL] - own[ALL] + 0.5
    return sqrt(max(0.0, everything.get(key, 0.0) - own.get(key, 0.0)) / rest)


def _anchors(names: Iterable[Candidates]) -> list[tuple[Key, GazetteerEntry]]:
    """The places that are fairly sure and small enough to be near to something, likeliest first."""
    found = []
    for name in names:
        likeliest, chance = name.likeliest, max(name.chances, default=0.0)
        if likeliest and chance > 0.5 and likeliest.kind in ("town", "district", "region", "site"):
            found.append((chance * sqrt(name.count), name.key, likeliest))
    found.sort(key=lambda item: -item[0])
    return [(key, entry) for _, key, entry in found[: NEIGHBOURS + 1]]


def _choice(name: Candidates) -> Choice:
    ranked = sorted(zip(name.places, name.chances, strict=True), key=lambda pair: (-pair[1], pair[0].row))
    return Choice(tuple(ranked[:4]), bool(ranked) and ranked[0][1] >= 1 - sum(name.chances))
