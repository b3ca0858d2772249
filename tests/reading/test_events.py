"""The events layer: detection, merging, roles, status, time, place and source, each on short sentences."""

from __future__ import annotations

from functools import cache
from unittest.mock import ANY

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.model import Block, Bounds, Event, Reading, Report, Span, Statement, When
from dateline.reading.events import EventReader, merge
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.scene import lay_out
from dateline.reading.pipeline import Annotator, open_annotators

PUBLISHED = "2023-09-17"


@cache
def annotators() -> tuple[Annotator, ...]:
    return open_annotators()


def report_of(text: str, published: str | None = PUBLISHED) -> Report:
    blocks, place = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(place, place + len(line.rstrip()), "paragraph"))
        place += len(line)
    return Report(id="test", text=text, blocks=tuple(blocks), published=published)


@cache
def read(text: str) -> Reading:
    reading = Reading(report_of(text))
    for annotator in annotators():
        reading = annotator(reading)
    return reading


def events_by_word(text: str) -> dict[str, Event]:
    """The events of a text under each of the words that tell of them."""
    reading = read(text)
    return {span.of(text): event for event in reading.events for span in (event.trigger, *event.also)}


def names(participants: object) -> list[str]:
    return [each.name for each in participants]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "told", "not_told"),
    [
        ("The envoys held talks in Doha on Friday.", ["talks"], ["held"]),
        ("Rebels launched an attack on the mine.", ["attack"], ["launched"]),
        ("Police carried out a raid in Lima on Monday.", ["raid"], ["carried", "carried out"]),
        ("The minister said that troops had attacked the village.", ["attacked"], ["said"]),
        ("The king arrived in Rabat on Monday and met the prime minister.", ["arrived", "met"], []),
        ("The city lies on the coast and has two ports.", [], ["lies", "has"]),
    ],
)
def test_tells_happenings_from_other_words(text: str, told: list[str], not_told: list[str]) -> None:
    triggers = [event.trigger.of(text) for event in read(text).events]
    assert [word for word in told if word not in triggers] == []
    assert [word for word in not_told if word in triggers] == []


def test_a_verb_that_carries_a_noun_is_a_mention_of_what_it_tells() -> None:
    text = "Rebels launched an attack on the mine."
    assert [[span.of(text) for span in event.also] for event in read(text).events] == [["launched"]]


@pytest.mark.parametrize(
    ("text", "one", "other", "together"),
    [
        ("The president travelled to Doha on Monday.\n\nThe trip lasted three days.", "travelled", "trip", True),
        ("The president travelled to Doha on Monday.\n\nThe trip will last three days.", "travelled", "trip", True),
        ("Kim left Russia on Sunday.\n\nThe leader departed from Artyom on Sunday.", "left", "departed", True),
        ("A gunman attacked a market in Kabul.\n\nThe assault was the second this year.", "attacked", "assault", True),
        ("The king arrived in Rabat on Monday and met the prime minister.", "arrived", "met", False),
        ("A bus crashed near Lima on Tuesday, killing nine people.", "crashed", "killing", False),
        ("The rebels attacked Tripoli.\n\nThe parliament in Oslo passed a budget.", "attacked", "passed", False),
    ],
)
def test_mentions_of_one_happening_are_one_event_whatever_their_words(
    text: str, one: str, other: str, together: bool
) -> None:
    events = events_by_word(text)
    assert (events[one] is events[other]) == together


