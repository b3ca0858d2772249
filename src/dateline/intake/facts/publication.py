"""Weighs all that tells when a report was published, and chooses; every candidate is kept.

The order: a date given by the reader; else the day that most speaks for, where each candidate speaks with the weight
of its source (below) and each other source that agrees on the day adds one; within that day the most precise candidate,
with a zone before one without. A date of a change ("updated") is taken only where nothing else is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from dateline.errors import SettingError
from dateline.intake.facts.timestamps import StampReader
from dateline.model import PageSpan, Precision, PublishedCandidate, Span

WEIGHTS = {
    "given": 100.0,
    "json-ld": 6.0,
    "meta": 5.0,
    "itemprop": 5.0,
    "visible": 4.0,
    "time": 3.0,
    "meta weak": 2.5,
    "url": 2.5,
    "dateline": 2.0,
    "htmldate": 1.0,
    "visible updated": 0.5,
    "modified": 0.4,
}
"""How much each source of a date is believed. "modified" and "updated" dates never outweigh a date of publication."""

_FINENESS: dict[Precision, int] = {"year": 0, "month": 1, "day": 2, "minute": 4, "second": 4}
_GIVEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s?(Z|[+-]\d\d:?\d\d)?)?)?)?")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2]|[a-z]{3})[/-]?([0-3]?\d)(?=[/_.-]|$)", re.IGNORECASE)


def given_date(words: str) -> PublishedCandidate:
    """The candidate for a date that the reader gives: a year, month, day, or time with or without an offset.

    Raises SettingError where the words are no such date.

    >>> given_date("2023-09-17T12:26+01:00").value
    '2023-09-17T12:26:00+01:00'
    """
    match = _GIVEN.fullmatch(words.strip())
    try:
        if not match:
            raise ValueError
        year, month, day, clock, _ = match.groups()
        if clock:
            moment = datetime.fromisoformat(words.strip().replace(" ", "T", 1).replace("Z", "+00:00"))
            return PublishedCandidate(moment.isoformat(), "second" if clock.count(":") > 1 else "minute", "given")
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise SettingError(
            f'published "{words}"',
            "this is no date of publication",
            "Give a day or a time such as 2023-09-17 or 2023-09-17T12:26+01:00.",
        ) from None
    precision: Precision = "day" if day else "month" if month else "year"
    return PublishedCandidate(words.strip(), precision, "given")


def stated_candidate(
    words: str, source: str, stamps: StampReader, page: PageSpan | None, host: str
) -> PublishedCandidate | None:
    """The candidate for a date that the markup states, in ISO 8601 or in words."""
    stamp = stamps.read_stamp(words, host)
    return PublishedCandidate(stamp.value, stamp.precision, source, page=page) if stamp else None


def visible_candidates(text: str, lines: Sequence[Span], stamps: StampReader, host: str) -> list[PublishedCandidate]:
    """The candidates in those lines of the text that tell when it was published."""
    found = []
    for line in lines:
        for stamp in stamps.find_stamps(line.of(text), host):
            span = Span(line.start + stamp.span.start, line.start + stamp.span.end)
            source = "visible updated" if stamp.updated else "visible"
            found.append(PublishedCandidate(stamp.value, stamp.precision, source, span=span))
    return found


def address_candidate(address: str | None, stamps: StampReader) -> PublishedCandidate | None:
    """The candidate in an address such as https://example.org/2023/09/17/visit."""
    match = _IN_ADDRESS.search(address or "")
    if not match:
        return None
    year, month, day = match.groups()
    stamp = stamps.read_stamp(f"{year}-{month}-{int(day):02}" if month.isdigit() else f"{int(day)} {month} {year}")
    return PublishedCandidate(stamp.value, "day", "url") if stamp else None


def choose_published(candidates: Sequence[PublishedCandidate]) -> str | None:
    """The value of the best candidate, or None where there is none."""
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: _belief(candidate, candidates))
    if best.source == "given":
        return best.value
    changed = best.source in ("modified", "visible updated")
    same_day = [
        candidate
        for candidate in candidates
        if candidate.value[:10] == best.value[:10] and changed == (candidate.source in ("modified", "visible updated"))
    ]
    return max(same_day, key=lambda candidate: (_fineness(candidate), WEIGHTS[candidate.source])).value


def _belief(candidate: PublishedCandidate, candidates: Sequence[PublishedCandidate]) -> float:
    if candidate.source in ("modified", "visible updated"):
        return WEIGHTS[candidate.source]
    day = candidate.value[:10]
    agreeing = {other.source for other in candidates if other.value[:10] == day} - {candidate.source, "modified"}
    return WEIGHTS[candidate.source] + len(agreeing)


def _fineness(candidate: PublishedCandidate) -> float:
    zoned = bool(re.search(r"T.*[+-]\d\d:\d\d$", candidate.value))
    return _FINENESS[candidate.precision] + 0.5 * zoned
