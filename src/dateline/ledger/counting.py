"""Counts happenings by the day on which they begin, at a cost that does not grow with the ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from dateline.ledger.marks import NEVER


def find_span(database: sqlite3.Connection) -> tuple[int, int] | None:
    """The days (as ordinals) on which the first and the last happening with a date begin; None where none has one."""
    query = "SELECT (SELECT min(first) FROM happening), (SELECT max(first) FROM happening WHERE first < ?)"
    first, last = database.execute(query, (NEVER,)).fetchone()
    return None if last is None else (first, last)


def count_happenings(database: sqlite3.Connection, stretches: Sequence[tuple[int, int]], most: int) -> tuple[int, ...]:
    """How many happenings begin in each stretch of days (the last day is in it), counted up to ``most`` each."""
    query = "SELECT count(*) FROM (SELECT 1 FROM happening WHERE first BETWEEN ? AND ? LIMIT ?)"
    return tuple(database.execute(query, (first, last, most)).fetchone()[0] for first, last in stretches)
