"""Takes what stands in the columns of a file for what it should be: SQLite lets any value stand in any column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline.model import ReportLine, Span


class Unsound(Exception):
    """Something in the file is not what Dateline keeps there."""


def text(value: Any) -> str:
    """The value, which is text."""
    if type(value) is not str:
        raise Unsound(f"a {type(value).__name__} stands where text should")
    return value


def maybe_text(value: Any) -> str | None:
    """The value, which is text or nothing."""
    return None if value is None else text(value)


def span_of(start: Any, end: Any) -> Span:
    """The span between two values, which are whole numbers."""
    if type(start) is not int or type(end) is not int or not 0 <= start <= end:
        raise Unsound("what should be a span is none")
    return Span(start, end)


def line_of(row: Sequence[Any]) -> ReportLine:
    """The report in one line that the six columns of a LINE are."""
    report, edition, *others = row
    return ReportLine(text(report), text(edition), *map(maybe_text, others))
