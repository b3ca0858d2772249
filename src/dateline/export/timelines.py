"""Happenings as a timeline for the web: TimelineJS 3's JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from msgspec import Struct

from dateline.export.cells import clean, headed, json_line, names_of, title_words, web_address, words_at
from dateline.export.outline import one_line
from dateline.export.times import show_time
from dateline.lexicon.tables import read_table
from dateline.model import Disagreement, Entry, Happening
from dateline.model.timex_values import interval

SHOWN = 12
"""The most reports that one slide quotes; how many more there are is said."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT(\d\d):(\d\d)", re.ASCII)
_GRAINS = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


class Hedge(Struct, frozen=True, forbid_unknown_fields=True):
    """Words before a time, and what to show for them: "prior to" is shown as "before"."""

    show: str
    words: tuple[str, ...]
    examples: tuple[str, ...]


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    hedge: tuple[Hedge, ...]


@dataclass(frozen=True, slots=True)
class Hedges:
    """Finds the words before a time that say that it is no more than about then, or a bound."""

    pattern: re.Pattern[str]
    shown: dict[str, str]

    @classmethod
    def load(cls, language: str = "en") -> Hedges:
        """The hedges of a language, from its ``timelines.toml``."""
        table = read_table(f"languages/{language}/timelines.toml", _Table)
        shown = {words: hedge.show for hedge in table.hedge for words in hedge.words}
        longest_first = sorted(shown, key=lambda words: (-len(words), words))
        return cls(re.compile(rf"(?:^|\W)({'|'.join(map(re.escape, longest_first))})\s+(?:the\s+)?$"), shown)

    def find(self, words: str, at: int) -> str | None:
        """What to show before the time that begins at a place in a sentence; None where nothing hedges it."""
        match = self.pattern.search(one_line(words[max(0, at - 60) : at]).lower() + " ")
        return self.shown[match[1]] if match else None


def export_timelinejs(happenings: Iterable[Happening]) -> Iterator[bytes]:
    """The happenings that have a date, as TimelineJS reads them: a slide each, with its reports, roots and disputes.

    TimelineJS takes its texts for HTML, so that all words are escaped. What has no date is left out, as a timeline has
    no place for it.
    """
    hedges = Hedges.load()
    yield b'{"scale":"human","events":['
    comma = b""
    for happening in happenings:
        days = interval(happening.when) if happening.when else None
        if happening.when and days:
            yield comma + json_line(_slide(happening, happening.when, days, hedges))
            comma = b",\n"
    yield b"]}\n"


def _slide(happening: Happening, when: str, days: tuple[date, date], hedges: Hedges) -> dict[str, object]:
    start, end = _dates(when, days)
    hedge = hedge_of(happening, hedges)
    shown = f"{hedge} {show_time(when)}" if hedge else show_time(when)
    slide: dict[str, object] = {
        "unique_id": f"h-{clean(happening.id)}",
        "start_date": start,
        "display_date": _html(shown),
        "group": happening.type,
        "autolink": False,
        "text": {"headline": _html(headed(happening.status, _title(happening))), "text": _text(happening)},
    }
    if end:
        slide["end_date"] = end
    return slide


def _title(happening: Happening) -> str:
    """A heading that tells this happening from others in the same sentence; its own title where no entry gives one."""
    stem = happening.title.removesuffix("…").rstrip()
    for entry in happening.entries:
        if names_of(entry, "actors") == happening.actors and one_line(entry.words).startswith(stem):
            return title_words(entry)
    return happening.title


def _dates(when: str, days: tuple[date, date]) -> tuple[dict[str, int], dict[str, int] | None]:
    """The first date and, for a stretch of time, the last. A plain month or year stays one date of that width."""
    if match := _GRAINS.fullmatch(when):
        parts = zip(("year", "month", "day"), match.groups(), strict=True)
        return {name: int(value) for name, value in parts if value}, None
    first, last = (_date(day) for day in days)
    if moment := _MOMENT.match(when) if "/" not in when else None:
        return {**first, "hour": int(moment[1]), "minute": int(moment[2])}, None
    return first, None if days[0] == days[1] else last


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def hedge_of(happening: Happening, hedges: Hedges) -> str | None:
    """What every entry that tells this time says of it ("before"); None where one of them tells it flatly."""
    found: dict[str | None, None] = {}
    for entry in happening.entries:
        when = entry.event.when
        if when and when.value == happening.when and when.span and words_at(entry, when.span) is not None:
            found[hedges.find(entry.words, when.span.start - entry.sentence.start)] = None
    return next(iter(found)) if len(found) == 1 else None


def _text(happening: Happening) -> str:
    """The body of a slide, as HTML."""
    reports = len({entry.report.report for entry in happening.entries})
    origins = f"{_count(reports, 'report')}, {_count(happening.independent, 'independent origin')}"
    parts = [f"<p>{_html(origins)}: {_html(', '.join(root.name for root in happening.roots))}</p>"]
    parts += [f"<p>{_quoted(entry)}</p>" for entry in happening.entries[:SHOWN]]
    if len(happening.entries) > SHOWN:
        parts.append(f"<p>and {len(happening.entries) - SHOWN} more</p>")
    parts += [f"<p>{_html(_dispute(one))}</p>" for one in happening.disagreements]
    return "".join(parts)


def _quoted(entry: Entry) -> str:
    """The words of an entry and where they are printed, with a link where there is an address."""
    line = entry.report
    where = _html(one_line(line.publisher or line.headline or line.origin or "no publisher named"))
    if address := web_address(line.origin):
        where = f'<a href="{_html(address)}">{where}</a>'
    return f"“{_html(one_line(entry.words))}” ({where})"


def _dispute(one: Disagreement) -> str:
    sides = "; ".join(f"{one_line(side.value)} ({_count(len(side.entries), 'entry', 'entries')})" for side in one.sides)
    return f"They differ on {one.slot} ({one.relation}): {sides}"


def _count(number: int, thing: str, things: str | None = None) -> str:
    return f"{number} {thing if number == 1 else things or f'{thing}s'}"


def _html(words: str) -> str:
    return escape(clean(words))
