"""Reads a table of one's own places: a CSV file with a heading.

``name``, ``lat`` and ``lon`` must be there; ``also`` (other names, with | between them), ``country`` (ISO 3166, two
letters), ``feature`` (a GeoNames code, PPL unless given), ``population`` and ``id`` may be.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from dateline.errors import LexiconError
from dateline.lexicon.gazetteer import OWN, fold
from dateline.lexicon.gazetteer_file import MOST_PEOPLE, PlaceRecord

NEEDED = ("name", "lat", "lon")
COLUMNS = (*NEEDED, "also", "country", "feature", "population", "id")


def read_own_places(path: Path, seen: set[str]) -> Iterator[PlaceRecord]:
    """The places of a table, numbered on from those of the tables before, whose ids are ``seen``; it takes in these.

    Raises LexiconError, with the number of the line, where a place has no name or no point, and where the file is no
    such table.
    """
    rows = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    line = 1
    try:
        heading = [column.strip().lower() for column in next(rows, [])]
        _check_heading(path, heading)
        for row in rows:
            line = rows.line_num
            if not any(map(str.strip, row)):
                continue
            if len(row) != len(heading):
                raise _refused(path, line, f"{len(row)} columns, where the heading has {len(heading)}")
            record = _record(path, line, OWN + len(seen), dict(zip(heading, map(str.strip, row), strict=True)))
            if record.slug in seen:
                raise _refused(path, line, f"the id {record.slug} stands here a second time")
            seen.add(record.slug or "")
            yield record
    except csv.Error as error:
        raise _refused(path, max(line, rows.line_num), f"this is no CSV ({error})") from error


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LexiconError(str(path), f"the file cannot be read ({error.strerror})", "Check the path.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _refused(path, line, f"the line is not UTF-8 (byte 0x{data[error.start]:02x})") from None


def _check_heading(path: Path, heading: list[str]) -> None:
    missing = [name for name in NEEDED if name not in heading]
    if missing:
        what = f"the heading has no column {missing[0]}"
        raise LexiconError(f"{path}, line 1", what, f"Name the columns, of {', '.join(COLUMNS)}.")
    for name in heading:
        if name not in COLUMNS or heading.count(name) > 1:
            what = f'there can be no column "{name}"' if name not in COLUMNS else f'two columns are called "{name}"'
            raise LexiconError(f"{path}, line 1", what, f"Name the columns, of {', '.join(COLUMNS)}.")


def _record(path: Path, line: int, number: int, row: dict[str, str]) -> PlaceRecord:
    name, country, feature = row["name"], row.get("country", "").upper(), row.get("feature", "").upper() or "PPL"
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
        population = int(row.get("population") or 0)
    except ValueError as error:
        raise _refused(path, line, f"this is no number ({error})") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise _refused(path, line, f"{lat:g}, {lon:g} lie not on the earth")
    if len(fold(name)) < 2:
        raise _refused(path, line, "the place has no name of two letters or more")
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise _refused(path, line, f'"{country}" is no code of a country such as US')
    if not (feature.isascii() and feature.isalnum()) or len(feature) > 10:
        raise _refused(path, line, f'"{feature}" is no code of a feature such as PPL')
    if population < 0:
        raise _refused(path, line, "a population is not less than nothing")
    if population > MOST_PEOPLE:
        raise _refused(path, line, "the population is more people than there are")
    if not row.get("id", "").isprintable():
        raise _refused(path, line, "the id has a tab or a line break in it")
    slug = f"own:{row.get('id') or fold(name).replace(' ', '-')}"
    also = tuple(filter(None, map(str.strip, row.get("also", "").split("|"))))
    return PlaceRecord(number, name, country or None, feature, lat, lon, population, slug=slug, known_as=also)


def _refused(path: Path, line: int, what: str) -> LexiconError:
    return LexiconError(f"{path}, line {line}", what, "Mend the line.")
