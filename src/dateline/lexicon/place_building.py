"""Builds a gazetteer of any size from GeoNames dumps, tables of one's own places, and the gazetteer that ships.

The files are read once, into sorted runs on disk; these are merged into the gazetteer's tables, which are thus written
from first to last. How far it got stands in a folder beside the file to be, ``<file>.building``; what is stopped goes
on from there when it is asked again for the same.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from itertools import chain, groupby
from pathlib import Path
from typing import Literal, TypeVar
from zlib import crc32

import msgspec

from dateline.errors import LexiconError
from dateline.lexicon.dumps import DumpFile, find_units, kind_of_dump, size_of_dump
from dateline.lexicon.features import kind_of
from dateline.lexicon.gazetteer import FORMAT, LONGEST_KEY, fold
from dateline.lexicon.gazetteer_file import NAME_ROW, PLACE_ROW, TABLES, pack_posting, scaled
from dateline.lexicon.own_places import read_own_places
from dateline.lexicon.place_runs import MOST, merge_runs, write_run
from dateline.model import PLACE_CREDIT

Stage = Literal["units", "reading", "places", "names"]

MOST_RANKED = 2**32 - 1
"""Places of more people than this rank alike: what fits into four bytes, and more than any but the whole earth has."""

PART = "gazetteer.part"

MOST_ABOVE = 10
"""How many units hold each other at most: a place, its five orders of units, its country, the parts of the world."""

TOLD = 20_000
"""After so many lines it is told how far reading got, and full runs go to disk."""

BATCH = 10_000
"""How many rows are written at once."""

R = TypeVar("R")

Tell = Callable[["Building"], object]


class Building(msgspec.Struct, frozen=True):
    """How far a build has got: ``at`` of ``total`` in its stage, in bytes while files are read and else in places."""

    stage: Stage
    at: int
    total: int
    what: str = ""


class _State(msgspec.Struct):
    """What is on disk for good: the input (by number) and where in it reading goes on, and the runs that are whole."""

    asked: str
    input: int = 0
    line: int = 0
    offset: int = 0
    places: list[str] = msgspec.field(default_factory=list)
    names: list[str] = msgspec.field(default_factory=list)
    placed: bool = False
    """Whether the places stand in the file to be, so that their runs are gone."""
    sum: int = 0
    """A checksum of these places."""


class PlaceBuilder:
    """One build of a gazetteer: the files that it reads, the file that it makes, and how far it got."""

    def __init__(
        self,
        to: Path,
        dumps: Sequence[Path],
        own: Sequence[Path] = (),
        base: Path | None = None,
        tell: Tell | None = None,
        most: int = MOST,
    ) -> None:
        self.to = to
        self.folder = Path(f"{to}.building")
        self.inputs = [path for path in dumps if kind_of_dump(path) in ("places", "alternates")]
        self.inputs.sort(key=lambda path: kind_of_dump(path) == "alternates")
        self.tables = [path for path in dumps if path not in self.inputs]
        self.own = list(own)
        self.base = base
        self.most = most
        self._tell = tell or (lambda building: None)
        self._places: list[bytes] = []
        self._names: list[bytes] = []
        self._units: dict[str, int] = {}
        self._parents: dict[int, int] = {}
        self._alternates = any(kind_of_dump(path) == "alternates" for path in self.inputs)

    def build(self) -> None:
        """Makes the file. Where this raises, what was read so far is kept, and the same build goes on from there.

        Raises LexiconError where a file cannot be read or is not what it should be, with the number of the line.
        """
        for path in (*self.inputs, *self.tables, *self.own):
            if not path.is_file():
                raise LexiconError(str(path), "there is no such file", "Check the path.")
        if self.to.is_dir():
            raise LexiconError(str(self.to), "the gazetteer is one file, and this is a folder", "Name a file in it.")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            state = self._resumed()
            self._read_tables()
            self._read(state)
            part = self.folder / PART
            self._write(part, state)
            part.replace(self.to)
            shutil.rmtree(self.folder)
        except (OSError, sqlite3.Error) as error:
            what = f"the gazetteer cannot be made ({error})"
            raise LexiconError(str(self.to), what, "Check the folder and the space on the disk.") from error

    def _asked(self) -> str:
        """What this build was asked for: the files as they are, so that no half of another build is gone on with."""
        files = [*self.inputs, *self.tables, *self.own, *([self.base] if self.base else [])]
        stats = [(os.fspath(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
        return repr((FORMAT, self.most, stats, len(self.own)))

    def _resumed(self) -> _State:
        """How far the last try got, if it was for the same; what it left half done is put away."""
        asked, path = self._asked(), self.folder / "state.json"
        state = _State(asked)
        if path.exists():
            try:
                found = msgspec.json.decode(path.read_bytes(), type=_State)
            except msgspec.DecodeError:
                found = state
            lost = found.placed and not (self.folder / PART).exists()  # the file stands where it is to be, or is gone
            state = found if found.asked == asked and not lost else state
        whole = {*state.places, *state.names, "state.json"} | ({PART, f"{PART}-journal"} if state.placed else set())
        for left in self.folder.iterdir():
            if left.name not in whole:
                left.unlink()
        return state

    def _read_tables(self) -> None:
        """Reads which unit each admin code stands for, and who holds whom."""
        for path in self.tables:
            dump = DumpFile(path)
            if dump.kind == "hierarchy":
                self._parents.update((inner, outer) for outer, inner in dump.parents())
            else:
                self._units.update(dump.units())
        done, total = 0, sum(map(size_of_dump, self.inputs))
        for path in self.inputs:
            if kind_of_dump(path) == "places":
                self._tell(Building("units", done, total, path.name))
                for code, row in find_units(path):
                    self._units.setdefault(code, row)
            done += size_of_dump(path)

    def _read(self, state: _State) -> None:
        """Reads the inputs into runs, from where the last try stopped."""
        sizes = [size_of_dump(path) for path in self.inputs]
        if state.input == 0 and state.offset == 0 and not (state.places or state.placed):
            self._read_base()
            self._read_own()
            self._keep(state)
        while state.input < len(self.inputs):
            path, before = self.inputs[state.input], sum(sizes[: state.input])
            dump = DumpFile(path, line=state.line, offset=state.offset)
            for count, _ in enumerate(self._taken(dump), 1):
                if count % TOLD == 0:
                    self._tell(Building("reading", before + dump.offset, sum(sizes), path.name))
                    if len(self._places) >= self.most or len(self._names) >= self.most:
                        state.line, state.offset = dump.line, dump.offset
                        self._keep(state)
            state.input, state.line, state.offset = state.input + 1, 0, 0
            self._keep(state)

    def _taken(self, dump: DumpFile) -> Iterator[None]:
        """Takes in a file, line by line."""
        source = self.inputs.index(dump.path) + 2
        if dump.kind == "alternates":
            for other in dump.names():
                self._name(other.name, other.row, alternate=not other.main)
                yield
            return
        units = self._units
        regions = {row for code, row in units.items() if code.count(".") == 1}
        for place in dump.places():
            row = place.row
            region = district = None
            if kind_of(place.feature) not in ("country", "region"):
                region, district = units.get(place.admin1), units.get(place.admin2)
                if region is None:
                    region = self._above(row, regions)
                region = region if region != row else None
                district = district if district not in (row, region) else None
            self._place(
                source, row, "", place.name, place.country, place.feature, scaled(place.lat), scaled(place.lon),
                place.population, region, district,
            )  # fmt: skip
            self._name(place.name, row, alternate=False)
            for name in place.also[: 1 if self._alternates else None]:
                self._name(name, row, alternate=True)
            yield

    def _above(self, row: int, regions: set[int]) -> int | None:
        """The region that holds a place by the hierarchy: the first of the units above it that is one."""
        above: int | None = row
        for _ in range(MOST_ABOVE):
            above = self._parents.get(above) if above is not None else None
            if above in regions:
                return above
        return None

    def _read_base(self) -> None:
        """Takes over what the gazetteer that ships has; a dump's entry of the same id replaces an entry of it."""
        if self.base is None:
            return
        with closing(sqlite3.connect(f"{self.base.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            for row in database.execute(
                "SELECT row, slug, name, country, feature, lat, lon, population, region, district FROM place"
            ):
                self._place(0, *row)
            for key, blob in database.execute("SELECT key, places FROM name"):
                for number in memoryview(blob).cast("I"):
                    self._names.append(b"%s\t%d\t%d" % (key.encode(), number & 1, number >> 1))

    def _read_own(self) -> None:
        """Takes in the tables of one's own places."""
        seen = set[str]()
        for record in chain.from_iterable(read_own_places(path, seen) for path in self.own):
            self._place(
                1, record.row, record.slug, " ".join(record.name.split()), record.country, record.feature,
                scaled(record.lat), scaled(record.lon), record.population, None, None,
            )  # fmt: skip
            for name in (record.name, *record.known_as):
                self._name(name, record.row, alternate=False)

    def _place(self, source: int, row: int, *values: object) -> None:
        cells = ["" if value is None else str(value) for value in values]
        self._places.append("\t".join((f"{row:010d}", f"{source:04d}", *cells)).encode())

    def _name(self, name: str, row: int, *, alternate: bool) -> None:
        key = fold(name)
        if 1 < len(key) <= LONGEST_KEY and key.isprintable():
            self._names.append(f"{key}\t{int(alternate)}\t{row}".encode())

    def _keep(self, state: _State) -> None:
        """Writes what was read as runs, and then that it is there; from then on it stays."""
        for kind, lines, runs in (("places", self._places, state.places), ("names", self._names, state.names)):
            if lines:
                name = f"{kind}-{len(runs):04d}.zst"
                write_run(self.folder / name, lines)
                runs.append(name)
                lines.clear()
        self._note(state)

    def _note(self, state: _State) -> None:
        part = self.folder / "state.part"
        part.write_bytes(msgspec.json.encode(state))
        part.replace(self.folder / "state.json")

    def _write(self, path: Path, state: _State) -> None:
        """Merges the runs into the tables: first the places, whose runs are then done with, and then the names."""
        rows, people = array("I"), array("I")
        if not state.placed:
            path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.executescript("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;")
            if state.placed:
                for row, population in database.execute("SELECT row, population FROM place ORDER BY row"):
                    rows.append(row)
                    people.append(min(population, MOST_RANKED))
            else:
                self._write_places(database, state, rows, people)
            self._write_names(database, state, rows, people)

    def _write_places(self, database: sqlite3.Connection, state: _State, rows: array[int], people: array[int]) -> None:
        database.executescript(TABLES)
        runs = [self.folder / name for name in state.places]
        total = 0
        database.execute("BEGIN")
        for batch in _batches(self._place_rows(state, runs, rows, people)):
            database.executemany(PLACE_ROW, batch)
            total += len(batch)
            self._tell(Building("places", total, 0))
        facts = {"attribution": PLACE_CREDIT, "made": date.today().isoformat(), "places": str(total)}
        files = [path.name for path in (*self.inputs, *self.tables, *self.own)]
        facts["sources"] = ", ".join([*(["the gazetteer that ships"] if self.base else []), *files])
        database.executemany("INSERT INTO about VALUES (?, ?)", sorted(facts.items()))
        database.execute("COMMIT")
        state.placed, state.places = True, []
        self._note(state)
        for run in runs:
            run.unlink()

    def _write_names(self, database: sqlite3.Connection, state: _State, rows: array[int], people: array[int]) -> None:
        names, contents = 0, state.sum
        database.execute("BEGIN")
        database.execute("DELETE FROM name")  # of a try that was stopped when all was written
        for batch in _batches(self._name_rows([self.folder / name for name in state.names], rows, people)):
            database.executemany(NAME_ROW, batch)
            names += len(batch)
            for key, places in batch:
                contents = crc32(places, crc32(key.encode(), contents))
            self._tell(Building("names", names, 0))
        facts = {"names": str(names), "contents": f"{contents:08x}"}
        database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", facts.items())
        database.execute("COMMIT")

    def _place_rows(
        self, state: _State, runs: list[Path], rows: array[int], people: array[int]
    ) -> Iterator[tuple[object, ...]]:
        """The rows of places in order; of several for one place the last that was named. Notes who lives where."""
        state.sum = 0
        for _, same in groupby(merge_runs(runs), key=lambda line: line[:10]):
            *_, last = same
            state.sum = crc32(last, state.sum)
            row, _, slug, name, country, feature, lat, lon, population, region, district = last.decode().split("\t")
            rows.append(int(row))
            people.append(min(int(population), MOST_RANKED))
            yield (
                int(row), slug or None, name, country or None, feature, int(lat), int(lon), int(population),
                int(region) if region else None, int(district) if district else None,
            )  # fmt: skip

    def _name_rows(self, runs: list[Path], rows: array[int], people: array[int]) -> Iterator[tuple[str, bytes]]:
        """The rows of names in order; names of places that are not there are left out."""
        for key, lines in groupby((line.split(b"\t") for line in merge_runs(runs)), key=lambda parts: parts[0]):
            bearers: dict[int, tuple[int, int]] = {}
            for _, alternate, number in lines:
                row = int(number)
                at = bisect_left(rows, row)
                if at < len(rows) and rows[at] == row:
                    bearers.setdefault(row, (int(alternate), -people[at]))  # main names come first
            if bearers:
                yield key.decode(), pack_posting(bearers)


def _batches(rows: Iterable[R]) -> Iterator[list[R]]:
    batch: list[R] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
