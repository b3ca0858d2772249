"""Finds the first happenings that answer a question by walking along time, where too many events answer to sort them.

Happenings stand in the order in which that of them happened which answers: one that began in the spring stands in a
list of September where September tells of it. "All that happened, in order" has as many answers as the ledger has
events; but the first fifty of them stand at the beginning. So where a question has many answers, the indexes are read
in the order of their first days, and left as soon as a page is full: those of a name where one is asked for, else those
of all events, stretch by stretch. Where that takes too long after all (a name that is everywhere, with a status that is
nowhere), the answers are gathered and sorted as those of any other question.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from heapq import merge
from typing import get_args

from dateline.ledger import asking
from dateline.ledger.asking import Query
from dateline.ledger.marks import NEVER, UNDATED
from dateline.ledger.questions import ANY_TIME, Sought
from dateline.model import EventType, Question

FEW = 4_000
"""So many events are gathered and sorted; where a part of a question brings more, the indexes are walked along."""

FEW_NAMED = 2_000
"""The same where a name brings the fewest."""

MANY = 20_000
"""So far is counted what a part of a question brings."""

AT_ONCE = 1_000
"""So many sentences that have the words are fetched at once."""

STEPS = 1_500_000
"""The most steps of SQLite's machine that a walk may take: about a tenth of a second."""

A_REPORT = 20
"""About so many events has a report."""

_TICK = 10_000

AT_FIRST, AT_MOST = 500, 8_000
"""Time is gone along in stretches in which so many happenings begin."""

Window = tuple[int, int, int]
"""A width class, and the days that an event of it may begin on."""

Told = tuple[int, int, str]
"""The first day of an event, its row, and its happening."""


def find_happenings(
    database: sqlite3.Connection, limit: int, offset: int, asked: tuple[Question, Sought] | None
) -> tuple[str, ...]:
    """The ids of happenings in order of time; of those only that have an event which answers the question."""
    if asked is None:
        return asking.find_happenings(database, limit, offset, None)
    question, sought = asked
    driver = asking._driver(database, sought)
    if driver in sought.names:
        many = asking._count(database, sought, driver) >= FEW_NAMED
    else:
        many = driver == "time" or count_brought(database, question, sought, driver) > FEW
    if many:
        try:
            with patient(database, STEPS):
                return _first_told(_stream(database, question, sought, driver), limit, offset)
        except Impatient:
            pass
    found = asking._found(database, question, sought)
    query = Query(f"SELECT e.happening FROM ({found.text}", [*found.values])
    query.add(") f CROSS JOIN event e ON e.row = f.row WHERE e.happening IS NOT NULL")
    query.add(" GROUP BY e.happening ORDER BY min((e.first << 38) + e.row) LIMIT ? OFFSET ?", limit, offset)
    return tuple(id for (id,) in database.execute(query.text, query.values))


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


def sift(query: Query, question: Question, sought: Sought, *, but: str | None = None, chosen: bool = False) -> None:
    """Adds what an event at hand must be like, by all parts of the question but one that is seen to already.

    ``chosen`` says that this is within ``choosing``.
    """
    for slot, ways in sought.names.items():
        if slot != but:
            query.join(asking._has_names(slot, ways))
    for word in sought.publisher:
        query.add(" AND EXISTS (SELECT 1 FROM masthead p WHERE p.word = ? AND p.edition = e.edition)", word)
    asking._sift(query, question, sought)
    if sought.words is None or but == "words":
        return
    if chosen:
        query.add(" AND chosen(e.sentence)")
    else:
        query.add(" AND EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND rowid = e.sentence)", sought.words)


class Having:
    """The sentences that have some words, fetched in order of their rows as far as they are asked for.

    Reports are mostly added as time goes on, so that the events of the first days stand in the first sentences: a page
    of them needs few of all that a common word brings. SQLite tells of no error in what it asks but that there was
    one: ``failure`` keeps it.
    """

    def __init__(self, database: sqlite3.Connection, words: str) -> None:
        self._database, self._words = database, words
        self._rows: sqlite3.Cursor | None = None
        self._found: set[int] = set()
        self._reached = -1
        self.failure: sqlite3.Error | None = None

    def __contains__(self, sentence: int) -> bool:
        if self._reached < sentence:
            try:
                self._fetch(sentence)
            except sqlite3.Error as error:
                self.failure = error
                raise
        return sentence in self._found

    def _fetch(self, sentence: int) -> None:
        if self._rows is None:
            query = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid"
            self._rows = self._database.execute(query, (self._words,))
        while self._reached < sentence:
            fetched = [row for (row,) in self._rows.fetchmany(AT_ONCE)]
            self._found.update(fetched)
            self._reached = fetched[-1] if len(fetched) == AT_ONCE else sys.maxsize

    def close(self) -> None:
        """Ends the fetching; SQLite lets no function be made anew while a query goes on, and keeps the last."""
        if self._rows is not None:
            self._rows.close()
        self._found.clear()


@contextmanager
def choosing(database: sqlite3.Connection, words: str | None) -> Iterator[bool]:
    """Lets queries ask ``chosen(sentence)`` whether a sentence has the words; False where no words are asked for."""
    if words is None:
        yield False
        return
    having = Having(database, words)
    database.create_function("chosen", 1, having.__contains__)
    try:
        yield True
    except sqlite3.OperationalError as error:
        if having.failure is not None:
            raise having.failure from None
        if "user-defined function" in str(error):  # It raises nothing else: this was Ctrl-C.
            raise KeyboardInterrupt from None
        raise
    finally:
        having.close()


