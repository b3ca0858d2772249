"""Statements: who says what, since when, and how often it is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dateline import desk
from dateline.export.cells import words_at
from dateline.export.outline import UNNAMED, one_line
from dateline.model import Quote
from dateline.web.answers import answer_response
from dateline.web.asking import read_fields, read_page
from dateline.web.choices import KINDS
from dateline.web.rendering import render
from dateline.web.shelf import book_of

FIELDS = ("who", "words", "limit", "offset")
JSON_LIMIT = 100
"""As many as ``dateline said`` lists unless it is asked for another number."""


SEARCHED = 12
"""So many of its first words find where else a statement is printed."""

_ENDS = re.compile(r"(?<=[.!?…])\s")
_QUOTES = dict.fromkeys(map(ord, '"“”„«»'), " ")


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody said, with every quote that prints the same words of the same speaker; the first print leads."""

    who: str
    words: str
    quotes: tuple[Quote, ...]

    @property
    def phrase(self) -> str:
        """The first words as they are searched for: as far as one sentence has them."""
        words = _ENDS.split(self.words, maxsplit=1)[0].translate(_QUOTES).split()
        return f'"{" ".join(words[:SEARCHED])}"' if words else ""

    @property
    def first(self) -> Quote:
        """The quote that was published first."""
        return self.quotes[0]


def show(request: Request) -> Response:
    """The page: a speaker's statements in order of publication, the same words once with all who print them."""
    given = read_fields(request, FIELDS)
    limit, offset = read_page(given)
    who, words = given.get("who"), given.get("words")
    quotes = desk.said(book_of(request), who, words=words, limit=limit + 1, offset=offset)
    return render(
        request,
        "statements.html",
        here="statements",
        asked={"who": who, "words": words, "limit": limit, "offset": offset},
        sayings=gather(quotes[:limit]),
        shown=min(len(quotes), limit),
        more=len(quotes) > limit,
        whole=offset == 0 and len(quotes) <= limit,
        kinds=KINDS,
    )


def show_json(request: Request) -> Response:
    """What ``dateline said WHO --json`` prints."""
    given = read_fields(request, FIELDS)
    limit, offset = read_page(given, JSON_LIMIT)
    ledger = book_of(request)
    return answer_response(desk.said(ledger, given.get("who"), words=given.get("words"), limit=limit, offset=offset))


def gather(quotes: tuple[Quote, ...]) -> list[Saying]:
    """The quotes, those of the same words by the same speaker together, each where its first print stands."""
    groups: dict[tuple[str, str], list[Quote]] = {}
    for quote in quotes:
        groups.setdefault((_speaker(quote), _content(quote).casefold()), []).append(quote)
    return [Saying(who, _content(some[0]), tuple(some)) for (who, _), some in groups.items()]


def _speaker(quote: Quote) -> str:
    return one_line(quote.statement.source_name or "") or UNNAMED


def _content(quote: Quote) -> str:
    return one_line(words_at(quote, quote.statement.content) or quote.words)


ROUTES: tuple[BaseRoute, ...] = (
    Route("/statements", show, name="statements"),
    Route("/statements.json", show_json),
    Route("/said.json", show_json),
)
