"""Which events can be put on a map: those that answer a question, the latest first, and which of them name a spot.

A question with few answers is looked up as any other. Where there are many, a name is followed from its latest event
back, words from the sentence added last back, and all else along the happenings, from the latest back: what that costs
grows with what is shown, and not with the ledger.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from msgspec import Struct, structs

from dateline.ledger import asking
from dateline.ledger.asking import Query
from dateline.ledger.entries import entries_of_rows
from dateline.ledger.marks import NEVER, UNDATED
from dateline.ledger.questions import ANY_TIME, Sought
from dateline.ledger.tables import chunks, marks_for
from dateline.ledger.walking import Impatient, count_brought, patient, sift
from dateline.model import Entry, Question

FARTHEST = 6_000
"""The most happenings that are gone through for a map: so many take about 40 ms."""

FEW = 4_000
"""So many events are looked up and sorted; where a part of a question brings more, only the latest are looked for."""

STEPS = 1_500_000
"""The most steps of SQLite's machine that looking for the latest may take; then all are looked up after all."""


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
    rows, whole = _latest(database, question, sought, most)
    found = [
        entry for entry in entries_of_rows(database, rows) if entry.event.where and entry.event.where.lat is not None
    ]
    return Placed(tuple(found), _spots(database, rows), whole)


def _latest(database: sqlite3.Connection, question: Question, sought: Sought, most: int) -> tuple[list[int], bool]:
    """The rows of the latest events that answer, and whether these are all."""
    driver = asking._driver(database, sought)
    if driver == "time":
        return _by_happening(database, question, sought, most)
    if count_brought(database, question, sought, driver) > FEW:
        with suppress(Impatient), patient(database, STEPS):
            if driver in sought.names:
                return _by_name(database, question, sought, driver, most)
            if driver == "words":
                return _by_words(database, question, sought, most), False
            return _by_happening(database, question, sought, most)
    latest = structs.replace(question, order="-when", limit=most, offset=0)
    total, rows = asking.find_rows(database, latest, sought)
    return rows, total <= most


def _by_name(
    database: sqlite3.Connection, question: Question, sought: Sought, slot: str, most: int
) -> tuple[list[int], bool]:
    """The rows of the latest events that have a name in a slot, and whether these are all."""
    found: dict[int, tuple[bool, int, int]] = {}
    for words in sought.names[slot]:
        rarest = min(words, key=lambda word: asking._count_word(database, sought.stretch, slot, word))
        for width, first, last in sought.stretch.windows() if sought.stretch else ANY_TIME:
            query = Query("SELECT DISTINCT a.first, a.event FROM mark a CROSS JOIN event e ON e.row = a.event")
            query.add(" WHERE a.slot = ? AND a.word = ? AND a.width = ?", slot, rarest, width)
            query.add(" AND a.first BETWEEN ? AND ? AND e.current", first, last)
            asking.in_one_name(query, slot, [word for word in words if word != rarest])
            sift(query, question, sought, but=slot)
            query.add(" ORDER BY a.first DESC, a.event DESC LIMIT ?", most + 1)
            for day, event in database.execute(query.text, query.values):
                found[event] = (width == UNDATED, -day, -event)
    rows = sorted(found, key=lambda event: found[event])
    return rows[:most], len(rows) <= most


def _by_words(database: sqlite3.Connection, question: Question, sought: Sought, most: int) -> list[int]:
    """The rows of the latest events in the sentences added last that have some words."""
    query = Query("SELECT e.row FROM (SELECT rowid AS row FROM search WHERE search MATCH ?", [sought.words])
    query.add(" ORDER BY rowid DESC LIMIT ?) f CROSS JOIN event e ON e.sentence = f.row WHERE e.current", FEW)
    sift(query, question, sought, but="words")
    query.add(" ORDER BY e.width = ?, e.first DESC, e.row DESC LIMIT ?", UNDATED, most)
    return [row for (row,) in database.execute(query.text, query.values)]


def _by_happening(
    database: sqlite3.Connection, question: Question, sought: Sought, most: int
) -> tuple[list[int], bool]:
    """The rows of the latest events that answer, going from happening to happening, and whether these are all."""
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
    sift(query, question, sought)
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
