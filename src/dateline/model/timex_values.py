"""What TIMEX3 values mean as days on the calendar, and how to reckon with them.

A value is a string such as ``2023-09-17`` (a day), ``2023-W37`` (a week), ``2023-W37-WE`` (its weekend), ``2023-07``,
``2023-Q3``, ``2023-H1``, ``2023-SU`` (a season), ``2023``, ``202`` (a decade) or ``20`` (a century, the 2000s); a clock
time follows a ``T`` (``2023-09-16TNI``, ``2023-09-17T12:26``). Two values with a slash are the interval from the first
day of the one to the last of the other. Values that name no days of the years 1-9999 (``P3D``, ``PAST_REF``,
``XXXX-WXX-1``, ``BC0490``) have no interval, and what would leave those years is None.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Grain = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]
"""How wide a value is, from the narrowest to the widest; a season stands beside the quarter."""

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The month in which each season of the northern half of the globe begins; a winter ends in the year after its own."""

_SHAPES: tuple[tuple[Grain, re.Pattern[str]], ...] = (
    ("day", re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T[0-9A-Z:+.,-]*)?", re.ASCII)),
    ("month", re.compile(r"(\d{4})-(\d\d)(?:-XX)?(?:T[0-9A-Z:+-]*)?", re.ASCII)),
    ("year", re.compile(r"(\d{4})", re.ASCII)),
    ("week", re.compile(r"(\d{4})-W(\d\d)", re.ASCII)),
    ("weekend", re.compile(r"(\d{4})-W(\d\d)-WE", re.ASCII)),
    ("quarter", re.compile(r"(\d{4})-Q([1-4])", re.ASCII)),
    ("half", re.compile(r"(\d{4})-H([12])", re.ASCII)),
    ("season", re.compile(r"(\d{4})-(SP|SU|FA|WI)", re.ASCII)),
    ("decade", re.compile(r"(\d{3})X?", re.ASCII)),
    ("century", re.compile(r"(\d{2})(?:XX)?", re.ASCII)),
)


@lru_cache(4096)
def grain(value: str) -> Grain | None:
    """How wide the stretch is that a value names; None where it names no days.

    >>> grain("2023-09-16TNI"), grain("2023-W37"), grain("198"), grain("P3D")
    ('day', 'week', 'decade', None)
    """
    return next((name for name, shape in _SHAPES if shape.fullmatch(value)), None)


@lru_cache(4096)
def interval(value: str) -> tuple[date, date] | None:
    """The first and the last day of a value; None where it names no days of the years 1-9999.

    >>> interval("2023-07")
    (datetime.date(2023, 7, 1), datetime.date(2023, 7, 31))
    >>> interval("2023-09-12/2023-09-17")
    (datetime.date(2023, 9, 12), datetime.date(2023, 9, 17))
    >>> interval("PAST_REF") is None
    True
    """
    if "/" in value:
        return _between(*value.split("/", 1))
    for name, shape in _SHAPES:
        if match := shape.fullmatch(value):
            try:
                return _days(name, match.groups())
            except (ValueError, OverflowError):
                return None
    return None


def _between(one: str, other: str) -> tuple[date, date] | None:
    if "/" in other:
        return None
    first, last = interval(one), interval(other)
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _days(name: Grain, parts: tuple[str, ...]) -> tuple[date, date]:
    """The first and last day; raises ValueError or OverflowError where the calendar has no such days."""
    number = int(parts[0])
    if name == "day":
        day = date(number, int(parts[1]), int(parts[2]))
        return day, day
    if name in ("week", "weekend"):
        monday = date.fromisocalendar(number, int(parts[1]), 1)
        return (monday if name == "week" else _after(monday, 5)), _after(monday, 6)
    if name == "season":
        return _months(number, SEASONS[parts[1]], 3)
    if name in ("decade", "century"):
        years = 10 if name == "decade" else 100
        return date(max(1, number * years), 1, 1), date(number * years + years - 1, 12, 31)
    length = {"year": 12, "half": 6, "quarter": 3, "month": 1}[name]
    nth = int(parts[1]) if len(parts) > 1 else 1
    return _months(number, (nth - 1) * length + 1, length)


def _after(day: date, days: int) -> date:
    """The day so many days on, or the calendar's last: a stretch that runs over its end stops there."""
    return day + timedelta(min(days, (date.max - day).days))


