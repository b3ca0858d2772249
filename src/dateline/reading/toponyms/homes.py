"""Finds where an outlet is at home: by the places that its own reports speak of, their datelines before all.

A local paper never says which Springfield is meant. One of its reports may not tell, but twenty do: most of the small
places that they name lie close together. The answer weighs in the choice between places of one name, and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import exp, sqrt

from dateline.lexicon.features import kind_of
from dateline.lexicon.gazetteer import fold
from dateline.model import Place, Toponym

LEAST_REPORTS = 3
"""Of an outlet with fewer reports nothing is said."""

LEAST_NAMES = 4
"""So many small places at least speak for a home."""

AROUND_KM = 75.0
"""How far an outlet's beat reaches: what lies so far off counts a third."""

LOCAL = 0.35
"""The share of what is said of small places that must lie around a home."""

NATIONAL = 0.5
"""The share of what is said of places in all that must lie in a country, where no such home is found."""

MOST_NAMES = 100
"""How many names, the most frequent, are weighed against each other."""

DATELINE = 3.0
"""How many mentions in the text a dateline counts as."""

KM_A_DEGREE = 111.2

_SMALL = frozenset({"town", "district", "site"})
_SAID = frozenset({"literal", "dateline", "modifier", "metonym", "embedded"})

Options = dict[str, tuple[Place, float]]


def find_home(reports: Iterable[Sequence[Toponym]]) -> Place | None:
    """The town that an outlet is at home in, else its country; None where its reports do not tell.

    ``reports`` are the toponyms of each of its reports.
    """
    counts: defaultdict[str, float] = defaultdict(float)
    places: defaultdict[str, Options] = defaultdict(dict)
    countries: defaultdict[str, float] = defaultdict(float)
    nations: dict[str, Place] = {}
    read = 0
    for toponyms in reports:
        names = _names(toponyms)
        read += bool(names)
        for name, (weight, options) in names.items():
            counts[name] += weight
            for place, chance in options:
                if chance > places[name].get(place.id, (place, 0.0))[1]:
                    places[name][place.id] = (place, chance)
                countries[place.country or ""] += chance / len(names)
                if kind_of(place.feature) == "country":
                    nations[place.country or ""] = place
    if read < LEAST_REPORTS:
        return None
    town = _middle(counts, places)
    if town is not None:
        return town
    country, share = max(countries.items(), key=lambda item: item[1], default=("", 0.0))
    return nations.get(country) if share >= NATIONAL * read else None


def same_home(one: Place | None, other: Place | None) -> bool:
    """Whether two answers come to the same: both are none, or they lie on one beat."""
    if one is None or other is None:
        return one is other
    return one.km_to(other) < AROUND_KM


def _names(toponyms: Sequence[Toponym]) -> dict[str, tuple[float, list[tuple[Place, float]]]]:
    """The names of one report, each once: what it counts, and the places that it may stand for with their chances."""
    found: dict[str, tuple[float, list[tuple[Place, float]]]] = {}
    for toponym in toponyms:
        if toponym.place is None or toponym.container or toponym.role not in _SAID:
            continue
        options = list(
            zip((toponym.place, *toponym.runners_up), toponym.chances or (toponym.confidence,), strict=False)
        )
        weight = DATELINE if toponym.role == "dateline" else 1.0
        name = fold(toponym.name)
        found[name] = (max(weight, found[name][0]) if name in found else weight, options)
    return found


def _middle(counts: Mapping[str, float], places: Mapping[str, Options]) -> Place | None:
    """The small place around which most of what is said of small places lies, if that is enough."""
    small = {
        name: [(place, chance) for place, chance in places[name].values() if kind_of(place.feature) in _SMALL]
        for name in sorted(counts, key=counts.__getitem__, reverse=True)
    }
    named = [(name, options) for name, options in small.items() if options][:MOST_NAMES]
    if len(named) < LEAST_NAMES:
        return None
    weights = [sqrt(counts[name]) for name, _ in named]
    total = sum(
        weight * sum(chance for _, chance in options) for weight, (_, options) in zip(weights, named, strict=True)
    )
    towns = [(name, place, chance) for name, options in named for place, chance in options]
    scored = []
    for name, place, chance in towns:
        around = [_around(place, options) for _, options in named]
        share = sum(weight * each for weight, each in zip(weights, around, strict=True)) / max(total, 1e-9)
        scored.append((share, sum(each > 0.1 for each in around), sqrt(counts[name]) * chance, place))
    share, near, _, middle = max(scored, key=lambda item: item[0])
    if share < LOCAL or near < LEAST_NAMES:
        return None
    return max((each for each in scored if each[3].km_to(middle) < AROUND_KM / 2), key=lambda each: each[0] * each[2])[
        3
    ]


def _around(centre: Place, options: Sequence[tuple[Place, float]]) -> float:
    """How likely and how near to a centre the nearest place of a name is."""
    best = 0.0
    for place, chance in options:
        if abs(place.lat - centre.lat) * KM_A_DEGREE < 4 * AROUND_KM:
            best = max(best, chance * exp(-centre.km_to(place) / AROUND_KM))
    return best
