"""Finds the first happenings that answer a question by walking along time, where too many events answer to sort them.

"All that happened, in order" has as many answers as the ledger has events; but the first fifty of them stand at the
beginning. So where a question has many answers, happenings are asked one by one in the order of time whether one of
their events answers, until the page is full. Where that takes too long after all (a name that is heard of only in the
last of forty years), the answers are gathered and sorted as those of any other question.
"""

from __future__ import annotations

import sqlite3

from dateline.ledger import asking
from dateline.ledger.asking import Query
from dateline.ledger.questions import Sought
from dateline.model import Question

MANY = 3_000
"""So many events that answer are gathered and sorted at once; where there are more, happenings are walked along."""

MANY_WORDS = 20_000
"""The same where words are asked for: to look them up in one sentence costs more than to sort what has them."""

STEPS = 1_500_000
"""The most steps of SQLite's machine that a walk may take: about a tenth of a second."""


def find_happenings(
    database: sqlite3.Connection, limit: int, offset: int, asked: tuple[Question, Sought] | None
) -> tuple[str, ...]:
    """The ids of happenings in order of time; of those only that have an event which answers the question."""
    if asked is not None and asked[1].stretch is None and _has_many(database, *asked):
        walked = _walk(database, limit, offset, *asked)
        if walked is not None:
            return walked
    return asking.find_happenings(database, limit, offset, asked)


def _has_many(database: sqlite3.Connection, question: Question, sought: Sought) -> bool:
    many = MANY if sought.words is None else MANY_WORDS
    found = asking._found(database, question, sought)
    query = f"SELECT count(*) FROM (SELECT 1 FROM ({found.text}) LIMIT ?)"
    return bool(database.execute(query, (*found.values, many)).fetchone()[0] >= many)


def _walk(
    database: sqlite3.Connection, limit: int, offset: int, question: Question, sought: Sought
) -> tuple[str, ...] | None:
    """The ids of one page of happenings; None where they lie too far along."""
    query = Query(
        "SELECT h.id FROM happening h WHERE EXISTS (SELECT 1 FROM event e WHERE e.happening = h.id AND e.current"
    )
    for slot, ways in sought.names.items():
        query.join(asking._has_names(slot, ways))
    if sought.words is not None:
        query.add(" AND EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND rowid = e.sentence)", sought.words)
    for word in sought.publisher:
        query.add(" AND EXISTS (SELECT 1 FROM masthead p WHERE p.word = ? AND p.edition = e.edition)", word)
    asking._sift(query, question, sought)
    query.add(") ORDER BY h.first, h.id LIMIT ? OFFSET ?", limit, offset)
    database.set_progress_handler(lambda: 1, STEPS)
    try:
        return tuple(id for (id,) in database.execute(query.text, query.values))
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            return None
        raise
    finally:
        database.set_progress_handler(None, 0)
