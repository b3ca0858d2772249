"""The people and bodies of a ledger: each as one report knows it, to be found by any spelling of its name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from dateline.ledger import beside
from dateline.ledger.entries import LINE
from dateline.ledger.marks import sound
from dateline.ledger.tables import chunks, marks_for
from dateline.ledger.values import line_of, maybe_text, text
from dateline.lexicon.gazetteer import fold
from dateline.lexicon.spellings import is_spelling, spelling_key
from dateline.model import Actor, ActorLine, Judgement, Reading, Verdict, actor_id

TABLE = "actor_judgement"
"""Where it is kept what people judged of actors."""

_ACTOR = f"SELECT a.edition, a.id, a.name, a.type, a.country, a.roles, {LINE} FROM actor a JOIN edition d"
_MOST_SPELLINGS, _MOST_LOOKED_AT, _MOST_NAMES = 40, 400, 200
_MANY, _FAR = 2_000, 1_000
_WEIGHT: dict[Verdict, int] = {"unsure": 0, "same": 1, "different": 2}


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
    """The names of the ledger's actors that are spellings of this one; of a single word, the same in whatever case.

    The index is leapt along from name to name, so that a name in every report costs no more than one in a few.
    """
    name = sound(name)
    key = spelling_key(name)
    found: list[str] = []
    query = "SELECT name FROM actor WHERE key = ? AND name > ? ORDER BY name LIMIT 1"
    last = ""
    for _ in range(_MOST_LOOKED_AT if key else 0):
        row = database.execute(query, (key, last)).fetchone()
        if row is None or len(found) == _MOST_SPELLINGS:
            break
        last = text(row[0])
        if is_spelling(name, last) if " " in key else fold(name) == fold(last):
            found.append(last)
    return tuple(found)


def all_names(database: sqlite3.Connection, names: Iterable[str]) -> tuple[str, ...]:
    """These names, their spellings, and the same of all whom people have judged the same as one who goes by them.

    There are so many at most as one query can look for.
    """
    found: dict[str, None] = {}
    coming = list(names)
    while coming and len(found) < _MOST_NAMES:
        fresh = dict.fromkeys(spelt for each in coming for spelt in (sound(each), *spellings(database, each)))
        coming = [name for name in fresh if name not in found]
        found.update(dict.fromkeys(coming))
        coming = [name for name in _judged_same(database, coming) if name not in found]
    return tuple(found)[:_MOST_NAMES]


def _judged_same(database: sqlite3.Connection, names: Iterable[str]) -> tuple[str, ...]:
    """The names of the actors whom people have judged the same as one of these names."""
    ids = [id for name in names for id in _ids_of(database, name)]
    found: list[str] = []
    for some in chunks(joined(database, ids)):
        found += (name for (name,) in database.execute(f"SELECT name FROM actor WHERE id IN ({marks_for(some)})", some))
    return tuple(dict.fromkeys(found))


def _ids_of(database: sqlite3.Connection, name: str) -> list[str]:
    """The ids of the actors of this name; of one that very many reports name, those only that have been judged."""
    values = (spelling_key(name), name)
    chosen = "actor WHERE key = ? AND name = ?"
    found = database.execute(f"SELECT id FROM {chosen} LIMIT ?", (*values, _MANY)).fetchall()
    if len(found) == _MANY:
        judged = "SELECT a AS id FROM actor_judgement UNION SELECT b FROM actor_judgement"
        found = database.execute(
            f"SELECT j.id FROM ({judged}) j CROSS JOIN {chosen} AND actor.id = j.id", values
        ).fetchall()
    return [id for (id,) in found]


def settled(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """What holds of each two whom people have judged: "different" before "same", and either before "unsure"."""
    found: dict[tuple[str, str], Judgement] = {}
    for one in judgements:
        kept = found.setdefault((one.a, one.b), one)
        if _WEIGHT[one.verdict] > _WEIGHT[kept.verdict]:
            found[one.a, one.b] = one
    return found


def joined(database: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Judgement]:
    """All actors that hang together with these by what people have judged the same, each with what led to it.

    They are followed from one to the next, until nothing new comes or there are a great many.
    """
    begun = set(ids)
    found: dict[str, Judgement] = {}
    frontier: Iterable[str] = begun
    while frontier and len(found) < _FAR:
        reached: dict[str, Judgement] = {}
        for one in settled(beside.judgements(database, frontier, TABLE)).values():
            if one.verdict == "same":
                reached.update((id, one) for id in (one.a, one.b) if id not in begun and id not in found)
        found.update(reached)
        frontier = reached
    return found


def lines_named(database: sqlite3.Connection, names: Iterable[str], limit: int) -> tuple[ActorLine, ...]:
    """The actors of current editions that have one of these names, just as it is spelt; those added last come first."""
    query = f"{_ACTOR} ON d.row = a.edition WHERE a.key = ? AND a.name = ? ORDER BY a.edition DESC LIMIT ?"
    found: list[tuple[Any, ...]] = []
    for name in dict.fromkeys(map(sound, names)):
        found += database.execute(query, (spelling_key(name), name, limit)).fetchall()
    return _lines(database, sorted(found, key=lambda row: (-row[0], row[1]))[:limit])


def lines_of(database: sqlite3.Connection, ids: Iterable[str]) -> tuple[ActorLine, ...]:
    """The actors of these ids, each once; what is unknown, or of no current edition, is left out."""
    wanted = dict.fromkeys(map(sound, ids))
    found: dict[str, tuple[Any, ...]] = {}
    for some in chunks(wanted):
        query = f"{_ACTOR} ON d.row = a.edition WHERE a.id IN ({marks_for(some)})"
        found.update((row[1], row) for row in database.execute(query, some))
    return _lines(database, [found[id] for id in wanted if id in found])


def _lines(database: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> tuple[ActorLine, ...]:
    company: dict[int, list[tuple[str, str]]] = {}
    for some in chunks(dict.fromkeys(row[0] for row in rows)):
        query = f"SELECT edition, id, name FROM actor WHERE edition IN ({marks_for(some)}) ORDER BY name"
        for edition, id, name in database.execute(query, some):
            company.setdefault(edition, []).append((id, name))
    return tuple(_line(row, company[row[0]]) for row in rows)


def _line(row: tuple[Any, ...], company: Iterable[tuple[str, str]]) -> ActorLine:
    _, id, name, kind, country, roles, *report = row
    others = tuple(text(other) for its, other in company if its != id)
    roles = msgspec.json.decode(roles, type=tuple[str, ...])
    return ActorLine(text(id), text(name), kind, maybe_text(country) or None, roles, line_of(report), others)
