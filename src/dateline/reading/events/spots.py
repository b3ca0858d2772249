"""The spots of a report: each place that it names, with all its mentions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from dateline.model import Parse, Place, Token, Toponym

Level = Literal["country", "zone", "region", "district", "town", "site"]

WIDEST_FIRST: tuple[Level, ...] = ("country", "zone", "region", "district", "town", "site")

Key = tuple[float, float]
"""What tells spots apart: latitude and longitude in degrees, to about a kilometre."""

MOST = 24
"""The most spots of a report that an event may lie at: the first of them."""

WITHIN_KM = 200.0
"""How far from the middle of a place that is no country a place inside it may lie."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a report. ``heads`` are the heading words of its mentions, one for each of ``toponyms``.

    ``scenes`` are the indexes of those that say where something is ("in Cairo", a dateline), ``holds`` says whether
    the report names another place inside it, and ``held`` whether it names one around it.
    """

    place: Place
    level: Level
    toponyms: tuple[Toponym, ...]
    heads: tuple[Token, ...]
    scenes: tuple[int, ...]
    holds: bool = False
    held: bool = False

    @property
    def literal(self) -> int:
        """How many mentions are of the place itself, and not of those who govern or live there."""
        return sum(toponym.role in ("literal", "dateline") for toponym in self.toponyms)

    def nearest(self, token: Token, aside: Collection[str]) -> tuple[Token, Toponym] | None:
        """The last mention before a token, else the first: of those that hang on nothing in one of some ways."""
        told = [pair for pair in zip(self.heads, self.toponyms, strict=True) if pair[0].dep not in aside]
        before = [pair for pair in told if pair[0].index < token.index]
        return before[-1] if before else told[0] if told else None


def key_of(place: Place) -> Key:
    """What tells the spot of a place from others."""
    return round(place.lat, 2), round(place.lon, 2)


def level_of(feature: str) -> Level:
    """How wide a place with a GeoNames feature code is."""
    if feature.startswith("PCL"):
        return "country"
    if feature.startswith("ADM"):
        return "region" if feature.startswith("ADM1") else "district"
    if feature in ("RGN", "AREA", "CONT", "OCN", "SEA"):
        return "zone"
    return "town" if feature.startswith("PPL") else "site"


def lies_in(inner: Spot, outer: Spot) -> bool:
    """Whether a place lies in another, by country and width: near it, where the other is no country."""
    if inner.place.country is None or inner.place.country != outer.place.country:
        return False
    if WIDEST_FIRST.index(inner.level) <= WIDEST_FIRST.index(outer.level):
        return False
    return outer.level == "country" or inner.place.km_to(outer.place) < WITHIN_KM


def find_spots(parse: Parse, toponyms: Iterable[Toponym], firmly_locative: Collection[str]) -> dict[Key, Spot]:
    """The spots of some toponyms, in order of their first mentions."""
    found: dict[Key, Spot] = {}
    for toponym in toponyms:
        head = parse.root_of(parse.within(toponym.span))
        if toponym.place is None or head is None:
            continue
        above = parse.head(head)
        firm = toponym.role == "dateline" or (above.dep == "prep" and above.lower in firmly_locative)
        scenes = (head.index,) if firm else ()
        known = found.get(key_of(toponym.place))
        if known is not None:
            found[key_of(toponym.place)] = replace(
                known,
                toponyms=(*known.toponyms, toponym),
                heads=(*known.heads, head),
                scenes=(*known.scenes, *scenes),
            )
        elif len(found) < MOST:
            level = level_of(toponym.place.feature)
            found[key_of(toponym.place)] = Spot(toponym.place, level, (toponym,), (head,), scenes)
    spots = found.values()
    return {
        key: replace(
            spot,
            holds=any(lies_in(other, spot) for other in spots),
            held=any(lies_in(spot, other) for other in spots),
        )
        for key, spot in found.items()
    }
