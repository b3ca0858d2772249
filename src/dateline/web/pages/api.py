"""For programs: which answers there are as JSON, for people to read and as an OpenAPI description."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dateline.web.answers import json_response
from dateline.web.describing import describe
from dateline.web.rendering import render


def show(request: Request) -> Response:
    """The page that lists the addresses, and what each of them takes."""
    paths = {path: each["get"] for path, each in _described(request)["paths"].items() if "get" in each}
    return render(request, "api.html", here="api", paths=paths)


def show_json(request: Request) -> Response:
    """The OpenAPI description."""
    return json_response(_described(request))


def _described(request: Request) -> dict[str, dict[str, dict[str, object]]]:
    state = request.app.state
    return describe(state.described, token=state.settings.token is not None)


ROUTES: tuple[BaseRoute, ...] = (Route("/api", show, name="api"), Route("/openapi.json", show_json))
