"""Distances that a report states are found, and held against the map."""

import re

import pytest
from msgspec.structs import replace

from dateline.model import Distance, Place, Reading, Span, Toponym, from_json, to_json
from dateline.reading.distances import DistanceReader
from dateline.reading.distances.reader import Example, bearing
from tests.conftest import Readers
from tests.marked import plain

READER = DistanceReader.load()
EXAMPLES = [(rule.name, example) for rule in READER.rules.rule for example in rule.examples]


def set_out(line: str) -> Reading:
    """A reading of one sentence whose places stand in brackets, all at points far from any other."""
    text, toponyms = "", list[Toponym]()
    for number, part in enumerate(re.split(r"\[|\]", line)):
        if number % 2:
            place = Place(f"x:{number}", part, None, "PPL", 10.0 + number, 20.0)
            toponyms.append(Toponym(len(text), len(text) + len(part), part, place, 0.9))
        text += part
    return replace(plain(text), sentences=(Span(0, len(text)),), toponyms=tuple(toponyms))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_each_rule_finds_what_its_examples_state(rule: str, example: Example) -> None:
    reading = READER(set_out(example.text))
    assert [found.km for found in reading.distances] == [example.km]
    first, last = reading.toponyms[0], reading.toponyms[-1]
    assert reading.distances[0].between == (first.span, last.span)


def stated(readers: Readers, text: str) -> Distance:
    [found] = readers.up_to("distances", plain(text)).distances
    return found


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("The distance from Artyom to Khasan station on Russia’s border with North Korea is over 200km.", True),
        ("The distance from Artyom to Khasan station on Russia’s border with North Korea is over 900km.", False),
        ("The road from Lyon to Paris is 466 kilometres long.", True),
        ("The road from Lyon to Paris is 46 kilometres long.", False),
        ("A train crashed in Larissa, about 350 km north of Athens.", True),
        ("A train crashed in Larissa, about 350 km south of Athens.", False),
        ("A train crashed in Larissa, about 215 miles from Athens.", True),
    ],
)
def test_what_is_stated_is_held_against_the_map(readers: Readers, text: str, agrees: bool) -> None:
    assert stated(readers, text).agrees == agrees


def test_units_and_directions_are_told(readers: Readers) -> None:
    found = stated(readers, "A train crashed in Larissa, about 215 miles north of Athens.")
    assert (found.km, found.direction) == (346.0, "north")
    assert found.measured == pytest.approx(214, abs=10)
    assert found.span.of("A train crashed in Larissa, about 215 miles north of Athens.") == "about 215 miles"


@pytest.mark.parametrize(
    "text",
    [
        "He drove 200 km in Lyon.",
        "It is 500 km from Russia to Japan.",
        "They met in Lyon. It is 466 km to Paris.",
        "From Lyon to Paris he sang 12 songs.",
    ],
)
def test_what_states_no_distance_between_two_points(readers: Readers, text: str) -> None:
    assert readers.up_to("distances", plain(text)).distances == ()


@pytest.mark.parametrize("words", ["460 mileſ", "460 mİles", "460 mıles", "460 miles ſouth", "460 miles eaſt"])
def test_letters_that_only_ignoring_case_takes_for_english_ones_make_no_unit_or_direction(words: str) -> None:
    found = READER(set_out(f"A train crashed in [Larissa], {words} of [Athens].")).distances
    assert [(each.km, each.direction) for each in found] == []


def test_distances_survive_json_and_older_readings_have_none(readers: Readers) -> None:
    reading = readers.up_to("distances", plain("The road from Lyon to Paris is 466 kilometres long."))
    whole = replace(reading, parse=None, tags=None)
    assert from_json(to_json(whole)).distances == reading.distances
    before = to_json(replace(whole, distances=())).replace(',"distances":[]', "")
    assert "distances" not in before.replace("distances.en/1", "")
    assert from_json(before).distances == ()


def test_bearings_and_distances() -> None:
    here, north, east = (Place("x", "x", None, "PPL", lat, lon) for lat, lon in ((0, 0), (1, 0), (0, 1)))
    assert bearing(here, north) == pytest.approx(0)
    assert bearing(here, east) == pytest.approx(90)
    assert here.km_to(east) == pytest.approx(111.2, abs=0.1)
