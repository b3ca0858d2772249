"""Timelines: what TimelineJS asks of its JSON, and the words that hedge a date."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from dateline.export.timelines import Hedge, Hedges, _Table, export_timelinejs
from dateline.lexicon.tables import read_table
from dateline.model import Disagreement, Happening, Side, Span
from tests.export.entries import make_entry, make_happening, make_hostile

HEDGES = read_table("languages/en/timelines.toml", _Table).hedge
EXAMPLES = [(hedge, example) for hedge in HEDGES for example in hedge.examples]


def read_timeline(*happenings: Happening) -> list[dict[str, Any]]:
    """The slides, each with what TimelineJS needs to show it."""
    whole = json.loads(b"".join(export_timelinejs(happenings)))
    for slide in whole["events"]:
        for day in (slide["start_date"], slide.get("end_date", slide["start_date"])):
            assert isinstance(day["year"], int)
            assert set(day) <= {"year", "month", "day", "hour", "minute"}
            assert "day" not in day or "month" in day
        assert set(slide["text"]) == {"headline", "text"}
    found: list[dict[str, Any]] = whole["events"]
    return found


def told(value: str, words: str = "They met on Friday.") -> dict[str, Any]:
    (slide,) = read_timeline(make_happening(make_entry(words, when=("Friday", value))))
    return slide


@pytest.mark.parametrize(
    ("value", "start", "end", "shown"),
    [
        ("2023-09-15", {"year": 2023, "month": 9, "day": 15}, None, "15 Sep 2023"),
        ("2023-09", {"year": 2023, "month": 9}, None, "Sep 2023"),
        ("2023", {"year": 2023}, None, "2023"),
        (
            "2023-09-12/2023-09-17", {"year": 2023, "month": 9, "day": 12}, {"year": 2023, "month": 9, "day": 17},
            "12–17 Sep 2023",
        ),
        (
            "2023-W37", {"year": 2023, "month": 9, "day": 11}, {"year": 2023, "month": 9, "day": 17},
            "week of 11 Sep 2023",
        ),
        (
            "2023-09-15T21:30", {"year": 2023, "month": 9, "day": 15, "hour": 21, "minute": 30}, None,
            "15 Sep 2023, 21:30",
        ),
        ("2023-09-15TNI", {"year": 2023, "month": 9, "day": 15}, None, "15 Sep 2023, night"),
    ],
)  # fmt: skip
def test_a_slide_stands_at_its_time(value: str, start: Any, end: Any, shown: str) -> None:
    slide = told(value)
    assert (slide["start_date"], slide.get("end_date"), slide["display_date"]) == (start, end, shown)


@pytest.mark.parametrize("value", ["PAST_REF", "P3D", "XXXX-WXX-1"])
def test_what_has_no_date_has_no_slide(value: str) -> None:
    assert read_timeline(make_happening(make_entry(when=("Friday", value)))) == []
    assert read_timeline(make_happening(make_entry(when=None))) == []


@pytest.mark.parametrize(("hedge", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_examples_of_hedges(hedge: Hedge, example: str) -> None:
    words = example.replace("[", "").replace("]", "")
    assert Hedges.load().find(words, example.index("[")) == hedge.show


def test_a_hedged_date_says_so() -> None:
    assert told("2023-09-15", "They met before Friday.")["display_date"] == "before 15 Sep 2023"
    assert told("2023-09-15", "They met about Friday.")["display_date"] == "about 15 Sep 2023"


@pytest.mark.parametrize("words", ["Friday they met.", "He stood by. Friday came.", "The envoy therefore left Friday."])
def test_a_plain_date_is_not_hedged(words: str) -> None:
    assert Hedges.load().find(words, words.index("Friday")) is None


def test_a_date_that_one_report_tells_flatly_is_not_hedged() -> None:
    hedged, flat = make_entry("They met by Friday."), make_entry("They met on Friday.")
    assert read_timeline(make_happening(hedged, flat))[0]["display_date"] == "15 Sep 2023"


def test_a_slide_tells_of_reports_roots_and_disputes() -> None:
    entry = make_entry()
    sides = (Side("3", (entry.id,)), Side("5", ("e2",)))
    dispute = Disagreement("number", "contradicts", sides)
    (slide,) = read_timeline(make_happening(entry, disagreements=(dispute,)))
    text = slide["text"]["text"]
    assert "1 report, 1 independent origin: police" in text
    assert '<a href="https://news.example/mayor">The Example</a>' in text
    assert "They differ on number (contradicts): 3 (1 entry); 5 (1 entry)" in text


def test_two_happenings_of_one_sentence_have_two_headings() -> None:
    met, said = make_entry(), make_entry(trigger="said", actors=("police",), recipients=(), id="e2")
    slides = read_timeline(
        make_happening(met, actors=("Ada Quill",)), make_happening(said, actors=("police",), id="h2")
    )
    heads = [slide["text"]["headline"] for slide in slides]
    assert heads == ["Ada Quill · met · Rob Stone", "police · said"]


def test_a_denied_happening_says_so() -> None:
    (slide,) = read_timeline(make_happening(make_entry(status="denied")))
    assert slide["text"]["headline"].startswith("[denied] ")


def test_no_words_become_markup_on_a_slide() -> None:
    slides = read_timeline(*(make_happening(entry, title=entry.words) for entry in make_hostile()))
    assert len(slides) == len(make_hostile())
    for slide in slides:
        assert not re.search(r"<(?!/?p>|a href=\"https?://[^\"<>]*\">|/a>)", slide["text"]["text"])
        assert "<" not in slide["text"]["headline"] + slide["display_date"]


def test_a_happening_of_a_hundred_reports_quotes_a_dozen() -> None:
    text = read_timeline(make_happening(*(make_entry() for _ in range(100))))[0]["text"]["text"]
    assert text.count("“") == 12
    assert "and 88 more" in text


def test_hedges_are_quick_on_long_sentences() -> None:
    words = "before " * 100_000
    assert Hedges.load().find(words + "Friday", len(words)) == "before"
    assert Span(0, 6).of(words) == "before"