@pytest.mark.parametrize(
    ("text", "word", "actors", "recipients"),
    [
        ("Police arrested three men in Lima.", "arrested", ["Police"], ["three men"]),
        ("Three men were arrested by police in Lima.", "arrested", ["police"], ["Three men"]),
        ("Soldiers who attacked the villagers fled.", "attacked", ["Soldiers"], ["villagers"]),
        ("Spain and Italy attacked Libya.", "attacked", ["Spain", "Italy"], ["Libya"]),
        ("The killing of two journalists by rebels shocked Lima.", "killing", ["rebels"], ["two journalists"]),
        ("Norway ordered the rebels to release a pilot.", "release", ["rebels"], ["pilot"]),
        ("Kenya held talks with China on Monday.", "talks", ["Kenya"], ["China"]),
        ("Rebels kidnapped two nurses and shot a guard.", "shot", ["Rebels"], ["guard"]),
    ],
)
def test_finds_who_did_it_to_whom(text: str, word: str, actors: list[str], recipients: list[str]) -> None:
    event = events_by_word(text)[word]
    assert (names(event.actors), names(event.recipients)) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "word", "status", "evidence"),
    [
        ("Spain attacked Libya on Monday.", "attacked", "happened", []),
        ("Spain did not attack Libya.", "attack", "denied", ["not"]),
        ("Spain denied attacking Libya.", "attacking", "denied", ["denied"]),
        ("Spain will attack Libya on Monday.", "attack", "planned", ["will"]),
        ("Spain could attack Libya on Monday.", "attack", "possible", ["could"]),
        ("Spain is attacking Libya.", "attacking", "ongoing", ["is"]),
        ("Spain plans to attack Libya.", "attack", "planned", ["plans"]),
        ("Spain refused to attack Libya.", "attack", "denied", ["refused"]),
        ("Spain fears an attack by rebels.", "attack", "possible", ["fears"]),
        ("The rebels allegedly attacked a convoy.", "attacked", "possible", ["allegedly"]),
        ("Libya failed to arrest the rebels.", "arrest", "denied", ["failed"]),
        ("If rebels attack Tripoli, Spain will leave.", "attack", "possible", ["If"]),
    ],
)
def test_judges_the_status_and_keeps_the_words_that_decide(
    text: str, word: str, status: str, evidence: list[str]
) -> None:
    event = events_by_word(text)[word]
    assert (event.status, [span.of(text) for span in event.evidence.status]) == (status, evidence)


@pytest.mark.parametrize(
    ("text", "word", "value"),
    [
        ("Rebels attacked the port on 12 September 2023.", "attacked", "2023-09-12"),
        ("The attack on 12 September 2023 killed six.", "attack", "2023-09-12"),
        (
            "A day after visiting a plant in Lyon, Mr Braun travelled to Paris on 12 September 2023.",
            "visiting",
            "2023-09-11",
        ),
        (
            "A day after visiting a plant in Lyon, Mr Braun travelled to Paris on 12 September 2023.",
            "travelled",
            "2023-09-12",
        ),
    ],
)
def test_dates_an_event_by_the_time_that_governs_it(text: str, word: str, value: str) -> None:
    when = events_by_word(text)[word].when
    assert when is not None
    assert when.value == value


@pytest.mark.parametrize(
    ("text", "word", "value"),
    [
        ("The rebels have attacked villages since April.", "attacked", "2023-04/2023-09"),
        ("The army bombed the town between Monday and Wednesday.", "bombed", "2023-09-11/2023-09-13"),
        ("The army bombed the town from 12 to 14 September.", "bombed", "2023-09-12/2023-09-14"),
        ("In May 2021 the army invaded the east. On 3 June 2022 it withdrew.", "invaded", "2021-05"),
        ("The army bombed the town in the 1980s.", "bombed", "1980/1989"),
        ("The army bombed the town in the 19th century.", "bombed", "1800/1899"),
    ],
)
def test_dates_an_event_by_what_its_times_span(text: str, word: str, value: str) -> None:
    assert events_by_word(text)[word].when == When(ANY, value)


@pytest.mark.parametrize(
    ("text", "word", "bounds"),
    [
        ("Police arrested two men in Paris.", "arrested", (None, PUBLISHED)),
        ("The president will visit the island.", "visit", (PUBLISHED, None)),
        ("The envoys will meet before Friday.", "meet", (PUBLISHED, "2023-09-22")),
        ("Workers could strike over pay.", "strike over", None),
        ("The minister denied bombing the town.", "bombing", None),
        ("Troops are fighting in the east.", "fighting", None),
        ("Police arrested two men in Paris on Friday.", "arrested", None),
    ],
)
def test_an_event_without_a_date_has_bounds_and_one_that_is_only_possible_has_none(
    text: str, word: str, bounds: tuple[str | None, str | None] | None
) -> None:
    event = events_by_word(text)[word]
    assert event.bounds == (Bounds(*bounds) if bounds else None)
    assert event.bounds is None or event.when is None


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        (
            "BANGKOK, July 15 -- China and Thailand signed a memorandum of understanding here on Friday.",
            "signed",
            "Bangkok",
        ),
        ("KOTA KINABALU: Two women were charged at a court here on Monday, police said.", "charged", "Kota Kinabalu"),
        ('NAIROBI, Kenya - "We met rebels here," the minister said in Mombasa on Monday.', "met", "Mombasa"),
        ("Two women were charged here on Monday, police said.", "charged", None),
    ],
)
def test_here_is_where_the_report_is_datelined_from(text: str, word: str, place: str | None) -> None:
    where = events_by_word(text)[word].where
    assert (where.name.partition(",")[0] if where else None) == place
    if place == "Bangkok":
        assert where is not None and where.span is not None and where.span.of(text) == "here"


