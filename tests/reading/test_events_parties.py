"""What the participants of events are, and the codes of events, in whole readings."""

from __future__ import annotations

from functools import cache

import pytest

from dateline.model import Block, Cameo, Event, Participant, Reading, Report
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
