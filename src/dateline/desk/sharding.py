"""Adds reports by way of shards: each unit of work becomes one Parquet file of readings, then all go into the ledger.

A shard is finished once it is there, under its name and whole; a unit whose shard is finished is not read again. The
units may be read on this machine or on many, in any order; what comes of it is the same.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from multiprocessing import current_process
from pathlib import Path
from typing import Any

import msgspec

import dateline
from dateline.desk.adding import LIMIT, Adder, Progress, Watch, Work, check_hints, cores, hinted, read_one, refused_for
from dateline.desk.reading import AnyPath, annotators, chosen_places
from dateline.desk.units import Unit, find_units
from dateline.engine import Failed, Standing, run, run_on_cluster
from dateline.errors import DatelineError, InputError, SettingError
from dateline.intake.sources import Found, Parcel, find_in_file, find_parcels, line_of
from dateline.intake.sources.parcels import refuse
from dateline.ledger import Ledger
from dateline.ledger.shards.columns import arrow
from dateline.ledger.shards.writing import ShardWriter
from dateline.model import Refused, ReportKind, Taken, Tally
from dateline.model.shards import ManifestLine, Part
from dateline.storage import UNDONE, is_stored, join, list_matching, look_at, open_file, remove, write_whole

MANIFEST = "manifest"
"""The file in a folder of shards that lists them, a line of JSON each; the lines stand in the shards themselves too.
Its name tells no kind of file, so that nobody who adds the folder takes it for reports."""

BESIDE = ".shards"
"""How the name of the folder of shards ends that stands beside a ledger."""

READERS = ("intake", "reading", "lexicon", "model", "data")
"""The rooms on which it depends what is read in a page."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker of a run must know: where shards go, and how pages are read; ``workers`` for each unit."""

    folder: str
    fields: Mapping[str, str] | None = None
    published: str | None = None
    kind: ReportKind | None = None
    places: str | None = None
    work: Work | None = None
    workers: int = 1

    def promise(self, unit: Unit) -> ManifestLine:
        """The manifest line of a unit before anything is counted."""
        settings = {f"field {name}": theirs for name, theirs in sorted((self.fields or {}).items())}
        if self.published:
            settings["published"] = self.published
        if self.kind:
            settings["kind"] = self.kind
        if self.places:
            settings["places"] = f"{self.places} {look_at(self.places).mark}"
        if self.work is not None:
            settings["work"] = f"{self.work.__module__}.{getattr(self.work, '__qualname__', self.work)}"
        return ManifestLine(
            shard=unit.shard, parts=unit.parts, dateline=dateline.__version__, code=code(), settings=settings
        )


class Sharded(msgspec.Struct, frozen=True):
    """What a run came to: the folder of its shards, the tally of the ledger (None where there is none), the shards,
    how many of them were finished before, and what kept units back.
    """

    folder: str
    tally: Tally | None
    lines: tuple[ManifestLine, ...]
    reused: int
    failed: tuple[Refused, ...]


Trouble = tuple[str, str, str]
"""An error of Dateline's in pieces, as it comes back from a worker: where, what, what to do."""

Answer = tuple[ManifestLine, bool] | Trouble
Map = Callable[[Callable[[Unit], Answer], Iterable[Unit]], Generator[Answer | Failed[Unit], None, None]]


def add_by_shards(
    sources: Sequence[str],
    ledger: str | Path | None,
    shards: str | None = None,
    *,
    engine: str = "processes",
    cluster: str | None = None,
    workers: int | None = None,
    fields: Mapping[str, str] | None = None,
    published: str | None = None,
    kind: ReportKind | None = None,
    places: AnyPath | None = None,
    progress: Watch | None = None,
    work: Work | None = None,
) -> Sharded:
    """What adding the reports of some sources by way of shards came to; into no ledger where that is None.

    ``shards`` is the folder of the shards, a path that all workers see or an address in a store: that beside the ledger
    unless told. With the engine
    "processes" the units are read one after the other, each by so many ``workers``; with "dask" by so many at once on
    this machine, or by all those of the ``cluster`` at an address. The other arguments are those of ``adding.add``.

    Raises LedgerError, SettingError, LexiconError and InputError where nothing at all can be read or written.
    """
    check_hints(published, kind)
    if cluster is not None and engine != "dask":
        raise SettingError(f"--cluster {cluster}", "only the engine dask has a cluster", "Add --engine dask.")
    arrow()
    if shards is None:
        shards = f"{ledger}{BESIDE}" if ledger is not None else "readings"
    units = find_units(sources)
    chosen = chosen_places(places)
    job = Job(
        folder=shards if is_stored(shards) else str(Path(shards).absolute()),
        fields=dict(fields) if fields else None,
        published=published,
        kind=kind,
        places=str(chosen.absolute()) if chosen else None,
        work=work,
        workers=1 if engine == "dask" else workers or cores(),
    )
    answers = _engine(engine, cluster, workers or cores())(partial(read_unit, job=job), units)
    run_ = _Run(job, units, progress)
    try:
        with closing(answers):
            done = run_.in_order(answers)
            tally = run_.fold(done, Path(ledger)) if ledger is not None else pass_over(done)
    finally:
        _readers(job.work, job.places, job.workers).close()
    run_.tidy()
    lines = tuple(run_.lines[unit.shard] for unit in units if unit.shard in run_.lines)
    return Sharded(shards, tally, lines, run_.reused, tuple(run_.failed))


