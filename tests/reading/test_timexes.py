"""Times lean on the publication, on one another and on the tense; and they hold together on any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.export.reasons import explain_times
from dateline.model import Block, Reading, Report, ReportKind, Span, Timex
from dateline.model.timex_values import grain, interval
from dateline.reading.sentences import SentenceReader
from dateline.reading.timexes import TimexReader
from dateline.reading.timexes.reader import find_kind, published_day
from tests.conftest import Readers
from tests.marked import plain

READER = TimexReader.load()
SUNDAY = "2023-09-17"


def read(text: str, published: str | None = SUNDAY, kind: ReportKind | None = "news") -> tuple[Timex, ...]:
    """The times of a text whose lines are paragraphs of one sentence each, read without a tree."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    blocks = tuple(Block(span.start, span.end, "paragraph") for span in spans)
    report = Report("x", text, blocks, published=published)
    return READER(Reading(report, sentences=tuple(spans), kind=kind)).timexes


def values(text: str, published: str | None = SUNDAY, kind: ReportKind | None = "news") -> dict[str, str | None]:
    """The value of every time of a text, by its words."""
    return {timex.span.of(text): timex.value for timex in read(text, published, kind)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ms Roe on Saturday sailed on.", {"Saturday": "2023-09-16"}),
        ("She was at home on Sunday.", {"Sunday": "2023-09-17"}),
        ("Her only visit to Oslo in July ended.", {"July": "2023-07"}),
        ("It fell in December.", {"December": "2023-12"}),
        ("He left on Jan. 3.", {"Jan. 3": "2024-01-03"}),
        ("He leaves on Friday, March 15.", {"Friday, March 15": "2024-03-15"}),
        ("It is unlike 2000 soldiers, but in 2009, more than 60 men left.", {"2009": "2009"}),
        ("Sales rose in the first half of the year.", {"the first half of the year": "2023-H1"}),
        ("They talked from Thursday to Monday.", {"Thursday": "2023-09-14", "Monday": "2023-09-18"}),
        ("He left on Wednesday last week.", {"Wednesday last week": "2023-09-06"}),
        ("He came from 12 to 17 September.", {"12": "2023-09-12", "17 September": "2023-09-17"}),
        ("Between May and June 2018 it rained.", {"May": "2018-05", "June 2018": "2018-06"}),
        ("From October to March 2019 it rained.", {"October": "2018-10", "March 2019": "2019-03"}),
        ("He met her in 2010 and left the following year.", {"2010": "2010", "the following year": "2011"}),
        ("At 3 p.m. on Friday it shook.", {"3 p.m.": "2023-09-15T15:00", "Friday": "2023-09-15"}),
        ("Sunday 17 September 2023 14:05 BST", {"Sunday 17 September 2023 14:05 BST": "2023-09-17T14:05"}),
        ("It shook at 9 a.m. Friday.", {"9 a.m. Friday": "2023-09-15T09:00"}),
        ("Posted 5/6/2019 at noon.", {"5/6/2019 at noon": None}),
        ("On February 30 it shook.", {"February 30": None}),
        ("In 490 BC they fought; they had fled the year before.", {"490 BC": "BC0490", "the year before": "BC0491"}),
    ],
)
def test_news_leans_on_its_publication(text: str, expected: dict[str, str | None]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "You may march in the sun.",
        "More than 2000 soldiers and 1500 men marched.",
        "He won a second term and a 36-year-old woman lost.",
        "She is in her early 30s.",
        "He left on ſunday, in aprıl, after four wee\u212as.",
        "The New York Daily News said so.",
        "The fall of Kabul shook them.",
        "It cost $1999 or 1,999 pounds, or 1999.50 euros.",
    ],
)
def test_what_only_looks_like_a_time_is_left_out(text: str) -> None:
    assert values(text) == {}


@pytest.mark.parametrize(
    ("text", "published", "lines"),
    [
        (
            "Ms Roe on Saturday sailed on.",
            SUNDAY,
            ["“Saturday” is 2023-09-16 (DATE): Saturday on or before the publication date, 2023-09-17; rule “weekday”"],
        ),
        (
            "They met in late May 2010, and he left two weeks later.",
            SUNDAY,
            [
                "“late May 2010” is 2010-05 (DATE, END): told in full; rule “month year”",
                "“two weeks later” has no value (DATE): 2 weeks after a time that is not told; rule “later or earlier”",
            ],
        ),
        (
            "In 2010 he left; the next year she fled.",
            SUNDAY,
            [
                "“2010” is 2010 (DATE): told in full; rule “year”",
                "“the next year” is 2011 (DATE): 1 year after “2010”, 2010; rule “pointed unit”",
            ],
        ),
        (
            "He left last week.",
            None,
            [
                "“last week” has no value (DATE): 1 week before the publication date, which is not known; "
                "rule “pointed unit”"
            ],
        ),
    ],
)
def test_each_value_is_explained_in_one_line(text: str, published: str | None, lines: list[str]) -> None:
    report = Report("x", text, (Block(0, len(text), "paragraph"),), published=published)
    reading = READER(Reading(report, sentences=(Span(0, len(text)),), kind="news"))
    assert list(explain_times(reading)) == lines


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("It began in early 2019.", "START"),
        ("It began in mid-June.", "MID"),
        ("It fell at the end of May.", "END"),
        ("It took about three hours.", "APPROX"),
        ("It took more than a year.", "MORE_THAN"),
        ("It took at least a year.", "EQUAL_OR_MORE"),
        ("It took a year.", None),
    ],
)
def test_a_part_of_a_time_and_how_exact_it_is(text: str, mod: str | None) -> None:
    assert [timex.mod for timex in read(text)] == [mod]


