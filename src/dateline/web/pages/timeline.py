"""The timeline: happenings in the order of time, with who tells of them and what to beware of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dateline import desk
from dateline.desk.ranking import Fold, fold
from dateline.export.cells import days_of
from dateline.model import Happening
from dateline.model.timex_values import interval
from dateline.web.answers import answer_response
from dateline.web.asking import read_question
from dateline.web.choices import STATUSES, TYPES
from dateline.web.periods import find_steps, find_zoom
from dateline.web.rendering import render
from dateline.web.shelf import book_of
from dateline.web.stretches import find_stretches

_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d[^/]*", re.ASCII)

JSON_LIMIT = 100
"""As many as ``dateline timeline`` lists unless it is asked for another number."""


@dataclass(frozen=True, slots=True)
class Section:
    """Happenings of one day, month or year; of a single day those of one hour, where it is told."""

    when: str | None
    hour: str | None
    folds: tuple[Fold, ...]

    @property
    def number(self) -> int:
        """How many happenings stand here, folded or not."""
        return sum(len(each.folded) + (each.head is not None) for each in self.folds)


def show(request: Request) -> Response:
    """The page: the filters, the periods to zoom into, and the happenings day by day."""
    asked = read_question(request)
    limit = asked["limit"]
    found = desk.timeline(book_of(request), **{**asked, "limit": limit + 1})
    shown = found[:limit]
    return render(
        request,
        "timeline.html",
        here="timeline",
        asked=asked,
        sections=_by_day(shown, asked["when"]),
        shown=len(shown),
        stretches=find_stretches(shown),
        more=len(found) > limit,
        steps=find_steps(asked["when"]),
        zoom=find_zoom(book_of(request), asked),
        types=TYPES,
        statuses=STATUSES,
    )


def show_json(request: Request) -> Response:
    """What ``dateline timeline --json`` prints."""
    return answer_response(desk.timeline(book_of(request), **read_question(request, limit=JSON_LIMIT)))


def _by_day(happenings: tuple[Happening, ...], when: str | None) -> list[Section]:
    """The happenings under the time that heads them: those of one day, or one month, that stand together.

    Of a single day those stand first of which no report tells the hour, and then the hours, each with its own.
    """
    within = interval(when.strip()) if when else None
    headed = [(_head(one, within), one) for one in happenings]
    if within is None or within[0] != within[1]:
        days = {one.id: _day(head) for head, one in headed}
        parts = groupby(fold(happenings, part=lambda one: days[one.id]), key=lambda each: days[_first(each).id])
        return [Section(day, None, tuple(folds)) for day, folds in parts]
    hours = {one.id: _hour(head) or "" for head, one in headed}
    timed = sorted(happenings, key=lambda one: hours[one.id])
    parts = groupby(fold(timed, part=lambda one: hours[one.id]), key=lambda each: hours[_first(each).id])
    return [Section(within[0].isoformat(), hour or None, tuple(folds)) for hour, folds in parts]


def _first(each: Fold) -> Happening:
    return each.head or each.folded[0]


def _head(one: Happening, within: tuple[date, date] | None) -> str | None:
    """The earliest time that an entry gives: of those within the time that is asked about, if there are any."""
    times = [(days, entry.event.when.value) for entry in one.entries if entry.event.when and (days := days_of(entry))]
    asked = [time for time in times if within and time[0][0] <= within[1] and time[0][1] >= within[0]]
    return min((days[0], value) for days, value in asked or times)[1] if times else None


def _day(when: str | None) -> str | None:
    """A time without its clock."""
    return when[:10] if when and "/" not in when else when


def _hour(when: str | None) -> str | None:
    """The hour that a clock time lies in.

    >>> _hour("2023-09-13T14:30"), _hour("2023-09-13TNI"), _hour("2023-09-13/2023-09-14")
    ('14', None, None)
    """
    found = _CLOCK.fullmatch(when or "")
    return found[1] if found else None


ROUTES: tuple[BaseRoute, ...] = (Route("/", show, name="timeline"), Route("/timeline.json", show_json))
