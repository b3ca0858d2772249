"""Whom the network's links lead to may take part in an event, by the rules or beside them."""

from __future__ import annotations

from dataclasses import replace as replace_scene

import pytest
from msgspec.structs import replace

from dateline.model import NOBODY, Event, Participant, Reading, Span, Telling
from dateline.reading.events import EventReader
from dateline.reading.events.drafts import Draft
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.linear import steps
from dateline.reading.events.roles import name_participant
from dateline.reading.events.scene import Scene
from dateline.reading.events.taking_part import Role, find_links, find_parties, party_features
from tests.reading.test_events import events_by_word, names, read

TEXT = "Ada Quill, the foreign minister of Peru, left Lima at dawn. Six guards were killed on the road."


@pytest.fixture(scope="module")
def reader() -> EventReader:
    return EventReader(EventLexicon.load())


def led(word: str, **parties: dict[str, float]) -> Reading:
    """The text, as if the network took others for the parties of a word; they are told by their first words."""
    reading = read(TEXT)
    assert reading.tags is not None
    numbers = {start: number for number, start in enumerate(reading.tags.starts)}
    at = numbers[TEXT.index(word)]
    found = {
        role: {numbers[TEXT.index(first)] if first else NOBODY: chance for first, chance in likely.items()}
        for role, likely in parties.items()
    }
    old = reading.tags.tellings[at]
    telling = Telling(old.status, old.types, found.get("actors", {NOBODY: 1.0}), found.get("recipients", {NOBODY: 1.0}))
    return replace(reading, tags=replace(reading.tags, tellings={**reading.tags.tellings, at: telling}))


def drafts(reader: EventReader, reading: Reading, word: str) -> tuple[Scene, list[Draft]]:
    scene, groups = reader.find(reading)
    return scene, next(group for group in groups if any(word in draft.mention.span.of(TEXT) for draft in group))


def events(reader: EventReader, reading: Reading) -> dict[str, Event]:
    return {event.trigger.of(TEXT): event for event in reader(reading).events}


@pytest.mark.parametrize(
    ("first", "name"),
    [("Ada", "Ada Quill"), ("foreign", "Ada Quill"), ("Six", "Six guards"), ("Peru", "Peru")],
)
def test_links_lead_to_the_full_name_of_whoever_begins_there(reader: EventReader, first: str, name: str) -> None:
    scene, group = drafts(reader, led("killed", actors={first: 0.9, "": 0.1}), "killed")
    links = find_links(scene, group)
    assert [one.name for one in links.parties.values()] == [name]
    assert links.likely["actors"] == {name.casefold(): 0.9, "": 0.1}
    assert links.nobody("actors") == 0.1 and links.nobody("recipients") == 1.0


@pytest.mark.parametrize(
    ("text", "first", "name"),
    [
        ("The visiting leader’s trip to Lima ended on Sunday.", "visiting", "visiting leader"),
        ("Peru’s Ada Quill left Lima on Sunday.", "Peru", "Ada Quill"),
    ],
)
def test_who_owns_a_thing_is_meant_and_whoever_is_of_a_country(
    reader: EventReader, text: str, first: str, name: str
) -> None:
    reading = read(text)
    assert reading.tags is not None
    word = reading.tags.word(text.index(first))
    telling = Telling({}, {}, {NOBODY if word is None else word: 0.9}, {})
    scene, (group, *_) = reader.find(reading)
    at = reading.tags.word(group[0].mention.span.start)
    assert at is not None
    led = replace(reading, tags=replace(reading.tags, tellings={at: telling}))
    links = find_links(replace_scene(scene, reading=led, tags=led.tags), group)
    assert list(links.likely["actors"]) == [name.casefold()]


def added(reader: EventReader, text: str, word: str, first: str) -> tuple[list[str], list[str]]:
    """Whom links lead to from a word to another, and who may act in what the first tells of because of them alone."""
    reading = read(text)
    assert reading.tags is not None
    at, start = (reading.tags.word(text.index(each)) for each in (word, first))
    assert at is not None and start is not None
    telling = replace(reading.tags.tellings[at], actors={start: 0.9, NOBODY: 0.1})
    led = replace(reading, tags=replace(reading.tags, tellings={**reading.tags.tellings, at: telling}))
    scene, groups = reader.find(led)
    group = next(each for each in groups if any(word in draft.mention.span.of(text) for draft in each))
    links = find_links(scene, group)
    found = find_parties(scene, links, reader.join(scene, group), group, "actors")
    return [name for name in links.likely["actors"] if name], [each.one.name for each in found if each.by == "link"]


def test_two_who_act_together_are_not_added_to_one_of_them(reader: EventReader) -> None:
    text = "Rob Stone met Ada Quill in Lima. Stone then left for Cusco, and the duo wrote a letter."
    assert added(reader, text, "left", "duo") == (["rob stone and ada quill"], [])
    assert added(reader, text, "left", "Ada") == (["ada quill"], ["Ada Quill"])


def test_who_bids_is_not_added_to_who_does_it(reader: EventReader) -> None:
    text = "Norway ordered the rebels to release a pilot in Lima."
    assert added(reader, text, "release", "Norway") == (["norway"], [])
    assert added(reader, text, "release", "Lima") == (["lima"], ["Lima"])


