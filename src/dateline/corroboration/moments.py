"""When reports were published, as moments: 10:00 in Karachi comes before 08:00 in London."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from dateline.model import Entry

_NEVER = datetime.max.replace(tzinfo=UTC)


def is_earlier(one: str | None, other: str | None) -> bool | None:
    """Whether the first of two moments of publication is the earlier one; None where they do not tell.

    >>> is_earlier("2024-03-05T10:00+05:00", "2024-03-05T08:00Z"), is_earlier("2024-03-05", "2024-03-05T08:00Z")
    (True, None)
    """
    if not one or not other:
        return None
    mine, theirs = _parsed(one), _parsed(other)
    alike = mine is not None and theirs is not None and (mine.tzinfo is None) == (theirs.tzinfo is None)
    # A mere day says nothing of a zone, and so nothing beside a moment but which day is the earlier.
    if one[:10] != other[:10] and not (alike and mine and mine.tzinfo):
        return one[:10] < other[:10]
    if mine is None or theirs is None or not alike or mine == theirs:
        return None
    return mine < theirs


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries in order of publication, those of no known date last."""
    return tuple(sorted(entries, key=lambda each: (_moment(each.report.published), each.id)))


def _moment(published: str | None) -> datetime:
    moment = _parsed(published) if published else None
    if moment is None:
        return _NEVER
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        return _NEVER


def _parsed(published: str) -> datetime | None:
    try:
        return datetime.fromisoformat(published)
    except ValueError:
        return None
