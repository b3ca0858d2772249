"""Counts, amounts and equipment: what a sentence tells of them, and which event carries what."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Block, Event, EventSlot, Reading, Report, Span, from_json, to_json
from dateline.reading.events.numerals import cut, find_amounts
from dateline.reading.events.slot_words import open_slot_words
from dateline.reading.events.slots import find_slots
from dateline.reading.pipeline import Annotator, open_annotators, read_layers

Told = tuple[str, str, str | None, float | None, float | None, str]


@cache
def annotators() -> tuple[Annotator, ...]:
    return open_annotators()


def events_by_word(text: str) -> dict[str, Event]:
    reading = read_layers(report_of(text), annotators())
    return {span.of(text): event for event in reading.events for span in (event.trigger, *event.also)}


def report_of(text: str) -> Report:
    return Report(id="test", text=text, blocks=(Block(0, len(text), "paragraph"),), published="2023-09-17")


def told(slot: EventSlot) -> Told:
    return slot.kind, slot.unit or "", slot.fate, slot.low, slot.high, slot.words


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The blast killed 12 people and injured 30.",
         [("casualties", "person", "killed", 12, 12, "12"), ("casualties", "person", "injured", 30, 30, "30")]),
        ("At least 12 people were killed.", [("casualties", "person", "killed", 12, None, "At least 12")]),
        ("More than two hundred houses were destroyed.",
         [("building", "house", None, 200, None, "More than two hundred")]),
        ("Dozens of protesters were arrested.", [("people", "protester", "arrested", 24, 99, "Dozens")]),
        ("Up to 40 passengers are missing.", [("casualties", "passenger", "missing", 0, 40, "Up to 40")]),
        ("Twenty-one miners died.", [("casualties", "miner", "killed", 21, 21, "Twenty-one")]),
        ("The firm paid $2.5 billion.", [("money", "dollar", None, 2.5e9, 2.5e9, "$2.5 billion")]),
        ("A magnitude 6.1 quake shook the town.", [("magnitude", "magnitude", None, 6.1, 6.1, "magnitude 6.1")]),
        ("Three police officers were wounded.", [("casualties", "police", "injured", 3, 3, "Three")]),
        ("Seven were killed and 35 hurt.",
         [("casualties", "person", "killed", 7, 7, "Seven"), ("casualties", "person", "injured", 35, 35, "35")]),
        ("Two were hurt when nine coaches derailed.", [("casualties", "person", "injured", 2, 2, "Two")]),
        ("Nine prisoners escaped.", [("people", "prisoner", "escaped", 9, 9, "Nine")]),
        ("It fell by 12 percent.", [("percent", "percent", None, 12, 12, "12 percent")]),
        ("It flew over 200km.", [("distance", "kilometre", None, 200, None, "over 200km")]),
        ("Between 10 and 15 soldiers died.", [("casualties", "soldier", "killed", 10, 15, "Between 10 and 15")]),
        ("They shot down 20-25 drones.", [("weapon", "drone", None, 20, 25, "20-25")]),
        ("It costs 3 to 5 million euros.", [("money", "euro", None, 3e6, 5e6, "3 to 5 million euros")]),
        ("They gave $3.2m, then Rs. 20 lakh.",
         [("money", "dollar", None, 3.2e6, 3.2e6, "$3.2m"), ("money", "rupee", None, 2e6, 2e6, "Rs. 20 lakh")]),
        ("Half a million people marched.", [("people", "person", "protesting", 5e5, 5e5, "Half a million")]),
        ("Several hundred rebels fled.", [("people", "rebel", "displaced", 300, 999, "Several hundred")]),
        ("They lost 10 Leopard 2 tanks and six F-16s.",
         [("vehicle", "tank", None, 10, 10, "10"), ("vehicle", "aircraft", None, 6, 6, "six")]),
        ("The death toll rose from 10 to 15.", [("casualties", "person", "killed", 15, 15, "15")]),
        ("The number of people killed when it sank has risen to 19.",
         [("casualties", "person", "killed", 19, 19, "19")]),
        ("It killed 12 civilians and three soldiers.",
         [("casualties", "civilian", "killed", 12, 12, "12"), ("casualties", "soldier", "killed", 3, 3, "three")]),
        ("He was sentenced to 12 years in prison.", [("duration", "year", "sentenced", 12, 12, "12 years")]),
        ("No casualties were reported.", [("casualties", "person", None, 0, 0, "No casualties")]),
        ("Two hundred and fifty thousand refugees came.",
         [("people", "refugee", None, 250_000, 250_000, "Two hundred and fifty thousand")]),
        ("An area of 40 square kilometres burned.",
         [("area", "square kilometre", None, 40, 40, "40 square kilometres")]),
        ("They bought 1,50,000 rifles.", [("weapon", "rifle", None, 150_000, 150_000, "1,50,000")]),
        ("١٢ people died.", [("casualties", "person", "killed", 12, 12, "١٢")]),
        ("36 people were killed and 32 others suffered injuries.",
         [("casualties", "person", "killed", 36, 36, "36"), ("casualties", "person", "injured", 32, 32, "32")]),
    ],
)  # fmt: skip
def test_what_a_sentence_counts(sentence: str, wanted: list[Told]) -> None:
    assert [told(slot) for slot in find_slots(sentence)] == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "They met on 14 July.",
        "It opened in 1998.",
        "On 2023-09-11 they killed him.",
        "He left at 7:30 on Monday.",
        "Two days later it rained.",
        "No number.",
        "They lost a brigade's worth of tanks.",
        "There were no reports of injuries.",
        "A 12-year-old boy died.",
        "The child was six years old.",
        "One of them wept.",
        "The F-16 flew to the G7.",
        "It was the 7th attack, in 3D.",
        "Covid-19 killed him.",
        "They won 3-1.",
        "",
    ],
)
def test_dates_ages_and_names_are_no_counts(sentence: str) -> None:
    assert find_slots(sentence) == ()


@pytest.mark.parametrize(
    "number",
    ["1e999", "1" * 401, str(10**400), "9" * 16, "two million trillion trillion", "1.2.3e5", "½", "²", "0x1F", "12abc"],
)
def test_bad_and_huge_numbers_are_no_counts(number: str) -> None:
    assert find_slots(f"It killed {number} people.") == ()


def test_a_number_is_one_number_only_where_the_words_give_one() -> None:
    [some, few, range_] = find_slots("At least 12 people, dozens of rebels and 10 or 12 judges came.")
    assert (some.number, few.number, range_.number) == (12, None, None)
    assert some.interval == (12, float("inf"))
    assert (range_.low, range_.high, range_.words) == (10, 12, "10 or 12")


@given(st.text("0123456789, .-%$€abdinotykm/'", max_size=200))
def test_words_are_those_at_the_span(sentence: str) -> None:
    for slot in find_slots(sentence):
        assert slot.span.of(sentence) == slot.words == slot.words.strip() != ""
        assert slot.interval[0] <= slot.interval[1]
        assert slot.number is None or slot.number < 1e19


@given(
    st.lists(st.sampled_from(["two", "hundred", "and", "million", "half", "a", "to", "12", "between", "k", "dozen"]))
)
def test_any_words_for_numbers_come_to_an_end(words: list[str]) -> None:
    cuts = cut(" ".join(words))
    for amount in find_amounts(cuts, open_slot_words()):
        assert 0 <= amount.first <= amount.at < amount.end <= len(cuts)
        assert amount.high is None or amount.low <= amount.high


def test_a_sentence_of_nothing_but_numbers_comes_to_an_end() -> None:
    started = time.process_time()
    find_slots("killed 12, 13 and 14, then to 15, to 16 " * 5_000)
    assert time.process_time() - started < 20


def carried(event: Event) -> set[tuple[str, str, float | None]]:
    return {(slot.kind, slot.words, slot.low) for slot in event.slots}


def test_each_event_carries_what_its_own_clauses_tell() -> None:
    text = (
        "Rebels shelled the port of Sidra on Monday, killing 12 people, and the army arrested 40 suspects in Tripoli."
    )
    events = events_by_word(text)
    assert ("casualties", "12", 12) in carried(events["shelled"])
    assert ("people", "40", 40) in carried(events["arrested"])
    assert ("casualties", "12", 12) not in carried(events["arrested"])


def test_what_is_told_of_something_else_is_not_carried() -> None:
    text = "The army, which lost 20 men in a battle last year, attacked the village of Sidra on Monday."
    assert events_by_word(text)["attacked"].slots == ()


def test_the_toll_is_carried_by_what_it_came_of() -> None:
    text = "Twelve people died when a bomb exploded in Lima on Monday."
    assert ("casualties", "Twelve", 12) in carried(events_by_word(text)["exploded"])


def test_equipment_is_carried_without_a_number() -> None:
    text = "Russia attacked Kharkiv with cruise missiles on Monday."
    [slot] = events_by_word(text)["attacked"].slots
    assert told(slot) == ("weapon", "missile", None, None, None, "cruise missiles")
    assert slot.number is None and slot.span.of(text) == slot.words


def test_what_only_stands_before_a_person_is_no_equipment() -> None:
    text = "Police arrested a bus driver and a tank commander in Lima on Monday."
    assert [slot.words for slot in events_by_word(text)["arrested"].slots if slot.kind == "vehicle"] == []


def test_slots_go_through_json_and_older_events_have_none() -> None:
    text = "Rebels fired at least 12 rockets at Sidra on Monday, killing dozens of people."
    reading = read_layers(report_of(text), annotators())
    assert any(event.slots for event in reading.events)
    assert from_json(to_json(reading)) == reading
    older = to_json(Reading(reading.report, events=reading.events)).replace('"slots":', '"ignored":')
    assert all(event.slots == () for event in from_json(older).events)


def test_spans_count_in_the_text() -> None:
    text = "It rained.\nPolice in Lima arrested about 30 protesters on Monday. Ten houses burned down in Quito."
    for event in read_layers(report_of(text), annotators()).events:
        for slot in event.slots:
            assert Span(*slot.span).of(text) == slot.words


def test_words_that_hyphens_join_stay_whole() -> None:
    found = events_by_word("Russia deployed nuclear-capable bombers near Minsk on Monday, the ministry said.")
    assert [slot.words for slot in found["deployed"].slots] == ["nuclear-capable bombers"]
