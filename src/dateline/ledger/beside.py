"""What others have found out about events and editions, kept beside them: the ledger knows nothing of what it means.

Keys and shingles are inverted indexes: a row for each key and owner, to ask who else has it, and the keys packed with
the owner, to take them out again. Keys that begin alike lie close together: where they begin with a time, the news of a
week fills a few pages of the file, and not one here and there in all of it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nsmallest
from itertools import chain
from typing import Any, NamedTuple, get_args

from dateline.ledger.marks import sound
from dateline.ledger.tables import chunks, marks_for, pack_numbers, signed, unpack_numbers
from dateline.ledger.values import Unsound, text
from dateline.model import Judgement, Verdict

MOST_SHARERS = 256
"""The most events of one key that are looked at, the newest first: what more have says little, and this keeps the cost
of a report flat."""

MOST_PRINTS = 8
"""The most editions of one shingle that are looked at, the newest first: a story that more have printed is known by
those, and a stock phrase by none."""


_VERDICTS = frozenset(get_args(Verdict))


class Sharer(NamedTuple):
    """An edition that shares shingles with a text: how many of them, how many it has in all, when it was published."""

    edition: str
    report: str
    shared: int
    shingles: int
    published: str | None


def unblocked(database: sqlite3.Connection, limit: int) -> tuple[str, ...]:
    """The ids of current events without keys, in the order in which they came."""
    query = "SELECT id FROM event WHERE keys IS NULL AND current ORDER BY row LIMIT ?"
    return tuple(id for (id,) in database.execute(query, (max(0, limit),)))


def put_blocks(database: sqlite3.Connection, keys: Mapping[str, Sequence[str]]) -> None:
    """Keeps the keys of current events in place of those they had."""
    new: list[tuple[int, int]] = []
    for event, words in keys.items():
        found = database.execute("SELECT row, keys FROM event WHERE id = ? AND current", (event,)).fetchone()
        if not found:
            continue
        row, before = found
        database.executemany(
            "DELETE FROM block WHERE key = ? AND event = ?", [(old, row) for old in unpack_numbers(before)]
        )
        numbers = sorted({_number(word) for word in words})
        new += ((number, row) for number in numbers)
        database.execute("UPDATE event SET keys = ? WHERE row = ?", (pack_numbers(numbers), row))
    database.executemany("INSERT INTO block VALUES (?, ?)", sorted(new))


def with_blocks(
    database: sqlite3.Connection, keys: Mapping[str, Sequence[str]], limit: int
) -> dict[str, tuple[str, ...]]:
    """For each name of some keys the ids of the events that share them, those that share most first, then the newest.

    Events of one report have most keys in common: each is looked up once.
    """
    query = "SELECT event FROM block WHERE key = ? ORDER BY event DESC LIMIT ?"
    numbers = {name: {_number(word) for word in words} for name, words in keys.items()}
    asked = sorted(set().union(*numbers.values()))
    known: list[int] = []
    for some in chunks(asked):  # Most keys are new with the news: it costs less to ask which are not.
        values = ",".join("(?)" for _ in some)
        had = "EXISTS (SELECT 1 FROM block WHERE block.key = asked.key)"
        rows_had = database.execute(f"WITH asked (key) AS (VALUES {values}) SELECT key FROM asked WHERE {had}", some)
        known += (number for (number,) in rows_had)
    holders = _holders(database, query, known, MOST_SHARERS)
    rows = {name: [row for row, _ in _sharers(holders, mine, limit)] for name, mine in numbers.items()}
    ids: dict[int, str] = {}
    for some in chunks(sorted(set().union(*rows.values()))):
        ids.update(database.execute(f"SELECT row, id FROM event WHERE row IN ({marks_for(some)})", some).fetchall())
    return {name: tuple(ids[row] for row in found if row in ids) for name, found in rows.items()}


def put_shingles(database: sqlite3.Connection, hashes: Mapping[int, Sequence[int]]) -> None:
    """Keeps the shingles of editions, by their rows, in place of those they had."""
    new: list[tuple[int, int]] = []
    for edition, mine in hashes.items():
        (before,) = database.execute("SELECT shingles FROM edition WHERE row = ?", (edition,)).fetchone()
        old = [(number, edition) for number in unpack_numbers(before)]
        database.executemany("DELETE FROM shingle WHERE hash = ? AND edition = ?", old)
        numbers = sorted({signed(number) for number in mine})
        new += ((number, edition) for number in numbers)
        database.execute("UPDATE edition SET shingles = ? WHERE row = ?", (pack_numbers(numbers), edition))
    database.executemany("INSERT INTO shingle VALUES (?, ?)", sorted(new))


def sharing_shingles(database: sqlite3.Connection, hashes: Sequence[int], limit: int) -> tuple[Sharer, ...]:
    """The current editions that share shingles, those that share most first, then the newest."""
    query = "SELECT edition FROM shingle WHERE hash = ? ORDER BY edition DESC LIMIT ?"
    numbers = {signed(number) for number in hashes}
    rows = _sharers(_holders(database, query, numbers, MOST_PRINTS), numbers, 2 * max(0, limit) + 8)
    found: dict[int, tuple[str, str, int, str | None]] = {}
    for some in chunks(row for row, _ in rows):
        # The length of a value stands at the head of its row: the shingles themselves are not read.
        query = "SELECT row, id, report, length(shingles) / 8, published FROM edition"
        for row, *told in database.execute(f"{query} WHERE row IN ({marks_for(some)}) AND current", some):
            found[row] = tuple(told)
    sharers = [
        Sharer(id, report, shared, size, published)
        for row, shared in rows
        if row in found
        for id, report, size, published in (found[row],)
    ]
    return tuple(sharers[: max(0, limit)])


def put_copies(database: sqlite3.Connection, copies: Iterable[tuple[str, str, float]]) -> None:
    """Keeps that editions are copies of others, each by a share of its text."""
    database.executemany("INSERT OR REPLACE INTO copy VALUES (?, ?, ?)", copies)


def copies(database: sqlite3.Connection, editions: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """For each edition what it is a copy of, and by what share."""
    for some in chunks(dict.fromkeys(map(sound, editions))):
        query = f"SELECT edition, of, share FROM copy WHERE edition IN ({marks_for(some)}) ORDER BY edition, of"
        yield from database.execute(query, some).fetchall()


def judge(database: sqlite3.Connection, judgements: Iterable[Judgement], table: str = "judgement") -> None:
    """Keeps judgements, each in place of what the same judge had said of the same two; of events, unless told."""
    rows = []
    for each in judgements:
        a, b = sorted((each.a, each.b))
        said = tuple(map(sound, (each.because, each.at)))
        rows.append((sound(a), sound(b), sound(each.by), each.verdict, each.confidence, *said))
    database.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def unjudge(database: sqlite3.Connection, a: str, b: str, by: str | None, table: str = "judgement") -> bool:
    """Takes back what one judge, or everybody, said of two events; whether there was anything to take back."""
    chosen = "a = ? AND b = ?" + (" AND by = ?" if by is not None else "")
    values = [*sorted((sound(a), sound(b))), *([sound(by)] if by is not None else [])]
    return database.execute(f"DELETE FROM {table} WHERE {chosen}", values).rowcount > 0


def judgements(
    database: sqlite3.Connection, events: Iterable[str] | None, table: str = "judgement"
) -> tuple[Judgement, ...]:
    """The judgements that bear on any of the events, or all."""
    query = f"SELECT a, b, by, verdict, confidence, because, at FROM {table}"
    if events is None:
        return tuple(_judgement(row) for row in database.execute(f"{query} ORDER BY a, b, by"))
    rows: set[tuple[str, str, str, str, float, str, str]] = set()
    for some in chunks(dict.fromkeys(map(sound, events))):
        marks = marks_for(some)
        rows.update(database.execute(f"{query} WHERE a IN ({marks}) UNION {query} WHERE b IN ({marks})", some * 2))
    return tuple(_judgement(row) for row in sorted(rows))


def _judgement(row: tuple[Any, ...]) -> Judgement:
    a, b, by, verdict, confidence, because, at = row
    if verdict not in _VERDICTS or type(confidence) is not float:
        raise Unsound("a judgement is none")
    return Judgement(text(a), text(b), verdict, text(by), confidence, text(because), text(at))


def _holders(database: sqlite3.Connection, query: str, numbers: Iterable[int], most: int) -> dict[int, list[int]]:
    """The newest rows that have each number, no more than ``most``; in the order of the index, page after page."""
    return {number: list(chain.from_iterable(database.execute(query, (number, most)))) for number in sorted(numbers)}


def _sharers(holders: Mapping[int, list[int]], numbers: Iterable[int], limit: int) -> list[tuple[int, int]]:
    """The rows that share numbers and how many, most first, then the newest."""
    shared = Counter(chain.from_iterable(holders.get(number, ()) for number in numbers))
    return nsmallest(max(0, limit), shared.items(), key=lambda item: (-item[1], -item[0]))


@lru_cache(maxsize=1 << 14)
def _number(word: str) -> int:
    """What a key is kept as: the first two of the eight bytes come of how it begins, up to the first bar."""
    whole = sound(word)
    beginning, _, _ = whole.partition("|")
    digest = hashlib.blake2b(whole.encode(), digest_size=6).digest()
    return int.from_bytes(_place(beginning) + digest, signed=True)


@lru_cache(maxsize=1 << 10)
def _place(beginning: str) -> bytes:
    return hashlib.blake2b(beginning.encode(), digest_size=2).digest()
