"""The people and bodies of a ledger: each as one report knows it, to be found by any spelling of its name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dateline.ledger.marks import sound
from dateline.ledger.tables import chunks, marks_for
from dateline.lexicon.spellings import is_spelling, spelling_key
from dateline.model import Actor, ActorLine, Judgement, Reading, ReportLine, actor_id

_LINE = "d.report, d.id, d.headline, d.publisher, d.published, d.origin"
_ACTOR = f"SELECT a.edition, a.id, a.name, a.type, a.country, a.roles, {_LINE} FROM actor a JOIN edition d"
_JUDGEMENT = "SELECT a, b, by, verdict, confidence, because, at FROM actor_judgement"
_MOST_SPELLINGS = 40


def kept_actors(reading: Reading) -> Iterator[Actor]:
    """The people and bodies of a reading that have a name: whoever could be met again in another report."""
    return (actor for actor in reading.actors if actor.named and actor.type in ("Person", "Organization"))


def actor_cells(row: int, edition: str, reading: Reading) -> Iterator[tuple[Any, ...]]:
    """What is kept of each actor of an edition."""
    for actor in kept_actors(reading):
        name, roles = sound(actor.name), msgspec.json.encode(actor.roles).decode()
        if spelling_key(name):
            yield spelling_key(name), name, row, actor_id(edition, name), actor.type, actor.country or "", roles


def spellings(database: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """The names of the ledger's actors that are spellings of this one; it needs two words at least.

    The index is leapt along from name to name, so that a name in every report costs no more than one in a few.
    """
    name = sound(name)
    key = spelling_key(name)
    if " " not in key:
        return ()
    found: list[str] = []
    last = ""
    while len(found) < _MOST_SPELLINGS:
        row = database.execute(
            "SELECT name FROM actor WHERE key = ? AND name > ? ORDER BY name LIMIT 1", (key, last)
        ).fetchone()
        if row is None:
            break
        last = row[0]
        found.append(last)
    return tuple(each for each in found if is_spelling(name, each))


def lines_named(database: sqlite3.Connection, name: str, limit: int) -> tuple[ActorLine, ...]:
    """The actors of current editions with a spelling of this name, or just this name; those added last come first."""
    name = sound(name)
    key = spelling_key(name)
    found: list[tuple[Any, ...]] = []
    for each in dict.fromkeys((*spellings(database, name), name)):
        query = f"{_ACTOR} ON d.row = a.edition WHERE a.key = ? AND a.name = ? ORDER BY a.edition DESC LIMIT ?"
        found += database.execute(query, (key, each, limit)).fetchall()
    rows = sorted(found, key=lambda row: (-row[0], row[1]))[:limit]
    return tuple(_line(database, row) for row in rows)


def lines_of(database: sqlite3.Connection, ids: Iterable[str]) -> tuple[ActorLine, ...]:
    """The actors of these ids, each once; what is unknown, or of no current edition, is left out."""
    wanted = dict.fromkeys(map(sound, ids))
    found: dict[str, tuple[Any, ...]] = {}
    for some in chunks(wanted):
        query = f"{_ACTOR} ON d.row = a.edition WHERE a.id IN ({marks_for(some)})"
        found.update((row[1], row) for row in database.execute(query, some))
    return tuple(_line(database, found[id]) for id in wanted if id in found)


def _line(database: sqlite3.Connection, row: tuple[Any, ...]) -> ActorLine:
    edition, id, name, kind, country, roles, *report = row
    others = database.execute("SELECT name FROM actor WHERE edition = ? AND id != ? ORDER BY name", (edition, id))
    company = tuple(other for (other,) in others)
    roles = msgspec.json.decode(roles, type=tuple[str, ...])
    return ActorLine(id, name, kind, country or None, roles, ReportLine(*report), company)


def judge(database: sqlite3.Connection, judgements: Iterable[Judgement]) -> None:
    """Keeps what people judged of actors, each in place of what the same one had said of the same two."""
    rows = [
        (*sorted((sound(one.a), sound(one.b))), sound(one.by), one.verdict, one.confidence, sound(one.because), one.at)
        for one in judgements
    ]
    database.executemany("INSERT OR REPLACE INTO actor_judgement VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def unjudge(database: sqlite3.Connection, a: str, b: str, by: str) -> bool:
    """Takes back what somebody judged of two actors; whether there was anything to take back."""
    values = (*sorted((sound(a), sound(b))), sound(by))
    return database.execute("DELETE FROM actor_judgement WHERE a = ? AND b = ? AND by = ?", values).rowcount > 0


def judgements(database: sqlite3.Connection, ids: Iterable[str]) -> tuple[Judgement, ...]:
    """What people judged of any of these actors."""
    rows: set[tuple[str, str, str, str, float, str, str]] = set()
    for some in chunks(dict.fromkeys(map(sound, ids))):
        marks = marks_for(some)
        query = f"{_JUDGEMENT} WHERE a IN ({marks}) UNION {_JUDGEMENT} WHERE b IN ({marks})"
        rows.update(database.execute(query, some * 2))
    return tuple(
        Judgement(a, b, verdict, by, confidence, because, at)  # type: ignore[arg-type]
        for a, b, by, verdict, confidence, because, at in sorted(rows)
    )


def judged_same(database: sqlite3.Connection, names: Iterable[str]) -> tuple[str, ...]:
    """The names of actors whom people have judged the same as one who goes by any of these names."""
    wanted = set(map(sound, names))
    pairs = database.execute("SELECT a, b FROM actor_judgement WHERE verdict = 'same' ORDER BY a, b").fetchall()
    called: dict[str, str] = {}
    for some in chunks(dict.fromkeys(id for pair in pairs for id in pair)):
        called.update(database.execute(f"SELECT id, name FROM actor WHERE id IN ({marks_for(some)})", some))
    found: dict[str, None] = {}
    for pair in pairs:
        both = [called[id] for id in pair if id in called]
        if wanted & set(both):
            found.update(dict.fromkeys(both))
    return tuple(found)
