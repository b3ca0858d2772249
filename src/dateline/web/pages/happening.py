"""A happening: what each report says cell by cell, where each telling comes from, and what people judge of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dateline import desk
from dateline.web.answers import answer_response


def show_json(request: Request) -> Response:
    """What ``dateline show ID --json`` prints of anything that has an id."""
    return answer_response(desk.show(request.app.state.ledger, request.path_params["id"]))


ROUTES: tuple[BaseRoute, ...] = (Route("/show/{id}.json", show_json),)
