"""A reading laid out for people."""

from __future__ import annotations

from msgspec.structs import replace

from dateline.export.outline import (
    first_words,
    layer_read,
    list_names,
    outline_actors,
    outline_aside,
    outline_events,
    outline_voices,
)
from dateline.model import Event, EventSource, Participant, Reading, Span, When


def test_events_stand_in_the_order_of_time_with_the_undated_last(reading: Reading) -> None:
    opened, paying = reading.events
    later = replace(opened, when=When(None, "2023-10"), trigger=Span(0, 5))
    vague = replace(paying, when=When(None, "PAST_REF"))
    shuffled = replace(reading, events=(paying, later, vague, opened))
    assert [row.number for row in outline_events(shuffled)] == [4, 2, 1, 3]


def test_a_row_answers_every_question(reading: Reading) -> None:
    opened, paying = outline_events(reading)
    assert (opened.when, opened.who, opened.what, opened.whom) == ("15 Sep 2023", "Ada Quill", "opened", "")
    assert (opened.where, opened.word, paying.word, paying.where) == ("Exampleville", "police", "reporter", None)


def test_words_of_nobody_in_particular_say_so(reading: Reading) -> None:
    event: Event = replace(reading.events[0], source=EventSource("attributed"))
    assert outline_events(replace(reading, events=(event,)))[0].word == "someone unnamed"


def test_names_are_listed_once_and_on_one_line() -> None:
    assert list_names(Participant(None, name) for name in ["A", "B\nC", "A"]) == "A and B C"
    assert list_names([]) == ""


def test_statements_are_gathered_under_their_source(reading: Reading) -> None:
    police, quill = reading.statements
    nobody = replace(police, source=None, source_name=None)
    unresolved = replace(police, source_name=None)
    voices = outline_voices(replace(reading, statements=(police, quill, nobody, unresolved)))
    assert [(voice.name, len(voice.statements)) for voice in voices] == [("police", 2), ("Ada Quill", 1), (None, 1)]


def test_the_actor_mentioned_most_stands_first(reading: Reading) -> None:
    quill = reading.actors[0]
    once = replace(quill, id="a2", mentions=quill.mentions[:1])
    actors = outline_actors(replace(reading, actors=(once, quill, once)))
    assert [number for number, _ in actors] == [2, 1, 3]


def test_furniture_is_told_by_its_sort(reading: Reading) -> None:
    assert {sort: len(blocks) for sort, blocks in outline_aside(reading).items()} == {"appeal": 1}


def test_none_found_is_told_from_not_read(reading: Reading) -> None:
    assert layer_read(reading, "events") and not layer_read(reading, "sentences")


def test_first_words_end_with_a_word() -> None:
    text = "Support our reporting, today and always"
    assert first_words(text, Span(0, len(text)), 24) == "Support our reporting…"
    assert first_words(text, Span(0, 11), 24) == "Support our"
    assert len(first_words("x" * 10_000, Span(0, 10_000), 24)) == 24
