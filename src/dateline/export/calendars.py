"""What is planned, as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from dateline.export.cells import clean, days_of, names_of, point_of, title_words, web_address, word_of
from dateline.export.outline import one_line
from dateline.model import Entry

LONGEST = 31
"""The most days of an entry that goes into a calendar: what is planned "for 2024" would fill every day of that year."""

_OCTETS = 75
_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_UNDATED = "19700101T000000Z"
"""The stamp of what tells no time of publication; a stamp must be there, and must be the same each time."""


def export_icalendar(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The entries that are planned, for a time of a month or less, as one calendar of tentative events."""
    yield b"".join(
        map(_fold, ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//Ledger//EN", "CALSCALE:GREGORIAN"))
    )
    for entry in entries:
        days = days_of(entry)
        if entry.event.status == "planned" and days and (days[1] - days[0]).days < LONGEST:
            yield b"".join(map(_fold, _event(entry, *days)))
    yield _fold("END:VCALENDAR")


def _event(entry: Entry, first: date, last: date) -> Iterator[str]:
    event, line = entry.event, entry.report
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.id)}@dateline"
    yield f"DTSTAMP:{_stamp(line.published)}"
    yield from _times(event.when.value if event.when else "", first, last)
    yield f"SUMMARY:{_text(title_words(entry))}"
    about = [entry.words, word_of(entry), *([f"As of {line.published}"] if line.published else [])]
    yield f"DESCRIPTION:{_text(chr(10).join(about))}"
    if event.where:
        yield f"LOCATION:{_text(one_line(event.where.name))}"
    if point := point_of(entry):
        yield f"GEO:{point[0]:.6f};{point[1]:.6f}"
    yield f"CATEGORIES:{_text(event.type)}"
    # The plan is the report's, and plans change.
    yield "STATUS:TENTATIVE"
    yield "TRANSP:TRANSPARENT"
    if address := web_address(line.origin):
        yield f"URL:{address}"
    if names := (*names_of(entry, "actors"), *names_of(entry, "recipients")):
        yield f"COMMENT:{_text('; '.join(dict.fromkeys(names)))}"
    yield "END:VEVENT"


def _times(value: str, first: date, last: date) -> Iterator[str]:
    """When it begins and ends: a moment where the value tells the time of day, else whole days with the last one."""
    if moment := _moment(value):
        yield f"DTSTART:{moment}"
        return
    yield f"DTSTART;VALUE=DATE:{_day(first)}"
    if last > first and last < date.max:
        yield f"DTEND;VALUE=DATE:{_day(last + timedelta(1))}"


def _moment(value: str) -> str | None:
    """A time of day as iCalendar writes it: in UTC where the zone is told, else floating."""
    if not _CLOCK.fullmatch(value):
        return None
    try:
        moment = datetime.fromisoformat(value)
        return f"{_day(moment)}T{moment:%H%M%S}" if moment.tzinfo is None else _utc(moment)
    except (ValueError, OverflowError):
        return None


def _stamp(published: str | None) -> str:
    try:
        moment = datetime.fromisoformat(published or "")
        return _utc(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return _UNDATED


def _utc(moment: datetime) -> str:
    moment = moment.astimezone(UTC)
    return f"{_day(moment)}T{moment:%H%M%S}Z"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(words: str) -> str:
    """Words as a TEXT value: backslash, semicolon and comma escaped, the end of a line written as \\n."""
    escaped = clean(words).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")


def _fold(line: str) -> bytes:
    """A content line, folded so that no line is longer than 75 octets, and never within a character.

    >>> [len(line) for line in _fold("SUMMARY:" + "é" * 50).split(b"\\r\\n")]
    [74, 35, 0]
    """
    octets = line.encode()
    if len(octets) <= _OCTETS:
        return octets + b"\r\n"
    lines, start, room = [], 0, _OCTETS
    while start < len(octets):
        end = min(start + room, len(octets))
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        lines.append(octets[start:end])
        start, room = end, _OCTETS - 1
    return b"\r\n ".join(lines) + b"\r\n"
