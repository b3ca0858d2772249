"""The one JSON form of what the ledger answers: the same bytes for Python, the command line and the web.

Keys are the fields of the types in ``model.ledger``, in their order. Unknown is ``null``, none is ``[]``, and
``dateline`` is the version of the form.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from dateline.model.happenings import Comparison, Happening
from dateline.model.json import VERSION
from dateline.model.ledger import (
    Answer,
    Dossier,
    Exhibit,
    Judged,
    Persona,
    Quote,
    Reread,
    Revision,
)

One = Answer | Comparison | Dossier | Exhibit | Happening | Judged | Persona
Many = tuple[Happening, ...] | tuple[Quote, ...] | tuple[Reread, ...] | tuple[Revision, ...]


def answer_json(answer: One | Many, *, indent: int | None = None) -> str:
    """The answer as one JSON object; on one line unless an indent (in spaces) is given.

    Several of a kind, such as the happenings of a timeline, stand in a list under ``found``.

    >>> answer_json(())
    '{"dateline":1,"found":[]}'
    """
    form: dict[str, object] = {"dateline": VERSION}
    if isinstance(answer, Struct):
        form.update((key, getattr(answer, key)) for key in answer.__struct_fields__)
    else:
        form["found"] = answer
    try:
        encoded = msgspec.json.encode(form)
    except UnicodeEncodeError:  # Half of a character, which a careless page or a typed question can hold.
        encoded = msgspec.json.encode(_sound(msgspec.to_builtins(form)))
    return (msgspec.json.format(encoded, indent=indent) if indent else encoded).decode()


def answer_bytes(answer: One | Many) -> bytes:
    """The answer on one line in UTF-8, as ``--json`` prints it and the web sends it."""
    return f"{answer_json(answer)}\n".encode()


def _sound(value: object) -> object:
    """The value with each half of a character as a question mark."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_sound(key): _sound(each) for key, each in value.items()}
    return [_sound(each) for each in value] if isinstance(value, list | tuple) else value
