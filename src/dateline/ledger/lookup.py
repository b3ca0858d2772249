"""Finds what an id, or the beginning of one, stands for."""

from __future__ import annotations

import sqlite3

from dateline.ledger.values import text
from dateline.model import Kept

_TABLES: tuple[tuple[Kept, str, str], ...] = (
    ("event", "event", "id"),
    ("happening", "happening", "id"),
    ("edition", "edition", "id"),
    ("report", "edition", "report"),
    ("actor", "actor", "id"),
)


def find_kept(database: sqlite3.Connection, beginning: str, limit: int) -> tuple[tuple[Kept, str], ...]:
    """What has an id that begins so, each once, with its kind; a whole id stands for itself alone."""
    if not beginning:
        return ()
    found: list[tuple[Kept, str]] = []
    # Ids are hexadecimal, so "g" comes after all that can follow.
    for kind, table, column in _TABLES:
        query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} BETWEEN ? AND ? ORDER BY {column} LIMIT ?"
        found += ((kind, text(id)) for (id,) in database.execute(query, (beginning, f"{beginning}g", limit)))
    whole = [each for each in found if each[1] == beginning]
    return tuple(whole or found)