def _first_told(told: Iterator[Told], limit: int, offset: int) -> tuple[str, ...]:
    """One page of the happenings, each where it is first told of."""
    found: dict[str, None] = {}
    if limit:
        for _, _, happening in told:
            found[happening] = None
            if len(found) >= offset + limit:
                break
    return tuple(found)[offset : offset + limit]


def _stream(database: sqlite3.Connection, question: Question, sought: Sought, driver: str) -> Iterator[Told]:
    """The events that answer, in the order of their first days and rows; those without a day after all others.

    Of a name the indexes hold them in that order; else time is gone along stretch by stretch.
    """
    with choosing(database, sought.words) as chosen:
        yield from _walked(database, question, sought, driver, chosen)


def _walked(
    database: sqlite3.Connection, question: Question, sought: Sought, driver: str, chosen: bool
) -> Iterator[Told]:
    windows = sought.stretch.windows() if sought.stretch else ANY_TIME
    dated = [window for window in windows if window[0] != UNDATED]
    undated = [window for window in windows if window[0] == UNDATED]
    if driver == "words" and sought.names:
        driver = min(sought.names, key=lambda slot: asking._count(database, sought, slot))
    if driver not in sought.names:
        yield from _of_time(database, question, sought, dated, chosen)
        if undated:
            yield from _of_no_time(database, question, sought, chosen)
        return
    for some in (dated, undated):
        queries = [
            each
            for words in sought.names[driver]
            for each in _named(database, question, sought, driver, words, some, chosen)
        ]
        yield from merge(*(iter(database.execute(query.text, query.values)) for query in queries))


def _named(
    database: sqlite3.Connection, question: Question, sought: Sought, slot: str, words: tuple[str, ...],
    windows: list[Window], chosen: bool,
) -> Iterator[Query]:  # fmt: skip
    """For each width class the events of a time that have a name with all the words in a slot."""
    rarest = min(words, key=lambda word: asking._count_word(database, sought.stretch, slot, word))
    for width, first, last in windows:
        query = Query("SELECT a.first, a.event, e.happening FROM mark a CROSS JOIN event e ON e.row = a.event")
        query.add(" WHERE a.slot = ? AND a.word = ? AND a.width = ?", slot, rarest, width)
        query.add(" AND a.first BETWEEN ? AND ?", first, last)
        asking.in_one_name(query, slot, [word for word in words if word != rarest])
        query.add(" AND e.current AND e.happening IS NOT NULL")
        sift(query, question, sought, but=slot, chosen=chosen)
        query.add(" ORDER BY a.first, a.event")
        yield query


def _of_time(
    database: sqlite3.Connection, question: Question, sought: Sought, windows: list[Window], chosen: bool
) -> Iterator[Told]:
    """The events that answer and have a day, from stretch to stretch: each begins about twice as many happenings."""
    types = (question.type,) if question.type else get_args(EventType)
    begin, end = min(window[1] for window in windows), min(max(window[2] for window in windows), NEVER - 1)
    for start, stop in _stretches(database, begin, end):
        some = [(width, max(first, start), min(last, stop)) for width, first, last in windows]
        some = [window for window in some if window[1] <= window[2]]
        if not some:
            continue
        query = Query(f"SELECT e.first, e.row, e.happening FROM (VALUES {_rows(types, 1)}) t", [*types])
        query.add(f" CROSS JOIN (VALUES {_rows(some, 3)}) w", *(number for window in some for number in window))
        query.add(" CROSS JOIN event e INDEXED BY event_time ON e.type = t.column1 AND e.width = w.column1")
        query.add(" AND e.first BETWEEN w.column2 AND w.column3 WHERE e.current AND e.happening IS NOT NULL")
        sift(query, question, sought, chosen=chosen)
        query.add(" ORDER BY e.first, e.row")
        yield from database.execute(query.text, query.values)


def _rows(some: Sequence[object], width: int) -> str:
    return ", ".join(f"({', '.join('?' * width)})" for _ in some)


def _stretches(database: sqlite3.Connection, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of days from one to another, the longer the fewer happenings begin in them."""
    query = "SELECT first FROM happening WHERE first BETWEEN ? AND ? ORDER BY first LIMIT 1 OFFSET ?"
    size = AT_FIRST
    while begin <= end:
        found = database.execute(query, (begin, end, size)).fetchone()
        stop = found[0] if found else end
        yield begin, stop
        begin, size = stop + 1, min(2 * size, AT_MOST)


def _of_no_time(database: sqlite3.Connection, question: Question, sought: Sought, chosen: bool) -> Iterator[Told]:
    """The events that answer and have no day, in the order in which they were added."""
    (last,) = database.execute("SELECT max(row) FROM event").fetchone()
    row, size = 0, AT_FIRST
    while row < (last or 0):
        query = Query(
            "SELECT e.first, e.row, e.happening FROM event e WHERE e.row > ? AND e.row <= ?", [row, row + size]
        )
        query.add(" AND e.width = ? AND e.current AND e.happening IS NOT NULL", UNDATED)
        sift(query, question, sought, chosen=chosen)
        query.add(" ORDER BY e.row")
        yield from database.execute(query.text, query.values)
        row, size = row + size, min(2 * size, AT_MOST)


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
        if left <= 0:
            raise Impatient from None
        if "interrupted" in str(error):  # Nothing else does that: Ctrl-C came while SQLite ticked.
            raise KeyboardInterrupt from None
        raise
    finally:
        database.set_progress_handler(None, 0)
