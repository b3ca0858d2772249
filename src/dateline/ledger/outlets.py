"""What the reports of one outlet say of places, and where it was held to be at home when each was read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from msgspec import Struct

from dateline.ledger.marks import key_words, sound
from dateline.ledger.packing import unpack_part
from dateline.model import Place, Toponym

MOST = 40
"""How many reports of an outlet are looked at, the newest."""

_AT_ONCE = 500


class _Places(Struct):
    """What is read here of a reading's JSON form."""

    toponyms: tuple[Toponym, ...] = ()
    home: Place | None = None


def last(database: sqlite3.Connection) -> int:
    """The row of the edition that was added last; 0 where there is none."""
    return int(database.execute("SELECT coalesce(max(row), 0) FROM edition").fetchone()[0])


def toponyms_of(database: sqlite3.Connection, publisher: str, until: int | None) -> list[tuple[Toponym, ...]]:
    """The toponyms of an outlet's newest current editions, of those up to a row."""
    words = key_words(publisher)
    if not words:
        return []
    rows = database.execute(
        "SELECT r.json FROM masthead m JOIN edition d ON d.row = m.edition JOIN reading r ON r.edition = d.row"
        " WHERE m.word = ? AND m.edition <= ? AND d.publisher = ? AND d.current ORDER BY m.edition DESC LIMIT ?",
        (max(words, key=len), last(database) if until is None else until, sound(publisher), MOST),
    )
    return [unpack_part(packed, _Places).toponyms for (packed,) in rows]


def homes(database: sqlite3.Connection, after: int) -> Iterator[tuple[int, str, str | None, Place | None]]:
    """Row, id, outlet and the home that it was read with, of the current editions that come next after a row."""
    rows = database.execute(
        "SELECT d.row, d.id, d.publisher, r.json FROM edition d JOIN reading r ON r.edition = d.row"
        " WHERE d.row > ? AND d.current ORDER BY d.row LIMIT ?",
        (after, _AT_ONCE),
    )
    for row, id, publisher, packed in rows:
        yield row, id, publisher, unpack_part(packed, _Places).home
