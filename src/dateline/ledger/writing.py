"""Puts readings into the tables, and takes out of them what a newer reading or edition has made old."""

from __future__ import annotations

import hashlib
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from dateline.ledger.actors import actor_cells
from dateline.ledger.batch import Batch
from dateline.ledger.corrections import REJECTED, corrected, corrections_of
from dateline.ledger.happenings import refresh
from dateline.ledger.marks import NO_MINUTE, Marks, key_words, marks_of, minute_of, voices_of
from dateline.ledger.packing import pack, pack_reading, unpack_event, unpack_reading, unpack_report, unpack_statement
from dateline.ledger.tables import unpack_numbers
from dateline.ledger.values import Unsound
from dateline.model import (
    Entry,
    Event,
    Reading,
    Refused,
    Report,
    Span,
    Statement,
    Taken,
    edition_id,
    event_id,
    statement_id,
)


class Ready(Struct, frozen=True):
    """A reading made ready to be written, so that the transaction is short.

    ``tie`` decides between reports of the same minute: always the same way, whichever was added first.
    """

    digest: str
    edition: str
    tie: int
    reading: Reading
    packed: bytes
    events: dict[str, tuple[Event, bytes]]
    statements: dict[str, tuple[Statement, bytes]]

    @classmethod
    def of(cls, digest: str, reading: Reading) -> Ready:
        """The reading with its ids computed and all of it packed; UnicodeEncodeError where it cannot be kept.

        Of two events with the same trigger the first is kept, for their ids are one.
        """
        edition = edition_id(reading.report.id, reading.text)
        events = {event_id(edition, event.trigger): event for event in reversed(reading.events)}
        statements = {statement_id(edition, statement): statement for statement in reversed(reading.statements)}
        return cls(
            digest,
            edition,
            int.from_bytes(hashlib.sha256(edition.encode()).digest()[:6]),
            reading,
            pack_reading(reading),
            {id: (event, pack(event)) for id, event in reversed(events.items())},
            {id: (statement, pack(statement)) for id, statement in reversed(statements.items())},
        )


def ready_or_refused(taken: Taken, at: str) -> Ready | Refused:
    """The reading made ready; or its refusal, where it holds what no file can."""
    try:
        return Ready.of(taken.digest, taken.reading)
    except UnicodeEncodeError:
        origin = taken.reading.report.origin or taken.digest
        what, todo = "its text holds half of a character", "Save the page anew as UTF-8."
        return Refused(taken.digest, origin, what, todo, at)


def put_ready(database: sqlite3.Connection, batch: Batch, ready: Ready, at: str) -> str:
    """Writes a reading unless its digest or its edition is known: "added", "edition" (of a known report) or "known"."""
    if database.execute("SELECT 1 FROM page WHERE digest = ?", (ready.digest,)).fetchone():
        return "known"
    known = database.execute("SELECT row FROM edition WHERE id = ?", (ready.edition,)).fetchone()
    before = database.execute(
        "SELECT row, minute FROM edition WHERE report = ? AND current", (ready.reading.report.id,)
    ).fetchone()
    row = known[0] if known else _add(database, batch, ready, at, before)
    database.execute("INSERT INTO page VALUES (?, ?)", (ready.digest, row))
    database.execute("DELETE FROM refusal WHERE digest = ?", (ready.digest,))
    return "known" if known else "edition" if before else "added"


def put_refusal(database: sqlite3.Connection, refused: Refused) -> bool:
    """Writes a refusal unless its digest is known; whether it was new."""
    known = database.execute("SELECT 1 FROM page WHERE digest = ?", (refused.digest,)).fetchone()
    if known:
        return False
    values = (refused.digest, *(_sound(each) for each in (refused.origin, refused.what, refused.todo, refused.at)))
    return database.execute("INSERT OR IGNORE INTO refusal VALUES (?, ?, ?, ?, ?)", values).rowcount > 0


def _sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _add(database: sqlite3.Connection, batch: Batch, ready: Ready, at: str, before: tuple[int, int] | None) -> int:
    """Writes a new edition; it is the current one unless the page itself says that it is older."""
    report = ready.reading.report
    minute = minute_of(report.published)
    current = before is None or NO_MINUTE in (minute, before[1]) or minute >= before[1]
    if before is not None and current:
        batch.flush()  # The edition before may be in it.
        _unlist(database, before[0])
        database.execute("UPDATE event SET current = 0, happening = NULL, keys = NULL WHERE edition = ?", before[:1])
        database.execute("UPDATE statement SET current = 0 WHERE edition = ?", before[:1])
        database.execute("UPDATE edition SET current = 0 WHERE row = ?", before[:1])
    facts = (report.id, report.headline, report.publisher, report.published, minute, report.origin, at)
    cells = (ready.edition, *facts, read_by(ready.reading.by), current)
    row = int(database.execute(_INSERT_EDITION, cells).lastrowid or 0)
    database.execute("INSERT INTO reading VALUES (?, ?)", (row, ready.packed))
    _list(database, batch, row, ready, {}, current=current)
    return row


