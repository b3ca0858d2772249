"""Follows what is told of a happening over the days: how counts stand by origin, and what became of each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.corroboration.moments import is_earlier
from dateline.corroboration.tolls import came_about, counted_in, line_of, name_of
from dateline.model import Count, Course, Entry, EventSlot, Fate, Root, Slot, Toll

_Cell = tuple[Slot, str | None]


def find_tolls(entries: Iterable[Entry], roots: Iterable[Root]) -> tuple[Toll, ...]:
    """The views of each thing that entries count differently; ``entries`` are in order of publication."""
    origin_of = {id: root.name for root in roots for id in root.entries}
    told: dict[str, list[tuple[Entry, EventSlot]]] = {}
    for entry in entries:
        for key, number in counted_in(entry):
            told.setdefault(key, []).append((entry, number))
    return tuple(
        _toll(counts, origin_of)
        for _, counts in sorted(told.items())
        if len({number.interval for _, number in counts}) > 1
    )


def _toll(told: Sequence[tuple[Entry, EventSlot]], origin_of: dict[str, str]) -> Toll:
    counts = [_count(entry, number, origin_of.get(entry.id, "")) for entry, number in told]
    latest: dict[str, Count] = {}
    for count in reversed(counts):  # In order of publication: the last of each origin is met first.
        latest.setdefault(count.origin, count)
    lowest = min(counts, key=lambda count: count.least)
    highest = max(counts, key=lambda count: (count.least, count.most or float("inf")))
    return Toll(name_of(told[0][1]), lowest, highest, tuple(latest.values()))


def _count(entry: Entry, number: EventSlot, origin: str) -> Count:
    return Count(number.words, number.low or 0.0, number.high, origin, entry.id)


def find_courses(entries: Sequence[Entry]) -> tuple[Course, ...]:
    """What became of each value that one line, a source or a publisher, has given on several occasions.

    ``entries`` are in order of publication. A line that has told once only has no course.
    """
    lines: dict[str, list[Entry]] = {}
    for entry in entries:
        line = line_of(entry)
        if line is not None and entry.report.published:
            lines.setdefault(line, []).append(entry)
    found: list[Course] = []
    for line, told in lines.items():
        if len({entry.report.published for entry in told}) > 1:
            found += _courses(line, told)
    return tuple(found)


def _courses(line: str, told: Sequence[Entry]) -> Iterator[Course]:
    values: dict[_Cell, list[tuple[str, Entry]]] = {}
    for entry in told:
        for cell, value in _cells(entry):
            values.setdefault(cell, []).append((value, entry))
    denied = [entry for entry in told if entry.event.status == "denied"]
    for (slot, what), given in sorted(values.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        newest = given[-1]
        for value in dict.fromkeys(value for value, _ in given):
            mine = [entry for said, entry in given if said == value]
            first, last = mine[0], mine[-1]
            fate, ended = _fate(slot, value, last, newest, denied)
            yield Course(slot, value, line, first.id, last.id, fate, ended.id if ended else None, what)


def _fate(
    slot: Slot, value: str, last: Entry, newest: tuple[str, Entry], denied: Sequence[Entry]
) -> tuple[Fate, Entry | None]:
    """What put an end to a value: a later denial by the same line, or a later value in its place."""
    denial = next((entry for entry in denied if _after(entry, last)), None)
    if denial is not None and value != "denied":
        return "withdrawn", denial
    if newest[0] != value and _after(newest[1], last):
        return "updated" if slot == "status" and came_about(value, newest[0]) else "corrected", newest[1]
    return "stands", None


def _after(one: Entry, other: Entry) -> bool:
    return bool(is_earlier(other.report.published, one.report.published))


def _cells(entry: Entry) -> Iterator[tuple[_Cell, str]]:
    event = entry.event
    yield ("status", None), event.status
    if event.when is not None:
        yield ("when", None), event.when.value
    if event.where is not None:
        yield ("where", None), event.where.name
    for _, number in counted_in(entry):
        yield ("number", name_of(number)), number.words.lower()
