"""One expression to be valued: the words that its rule captured, and what they may lean on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dateline.model import Span, TimexType
from dateline.model.timex_values import Grain, grain, interval, shift, value_of, widen
from dateline.reading.timexes.rules import Fields, Pointer, TimexRules, Words
from dateline.reading.timexes.timeline import PUBLICATION, TOLD, Anchor, Timeline


class Valued(NamedTuple):
    """The type and value of an expression, what the value was resolved from, and how it lies to that."""

    type: TimexType
    value: str | None
    source: str | None
    relation: str | None = None
    span: Span | None = None


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
        return anchor.at(value) if value else None

    def found(self, value: str | None, anchor: Anchor, relation: str = "") -> Valued:
        """The answer, with the part of the day or the clock time that the expression names put to its day.

        ``relation`` says how the value lies to that of the anchor.
        """
        source, how = anchor.source, relation or None
        if value is None or (grain(value) and interval(value) is None):
            return Valued(self.type, None, None)
        time = self.clock() or self.part()
        if not time or len(value) < 10:
            return Valued(self.type, value, source, how, anchor.span)
        return Valued("TIME", f"{value[:10]}T{time}", source, how, anchor.span)

    def reckoned(self, value: str | None, anchor: Anchor | None, relation: str, *, on: bool = True) -> Valued:
        """The answer for a value that lies so to an anchor; where there is none, the relation alone.

        What is missing is the publication date where that is not known, but for what can lean on another time only
        (``on`` is false).
        """
        if anchor is not None and value is not None:
            return self.found(value, anchor, relation)
        missing = PUBLICATION if on and self.timeline.published is None else None
        return Valued(self.type, None, missing, relation if anchor is None else None)

    def explicit(self, value: str | None) -> Valued:
        """The answer for a value that the words tell by themselves."""
        return self.found(value, TOLD)

    def nowhere(self, relation: str = "") -> Valued:
        """The answer where nothing tells the value."""
        return self.reckoned(None, None, relation) if relation else Valued(self.type, None, None)

    def named(self, *fields: str) -> str:
        """The captured words of some fields, as a relation names them."""
        return " ".join(" ".join(self.fields[name].split()) for name in fields if name in self.fields)

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


def steps(by: int, unit: str) -> str:
    """So many units before or after, as a relation tells it.

    >>> steps(-2, "week"), steps(1, "day"), steps(0, "month")
    ('2 weeks before', '1 day after', 'the same month as')
    """
    if not by:
        return f"the same {unit} as"
    plural = "" if abs(by) == 1 else "s"
    name = f"{unit[:-1]}ie" if plural and unit == "century" else unit
    return f"{abs(by)} {name}{plural} {'before' if by < 0 else 'after'}"
