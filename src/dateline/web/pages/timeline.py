"""The timeline: happenings in the order of time, with who tells of them and what to beware of."""

from __future__ import annotations

from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dateline import desk
from dateline.export.cells import days_of
from dateline.model import Happening
from dateline.web.answers import answer_response
from dateline.web.asking import read_question
from dateline.web.choices import STATUSES, TYPES
from dateline.web.periods import find_steps, find_zoom
from dateline.web.rendering import render
from dateline.web.shelf import book_of
from dateline.web.stretches import find_stretches

JSON_LIMIT = 100
"""As many as ``dateline timeline`` lists unless it is asked for another number."""


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
        days=_by_day(shown),
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


def _by_day(happenings: tuple[Happening, ...]) -> list[tuple[str | None, list[Happening]]]:
    """The happenings under the time that heads them: those of one day, or one month, that stand together."""
    return [(when, list(some)) for when, some in groupby(happenings, key=_day)]


def _day(one: Happening) -> str | None:
    """The earliest time that an entry gives, which the happenings are ordered by; without its clock."""
    times = [(days_of(entry), entry.event.when.value) for entry in one.entries if entry.event.when]
    dated = [(days[0], value) for days, value in times if days]
    when = min(dated)[1] if dated else None
    return when[:10] if when and "/" not in when else when


ROUTES: tuple[BaseRoute, ...] = (Route("/", show, name="timeline"), Route("/timeline.json", show_json))
