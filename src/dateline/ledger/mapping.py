"""Which events can be put on a map: those that answer a question, the latest first, and which of them name a spot.

A question with a name or with words is looked up as any other. One that asks only for a time, a kind, or nothing goes
along the happenings instead, from the latest back: its cost grows with what is shown, and not with the ledger.
"""

from __future__ import annotations

import sqlite3

from msgspec import Struct, structs

from dateline.ledger.asking import Query, find_rows
from dateline.ledger.entries import entries_of_rows
from dateline.ledger.marks import NEVER
from dateline.ledger.questions import Sought
from dateline.ledger.tables import chunks, marks_for
from dateline.model import Entry, Question

FARTHEST = 6_000
"""The most happenings that are gone through for a map: so many take about 40 ms."""


class Placed(Struct, frozen=True):
    """Entries that name a place with coordinates, the latest first.

    ``spots`` are the ids of those whose place is a spot; the others happened somewhere in a country. ``whole`` says
    that all events that answer were looked at.
    """

    entries: tuple[Entry, ...]
    spots: frozenset[str]
    whole: bool


def find_placed(database: sqlite3.Connection, question: Question, sought: Sought, most: int) -> Placed:
    """What of the latest ``most`` events that answer a question can be put on a map."""
    if sought.names or sought.words is not None or sought.publisher or sought.circle is not None:
        latest = structs.replace(question, order="-when", limit=most, offset=0)
        total, rows = find_rows(database, latest, sought)
        whole = total <= most
    else:
        rows, whole = _by_happening(database, question, sought, most)
    found = [
        entry for entry in entries_of_rows(database, rows) if entry.event.where and entry.event.where.lat is not None
    ]
    return Placed(tuple(found), _spots(database, rows), whole)


def _by_happening(
    database: sqlite3.Connection, question: Question, sought: Sought, most: int
) -> tuple[list[int], bool]:
    """The rows of events of a time and a kind, and whether these are all."""
    first, last = (
        (sought.stretch.first - sought.stretch.longest + 1, sought.stretch.last) if sought.stretch else (0, NEVER)
    )
    dated = _walk(database, question, sought, (first, min(last, NEVER - 1)), most)
    rows, whole = dated
    if sought.stretch is None and whole:
        undated, whole = _walk(database, question, sought, (NEVER, NEVER), most - len(rows))
        rows = rows + undated
    return rows, whole


def _walk(
    database: sqlite3.Connection, question: Question, sought: Sought, days: tuple[int, int], most: int
) -> tuple[list[int], bool]:
    """The rows of events in happenings that began within these days, the latest first, and whether these are all."""
    query = Query("SELECT e.row FROM (SELECT id, first FROM happening WHERE first BETWEEN ? AND ?", [*days])
    query.add(" ORDER BY first DESC, id DESC LIMIT ?) h", FARTHEST)
    query.add(" CROSS JOIN event e ON e.happening = h.id WHERE e.current")
    for column, value in (("type", question.type), ("status", question.status)):
        if value:
            query.add(f" AND +e.{column} = ?", value)
    if question.main:
        query.add(" AND e.main")
    if sought.stretch is not None:
        query.add(" AND +e.first <= ? AND +e.last >= ?", sought.stretch.last, sought.stretch.first)
        query.add(" AND e.last - e.first < ?", sought.stretch.longest)
    query.add(" LIMIT ?", most + 1)
    rows = [row for (row,) in database.execute(query.text, query.values)]
    (reached,) = database.execute(
        "SELECT count(*) FROM (SELECT 1 FROM happening WHERE first BETWEEN ? AND ? LIMIT ?)", (*days, FARTHEST + 1)
    ).fetchone()
    return rows[:most], len(rows) <= most and reached <= FARTHEST


def _spots(database: sqlite3.Connection, rows: list[int]) -> frozenset[str]:
    found: list[str] = []
    for some in chunks(rows):
        query = f"SELECT id FROM event WHERE row IN ({marks_for(some)}) AND lat IS NOT NULL"
        found += (id for (id,) in database.execute(query, some))
    return frozenset(found)
