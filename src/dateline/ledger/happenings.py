"""Which events are held together as one happening, as corroboration has grouped them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from dateline.ledger.tables import chunks, marks_for


def regroup(database: sqlite3.Connection, groups: Mapping[str, Sequence[str]]) -> None:
    """Puts events into happenings, out of those that they were in. Events that are not current are left alone."""
    touched = dict.fromkeys(groups)
    for happening, events in groups.items():
        for some in chunks(events):
            chosen = f"id IN ({marks_for(some)}) AND current"
            before = database.execute(
                f"SELECT DISTINCT happening FROM event WHERE {chosen} AND happening IS NOT NULL ORDER BY happening",
                some,
            )
            touched.update(dict.fromkeys(found for (found,) in before.fetchall()))
            database.execute(f"UPDATE event SET happening = ? WHERE {chosen}", (happening, *some))
    refresh(database, touched)


def refresh(database: sqlite3.Connection, happenings: Iterable[str]) -> None:
    """Brings the first days of happenings up to date with their events; one without events is gone."""
    for happening in happenings:
        (first,) = database.execute(
            "SELECT min(first) FROM event WHERE happening = ? AND current", (happening,)
        ).fetchone()
        if first is None:
            database.execute("DELETE FROM happening WHERE id = ?", (happening,))
        else:
            database.execute("INSERT OR REPLACE INTO happening VALUES (?, ?)", (happening, first))


def events_of(database: sqlite3.Connection, happening: str) -> tuple[str, ...]:
    """The ids of a happening's events in order of time, then of publication."""
    query = "SELECT id FROM event WHERE happening = ? AND current ORDER BY first, last, minute, tie, start"
    return tuple(id for (id,) in database.execute(query, (happening,)))
