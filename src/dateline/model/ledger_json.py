"""The one JSON form of what the ledger answers: the same bytes for Python, the command line and the web.

Keys are the fields of the types in ``model.ledger``, in their order. Unknown is ``null``, none is ``[]``, and
``dateline`` is the version of the form.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from dateline.model.json import VERSION
from dateline.model.ledger import (
    Answer,
    Comparison,
    Dossier,
    Exhibit,
    Happening,
    Judged,
    Quote,
    Reread,
    Revision,
)

One = Answer | Comparison | Dossier | Exhibit | Happening | Judged
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
    encoded = msgspec.json.encode(form)
    return (msgspec.json.format(encoded, indent=indent) if indent else encoded).decode()
