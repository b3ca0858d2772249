"""Entries as tables of text: CSV for spreadsheets, JSON Lines for programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dateline.export.cells import COLUMNS, clean, json_line, row_of
from dateline.model import Entry

_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
"""What makes a spreadsheet take a cell for a formula: "=HYPERLINK(…)" as a headline would run when it is opened."""


def export_csv(entries: Iterable[Entry], *, raw: bool = False) -> Iterator[bytes]:
    """The entries as CSV (RFC 4180, UTF-8), a row each after a row of column names.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it, unless ``raw`` is set.
    """
    yield _line(COLUMNS)
    for entry in entries:
        row = row_of(entry)
        yield _line([show_cell(getattr(row, name), raw=raw) for name in COLUMNS])


def _line(cells: Sequence[str]) -> bytes:
    sink = io.StringIO(newline="")
    csv.writer(sink, lineterminator="\r\n").writerow(cells)
    return sink.getvalue().encode()


def show_cell(value: object, *, raw: bool) -> str:
    """A cell as text: nothing where it is unknown, yes and no as true and false, several names with "; " between.

    >>> show_cell(("Kim", "Putin"), raw=False), show_cell(True, raw=False), show_cell(-1.5, raw=False)
    ('Kim; Putin', 'true', '-1.5')
    >>> show_cell("=1+1", raw=False), show_cell("=1+1", raw=True)
    ("'=1+1", '=1+1')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = clean("; ".join(map(str, value)) if isinstance(value, tuple) else str(value))
    return f"'{text}" if not raw and _FORMULA.match(text) else text


def export_jsonl(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The entries as JSON Lines: each as the ledger answers it, spans and all, one object a line."""
    for entry in entries:
        yield json_line(entry) + b"\n"
