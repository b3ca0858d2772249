"""Holds the tables of a file against those of a ledger, before anything that stands in them is run.

A ledger may come from a stranger. SQLite runs what a file's own schema says: a trigger at the next write, a view or an
expression of an index in the place of a table. A ledger has none of these but its own, so a file that has others is no
ledger, however much it looks like one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache

from dateline.ledger.schema import statements_of

LONGEST_VALUE = 256 << 20
"""The longest value that is read from a ledger, in bytes; the reading of the longest report is a tenth of it."""


def distrust(database: sqlite3.Connection) -> None:
    """Makes SQLite take what stands in the file for data: nothing in its schema may call a function that could do harm,
    values have a bound, and pages are checked as they are read."""
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def what_is_strange(database: sqlite3.Connection, steps: tuple[str, ...]) -> str | None:
    """What the schema has or lacks that a ledger made by these steps does not; None where there is nothing.

    Statistics that SQLite itself keeps are no matter.
    """
    ours = _objects_of(steps)
    found = _objects(database)
    for name, made in found.items():
        if name not in ours:
            return f"it has a {made[0]} that no ledger has"
        if made != ours[name]:
            return f"its {ours[name][0]} {name} is not that of a ledger"
    missing = next((name for name in ours if name not in found), None)
    return f"it has no {ours[missing][0]} {missing}" if missing else None


@cache
def _objects_of(steps: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as database:
        for step in steps:
            for statement in statements_of(step):
                database.execute(statement)
        return _objects(database)


def _objects(database: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """The kind of each object of the schema and the SQL that made it, by its name."""
    rows = database.execute("SELECT name, type, sql FROM sqlite_master").fetchall()
    return {
        str(name): (str(kind), "" if _is_shadow(str(name)) else " ".join(str(sql or "").split()))
        for name, kind, sql in rows
        if not (kind in ("table", "index") and str(name).startswith("sqlite_"))
    }


def _is_shadow(name: str) -> bool:
    """Whether a table is one in which the full-text index keeps itself: each version of SQLite makes it its own way."""
    return name.startswith("search_")
