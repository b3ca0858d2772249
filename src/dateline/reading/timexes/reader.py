"""Finds the phrases that name a time and gives each its TIMEX3 type and value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from msgspec.structs import replace

from dateline.lexicon.zones import show_offset
from dateline.model import Reading, ReportKind, Span, Timex
from dateline.model.timex_values import grain
from dateline.reading.timexes import amounts, calendar, relative
from dateline.reading.timexes.case import Case, Valued
from dateline.reading.timexes.finding import Candidate, find_candidates
from dateline.reading.timexes.judging import Judge
from dateline.reading.timexes.quoted import days_of_saying, find_quoted
from dateline.reading.timexes.rules import TimexRules, folded
from dateline.reading.timexes.tense import BACK, find_direction
from dateline.reading.timexes.timeline import Anchor, Timeline

WAYS: dict[str, Callable[[Case], Valued]] = {
    "amount": amounts.read_amount,
    "century": calendar.read_century,
    "clock": relative.read_clock,
    "day": calendar.read_day,
    "decade": calendar.read_decade,
    "every": amounts.read_every,
    "fixed": relative.read_fixed,
    "half": calendar.read_half,
    "holiday": calendar.read_holiday,
    "month": calendar.read_month,
    "nth weekday": calendar.read_nth_weekday,
    "numeric": calendar.read_numeric,
    "part": relative.read_part,
    "pointed": relative.read_pointed,
    "quarter": calendar.read_quarter,
    "season": calendar.read_season,
    "shift": relative.read_shift,
    "today": relative.read_today,
    "untold": relative.read_untold,
    "weekday": relative.read_weekday,
    "weekend": relative.read_weekend,
    "year": calendar.read_year,
}
"""The ways in which a rule's captured words become a value, by the name that rules call them."""

_YEAR = re.compile(r"(?<![\w.,$£€-])(?:1[0-9]{3}|20[0-9]{2}|[0-9]{2,3} BC)(?![\w%]|[.,][0-9])")
_BEFORE = re.compile(r"(\w+)\s{1,3}$")
_DETERMINER = re.compile(r"(?:the|an?|his|her|its|their|this|that|these|those|our|my|your)\s{1,3}", re.IGNORECASE)
_CLOCK = re.compile(r"T\d\d:\d\d")
_OFFSET = re.compile(r"(?<=\d)(?:Z|[+-]\d\d:?\d\d)$")
_PREMODIFIES = frozenset({"compound", "amod", "nummod", "nmod", "npadvmod"})


