"""TIMEX3 values in the order of time, and in the words of a newspaper."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from dateline.model import Bounds

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}
SEASONS = {"SP": ("spring", 3), "SU": ("summer", 6), "FA": ("autumn", 9), "WI": ("winter", 12)}
HALVES = ("first", "second")
REFERENCES = {"PRESENT_REF": "now", "PAST_REF": "in the past", "FUTURE_REF": "in the future"}

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T(.{1,40}))?")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})(-WE)?")
_PART = re.compile(r"([0-9]{4})-(?:Q([1-4])|H([12])|(SP|SU|FA|WI))")
_YEAR = re.compile(r"([0-9]{2,4})")
_CLOCK = re.compile(r"([0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?")

When = tuple[int, int, int, str]


def when_of(value: str) -> When | None:
    """The year, month, day and time of day at which a TIMEX3 value begins; None where it is no date.

    >>> when_of("2023-09"), when_of("2023-09-12/2023-09-17")
    ((2023, 9, 1, ''), (2023, 9, 12, ''))
    """
    for side in value.split("/", 1):
        if (when := _start_of(side)) is not None:
            return when
    return None


def _start_of(value: str) -> When | None:
    if match := _DAY.fullmatch(value):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        return (year, month, day, match[4] or "") if _is_day(year, month, day) else None
    if match := _MONTH.fullmatch(value):
        return (int(match[1]), int(match[2]), 1, "") if 1 <= int(match[2]) <= 12 else None
    if match := _WEEK.fullmatch(value):
        monday = _monday(int(match[1]), int(match[2]))
        first = monday + timedelta(days=5) if monday and match[3] else monday
        return (first.year, first.month, first.day, "") if first else None
    if match := _PART.fullmatch(value):
        month = int(match[2]) * 3 - 2 if match[2] else int(match[3]) * 6 - 5 if match[3] else SEASONS[match[4]][1]
        return (int(match[1]), month, 1, "")
    if match := _YEAR.fullmatch(value):
        return (int(match[1].ljust(4, "0")), 1, 1, "")
    return None


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except (ValueError, OverflowError):
        return None


def show_time(value: str) -> str:
    """A TIMEX3 value as a newspaper would print it; the value itself where it has no shorter words.

    >>> show_time("2023-09-12/2023-09-17"), show_time("2023-07"), show_time("2023-W37")
    ('12–17 Sep 2023', 'Jul 2023', 'week of 11 Sep 2023')
    """
    first, slash, last = value.partition("/")
    if not slash:
        return _show_one(value)
    if _is_range(first, last):
        return _show_range(_DAY.fullmatch(first), _DAY.fullmatch(last))
    return f"{_show_one(first)} – {_show_one(last)}" if when_of(first) and when_of(last) else value


def show_bounds(bounds: Bounds) -> str:
    """The days between which something without a date lies, as a newspaper would print them.

    >>> show_bounds(Bounds(None, "2023-09-17")), show_bounds(Bounds("2023-09-17", "2023-09-22"))
    ('by 17 Sep 2023', '17–22 Sep 2023')
    """
    first, last = bounds.earliest, bounds.latest
    if first and last:
        return show_time(f"{first}/{last}")
    return f"by {show_time(last)}" if last else f"from {show_time(first or '')} on"


def _is_range(first: str, last: str) -> bool:
    return all(len(side) == 10 and _start_of(side) for side in (first, last))


def _show_range(first: re.Match[str] | None, last: re.Match[str] | None) -> str:
    assert first and last  # noqa: S101 - _is_range has matched both
    end = _show_day(last)
    if first[0] == last[0]:
        return end
    if first[1] != last[1]:
        return f"{_show_day(first)} – {end}"
    if first[2] != last[2]:
        return f"{int(first[3])} {MONTHS[int(first[2]) - 1]} – {end}"
    return f"{int(first[3])}–{end}"


def _show_day(match: re.Match[str]) -> str:
    return f"{int(match[3])} {MONTHS[int(match[2]) - 1]} {match[1]}"


def _show_one(value: str) -> str:
    if value in REFERENCES:
        return REFERENCES[value]
    when = _start_of(value)
    if when is None:
        return value
    year, month, day, clock = when
    if _MONTH.fullmatch(value):
        return f"{MONTHS[month - 1]} {year}"
    if match := _WEEK.fullmatch(value):
        return f"{'weekend' if match[3] else 'week'} of {day} {MONTHS[month - 1]} {year}"
    if match := _PART.fullmatch(value):
        if match[2]:
            return f"Q{match[2]} {year}"
        return f"{HALVES[int(match[3]) - 1]} half of {year}" if match[3] else f"{SEASONS[match[4]][0]} {year}"
    if _YEAR.fullmatch(value):
        return value if len(value) == 4 else f"{value}0s" if len(value) == 3 else f"{value}00s"
    shown = f"{day} {MONTHS[month - 1]} {year:04}"
    return f"{shown}, {_show_clock(clock)}" if clock else shown


def _show_clock(clock: str) -> str:
    if match := _CLOCK.fullmatch(clock):
        return match[1] + (f" {show_zone(match[2])}" if match[2] else "")
    return PARTS.get(clock, clock)


def show_zone(offset: str) -> str:
    """A UTC offset in words: "UTC", "UTC+1", "UTC-3:30".

    >>> show_zone("+01:00"), show_zone("-03:30"), show_zone("Z")
    ('UTC+1', 'UTC-3:30', 'UTC')
    """
    if offset in ("Z", "+00:00", "-00:00", "+0000"):
        return "UTC"
    hours, minutes = offset[1:3], offset[-2:]
    return f"UTC{offset[0]}{int(hours)}" + (f":{minutes}" if minutes != "00" else "")


def show_published(value: str) -> str:
    """A time of publication in words, with its weekday, and whether the page told the time zone.

    >>> show_published("2023-09-17T12:26:00+01:00")
    'Sun 17 Sep 2023, 12:26 UTC+1'
    >>> show_published("2023-09-17T12:26"), show_published("2023-09-17")
    ('Sun 17 Sep 2023, 12:26 (time zone not told)', 'Sun 17 Sep 2023')
    """
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return show_time(value)
    shown = f"{DAYS[moment.weekday()]} {_show_one(moment.date().isoformat())}"
    if len(value) <= 10:
        return shown
    zone = moment.isoformat(timespec="minutes")[16:]
    return f"{shown}, {moment:%H:%M} {show_zone(zone) if zone else '(time zone not told)'}"
