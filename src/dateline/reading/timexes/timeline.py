"""What a report has said of time so far: its publication, and the dates that later expressions lean on."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import date

from dateline.model import ReportKind, Span, Timex
from dateline.model.timex_values import WIDTHS, Grain, grain, widen

PUBLICATION = "publication date"
EXPLICIT = "explicit"

NEAR = 120
"""How many characters an explicit year of another time governs the months after it, in news."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A value to reckon from, and the words or fact it came from; ``span`` is where such words stand."""

    value: str
    source: str
    span: Span | None = None

    def at(self, value: str) -> Anchor:
        """The anchor with another value: what was reckoned from it."""
        return Anchor(value, self.source, self.span)


TOLD = Anchor("", EXPLICIT)
"""What a value rests on that the words tell by themselves."""


@dataclass(slots=True)
class Timeline:
    """The running memory of one report: made fresh for each, filled expression by expression."""

    published: date | None
    kind: ReportKind
    spoken_of: dict[Grain, tuple[int, Anchor]] = field(default_factory=dict)
    """The last value of each width, numbered in order of the text."""
    count: int = 0
    year_stated: tuple[int, Anchor] | None = None
    said: Anchor | None = None
    """The day on which the quotation was said that is being read."""

    def said_on(self, said: Anchor, day: date) -> Timeline:
        """The timeline inside a quotation that was said on a day: what leans on the publication leans on that."""
        return replace(self, published=day, said=said)

    def publication(self) -> Anchor | None:
        """The day of publication, or that on which a quotation was said."""
        if self.said is not None:
            return self.said
        return Anchor(self.published.isoformat(), PUBLICATION) if self.published else None

    def default(self) -> Anchor | None:
        """What "a day earlier" reckons from where no date was spoken of: in news, the publication."""
        return self.publication() if self.kind == "news" else None

    def focus(self, width: Grain) -> Anchor | None:
        """The last date spoken of that is at least so exact, as a value of that width."""
        exact = [numbered for grain, numbered in self.spoken_of.items() if WIDTHS[grain] <= WIDTHS[width]]
        if not exact:
            return None
        last = max(exact, key=lambda numbered: numbered[0])[1]
        value = last.value if last.value.startswith("BC") else widen(last.value, width)
        return last.at(value) if value else None

    def here(self, width: Grain) -> Anchor | None:
        """What "this" and "ago" reckon from: the publication in news, the running date in a history."""
        if self.kind == "narrative":
            return self.focus(width) or self.publication()
        return self.publication()

    def governing_year(self, start: int) -> Anchor | None:
        """The year that the months and days about this place belong to, where it is not the publication's to say."""
        if self.kind == "narrative":
            return self.focus("year")
        if self.year_stated and start - self.year_stated[0] <= NEAR:
            return self.year_stated[1]
        return None

    def lean_on_nearest(self, place: int, days: list[Timex], text: str) -> None:
        """Puts the day that stands nearest to a place into focus: "at 8:15 p.m. on 4 June". The days are in order."""
        after = bisect_left(days, place, key=lambda timex: timex.start)
        near = days[max(0, after - 1) : after + 1]
        if near:
            self.note(min(near, key=lambda timex: (abs(timex.start - place), timex.start)), text)

    def note(self, timex: Timex, text: str) -> None:
        """Remembers a date that was spoken of."""
        value, words, span = timex.value, timex.span.of(text), timex.span
        self.count += 1
        if timex.type not in ("DATE", "TIME") or value is None:
            return
        if value.startswith("BC"):
            # Only the year of a date before Christ can be reckoned with.
            self.spoken_of = {"year": (self.count, Anchor(value[:6], words, span))} if len(value) >= 6 else {}
            return
        mine = grain(value)
        if mine is None:
            return
        self.spoken_of[mine] = (self.count, Anchor(value, words, span))
        year = widen(value, "year") if timex.resolved_from == EXPLICIT and mine in ("day", "month") else None
        if year:
            past = self.published is None or int(year) != self.published.year
            self.year_stated = (timex.end, Anchor(year, words, span)) if past else None
