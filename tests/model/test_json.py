import json

import pytest

import dateline
from dateline.errors import InputError
from dateline.model import Actor, Name, Reading, Span, from_json, to_json
from tests.marked import plain


def sample() -> Reading:
    return dateline.read(
        "Mayor Ada Quill opened a bridge in Paris on Friday, police said.\n\nShe denied paying Rob Stone 🇺🇦.",
        published="2023-09-17T12:26:00+01:00",
        as_="text",
    )


def test_a_reading_comes_back_from_its_json_as_it_was() -> None:
    reading = sample()
    assert from_json(to_json(reading)) == reading
    assert from_json(to_json(reading, indent=2).encode()) == reading


def test_a_reading_of_before_events_were_compared_by_more_than_triggers_is_read_without() -> None:
    reading = sample()
    older = json.loads(to_json(reading))
    assert len([(event.pop("embedding"), event.pop("also_words")) for event in older["events"]]) > 0
    found = from_json(json.dumps(older))
    assert [(event.embedding, event.also_words) for event in found.events] == [(b"", ()) for _ in reading.events]


def test_the_keys_stand_in_the_order_of_the_design() -> None:
    keys = list(json.loads(to_json(sample())))
    assert keys[:7] == ["dateline", "id", "origin", "publisher", "published", "published_candidates", "bylines"]
    layers = ["sentences", "voices", "names", "actors", "timexes", "toponyms", "statements", "events", "by", "kind"]
    assert keys[-len(layers) - 3 :] == [*layers, "distances", "home", "kind_given"]  # which older readings lack


def test_a_name_shows_the_actor_that_it_is_a_mention_of() -> None:
    reading = plain("Kim left")
    reading = Reading(
        reading.report,
        names=(Name(0, 3, "Person"), Name(4, 8, "Misc")),
        actors=(Actor("a1", "Kim Jong Un", "Person", (), (Span(0, 3),)),),
    )
    assert [name["actor"] for name in json.loads(to_json(reading))["names"]] == ["a1", None]


def test_reading_twice_gives_the_same_json() -> None:
    assert to_json(sample()) == to_json(sample())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "this is no reading"),
        ("[]", "this is no reading"),
        ("{", "this is no reading"),
        (b"\xff", "this is no reading"),
        (to_json(plain("x")).replace('"dateline":1', '"dateline":99'), "version 99"),
    ],
)
def test_what_is_no_reading_is_refused_in_words(text: str | bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        from_json(text)