@pytest.mark.parametrize(
    ("text", "published", "zone"),
    [
        ("It shook at 3 p.m. EST.", SUNDAY, "-05:00"),
        ("It shook at 3 p.m. ET.", SUNDAY, "-04:00"),
        ("It shook at 15:00 GMT.", SUNDAY, "+00:00"),
        ("It shook at 3 p.m. on Friday.", "2023-09-17T12:26:00+01:00", "+01:00"),
        ("It shook at 3 p.m. local time.", "2023-09-17T12:26:00+01:00", None),
        ("It shook at 3 p.m.", SUNDAY, None),
        ("It shook on Friday morning.", "2023-09-17T12:26:00+01:00", None),
    ],
)
def test_a_clock_time_is_of_its_own_zone_or_else_of_the_report(text: str, published: str, zone: str | None) -> None:
    assert read(text, published)[0].zone == zone


@pytest.mark.parametrize(
    ("origin", "zone"),
    [
        ("https://news.example.in/a", "+05:30"),
        ("http://[bad", None),
        ("//[draft] news.txt", None),
        (None, None),
    ],
)
def test_a_zone_of_many_countries_is_told_by_an_address_that_can_be_taken_apart(
    origin: str | None, zone: str | None
) -> None:
    text = "It shook at 3 p.m. IST."
    report = Report("x", text, (Block(0, len(text), "paragraph"),), origin=origin, published=SUNDAY)
    [timex] = READER(Reading(report, sentences=(Span(0, len(text)),))).timexes
    assert timex.zone == zone


def test_the_kind_of_report_is_told_from_it_unless_it_is_said() -> None:
    text = "Ms Roe said on Friday that it rained yesterday."
    reading = Reading(Report("x", text, (Block(0, len(text), "paragraph"),)), sentences=(Span(0, len(text)),))
    assert READER(reading).kind == "news"
    assert READER(replace(reading, kind="narrative")).kind == "narrative"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We met them yesterday,” Ms Roe said on Friday.", {"yesterday": "2023-09-14", "Friday": "2023-09-15"}),
        ('Ms Roe said on Friday: "We met them last week."', {"Friday": "2023-09-15", "last week": "2023-W36"}),
        ("“We met them yesterday,” Ms Roe said.", {"yesterday": "2023-09-16"}),
        ("Ms Roe, who left on Friday, said they met yesterday.", {"Friday": "2023-09-15", "yesterday": "2023-09-16"}),
    ],
)
def test_a_dated_quotation_reckons_from_the_day_it_was_said(
    readers: Readers, text: str, expected: dict[str, str]
) -> None:
    reading = plain(text)
    reading = replace(reading, report=replace(reading.report, published=SUNDAY), kind="news")
    found = READER(readers.up_to("sentences", reading)).timexes
    assert {timex.span.of(text): timex.value for timex in found} == expected


def test_without_a_publication_nothing_is_invented() -> None:
    text = (
        "Yesterday he left. On Saturday he had come. In July 2019 he wed; the next month she fled. Last year it rained."
    )
    assert values(text, None) == {
        "Yesterday": None,
        "Saturday": None,
        "July 2019": "2019-07",
        "the next month": "2019-08",
        "Last year": None,
    }


def test_a_value_says_what_it_was_resolved_from() -> None:
    text = "On 3 May 2010 they met. The next day he left. On Saturday she came."
    assert [timex.resolved_from for timex in read(text)] == ["explicit", "3 May 2010", "publication date"]


def test_a_history_runs_on_from_its_own_dates() -> None:
    text = "On 1 September 1939 the war began.\nOn 17 September the east was taken.\nIn February peace was far."
    found = values(text, "2009-12-19", "narrative")
    assert found == {"1 September 1939": "1939-09-01", "17 September": "1939-09-17", "February": "1940-02"}


def test_a_history_is_told_by_its_years() -> None:
    def kind(text: str) -> ReportKind:
        return find_kind(
            Reading(Report("x", text, (), published=SUNDAY), sentences=(Span(0, len(text)),)), READER.rules.news
        )

    assert (
        kind("He came in 1911, fought in 1912, 1913, 1914 and 1915, fell in 1916, rose in 1917 and died in 1918.")
        == "narrative"
    )
    assert kind("On Monday he said that 1911, 1912, 1913 and 1914 were hard, and spoke again on Tuesday.") == "news"