@dataclass(frozen=True, slots=True)
class TimexReader:
    """Finds the time expressions of a report and values them from its publication and from one another.

    The reading's kind says how times that are not told in full are understood: from the day of publication ("news"),
    or from the running date of the story ("narrative"). Where it is None, it is told from the report itself.
    """

    rules: TimexRules
    name: str = "timexes.en/4"

    @classmethod
    def load(cls, language: str = "en") -> TimexReader:
        """The reader of a language, its rules opened and compiled."""
        return cls(TimexRules.load(language))

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its time expressions."""
        reading = replace(reading, kind=self.kind_of(reading))
        return replace(reading, timexes=tuple(self.find(reading)), by=(*reading.by, self.name))

    def kind_of(self, reading: Reading) -> ReportKind:
        """How the reading's times are understood: as was said of it, else as the report tells."""
        return reading.kind or find_kind(reading, self.rules.news)

    def find(self, reading: Reading) -> Iterator[Timex]:
        """The time expressions of a reading, in order."""
        kind = self.kind_of(reading)
        timeline = Timeline(published_day(reading.report.published), kind)
        judge = Judge(reading.text, self.rules.words, kind, reading.parse, reading.names)
        small = folded(reading.text)
        headlines = [block.span for block in reading.report.blocks if block.kind == "headline"]
        for sentence in reading.sentences:
            candidates = [
                candidate
                for candidate in find_candidates(self.rules, kind, reading.text, small, sentence)
                if judge.names_a_time(candidate)
            ]
            headline = any(span.covers(sentence) for span in headlines)
            quoted = find_quoted(reading.text, sentence) if kind == "news" and len(candidates) > 1 else []
            yield from self._valued(reading, timeline, candidates, quoted, headline)

    def _valued(
        self, reading: Reading, timeline: Timeline, candidates: list[Candidate], quoted: list[Span], headline: bool
    ) -> Iterator[Timex]:
        """The expressions of one sentence; clock times last, that they may lean on the days beside them."""
        found: dict[int, Timex] = {}
        spoken = self._spoken(reading, timeline, candidates, quoted, headline)
        for candidate in candidates:
            if candidate.rule.forward and self._looks(reading, candidate, headline) == BACK:
                continue
            if candidate.rule.read != "clock":
                inside = spoken is not None and any(span.covers(candidate.span) for span in quoted)
                when = spoken if spoken is not None and inside else timeline
                found[candidate.start] = self._value(reading, when, candidate, headline)
                if candidate.rule.read != "fixed":
                    timeline.note(found[candidate.start], reading.text)
        days = [timex for timex in found.values() if timex.value and grain(timex.value) == "day"]
        for candidate in candidates:
            if candidate.rule.read == "clock":
                timeline.lean_on_nearest(candidate.start, days, reading.text)
                found[candidate.start] = self._value(reading, timeline, candidate, headline)
        yield from (found[start] for start in sorted(found))

    def _spoken(
        self, reading: Reading, timeline: Timeline, candidates: list[Candidate], quoted: list[Span], headline: bool
    ) -> Timeline | None:
        """What a quotation reckons from, where the sentence tells on which day it was said."""
        for candidate in days_of_saying(reading.parse, self.rules.words.cues, candidates, quoted):
            timex = self._value(reading, timeline, candidate, headline)
            day = published_day(timex.value) if timex.value and grain(timex.value) == "day" else None
            if day is not None:
                return timeline.said_on(Anchor(day.isoformat(), timex.span.of(reading.text), timex.span), day)
        return None

    def _looks(self, reading: Reading, candidate: Candidate, headline: bool) -> int:
        return find_direction(reading.parse, candidate.span, self.rules.words.cues, headline=headline)

    def _value(self, reading: Reading, timeline: Timeline, candidate: Candidate, headline: bool) -> Timex:
        before = _BEFORE.search(reading.text, max(0, candidate.start - 20), candidate.start)
        case = Case(
            candidate.start,
            before[1].lower() if before else "",
            candidate.rule.type,
            candidate.fields,
            self.rules,
            timeline,
            lambda: self._looks(reading, candidate, headline),
        )
        valued = WAYS[candidate.rule.read](case)
        start = _without_determiner(candidate, reading)
        return Timex(
            start,
            candidate.end,
            valued.type,
            valued.value,
            valued.source,
            valued.span,
            valued.relation,
            self.rules.mod(reading.text[start : candidate.end]),
            self._zone(reading, candidate, valued.value),
            candidate.rule.name,
        )

    def _zone(self, reading: Reading, candidate: Candidate, value: str | None) -> str | None:
        """The offset of a clock time: that of the zone named with it, else the report's own."""
        if value is None or not _CLOCK.search(value):
            return None
        published, name = reading.report.published or "", candidate.fields.get("zone")
        if name:
            day = published_day(value[:10]) or published_day(published) or date(2000, 1, 1)
            return show_offset(self.rules.zones.offset(name, day, _host(reading.report.origin or "")))
        match = _OFFSET.search(published)
        return show_offset(self.rules.zones.offset(match[0], date(2000, 1, 1))) if match else None


def _host(origin: str) -> str:
    """The host of a web address; "" where it has none or cannot be taken apart: "http://[bad", "//[draft] news.txt"."""
    try:
        return urlsplit(origin).hostname or ""
    except ValueError:
        return ""


def _without_determiner(candidate: Candidate, reading: Reading) -> int:
    """Where the expression begins, a determiner left out that belongs to the noun after it ("the six-day visit")."""
    determiner = _DETERMINER.match(reading.text, candidate.start, candidate.end)
    tokens = reading.parse.within(candidate.span) if reading.parse and determiner else ()
    if not determiner or not tokens or reading.parse is None:
        return candidate.start
    top = reading.parse.root_of(tokens[1:])
    if top is None or top.dep not in _PREMODIFIES:
        return candidate.start
    head = reading.parse.head(top)
    if head.start < candidate.end or head.pos not in ("NOUN", "PROPN"):
        return candidate.start
    return determiner.end()


def published_day(published: str | None) -> date | None:
    """The day of an ISO 8601 moment; None where it tells none."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def find_kind(reading: Reading, news: re.Pattern[str]) -> ReportKind:
    """Whether a report is news or a history: a history is told in many years not its own, and hardly says who said so.

    ``news`` matches the words that news is full of.
    """
    day = published_day(reading.report.published)
    now = {str(day.year), str(day.year - 1)} if day else set()
    years: Counter[str] = Counter()
    for sentence in reading.sentences:
        years.update(match[0] for match in _YEAR.finditer(reading.text, *sentence) if match[0] not in now)
    if len(years) < 4:
        return "news"
    signs = sum(1 for sentence in reading.sentences for _ in news.finditer(reading.text, *sentence))
    return "narrative" if years.total() > max(5, 3 * signs) else "news"