def _engine(name: str, cluster: str | None, workers: int) -> Map:
    """The map that an engine is."""
    if name == "processes":
        return partial(run, workers=1)
    if name == "dask":
        return partial(run_on_cluster, workers=workers, address=cluster)
    raise SettingError(f"--engine {name}", "there is no such engine", "Give processes or dask.")


def read_unit(unit: Unit, job: Job) -> Answer:
    """The manifest line of a unit's shard, and whether that was there already; else what keeps it from being written.

    A page that ends its reader, or never ends, is refused after bounded tries, and the rest of the unit goes on: each
    is read in a process of its own.
    """
    try:
        if current_process().daemon:
            todo = "Start them with DASK_DISTRIBUTED__WORKER__DAEMON=False."
            raise SettingError("the workers of the cluster", "they may not start processes of their own", todo)
        promised, name = job.promise(unit), join(job.folder, unit.shard)
        line = finished(name)
        if line is not None and line.holds(promised):
            return line, True
        return _write(unit, job, promised, name), False
    except DatelineError as error:
        return error.where, error.what, error.todo


def finished(name: str) -> ManifestLine | None:
    """The manifest line of a shard; None where there is none that is whole."""
    with suppress(DatelineError, OSError, msgspec.DecodeError), open_file(name) as file:
        line = line_of(file)
        return msgspec.json.decode(line, type=ManifestLine) if line is not None else None
    return None


def _write(unit: Unit, job: Job, promised: ManifestLine, name: str) -> ManifestLine:
    began = time.monotonic()
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with write_whole(name) as file:
        writer = ShardWriter(file, promised, at)
        with closing(_readers(job.work, job.places, job.workers).run(_pages(unit.parts, job, writer))) as answers:
            for answer in answers:
                writer.add(refused_for(answer) if isinstance(answer, Failed) else answer)
        return writer.close(time.monotonic() - began)


@cache
def _readers(work: Work | None, places: str | None, workers: int) -> Standing[Parcel, Taken | Refused]:
    """The processes that read pages for this one, the same from unit to unit."""
    start = None if work else partial(annotators, places)
    return Standing(work or partial(read_one, places=places), workers=workers, start=start, limit=LIMIT)


def _pages(parts: Iterable[Part], job: Job, writer: ShardWriter) -> Iterator[Parcel]:
    """The pages of a unit, each once; what is no page goes into the shard as it is."""
    seen: set[str] = set()
    for part in parts:
        range_ = (part.start, part.end) if part.start is not None and part.end is not None else None
        for found in find_in_file(part.path, job.fields, range_=range_):
            if found.digest in seen:
                writer.count_again()
                continue
            seen.add(found.digest)
            if isinstance(found, Parcel):
                yield hinted(job.published, job.kind, found)
            else:
                writer.add(found)


@cache
def code() -> str:
    """What tells the code, rules and models that read apart from all others: a digest of them."""
    digest = hashlib.sha256()
    home = Path(dateline.__file__).parent
    for path in sorted(path for room in READERS for path in (home / room).rglob("*") if path.is_file()):
        if path.suffix in (".py", ".toml"):
            digest.update(f"{path.relative_to(home).as_posix()}\n".encode() + path.read_bytes())
        elif "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(home).as_posix()} {path.stat().st_size}\n".encode())
    return digest.hexdigest()[:16]


