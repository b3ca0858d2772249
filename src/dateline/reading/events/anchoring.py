"""How far the network is to be believed where it says which words name the place or the time of an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from dateline.model import NOBODY, Telling
from dateline.reading.events.lexicon import Weights
from dateline.reading.events.linear import chance, steps

K = TypeVar("K", bound=Hashable)
S = TypeVar("S", bound=Struct)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place or a time that an event may have: how near it is told, and how likely the network and the rules make it.

    ``near`` is its nearness; ``link`` is how likely the network's links lead to any of the words for it.
    """

    near: str
    link: float
    likely: float


def gather_links(led: Mapping[int, float], named: Mapping[int, K]) -> dict[K, float]:
    """How likely links lead to any of the words for a thing, by the thing.

    ``led`` has the likelihood of each word, by its number, and ``named`` what begins with some of them.
    """
    found: defaultdict[K, float] = defaultdict(float)
    for word, likely in led.items():
        if word in named:
            found[named[word]] += likely
    return dict(found)


def anchor_features(none: float, told: float, anchors: Sequence[Anchor]) -> list[list[str]]:
    """What tells how likely each anchor is: the rules, the network's links to its words, and the other anchors.

    ``none`` is how likely the links lead to nothing, ``told`` how likely the report tells of a place or a time at all.
    """
    links = [each.link for each in anchors]
    first_two = sorted(links, reverse=True)[:2]
    best, most = max(links, default=0.0), max((each.likely for each in anchors), default=0.0)
    found = []
    for each in anchors:
        near, link, likely = each.near, each.link, each.likely
        others = next(iter(first_two[1:]), 0.0) if link == best else best
        first = "first" if 0 < link == best else "not first"
        rather = "rather this" if link > none else "rather none"
        likeliest = "likeliest" if likely == most else "less likely"
        found.append(
            [
                near, first, rather, likeliest, f"{near}:{first}", f"{near}:{rather}", f"{near}:{likeliest}",
                f"{likeliest}:{first}", f"{likeliest}:{rather}",
                *steps(likely, "rules"), *steps(likely, f"{near}:rules"),
                *steps(link, "link"), *steps(link, f"{near}:link"), *steps(others, "others"),
                *steps(none, "none"), *steps(none, f"{near}:none"),
                *steps(told, "told"), *steps(told, f"{near}:told"), *steps(told, f"{likeliest}:told"),
            ]
        )  # fmt: skip
    return found


def anchored(
    weights: Weights,
    telling: Telling | None,
    cell: Literal["places", "times"],
    candidates: Sequence[S],
    anchors: Sequence[Anchor],
) -> list[S]:
    """The candidates with how likely each is, the likeliest first; by the rules alone where the network says nothing.

    ``anchors`` are in step with them; ``telling`` is what the network says of the happening.
    """
    if telling is None or not weights:
        chances = [each.likely for each in anchors]
    else:
        chances = [chance(weights, features) for features in told_features(telling, cell, anchors)]
    pairs = sorted(zip(candidates, chances, strict=True), key=lambda pair: -pair[1])
    return [replace(each, chance=sure) for each, sure in pairs]


def told_features(telling: Telling, cell: Literal["places", "times"], anchors: Sequence[Anchor]) -> list[list[str]]:
    """What tells how likely each anchor is the place or the time of a happening of which the network says something."""
    led, told = (telling.places, telling.placed) if cell == "places" else (telling.times, telling.timed)
    return anchor_features(led.get(NOBODY, 0.0), told, anchors)
