"""Answers questions: which events are asked for, as one query whose cost grows with the answer and not with the ledger.

Each part of a question that an index knows (a name in a slot, words, a circle) can drive the query, and the others sift
what it brings. The part with the fewest rows drives: "Kim Jong Un in September" reads the rows of "jong" in September.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_args

from dateline.ledger.marks import NO_MINUTE, UNDATED
from dateline.ledger.questions import ANY_TIME, Circle, Sought, Stretch
from dateline.model import EventType, Order, Question

_PROBED = 2_000
"""The most rows counted of each word to find the rarest; words that have more are as good as each other."""

_ORDERS: dict[Order, str] = {
    "when": "e.first, e.last, e.minute, e.tie, e.start",
    "-when": f"e.width = {UNDATED}, e.first DESC, e.last DESC, e.minute DESC, e.tie, e.start",
    "published": "e.minute, e.tie, e.start",
    "-published": f"e.minute = {NO_MINUTE}, e.minute DESC, e.tie, e.start",
}


@dataclass
class Query:
    """An SQL query that grows by its parts, with the values that go into it."""

    text: str
    values: list[object] = field(default_factory=list)

    def add(self, text: str, *values: object) -> None:
        """Adds a part and its values."""
        self.text += text
        self.values += values

    def join(self, other: Query) -> None:
        """Adds another query's text and values."""
        self.add(other.text, *other.values)


def find_rows(database: sqlite3.Connection, question: Question, sought: Sought) -> tuple[int, list[int]]:
    """How many events answer a question, and the rows of one page of them in order."""
    found = _found(database, question, sought)
    page = Query(
        f"WITH found AS ({found.text}) SELECT e.row, (SELECT count(*) FROM found) FROM found e", [*found.values]
    )
    page.add(f" ORDER BY {_ORDERS[question.order]} LIMIT ? OFFSET ?", question.limit, question.offset)
    rows = database.execute(page.text, page.values).fetchall()
    if rows:
        return rows[0][1], [row for row, _ in rows]
    if question.offset == 0 and question.limit:
        return 0, []
    (total,) = database.execute(f"SELECT count(*) FROM ({found.text})", found.values).fetchone()
    return total, []


def find_happenings(
    database: sqlite3.Connection, limit: int, offset: int, asked: tuple[Question, Sought] | None
) -> tuple[str, ...]:
    """The ids of happenings in order of time; of those only that have an event which answers the question."""
    query = Query("SELECT id FROM happening")
    if asked is not None:
        found = _found(database, *asked)
        query.add(" WHERE id IN (SELECT happening FROM event WHERE happening IS NOT NULL AND row IN (SELECT row FROM (")
        query.join(found)
        query.add(")))")
    query.add(" ORDER BY first, id LIMIT ? OFFSET ?", limit, offset)
    return tuple(id for (id,) in database.execute(query.text, query.values))


