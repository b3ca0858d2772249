"""The way in where a token is needed: it is typed in once, and the browser remembers that it was known."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dateline.web.guarding import hold, remember
from dateline.web.refusals import refuse
from dateline.web.rendering import html_response, render_bare


def show(request: Request) -> Response:
    """The page with the one field."""
    return html_response(render_bare("entering.html"))


async def enter(request: Request) -> Response:
    """Lets in who knows the token. It has no seal: the token itself is what nobody else can bring."""
    settings = request.app.state.settings
    async with request.form(max_files=0, max_fields=4) as form:
        given = form.get("token")
    if settings.token is None:
        return RedirectResponse("/", 303)
    if not isinstance(given, str) or not hold(given.strip(), settings.token):
        return refuse(request.scope, 401, "this is not the token", "Copy it from where `dateline serve` runs.")
    answer = RedirectResponse("/", 303)
    remember(answer, settings.token, secure=settings.secure)
    return answer


ROUTES: tuple[BaseRoute, ...] = (
    Route("/enter", show, methods=["GET"]),
    Route("/enter", enter, methods=["POST"]),
)