def read_by(by: Sequence[str]) -> str:
    """The annotators of a reading as they are kept and compared."""
    return msgspec.json.encode(by).decode()


def replace_reading(database: sqlite3.Connection, row: int, ready: Ready) -> tuple[int, int]:
    """Writes a newer reading of an edition over the older; how many events are gone, and how many are new.

    An event whose trigger is found again keeps its id, its corrections and judgements, and, where nothing in it has
    changed, what it was compared by.
    """
    (current,) = database.execute("SELECT current FROM edition WHERE row = ?", (row,)).fetchone()
    old = dict(database.execute("SELECT id, row FROM event WHERE edition = ?", (row,)).fetchall())
    same = {id for id, _ in _unchanged(database, row, ready)}
    groups = _happenings(database, row)
    if current:
        _unlist(database, row, keep_keys=same)
    database.execute("DELETE FROM statement WHERE edition = ?", (row,))
    gone = [id for id in old if id not in ready.events]
    database.executemany("DELETE FROM event WHERE id = ?", [(id,) for id in gone])
    before = database.execute("SELECT row FROM sentence WHERE edition = ?", (row,)).fetchall()
    batch = Batch(database)
    _list(database, batch, row, ready, old, current=bool(current))
    batch.flush()
    database.executemany("DELETE FROM sentence WHERE row = ?", before)
    database.execute("UPDATE reading SET json = ? WHERE edition = ?", (ready.packed, row))
    _restate(database, row, ready)
    refresh(database, groups)
    return len(gone), sum(id not in old for id in ready.events)


def _unchanged(database: sqlite3.Connection, row: int, ready: Ready) -> list[tuple[str, bytes]]:
    kept = database.execute("SELECT id, json FROM event WHERE edition = ?", (row,)).fetchall()
    return [(id, json) for id, json in kept if id in ready.events and ready.events[id][1] == json]


def _restate(database: sqlite3.Connection, row: int, ready: Ready) -> None:
    """Writes what a newer reading says of the report itself."""
    report = ready.reading.report
    facts = (report.headline, report.publisher, report.published, minute_of(report.published), report.origin)
    database.execute(
        "UPDATE edition SET headline = ?, publisher = ?, published = ?, minute = ?, origin = ?, read_by = ?"
        " WHERE row = ?",
        (*facts, read_by(ready.reading.by), row),
    )


def relist_event(database: sqlite3.Connection, before: Entry, after: Entry) -> None:
    """Brings what an event is found by up to date after a correction of it; one that is rejected is not found."""
    row, listed, edition, happening, current = database.execute(
        "SELECT e.row, e.current, e.edition, e.happening, d.current"
        " FROM event e JOIN edition d ON d.row = e.edition WHERE e.id = ?",
        (after.id,),
    ).fetchone()
    reading = reading_of(database, edition)
    old, new = marks_of(before.event, reading), marks_of(after.event, reading)
    if listed:
        _take_marks(database, row, old)
    listed = bool(current) and REJECTED not in after.corrected
    if listed:
        batch = Batch(database)
        batch.add_marks(row, new)
        batch.flush()
    event = after.event
    database.execute(
        "UPDATE event SET current = ?, happening = ?,"
        " type = ?, status = ?, main = ?, width = ?, first = ?, last = ?, lat = ?, lon = ? WHERE row = ?",
        (listed, happening if listed else None, event.type, event.status, event.main, *new.days, *new.spot, row),
    )
    forget_keys(database, row)
    refresh(database, [happening] if happening else [])


def reading_of(database: sqlite3.Connection, row: int) -> Reading:
    """The reading of an edition, by its row."""
    return unpack_reading(_packed(database, row))


def report_of(database: sqlite3.Connection, row: int) -> Report:
    """The report of an edition, by its row."""
    return unpack_report(_packed(database, row))


def _packed(database: sqlite3.Connection, row: int) -> bytes:
    found = database.execute("SELECT json FROM reading WHERE edition = ?", (row,)).fetchone()
    if found is None:
        raise Unsound("an edition has no reading")
    packed: bytes = found[0]
    return packed


