"""Writes a gazetteer file from places, their names and the units they lie in."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from dateline.lexicon.gazetteer import FORMAT, LONGEST_KEY, MOST_CANDIDATES, SCALE, fold

TABLES = f"""
PRAGMA page_size = 4096;
PRAGMA user_version = {FORMAT};
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
  row INTEGER PRIMARY KEY, slug TEXT, name TEXT NOT NULL, country TEXT, feature TEXT NOT NULL,
  lat INTEGER NOT NULL, lon INTEGER NOT NULL, population INTEGER NOT NULL, region INTEGER, district INTEGER
);
CREATE TABLE name (key TEXT PRIMARY KEY, places BLOB NOT NULL) WITHOUT ROWID;
"""
PLACE_ROW = "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
NAME_ROW = "INSERT INTO name VALUES (?, ?)"

MOST_PEOPLE = 10_000_000_000
"""No place has more people: the whole earth has fewer."""


class PlaceRecord(Struct):
    """A place as it goes into the file. ``row`` is its GeoNames id, or a number of our own where ``slug`` names it.

    ``known_as`` are names as good as the main one ("Burma"); ``also`` are those that count for less.
    """

    row: int
    name: str
    country: str | None
    feature: str
    lat: float
    lon: float
    population: int = 0
    region: int | None = None
    district: int | None = None
    slug: str | None = None
    known_as: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def write_gazetteer(path: Path, records: Iterable[PlaceRecord], about: Mapping[str, str]) -> None:
    """Writes the file anew; the same records make the same bytes."""
    path.unlink(missing_ok=True)
    ordered = sorted(records, key=lambda record: record.row)
    postings = _postings(ordered)
    facts = {**about, "places": str(len(ordered)), "names": str(len(postings))}
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript(f"PRAGMA journal_mode = OFF;{TABLES}")
        database.execute("BEGIN")
        database.executemany("INSERT INTO about VALUES (?, ?)", sorted(facts.items()))
        database.executemany(PLACE_ROW, map(_row, ordered))
        database.executemany(NAME_ROW, sorted(postings.items()))
        database.execute("COMMIT")
        database.execute("VACUUM")


def _row(record: PlaceRecord) -> tuple[object, ...]:
    return (
        record.row,
        record.slug,
        record.name,
        record.country,
        record.feature,
        scaled(record.lat),
        scaled(record.lon),
        record.population,
        record.region,
        record.district,
    )


def _postings(records: list[PlaceRecord]) -> dict[str, bytes]:
    """For each key the places that it names: main names before alternates, then by population."""
    found: dict[str, dict[int, tuple[bool, int]]] = {}
    for record in records:
        main = (record.name, *record.known_as)
        for position, name in enumerate((*main, *record.also)):
            key = fold(name)
            if 1 < len(key) <= LONGEST_KEY:
                found.setdefault(key, {}).setdefault(record.row, (position >= len(main), -record.population))
    return {key: pack_posting(places) for key, places in found.items()}


def pack_posting(places: Mapping[int, tuple[int, int]]) -> bytes:
    """The places of one name, by row, in the order of what each has: whether the name is an alternate, and its rank."""
    ordered = sorted(places, key=lambda row: (*places[row], row))[:MOST_CANDIDATES]
    return struct.pack(f"<{len(ordered)}I", *(row << 1 | places[row][0] for row in ordered))


def scaled(degrees: float) -> int:
    """Degrees as the file keeps them: in hundred-thousandths, about a metre."""
    return round(degrees * SCALE)
