"""Answers questions straight from shards, with DuckDB: for archives that are too large for one ledger.

An answer has the same entries in the same order as a ledger with the same readings gives, but for what only a ledger
holds: happenings, corrections, and the other names of whoever is asked for.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from importlib import import_module
from typing import Any

import msgspec

from dateline.errors import LedgerError, SettingError
from dateline.ledger.marks import NEVER, NO_MINUTE
from dateline.ledger.questions import Circle, Sought, understand
from dateline.ledger.searching import find_terms
from dateline.model import Answer, Entry, Event, Order, Question, ReportLine, Span
from dateline.model.shards import SHARD, SHARD_VERSION
from dateline.storage import is_stored, store_of

AT_ONCE = 50_000
"""How many sentences are searched for words at once."""

MEMORY = "2GB"
"""The most that DuckDB holds; what is more goes to a folder for temporary files."""

_SLOTS = {"who": "who_words", "whom": "whom_words", "said by": "said_by_words", "where": "where_words"}
_ORDERS: dict[Order, str] = {
    "when": "first, last, minute, tie, start",
    "-when": f"first = {NEVER}, first DESC, last DESC, minute DESC, tie, start",
    "published": "minute, tie, start",
    "-published": f"minute = {NO_MINUTE}, minute DESC, tie, start",
}
_ENTRY = "id, report, edition, headline, publisher, published, origin, event, sentence_start, sentence_end, words"
_PLAIN = re.compile(r"[A-Za-z0-9]+")
_SEARCH = 'CREATE VIRTUAL TABLE search USING fts5 (words, content = "", tokenize = "unicode61 remove_diacritics 2")'
_DISTANCE = (
    "12742.0176 * asin(least(1.0, sqrt(pow(sin((radians(?) - radians(spot_lat)) / 2), 2)"
    " + cos(radians(spot_lat)) * cos(radians(?)) * pow(sin(radians(? - spot_lon) / 2), 2))))"
)


def ask_shards(files: Sequence[str], question: Question) -> Answer:
    """The entries that answer a question: one page of them, and how many there are in all.

    Raises SettingError where the question makes no sense or DuckDB is not installed, LedgerError where a file is no
    shard.
    """
    sought = understand(question)
    with closing(_connect(files)) as database:
        where, values = _conditions(question, sought)
        old = _superseded(database)
        if old:
            where = f"{where} AND (filename, digest) NOT IN (SELECT (filename, digest) FROM superseded)"
        if sought.words is not None:
            likely, more = _likely_words(question.words or "")
            ids = list(_with_words(database, f"{where}{likely}", [*values, *more], sought.words))
            _put(database, "matching", ("filename VARCHAR", "id VARCHAR"), ids)
            where, values = "kind = 'event' AND (filename, id) IN (SELECT (filename, id) FROM matching)", []
        (total,) = database.execute(f"SELECT count(*) FROM shards WHERE {where}", values).fetchone()
        page = f"SELECT {_ENTRY} FROM shards WHERE {where} ORDER BY {_ORDERS[question.order]} LIMIT ? OFFSET ?"
        rows = database.execute(page, [*values, question.limit, question.offset]).fetchall()
    return Answer(question, total, tuple(map(_entry, rows)))


def _connect(files: Sequence[str]) -> Any:
    """A database with the view ``shards`` of all rows. Raises as ``ask_shards`` does."""
    try:
        duckdb: Any = import_module("duckdb")
    except ImportError:
        todo = "Install it with `pip install 'dateline[analytics]'`, or fold the shards into a ledger."
        raise SettingError("--readings", "this needs the package duckdb, which is not installed", todo) from None
    settings = {
        "memory_limit": MEMORY,
        # Shards may come from strangers: what is not named here is neither opened, installed nor loaded.
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    database = duckdb.connect(":memory:", config=settings)
    try:
        for scheme in {name.partition("://")[0] for name in files if is_stored(name)}:
            database.register_filesystem(store_of(f"{scheme}://"))
        _check(database, files)
        names = ", ".join("'" + name.replace("'", "''") + "'" for name in files)
        database.execute(
            f"CREATE VIEW shards AS SELECT * FROM read_parquet([{names}], filename = true, file_row_number = true)"
        )
        database.execute("SET lock_configuration = true")
    except duckdb.Error as error:
        database.close()
        words = " ".join(str(error).split())[:300]
        raise LedgerError(_some(files), f"this cannot be asked ({words})", "Name shards of Dateline.") from error
    except BaseException:
        database.close()
        raise
    return database


def _check(database: Any, files: Sequence[str]) -> None:
    """Raises LedgerError where a file is no shard, or one of a version that this Dateline does not know."""
    for name in files:
        query = "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = ?"
        found = database.execute(query, [name, SHARD]).fetchone()
        version = msgspec.json.decode(found[0]).get("version") if found else None
        if version is None:
            raise LedgerError(name, "this is no shard of readings", "Name files that `dateline add --shards` wrote.")
        if version != SHARD_VERSION:
            what = f"this shard is of version {version}, and this Dateline knows version {SHARD_VERSION}"
            raise LedgerError(name, what, "Use the Dateline that wrote it, or write it anew.")


def _some(files: Sequence[str]) -> str:
    return files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more"


def _conditions(question: Question, sought: Sought) -> tuple[str, list[Any]]:
    """What the row of an event must be like to answer, but for words of its sentence."""
    parts, values = ["kind = 'event'"], list[Any]()

    def must(part: str, *more: Any) -> None:
        parts.append(part)
        values.extend(more)

    for slot, ways in sought.names.items():
        each = " OR ".join(_named(_SLOTS[slot], len(words)) for words in ways)
        must(f"({each})", *(f" {word} " for words in ways for word in words))
    for word in sought.publisher:
        must("contains(masthead, ?)", f" {word} ")
    for column, value in (("type", question.type), ("status", question.status)):
        if value:
            must(f"{column} = ?", value)
    if question.main:
        must("main")
    if sought.stretch is not None:
        must("first <= ? AND last >= ?", sought.stretch.last, sought.stretch.first)
        must("last - first < ?", sought.stretch.longest)
    if sought.circle is not None:
        must(*_inside(sought.circle))
    return " AND ".join(parts), values


def _named(column: str, count: int) -> str:
    """Whether one name in a column has so many words."""
    return f"len(list_filter({column}, lambda name: {' AND '.join(['contains(name, ?)'] * count)})) > 0"


def _inside(circle: Circle) -> tuple[Any, ...]:
    boxes = circle.boxes()
    box = " OR ".join("spot_lat BETWEEN ? AND ? AND spot_lon BETWEEN ? AND ?" for _ in boxes)
    corners = [corner for each in boxes for corner in each]
    return f"({box}) AND {_DISTANCE} <= ?", *corners, circle.lat, circle.lat, circle.lon, circle.km


def _superseded(database: Any) -> bool:
    """Whether some readings are not the current ones of their reports; puts these into the table ``superseded``.

    As in a ledger that the shards are folded into one after the other: a text that came before is passed over, and a
    new one takes the place of the old, unless the page itself says that it was published before.
    """
    query = (
        "SELECT report, edition, minute, filename, digest FROM shards WHERE kind = 'reading' AND report IN"
        " (SELECT report FROM shards WHERE kind = 'reading' GROUP BY report HAVING count(*) > 1)"
        " ORDER BY report, filename, file_row_number"
    )
    old: list[tuple[str, str]] = []
    report, current, seen = "", ("", "", 0), set[str]()
    for of, edition, minute, filename, digest in database.execute(query).fetchall():
        if of != report:
            report, current, seen = of, (filename, digest, minute), {edition}
        elif edition in seen:
            old.append((filename, digest))
        else:
            seen.add(edition)
            newer = NO_MINUTE in (minute, current[2]) or minute >= current[2]
            old.append(current[:2] if newer else (filename, digest))
            current = (filename, digest, minute) if newer else current
    _put(database, "superseded", ("filename VARCHAR", "digest VARCHAR"), old)
    return bool(old)


def _put(database: Any, table: str, columns: Sequence[str], rows: Iterable[tuple[str, str]]) -> None:
    from dateline.ledger.shards.columns import arrow

    pyarrow, _ = arrow()
    pairs = list(rows)
    names = [column.partition(" ")[0] for column in columns]
    given = pyarrow.table({name: [pair[n] for pair in pairs] for n, name in enumerate(names)},
                          schema=pyarrow.schema([(name, pyarrow.string()) for name in names]))  # fmt: skip
    database.register(f"{table}_given", given)
    database.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM {table}_given")


def _likely_words(words: str) -> tuple[str, list[str]]:
    """What a sentence must be like to have the words, told quickly and a little too often: letters in a row.

    Only plain letters and figures are looked for: how others are folded is the search's own affair.
    """
    parts, values = [""], list[str]()
    for either in find_terms(words)[0]:
        runs = [max(_PLAIN.findall(term) if term.isascii() else [], key=len, default="") for term in either]
        if all(runs):
            parts.append(f"({' OR '.join(['contains(strip_accents(lower(words)), ?)'] * len(runs))})")
            values += (run.lower() for run in runs)
    return " AND ".join(parts), values


def _with_words(database: Any, where: str, values: Sequence[Any], words: str) -> Iterator[tuple[str, str]]:
    """Of the events that fulfil the conditions, those whose sentence has the words; told by the ledger's own search."""
    found = database.execute(f"SELECT filename, id, words FROM shards WHERE {where}", values)
    with closing(sqlite3.connect(":memory:")) as search:
        while rows := found.fetchmany(AT_ONCE):
            search.execute("DROP TABLE IF EXISTS search")
            search.execute(_SEARCH)
            search.executemany(
                "INSERT INTO search (rowid, words) VALUES (?, ?)", ((n, row[2]) for n, row in enumerate(rows))
            )
            for (n,) in search.execute("SELECT rowid FROM search WHERE search MATCH ?", (words,)):
                yield rows[n][0], rows[n][1]


def _entry(row: tuple[Any, ...]) -> Entry:
    id, report, edition, headline, publisher, published, origin, event, start, end, words = row
    line = ReportLine(report, edition, headline, publisher, published, origin)
    return Entry(id, None, line, msgspec.json.decode(event, type=Event), Span(start, end), words)
