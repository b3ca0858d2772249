"""Finds the first happenings that answer a question by walking along time, where too many events answer to sort them.

"All that happened, in order" has as many answers as the ledger has events; but the first fifty of them stand at the
beginning. So where a question has many answers, happenings are asked one by one in the order of time whether one of
their events answers, until the page is full. Where that takes too long after all (a name that is heard of only in the
last of forty years), the answers are gathered and sorted as those of any other question.

A question about a time is walked otherwise: along the events of that time, from its first day on. What it finds stands
in the order in which that of it happened which answers: a happening that began in the spring stands in a list of
September where September tells of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from heapq import merge
from operator import itemgetter
from typing import get_args

from dateline.ledger import asking
from dateline.ledger.asking import Query
from dateline.ledger.questions import Sought
from dateline.model import EventType, Question

FEW = 4_000
"""So many events are gathered and sorted; where a part of a question brings more, happenings are walked along."""

FEW_DATED = 2_000
"""The same where a time is asked about."""

MANY = 20_000
"""So far is counted what a part of a question brings. Words that more sentences have are looked up one by one."""

STEPS = 800_000
"""The most steps of SQLite's machine that a walk may take: about a tenth of a second."""

PACE = 15
"""The steps that a walk may take for each event that would be gathered instead."""

A_REPORT = 20
"""About so many events has a report."""

_TICK = 10_000


def find_happenings(
    database: sqlite3.Connection, limit: int, offset: int, asked: tuple[Question, Sought] | None
) -> tuple[str, ...]:
    """The ids of happenings in order of time; of those only that have an event which answers the question."""
    if asked is None:
        return asking.find_happenings(database, limit, offset, None)
    question, sought = asked
    if sought.stretch is not None:
        return _find_within(database, limit, offset, question, sought)
    brought = count_brought(database, question, sought, asking._driver(database, sought))
    if brought > FEW and (sought.words is None or brought >= MANY):
        walked = _walk(database, limit, offset, question, sought, STEPS if brought >= MANY else PACE * brought)
        if walked is not None:
            return walked
    return asking.find_happenings(database, limit, offset, asked)


def count_brought(database: sqlite3.Connection, question: Question, sought: Sought, driver: str) -> int:
    """About how many events one part of a question brings, counted up to ``MANY``."""
    if driver == "words":
        return count_words(database, sought.words or "")
    if driver == "publisher":
        printed = asking._printed(sought.publisher)
        return A_REPORT * _count(database, Query(f"SELECT 1 FROM {printed.text}", printed.values))
    if driver == "circle" and sought.circle is not None:
        boxes = asking._in_boxes(sought.circle)
        return _count(database, Query(f"SELECT 1 FROM {boxes.text}", boxes.values))
    if driver == "time":
        query = "SELECT 1 FROM event INDEXED BY event_time WHERE current AND type = ?"
        return _count(database, Query(query, [question.type])) if question.type else MANY
    query = "SELECT 1 FROM mark WHERE slot = ? AND word = ?"
    ways = sought.names[driver]
    return sum(min(_count(database, Query(query, [driver, word])) for word in words) for words in ways)


def count_words(database: sqlite3.Connection, words: str) -> int:
    """How many sentences have these words, counted up to ``MANY``."""
    return _count(database, Query("SELECT 1 FROM search WHERE search MATCH ?", [words]))


def _count(database: sqlite3.Connection, query: Query) -> int:
    return int(database.execute(f"SELECT count(*) FROM ({query.text} LIMIT {MANY})", query.values).fetchone()[0])


def _walk(
    database: sqlite3.Connection, limit: int, offset: int, question: Question, sought: Sought, steps: int
) -> tuple[str, ...] | None:
    """The ids of one page of happenings; None where they lie too far along."""
    query = Query(
        "SELECT h.id FROM happening h WHERE EXISTS (SELECT 1 FROM event e WHERE e.happening = h.id AND e.current"
    )
    sift(query, question, sought)
    query.add(") ORDER BY h.first, h.id LIMIT ? OFFSET ?", limit, offset)
    try:
        with patient(database, steps):
            return tuple(id for (id,) in database.execute(query.text, query.values))
    except Impatient:
        return None


def sift(query: Query, question: Question, sought: Sought, *, but: str | None = None) -> None:
    """Adds what an event at hand must be like, by all parts of the question but one that is seen to already."""
    for slot, ways in sought.names.items():
        if slot != but:
            query.join(asking._has_names(slot, ways))
    if sought.words is not None and but != "words":
        query.add(" AND EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND rowid = e.sentence)", sought.words)
    for word in sought.publisher:
        query.add(" AND EXISTS (SELECT 1 FROM masthead p WHERE p.word = ? AND p.edition = e.edition)", word)
    asking._sift(query, question, sought)


