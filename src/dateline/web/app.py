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
from dateline.web.jobs import Jobs
from dateline.web.pages import adding, api, entering, happening, people, report, search, statements, timeline
from dateline.web.pages import map as map_page
from dateline.web.refusals import on_bug, on_error, on_http
from dateline.web.rendering import STATIC
from dateline.web.settings import Settings
from dateline.web.shelf import Lender, Shelf

PAGES = (
    timeline,
    happening,
    report,
    people,
    map_page,
    statements,
    search,
    adding,
    entering,
    api,
)
"""The pages: the table of contents of this door."""

ROUTES: tuple[BaseRoute, ...] = tuple(route for page in PAGES for route in page.ROUTES)
"""The addresses of every page."""


def create_app(ledger: Path, settings: Settings | None = None) -> Starlette:
    """The app for the ledger in a file."""
    settings = settings or Settings()
    shelf = Shelf(ledger)
    files = Mount("/static", StaticFiles(directory=STATIC), name="static")
    app = Starlette(
        routes=[*ROUTES, files],
        middleware=[Middleware(Guard, settings=settings), Middleware(Lender, shelf=shelf)],
        exception_handlers={DatelineError: on_error, HTTPException: on_http, Exception: on_bug},
    )
    app.state.ledger = ledger
    app.state.shelf = shelf
    app.state.settings = settings
    app.state.jobs = Jobs(ledger)
    app.state.described = {path: each for page in PAGES for path, each in getattr(page, "DESCRIBED", {}).items()}
    return app
