"""Reads Parquet: reports that stand in its rows, or the readings of a shard that Dateline itself wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, BinaryIO

import msgspec

from dateline.errors import InputError
from dateline.intake.sources.parcels import Parcel, refuse
from dateline.intake.sources.records import make_parcel
from dateline.model import Refused, Taken, from_json
from dateline.model.shards import SHARD, SHARD_VERSION

ROWS = 64
"""How many rows are held at once."""

Found = Parcel | Refused | Taken


def find_in_table(
    file: BinaryIO, name: str, fields: Mapping[str, str] | None = None, rows: tuple[int, int] | None = None
) -> Iterator[Found]:
    """The reports in the rows of a Parquet file, or in some of them, counted from 0; of a shard, its readings.

    Refusals where the file is none, or a row holds no report.
    """
    try:
        parquet: Any = import_module("pyarrow.parquet")
        pyarrow: Any = import_module("pyarrow")
    except ImportError:
        todo = "Install it with `pip install 'dateline[parquet]'`."
        yield refuse(name, "Parquet is read with the package pyarrow, which is not installed", todo)
        return
    try:
        table = parquet.ParquetFile(file)
        line = (table.metadata.metadata or {}).get(SHARD.encode())
        if line is not None:
            yield from _shard(table, name, line)
        else:
            yield from _reports(table, name, fields, rows)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        words = " ".join(str(error).split())[:300]
        yield refuse(name, f"this Parquet file is damaged, or none ({words})", "Get the file again if you can.")


def count_rows(file: BinaryIO) -> tuple[int, ...]:
    """How many rows each group of a Parquet file has; none where it cannot be told, or is a shard."""
    try:
        kept = import_module("pyarrow.parquet").ParquetFile(file).metadata
    except (ImportError, OSError, ValueError):
        return ()
    if SHARD.encode() in (kept.metadata or {}):
        return ()
    return tuple(kept.row_group(n).num_rows for n in range(kept.num_row_groups))


def line_of(file: BinaryIO) -> bytes | None:
    """The manifest line in a shard; None in another file."""
    try:
        kept = import_module("pyarrow.parquet").ParquetFile(file).metadata.metadata or {}
    except (ImportError, OSError, ValueError):
        return None
    line: bytes | None = kept.get(SHARD.encode())
    return line


def _reports(
    table: Any, name: str, fields: Mapping[str, str] | None, rows: tuple[int, int] | None
) -> Iterator[Parcel | Refused]:
    first, end = rows or (0, table.metadata.num_rows)
    groups, number = [], 0
    start = None
    for group in range(table.num_row_groups):
        count = table.metadata.row_group(group).num_rows
        if number < end and number + count > first:
            groups.append(group)
            start = number if start is None else start
        number += count
    number = start or 0
    for batch in table.iter_batches(batch_size=ROWS, row_groups=groups):
        for row in batch.to_pylist():
            if first <= number < end:
                where = f"{name}, row {number + 1}"
                facts = {key: _plain(value) for key, value in row.items()}
                yield make_parcel(facts, where, fields, msgspec.json.encode(facts, enc_hook=str))
            number += 1


def _plain(value: Any) -> Any:
    """A cell as JSON could hold it: a date in ISO 8601, bytes as text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value.isoformat() if hasattr(value, "isoformat") else value


def _shard(table: Any, name: str, line: bytes) -> Iterator[Refused | Taken]:
    try:
        version = msgspec.json.decode(line).get("version")
    except (msgspec.DecodeError, UnicodeError, AttributeError):
        version = None
    if version != SHARD_VERSION:
        what = f"a shard of version {version}, and this Dateline knows version {SHARD_VERSION}"
        yield refuse(name, what, "Use the Dateline that wrote it, or write it anew.")
        return
    columns = ["kind", "digest", "reading", "origin", "what", "todo", "at"]
    for batch in table.iter_batches(batch_size=ROWS, columns=columns):
        for number, row in enumerate(batch.to_pylist()):
            if row["kind"] == "refusal":
                yield Refused(*(str(row[key] or "") for key in ("digest", "origin", "what", "todo", "at")))
            elif row["kind"] == "reading":
                yield _taken(row, f"{name}, a reading in it ({row['origin'] or number})")


def _taken(row: Mapping[str, Any], where: str) -> Taken | Refused:
    try:
        return Taken(str(row["digest"]), from_json(row["reading"] or ""))
    except InputError as error:
        return refuse(where, error.what, "Write the shard anew.")
