"""From an address to a question and back: every part bounded, and nothing that is asked for passed over in silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from dateline.errors import SettingError

PAGE = 50
"""How many a page lists unless it is asked for another number."""

MOST = 1_000
"""The most that one answer lists."""

FARTHEST = 1_000_000
"""The most that may be passed over."""

LONGEST = 500
"""The most characters of one part of a question."""

TEXTS = ("who", "whom", "type", "when", "where", "status", "said_by", "publisher", "words")
SIEVE = (*TEXTS, "main", "limit", "offset")
"""The parts of a question, as ``desk.ask`` names them."""

Asked = dict[str, Any]


def read_question(request: Request, *, limit: int = PAGE, more: tuple[str, ...] = ()) -> Asked:
    """What the address asks, as keyword arguments of the desk; parts that are named in ``more`` are given as text.

    What is empty is not asked: a form sends all its fields. Raises SettingError where a part is not known, given twice,
    too long, or no number.
    """
    given = read_fields(request, (*SIEVE, *more))
    asked: Asked = {name: given.get(name) for name in (*TEXTS, *more)}
    if asked["type"]:
        asked["type"] = asked["type"].upper()
    asked["main"] = _yes("main", given.get("main"))
    asked["limit"] = _number("limit", given.get("limit"), limit, MOST)
    asked["offset"] = _number("offset", given.get("offset"), 0, FARTHEST)
    return asked


def read_fields(request: Request, known: tuple[str, ...]) -> dict[str, str]:
    """The fields of an address that are not empty. Raises SettingError where one is not known, twice, or too long."""
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in known:
            raise SettingError(f'"{name[:40]}"', "nothing can be asked by that name", f"Ask by {', '.join(known)}.")
        if not value.strip():
            continue
        if name in found:
            raise SettingError(f'"{name}"', "this is asked twice", "Give it once.")
        if len(value) > LONGEST:
            raise SettingError(f'"{name}"', f"this is longer than {LONGEST} characters", "Ask for less.")
        found[name] = value
    return found


def read_page(given: Mapping[str, str], limit: int = PAGE) -> tuple[int, int]:
    """How many to list, and how many to pass over."""
    return (
        _number("limit", given.get("limit"), limit, MOST),
        _number("offset", given.get("offset"), 0, FARTHEST),
    )


def read_one_of(name: str, given: str | None, values: tuple[str, ...]) -> str:
    """The value that was chosen, the first where none was. Raises SettingError where there is no such choice."""
    if given is None:
        return values[0]
    if given not in values:
        raise SettingError(f'"{given}"', f"there is no such {name}", f"Give one of {', '.join(values)}.")
    return given


def link(path: str, asked: Mapping[str, object], **changes: object) -> str:
    """The address that asks this, with some parts changed; a part that is None, False or as it is anyway is left out.

    >>> link("/", {"who": "Kim & Co", "limit": 50, "offset": 0, "main": True}, offset=50)
    '/?who=Kim+%26+Co&offset=50&main=yes'
    """
    parts = {**asked, **changes}
    usual = {"limit": PAGE, "offset": 0}
    kept = [
        (name, "yes" if value is True else str(value).encode("utf-8", "replace"))
        for name, value in parts.items()
        if value not in (None, False, "") and value != usual.get(name)
    ]
    return f"{path}?{urlencode(kept)}" if kept else path


def _number(name: str, given: str | None, usual: int, most: int) -> int:
    if given is None:
        return usual
    if not (given.isascii() and given.isdigit() and len(given) < 10) or int(given) > most:
        raise SettingError(f'{name} "{given[:40]}"', f"this is no number from 0 to {most:,}", "Give another.")
    return int(given)


def _yes(name: str, given: str | None) -> bool:
    if given is not None and given not in ("yes", "no"):
        raise SettingError(f'{name} "{given[:40]}"', "this is neither yes nor no", "Give one of them.")
    return given == "yes"