def test_a_place_is_not_named_where_its_name_stands_for_those_who_govern_there() -> None:
    text = "Pyongyang called the visit a success. Kim met an envoy in Pyongyang in May. Pyongyang denied it."
    reading = Reading(report_of(text))
    for annotator in annotators()[:-1]:
        reading = annotator(reading)
    [spot] = lay_out(reading, EventLexicon.load().words).spots.values()
    assert [toponym.role for toponym in spot.toponyms] == ["metonym", "literal", "metonym"]
    assert spot.sentences == (1,)
    assert (spot.sentences_back(0), spot.sentences_back(2)) == (None, 1)


def test_an_event_has_the_words_of_its_other_mentions_once() -> None:
    text = "An explosion killed six people in Lima on Monday. The blast tore off a roof. The blast was heard for miles."
    [event] = {id(event): event for event in events_by_word(text).values() if len(event.also) == 2}.values()
    assert event.also_words == ("blast",)
    assert event.trigger.of(text) == "explosion"


def test_places_an_event_where_its_clause_says() -> None:
    where = events_by_word("Police arrested three men in Lima on Monday.")["arrested"].where
    assert where is not None
    assert where.span is not None
    assert where.name.startswith("Lima")
    assert where.lat is not None
    assert abs(where.lat + 12.05) < 0.5


@pytest.mark.parametrize(
    "text, word, name",
    [
        ("The two ministers met on Monday at an airport near Lima.", "met", "airport, Lima"),
        ("Police are investigating two incidents in Lima that happened on Monday.", "investigating", "Lima"),
    ],
)
def test_a_site_is_described_and_nothing_else_is_a_place(text: str, word: str, name: str) -> None:
    where = events_by_word(text)[word].where
    assert where is not None
    assert where.name == name


def with_statement(text: str, source: str, cue: str, content: str) -> Reading:
    """The events of a text with one statement written by hand."""

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    reading = Reading(report_of(text))
    for annotator in annotators()[:-2]:
        reading = annotator(reading)
    statement = Statement(span(source), source, span(cue), span(content), "indirect", (source,))
    return annotators()[-1](replace(reading, statements=(statement,)))


def test_an_event_inside_a_statement_rests_on_its_source() -> None:
    text = "Officials said that rebels had attacked the port."
    [event] = with_statement(text, "Officials", "said", "rebels had attacked the port").events
    assert (event.source.kind, event.source.name) == ("attributed", "Officials")


def test_an_aside_inside_a_statement_is_the_reporters() -> None:
    text = "Officials said that Mr Braun, who visited Cairo last week, attacked two guards."
    content = "Mr Braun, who visited Cairo last week, attacked two guards"
    found = {event.trigger.of(text): event for event in with_statement(text, "Officials", "said", content).events}
    assert found["attacked"].source.name == "Officials"
    assert found["visited"].source.kind == "reporter"


def test_a_clause_that_is_all_that_is_said_is_no_aside() -> None:
    text = "The park has a plaza, which was opened on Monday, said the minister."
    found = {
        event.trigger.of(text): event
        for event in with_statement(text, "the minister", "said", "which was opened on Monday").events
    }
    assert found["opened"].source.name == "the minister"


def test_what_is_ordered_does_not_rest_on_the_word_of_who_orders() -> None:
    text = "Mr Braun ordered the arrest of two guards."
    found = {
        event.trigger.of(text): event
        for event in with_statement(text, "Mr Braun", "ordered", "the arrest of two guards").events
    }
    assert found["arrest"].source.kind == "reporter"


