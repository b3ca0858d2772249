"""People and organisations: what somebody did, what was done to them, what they said, with whom and where they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dateline import desk
from dateline.errors import SettingError
from dateline.export.outline import one_line
from dateline.lexicon.gazetteer import fold
from dateline.model import Entry
from dateline.web.answers import answer_response
from dateline.web.asking import read_fields, read_page, read_question
from dateline.web.rendering import render
from dateline.web.shelf import book_of

JSON_LIMIT = 100
"""As many as ``dateline ask`` lists unless it is asked for another number."""

NEWEST = 300
"""The names to choose from are those of so many events of the newest reports."""

MOST = 200
FARTHEST = 2_000
"""How much of a life one page shows, and how far back the pages go: past that the timeline tells it by the year."""

DID, SUFFERED = ("did", "Did"), ("suffered", "Was done to, or with")

MOST_NAMES = 60
MOST_STOPS = 100


def show(request: Request) -> Response:
    """The page of somebody; or, where nobody is named, the names that the newest reports tell of."""
    given = read_fields(request, ("who", "limit", "offset"))
    who = given.get("who", "")
    limit, offset = read_page(given)
    asked = {"who": who, "limit": limit, "offset": offset}
    if not who:
        return render(request, "people.html", here="people", asked=asked, names=_newest(request))
    if limit > MOST or offset > FARTHEST:
        what = f"a page of a life has up to {MOST} things, and begins among the latest {FARTHEST:,}"
        raise SettingError(f'"{who}"', what, "Ask the timeline for a year.")
    book = book_of(request)
    did = book.life(who, limit=limit + 1, offset=offset)
    suffered = book.life(who, as_recipient=True, limit=limit + 1, offset=offset)
    quotes = book.last_words(who, limit=limit + 1, offset=offset)
    both = [*did[:limit], *suffered[:limit]]
    longest = max(len(some) for some in (did, suffered, quotes))
    return render(
        request, "people.html", here="people", asked=asked, company=_company(both, who),
        lists=((DID, did[:limit], len(did) > limit), (SUFFERED, suffered[:limit], len(suffered) > limit)),
        quotes=quotes[:limit], more_said=len(quotes) > limit, stops=list(_stops(both))[:MOST_STOPS],
        shown=min(longest, limit), more=longest > limit,
    )  # fmt: skip


def show_json(request: Request) -> Response:
    """What ``dateline ask --who NAME --json`` prints."""
    return answer_response(desk.ask(book_of(request), **read_question(request, limit=JSON_LIMIT)))


def _newest(request: Request) -> list[tuple[str, int]]:
    """The names that the newest reports have most often, and how often; so many events are looked at, not all."""
    book = book_of(request)
    return _counted(name for entry in book.newest(limit=NEWEST) for name in _names(entry))


def _company(entries: Iterable[Entry], who: str) -> list[tuple[str, int]]:
    """Those who stand in one event with somebody, and how often."""
    mine = set(fold(who).split())
    names = (name for entry in entries for name in _names(entry))
    return _counted(name for name in names if not mine <= set(fold(name).split()))


def _names(entry: Entry) -> Iterator[str]:
    event = entry.event
    yield from dict.fromkeys(one_line(one.name) for one in (*event.actors, *event.recipients) if one.name.strip())


def _counted(names: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(names).items(), key=lambda item: (-item[1], item[0]))[:MOST_NAMES]


def _stops(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Where somebody was: the dated events that happened at a place, in the order of time, each place of a day once."""
    seen: set[tuple[str, str]] = set()
    placed = [entry for entry in entries if entry.event.when and entry.event.where]
    for entry in sorted(placed, key=lambda each: each.event.when.value if each.event.when else ""):
        when, where = entry.event.when, entry.event.where
        if when is None or where is None or entry.event.status not in ("happened", "ongoing"):
            continue
        stop = (when.value, fold(where.name))
        if stop not in seen:
            seen.add(stop)
            yield entry


ROUTES: tuple[BaseRoute, ...] = (
    Route("/people", show, name="people"),
    Route("/people.json", show_json),
)
