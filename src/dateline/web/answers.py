"""The ``.json`` twins of the pages: the very bytes that the command line's ``--json`` prints."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

from dateline.model.ledger_json import Many, One, answer_bytes

JSON = "application/json"


def answer_response(answer: One | Many) -> Response:
    """An answer of the desk in its one JSON form."""
    return Response(answer_bytes(answer), media_type=JSON)


def json_response(value: object, status: int = 200) -> Response:
    """Anything else as JSON: what a script of ours draws, or a refusal. Half characters become question marks."""
    try:
        body = msgspec.json.encode(value)
    except UnicodeEncodeError:
        body = msgspec.json.encode(_sound(msgspec.to_builtins(value)))
    return Response(body + b"\n", status, media_type=JSON)


def _sound(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_sound(key): _sound(each) for key, each in value.items()}
    return [_sound(each) for each in value] if isinstance(value, list | tuple) else value
