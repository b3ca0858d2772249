"""The spots of a report: each place that it names, with all its mentions, and what holds of it for every event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dateline.model import Parse, Place, Span, Token, Toponym

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
    indexes: tuple[int, ...] = ()
    """The indexes of the heads, in order of the text."""
    sentences: tuple[int, ...] = ()
    """The sentences that they stand in, in order."""
    dateline: bool = False
    """Whether the report is datelined there."""
    about: tuple[str, ...] = ()
    """What the spot is like, whichever event may lie there: how wide, how often and where it is named."""
    standing: tuple[str, ...] = ()
    """How it stands among the others: the one named most, the one named first."""

    @property
    def named(self) -> tuple[Token, ...]:
        """The heading words of the mentions that are not of those who govern there: "Pyongyang calls it a success"."""
        pairs = zip(self.heads, self.toponyms, strict=True)
        return tuple(head for head, toponym in pairs if toponym.role != "metonym")

    @property
    def literal(self) -> int:
        """How many mentions are of the place itself, and not of those who govern or live there."""
        return sum(toponym.role in ("literal", "dateline") for toponym in self.toponyms)

    def nearest(self, token: Token, aside: Collection[str]) -> tuple[Token, Toponym] | None:
        """The last mention before a token, else the first: of those that hang on nothing in one of some ways."""
        first = before = None
        for pair in zip(self.heads, self.toponyms, strict=True):
            if pair[0].dep not in aside:
                first = first or pair
                before = pair if pair[0].index < token.index else before
        return before or first

    def named_before(self, index: int) -> int:
        """The index of the last head before a token; -1 where there is none."""
        at = bisect_left(self.indexes, index)
        return self.indexes[at - 1] if at else -1

    def scene_before(self, index: int) -> int:
        """The index of the last head before a token that says where something is; -1 where there is none."""
        return max((each for each in self.scenes if each < index), default=-1)

    def sentences_back(self, sentence: int) -> int | None:
        """How many sentences before a sentence the spot was last named; None where it is named later only."""
        at = bisect_right(self.sentences, sentence)
        return sentence - self.sentences[at - 1] if at else None


@dataclass(frozen=True, slots=True)
class Naming:
    """The words for a place at one spot of the text, and what they say whichever event is asked about."""

    head: Token | None
    key: Key | None
    kind: tuple[str, ...]
    sure: str
    link: tuple[str, ...]
    """What the heading word hangs on; none where there is no such word."""


def find_namings(parse: Parse, toponyms: Iterable[Toponym]) -> dict[Span, Naming]:
    """What the words of some toponyms say, by their spans."""
    return {toponym.span: _naming(parse, toponym) for toponym in toponyms}


def _naming(parse: Parse, toponym: Toponym) -> Naming:
    place, head = toponym.place, parse.root_of(parse.within(toponym.span))
    feature = place.feature[:3] if place is not None else ""
    kind = (f"feature={feature}", f"role={toponym.role}")
    sure = f"sure={int(toponym.confidence * 4)}"
    link: tuple[str, ...] = ()
    if head is not None:
        above = parse.head(head)
        link = (f"link={f'behind {above.lower}' if above.dep == 'prep' else head.dep}", f"pos={head.pos}")
    return Naming(head, key_of(place) if place is not None else None, kind, sure, link)


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


def find_spots(
    parse: Parse,
    toponyms: Iterable[Toponym],
    namings: Mapping[Span, Naming],
    firmly_locative: Collection[str],
    blocks: Sequence[int] = (),
) -> dict[Key, Spot]:
    """The spots of some toponyms, in order of their first mentions; ``blocks`` are the offsets where blocks start."""
    found: dict[Key, Spot] = {}
    for toponym in toponyms:
        naming = namings[toponym.span]
        head, key = naming.head, naming.key
        if toponym.place is None or key is None or head is None:
            continue
        above = parse.head(head)
        firm = toponym.role == "dateline" or (above.dep == "prep" and above.lower in firmly_locative)
        scenes = (head.index,) if firm else ()
        known = found.get(key)
        if known is not None:
            found[key] = replace(
                known,
                toponyms=(*known.toponyms, toponym),
                heads=(*known.heads, head),
                scenes=(*known.scenes, *scenes),
            )
        elif len(found) < MOST:
            found[key] = Spot(toponym.place, level_of(toponym.place.feature), (toponym,), (head,), scenes)
    spots = tuple(found.values())
    held = {
        key: replace(
            spot,
            holds=any(lies_in(other, spot) for other in spots),
            held=any(lies_in(spot, other) for other in spots),
            indexes=tuple(sorted(head.index for head in spot.named)),
            sentences=tuple(sorted(head.sentence for head in spot.named)),
            dateline=any(toponym.role == "dateline" for toponym in spot.toponyms),
        )
        for key, spot in found.items()
    }
    standing, total = _standing(held), sum(len(spot.toponyms) for spot in spots)
    return {
        key: replace(spot, about=_about(spot, total, blocks), standing=tuple(standing[key]))
        for key, spot in held.items()
    }


def tell_number(spots: Collection[Spot]) -> tuple[str, ...]:
    """How many spots a report has, and whether all lie in one country."""
    number = len(spots)
    told = f"spots={number if number < 3 else '3-5' if number < 6 else '6+'}"
    return (told, "one country") if len({spot.place.country for spot in spots}) == 1 else (told,)


def _about(spot: Spot, total: int, blocks: Sequence[int]) -> tuple[str, ...]:
    block = max(0, bisect_right(blocks, (spot.named or spot.heads)[0].start) - 1)
    return (
        f"level={spot.level}",
        f"holds={spot.holds}:{spot.level}",
        f"held={spot.held}",
        f"block={min(block, 2)}",
        f"share={4 * len(spot.toponyms) // total}",
        f"literal={min(spot.literal, 4)}",
        f"scenes={min(len(spot.scenes), 4)}",
    )


def _standing(spots: Mapping[Key, Spot]) -> dict[Key, list[str]]:
    found: dict[Key, list[str]] = {key: [] for key in spots}
    for key in _most(spots, 1):
        found[key].append("named most")
    for key in _most({key: spot for key, spot in spots.items() if spot.level != "country"}, 2):
        found[key] += ["named most below countries", f"named most: {spots[key].level}"]
    for key in list(spots)[:1]:
        found[key].append("named first")
    return found


def _most(spots: Mapping[Key, Spot], heft: int) -> list[Key]:
    """The spot that is named most as a place, its scenes weighed; the first of equals."""
    return [max(spots, key=lambda key: spots[key].literal + heft * len(spots[key].scenes))] if spots else []
