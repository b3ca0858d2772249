"""Cuts sources into units of work: each is read by one worker and becomes one shard, whose name is always the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from dateline.errors import InputError, SettingError
from dateline.intake.sources import count_rows, cut_as, find_files
from dateline.model.shards import Part
from dateline.storage import File, is_stored, look_at, open_file

MOST_BYTES = 32_000_000
"""The size from which on a file is a unit of its own, and a unit of small ones ends."""

TOGETHER = 100
"""About how many small files are one unit."""

MOST_FILES = 5 * TOGETHER
"""The most small files of one unit."""

RANGES = {"archive": 32_000_000, "lines": 1_000_000, "table": 500}
"""How long the ranges are that larger files are cut into, in bytes (in Parquet: rows): some hundreds of reports, which
one process reads in a minute or two. So much is lost at most where a machine dies."""


class Unit(Struct, frozen=True):
    """What one worker reads in one go; ``shard`` is the name of the file that it becomes, ``size`` in bytes."""

    shard: str
    parts: tuple[Part, ...]
    size: int


def find_units(sources: Iterable[str]) -> list[Unit]:
    """The units that some sources come to, in the order of their shards' names; a file that is named twice is in one.

    Raises SettingError where a source is an address of the web, InputError where one cannot be looked at, or is empty.
    """
    units: dict[str, Unit] = {}
    named: dict[str, None] = {}
    for source in sources:
        if source[:8].lower().startswith(("http://", "https://")):
            what = "pages of the web are fetched by one process, politely"
            raise SettingError(source, what, "Add them without --engine and --shards.")
        found = [path if is_stored(path) else str(Path(path).absolute()) for path in find_files(source)]
        named.update(dict.fromkeys(found))
        if not found:
            raise InputError(source, "no file in it can hold a report", "Check the path, or name the files themselves.")
    for unit in _units(map(look_at, sorted(named))):
        units[unit.shard] = unit
    return [units[name] for name in sorted(units)]


def _units(files: Iterable[File]) -> Iterator[Unit]:
    """Large files whole or in ranges, small ones together."""
    waiting: list[File] = []
    held = 0
    for file in files:
        form = cut_as(file.name)
        if form == "table" or file.size > (RANGES[form] if form else MOST_BYTES):
            yield from _ranges(file)
            continue
        waiting.append(file)
        held += file.size
        if _ends_unit(file) or len(waiting) >= MOST_FILES or held > MOST_BYTES:
            yield _unit(waiting)
            waiting, held = [], 0
    if waiting:
        yield _unit(waiting)


def _ends_unit(file: File) -> bool:
    """Whether a unit ends with this file. Its name decides: a file more or less then changes one unit and not all."""
    return int.from_bytes(hashlib.sha256(file.name.encode("utf-8", "surrogateescape")).digest()[:4]) % TOGETHER == 0


def _ranges(file: File) -> Iterator[Unit]:
    form = cut_as(file.name)
    length = RANGES.get(form or "", file.size)
    end = file.size
    if form == "table":
        with open_file(file.name) as opened:
            end = sum(count_rows(opened))
    if form is None or end <= length:
        yield _unit([file])
        return
    for start in range(0, end, length):
        stop = min(end, start + length)
        part = Part(file.name, file.mark, start, stop)
        yield Unit(_name([part]), (part,), file.size * (stop - start) // end)


def _unit(files: list[File]) -> Unit:
    parts = tuple(Part(file.name, file.mark) for file in files)
    return Unit(_name(parts), parts, sum(file.size for file in files))


def _name(parts: Iterable[Part]) -> str:
    """The name of a unit's shard: that of its first file to be known by, and a digest of all names and ranges."""
    told = list(parts)
    key = "\n".join(f"{part.path}\t{part.start}\t{part.end}" for part in told)
    digest = hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    first = re.sub(r"[^A-Za-z0-9._-]+", "-", PurePosixPath(told[0].path).name)[:80].strip("-.") or "shard"
    range_ = f"-{told[0].start:012d}" if told[0].start is not None else ""
    return f"{first}{range_}-{digest}.parquet"
