"""What a report has said of time so far: its publication, and the dates that later expressions lean on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from dateline.model import Timex
from dateline.model.timex_values import Grain, grain, widen
from dateline.reading.timexes.rules import Kind

PUBLICATION = "publication date"
EXPLICIT = "explicit"
_WIDTHS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year", "decade", "century")

NEAR = 200
"""How many characters an explicit year of another time governs the months after it, in news."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A value to reckon from, and the words or fact it came from."""

    value: str
    source: str


@dataclass(slots=True)
class Timeline:
    """The running memory of one report: made fresh for each, filled expression by expression."""

    published: date | None
    kind: Kind
    latest: dict[Grain, Anchor] = field(default_factory=dict)
    year_stated: tuple[int, Anchor] | None = None

    def publication(self) -> Anchor | None:
        """The day of publication."""
        return Anchor(self.published.isoformat(), PUBLICATION) if self.published else None

    def default(self) -> Anchor | None:
        """What "a day earlier" reckons from where no date was spoken of: in news, the publication."""
        return self.publication() if self.kind == "news" else None

    def focus(self, width: Grain) -> Anchor | None:
        """The last date spoken of that is at least so exact, as a value of that width."""
        return self.latest.get(width if width in _WIDTHS else "month" if width == "season" else "week")

    def here(self, width: Grain) -> Anchor | None:
        """What "this" and "ago" reckon from: the publication, else the running date of a history."""
        return self.publication() or (self.focus(width) if self.kind == "narrative" else None)

    def governing_year(self, start: int) -> Anchor | None:
        """The year that the months and days about this place belong to, where it is not the publication's to say."""
        if self.kind == "narrative":
            return self.focus("year")
        if self.year_stated and start - self.year_stated[0] <= NEAR:
            return self.year_stated[1]
        return None

    def lean_on_nearest(self, place: int, timexes: Iterable[Timex], text: str) -> None:
        """Puts the day that stands nearest to a place into focus: "at 9:34 p.m. on March 19"."""
        days = [timex for timex in timexes if timex.value and grain(timex.value) == "day"]
        if days:
            self.note(min(days, key=lambda timex: (abs(timex.start - place), timex.start)), text)

    def note(self, timex: Timex, text: str) -> None:
        """Remembers a date that was spoken of."""
        value, words = timex.value, timex.span.of(text)
        if timex.type not in ("DATE", "TIME") or value is None:
            return
        if value.startswith("BC"):
            self.latest = {"year": Anchor(value[:6], words)} if len(value) >= 6 else self.latest
            return
        mine = grain(value)
        if mine is None:
            return
        for width in _WIDTHS:
            wide = widen(value, width)
            if wide:
                self.latest[width] = Anchor(wide, words)
        year = widen(value, "year")
        if year and timex.resolved_from == EXPLICIT and mine in ("day", "month"):
            past = self.published is None or int(year) != self.published.year
            self.year_stated = (timex.end, Anchor(year, words)) if past else None
