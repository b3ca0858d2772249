"""One expression to be valued: the words that its rule captured, and what they may lean on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dateline.model import TimexType
from dateline.model.timex_values import Grain, grain, interval, shift, value_of, widen
from dateline.reading.timexes.rules import Fields, Pointer, TimexRules, Words
from dateline.reading.timexes.timeline import EXPLICIT, Anchor, Timeline


class Valued(NamedTuple):
    """The type and value of an expression, and what the value was resolved from."""

    type: TimexType
    value: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One expression, with the helpers that the ways of reading share. ``before`` is the word that precedes it."""

    start: int
    before: str
    type: TimexType
    fields: Fields
    rules: TimexRules
    timeline: Timeline
    look: Callable[[], int]

    @property
    def words(self) -> Words:
        """The words that time expressions are made of."""
        return self.rules.words

    def lower(self, name: str) -> str:
        """A captured word in lower case, white space made one space; "" where none was captured."""
        return " ".join(self.fields.get(name, "").lower().split())

    def number(self) -> str:
        """The captured number in figures, "X" where it is vague; one where none was captured."""
        stated = self.lower("numbers")
        listed = self.words.numbers.get(stated)
        if listed or not stated or stated[0].isdigit():
            return listed or stated.replace(",", "") or "1"
        # "seventy-four"
        return str(sum(int(self.words.numbers[word]) for word in stated.replace("-", " ").split()))

    def pointer(self, name: str = "pointers") -> Pointer | None:
        """What the captured pointing word points to. "last year" and "the same year" are in the list by their word."""
        return self.words.pointers.get(self.lower(name))

    @property
    def month(self) -> int:
        """The month's number."""
        word = self.lower("months") or self.lower("month")
        return int(word) if word.isdigit() else self.words.months[word.rstrip(".")]

    @property
    def weekday(self) -> int:
        """The weekday's number, Monday's being 1."""
        return self.words.weekdays[self.lower("weekdays")]

    def year(self) -> str | None:
        """The stated year: four figures, or "BC" and four."""
        figures, short = self.fields.get("year", ""), self.fields.get("yy", "")
        number = "".join(filter(str.isdigit, figures))
        if self.fields.get("bc"):
            return f"BC{int(self.fields['bc']):04}"
        if short and number:
            century = int(number[:-2] or "0") + (int(short) < int(number[-2:]))
            return f"{century * 100 + int(short):04}"
        if not number:
            return self._short_year(short) if short else None
        if len(number) == 2 and figures.isdigit():
            return self._short_year(number)
        if not figures.isdigit() and "b" in figures.lower():
            return f"BC{int(number):04}"
        return f"{int(number):04}" if int(number) else None

    def _short_year(self, short: str) -> str:
        now = self.timeline.published.year if self.timeline.published else 2020
        if self.timeline.kind == "narrative" and (focus := self.timeline.focus("century")):
            now = int(focus.value) * 100 + 99
        year = now // 100 * 100 + int(short)
        return f"{year if year <= now + 10 or year < 100 else year - 100:04}"

    def pointed_year(self) -> Anchor | None:
        """The year that "last year", "that year", "the following year" after a month or season stand for."""
        pointer = self.pointer("yearpointer")
        return self.follow(pointer, "year") if pointer else None

    def follow(self, pointer: Pointer, width: Grain) -> Anchor | None:
        """The value of a width that a pointing word leads to."""
        timeline = self.timeline
        if pointer.origin == "publication":
            anchor = timeline.here(width)
        else:
            anchor = timeline.focus(width) or (timeline.default() if pointer.by <= 0 else None)
        if anchor is None:
            return None
        value = shift_year(anchor.value, pointer.by) if width == "year" else shift(anchor.value, pointer.by, width)
        return Anchor(value, anchor.source) if value else None

    def found(self, value: str | None, source: str | None) -> Valued:
        """The answer, with the part of the day or the clock time that the expression names put to its day."""
        if value is None or (grain(value) and interval(value) is None):
            return Valued(self.type, None, None)
        time = self.clock() or self.part()
        if not time or len(value) < 10:
            return Valued(self.type, value, source)
        return Valued("TIME", f"{value[:10]}T{time}", source)

    def explicit(self, value: str | None) -> Valued:
        """The answer for a value that the words tell by themselves."""
        return self.found(value, EXPLICIT)

    def nowhere(self) -> Valued:
        """The answer where nothing tells the value."""
        return Valued(self.type, None, None)

    def part(self) -> str:
        """The code of the part of the day; "" where none is named."""
        if self.fields.get("early"):
            return "MO"
        return self.words.parts.get(self.lower("parts"), "")

    def clock(self) -> str:
        """The clock time as TIMEX3 writes it, "Z" put to it where it is Greenwich's; "" where none is named."""
        told = self.fields.get("hour") or self.number()
        if not told.isdigit() or not {"hour", "clock"} & self.fields.keys():
            return ""
        hour, minute = int(told), int(self.fields.get("minute", "0"))
        half = self.lower("half").replace(".", "")
        if not half and self.part():
            # "five o'clock in the afternoon", "9:30 this morning"
            half = "pm" if self.part() in ("AF", "EV", "NI") else "am" if self.part() else ""
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour > 24 or minute > 59:
            return ""
        zone = "Z" if self.lower("zone") in ("gmt", "utc", "zulu") else ""
        return f"{hour:02}:{minute:02}{zone}"


def shift_year(value: str, by: int) -> str | None:
    """The year so many after a year; the years before Christ are counted down, and none is the year nought."""
    if not value.startswith("BC"):
        return shift(value, by, "year")
    left = int(value[2:6]) - by
    return f"BC{left:04}" if 0 < left < 10_000 else None


def day_value(year: str, month: int, day: int) -> str | None:
    """The value of a day; None where the calendar has none."""
    if year.startswith("BC"):
        return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
    made = make_day(int(year), month, day)
    return value_of(made) if made else None


def make_day(year: int, month: int, day: int) -> date | None:
    """The day; None where the calendar has none."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def day_of(anchor: Anchor | None) -> date | None:
    """The day that an anchor's value begins with."""
    value = widen(anchor.value, "day") if anchor else None
    return date.fromisoformat(value) if value else None
