"""What Dateline makes of a case: its reports are read and added to a ledger, which is then asked."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from dateline.corroboration import find_happening
from dateline.desk.adding import read_one
from dateline.desk.corroborating import corroborate
from dateline.desk.happening import find_copies, find_credits, open_origins, put_together
from dateline.ledger import Ledger
from dateline.model import Happening, Reading, Taken, edition_id
from eval.corroboration.cases import Case


class Answered(Struct, frozen=True):
    """What was answered: the happening that the case is about, and all happenings that two reports or more tell of.

    ``places`` are the happenings that each report's marked words are in; none where no event was read there.
    """

    happening: Happening | None
    shared: tuple[Happening, ...]
    places: dict[str, frozenset[str]]
    copies: frozenset[tuple[str, str]]


def read_case(case: Case) -> dict[str, Taken]:
    """The readings of a case's reports, by their ids.

    Raises ValueError where one cannot be read.
    """
    found = {}
    for report in case.report:
        taken = read_one(report.parcel(case.name))
        if not isinstance(taken, Taken):
            raise ValueError(f"{case.name}, {report.id}: {taken.what}")
        found[report.id] = taken
    return found


def answer(case: Case, readings: Mapping[str, Taken], *, gathered: bool = False) -> Answered:
    """What a ledger of these reports answers; with ``gathered`` the marked events are put together by hand."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "case.ledger", write=True) as ledger:
        for taken in readings.values():  # One by one, as news comes.
            ledger.put([taken])
            corroborate(ledger)
        return _answer(case, ledger, {id: taken.reading for id, taken in readings.items()}, gathered)


def _answer(case: Case, ledger: Ledger, readings: Mapping[str, Reading], gathered: bool) -> Answered:
    editions = {id: edition_id(each.report.id, each.text) for id, each in readings.items()}
    names = {edition: id for id, edition in editions.items()}
    told = {id: _told(case, ledger, id, readings[id], editions[id]) for id in readings}
    entries = {entry.id: entry for edition in editions.values() for entry in ledger.entries_of(edition)}
    places = {id: frozenset(entries[event].happening or "" for event in events) - {""} for id, events in told.items()}
    ids = dict.fromkeys(entry.happening for entry in entries.values() if entry.happening)
    happenings = {one.id: one for one in put_together(ledger, ids)}
    copies = find_copies(ledger, list(editions.values()))
    main = _main(case, places, happenings)
    if gathered and not case.apart:
        origins = open_origins(ledger.path)
        credits = find_credits(ledger, editions.values(), origins)
        first = [entries[events[0]] for events in told.values() if events]
        main = find_happening(first, origins=origins, copies=copies, credits=credits) if first else None
        happenings = {main.id: main} if main else {}
    shared = [one for one in happenings.values() if len({entry.report.report for entry in one.entries}) > 1]
    return Answered(main, tuple(shared), places, frozenset((names[a], names[b]) for a, b, _ in copies))


def _told(case: Case, ledger: Ledger, id: str, reading: Reading, edition: str) -> list[str]:
    """The events of a report that its marked words tell of."""
    written = next(report for report in case.report if report.id == id)
    start, end = written.told_at(reading.text)
    touching = [
        entry
        for entry in ledger.entries_of(edition)
        if any(at.start < end and start < at.end for at in (entry.event.trigger, *entry.event.also))
    ]
    return [entry.id for entry in sorted(touching, key=lambda each: -each.event.main)]


def _main(case: Case, places: Mapping[str, frozenset[str]], happenings: Mapping[str, Happening]) -> Happening | None:
    """The happening that most of the marked words are in; of a case of two happenings, that of the first report."""
    ids: Sequence[str] = [case.report[0].id] if case.apart else list(places)
    counts = Counter(happening for id in ids for happening in sorted(places[id]))
    return happenings[counts.most_common(1)[0][0]] if counts else None