# Within a time

Told = tuple[int, str]
"""The first day of an event, and its happening."""


def _find_within(
    database: sqlite3.Connection, limit: int, offset: int, question: Question, sought: Sought
) -> tuple[str, ...]:
    """The ids of happenings in the order in which those of their events that answer happened."""
    driver = asking._driver(database, sought)
    if driver in ("words", "publisher", "circle"):
        many = count_brought(database, question, sought, driver) > FEW
    else:
        many = driver == "time" or asking._count(database, sought, driver) >= FEW_DATED
    if many:
        try:
            with patient(database, STEPS):
                return _first_told(_stream(database, question, sought, driver), limit, offset)
        except Impatient:
            pass
    found = asking._found(database, question, sought)
    query = Query(f"SELECT e.happening FROM ({found.text}", [*found.values])
    query.add(") f CROSS JOIN event e ON e.row = f.row WHERE e.happening IS NOT NULL")
    query.add(" GROUP BY e.happening ORDER BY min(e.first), e.happening LIMIT ? OFFSET ?", limit, offset)
    return tuple(id for (id,) in database.execute(query.text, query.values))


def _first_told(told: Iterator[Told], limit: int, offset: int) -> tuple[str, ...]:
    """One page of the happenings, each where it is first told of; those of one day by their ids."""
    found: dict[str, None] = {}
    same: set[str] = set()
    day = None
    for first, happening in told:
        if first != day:
            found.update(dict.fromkeys(sorted(same - found.keys())))
            if len(found) >= offset + limit:
                break
            day, same = first, set()
        same.add(happening)
    else:
        found.update(dict.fromkeys(sorted(same - found.keys())))
    return tuple(found)[offset : offset + limit]


def _stream(database: sqlite3.Connection, question: Question, sought: Sought, driver: str) -> Iterator[Told]:
    """The events that answer, in the order of their first days: what the indexes hold in that order, merged."""
    queries = (
        [each for words in sought.names[driver] for each in _named(database, question, sought, driver, words)]
        if driver in sought.names
        else list(_dated(question, sought))
    )
    return merge(*(iter(database.execute(query.text, query.values)) for query in queries), key=itemgetter(0))


def _named(
    database: sqlite3.Connection, question: Question, sought: Sought, slot: str, words: tuple[str, ...]
) -> Iterator[Query]:
    """For each width class the events of the time that have a name with all the words in a slot."""
    assert sought.stretch is not None  # noqa: S101
    rarest = min(words, key=lambda word: asking._count_word(database, sought.stretch, slot, word))
    for width, first, last in sought.stretch.windows():
        query = Query("SELECT a.first, e.happening FROM mark a CROSS JOIN event e ON e.row = a.event")
        query.add(" WHERE a.slot = ? AND a.word = ? AND a.width = ?", slot, rarest, width)
        query.add(" AND a.first BETWEEN ? AND ? AND a.last >= ?", first, last, sought.stretch.first)
        for word in words:
            if word != rarest:
                query.add(" AND EXISTS (SELECT 1 FROM mark b WHERE b.slot = ? AND b.word = ?", slot, word)
                query.add(" AND b.width = a.width AND b.first = a.first AND b.event = a.event AND b.nth = a.nth)")
        query.add(" AND e.current AND e.happening IS NOT NULL")
        sift(query, question, sought, but=slot)
        query.add(" ORDER BY a.first")
        yield query


def _dated(question: Question, sought: Sought) -> Iterator[Query]:
    """For each type and width class the events of the time."""
    assert sought.stretch is not None  # noqa: S101
    for kind in (question.type,) if question.type else get_args(EventType):
        for width, first, last in sought.stretch.windows():
            query = Query("SELECT e.first, e.happening FROM event e INDEXED BY event_time")
            query.add(" WHERE e.current AND e.type = ? AND e.width = ?", kind, width)
            query.add(" AND e.first BETWEEN ? AND ? AND e.happening IS NOT NULL", first, last)
            sift(query, question, sought)
            query.add(" ORDER BY e.first")
            yield query


# Patience


class Impatient(Exception):
    """What was asked of SQLite took more steps than it may."""


@contextmanager
def patient(database: sqlite3.Connection, steps: int) -> Iterator[None]:
    """Lets SQLite take about so many steps; raises Impatient where it needs more."""
    left = max(1, steps // _TICK)

    def tick() -> bool:
        nonlocal left
        left -= 1
        return left <= 0

    database.set_progress_handler(tick, min(_TICK, steps))
    try:
        yield
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise Impatient from None
        raise
    finally:
        database.set_progress_handler(None, 0)