@pytest.fixture(scope="module")
def sentences() -> SentenceReader:
    return SentenceReader.load()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left the city on Friday.", ["2023-09-15"]),
        ("He will leave the city on Friday.", ["2023-09-22"]),
        ("The ministry said on Friday that they will meet on Tuesday.", ["2023-09-15", "2023-09-19"]),
        ("They are to meet the president on Monday.", ["2023-09-18"]),
        ("On Monday, they are to meet the president.", ["2023-09-18"]),
        ("On Monday, they are keen to leave.", ["2023-09-11"]),
        ("The vote is scheduled for Thursday.", ["2023-09-21"]),
        ("The trial resumes on Wednesday.", ["2023-09-20"]),
        ("They agreed on Monday to share the water.", ["2023-09-11"]),
        ("He bought the house in January.", ["2023-01"]),
        ("She will retire in January.", ["2024-01"]),
        ("The payment was made on Dec. 30.", ["2022-12-30"]),
        ("A nine-day walk ended, the longest in the past five years.", ["P9D", "P5Y"]),
    ],
)
def test_the_tense_of_the_verb_tells_the_side(sentences: SentenceReader, text: str, expected: list[str]) -> None:
    report = Report("x", text, (Block(0, len(text), "paragraph"),), published=SUNDAY)
    assert [timex.value for timex in READER(sentences(Reading(report))).timexes] == expected


def test_a_month_in_a_persons_name_is_no_time(readers: Readers) -> None:
    assert readers.up_to("timexes", plain("Theresa May met April Jones.")).timexes == ()


def test_an_abbreviated_weekday_stands_in_brackets_or_where_a_time_does() -> None:
    assert values("The watchdog announced that Sun had been placed under investigation.") == {}
    assert values("Today (Sun) it was announced.")["Sun"] == SUNDAY


def test_a_daily_is_a_paper_where_it_is_told_something(readers: Readers) -> None:
    assert not readers.up_to("timexes", plain("A source in the ministry told the daily that work had begun.")).timexes
    assert readers.up_to("timexes", plain("A daily flight from Oslo was full.")).timexes


def test_the_year_of_a_news_report_is_that_of_its_writing() -> None:
    later = "Revenue was 70 million in 2021.\nThe minister said this at the beginning of the year."
    assert values(later)["the beginning of the year"] == "2023"
    assert values("He left on 3 May 2021.\nAt the end of the year, he was back.")["the end of the year"] == "2021"


def test_a_determiner_belongs_to_the_noun_after_the_time(sentences: SentenceReader) -> None:
    text = "The 33-day strike ended, and the next day they left."
    report = Report("x", text, (Block(0, len(text), "paragraph"),), published=SUNDAY)
    words = [timex.span.of(text) for timex in READER(sentences(Reading(report))).timexes]
    assert words == ["33-day", "the next day"]


def test_a_published_moment_may_be_odd() -> None:
    assert published_day("yesterday") is None
    assert str(published_day("2023-09-17T12:26:00+01:00")) == SUNDAY


WORDS = sorted(
    {word for rule in READER.rules.rules for example in rule.examples for word in example.replace("[", " ").split()}
)
ODD = [
    "9999",
    "ſunday",
    "1,000,000,000,000",
    "99999",
    "seventy-four",
    "days",
    "ago",
    "0001",
    "31",
    "February",
    "e\u0301",
    "🇺🇦",
    "\u00a0",
    "\n",
    "-",
    "to",
]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from([*WORDS, *ODD]), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(
    TEXTS,
    st.sampled_from([None, SUNDAY, "0001-01-01", "9999-12-31", "nonsense"]),
    st.sampled_from(["news", "narrative"]),
)
def test_spans_lie_in_one_sentence_in_order_and_apart(text: str, published: str | None, kind: ReportKind) -> None:
    timexes = read(text, published, kind)
    end = 0
    for timex in timexes:
        assert end <= timex.start < timex.end <= len(text)
        assert "\n" not in text[timex.start : timex.end]
        end = timex.end
        assert timex.value is None or grain(timex.value) is None or interval(timex.value) is not None
    assert timexes == read(text, published, kind)


def test_the_other_layers_are_left_alone() -> None:
    text = "He left on Sunday."
    before = Reading(Report("x", text, (), published=SUNDAY), sentences=(Span(0, len(text)),), by=("sentences.en/2",))
    after = READER(before)
    assert after.by == ("sentences.en/2", "timexes.en/4")
    assert (after.sentences, after.names, after.events) == (before.sentences, before.names, before.events)


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "May ",
        "the last ",
        "two ",
        "12:",
        "1-",
        "in the early ",
        "about about ",
        "a year a ",
        "3 p.m. on Monday and ",
    ],
)
def test_long_repetition_takes_no_longer_than_it_should(piece: str) -> None:
    # A pattern that backtracks without bound would not come back from this in a lifetime.
    read(piece * (20_000 // len(piece)))
