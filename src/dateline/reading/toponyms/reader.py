"""The annotator of the toponyms layer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from msgspec.structs import replace

from dateline.lexicon.gazetteer import Gazetteer, GazetteerEntry
from dateline.model import Place, Reading, Role, Toponym
from dateline.reading.toponyms.addresses import find_address
from dateline.reading.toponyms.candidates import Weights
from dateline.reading.toponyms.containers import Container, find_containers, without_namesakes
from dateline.reading.toponyms.mentions import LISTED, Mention, MentionFinder
from dateline.reading.toponyms.resolve import Choice, resolve_mentions
from dateline.reading.toponyms.roles import role_of
from dateline.reading.toponyms.words import PlaceWords

_BESIDE = re.compile(r"(?:,| \(|, in| in|, in the| in the|, a \w+ in|, near|, outside)\s*")
RUNNERS_UP = 3

NAME = "toponyms.en/11"

UNKNOWN = 0.3
"""How sure a mention is of being a place that the gazetteer does not have, beside one that it has."""


@dataclass(frozen=True, slots=True)
class ToponymReader:
    """Finds the names of places and gives each the place that it stands for, with coordinates and the runners-up.

    ``demonyms`` says whether words for the people and things of a place ("Russian") count as its names.
    """

    gazetteer: Gazetteer
    words: PlaceWords
    weights: Weights = field(default_factory=Weights)
    demonyms: bool = True
    name: str = NAME

    @classmethod
    def load(cls, language: str = "en", places: Path | None = None) -> ToponymReader:
        """The reader of a language, with a gazetteer opened: the one that ships, unless another is given.

        Another is told in the reader's name, so that what was read with it is known for that. Raises LexiconError where
        it cannot be opened.
        """
        gazetteer = Gazetteer.open(places)
        mark = gazetteer.mark()
        return cls(gazetteer, PlaceWords.load(language), name=f"{NAME}+places.{mark}" if mark else NAME)

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its toponyms."""
        finder = MentionFinder(self.gazetteer, self.words)
        mentions = finder.find(reading)
        beside = find_beside(reading.text, mentions)
        lists = find_lists(reading.text, mentions)
        home = finder.home(reading.report.publisher)
        known = [*mentions, home] if home else mentions
        address = find_address(reading.report, self.gazetteer, self.words)
        homes = [*find_entries(self.gazetteer, reading.home), *([address] if address else [])]
        choices = resolve_mentions(known, beside, lists, self.gazetteer, self.words.usually, self.weights, homes)
        choices = without_namesakes(reading, mentions, choices, self.words.words.holding)
        places = find_containers(reading, mentions, choices, beside, self.words.words.holding)
        parse = reading.parsed()
        toponyms = tuple(
            _toponym(mention, choice, role_of(mention, _first(choice), parse, self.words), container, reading.text)
            for mention, choice, container in zip(mentions, choices, places, strict=False)
            if self.demonyms or not mention.demonym
        )
        return replace(reading, toponyms=toponyms, by=(*reading.by, self.name))


def find_entries(gazetteer: Gazetteer, *places: Place | None) -> list[GazetteerEntry]:
    """The gazetteer's entries of these places, as far as it has them."""
    named = [(place.id, gazetteer.look_up(place.name)) for place in places if place is not None]
    return [entry for id, entries in named for entry in entries if entry.place.id == id]


def find_beside(text: str, mentions: Sequence[Mention]) -> dict[int, int]:
    """For each mention, the number of the one that follows as if to say where it lies: "Rockville, Maryland"."""
    return {
        index: index + 1
        for index, (one, other) in enumerate(pairwise(mentions))
        if other.start - one.end < 20 and not other.demonym and _BESIDE.fullmatch(text, one.end, other.start)
    }


def find_lists(text: str, mentions: Sequence[Mention]) -> list[list[int]]:
    """The runs of three mentions or more that stand in one list: "Fiji, Tonga and Samoa"."""
    lists: list[list[int]] = []
    run = [0]
    joined = False
    for index, (one, other) in enumerate(pairwise(mentions), 1):
        gap = text[one.end : other.start] if other.start - one.end < 12 else ""
        if not LISTED.fullmatch(gap):
            if joined and len(run) > 2:
                lists.append(run)
            run, joined = [], False
        run.append(index)
        joined = joined or " and" in gap or " or" in gap
    return [*lists, run] if joined and len(run) > 2 else lists


def _toponym(mention: Mention, choice: Choice, role: Role, container: Container | None, text: str) -> Toponym:
    ranked = [(entry.place, round(chance, 3)) for entry, chance in choice.ranked[: RUNNERS_UP + 1]]
    place: Place | None
    place, sure, own = None, mention.sure * UNKNOWN, 0.0
    if choice.matched:
        (place, own), *ranked = ranked
        sure = mention.sure * choice.chance
    elif container is not None:
        place, own = container.place, round(container.chance, 3)
        sure = mention.sure * container.chance
    ranked = ranked[:RUNNERS_UP]
    return Toponym(
        mention.start,
        mention.end,
        mention.span.of(text),
        place,
        round(sure, 3),
        tuple(other for other, _ in ranked),
        (own, *(chance for _, chance in ranked)),
        role,
        mention.inside,
        container is not None and not choice.matched,
    )


def _first(choice: Choice) -> Place | None:
    """The place that was chosen, if one was."""
    return choice.ranked[0][0].place if choice.matched else None
