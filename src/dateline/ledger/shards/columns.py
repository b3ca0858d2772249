"""The columns of a shard, and the package that writes them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from dateline.errors import SettingError
from dateline.model import PLACE_CREDIT

COLUMNS: dict[str, str] = {
    # of every row
    "kind": "string", "digest": "string", "report": "string", "edition": "string",
    "headline": "string", "publisher": "string", "published": "string", "origin": "string", "minute": "int64",
    # of a reading
    "reading": "string",
    # of a refusal
    "what": "string", "todo": "string", "at": "string",
    # of an event, for whoever analyses them
    "id": "string", "type": "string", "mode": "string", "status": "string", "main": "bool_",
    "actors": "list", "recipients": "list", "when": "string", "where": "string", "lat": "float64", "lon": "float64",
    "source_kind": "string", "source": "string", "confidence": "float64", "words": "string",
    "start": "int64", "end": "int64", "sentence_start": "int64", "sentence_end": "int64",
    # of an event, to be asked for: its days as numbers, its place on the globe, and the words of its names
    "first": "int64", "last": "int64", "tie": "int64", "spot_lat": "float64", "spot_lon": "float64",
    "who_words": "list", "whom_words": "list", "said_by_words": "list", "where_words": "list",
    "masthead": "string", "event": "string",
}  # fmt: skip
"""The columns in order, each with its type in pyarrow; "list" is one of strings."""


def arrow() -> tuple[Any, Any]:
    """The packages pyarrow and pyarrow.parquet. Raises SettingError where they are not installed."""
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        todo = "Install it with `pip install 'dateline[cluster]'`."
        what = "shards are Parquet files, which need the package pyarrow; it is not installed"
        raise SettingError("shards", what, todo) from None


def schema_of(pyarrow: Any, metadata: dict[str, str]) -> Any:
    """The schema of a shard with what its metadata should say."""
    types = {name: getattr(pyarrow, name)() for name in set(COLUMNS.values()) - {"list"}}
    types["list"] = pyarrow.list_(pyarrow.string())
    columns = [(name, types[kind]) for name, kind in COLUMNS.items()]
    return pyarrow.schema(columns, metadata={**metadata, "attribution": PLACE_CREDIT})
