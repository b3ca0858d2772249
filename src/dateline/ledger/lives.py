"""What somebody did last, or suffered, or said, at a cost that grows with the page and not with the ledger.

``ask`` counts and sorts all that answers, which for a name that is in every report is much. Here the indexes are read
from their newest end, width class by width class, and left as soon as a page is full.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from dateline.ledger.asking import Query, find_quotes, in_one_name, in_one_voice
from dateline.ledger.marks import NO_MINUTE, UNDATED
from dateline.ledger.tables import chunks, marks_for
from dateline.ledger.walking import MANY, STEPS, Impatient, count_words, patient

FEW = 2_000
"""The statements of so many sentences are gathered and sorted."""

_PROBED = 2_000
"""The most rows counted of each word to find the rarest."""

NEWEST_REPORTS = 40
"""So many of the reports added last are looked at for what is newest."""


def newest_rows(database: sqlite3.Connection, limit: int) -> list[int]:
    """The rows of the events of the reports added last, the last first."""
    query = (
        "SELECT e.row FROM (SELECT row FROM edition WHERE current ORDER BY row DESC LIMIT ?) d"
        " CROSS JOIN event e ON e.edition = d.row WHERE e.current ORDER BY d.row DESC, e.start LIMIT ?"
    )
    return [row for (row,) in database.execute(query, (NEWEST_REPORTS, limit))]


Ways = Sequence[Sequence[str]]
"""The ways to find somebody: the words of each of the names that he or she goes by."""


def life_rows(database: sqlite3.Connection, slot: str, ways: Ways, limit: int, offset: int) -> list[int]:
    """The rows of the events that have one of the names in a slot: the latest first, then those undated."""
    found = {key for words in ways for key in _life(database, slot, words, offset + limit)}
    return [-event for _, _, event in sorted(found)[offset : offset + limit]]


def _life(database: sqlite3.Connection, slot: str, words: Sequence[str], limit: int) -> list[tuple[bool, int, int]]:
    rarest = min(words, key=lambda word: _count(database, "mark", "slot = ? AND word = ?", (slot, word)))
    found: list[tuple[bool, int, int]] = []
    for width in range(UNDATED + 1):
        query = Query("SELECT DISTINCT a.first, a.event FROM mark a WHERE a.slot = ? AND a.word = ?", [slot, rarest])
        query.add(" AND a.width = ?", width)
        in_one_name(query, slot, [word for word in words if word != rarest])
        query.add(" ORDER BY a.first DESC, a.event DESC LIMIT ?", limit)
        rows = database.execute(query.text, query.values).fetchall()
        found += ((width == UNDATED, -first, -event) for first, event in rows)
    return found


def said_rows(database: sqlite3.Connection, ways: Ways, limit: int, offset: int) -> list[int]:
    """The rows of the statements of a speaker who has one of the names: the latest first, then those undated."""
    found = {key for words in ways for key in _said(database, words, offset + limit)}
    return [-statement for _, _, statement in sorted(found)[offset : offset + limit]]


def _said(database: sqlite3.Connection, words: Sequence[str], limit: int) -> list[tuple[bool, int, int]]:
    rarest = min(words, key=lambda word: _count(database, "voice", "word = ?", (word,)))
    found: list[tuple[bool, int, int]] = []
    for first, last in ((0, NO_MINUTE - 1), (NO_MINUTE, NO_MINUTE)):
        query = Query("SELECT DISTINCT a.minute, a.statement FROM voice a WHERE a.word = ?", [rarest])
        query.add(" AND a.minute BETWEEN ? AND ?", first, last)
        in_one_voice(query, [word for word in words if word != rarest])
        query.add(" ORDER BY a.minute DESC, a.statement DESC LIMIT ?", limit)
        rows = database.execute(query.text, query.values).fetchall()
        found += ((first == NO_MINUTE, -minute, -statement) for minute, statement in rows)
    return found


def quote_rows(database: sqlite3.Connection, ways: Ways, words: str | None, limit: int, offset: int) -> list[int]:
    """The rows of the statements of a speaker, or with words, or of all, in order of publication."""
    if len(ways) < 2:
        return _quote_rows(database, ways[0] if ways else (), words, limit, offset)
    found = {row for who in ways for row in _quote_rows(database, who, words, offset + limit, 0)}
    ordered: list[tuple[int, int, int, str, int]] = []
    for some in chunks(found):
        query = f"SELECT minute, tie, start, id, row FROM statement WHERE row IN ({marks_for(some)})"
        ordered += database.execute(query, some)
    return [row for *_, row in sorted(ordered)[offset : offset + limit]]


def _quote_rows(
    database: sqlite3.Connection, who: Sequence[str], words: str | None, limit: int, offset: int
) -> list[int]:
    """The rows of the statements of a speaker under one name.

    What ``asking.find_quotes`` finds; where that would have to gather many, the indexes are read in their order.
    """
    if who or (words is not None and count_words(database, words) > FEW):
        try:
            with patient(database, STEPS):
                return _in_order(database, who, words, limit, offset)
        except Impatient:
            pass
    return find_quotes(database, tuple(who), words, limit, offset)


def _in_order(
    database: sqlite3.Connection, who: Sequence[str], words: str | None, limit: int, offset: int
) -> list[int]:
    """The same, minute by minute; those of one minute by report and place."""
    query = Query("SELECT q.minute, q.tie, q.start, q.id, q.row FROM statement q")
    if who:
        rarest = min(who, key=lambda word: _count(database, "voice", "word = ?", (word,)))
        query = Query("SELECT q.minute, q.tie, q.start, q.id, q.row FROM voice a CROSS JOIN statement q")
        query.add(" ON q.row = a.statement WHERE a.word = ? AND q.current", rarest)
        in_one_voice(query, [word for word in who if word != rarest])
    else:
        query.add(" WHERE q.current")
    if words is not None and count_words(database, words) < MANY:
        query.add(" AND q.sentence IN (SELECT rowid FROM search WHERE search MATCH ?)", words)
    elif words is not None:
        query.add(" AND EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND rowid = q.sentence)", words)
    query.add(" ORDER BY a.minute" if who else " ORDER BY q.minute, q.tie, q.start, q.id")
    found: list[int] = []
    for _, same in groupby(database.execute(query.text, query.values), key=itemgetter(0)):
        found += (row for *_, row in sorted(set(same)))
        if len(found) >= offset + limit:
            break
    return found[offset : offset + limit]


def _count(database: sqlite3.Connection, table: str, where: str, values: tuple[str, ...]) -> int:
    query = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {where} LIMIT {_PROBED})"
    return int(database.execute(query, values).fetchone()[0])
