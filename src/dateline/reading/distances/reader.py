"""The annotator of the distances layer: finds how far apart a report says two places are, and asks the map."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin

from msgspec import Struct
from msgspec.structs import replace

from dateline.lexicon.tables import read_table
from dateline.model import Distance, Place, Reading, Span, Toponym

MARK = "\ue000"
"""Stands for the name of a place while a sentence is searched, so that rules need not know what names look like."""

SLACK_KM = 15.0
"""Towns are no points: so much may lie between what is meant and the gazetteer's."""

SHORTEST, LONGEST = 0.75, 2.0
"""What a road may be, in parts of the straight line. Below one stand roundings: "some 100 km" for 130."""

ASTRAY = 60.0
"""How many degrees a stated direction may be off: maps of reporters have eight."""

NEAR_KM = 25.0
"""Of places so near each other the direction is not looked at."""

WIDE = ("PCL", "CONT", "RGN", "OCN", "SEA", "GULF", "ADM1", "MTS", "DSRT", "STM", "TERR")
"""What has no one point that a distance could be from."""


class Example(Struct, frozen=True):
    """A sentence with its places in brackets, and the kilometres that it states."""

    text: str
    km: float


class DistanceRule(Struct, frozen=True):
    """One way of stating a distance."""

    name: str
    find: str
    examples: tuple[Example, ...]


class DistanceRules(Struct, frozen=True):
    """The table ``distances.toml``."""

    rule: tuple[DistanceRule, ...]
    words: dict[str, str]
    units: dict[str, float]
    directions: dict[str, float]

    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The rules as patterns over sentences whose places are marked."""
        words = self.words
        distance = f"(?P<distance>{words['about']}{words['number']}[ -]?{words['unit']})"
        parts = {"{place}": MARK, "{distance}": distance, "{gap}": f"[^.;{MARK}]{{0,80}}?"}
        parts |= {f"{{{name}}}": words[name] for name in ("sort", "kind", "direction")}
        # Without ASCII, the "s" of a unit or direction would also match "ſ", which no table of them has.
        return tuple(re.compile(_filled(each.find, parts), re.IGNORECASE | re.ASCII) for each in self.rule)


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(name, part)
    return pattern


@dataclass(frozen=True, slots=True)
class DistanceReader:
    """Finds the distances that a report states between two places on the map, and says how far apart they are there."""

    rules: DistanceRules
    patterns: tuple[re.Pattern[str], ...]
    name: str = "distances.en/1"

    @classmethod
    def load(cls, language: str = "en") -> DistanceReader:
        """The reader of a language."""
        rules = read_table(f"languages/{language}/distances.toml", DistanceRules)
        return cls(rules, rules.patterns())

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its distances."""
        found = tuple(self._find(reading)) if len(reading.toponyms) > 1 else ()
        return replace(reading, distances=found, by=(*reading.by, self.name))

    def _find(self, reading: Reading) -> Iterator[Distance]:
        points = [each for each in reading.toponyms if _is_point(each)]
        for sentence in reading.sentences:
            inside = [each for each in points if sentence.covers(each.span)]
            if len(inside) < 2 or not any(map(str.isdigit, sentence.of(reading.text))):
                continue
            marked, back = _mark(reading.text, sentence, inside)
            taken: list[Span] = []
            for pattern in self.patterns:
                for match in pattern.finditer(marked):
                    span = Span(back[match.start("distance")], back[match.end("distance") - 1] + 1)
                    if not any(map(span.touches, taken)):
                        taken.append(span)
                        between = [each for each in inside if match.start() <= _at(each, back, marked) < match.end()]
                        yield self._judge(match, span, between[0], between[-1])

    def _judge(self, match: re.Match[str], span: Span, one: Toponym, other: Toponym) -> Distance:
        number = float(match["number"].replace(",", ""))
        stated = number * self.rules.units[match["unit"].lower()]
        measured = _place(one).km_to(_place(other))
        agrees = SHORTEST * measured - SLACK_KM <= stated <= LONGEST * measured + SLACK_KM
        direction = (match.groupdict().get("direction") or "").lower().replace("-", "") or None
        if direction is not None and measured > NEAR_KM:
            off = abs(bearing(_place(other), _place(one)) - self.rules.directions[direction])
            agrees = agrees and min(off, 360 - off) <= ASTRAY
        return Distance(*span, round(stated, 1), (one.span, other.span), round(measured, 1), direction, agrees)


def _is_point(toponym: Toponym) -> bool:
    place = toponym.place
    return place is not None and toponym.role != "demonym" and not place.feature.startswith(WIDE)


def _place(toponym: Toponym) -> Place:
    if toponym.place is None:
        raise ValueError(f"{toponym.name} has no place")
    return toponym.place


def _mark(text: str, sentence: Span, inside: Sequence[Toponym]) -> tuple[str, list[int]]:
    """The sentence with a mark for each place, and for each of its characters where it stands in the text."""
    parts: list[str] = []
    back: list[int] = []
    at = sentence.start
    for each in inside:
        parts += [text[at : each.start], MARK]
        back += [*range(at, each.start), each.start]
        at = each.end
    parts.append(text[at : sentence.end])
    back += range(at, sentence.end)
    return "".join(parts).replace("\n", " "), back


def _at(toponym: Toponym, back: Sequence[int], marked: str) -> int:
    """Where the mark of a place stands in the marked sentence."""
    return next(index for index, start in enumerate(back) if start == toponym.start and marked[index] == MARK)


def bearing(one: Place, other: Place) -> float:
    """The direction in which one sets out for the other, in degrees from north by east."""
    turn = radians(other.lon - one.lon)
    east = sin(turn) * cos(radians(other.lat))
    north = cos(radians(one.lat)) * sin(radians(other.lat))
    north -= sin(radians(one.lat)) * cos(radians(other.lat)) * cos(turn)
    return degrees(atan2(east, north)) % 360
