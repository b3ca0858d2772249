"""The map: a list of places with what happened at each, and the same as a picture for those who have scripts."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dateline.desk.mapping import Atlas, Spot, find_places
from dateline.export.cells import days_of, point_of, title_of
from dateline.export.times import show_time
from dateline.model import PLACE_CREDIT, Entry
from dateline.model.json import VERSION
from dateline.web.answers import json_response
from dateline.web.asking import Asked, link, read_question
from dateline.web.choices import STATUSES, TYPES
from dateline.web.describing import ANSWER, REFUSED, SIEVE, Operation
from dateline.web.rendering import render, shown
from dateline.web.shelf import book_of

MOST = 1_000
"""The most events that one map shows: the latest of those that answer."""

QUOTED = 4
"""The most events that the list tells of one place before it only counts them."""

UNSURE = ("planned", "possible")
"""A place where nothing is said to have happened yet is drawn with a broken line."""

CREDIT = f"{PLACE_CREDIT}. Outlines: Natural Earth"


def show(request: Request) -> Response:
    """The page: the filters, the picture's frame, and the places, most told first."""
    asked = read_question(request)
    atlas = _atlas(request, asked)
    first, last = asked["offset"], asked["offset"] + asked["limit"]
    return render(
        request,
        "map.html",
        here="map",
        asked=asked,
        spots=atlas.spots[first:last],
        numbered=first,
        total=len(atlas.spots),
        whole=atlas.whole,
        most=MOST,
        quoted=QUOTED,
        credit=CREDIT,
        source=link("/map.json", {**asked, "limit": None, "offset": None}),
        types=TYPES,
        statuses=STATUSES,
    )


def show_json(request: Request) -> Response:
    """What the picture is drawn from: each place with its events, their days and their words."""
    atlas = _atlas(request, read_question(request))
    spots = [_spot(spot) for spot in atlas.spots]
    return json_response({"dateline": VERSION, "whole": atlas.whole, "credit": CREDIT, "spots": spots})


def _atlas(request: Request, asked: Asked) -> Atlas:
    sieve = {name: value for name, value in asked.items() if name not in ("limit", "offset")}
    atlas = find_places(book_of(request), most=MOST, **sieve)
    return Atlas(tuple(spot for spot in atlas.spots if point_of(spot.entries[0])), atlas.whole)


def _spot(spot: Spot) -> dict[str, object]:
    return {
        "name": shown(spot.name),
        "lat": spot.lat,
        "lon": spot.lon,
        "exact": spot.exact,
        "sure": is_sure(spot.entries),
        "events": [_event(entry) for entry in spot.entries],
    }


def _event(entry: Entry) -> dict[str, object]:
    days = days_of(entry)
    when = entry.event.when
    return {
        "id": entry.id,
        "title": shown(title_of(entry)),
        "when": shown(show_time(when.value)) if when else None,
        "first": days[0].isoformat() if days else None,
        "last": days[1].isoformat() if days else None,
    }


def is_sure(entries: Iterable[Entry]) -> bool:
    """Whether anything is said to have happened, or not to have happened, by now."""
    return any(entry.event.status not in UNSURE for entry in entries)


_ANSWER = {"description": "Places with their events.", "content": {"application/json": {"schema": ANSWER}}}
DESCRIBED: dict[str, Operation] = {
    "/map.json": {"get": {
        "summary": "The places of the latest events that answer, with what happened there.",
        "parameters": list(SIEVE), "responses": {"200": _ANSWER, **REFUSED},
    }},
}  # fmt: skip
ROUTES: tuple[BaseRoute, ...] = (Route("/map", show, name="map"), Route("/map.json", show_json))