def _months(year: int, month: int, length: int) -> tuple[date, date]:
    if year == date.max.year and month + length > 13:
        return date(year, month, 1), date.max
    last_year, last_month = divmod(year * 12 + month - 1 + length - 1, 12)
    last = date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])
    return date(year, month, 1), last


def value_of(day: date, width: Grain = "day") -> str:
    """The value of the given width that a day lies in.

    >>> value_of(date(2023, 9, 17)), value_of(date(2023, 9, 17), "week"), value_of(date(2024, 1, 5), "season")
    ('2023-09-17', '2023-W37', '2023-WI')
    """
    if width == "day":
        return day.isoformat()
    if width in ("week", "weekend"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if width == "weekend" else "")
    if width == "season":
        year = day.year - 1 if day.month < 3 else day.year
        return f"{year:04}-{('WI', 'SP', 'SU', 'FA')[day.month % 12 // 3]}"
    return {
        "month": f"{day.year:04}-{day.month:02}",
        "quarter": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "half": f"{day.year:04}-H{(day.month + 5) // 6}",
        "year": f"{day.year:04}",
        "decade": f"{day.year // 10:03}",
        "century": f"{day.year // 100:02}",
    }[width]


def widen(value: str, width: Grain) -> str | None:
    """The value of the given width that a value begins in; None where it is wider than that, or names no days.

    >>> widen("2023-09-16TNI", "month"), widen("2023-W01", "year"), widen("2023", "month")
    ('2023-09', '2023', None)
    """
    mine, days = grain(value), interval(value)
    if mine is None or days is None or WIDTHS[mine] > WIDTHS[width]:
        return None
    # A week belongs to the year that its Thursday lies in: 2019-W01 begins on the last day of 2018.
    day = days[0] + timedelta(3) if mine == "week" and width != "day" else days[0]
    return value_of(day, width)


WIDTHS: dict[Grain, int] = {
    "day": 0,
    "weekend": 1,
    "week": 2,
    "month": 3,
    "quarter": 4,
    "season": 4,
    "half": 5,
    "year": 6,
    "decade": 7,
    "century": 8,
}
"""How wide each grain is, in order; a quarter and a season are as wide."""


def shift(value: str, amount: int, unit: Grain) -> str | None:
    """The value of the unit's width that lies so many units after (before, where negative) a value.

    None where the value is wider than the unit, names no days, or the answer leaves the years 1-9999.

    >>> shift("2023-09-17", -1, "month"), shift("2023-09-17", 2, "week"), shift("2023-09-16TNI", 1, "day")
    ('2023-08', '2023-W39', '2023-09-17')
    """
    start = widen(value, unit)
    days = interval(start) if start else None
    if start is None or days is None:
        return None
    try:
        if unit in ("day", "week", "weekend"):
            return value_of(days[0] + timedelta(amount * (1 if unit == "day" else 7)), unit)
        length = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[unit]
        year, month = divmod(days[0].year * 12 + days[0].month - 1 + amount * length, 12)
        if year == 0 and unit in ("decade", "century"):
            year = 1  # The first decade and century have no year nought, and so begin with the year one.
        return value_of(date(year, month + 1, 1), unit)
    except (ValueError, OverflowError):
        return None


def shift_days(value: str, amount: int) -> str | None:
    """The day so many days after (before, where negative) the day that a value names; None where it names no one day.

    >>> shift_days("2023-09-16", -1), shift_days("2023-09", -1)
    ('2023-09-15', None)
    """
    return shift(value, amount, "day")


_UNITS: dict[str, Grain] = {"D": "day", "W": "week", "M": "month", "Y": "year", "DE": "decade"}


def amount_of(value: str) -> tuple[int, Grain] | None:
    """The number and the unit of a duration of whole days, weeks, months, years or decades; None for every other value.

    >>> amount_of("P3Y"), amount_of("PT3H")
    ((3, 'year'), None)
    """
    match = re.fullmatch(r"P([0-9]{1,4})(D|W|M|Y|DE)", value)
    return (int(match[1]), _UNITS[match[2]]) if match else None


def amount_days(value: str) -> int | None:
    """The length in whole days of a duration of days or weeks; None for every other value.

    >>> amount_days("P1D"), amount_days("P2W"), amount_days("PXD")
    (1, 14, None)
    """
    match = re.fullmatch(r"P([0-9]{1,6})([DW])", value)
    return int(match[1]) * (7 if match[2] == "W" else 1) if match else None
