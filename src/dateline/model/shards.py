"""A shard: one Parquet file of readings, as many processes or machines write it, one shard for each unit of work.

Its rows are of three kinds: a ``reading`` holds a report's whole reading as JSON, an ``event`` one event of it in plain
columns with all that it is found by, a ``refusal`` a page that could not be read. Each reading comes before its events.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SHARD = "dateline.shard"
"""Under which key of a Parquet file's metadata stands the manifest line of a shard."""

SHARD_VERSION = 1
"""The version of the columns; it changes when one changes its meaning."""

RowKind = Literal["reading", "event", "refusal"]


class Part(Struct, frozen=True, gc=False):
    """One file of a unit of work, or a range of it; ``mark`` (an etag, or time and size) changes when the file does.

    ``start`` and ``end`` count bytes, in Parquet rows; a range takes the lines, records or rows that begin in it.
    """

    path: str
    mark: str
    start: int | None = None
    end: int | None = None


class ManifestLine(Struct, frozen=True, gc=False, kw_only=True):
    """The line of a manifest: what a shard was made from, by what, and what came of it.

    ``reports`` were read, ``again`` are pages that came twice in the unit, ``refused`` could not be read; the first of
    these stand in ``refusals``, as "where: what". ``code`` tells the rules, models and code that read from all others,
    ``settings`` are those of the user that the outcome depends on. ``seconds`` is how long it took.
    """

    version: int = SHARD_VERSION
    shard: str
    parts: tuple[Part, ...]
    dateline: str
    code: str
    settings: dict[str, str]
    reports: int = 0
    events: int = 0
    again: int = 0
    refused: int = 0
    refusals: tuple[str, ...] = ()
    seconds: float = 0.0
    at: str = ""

    def holds(self, other: ManifestLine) -> bool:
        """Whether this shard is what another line promises: made from the same files, in the same way."""
        mine = (self.version, self.shard, self.parts, self.dateline, self.code, self.settings)
        return mine == (other.version, other.shard, other.parts, other.dateline, other.code, other.settings)
