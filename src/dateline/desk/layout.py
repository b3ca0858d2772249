"""Lays a report out for reading: its text and layers as people have corrected them, and the entries made from it."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from dateline.desk.naming import find_one
from dateline.desk.opening import AnyLedger, opened
from dateline.model import Edition, Entry, Reading, event_id

REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Layout:
    """One edition of a report with all that was read in it.

    ``reading`` holds the events as they are corrected, without those that somebody has rejected; ``entries`` are
    theirs, one for each and in the same order.
    """

    edition: Edition
    editions: tuple[Edition, ...]
    reading: Reading
    entries: tuple[Entry, ...]
    rejected: tuple[Entry, ...]


def lay_out(ledger: AnyLedger = "press.ledger", id: str = "") -> Layout:
    """A report by its id or by that of one of its editions; of a report the current edition.

    Raises as ``show`` does.
    """
    with opened(ledger) as book:
        kind, whole = find_one(book, id, "report", "edition")
        report = book.reading(whole).report.id if kind == "edition" else whole
        editions = book.editions(report)
        wanted = [each for each in editions if each.id == whole or (kind == "report" and each.current)]
        edition = (wanted or list(editions))[0]
        reading = book.reading(edition.id)
        entries = book.entries_of(edition.id, rejected=True)
    kept = {entry.id: entry for entry in entries if REJECTED not in entry.corrected}
    ids = dict.fromkeys(event_id(edition.id, event.trigger) for event in reading.events)
    ordered = tuple(kept[id] for id in ids if id in kept)
    return Layout(
        edition,
        editions,
        replace(reading, events=tuple(entry.event for entry in ordered)),
        ordered,
        tuple(entry for entry in entries if REJECTED in entry.corrected),
    )
