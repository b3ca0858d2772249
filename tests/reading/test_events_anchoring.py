"""Where and when an event happened is weighed by the rules and by the network's links to the words for it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dateline.model import NOBODY, Event, Reading
from dateline.reading.events import EventReader
from dateline.reading.events.anchoring import Anchor, anchor_features, gather_links
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.scene import lay_out
from tests.reading.test_events import read

TEXT = (
    "Officials met in Lima on Monday and in Cusco on Tuesday. The bridge collapsed. Peru is in mourning.\n\n"
    "The governor resigned over the bridge."
)


@pytest.fixture(scope="module")
def reader() -> EventReader:
    return EventReader(EventLexicon.load())


def led(word: str, *, placed: float, timed: float, **anchors: dict[str, float]) -> Reading:
    """The text, as if the network's links led from a word to others for its place and its time."""
    reading = read(TEXT)
    assert reading.tags is not None
    numbers = {start: number for number, start in enumerate(reading.tags.starts)}
    at = numbers[TEXT.index(word)]
    places, times = (
        {numbers[TEXT.index(first)] if first else NOBODY: chance for first, chance in anchors[kind].items()}
        for kind in ("places", "times")
    )
    telling = replace(reading.tags.tellings[at], places=places, times=times, placed=placed, timed=timed)
    return replace(reading, tags=replace(reading.tags, tellings={**reading.tags.tellings, at: telling}))


def event(reader: EventReader, reading: Reading, word: str) -> Event:
    return next(each for each in reader(reading).events if word in each.trigger.of(TEXT))


@pytest.mark.parametrize(
    ("place", "day", "value"), [("Lima", "Monday", "2023-09-11"), ("Cusco", "Tuesday", "2023-09-12")]
)
def test_links_tell_which_of_several_places_and_days_are_of_an_event(
    reader: EventReader, place: str, day: str, value: str
) -> None:
    reading = led("collapsed", placed=0.98, timed=0.98, places={place: 0.98}, times={day: 0.98})
    fell = event(reader, reading, "collapsed")
    assert fell.where is not None and fell.where.name.startswith(place)
    assert fell.when is not None and fell.when.value == value


def test_a_place_and_a_time_are_less_likely_where_the_network_says_that_none_is_told(reader: EventReader) -> None:
    sure = led("resigned", placed=0.98, timed=0.98, places={"Peru": 0.98}, times={"Monday": 0.98})
    none = led("resigned", placed=0.01, timed=0.01, places={"": 0.98}, times={"": 0.98})
    chances = []
    for reading in (sure, none):
        drafts = reader.drafts(lay_out(reading, reader.lexicon.words))
        draft = next(each for each in drafts if each.mention.token.text == "resigned")
        peru = next(each.chance for each in draft.places if each.where.name == "Peru")
        monday = next(each.chance for each in draft.times if each.when.value == "2023-09-11")
        chances.append((peru, monday))
    assert chances[0][0] > chances[1][0] and chances[0][1] > 0.5 > chances[1][1]


def test_all_words_for_a_place_speak_for_it() -> None:
    links = gather_links({0: 0.3, 4: 0.35, 9: 0.3, 12: 0.05, NOBODY: 0.0}, {0: "Cusco", 4: "Lima", 9: "Cusco"})
    assert links == {"Cusco": 0.6, "Lima": 0.35}
    one, other = anchor_features(0.1, 0.5, [Anchor("sentence", links[each], 0.2) for each in ("Lima", "Cusco")])
    assert "link above 0.5" in other and "link above 0.5" not in one
    assert "first" in other and "first" not in one and "others above 0.5" in one and "others above 0.4" not in other
    assert "told above 0.4" in one and "told above 0.5" not in one
