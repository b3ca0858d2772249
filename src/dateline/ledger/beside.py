"""What others have found out about events and editions, kept beside them: the ledger knows nothing of what it means.

Keys and shingles are inverted indexes: a row for each key and owner, to ask who else has it, and the keys packed with
the owner, to take them out again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from dateline.ledger.marks import sound
from dateline.ledger.tables import chunks, marks_for, pack_numbers, signed, unpack_numbers
from dateline.ledger.writing import forget_keys
from dateline.model import Judgement

MOST_SHARERS = 256
"""The most events of one key that are looked at, the newest first: what more have says little, and this keeps the cost
of a report flat."""

MOST_PRINTS = 32
"""The most editions of one shingle that are looked at, the newest first: a story that more have printed is known by
those, and a stock phrase by none."""


class Sharer(NamedTuple):
    """An edition that shares shingles with a text: how many of them, and how many it has in all."""

    edition: str
    report: str
    shared: int
    shingles: int


def unblocked(database: sqlite3.Connection, limit: int) -> tuple[str, ...]:
    """The ids of current events without keys, in the order in which they came."""
    query = "SELECT id FROM event WHERE keys IS NULL AND current ORDER BY row LIMIT ?"
    return tuple(id for (id,) in database.execute(query, (max(0, limit),)))


def put_blocks(database: sqlite3.Connection, keys: Mapping[str, Sequence[str]]) -> None:
    """Keeps the keys of current events in place of those they had."""
    for event, words in keys.items():
        found = database.execute("SELECT row FROM event WHERE id = ? AND current", (event,)).fetchone()
        if not found:
            continue
        forget_keys(database, found[0])
        numbers = sorted({_number(word) for word in words})
        database.executemany("INSERT INTO block VALUES (?, ?)", [(number, found[0]) for number in numbers])
        database.execute("UPDATE event SET keys = ? WHERE row = ?", (pack_numbers(numbers), found[0]))


def with_blocks(database: sqlite3.Connection, keys: Sequence[str], limit: int) -> tuple[str, ...]:
    """The ids of the events that share keys, those that share most first, then the newest."""
    query = "SELECT event FROM block WHERE key = ? ORDER BY event DESC LIMIT ?"
    rows = _sharers(database, query, sorted({_number(key) for key in keys}), limit, MOST_SHARERS)
    ids: dict[int, str] = {}
    for some in chunks(row for row, _ in rows):
        ids.update(database.execute(f"SELECT row, id FROM event WHERE row IN ({marks_for(some)})", some).fetchall())
    return tuple(ids[row] for row, _ in rows if row in ids)


def put_shingles(database: sqlite3.Connection, edition: int, hashes: Sequence[int]) -> None:
    """Keeps the shingles of an edition in place of those it had."""
    (before,) = database.execute("SELECT shingles FROM edition WHERE row = ?", (edition,)).fetchone()
    old = [(number, edition) for number in unpack_numbers(before)]
    database.executemany("DELETE FROM shingle WHERE hash = ? AND edition = ?", old)
    numbers = sorted({signed(number) for number in hashes})
    database.executemany("INSERT INTO shingle VALUES (?, ?)", [(number, edition) for number in numbers])
    database.execute("UPDATE edition SET shingles = ? WHERE row = ?", (pack_numbers(numbers), edition))


def sharing_shingles(database: sqlite3.Connection, hashes: Sequence[int], limit: int) -> tuple[Sharer, ...]:
    """The current editions that share shingles, those that share most first, then the newest."""
    query = "SELECT edition FROM shingle WHERE hash = ? ORDER BY edition DESC LIMIT ?"
    numbers = sorted({signed(number) for number in hashes})
    rows = _sharers(database, query, numbers, len(hashes) * MOST_PRINTS, MOST_PRINTS)[: 2 * max(0, limit) + 8]
    found: dict[int, tuple[str, str, int]] = {}
    for some in chunks(row for row, _ in rows):
        # The length of a value stands at the head of its row: the shingles themselves are not read.
        query = f"SELECT row, id, report, length(shingles) FROM edition WHERE row IN ({marks_for(some)}) AND current"
        found.update((row, (id, report, size // 8)) for row, id, report, size in database.execute(query, some))
    sharers = (Sharer(*found[row][:2], shared, found[row][2]) for row, shared in rows if row in found)
    return tuple(sharers)[: max(0, limit)]


def put_copy(database: sqlite3.Connection, edition: str, of: str, share: float) -> None:
    """Keeps that an edition is a copy of another, by a share of its text."""
    database.execute("INSERT OR REPLACE INTO copy VALUES (?, ?, ?)", (edition, of, share))


def copies(database: sqlite3.Connection, editions: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """For each edition what it is a copy of, and by what share."""
    for some in chunks(dict.fromkeys(map(sound, editions))):
        query = f"SELECT edition, of, share FROM copy WHERE edition IN ({marks_for(some)}) ORDER BY edition, of"
        yield from database.execute(query, some).fetchall()


def judge(database: sqlite3.Connection, judgements: Iterable[Judgement]) -> None:
    """Keeps judgements, each in place of what the same judge had said of the same two events."""
    rows = []
    for each in judgements:
        a, b = sorted((each.a, each.b))
        said = tuple(map(sound, (each.because, each.at)))
        rows.append((sound(a), sound(b), sound(each.by), each.verdict, each.confidence, *said))
    database.executemany("INSERT OR REPLACE INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def unjudge(database: sqlite3.Connection, a: str, b: str, by: str | None) -> bool:
    """Takes back what one judge, or everybody, said of two events; whether there was anything to take back."""
    chosen = "a = ? AND b = ?" + (" AND by = ?" if by is not None else "")
    values = [*sorted((sound(a), sound(b))), *([sound(by)] if by is not None else [])]
    return database.execute(f"DELETE FROM judgement WHERE {chosen}", values).rowcount > 0


def judgements(database: sqlite3.Connection, events: Iterable[str] | None) -> tuple[Judgement, ...]:
    """The judgements that bear on any of the events, or all."""
    if events is None:
        return tuple(_judgement(row) for row in database.execute(f"{_JUDGEMENT} ORDER BY a, b, by"))
    rows: set[tuple[str, str, str, str, float, str, str]] = set()
    for some in chunks(dict.fromkeys(map(sound, events))):
        marks = marks_for(some)
        rows.update(
            database.execute(f"{_JUDGEMENT} WHERE a IN ({marks}) UNION {_JUDGEMENT} WHERE b IN ({marks})", some * 2)
        )
    return tuple(_judgement(row) for row in sorted(rows))


_JUDGEMENT = "SELECT a, b, by, verdict, confidence, because, at FROM judgement"


def _judgement(row: tuple[Any, ...]) -> Judgement:
    a, b, by, verdict, confidence, because, at = row
    return Judgement(a, b, verdict, by, confidence, because, at)


def _sharers(
    database: sqlite3.Connection, query: str, numbers: Sequence[int], limit: int, most: int
) -> list[tuple[int, int]]:
    """The rows that share numbers and how many, most first, then the newest; of each number no more than ``most``."""
    shared: Counter[int] = Counter()
    for number in numbers:
        shared.update(row for (row,) in database.execute(query, (number, most)))
    return sorted(shared.items(), key=lambda item: (-item[1], -item[0]))[: max(0, limit)]


def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(sound(word).encode(), digest_size=8).digest(), signed=True)
