"""Looks words up at a cost that does not grow with the ledger: the sentences added last that have them."""

from __future__ import annotations

import sqlite3

from dateline.ledger.entries import entries_of_rows, quotes_of_rows
from dateline.ledger.tables import marks_for
from dateline.ledger.values import line_of, span_of, text
from dateline.model import Entry, Hit, Quote, Span

Where = tuple[str, Span]
"""An edition, and a sentence of it."""

_SENTENCES = (
    "SELECT s.row, d.report, d.id, d.headline, d.publisher, d.published, d.origin, s.start, s.end, s.words"
    " FROM (SELECT rowid AS row FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?) f"
    " JOIN sentence s ON s.row = f.row JOIN edition d ON d.row = s.edition ORDER BY s.row DESC"
)


def find_hits(database: sqlite3.Connection, words: str, limit: int, offset: int) -> tuple[Hit, ...]:
    """The sentences that have these words, those added last first, with the events and statements in each."""
    rows = database.execute(_SENTENCES, (words, limit, offset)).fetchall()
    events = _by_sentence(database, "event", [row[0] for row in rows])
    statements = _by_sentence(database, "statement", [row[0] for row in rows])
    entries = entries_of_rows(database, [row for some in events.values() for row in some])
    quotes = quotes_of_rows(database, [row for some in statements.values() for row in some])
    told: dict[Where, list[Entry]] = {}
    for entry in entries:
        told.setdefault((entry.report.edition, entry.sentence), []).append(entry)
    said: dict[Where, list[Quote]] = {}
    for quote in quotes:
        said.setdefault((quote.report.edition, quote.sentence), []).append(quote)
    found = []
    for _, *line, start, end, printed in rows:
        at = (line[1], span_of(start, end))
        found.append(Hit(line_of(line), at[1], text(printed), tuple(told.get(at, ())), tuple(said.get(at, ()))))
    return tuple(found)


def _by_sentence(database: sqlite3.Connection, table: str, sentences: list[int]) -> dict[int, list[int]]:
    """The rows of the current events or statements of sentences, by sentence, in the order of the text."""
    found: dict[int, list[int]] = {}
    if sentences:
        query = (
            f"SELECT sentence, row FROM {table} WHERE sentence IN ({marks_for(sentences)}) AND current ORDER BY start"
        )
        for sentence, row in database.execute(query, sentences):
            found.setdefault(sentence, []).append(row)
    return found
