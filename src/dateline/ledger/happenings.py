"""Which events are held together as one happening, as corroboration has grouped them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from dateline.ledger.tables import chunks, marks_for


def regroup(database: sqlite3.Connection, groups: Mapping[str, Sequence[str]]) -> None:
    """Puts events into happenings, out of those that they were in. Events that are not current are left alone."""
    joined = {event: happening for happening, events in groups.items() for event in events}
    touched = dict.fromkeys(groups)
    changed: list[tuple[str, int]] = []
    for some in chunks(joined):
        query = f"SELECT id, row, happening FROM event WHERE id IN ({marks_for(some)}) AND current"
        for event, row, before in database.execute(query, some):
            if before is not None:
                touched[before] = None
            if before != joined[event]:
                changed.append((joined[event], row))
    database.executemany("UPDATE event SET happening = ? WHERE row = ?", changed)
    refresh(database, touched)


def happenings_of(database: sqlite3.Connection, events: Iterable[str]) -> tuple[str, ...]:
    """The ids of the happenings that these events are in, each once."""
    found: dict[str, None] = {}
    for some in chunks(events):
        query = f"SELECT happening FROM event WHERE id IN ({marks_for(some)}) AND happening IS NOT NULL ORDER BY row"
        found.update(dict.fromkeys(happening for (happening,) in database.execute(query, some)))
    return tuple(found)


def refresh(database: sqlite3.Connection, happenings: Iterable[str]) -> None:
    """Brings the first days of happenings up to date with their events; one without events is gone."""
    query = (
        "SELECT (SELECT min(first) FROM event WHERE happening = ?1 AND current),"
        " (SELECT first FROM happening WHERE id = ?1)"
    )
    gone: list[tuple[str]] = []
    new: list[tuple[str, int]] = []
    for happening in happenings:
        first, before = database.execute(query, (happening,)).fetchone()
        if first is None:
            gone.append((happening,))
        elif first != before:
            new.append((happening, first))
    database.executemany("DELETE FROM happening WHERE id = ?", gone)
    database.executemany("INSERT OR REPLACE INTO happening VALUES (?, ?)", sorted(new))


def events_of(database: sqlite3.Connection, happening: str) -> tuple[str, ...]:
    """The ids of a happening's events in order of time, then of publication."""
    query = "SELECT id FROM event WHERE happening = ? AND current ORDER BY first, last, minute, tie, start"
    return tuple(id for (id,) in database.execute(query, (happening,)))
