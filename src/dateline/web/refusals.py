"""Everything that is refused, shown one way: what happened, where, and what to do; as a page or as JSON."""

from __future__ import annotations

import sys
import traceback
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from dateline.errors import DatelineError, FetchError, InputError, LedgerError, NotFound, SettingError
from dateline.model.json import VERSION
from dateline.web.answers import json_response
from dateline.web.rendering import html_response, render_bare

STATUS: tuple[tuple[type[DatelineError], int], ...] = (
    (NotFound, 404),
    (SettingError, 400),
    (FetchError, 422),
    (InputError, 422),
    (LedgerError, 503),
)
"""The HTTP status of each kind of error; the first that fits holds. 503: the ledger itself cannot be asked just now."""


def refuse(scope: Scope, status: int, what: str, todo: str, *, where: str | None = None) -> Response:
    """The answer to a request that is refused, in the form that it asked for."""
    where = where or scope["path"]
    if scope["path"].endswith(".json"):
        error = {"status": status, "where": where, "what": what, "todo": todo}
        return json_response({"dateline": VERSION, "error": error}, status)
    name = HTTPStatus(status).phrase
    page = render_bare("refusal.html", status=status, name=name, where=where, what=what, todo=todo)
    return html_response(page, status)


def on_error(request: Request, error: Exception) -> Response:
    """The answer to a request that one of Dateline's own errors ended."""
    assert isinstance(error, DatelineError)  # noqa: S101 - what the app registers this for
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 500)
    return refuse(request.scope, status, error.what, error.todo, where=error.where)


def on_http(request: Request, error: Exception) -> Response:
    """The answer to an address that nobody answers, or not in that way."""
    assert isinstance(error, HTTPException)  # noqa: S101 - what the app registers this for
    whats = {
        404: ("there is no such page", "Go back, or start from the timeline."),
        405: ("this page cannot be asked in that way", "Use the app's own page."),
    }
    what, todo = whats.get(error.status_code, (error.detail, "Go back and try again."))
    answer = refuse(request.scope, error.status_code, what, todo)
    answer.headers.update(error.headers or {})
    return answer


def on_bug(request: Request, error: Exception) -> Response:
    """The answer where Dateline itself went wrong: the traceback goes to the terminal, not to the browser."""
    sys.stderr.write("".join(traceback.format_exception(error)))
    what = f"this is a bug in Dateline ({type(error).__name__})"
    return refuse(request.scope, 500, what, "Please report it, with what `dateline serve` printed.")
