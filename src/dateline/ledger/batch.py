"""Rows that are gathered over many readings and written together, in the order in which the tables keep them.

Sorted, the words of two hundred reports touch each page of an index once; one report at a time they would touch most
of them anew for each.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from dateline.ledger.marks import Marks

_COLUMNS = (
    *("sentence", "tie", "start", "current", "type", "status", "main"),
    *("width", "first", "last", "minute", "lat", "lon", "json"),
)
_INSERTS = {
    "sentence": "INSERT INTO sentence (row, edition, start, end, words) VALUES (?, ?, ?, ?, ?)",
    "event": f"INSERT INTO event (row, id, edition, {', '.join(_COLUMNS)}) VALUES ({', '.join('?' * 17)})",
    "again": f"UPDATE event SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE row = ?",
    "statement": "INSERT INTO statement (row, id, edition, sentence, tie, start, current, minute, json)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "search": "INSERT INTO search (rowid, words) VALUES (?, ?)",
    "masthead": "INSERT OR IGNORE INTO masthead VALUES (?, ?)",
    "mark": "INSERT OR IGNORE INTO mark VALUES (?, ?, ?, ?, ?, ?, ?)",
    "voice": "INSERT OR IGNORE INTO voice VALUES (?, ?, ?, ?)",
    "actor": "INSERT OR IGNORE INTO actor VALUES (?, ?, ?, ?, ?, ?, ?)",
}
"""What is written for each kind of row, in the order in which rows lean on each other."""

_SORTED = ("mark", "voice", "masthead", "actor")


class Batch:
    """Rows on their way into a ledger, inside one transaction; they are there once it is flushed."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._rows: dict[str, list[tuple[Any, ...]]] = {kind: [] for kind in _INSERTS}
        self._last = {"sentence": 0, "event": 0, "statement": 0}
        self._last.update(database.execute("SELECT name, seq FROM sqlite_sequence").fetchall())

    def add(self, kind: str, *values: Any) -> None:
        """Adds a row of a kind that is known by its values alone."""
        self._rows[kind].append(values)

    def number(self, kind: str, *values: Any) -> int:
        """Adds a sentence, an event or a statement; the number of its row."""
        self._last[kind] += 1
        self._rows[kind].append((self._last[kind], *values))
        return self._last[kind]

    def add_marks(self, row: int, marks: Marks) -> None:
        """Adds what an event is found by."""
        width, first, last = marks.days
        self._rows["mark"] += [(slot, word, width, first, row, nth, last) for slot, nth, word in marks.words]

    def flush(self) -> None:
        """Writes all rows."""
        for kind, insert in _INSERTS.items():
            rows = self._rows[kind]
            if rows:
                self._database.executemany(insert, sorted(rows) if kind in _SORTED else rows)
                rows.clear()