def _list(
    database: sqlite3.Connection, batch: Batch, row: int, ready: Ready, old: dict[str, int], *, current: bool
) -> None:
    """Writes the events and statements of an edition with their sentences, and what current ones are found by.

    Events that are in ``old`` (rows by id) are written over.
    """
    reading = ready.reading
    minute = minute_of(reading.report.published)
    sentences = _Sentences(batch, row, reading)
    changes = corrections_of(database, old)
    for id, (event, packed) in ready.events.items():
        values = changes.get(id, {})
        now, listed = corrected(event, values), current and REJECTED not in values
        marks = marks_of(now, reading)
        place = (sentences.row_of(event.trigger), ready.tie, event.trigger.start, listed)
        cells = (*place, now.type, now.status, now.main, *marks.days, minute, *marks.spot, packed)
        number = old.get(id) or batch.number("event", id, row, *cells)
        if id in old:
            batch.add("again", *cells, number)
        if listed:
            batch.add_marks(number, marks)
    for id, (statement, packed) in ready.statements.items():
        place = (sentences.row_of(statement.content), ready.tie, statement.content.start, current)
        number = batch.number("statement", id, row, *place, minute, packed)
        for nth, word in voices_of(statement) if current else ():
            batch.add("voice", word, minute, number, nth)
    if current:
        sentences.index()
        for word in key_words(reading.report.publisher or ""):
            batch.add("masthead", word, row)
        for cells in actor_cells(row, ready.edition, reading):
            batch.add("actor", *cells)


_INSERT_EDITION = (
    "INSERT INTO edition (id, report, headline, publisher, published, minute, origin, added, read_by, current)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class _Sentences:
    """The sentences of an edition, each written when the first event or statement in it is."""

    def __init__(self, batch: Batch, edition: int, reading: Reading) -> None:
        self._batch = batch
        self._edition = edition
        self._text = reading.text
        self._spans = sorted(reading.sentences)
        self._rows: dict[Span, tuple[int, str]] = {}

    def row_of(self, span: Span) -> int:
        """The row of the sentence that a span begins in; of the span itself where it stands in none."""
        sentence = sentence_at(self._spans, span)
        if sentence not in self._rows:
            words = sentence.of(self._text)
            self._rows[sentence] = (self._batch.number("sentence", self._edition, *sentence, words), words)
        return self._rows[sentence][0]

    def index(self) -> None:
        """Puts all that were written into the full text."""
        for row in self._rows.values():
            self._batch.add("search", *row)


def sentence_at(sentences: Sequence[Span], span: Span) -> Span:
    """Of sentences in order, the one that a span begins in; the span itself where it stands in none."""
    found = bisect_right(sentences, span.start, key=lambda sentence: sentence.start) - 1
    return sentences[found] if found >= 0 and span.start < sentences[found].end else span


def _unlist(database: sqlite3.Connection, row: int, keep_keys: Iterable[str] = ()) -> None:
    """Takes out all that the events and statements of an edition are found by."""
    reading = reading_of(database, row)
    events = database.execute("SELECT row, id, json FROM event WHERE edition = ? ORDER BY row", (row,)).fetchall()
    changes = corrections_of(database, [id for _, id, _ in events])
    kept = set(keep_keys)
    for number, id, packed in events:
        _take_marks(database, number, marks_of(corrected(unpack_event(packed), changes.get(id, {})), reading))
        if id not in kept:
            forget_keys(database, number)
    query = "SELECT row, minute, json FROM statement WHERE edition = ?"
    for number, minute, packed in database.execute(query, (row,)).fetchall():
        voices = [(word, minute, number) for _, word in voices_of(unpack_statement(packed))]
        database.executemany("DELETE FROM voice WHERE word = ? AND minute = ? AND statement = ?", voices)
    database.execute(
        "INSERT INTO search (search, rowid, words) SELECT 'delete', row, words FROM sentence WHERE edition = ?", (row,)
    )
    words = key_words(reading.report.publisher or "")
    database.executemany("DELETE FROM masthead WHERE word = ? AND edition = ?", [(word, row) for word in words])
    database.execute("DELETE FROM actor WHERE edition = ?", (row,))
    groups = _happenings(database, row)
    database.execute("UPDATE event SET current = 0 WHERE edition = ?", (row,))
    refresh(database, groups)


def _happenings(database: sqlite3.Connection, row: int) -> list[str]:
    query = "SELECT DISTINCT happening FROM event WHERE edition = ? AND happening IS NOT NULL ORDER BY happening"
    return [happening for (happening,) in database.execute(query, (row,))]


def _take_marks(database: sqlite3.Connection, row: int, marks: Marks) -> None:
    width, first, _ = marks.days
    rows = [(slot, word, width, first, row) for slot, _, word in marks.words]
    database.executemany("DELETE FROM mark WHERE slot = ? AND word = ? AND width = ? AND first = ? AND event = ?", rows)


def forget_keys(database: sqlite3.Connection, row: int) -> None:
    """Takes out what an event was compared by, so that it will be compared anew."""
    found = database.execute("SELECT keys FROM event WHERE row = ?", (row,)).fetchone()
    keys = unpack_numbers(found[0]) if found else ()
    database.executemany("DELETE FROM block WHERE key = ? AND event = ?", [(key, row) for key in keys])
    database.execute("UPDATE event SET keys = NULL WHERE row = ? AND keys IS NOT NULL", (row,))