def test_a_happening_is_no_party_to_itself(reader: EventReader) -> None:
    scene, group = drafts(reader, led("killed"), "killed")
    at = TEXT.index("were killed")
    itself = Participant(Span(at, at + len("were killed")), "the killing")
    event = replace(reader.join(scene, group), actors=(itself,))
    assert find_parties(scene, find_links(scene, group), event, group, "actors") == []


def test_whom_the_network_is_sure_of_takes_part_and_whom_it_doubts_does_not(reader: EventReader) -> None:
    sure = events(reader, led("killed", actors={"Ada": 0.99, "": 0.01}))["killed"]
    assert names(sure.actors) == ["Ada Quill"]
    doubtful = events(reader, led("killed", actors={"Ada": 0.06, "": 0.94}))["killed"]
    assert doubtful.actors == ()


def test_nobody_is_found_twice_and_each_keeps_how_he_was_found(reader: EventReader) -> None:
    reading = led("left", actors={"Ada": 0.6, "foreign": 0.3, "Six": 0.08, "": 0.02})
    scene, group = drafts(reader, reading, "left")
    found = find_parties(scene, find_links(scene, group), reader.join(scene, group), group, "actors")
    assert [(each.one.name, each.by) for each in found] == [("Ada Quill", "own"), ("Six guards", "link")]
    assert [each.likely for each in found] == [0.6, 0.08]


def test_without_a_network_the_rules_alone_tell_who_takes_part(reader: EventReader) -> None:
    event = events(reader, replace(read(TEXT), tags=None))["left"]
    assert names(event.actors) == ["Ada Quill"]


def test_what_is_likelier_by_the_network_has_more_that_speaks_for_it(reader: EventReader) -> None:
    role: Role = "actors"
    heard = []
    for chance in (0.1, 0.9):
        scene, group = drafts(reader, led("left", actors={"Ada": chance, "": 1 - chance}), "left")
        found = find_parties(scene, find_links(scene, group), reader.join(scene, group), group, role)
        heard.append(set(party_features(scene, found[0], found)))
    assert "link above 0.8" in heard[1] - heard[0]
    assert "rather nobody" in heard[0] - heard[1]


def test_steps_are_those_below_a_chance() -> None:
    assert steps(0.0) == () and steps(0.06) == ("above 0.02", "above 0.05") and len(steps(1.0)) == 13


def test_nobody_has_both_roles() -> None:
    for text in (
        "Ada Quill met Rob Stone in Oslo. Their meeting lasted an hour.",
        "The army shelled the rebels, who had attacked the army.",
    ):
        for event in events_by_word(text).values():
            assert {each.name for each in event.actors}.isdisjoint({each.name for each in event.recipients})
            assert all(isinstance(one.span, Span) for one in (*event.actors, *event.recipients) if one.span is not None)


@pytest.mark.parametrize(
    ("text", "verb", "first"),
    [
        ("Soldiers freed 40 hostages held by Boko Haram.", "freed", "Boko"),
        ("Ten years ago rebels seized the town of Gao from the army.", "seized", "Gao"),
    ],
)
def test_a_captor_and_a_town_are_not_added_beside_whom_it_is_done_to(
    reader: EventReader, text: str, verb: str, first: str
) -> None:
    reading = read(text)
    assert reading.tags is not None
    at, word = (reading.tags.starts.index(text.index(each)) for each in (verb, first))
    telling = replace(reading.tags.tellings[at], recipients={word: 0.95, NOBODY: 0.05})
    led = reader(replace(reading, tags=replace(reading.tags, tellings={at: telling})))
    event = next(event for event in led.events if event.trigger.of(text) == verb)
    assert not any(first in name for name in names(event.recipients))


def test_words_without_a_name_go_by_the_fuller_one_that_the_network_finds(reader: EventReader) -> None:
    reading = read("Ada Quill is ill. The regent left Lima at dawn, and her chancellor stayed.")
    text, tags = reading.text, reading.tagged()
    regent, chancellor, ada = (tags.word(text.index(word)) for word in ("regent", "chancellor", "Ada"))
    assert regent is not None and chancellor is not None and ada is not None

    def names_of(chance: float) -> list[str]:
        told = replace(tags, antecedents={regent: {ada: chance}, chancellor: {ada: chance}})
        scene = reader.find(replace(reading, tags=told))[0]
        heads = (next(t for t in scene.parse.tokens if t.text == word) for word in ("regent", "chancellor"))
        return [one.name for head in heads if (one := name_participant(scene, head)) is not None]

    assert names_of(0.1) == ["regent", "chancellor"]
    assert names_of(0.8) == ["Ada Quill", "chancellor"]  # who is hers: what is said of "her" may be of her


@pytest.mark.parametrize(
    ("text", "verb", "recipients"),
    [
        ("Ada Quill, the foreign minister, left Peru on Monday.", "left", []),
        ("The president visited the Louvre on Monday.", "visited", []),
        ("Ada Quill visited Peru on Monday to meet its president.", "visited", ["Peru"]),
        ("Rosa Marin left Ada Quill in Peru.", "left", ["Ada Quill"]),
        ("Rebels attacked Peru on Monday.", "attacked", ["Peru"]),
    ],
)
def test_a_place_that_somebody_goes_to_or_leaves_undergoes_nothing(text: str, verb: str, recipients: list[str]) -> None:
    assert names(events_by_word(text)[verb].recipients) == recipients
