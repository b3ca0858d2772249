"""What programs may ask of the app, as an OpenAPI description; a page module adds its own as ``DESCRIBED``."""

from __future__ import annotations

from typing import Any, get_args

from dateline import __version__
from dateline.model import EventType, Order, Status
from dateline.web.asking import FARTHEST, LONGEST, MOST

Operation = dict[str, Any]


def query(name: str, about: str, **schema: Any) -> dict[str, Any]:
    """A parameter of the address; text unless the schema says more."""
    kind = schema or {"type": "string", "maxLength": LONGEST}
    return {"name": name, "in": "query", "description": about, "required": False, "schema": kind}


PAGED = (
    query("limit", "How many to list.", type="integer", minimum=0, maximum=MOST),
    query("offset", "How many to pass over.", type="integer", minimum=0, maximum=FARTHEST),
)
SIEVE = (
    query("who", "Who did it; a part of the name is enough."),
    query("whom", "To whom it was done."),
    query("type", "What kind of event.", type="string", enum=list(get_args(EventType))),
    query("when", "A day, month, year or interval, such as 2023-09 or 2023-09-12/2023-09-17."),
    query("where", "A name, a country, or latitude,longitude,kilometres."),
    query("status", "Whether it happened.", type="string", enum=list(get_args(Status))),
    query("said_by", "On whose word it rests."),
    query("publisher", "Who published the report."),
    query("words", "Words of the sentence."),
    query("main", "Only main events.", type="string", enum=["yes", "no"]),
    *PAGED,
)
ORDER = query("order", "By time of the event or of publication.", type="string", enum=list(get_args(Order)))
ID = {
    "name": "id", "in": "path", "required": True, "description": "An id, or its first characters.",
    "schema": {"type": "string", "pattern": "^[0-9a-f]{4,16}$"},
}  # fmt: skip


def get(about: str, *parameters: dict[str, Any], command: str) -> Operation:
    """An address that is read, and the command whose ``--json`` says the same."""
    answer = {"description": f"What `{command}` prints.", "content": {"application/json": {"schema": ANSWER}}}
    return {"get": {"summary": about, "parameters": list(parameters), "responses": {"200": answer, **REFUSED}}}


ANSWER = {"type": "object", "required": ["dateline"], "properties": {"dateline": {"const": 1}}}
_TEXT = {"type": "string"}
_ERROR = {
    "type": "object", "required": ["dateline", "error"],
    "properties": {"error": {
        "type": "object", "required": ["status", "where", "what", "todo"],
        "properties": {"status": {"type": "integer"}, **dict.fromkeys(("where", "what", "todo"), _TEXT)},
    }},
}  # fmt: skip
_SHOWN = {"application/json": {"schema": _ERROR}}
REFUSED = {
    "400": {"description": "The question makes no sense.", "content": _SHOWN},
    "401": {"description": "The access token is needed.", "content": _SHOWN},
    "404": {"description": "Nothing has this id.", "content": _SHOWN},
    "414": {"description": "The address is too long.", "content": _SHOWN},
    "421": {"description": "The app does not answer to this name.", "content": _SHOWN},
    "503": {"description": "The ledger cannot be asked just now.", "content": _SHOWN},
}
PATHS: dict[str, Operation] = {
    "/timeline.json": get("Happenings in the order of time.", *SIEVE, command="dateline timeline --json"),
    "/ask.json": get("Events, one entry for each report.", *SIEVE, ORDER, command="dateline ask --json"),
    "/said.json": get(
        "What somebody said.", query("who", "Whose words."), query("words", "Words in it."), *PAGED,
        command="dateline said --json",
    ),
    "/show/{id}.json": get("An event, happening, report or edition.", ID, command="dateline show ID --json"),
}  # fmt: skip


def describe(more: dict[str, Operation], *, token: bool) -> dict[str, Any]:
    """The whole description, with the paths of other pages; ``token`` says that one is needed."""
    described: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Dateline", "version": __version__, "description": "A ledger of who said that who did what."},
        "paths": {**PATHS, **more},
    }
    if token:
        described["components"] = {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}
        described["security"] = [{"token": []}]
    return described
