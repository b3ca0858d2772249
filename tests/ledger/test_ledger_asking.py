"""A question's answer is what a filter over all that was put in would give."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.errors import SettingError
from dateline.ledger import Ledger
from dateline.ledger.asking import explain
from dateline.ledger.files import distance
from dateline.ledger.questions import understand
from dateline.ledger.tables import MOST_VALUES
from dateline.model import Entry, Question, Taken, edition_id, event_id
from dateline.model.timex_values import interval
from tests.ledger.made import Told, made_reading, place, reading_of

READINGS = [made_reading(seed) for seed in range(80)]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("asking") / "press.ledger", write=True) as opened:
        opened.put([Taken(f"{seed}", reading) for seed, reading in enumerate(READINGS)])
        yield opened


def words(name: str | None) -> set[str]:
    plain = unicodedata.normalize("NFKD", (name or "").casefold())
    return set(re.findall(r"\w+", plain)) - {"the", "of"}


def brute(question: Question) -> set[str]:
    """The ids of the events that answer, by looking at each."""
    found = set()
    for reading in READINGS:
        edition = edition_id(reading.report.id, reading.text)
        for event in reading.events:
            sentence = next(s.of(reading.text) for s in reading.sentences if s.covers(event.trigger))
            days = interval(event.when.value) if event.when else None
            asked = interval(question.when) if question.when else None
            place = event.where
            near = True
            if question.where and question.where[0].isdigit():
                lat, lon, km = map(float, question.where.split(","))
                far = distance(place.lat, place.lon, lat, lon) if place else None
                near = far is not None and far <= km
            elif question.where:
                near = place is not None and words(question.where) <= words(place.name)
            longest = max(31, (asked[1] - asked[0]).days + 1) if asked else 0
            in_time = asked is None or (
                days is not None and days[0] <= asked[1] and days[1] >= asked[0] and (days[1] - days[0]).days < longest
            )
            if (
                in_time
                and near
                and (not question.who or any(words(question.who) <= words(a.name) for a in event.actors))
                and (not question.whom or any(words(question.whom) <= words(a.name) for a in event.recipients))
                and question.type in (None, event.type)
                and question.status in (None, event.status)
                and (not question.said_by or words(question.said_by) <= words(event.source.name))
                and (not question.publisher or words(question.publisher) <= words(reading.report.publisher))
                and (not question.words or words(question.words) <= words(sentence))
                and (event.main or not question.main)
            ):
                found.add(event_id(edition, event.trigger))
    return found


def rarely(values: list[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.none() | st.sampled_from(values)


QUESTIONS = st.builds(
    Question,
    who=rarely(["Quill", "bo quill", "Harbour Union", "ministry of DEFENCE", "Nobody"]),
    whom=rarely(["Bo", "Stone", "Civic Front"]),
    type=rarely(["ASSAULT", "CONSULT", "AGREE"]),
    when=rarely(["2023", "2023-06", "2023-06-13", "2023-05-20/2023-07-02", "2023-W24", "1999"]),
    where=rarely(["Town0 Bay", "town", "10,179.9,900", "89,0,2000", "0,0,9000", "10,0,0"]),
    status=rarely(["denied", "happened"]),
    said_by=rarely(["Example Wire", "quill"]),
    publisher=rarely(["coast courier", "Post"]),
    words=rarely(["harbour", "market road", "Quill night"]),
    main=st.sampled_from([False, False, True]),
    order=st.sampled_from(["when", "-when", "published", "-published"]),
    limit=st.sampled_from([0, 7, 100_000]),
    offset=st.sampled_from([0, 0, 5]),
)


@given(question=QUESTIONS)
def test_an_answer_is_what_a_filter_over_all_readings_gives(ledger: Ledger, question: Question) -> None:
    expected = brute(question)
    answer = ledger.ask(question)
    assert answer.total == len(expected)
    assert {entry.id for entry in answer.entries} <= expected
    assert len(answer.entries) == max(0, min(question.limit, len(expected) - question.offset))
    assert [sort_key(entry, question.order) for entry in answer.entries] == sorted(
        sort_key(entry, question.order) for entry in answer.entries
    )


def sort_key(entry: Entry, order: str) -> tuple[int, ...]:
    days = interval(entry.event.when.value) if entry.event.when else None
    if "published" in order:
        text = re.sub(r"\D", "", (entry.report.published or "9999")[:16])
        return (-int(text) if order.startswith("-") else int(text),)
    if days is None:
        return (1, 0)
    first = days[0].toordinal()
    return (0, -first if order.startswith("-") else first)


def test_pages_follow_one_another_without_gap_or_overlap(ledger: Ledger) -> None:
    whole = ledger.ask(Question(who="Quill", limit=10_000)).entries
    pages = [ledger.ask(Question(who="Quill", limit=9, offset=at)).entries for at in range(0, len(whole), 9)]
    assert [entry for page in pages for entry in page] == list(whole)
    assert len({entry.id for entry in whole}) == len(whole) > 50


def test_each_gives_all_that_asking_page_by_page_gives(ledger: Ledger) -> None:
    question = Question(status="happened", order="-published", limit=10_000)
    assert len(tuple(ledger.each(question))) > MOST_VALUES
    assert tuple(ledger.each(question)) == ledger.ask(question).entries
    assert tuple(ledger.each(replace(question, limit=3, offset=2))) == ledger.ask(question).entries[2:5]
    with pytest.raises(SettingError):
        next(ledger.each(Question(when="soonish")))


def test_every_entry_leads_to_its_words(ledger: Ledger) -> None:
    for entry in ledger.ask(Question(limit=200)).entries:
        text = ledger.reading(entry.report.edition).text
        assert entry.sentence.of(text) == entry.words
        assert entry.sentence.covers(entry.event.trigger)


def test_the_order_does_not_hang_on_the_order_of_adding(tmp_path: Path) -> None:
    readings = list(enumerate(READINGS[:20]))
    answers = []
    for name in ("a", "b"):
        with Ledger.open(tmp_path / name, write=True) as ledger:
            ledger.put([Taken(str(seed), reading) for seed, reading in readings])
            answers.append(ledger.ask(Question(limit=1000)))
        readings.reverse()
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "question",
    [
        Question(who="Bo Quill"),
        Question(who="Bo Quill", when="2023-09"),
        Question(who="Bo", whom="Stone", when="2023-09-13", status="happened", type="ASSAULT"),
        Question(when="2023-09-13"),
        Question(when="2023"),
        Question(type="ASSAULT"),
        Question(words='harbour "night market"'),
        Question(words="harbour", who="Quill"),
        Question(where="10,179.9,200"),
        Question(where="Town3 Bay", publisher="Courier"),
        Question(publisher="Courier"),
    ],
)
def test_no_question_reads_a_whole_table(ledger: Ledger, question: Question) -> None:
    plan = explain(ledger._database, question, understand(question))
    allowed = re.compile(r"SCAN (w|t|n|f|p|b|search|\d+ CONSTANT ROWS|CONSTANT ROW|\(.*)\b")
    assert [step for step in plan if step.startswith("SCAN") and not allowed.match(step)] == []
    assert any(step.startswith("SEARCH") for step in plan)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (
            Question(when="next tuesday"),
            '"next tuesday": a question\'s time is a day, month, year or interval, such as',
        ),
        (Question(when="2023-09-17/2023-09-12"), "2023-09 or 2023-09-12/2023-09-17"),
        (Question(when="2023-02-30"), "a question's time"),
        (Question(where="91,0,5"), "no point on the globe"),
        (Question(where="51.9,east"), "no point on the globe"),
        (Question(who="''"), "there is no name in this"),
        (Question(words="-war"), "no word to look for"),
        (Question(words='"'), "no word to look for"),
        (Question(type="WAR"), "there is no such type"),  # type: ignore[arg-type]
        (Question(limit=-1), "the limit of a question"),
        (Question(offset=1 << 70), "the offset of a question"),
    ],
)
def test_a_question_without_sense_is_told(ledger: Ledger, question: Question, says: str) -> None:
    with pytest.raises(SettingError) as caught:
        ledger.ask(question)
    assert says in str(caught.value)


@given(text=st.text(max_size=60) | st.text(alphabet='"*-():^{}+ ORANDT\0\ud800', max_size=60))
def test_no_words_of_a_user_break_the_full_text(ledger: Ledger, text: str) -> None:
    for question in (Question(words=text), Question(who=text), Question(where=text), Question(publisher=text)):
        try:
            ledger.ask(question)
        except SettingError:
            continue


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Ledger]:
    told = [
        Told("Kim Jong-un", "met", "Vladimir Putin", when="2023-09-13", where=place("Vostochny", "RU", 51.9, 128.3)),
        Told("José Núñez", "shelled", "Rob Stone", type="ASSAULT", when="2023-09", more="by night"),
        Told("Russia’s Foreign Ministry", "warned", more="of a missile", said_by="Tass"),
        Told("Ada Quill", "left", where=place("Russia", "RU", 60.0, 100.0, "PCLI"), when="2023"),
    ]
    with Ledger.open(tmp_path / "press.ledger", write=True) as ledger:
        ledger.put([Taken("1", reading_of(told))])
        yield ledger


@pytest.mark.parametrize(
    ("question", "verbs"),
    [
        (Question(who="KIM JONG UN"), ["met"]),
        (Question(who="jose nunez"), ["shelled"]),
        (Question(who="Russia Ministry"), ["warned"]),
        (Question(who="Jong Putin"), []),  # The words of two names are no name.
        (Question(where="Russia"), ["left", "met"]),
        (Question(where="RU"), ["left", "met"]),
        (Question(where="52,128"), ["met"]),
        (Question(where="60,100,500"), []),  # Somewhere in Russia is not in the middle of it.
        (Question(when="2023-09-20"), ["shelled"]),
        (Question(when="2023"), ["left", "shelled", "met"]),
        (Question(words="shell* OR missile"), ["shelled", "warned"]),
        (Question(words='"by night"'), ["shelled"]),
        (Question(words='"night by"'), []),
        (Question(words="nunez"), ["shelled"]),
        (Question(words="on -september -night"), ["left", "met"]),
    ],
)
def test_what_is_found(small: Ledger, question: Question, verbs: list[str]) -> None:
    text = small.reading(small.editions()[0].id).text
    assert [entry.event.trigger.of(text) for entry in small.ask(question).entries] == verbs


def test_what_was_said_is_found_by_speaker_and_words_in_order_of_publication(tmp_path: Path) -> None:
    told = Told("Ada Quill", "left", said_by="the Coast Guard")
    with Ledger.open(tmp_path / "press.ledger", write=True) as ledger:
        days = ("2023-09-17T01:00:00+05:00", "2023-09-16", None, "2023-09-17")
        for number, day in enumerate(days):
            reading = reading_of(
                [told, Told("Bo", "slept", said_by="Tass")], published=day, origin=f"https://x/{number}"
            )
            ledger.put([Taken(str(number), reading)])
        said = ledger.quotes("coast guard")
        assert [quote.report.published for quote in said] == [days[1], days[0], days[3], None]
        assert {quote.statement.source_name for quote in said} == {"the Coast Guard"}
        assert ledger.quotes("coast tass") == ()
        assert len(ledger.quotes()) == 8
        assert ledger.quotes(limit=3, offset=2) == ledger.quotes()[2:5]
        assert [quote.words for quote in ledger.quotes("Tass", words="slept", limit=1)] == ["Bo slept, Tass said."]
        assert ledger.quotes("Tass", words="left") == ()


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("89.9,-170,30", {"Town0 Bay"}),  # Over the pole.
        ("-90,0,30", {"Town1 Bay"}),
        ("10,179.9,5", {"Town2 Bay"}),
        ("10,180,30", {"Town2 Bay", "Town3 Bay"}),  # To both sides of the date line.
        ("10,-179.99,30", {"Town2 Bay", "Town3 Bay"}),
    ],
)
def test_a_circle_reaches_over_the_poles_and_the_date_line(ledger: Ledger, where: str, names: set[str]) -> None:
    answer = ledger.ask(Question(where=where, limit=1000))
    assert {entry.event.where.name for entry in answer.entries if entry.event.where} == names


def test_the_same_seed_makes_the_same_reading() -> None:
    assert made_reading(3) == made_reading(3) != made_reading(4)
