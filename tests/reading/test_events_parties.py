"""What the participants of events are, and the codes of events, in whole readings."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from dateline.model import Block, Cameo, Event, Participant, Reading, Report
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.reader import EventReader
from dateline.reading.events.roles import find_roles, name_participants
from dateline.reading.events.scene import lay_out
from dateline.reading.pipeline import Annotator, open_annotators, read_layers


@cache
def annotators() -> tuple[Annotator, ...]:
    return open_annotators()


def read(text: str) -> Reading:
    report = Report(id="test", text=text, blocks=(Block(0, len(text), "paragraph"),), published="2023-09-17")
    return read_layers(report, annotators())


def event_at(text: str, word: str) -> Event:
    return next(
        event for event in read(text).events if word in [span.of(text) for span in (event.trigger, *event.also)]
    )


def party(some: tuple[Participant, ...], name: str) -> tuple[str | None, str | None, str | None]:
    one = next(each for each in some if each.name == name)
    return one.kind, one.country, one.role


def test_kind_country_and_role_where_the_report_tells() -> None:
    met = event_at("Russian president Vladimir Putin met NATO on Monday.", "met")
    assert party(met.actors, "Vladimir Putin") == ("state", "Russia", "Russian president")
    assert party(met.recipients, "NATO") == ("international", None, None)


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Rebels attacked the port of Sidra on Monday.", "attacked", "rebel"),
        ("Soldiers attacked the port of Sidra on Monday.", "attacked", "military"),
        ("Japan attacked the port of Sidra on Monday.", "attacked", "state"),
        ("Residents attacked the port of Sidra on Monday.", "attacked", "civil"),
    ],
)
def test_kinds_of_actors(text: str, word: str, kind: str) -> None:
    assert [one.kind for one in event_at(text, word).actors] == [kind]


def test_nothing_is_made_up_of_a_bare_name() -> None:
    met = event_at("Ada Quill met Rob Stone in Lima on Monday.", "met")
    assert {(one.kind, one.country, one.role) for one in (*met.actors, *met.recipients)} == {(None, None, None)}


def test_words_and_actors_tell_the_code() -> None:
    assert event_at("France demanded an inquiry on Monday.", "demanded").cameo == Cameo("10")
    assert event_at("Russian warplanes bombed the port of Sidra on Monday.", "bombed").cameo is not None
    shot = event_at("Two men shot a teacher in Lima on Monday.", "shot")
    assert (shot.type, shot.cameo and shot.cameo.code) in {("ASSAULT", None)}


def test_what_is_of_no_plover_type_has_no_code() -> None:
    won = event_at("Ada Quill won the race in Lima on Monday.", "won")
    assert (won.type, won.cameo) == ("OTHER", None)


def roles_at(text: str, word: str) -> tuple[list[str], list[str]]:
    """The names of who does and who bears what a word tells of, before anything is weighed."""
    lexicon = EventLexicon.load()
    report = Report(id="test", text=text, blocks=(Block(0, len(text), "paragraph"),), published="2023-09-17")
    reading = Reading(report)
    for annotator in annotators()[:-1]:
        reading = annotator(reading)
    scene = lay_out(reading, lexicon.words)
    token = next(token for token in scene.parse.tokens if token.text == word)
    roles = find_roles(scene, lexicon, token)
    actors, recipients = name_participants(scene, roles.actors), name_participants(scene, roles.recipients)
    return [each.name for each in actors], [each.name for each in recipients]


@pytest.mark.parametrize(
    "text, word, actor",
    [
        (
            "Chris Binge, who helped to rescue 200 people from the island on Monday, urged calm.",
            "rescue",
            "Chris Binge",
        ),
        (
            '"I apologized for not being able to protect them," Hideaki Hatta told reporters.',
            "apologized",
            "Hideaki Hatta",
        ),
        ("President Rodrigo Chaves answered a call from Volodymyr Zelensky on Thursday.", "call", "Volodymyr Zelensky"),
        ("The attack carried out by Hezbollah on Monday killed three soldiers.", "attack", "Hezbollah"),
        ("The European Union announced a visit to Ukraine on Monday.", "visit", "European Union"),
        ("France hailed the arrival of Angela Merkel on Monday.", "arrival", "Angela Merkel"),
        ("Angela Merkel's visit to France included a meeting with students on Monday.", "meeting", "Angela Merkel"),
        ("Some of the employees returned to work on Monday.", "returned", "Some of the employees"),
    ],
)
def test_who_acts_is_told_in_many_ways(text: str, word: str, actor: str) -> None:
    assert actor in roles_at(text, word)[0]


@pytest.mark.parametrize(
    "text, word, recipient",
    [
        ("The army captured and killed two rebels near Gao on Monday.", "captured", "two rebels"),
        ("The minister published the names of the senators on Monday.", "published", "senators"),
        ("The city ignored the residents' pleas on Monday.", "ignored", "residents"),
    ],
)
def test_what_is_done_to_a_thing_is_borne_by_whose_it_is(text: str, word: str, recipient: str) -> None:
    assert recipient in roles_at(text, word)[1]


@pytest.mark.parametrize(
    ("text", "word", "recipients"),
    [
        ("The envoy met with Czech media on Monday.", "met", ["Czech media"]),
        ("The mayor of Lima is under investigation, police said.", "investigation", ["mayor of Lima"]),
        ("The convoy hid under the bridge during the attack.", "attack", []),
        ("Voters in the north rallied behind Ada Quill on Monday.", "rallied", ["Ada Quill"]),
        ("Thousands marched in support of Ada Quill on Monday.", "marched", ["Ada Quill"]),
        ("Thousands marched in the streets of Lima on Monday.", "marched", []),
    ],
)
def test_whom_something_is_done_to_is_told_in_many_ways(text: str, word: str, recipients: list[str]) -> None:
    assert roles_at(text, word)[1] == recipients


@pytest.mark.parametrize(
    ("text", "word", "actor"),
    [
        ("The private company Acme Energy bought the plant on Monday.", "bought", "Acme Energy"),
        ("A mining company, Acme Energy, bought the plant on Monday.", "bought", "Acme Energy"),
        ("The special investigation team (SIT) arrested two men on Monday.", "arrested", "special investigation team"),
    ],
)
def test_a_body_goes_by_the_name_beside_the_words_for_it(text: str, word: str, actor: str) -> None:
    assert roles_at(text, word)[0] == [actor]


def test_who_acts_with_another_is_not_named_beside_both() -> None:
    text = (
        "Kim Jong Un’s trip to Russia included a meeting with Russian president Vladimir Putin.\n\n"
        "Kim Jong Un met his Russian counterpart Vladimir Putin on Wednesday, where the duo signed a treaty.\n\n"
        "Vladimir Putin shook hands with Kim Jong Un during their meeting in Moscow on Wednesday."
    )
    met = event_at(text, "met")
    names = [name for one in (*met.actors, *met.recipients) for name in one.name.split(" and ")]
    assert sorted(names) == ["Kim Jong Un", "Vladimir Putin"]


def test_a_happening_has_the_mode_that_any_mention_of_its_type_tells() -> None:
    text = "The king's visit to Mali began on Monday.\n\nThe king's visit to Mali was his first."
    reader, reading = EventReader.load(), Reading(Report("test", text, (Block(0, len(text), "paragraph"),)))
    for annotator in annotators()[:-1]:
        reading = annotator(reading)
    scene, groups = reader.find(reading)
    first, second = next(group for group in groups if len(group) == 2)
    assert second.mode == "visit"
    assert reader.join(scene, [replace(first, mode=None), second]).mode == "visit"
