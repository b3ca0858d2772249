"""The terminal page: what it shows, at every width, and that a report cannot command the terminal."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.cli.page import open_page
from dateline.model import Block, Cameo, EventSlot, EventSource, Participant, Reading, Report, Span, Statement

HOSTILE = "a \x1b[31mred\x1b[0m [bold]b[/bold] \u202ex\u2066 \x9b2J :smile: \r\x08"
SHOWN = "a \\x1b[31mred\\x1b[0m [bold]b[/bold] \\u202ex\\u2066 \\x9b2J :smile: \\x08"


def draw(shown: Reading, monkeypatch: pytest.MonkeyPatch, width: int = 80, **asked: object) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    stream = io.TextIOWrapper(io.BytesIO(), encoding=str(asked.get("encoding", "utf-8")))
    return open_page(stream, verbose=bool(asked.get("verbose")))(shown)


def flat(page: str) -> str:
    return " ".join(page.split())


@pytest.fixture(autouse=True)
def _bare(desk: object) -> None:
    """No colours or widths from the terminal that the tests run in."""


def test_the_facts_of_publication_stand_first(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    page = draw(reading, monkeypatch)
    head = page.partition("WHAT HAPPENED")[0]
    for fact in (
        "Mayor opens bridge",
        "Sun 17 Sep 2023, 12:26 UTC+1",
        "The Example",
        "Jo Penn",
        "English",
        "bridge.html",
    ):
        assert fact in head


def test_events_are_stacked_where_room_is_short(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    page = draw(reading, monkeypatch)
    assert "● 15 Sep 2023    Ada Quill opened\n" in page
    assert "OTHER · Exampleville · said by the Exampleville police\n" in page
    assert "  no date        Ada Quill paying → Rob Stone\n" in page
    assert "denied · AID · reporter\n" in page


def test_events_have_a_column_for_every_question_where_there_is_room(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draw(reading, monkeypatch, width=160)
    head = next(line for line in page.splitlines() if "Did what" in line)
    assert head.split() == ["When", "Who", "Did", "what", "To", "whom", "Where", "On", "whose", "word", "Status"]
    row = next(line for line in page.splitlines() if "opened" in line)
    for cell in (
        "●",
        "15 Sep 2023",
        "Ada Quill",
        "opened  OTHER",
        "Exampleville",
        "the Exampleville police",
        "happened",
    ):
        assert cell in row


def test_statements_stand_under_their_source_and_are_never_cut(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "word " * 400
    report = Report("r", text, (Block(0, len(text), "paragraph"),))
    long = Reading(report, statements=(Statement(None, "Ada Quill", None, Span(0, 1999), "partly"),))
    assert draw(long, monkeypatch).count("word") == 400
    page = draw(reading, monkeypatch)
    assert re.search(r"  the Exampleville police\n  said +Mayor Ada Quill opened a bridge", page)
    assert "Tass, citing" in page and "“paying Rob Stone”" in page


def test_what_was_set_aside_is_listed_and_captions_are_known(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    page = draw(reading, monkeypatch)
    assert re.search(r"appeal +1 +Support our reporting today!", page)
    assert "CAPTIONS (READ)  1\n  •  Ada Quill at the bridge (AP)\n" in page


def test_verbose_adds_what_the_layers_hold(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, verbose = (flat(draw(reading, monkeypatch, verbose=more)) for more in (False, True))
    for detail in (
        "2023-09-17T12:26:00+01:00 minute meta tag",
        "AID event 50%",
        "by 17 Sep 2023",
        "Ada Quill Person 2× Mayor",
        "Friday DATE 2023-09-15 from the publication date, 2023-09-17",
        "read by actors.en/1, timexes.en/1",
        "Exampleville 90% Exampleville, EX · 1.50, -2.25 · PPL · geonames:1",
    ):
        assert detail in verbose and detail not in plain


def test_none_found_is_told_from_not_read(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report("r", reading.text, ())
    assert "not read: no annotator of events was run" in draw(Reading(report), monkeypatch)
    assert "no events were found" in draw(Reading(report, by=("events.en/1",)), monkeypatch)


@pytest.mark.parametrize("width", [1, 40, 57, 80, 111, 112, 160, 500])
def test_no_line_is_wider_than_the_terminal(reading: Reading, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    page = draw(reading, monkeypatch, width=width, verbose=True)
    assert max(map(len, page.splitlines())) <= max(40, min(width, 160))


def test_a_report_cannot_command_the_terminal(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report(
        "r", HOSTILE, (Block(0, len(HOSTILE), "headline"), ), HOSTILE, HOSTILE, HOSTILE, (), (HOSTILE,), HOSTILE
    )  # fmt: skip
    span = Span(0, len(HOSTILE))
    source = EventSource("attributed", None, HOSTILE)
    event = replace(reading.events[0], trigger=span, actors=(Participant(None, HOSTILE),), source=source)
    hostile = Reading(
        report,
        events=(event,),
        statements=(Statement(span, HOSTILE, span, span, "direct", (HOSTILE, HOSTILE)),),
        by=(HOSTILE,),
    )  # fmt: skip
    for width in (80, 160):
        page = draw(hostile, monkeypatch, width=width, verbose=True)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    assert page.splitlines()[0] == SHOWN


def test_a_poor_encoding_gets_what_it_can_show(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in (80, 160):
        page = draw(reading, monkeypatch, width=width, encoding="ascii", verbose=True)
        assert page.isascii()
    assert "* " in page and '"paying Rob Stone"' in page


def test_colours_follow_the_environment(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in draw(reading, monkeypatch)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[9;31mpaying" in draw(reading, monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[\d;]*3\d", draw(reading, monkeypatch))


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=40), st.sampled_from(["utf-8", "ascii", "cp1252"]))
def test_any_text_can_be_shown_in_any_encoding(text: str, encoding: str) -> None:
    report = Report("r", text, (Block(0, len(text), "headline"), Block(0, len(text), "caption")), text, text, text)
    span = Span(0, len(text))
    reading = Reading(report, statements=(Statement(span, text, span, span, "direct"),))
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    page = open_page(stream, verbose=True)(reading)
    page.encode(encoding)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def test_counts_and_codes_are_shown_with_their_event(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    slot = EventSlot("casualties", "person", 12.0, 12.0, None, "at least\x1b[31m 12", Span(0, 5), "killed")
    event = replace(reading.events[0], slots=(slot,), cameo=Cameo("19", "195"))
    told = replace(reading, events=(event,))
    for width in (60, 200):
        page = draw(told, monkeypatch, width)
        assert "killed" in page and "at least\\x1b" in flat(page) and "\x1b[31m" not in page
        assert "CAMEO" not in page
    assert "CAMEO 195" in flat(draw(told, monkeypatch, 200, verbose=True))
