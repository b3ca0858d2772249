"""Adds reports to a ledger: finds them, passes over those that are known, reads the others and keeps what was read.

Nothing but the ledger remembers how far it got. What was kept stays kept whatever happens next, and adding the same
sources again goes on where the last run stopped.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec

from dateline.desk.corroborating import Corroborator
from dateline.desk.homes import Shelf
from dateline.desk.reading import AnyPath, annotators, check_kind
from dateline.desk.undisturbed import undisturbed
from dateline.engine import Failed, run
from dateline.errors import DatelineError
from dateline.intake.facts.publication import given_date
from dateline.intake.sources import Found, Parcel, count_bytes, find_parcels, read_parcel
from dateline.intake.sources.parcels import refuse
from dateline.ledger import Ledger
from dateline.model import Reading, Refused, Report, ReportKind, Taken, Tally
from dateline.reading.pipeline import read_layers

MOST = 200
"""How many readings are kept in one transaction."""

SECONDS = 2.0
"""How long a reading waits at most to be kept, as long as others come. To keep what came in that time takes less than
what is read ahead of it, so that no reader waits."""

LOOKED_UP = 64
"""How many pages are looked up in the ledger at once, before any of them is read."""

LOOKED_UP_BYTES = 8_000_000
"""The most that is held of pages waiting to be looked up."""

LIMIT = 300.0
"""The seconds that one page may take to read; the longest reports take a tenth of it."""

Read = Callable[[Report], Reading]
Work = Callable[[Parcel], Taken | Refused]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far adding has got: reports read, known ones and refusals; ``at`` of ``total`` bytes of the sources.

    ``total`` is None where nobody can tell. ``kept`` is what the ledger holds for good by now. ``barren`` says at the
    end of each source of which nothing could be taken why that is.
    """

    done: int = 0
    known: int = 0
    refused: int = 0
    at: int = 0
    total: int | None = None
    kept: Tally = field(default_factory=Tally)
    barren: tuple[Refused, ...] = ()


Watch = Callable[[Progress], object]


def add(
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    ledger: str | Path = "press.ledger",
    *,
    workers: int | None = None,
    fields: Mapping[str, str] | None = None,
    published: str | None = None,
    kind: ReportKind | None = None,
    allow_private: bool = False,
    places: AnyPath | None = None,
    progress: Watch | None = None,
    work: Work | None = None,
) -> Tally:
    """What adding all reports of some sources to a ledger came to.

    A source is a file, folder, glob, web address, feed, JSON Lines file, Parquet file or web archive, or the address of
    one in a store; shards of readings are folded into the ledger as they are. ``fields`` maps the names that
    a report's fields should have to those they have ("text" to "body"). ``published`` is the date of reports for which
    neither page nor source tells one, ``kind`` that of all reports, as in ``read``. ``workers`` processes read, as many
    as there are cores unless told. ``progress`` is called now and then. ``places`` is the gazetteer to read with, as in
    ``read``. ``work`` reads in place of Dateline's own annotators, for those who measure the rest.

    Raises LedgerError where the ledger cannot be opened or written, SettingError where ``published`` is no date or
    ``kind`` no kind, LexiconError where the gazetteer cannot be opened.
    """
    check_hints(published, kind)
    names = [os.fspath(sources)] if isinstance(sources, str | os.PathLike) else [os.fspath(each) for each in sources]
    find = partial(find_parcels, fields=fields, allow_private=allow_private)
    adder = Adder(Path(ledger), progress, places)
    parcels = adder.measured(names, find)
    pages = (hinted(published, kind, found) if isinstance(found, Parcel) else found for found in parcels)
    return adder.add(pages, workers, work)


def add_parcels(
    parcels: Iterable[Found],
    ledger: str | Path,
    *,
    workers: int | None = None,
    progress: Watch | None = None,
    work: Work | None = None,
) -> Tally:
    """What adding pages that are at hand to a ledger came to; readings and refusals among them are kept as such."""
    return Adder(Path(ledger), progress).add(parcels, workers, work)


def read_one(parcel: Parcel, places: AnyPath | None = None, shelf: Shelf | None = None) -> Taken | Refused:
    """What comes of a page: its reading, or why it cannot be read; ``shelf`` tells where its outlet is at home."""

    def read(report: Report) -> Reading:
        home = shelf.home(report.publisher) if shelf else None
        return read_layers(report, annotators(places), kind=parcel.kind, home=home)

    return read_with(parcel, read)


def read_with(parcel: Parcel, read: Read) -> Taken | Refused:
    """What comes of a page by another way of reading reports."""
    try:
        return Taken(parcel.digest, read(read_parcel(parcel)))
    except DatelineError as error:
        return _refused(parcel, error.what, error.todo)


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def check_hints(published: str | None, kind: str | None) -> None:
    """Raises SettingError where what is said of all reports is no date, or no kind of report."""
    if published:
        given_date(published)
    check_kind(kind)


def hinted(published: str | None, kind: ReportKind | None, page: Parcel) -> Parcel:
    """A page with this kind, and with this date where its source tells none."""
    return msgspec.structs.replace(page, published=page.published or published or None, kind=kind)


def _refused(parcel: Parcel, what: str, todo: str) -> Refused:
    return Refused(parcel.digest, parcel.origin, what, todo, datetime.now(UTC).isoformat(timespec="seconds"))


def refused_for(failed: Failed[Parcel]) -> Refused:
    """The refusal of a page on which Dateline itself went wrong."""
    if failed.why == "late":
        return _refused(failed.item, f"it was {failed.detail}", "Read it by itself with `dateline read`.")
    if failed.why == "died":
        return _refused(
            failed.item, f"reading it ended the reader ({failed.detail})", "Please report it with the page."
        )
    return _refused(failed.item, f"this is a bug in Dateline ({failed.detail})", "Please report it with the page.")


