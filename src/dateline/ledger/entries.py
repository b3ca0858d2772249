"""Rows of the tables as what the ledger gives out: entries, quotes, editions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from dateline.ledger.corrections import REJECTED, corrected, corrections_of
from dateline.ledger.marks import sound
from dateline.ledger.packing import unpack_event, unpack_statement
from dateline.ledger.tables import chunks, marks_for
from dateline.ledger.values import line_of, maybe_text, span_of, text
from dateline.model import Edition, Entry, Quote, Refused

LINE = "d.report, d.id, d.headline, d.publisher, d.published, d.origin"
"""The columns of a ReportLine, of an edition ``d``."""

_ENTRY = (
    f"SELECT e.row, e.id, e.happening, {LINE}, e.json, s.start, s.end, s.words"
    " FROM event e JOIN edition d ON d.row = e.edition JOIN sentence s ON s.row = e.sentence"
)
_QUOTE = (
    f"SELECT q.row, q.id, {LINE}, q.json, s.start, s.end, s.words"
    " FROM statement q JOIN edition d ON d.row = q.edition JOIN sentence s ON s.row = q.sentence"
)


def entries_of_rows(database: sqlite3.Connection, rows: Sequence[int]) -> tuple[Entry, ...]:
    """The entries in these rows, in order."""
    return _entries(database, "row", rows)


def entries_of_ids(database: sqlite3.Connection, ids: Iterable[str]) -> tuple[Entry, ...]:
    """The entries of these ids, in order and each once; what is unknown is left out."""
    return _entries(database, "id", [sound(id) for id in ids])


def entries_of_edition(database: sqlite3.Connection, edition: int, *, rejected: bool) -> tuple[Entry, ...]:
    """The entries of an edition in the order of its text; with those that somebody has rejected, or without."""
    rows = database.execute("SELECT row FROM event WHERE edition = ? ORDER BY start, id", (edition,))
    found = _entries(database, "row", [row for (row,) in rows.fetchall()])
    return found if rejected else tuple(entry for entry in found if REJECTED not in entry.corrected)


def _entries(database: sqlite3.Connection, column: str, keys: Iterable[int | str]) -> tuple[Entry, ...]:
    wanted = dict.fromkeys(keys)
    found: dict[int | str, tuple[Any, ...]] = {}
    for some in chunks(wanted):
        for row in database.execute(f"{_ENTRY} WHERE e.{column} IN ({marks_for(some)})", some):
            found[row[0] if column == "row" else row[1]] = row
    changes = corrections_of(database, [row[1] for row in found.values()])
    return tuple(_entry(found[key], changes.get(found[key][1], {})) for key in wanted if key in found)


def _entry(row: tuple[Any, ...], changes: dict[str, str]) -> Entry:
    _, id, happening, *line, json, start, end, words = row
    event = corrected(unpack_event(json), changes)
    where, said = span_of(start, end), text(words)
    return Entry(text(id), maybe_text(happening), line_of(line), event, where, said, tuple(changes))


def quotes_of_rows(database: sqlite3.Connection, rows: Sequence[int]) -> tuple[Quote, ...]:
    """The quotes in these rows, in order."""
    found = {}
    for some in chunks(rows):
        for row in database.execute(f"{_QUOTE} WHERE q.row IN ({marks_for(some)})", some):
            _, id, *line, json, start, end, words = row
            statement, where = unpack_statement(json), span_of(start, end)
            found[row[0]] = Quote(text(id), line_of(line), statement, where, text(words))
    return tuple(found[row] for row in rows if row in found)


def editions(database: sqlite3.Connection, report: str | None) -> tuple[Edition, ...]:
    """The editions of a report, or of all, in the order in which they were added."""
    chosen, values = ("WHERE d.report = ?", (sound(report),)) if report is not None else ("", ())
    query = f"SELECT {LINE}, d.added, d.current FROM edition d {chosen} ORDER BY d.row"
    rows = database.execute(query, values)
    return tuple(Edition(text(row[1]), line_of(row[:6]), text(row[6]), bool(row[7])) for row in rows)


def came_of(database: sqlite3.Connection, digests: Iterable[str]) -> tuple[tuple[Edition, ...], tuple[Refused, ...]]:
    """The editions that the pages of these digests are, and the refusals of those that could not be read; in order."""
    wanted = list(dict.fromkeys(digests))
    taken: dict[str, Edition] = {}
    refused: dict[str, Refused] = {}
    for some in chunks(wanted):
        marks = marks_for(some)
        query = f"SELECT p.digest, {LINE}, d.added, d.current FROM page p JOIN edition d ON d.row = p.edition"
        for digest, *row in database.execute(f"{query} WHERE p.digest IN ({marks})", some):
            taken[digest] = Edition(text(row[1]), line_of(row[:6]), text(row[6]), bool(row[7]))
        query = f"SELECT digest, origin, what, todo, at FROM refusal WHERE digest IN ({marks})"
        refused.update((row[0], Refused(*map(text, row))) for row in database.execute(query, some))
    editions = {taken[digest].id: taken[digest] for digest in wanted if digest in taken}
    return tuple(editions.values()), tuple(refused[digest] for digest in wanted if digest in refused)
