"""How far the network is to be believed where it says which words name the place or the time of an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.model import NOBODY, Span
from dateline.reading.events.lexicon import Weights
from dateline.reading.events.linear import chance, steps
from dateline.reading.events.scene import Scene


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place or a time that an event may have: how near it is told, by what words, and how likely the rules make it.

    ``near`` is its nearness; ``spans`` are all words of the report that name the same place or time.
    """

    near: str
    spans: Sequence[Span]
    likely: float


def anchor_features(scene: Scene, led: Mapping[int, float], told: float, anchors: Sequence[Anchor]) -> list[list[str]]:
    """What tells how likely each anchor is: the rules, the network's links to its words, and the other anchors.

    ``led`` has the likelihood of the words, by their numbers, that the network's links lead to, ``told`` how likely the
    report tells of a place or a time at all.
    """
    links = [_likelihood(scene, led, each.spans) for each in anchors]
    none, best, most = led.get(NOBODY, 0.0), max(links, default=0.0), max((e.likely for e in anchors), default=0.0)
    found = []
    for number, (each, link) in enumerate(zip(anchors, links, strict=True)):
        near, likely = each.near, each.likely
        others = max((other for place, other in enumerate(links) if place != number), default=0.0)
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
    scene: Scene, weights: Weights, led: Mapping[int, float], told: float, anchors: Sequence[Anchor]
) -> list[float]:
    """How likely each anchor is the place or the time of an event, by the rules and the network together."""
    return [chance(weights, features) for features in anchor_features(scene, led, told, anchors)]


def _likelihood(scene: Scene, led: Mapping[int, float], spans: Iterable[Span]) -> float:
    """How likely the links lead to any of some words."""
    if scene.tags is None:
        return 0.0
    words = {scene.tags.word(span.start) for span in spans}
    return sum(led.get(word, 0.0) for word in words if word is not None)