def test_mentions_of_one_happening_are_one_event() -> None:
    text = "Rebels attacked the port on Monday.\n\nThe attack by the rebels killed six people."
    found = events_by_word(text)
    assert found["attacked"] is found["attack"]
    assert found["killed"] is not found["attack"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kim leaves Russia by train after a six-day visit.", 2),
        ("Rebels fled before troops arrived.", 2),
        ("Rebels fled while troops arrived.", 1),
        ("Following a luncheon, the two ministers talked.", 2),
        ("The minister resigned, departing before noon.", 1),
        ("The president visited Togo. The minister visited Peru.", 2),
        ("The president visited Togo. The minister visited Togo.", 1),
    ],
)
def test_happenings_told_in_order_or_in_two_countries_stay_apart_however_alike(
    text: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merge, "JOIN", -100.0)
    assert len(read(text).events) == count


def test_happenings_of_different_days_stay_apart() -> None:
    text = "Rebels attacked the port on 4 May 2021.\n\nRebels attacked the port on 9 June 2022."
    triggers = [event.trigger.of(text) for event in read(text).events]
    assert triggers == ["attacked", "attacked"]


def test_the_first_event_of_a_report_is_a_main_one() -> None:
    text = "Rebels attacked the port of Sidra on Monday, killing six people.\n\nRebels attacked in force, police said."
    assert events_by_word(text)["attacked"].main


def test_other_layers_are_left_alone() -> None:
    before = Reading(report_of("Police arrested three men in Lima, a judge said."))
    for annotator in annotators()[:-1]:
        before = annotator(before)
    after = annotators()[-1](before)
    assert after.events
    assert replace(after, events=(), by=before.by) == before
    assert after.by == (*before.by, "events.en/20")


def test_the_reader_reads_without_the_other_layers() -> None:
    text = "Police arrested three men."
    reading = annotators()[0](Reading(report_of(text)))
    [event] = EventReader.load()(reading).events
    assert event.trigger.of(text) == "arrested"


WORDS = st.sampled_from(
    [
        *(
            "police",
            "arrested",
            "Kim",
            "Jong",
            "Un",
            "met",
            "in",
            "Cairo",
            "on",
            "Monday",
            ",",
            ".",
            "“",
            "”",
            "not",
            "if",
        ),
        *("will", "the", "attack", "of", "by", "and", "said", "who", "visited", "talks", "\n\n", "Ångström", "(", ")"),
        *("👩\u200d🚀", "2023-09-12", "—", "could", "Russia", "troops", "denied"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join)))
def test_spans_lie_in_the_text_and_nothing_raises(text: str) -> None:
    reading = Reading(report_of(text))
    for annotator in annotators():
        reading = annotator(reading)
    again = annotators()[-1](replace(reading, events=(), by=reading.by[:-1]))
    assert again.events == reading.events
    for event in reading.events:
        parts = [event.trigger, *event.also, *event.evidence.type, *event.evidence.status]
        parts += [each.span for each in (*event.actors, *event.recipients) if each.span is not None]
        parts += [cell.span for cell in (event.when, event.where, event.source) if cell is not None and cell.span]
        assert all(0 <= span.start < span.end <= len(text) for span in parts)
        assert 0 <= event.confidence <= 1
        assert event.trigger not in event.also
    assert [event.trigger for event in reading.events] == sorted(event.trigger for event in reading.events)


def test_a_common_noun_before_a_happening_takes_no_part_in_it() -> None:
    event = events_by_word("A six-day Russian state visit began in Lyon on Friday.")["visit"]
    assert "state" not in {party.name for party in (*event.actors, *event.recipients)}


def test_a_source_that_another_passes_on_has_the_chain_of_both() -> None:
    text = "Tass, citing the defence ministry, reported that Ukraine shelled a market in Kherson on Friday."
    source = events_by_word(text)["shelled"].source
    assert (source.name, source.chain) == ("defence ministry", ("Tass", "defence ministry"))
    alone = events_by_word("Police said that Ada Quill was arrested.")["arrested"].source
    assert (alone.name, alone.chain) == ("Police", ())


def test_what_holds_a_place_is_named_as_the_report_prints_it() -> None:
    text = "A car sank off Wando, South Jeolla, on Monday. Police in South Jeolla found three bodies in Wando."
    places = [event.where.name for event in events_by_word(text).values() if event.where is not None]
    assert any(name.startswith("Wando, South Jeolla") for name in places)
    assert not any("Jeollanam-do" in name and "Wando" in name for name in places)
