"""How places of one report bear on each other: one holds the other, both stand in one list, or they lie close by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp

from dateline.lexicon.gazetteer import GazetteerEntry
from dateline.reading.toponyms.candidates import Candidates, Key

LISTED = 30
"""How many names of a list are looked at, how many lists of a name, and how many names beside it."""

FAR = 6.0
"""Beyond so many times the scale, nearness is nothing."""

KM_A_DEGREE = 111.2

CONTAINERS = 20
"""How many places of a name are thought of as holding another."""


def nearness(entry: GazetteerEntry, others: Iterable[GazetteerEntry], scale: float) -> float:
    """How near the nearest of the others lies: 1 for the same point, about a third at the scale (in km)."""
    lat = entry.place.lat
    close = (other for other in others if abs(other.place.lat - lat) * KM_A_DEGREE < FAR * scale)
    return max((exp(-km(entry, other) / scale) for other in close), default=0.0)


def held(entry: GazetteerEntry, outers: Iterable[Candidates]) -> float:
    """How likely it is that a place named beside this one holds it; at least half where it could."""
    best = 0.0
    for outer in outers:
        likeliest = zip(outer.places[:CONTAINERS], outer.chances, strict=False)
        found = [chance for other, chance in likeliest if holds(other, entry)]
        best = max(best, min(1.0, sum(found) + 0.5 * bool(found)))
    return best


def holding(entry: GazetteerEntry, inners: Iterable[Candidates]) -> float:
    """How likely it is that this place holds one that it is named beside: the state in "Albany, New York"."""
    best = 0.0
    for inner in inners:
        likeliest = zip(inner.places[:CONTAINERS], inner.chances, strict=False)
        found = [chance for other, chance in likeliest if holds(entry, other)]
        best = max(best, min(1.0, sum(found) + 0.3 * bool(found)))
    return best


def alike(entry: GazetteerEntry, name: Candidates, names: Mapping[Key, Candidates]) -> float:
    """The share of the places listed with this one that are of its kind, and of its country unless they are countries.

    "cases in Washington, Georgia and Ohio" are three states.
    """
    best = 0.0
    for run in list(name.lists)[:LISTED]:
        others = [names[key].likeliest for key in run[:LISTED] if key != name.key]
        best = max(best, sum(_like(entry, other) for other in others) / max(1, len(others)))
    return best


def _like(entry: GazetteerEntry, other: GazetteerEntry | None) -> bool:
    if other is None or other.kind != entry.kind:
        return False
    return entry.kind == "country" or other.place.country == entry.place.country


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
        return inner.place.feature == "PPLX" and km(outer, inner) < 40
    return outer.kind in ("area", "land") and inner.kind != "country" and km(outer, inner) < 500


def km(one: GazetteerEntry, other: GazetteerEntry) -> float:
    """The great-circle distance of two places."""
    return one.place.km_to(other.place)