@dataclass
class Adder:
    """One run of adding: what waits to be kept, and how far it got.

    ``pending`` holds the size and the source of each page on its way, by digest; ``barren`` the sources, by number, of
    which nothing was taken yet, and the last reason.
    """

    path: Path
    watch: Watch | None
    places: AnyPath | None = None
    taken: list[Taken] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    pending: dict[str, tuple[int, int]] = field(default_factory=dict)
    barren: dict[int, Refused] = field(default_factory=dict)
    source: int = 0
    since: float = field(default_factory=time.monotonic)
    place: int = 0
    inside: int = 0
    state: Progress = field(default_factory=Progress)
    compare: Callable[[], object] = int

    def measured(self, sources: Sequence[str], find: Callable[[str], Iterator[Found]]) -> Iterator[Found]:
        """All that is found in the sources, counted on the way."""
        sizes = [count_bytes(source) for source in sources]
        known = [size for size in sizes if size is not None]
        self._note(total=sum(known) if len(known) == len(sizes) else None)
        for number, (source, size) in enumerate(zip(sources, sizes, strict=True)):
            base, self.source = self.place, number
            self.barren[number] = refuse(source, "no report was found in it", "Name pages, or what holds some.")
            for found in find(source):
                if isinstance(found, Parcel):
                    self.place += len(found.data)
                    if size is not None:  # Pages are larger than what a compressed file holds of them.
                        self.place = min(self.place, base + size)
                yield found
            if size is not None:
                self.place = base + size

    def add(self, parcels: Iterable[Found], workers: int | None, work: Work | None) -> Tally:
        """What came of it all. Whatever ends it early, what was read by then is kept first."""
        start = partial(annotators, self.places) if work is None else None
        with Ledger.open(self.path, write=True) as ledger:
            self.compare = Corroborator(ledger).compare_new
            fresh = self._fresh(ledger, parcels)
            how_many = cores() if workers is None else workers
            own = partial(read_one, places=self.places, shelf=Shelf(self.path, ledger.last()))
            answers = run(work or own, fresh, workers=how_many, start=start, limit=LIMIT)
            try:
                for answer in answers:
                    kept = refused_for(answer) if isinstance(answer, Failed) else answer
                    size, source = self.pending.get(kept.digest, (0, self.source))
                    self.inside -= size
                    self._receive(kept, source)
                    if self._due:
                        self._keep(ledger)
                        self.compare()
                self._keep(ledger)
                self.compare()
                self._note(barren=tuple(self.barren.values()))
            except BaseException:
                # Ctrl-C, or an error: the readings at hand cost minutes, and keeping them takes a moment.
                answers.close()
                with suppress(DatelineError):
                    self._keep(ledger)
                raise
        return self.state.kept

    def _fresh(self, ledger: Ledger, parcels: Iterable[Found]) -> Iterator[Parcel]:
        """The pages that the ledger does not know yet, and that are not being read."""
        waiting: list[tuple[Parcel, int]] = []
        size, since = 0, time.monotonic()
        for found in parcels:
            if not isinstance(found, Parcel):
                self._receive(found, self.source)
                # A million broken lines, or readings of a shard, give no answer that would have them kept.
                if len(self.taken) + len(self.refused) >= MOST:
                    self._keep(ledger)
                    self.compare()
                continue
            waiting.append((found, self.source))
            self.inside += len(found.data)
            size += len(found.data)
            if len(waiting) >= LOOKED_UP or size > LOOKED_UP_BYTES or time.monotonic() - since > 1:
                yield from self._unknown(ledger, waiting)
                waiting, size, since = [], 0, time.monotonic()
        yield from self._unknown(ledger, waiting)

    def _unknown(self, ledger: Ledger, parcels: Sequence[tuple[Parcel, int]]) -> Iterator[Parcel]:
        digests = [parcel.digest for parcel, _ in parcels]
        known = ledger.known(digests)
        for digest, (parcel, source) in zip(digests, parcels, strict=True):
            if digest in known or digest in self.pending:
                self.inside -= len(parcel.data)
                self.barren.pop(source, None)
                self._count(Tally(known=1))
                self._note(known=self.state.known + 1)
            else:
                self.pending[digest] = (len(parcel.data), source)
                yield parcel

    @property
    def _due(self) -> bool:
        return len(self.taken) + len(self.refused) >= MOST or time.monotonic() - self.since > SECONDS

    def _receive(self, answer: Taken | Refused, source: int) -> None:
        if isinstance(answer, Taken):
            self.taken.append(answer)
            self.barren.pop(source, None)
            self._note(done=self.state.done + 1)
        else:
            self.refused.append(answer)
            if source in self.barren:
                self.barren[source] = answer
            self._note(refused=self.state.refused + 1)

    def _keep(self, ledger: Ledger) -> None:
        """Writes what was read; from then on it stays."""
        if self.taken or self.refused:
            with undisturbed():  # what is kept is counted as kept, and not once more by whoever ends this
                self._count(ledger.put(self.taken, self.refused))
                for digest in [*(each.digest for each in self.taken), *(each.digest for each in self.refused)]:
                    self.pending.pop(digest, None)
                self.taken, self.refused = [], []
            self._note()
        self.since = time.monotonic()

    def _count(self, more: Tally) -> None:
        kept = self.state.kept
        self._note(
            kept=Tally(
                kept.added + more.added,
                kept.editions + more.editions,
                kept.known + more.known,
                kept.refused + more.refused,
            )
        )

    def _note(self, **changed: object) -> None:
        at = max(self.state.at, self.place - self.inside)
        self.state = replace(self.state, at=at, **changed)  # type: ignore[arg-type]
        if self.watch is not None:
            self.watch(self.state)
