"""Search over everything: sentences that have the words, with the events and statements that were read in each."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dateline import desk
from dateline.desk.searching import search
from dateline.errors import NotFound, SettingError
from dateline.web.answers import answer_response
from dateline.web.asking import read_fields, read_page, read_question
from dateline.web.pages.happening import page_of
from dateline.web.pages.timeline import JSON_LIMIT
from dateline.web.rendering import render
from dateline.web.shelf import book_of

_ID = re.compile(r"[0-9a-f]{8,16}")


def show(request: Request) -> Response:
    """The page: the sentences that have the words, those added last first; the page of a thing whose id is typed."""
    given = read_fields(request, ("words", "limit", "offset"))
    limit, offset = read_page(given)
    words = given.get("words", "")
    if _ID.fullmatch(words.strip()) and (there := _page_of_id(request, words.strip())):
        return RedirectResponse(there, 303)
    hits = search(book_of(request), words, limit=limit + 1, offset=offset) if words else ()
    return render(
        request,
        "search.html",
        here="search",
        asked={"words": words, "limit": limit, "offset": offset},
        hits=hits[:limit],
        shown=min(len(hits), limit),
        more=len(hits) > limit,
    )


def show_json(request: Request) -> Response:
    """What ``dateline ask --json`` prints."""
    asked = read_question(request, limit=JSON_LIMIT, more=("order",))
    asked["order"] = asked["order"] or "when"
    return answer_response(desk.ask(book_of(request), **asked))


def _page_of_id(request: Request, id: str) -> str | None:
    """Where the thing of this id is shown; None where the letters are a word after all."""
    try:
        return page_of(desk.show(book_of(request), id))
    except (NotFound, SettingError):
        return None


ROUTES: tuple[BaseRoute, ...] = (
    Route("/search", show, name="search"),
    Route("/search.json", show_json),
    Route("/ask.json", show_json),
)