def pass_over(done: Iterable[Unit]) -> Tally | None:
    """No tally, once all units are done: their shards stay what they are."""
    for _ in done:
        pass
    return None


class _Run:
    """One run as the caller sees it: which shards are finished, and what of them is in the ledger."""

    def __init__(self, job: Job, units: Sequence[Unit], watch: Watch | None) -> None:
        self._job = job
        self._units = units
        self._watch = watch
        self._total = sum(unit.size for unit in units)
        self.lines: dict[str, ManifestLine] = {}
        self.failed: list[Refused] = []
        self.reused = 0

    def in_order(self, answers: Iterable[Answer | Failed[Unit]]) -> Iterator[Unit]:
        """The units whose shards are finished, in the order of their names, as soon as those before are done.

        Raises what keeps shards from being written at all.
        """
        over: set[str] = set()
        place = 0
        for answer in answers:
            over.add(self._note(answer))
            while place < len(self._units) and self._units[place].shard in over:
                unit = self._units[place]
                over.discard(unit.shard)
                place += 1
                if unit.shard in self.lines:
                    yield unit
                    self._show(unit)

    def _note(self, answer: Answer | Failed[Unit]) -> str:
        """The name of the shard that an answer is about."""
        if isinstance(answer, Failed):
            unit = answer.item
            told = unit.parts[0].path + (f" and {len(unit.parts) - 1} more" if len(unit.parts) > 1 else "")
            why = "its readers died" if answer.why == "died" else "this is a bug in Dateline"
            todo = "Give the same command again; what is finished is kept."
            self.failed.append(refuse(told, f"this was not read: {why} ({answer.detail})", todo))
            return unit.shard
        if len(answer) == 3:
            raise InputError(*answer)
        line, there = answer
        self.lines[line.shard] = line
        self.reused += there
        return line.shard

    def _show(self, unit: Unit) -> None:
        """Tells the watcher how far it is where no ledger does."""
        if self._watch is not None:
            done = [self.lines[each.shard] for each in self._units if each.shard in self.lines]
            at = sum(each.size for each in self._units if each.shard in self.lines)
            self._watch(
                Progress(
                    sum(line.reports for line in done),
                    sum(line.again for line in done),
                    sum(line.refused for line in done),
                    at,
                    self._total,
                )
            )

    def fold(self, done: Iterable[Unit], ledger: Path) -> Tally:
        """What putting finished shards into the ledger, one after the other by one writer, came to."""
        adder = Adder(ledger, self._watch)
        adder.state = replace(adder.state, total=self._total)
        again = 0

        def found() -> Iterator[Found]:
            nonlocal again
            for unit in done:
                name = join(self._job.folder, unit.shard)
                known = self._known(name, ledger)
                if known:
                    again += known
                else:
                    yield from find_parcels(name)
                again += self.lines[unit.shard].again
                adder.place += unit.size

        tally = adder.add(found(), 1, None if self._job.work is None else self._job.work)
        return msgspec.structs.replace(tally, known=tally.known + again)

    def _known(self, name: str, ledger: Path) -> int:
        """How many pages a shard has where the ledger knows them all; else 0."""
        _, parquet = arrow()
        with open_file(name) as file:
            pages = parquet.read_table(file, columns=["kind", "digest"]).to_pylist()
        digests = [page["digest"] for page in pages if page["kind"] != "event"]
        with Ledger.open(ledger) as book:
            return len(digests) if len(book.known(digests)) == len(set(digests)) else 0

    def tidy(self) -> None:
        """Lists the shards of the folder, and takes away what workers left there that died."""
        with suppress(InputError):
            for left in list_matching(join(self._job.folder, f"*{UNDONE}"), UNDONE):
                if left.rpartition("/")[2].rsplit(".", 2)[0] in {MANIFEST, *self.lines}:
                    remove(left)
        self._write_manifest()

    def _write_manifest(self) -> None:
        """Lists the shards of this run, and those that were there before."""
        name = join(self._job.folder, MANIFEST)
        lines: dict[str, Any] = {}
        with suppress(DatelineError, OSError), open_file(name) as file:
            for line in file.read().splitlines():
                with suppress(msgspec.DecodeError):
                    kept = msgspec.json.decode(line, type=ManifestLine)
                    lines[kept.shard] = kept
        lines.update(self.lines)
        with write_whole(name) as new:
            new.write(b"".join(msgspec.json.encode(lines[shard]) + b"\n" for shard in sorted(lines)))
