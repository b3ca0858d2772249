"""The app: the pages of one ledger behind their guard."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from dateline.errors import DatelineError
from dateline.web.guarding import Guard
from dateline.web.pages import adding, api, entering, happening, people, report, search, statements, timeline
from dateline.web.pages import map as map_page
from dateline.web.refusals import on_bug, on_error, on_http
from dateline.web.rendering import STATIC
from dateline.web.settings import Settings

ROUTES: tuple[BaseRoute, ...] = (
    *timeline.ROUTES,
    *happening.ROUTES,
    *report.ROUTES,
    *people.ROUTES,
    *map_page.ROUTES,
    *statements.ROUTES,
    *search.ROUTES,
    *adding.ROUTES,
    *entering.ROUTES,
    *api.ROUTES,
)
"""The addresses of every page: the table of contents of this door."""


def create_app(ledger: Path, settings: Settings | None = None) -> Starlette:
    """The app for the ledger in a file, which is opened by each request for itself."""
    settings = settings or Settings()
    files = Mount("/static", StaticFiles(directory=STATIC), name="static")
    app = Starlette(
        routes=[*ROUTES, files],
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={DatelineError: on_error, HTTPException: on_http, Exception: on_bug},
    )
    app.state.ledger = ledger
    app.state.settings = settings
    return app
