"""Zooming into time: from centuries to years, their months and their days, each with its count of happenings."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from dateline import desk
from dateline.desk.opening import AnyLedger
from dateline.export.times import show_time
from dateline.web.asking import Asked

MOST = 40
"""The most periods that are offered at once."""

_VALUE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_YEARS = re.compile(r"\d{2,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that can be asked for: its value, its words, and how many happenings begin in it.

    ``count`` is cut off at ``desk.COUNTED``; None where it would cost too much to count.
    """

    value: str
    words: str
    count: int | None = None


def find_steps(when: str | None) -> list[Period]:
    """The way back out of a period: for 2023-09-13 the year, the month, the day; for a decade its century, itself.

    >>> [step.value for step in find_steps("2023-09-13")], find_steps(None)
    (['2023', '2023-09', '2023-09-13'], [])
    """
    parts = _parts(when)
    values = ["-".join(parts[: n + 1]) for n in range(len(parts))]
    if when and _YEARS.fullmatch(when.strip()):
        values = [when.strip()[:2], when.strip()][3 - len(when.strip()) :]
    return [Period(value, show_time(value)) for value in values]


def find_zoom(ledger: AnyLedger, asked: Asked) -> list[Period]:
    """The periods one step nearer in which happenings begin; counted where nothing but the time is asked."""
    when = (asked["when"] or "").strip()
    parts = _parts(when)
    wide = _YEARS.fullmatch(when)
    if len(parts) == 3 or (when and not parts and not wide):
        return []
    ranges = _ranges(parts) if parts else _years(desk.span(ledger), when)
    counts = desk.count_happenings(ledger, [(first, last) for _, first, last in ranges])
    plain = not any(asked[name] for name in asked if name not in ("when", "limit", "offset"))
    return [
        Period(value, show_time(value), count if plain else None)
        for (value, _, _), count in zip(ranges, counts, strict=True)
        if count
    ]


Range = tuple[str, date, date]


def _years(span: tuple[date, date] | None, within: str) -> list[Range]:
    """The years of a span that lie within a decade, a century or all time; decades or centuries where too many."""
    if span is None:
        return []
    unit = 10 ** (4 - len(within))
    first = max(span[0].year, int(within or 0) * unit)
    last = min(span[1].year, int(within or 0) * unit + unit - 1)
    if last < first:
        return []
    digits, unit = next((d, u) for d, u in ((4, 1), (3, 10), (2, 100)) if last // u - first // u < MOST or u == 100)
    starts = range(first // unit, last // unit + 1)
    found = []
    for start in starts:
        begin, end = max(start * unit, 1), min(start * unit + unit - 1, 9999)
        found.append((f"{start:0{digits}}", date(begin, 1, 1), date(end, 12, 31)))
    return found


def _ranges(parts: list[str]) -> list[Range]:
    """The months of a year, or the days of a month."""
    year = int(parts[0])
    if len(parts) == 1:
        months = range(1, 13)
        return [(f"{year:04}-{m:02}", date(year, m, 1), date(year, m, monthrange(year, m)[1])) for m in months]
    month = int(parts[1])
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    return [(day.isoformat(), day, day) for day in days]


def _parts(when: str | None) -> list[str]:
    """The year, month and day of a plain period; nothing of an interval, a decade or what is no date."""
    match = _VALUE.fullmatch(when.strip()) if when else None
    if match is None:
        return []
    parts = [part for part in match.groups() if part]
    try:
        date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except ValueError:
        return []
    return parts
