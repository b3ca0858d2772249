"""Calendars are opened by icalendar, and their lines measured."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.export.calendars import export_icalendar
from dateline.export.cells import clean
from dateline.model import Entry
from tests.export.entries import make_entry, make_hostile

icalendar: Any = pytest.importorskip("icalendar")


def read_calendar(*entries: Entry) -> list[Any]:
    """The events of a calendar whose lines are no longer than 75 octets and whole characters each."""
    written = b"".join(export_icalendar(entries))
    for line in written.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
        assert b"\n" not in line
        assert b"\r" not in line
    calendar = icalendar.Calendar.from_ical(written)
    assert calendar["version"] == "2.0"
    return list(calendar.walk("VEVENT"))


def planned(**cells: Any) -> Entry:
    return make_entry(status="planned", **cells)


def test_a_plan_is_a_tentative_event_of_a_day() -> None:
    (event,) = read_calendar(planned())
    assert event["dtstart"].dt == date(2023, 9, 15)
    assert event["dtstamp"].dt == datetime(2023, 9, 17, 11, 26, tzinfo=UTC)
    assert (event["status"], event["location"], event["uid"]) == (
        "TENTATIVE",
        "Exampleville",
        "0123456789abcdef@dateline",
    )
    assert event["summary"] == "Ada Quill · met · Rob Stone"
    assert event["geo"].latitude == 1.5
    assert event["url"] == "https://news.example/mayor"


@pytest.mark.parametrize("status", ["happened", "ongoing", "possible", "denied"])
def test_what_is_not_planned_is_in_no_calendar(status: Any) -> None:
    assert read_calendar(make_entry(status=status)) == []


@pytest.mark.parametrize("value", ["2024", "2023-Q3", "FUTURE_REF", "P3D"])
def test_what_is_planned_for_no_particular_time_is_left_out(value: str) -> None:
    assert read_calendar(planned(when=("Friday", value))) == []
    assert read_calendar(planned(when=None)) == []


def test_a_stretch_ends_after_its_last_day() -> None:
    (event,) = read_calendar(planned(when=("Friday", "2023-09-12/2023-09-17")))
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2023, 9, 12), date(2023, 9, 18))


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2023-09-15T21:30", datetime(2023, 9, 15, 21, 30)),
        ("2023-09-15T21:30+02:00", datetime(2023, 9, 15, 19, 30, tzinfo=UTC)),
        ("2023-09-15TNI", date(2023, 9, 15)),
        ("2023-09-15T25:99", date(2023, 9, 15)),
    ],
)
def test_a_time_of_day_is_kept_where_it_is_one(value: str, moment: date) -> None:
    (event,) = read_calendar(planned(when=("Friday", value)))
    assert event["dtstart"].dt == moment


def test_the_end_of_the_calendar_breaks_nothing() -> None:
    (event,) = read_calendar(planned(when=("Friday", "9999-12-31")))
    assert event["dtstart"].dt == date.max
    (event,) = read_calendar(planned(when=("Friday", "9999-12-30/9999-12-31")))
    assert "dtend" not in event


def test_hostile_words_stay_in_their_lines() -> None:
    hostile = make_hostile()
    events = read_calendar(*hostile)
    assert [event["uid"] for event in events] == [f"{entry.id}@dateline" for entry in hostile]
    assert {event["status"] for event in events} == {"TENTATIVE"}


@given(st.text())
def test_any_words_come_back_from_the_calendar(words: str) -> None:
    (event,) = read_calendar(planned(words=f"x{words}x", where=None))
    first = event["description"].split("\non the word of")[0]
    assert first == clean(f"x{words}x").replace("\r\n", "\n").replace("\r", "\n")
