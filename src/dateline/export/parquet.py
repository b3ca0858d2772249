"""Entries as Parquet, for analysis by the million."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any

from dateline.errors import SettingError
from dateline.export.cells import COLUMNS, Row, clean, row_of
from dateline.model import PLACE_CREDIT, Entry

BATCH = 5_000
"""How many rows are written at once, as one row group: the most that is held in memory."""

_KINDS = {
    **dict.fromkeys(("main",), "bool"),
    **dict.fromkeys(("lat", "lon", "confidence"), "float64"),
    **dict.fromkeys((f"{cell}_confidence" for cell in ("type", "status", "source", "when", "where")), "float64"),
    **dict.fromkeys(("actor_confidences", "recipient_confidences"), "floats"),
    **dict.fromkeys(("first", "last"), "date32"),
    **dict.fromkeys(("start", "end", "sentence_start", "sentence_end"), "int64"),
    **dict.fromkeys(
        (
            "actors",
            "recipients",
            "corrected",
            "slots",
            "actor_kinds",
            "actor_countries",
            "recipient_kinds",
            "recipient_countries",
        ),
        "list",
    ),
}
"""The kinds of columns that are not text."""


def export_parquet(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The entries as one Parquet file, with the columns of the CSV, typed: days are dates, names are lists.

    Raises SettingError where pyarrow is not installed.
    """
    try:
        pyarrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError:
        todo = "Install it with `pip install 'dateline[parquet]'`, or export csv or jsonl."
        raise SettingError("parquet", "this format needs the package pyarrow, which is not installed", todo) from None
    schema = _schema(pyarrow)
    drain = _Drain()
    rows = map(row_of, entries)
    with parquet.ParquetWriter(drain, schema, compression="zstd") as writer:
        while batch := list(islice(rows, BATCH)):
            writer.write_table(_table(pyarrow, schema, batch), row_group_size=BATCH)
            yield drain.take()
    yield drain.take()


def _schema(pyarrow: Any) -> Any:
    types = {
        "bool": pyarrow.bool_(),
        "float64": pyarrow.float64(),
        "date32": pyarrow.date32(),
        "int64": pyarrow.int64(),
        "list": pyarrow.list_(pyarrow.string()),
        "floats": pyarrow.list_(pyarrow.float64()),
        "text": pyarrow.string(),
    }
    columns = [(name, types[_KINDS.get(name, "text")]) for name in COLUMNS]
    return pyarrow.schema(columns, metadata={"attribution": PLACE_CREDIT})


def _table(pyarrow: Any, schema: Any, rows: list[Row]) -> Any:
    columns = [[_cell(getattr(row, name)) for row in rows] for name in COLUMNS]
    arrays = [pyarrow.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pyarrow.Table.from_arrays(arrays, schema=schema)


def _cell(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    return [_cell(each) for each in value] if isinstance(value, tuple) else value


class _Drain(io.RawIOBase):
    """A file that is never there: what is written is taken away as it comes, and only its length is remembered."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._length

    def write(self, content: Any) -> int:
        taken = bytes(content)
        self._waiting.append(taken)
        self._length += len(taken)
        return len(taken)

    def take(self) -> bytes:
        """What was written since it was last taken."""
        taken, self._waiting = b"".join(self._waiting), []
        return taken