def explain(database: sqlite3.Connection, question: Question, sought: Sought) -> list[str]:
    """How SQLite would look up the events that answer a question, step by step."""
    found = _found(database, question, sought)
    return [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {found.text}", found.values)]


def _found(database: sqlite3.Connection, question: Question, sought: Sought) -> Query:
    """The events that answer a question, as a query for their rows and what they are sorted by."""
    query = Query("SELECT e.row, e.width, e.first, e.last, e.minute, e.tie, e.start FROM ")
    driver = _driver(database, sought)
    query.join(_driven(database, question, sought, driver))
    query.add(" WHERE e.current")
    for slot, ways in sought.names.items():
        if slot != driver:
            query.join(_has_names(slot, ways))
    if sought.words is not None and driver != "words":
        query.add(" AND e.sentence IN (SELECT rowid FROM search WHERE search MATCH ?)", sought.words)
    if sought.publisher and driver != "publisher":
        query.add(" AND e.edition IN ")
        query.join(_printed(sought.publisher))
    _sift(query, question, sought)
    return query


def _driver(database: sqlite3.Connection, sought: Sought) -> str:
    """The part of a question that brings the fewest events: the slot of a name, or words, publisher, circle or time."""
    counts = {slot: _count(database, sought, slot) for slot in sought.names}
    rarest = min(counts, key=lambda slot: counts[slot], default=None)
    if rarest is not None and (counts[rarest] < _PROBED or sought.words is None):
        return rarest
    if sought.words is not None:
        return "words"
    if sought.publisher:
        return "publisher"
    return "circle" if sought.circle is not None else "time"


def _driven(database: sqlite3.Connection, question: Question, sought: Sought, driver: str) -> Query:
    """The events that one part of a question brings."""
    if driver == "words":
        query = Query("(SELECT rowid AS row FROM search WHERE search MATCH ?) f", [sought.words])
        query.add(" CROSS JOIN event e ON e.sentence = f.row AND e.current")
        return query
    if driver == "publisher":
        query = _printed(sought.publisher)
        query.add(" p CROSS JOIN event e ON e.edition = p.edition AND e.current")
        return query
    if driver == "circle" and sought.circle is not None:
        return _in_boxes(sought.circle)
    return _by_time(question, sought) if driver == "time" else _named(database, sought, driver)


def _named(database: sqlite3.Connection, sought: Sought, slot: str) -> Query:
    """The events that have a name in a slot, each once, within the time asked about."""
    query = Query("(")
    for nth, words in enumerate(sought.names[slot]):
        query.add(" UNION " if nth else "")
        query.join(_with_name(database, sought.stretch, slot, words))
    query.add(") n CROSS JOIN event e ON e.row = n.event")
    return query


def _with_name(database: sqlite3.Connection, stretch: Stretch | None, slot: str, words: tuple[str, ...]) -> Query:
    """The events that have a name with all the words in a slot: those of its rarest word, sifted by the others."""
    rarest = min(words, key=lambda word: _count_word(database, stretch, slot, word))
    windows = _windows(stretch)
    query = Query(f"SELECT DISTINCT a.event FROM (VALUES {windows.text}) w CROSS JOIN mark a", windows.values)
    query.add(" WHERE a.slot = ? AND a.word = ? AND a.width = w.column1", slot, rarest)
    query.add(" AND a.first BETWEEN w.column2 AND w.column3 AND a.last >= ?", stretch.first if stretch else 0)
    in_one_name(query, slot, [word for word in words if word != rarest])
    return query


def in_one_name(query: Query, slot: str, words: Iterable[str]) -> None:
    """Adds that the name of the mark ``a`` has these other words too."""
    for word in words:
        query.add(" AND EXISTS (SELECT 1 FROM mark b WHERE b.slot = ? AND b.word = ?", slot, word)
        query.add(" AND b.width = a.width AND b.first = a.first AND b.event = a.event AND b.nth = a.nth)")


def in_one_voice(query: Query, words: Iterable[str]) -> None:
    """Adds that the speaker's name of the voice ``a`` has these other words too."""
    for word in words:
        query.add(" AND EXISTS (SELECT 1 FROM voice b WHERE b.word = ? AND b.minute = a.minute", word)
        query.add(" AND b.statement = a.statement AND b.nth = a.nth)")


def _windows(stretch: Stretch | None) -> Query:
    """The rows of width class, earliest and latest first day that answers may have."""
    windows = stretch.windows() if stretch else ANY_TIME
    query = Query(", ".join("(?, ?, ?)" for _ in windows))
    query.values += [number for window in windows for number in window]
    return query


def _count(database: sqlite3.Connection, sought: Sought, slot: str) -> int:
    """About how many events a name in a slot brings: as many as its rarest word, up to what is worth counting."""
    return sum(min(_count_word(database, sought.stretch, slot, word) for word in words) for words in sought.names[slot])


def _count_word(database: sqlite3.Connection, stretch: Stretch | None, slot: str, word: str) -> int:
    windows = _windows(stretch)
    query = (
        f"SELECT count(*) FROM (SELECT 1 FROM (VALUES {windows.text}) w CROSS JOIN mark a"
        " WHERE a.slot = ? AND a.word = ? AND a.width = w.column1 AND a.first BETWEEN w.column2 AND w.column3 LIMIT ?)"
    )
    return int(database.execute(query, (*windows.values, slot, word, _PROBED)).fetchone()[0])


def _has_names(slot: str, ways: tuple[tuple[str, ...], ...]) -> Query:
    """Whether an event at hand is found in a slot in one of several ways."""
    query = Query(" AND (")
    for nth, words in enumerate(ways):
        query.add(" OR " if nth else "")
        query.join(_has_name(slot, words))
    query.add(")")
    return query


def _has_name(slot: str, words: tuple[str, ...]) -> Query:
    """Whether an event at hand has a name with all the words in a slot."""
    names = [f"m{nth}" for nth in range(len(words))]
    query = Query(f"EXISTS (SELECT 1 FROM {' CROSS JOIN '.join(f'mark {name}' for name in names)} WHERE m0.nth >= 0")
    for name, word in zip(names, words, strict=True):
        query.add(f" AND {name}.slot = ? AND {name}.word = ? AND {name}.width = e.width", slot, word)
        query.add(f" AND {name}.first = e.first AND {name}.event = e.row AND {name}.nth = m0.nth")
    query.add(")")
    return query


def _printed(words: tuple[str, ...]) -> Query:
    """The editions of a publisher."""
    each = " INTERSECT ".join("SELECT edition FROM masthead WHERE word = ?" for _ in words)
    return Query(f"({each})", list(words))


def _by_time(question: Question, sought: Sought) -> Query:
    """The events of a type and of a time, or of any."""
    windows = _windows(sought.stretch)
    types = (question.type,) if question.type else get_args(EventType)
    query = Query(f"(VALUES {', '.join('(?)' for _ in types)}) t CROSS JOIN (VALUES {windows.text}) w", [*types])
    query.values += windows.values
    query.add(
        " CROSS JOIN event e INDEXED BY event_time ON e.type = t.column1 AND e.width = w.column1"
        " AND e.first BETWEEN w.column2 AND w.column3"
    )
    return query


def _sift(query: Query, question: Question, sought: Sought) -> None:
    """Adds what the event itself must be like; a plus keeps a column from driving the query."""
    if question.type:
        query.add(" AND +e.type = ?", question.type)
    if question.status:
        query.add(" AND e.status = ?", question.status)
    if question.main:
        query.add(" AND e.main")
    if sought.stretch is not None:
        stretch = sought.stretch
        query.add(" AND +e.first <= ? AND +e.last >= ?", stretch.last, stretch.first)
        query.add(" AND e.last - e.first < ?", stretch.longest)
    if sought.circle is not None:
        circle = sought.circle
        query.add(" AND distance(e.lat, e.lon, ?, ?) <= ?", circle.lat, circle.lon, circle.km)


def _in_boxes(circle: Circle) -> Query:
    """The events in the boxes about a circle, and some in their corners that lie outside it."""
    query = Query("(")
    for nth, box in enumerate(circle.boxes()):
        query.add(" UNION ALL " if nth else "")
        query.add("SELECT row FROM event INDEXED BY event_spot WHERE current AND lat IS NOT NULL")
        query.add(" AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?", *box)
    query.add(") b CROSS JOIN event e ON e.row = b.row")
    return query


def find_quotes(
    database: sqlite3.Connection, who: tuple[str, ...], words: str | None, limit: int, offset: int
) -> list[int]:
    """The rows of the statements of a speaker, or with words, or of all, in order of publication."""
    query = Query("SELECT q.row FROM ")
    if who:
        query.add("(SELECT DISTINCT a.statement FROM voice a WHERE a.word = ?", who[0])
        in_one_voice(query, who[1:])
        query.add(") n CROSS JOIN statement q ON q.row = n.statement WHERE q.current")
    elif words is not None:
        query.add("(SELECT rowid AS row FROM search WHERE search MATCH ?) f", words)
        query.add(" CROSS JOIN statement q ON q.sentence = f.row WHERE q.current")
    else:
        query.add("statement q WHERE q.current")
    if who and words is not None:
        query.add(" AND q.sentence IN (SELECT rowid FROM search WHERE search MATCH ?)", words)
    query.add(" ORDER BY q.minute, q.tie, q.start, q.id LIMIT ? OFFSET ?", limit, offset)
    return [row for (row,) in database.execute(query.text, query.values)]
