"""Draws the pages: Jinja with escaping always on, and the words that all pages have for dates, badges and names.

Everything that a template writes goes through ``shown``: no character of a report can turn the order of a page, and all
that is not Markup is escaped. What is Markup was made by ``export.html``, which escapes for itself.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from dateline import __version__
from dateline.desk import find_badges
from dateline.desk.ranking import tell_folded
from dateline.export.cells import web_address, words_at
from dateline.export.hedges import hedge
from dateline.export.outline import bearing_of, list_names, one_line
from dateline.export.slots import tell_slot
from dateline.export.times import show_published, show_time
from dateline.model import Entry, Happening, ReportLine
from dateline.web.asking import link

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
ID = 8
"""So much of an id is shown."""

NAV = (
    ("timeline", "/", "Timeline", "t"),
    ("statements", "/statements", "Statements", "s"),
    ("people", "/people", "People", "p"),
    ("map", "/map", "Map", "m"),
    ("add", "/add", "Add", "a"),
)
"""The pages that every page leads to: name, address, heading, and the key that goes there after ``g``."""

_DROPPED = re.compile("[\xad\u200b\u200e\u200f\u061c\u2060\ufeff]")
_TURNING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2061-\u206f\ufff9-\ufffb\U000e0001]")
_HALF = re.compile("[\ud800-\udfff]")


def shown(value: object) -> object:
    """What is written for a value: nothing for None, and no character that hides or turns the words around it.

    >>> print(shown("a\\u202eb\\u200bc"), repr(shown(None)))
    a[U+202E]bc ''
    """
    if value is None:
        return ""
    if hasattr(value, "__html__") or isinstance(value, int | float):
        return value
    text = _DROPPED.sub("", str(value))
    text = _TURNING.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)
    return _HALF.sub("\ufffd", text)


@cache
def open_environment() -> Environment:
    """The environment that all pages are drawn in, made once."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, finalize=shown,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.filters.update(
        time=show_time, published=show_published, count=tell_count, short=short, line=_line, names=list_names,
        address=web_address, publisher=publisher_of, day=day_of, trigger=trigger_of, word=word_of, hedge=hedge,
        badges=badges_of, urlpart=lambda words: quote(str(words), safe=""), bearing=bearing_of, slot=tell_slot,
        folded=tell_folded,
    )  # fmt: skip
    environment.globals.update(version=__version__, nav=NAV, link=link, words_at=words_at)
    return environment


def render(request: Request, template: str, *, here: str = "", status: int = 200, **values: object) -> Response:
    """A page: its template under the masthead, with ``here`` the name of the page in the navigation.

    A request of htmx gets the whole page too, and takes from it what it swaps: there is one way to draw a page.
    """
    state = request.app.state
    values |= {"here": here, "path": request.url.path, "seal": state.settings.seal, "ledger": state.ledger.name}
    return html_response(open_environment().get_template(template).render(values), status)


def render_bare(template: str, **values: object) -> str:
    """A page that knows nothing of the ledger: a refusal, or the way in."""
    page = open_environment().get_template(template)
    return page.render(here="", path="", seal="", ledger="", **values)


def html_response(page: str, status: int = 200) -> Response:
    """A page as it is sent."""
    return Response(page.encode("utf-8", "replace"), status, media_type="text/html")


def tell_count(number: int, thing: str) -> str:
    """So many of a thing, in words.

    >>> tell_count(1, "report"), tell_count(3, "report")
    ('1 report', '3 reports')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def short(id: str) -> str:
    """As much of an id as is shown."""
    return id[:ID]


def publisher_of(line: ReportLine) -> str:
    """Who published a report; where nobody knows, where it came from."""
    return one_line(line.publisher or line.origin or line.report)


def day_of(line: ReportLine) -> str:
    """The day of publication in words."""
    return show_time(line.published[:10]) if line.published else "no date"


def trigger_of(entry: Entry) -> str:
    """The words that tell what was done."""
    return one_line(words_at(entry, entry.event.trigger) or entry.words)


def word_of(entry: Entry) -> str | None:
    """On whose word an entry rests; None for the report's own."""
    source = entry.event.source
    return None if source.kind == "reporter" else one_line(source.name or "") or "someone unnamed"


def badges_of(happening: Happening) -> list[tuple[str, str]]:
    """What a reader must know of a happening: the words, and the kind of badge that they stand in."""
    badges = [(badge, _kind(badge)) for badge in find_badges(happening)]
    return [("ongoing", "open"), *badges] if happening.status == "ongoing" else badges


def _kind(badge: str) -> str:
    if badge.startswith(("disputed", "denied")):
        return "against"
    return "origin" if badge.endswith("only") else "open"


def _line(words: str | None) -> str:
    return one_line(words or "")


def marked(html: str) -> Markup:
    """HTML that ``export.html`` has escaped, to be written as it is."""
    return Markup(html)
