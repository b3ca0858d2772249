"""Reads the written forms of a date of publication: "Sunday 17 September 2023 12:26 BST" and its kin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from msgspec import Struct

from dateline.lexicon.tables import read_table
from dateline.lexicon.zones import Zones
from dateline.model import Precision, Span

LONGEST = 400
"""How much of a line is read for a date, in characters."""

_AGES = r"\d{1,3} (?:min(?:ute)?s?|hours?|hrs?|days?|weeks?) ago"
_AGO = re.compile(rf"\W*(?:(?:last )?updated|posted|published)? ?{_AGES}\W*", re.IGNORECASE)


class PublicationTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``publication.toml``."""

    months: tuple[str, ...]
    published_words: tuple[str, ...]
    updated_words: tuple[str, ...]
    outlet_words: tuple[str, ...]
    zones: dict[str, str]
    zones_by_country: dict[str, dict[str, str]]
    zones_of_us: dict[str, tuple[str, str]]

    def named(self) -> Zones:
        """The zones among it."""
        return Zones(self.zones, self.zones_by_country, self.zones_of_us)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date of publication as it was read: its ISO value, its precision, and where in the line it stands."""

    value: str
    precision: Precision
    span: Span
    updated: bool = False


@dataclass(frozen=True, slots=True)
class StampReader:
    """Reads dates of publication by the words of a language."""

    table: PublicationTable
    find: re.Pattern[str]
    updated: re.Pattern[str]
    lead: re.Pattern[str]

    @classmethod
    def load(cls, language: str = "en") -> StampReader:
        """The reader of a language, its patterns built."""
        table = read_table(f"languages/{language}/publication.toml", PublicationTable)
        words = "|".join(sorted((*table.published_words, *table.updated_words), key=len, reverse=True))
        updated = "|".join(sorted(table.updated_words, key=len, reverse=True))
        return cls(
            table,
            re.compile(_pattern(table), re.IGNORECASE),
            re.compile(rf"\b(?:{updated})\b[\s:]*(?:on|at)?[\s:,-]*$", re.IGNORECASE),
            re.compile(rf"\W*(?:(?:{words}|{_AGES})\b\W*)*", re.IGNORECASE),
        )

    def read_stamp(self, text: str, host: str = "") -> Stamp | None:
        """The first date of publication in a line; the one not said to be of a change, where there is one.

        >>> StampReader.load().read_stamp("Sunday 17 September 2023 12:26 BST").value
        '2023-09-17T12:26:00+01:00'
        """
        stamps = list(self.find_stamps(text, host))
        return next((stamp for stamp in stamps if not stamp.updated), stamps[0] if stamps else None)

    def find_stamps(self, text: str, host: str = "") -> Iterator[Stamp]:
        """The dates in a line, in order."""
        for match in self.find.finditer(text[:LONGEST]):
            day = self._day(match)
            if not day:
                continue
            moment, precision = self._moment(match, day, host)
            updated = bool(self.updated.search(text[: match.start()][-40:]))
            yield Stamp(moment, precision, Span(*match.span()), updated)

    def is_stamp(self, line: str) -> bool:
        """Whether a line is nothing but dates of publication and the words that go with them.

        >>> StampReader.load().is_stamp("Published 3:15 PM EDT, Sun September 17, 2023")
        True
        """
        if len(line) > 160:
            return False
        matches = list(self.find.finditer(line))
        if not matches:
            return bool(_AGO.fullmatch(line))
        rest, start = [], 0
        for match in matches:
            rest.append(line[start : match.start()])
            start = match.end()
        return all(self.lead.fullmatch(part) for part in (*rest, line[start:]))

    def _day(self, match: re.Match[str]) -> date | None:
        groups = match.groupdict()
        try:
            if groups["iso_year"]:
                return date(int(groups["iso_year"]), int(groups["iso_month"]), int(groups["iso_day"]))
            if groups["numeric_year"]:
                return _unclear_day(int(groups["first"]), int(groups["second"]), int(groups["numeric_year"]))
            year, month, day = (groups[f"{key}_a"] or groups[f"{key}_b"] for key in ("year", "month", "day"))
            number = next(
                index for index, name in enumerate(self.table.months, 1) if name.startswith(month.lower()[:3])
            )
            return date(int(year), number, int(day))
        except ValueError:
            return None

    def _moment(self, match: re.Match[str], day: date, host: str) -> tuple[str, Precision]:
        """The ISO value and precision of a match on a day, with the time before or after it."""
        for side in ("after", "before"):
            hour, minute, second, half, zone = (
                match[f"{key}_{side}"] for key in ("hour", "minute", "second", "half", "zone")
            )
            if hour is None or (minute is None and half is None):
                continue
            clock = _clock(int(hour), int(minute or 0), int(second or 0), half)
            if clock:
                moment = datetime.combine(day, clock, self.table.named().offset(zone, day, host))
                return moment.isoformat(), "second" if second else "minute"
        return day.isoformat(), "day"


def _pattern(table: PublicationTable) -> str:
    """The pattern of a date with a time before or after it, or none."""
    months = "|".join(
        f"{name}|{name[:3]}\\.?" + ("|sept\\.?" if name.startswith("sep") else "") for name in table.months
    )
    # "IST" and the like, or "UTC+1", "GMT+03:00", "+0100".
    names = "|".join(sorted(table.named().names, key=lambda name: (-len(name), name)))

    def clock(side: str) -> str:
        return (
            rf"(?P<hour_{side}>\d{{1,2}})(?:[:.h](?P<minute_{side}>\d\d)(?::(?P<second_{side}>\d\d)(?:[.,]\d{{1,9}})?)?)?"
            rf"(?:\s?(?P<half_{side}>[ap]\.?m\b\.?))?(?:\s?hrs\b)?"
            rf"(?:\s?\(?(?P<zone_{side}>(?:(?:UTC|GMT)\s?)?[+-]\d\d?(?::?\d\d)?|(?:{names})\b)\)?(?:\stime)?)?"
        )

    weekday = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+(?:the\s+)?)?"
    ordinal = r"(?:st|nd|rd|th)?"
    worded = (
        rf"(?P<day_a>\d{{1,2}}){ordinal}(?:\s+of)?[\s-]+(?P<month_a>{months})[\s,-]+(?P<year_a>(?:19|20)\d\d)"
        rf"|(?P<month_b>{months})\s+(?P<day_b>\d{{1,2}}){ordinal},?\s+(?P<year_b>(?:19|20)\d\d)"
    )
    iso = r"(?P<iso_year>(?:19|20)\d\d)[-/](?P<iso_month>\d\d)[-/](?P<iso_day>\d\d)"
    numeric = r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<numeric_year>(?:19|20)\d\d)"
    between = r"(?:\s?[,|•·/–—-]?\s?(?:at\s|\|\s?)?|T)"
    return (
        rf"(?<![\w/.-])(?:{clock('before')}\s?[,|·•/–—-]?\s?(?:on\s)?)??{weekday}(?:{worded}|{iso}|{numeric})(?!\d(?!\d?:\d\d))"
        rf"(?:{between}{clock('after')})?(?!(?!updated)[\w/])"
    )


def _unclear_day(first: int, second: int, year: int) -> date | None:
    """The day of "17/09/2023" or "09/17/2023"; None where either reading would do."""
    if first > 12 or first == second:
        return date(year, second, first)
    return date(year, first, second) if second > 12 else None


def _clock(hour: int, minute: int, second: int, half: str | None) -> time | None:
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
