"""The kinds of work that ``benchmarks.faults`` kills: what each begins with, does, and must leave."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zlib import crc32

from msgspec.structs import replace

from benchmarks.crash import cheap, cheap_read, write_reports
from dateline.desk import adding, sharding, units
from dateline.desk.copying import backup
from dateline.desk.correcting import correct
from dateline.desk.corroborating import corroborate
from dateline.desk.judging import judge
from dateline.desk.rereading import reread_each
from dateline.desk.watching import watch
from dateline.engine import run
from dateline.intake.fetching import Fetched
from dateline.intake.sources import Parcel, Poller, Visitor
from dateline.ledger import Ledger, files, schema
from dateline.model import Question, Reading, Refused, Report, Taken, Verdict
from tests.ledger.made import made_reading

Tell = Callable[[int], None]

REPORTS = 60


def fill(path: Path, count: int = REPORTS) -> None:
    """A ledger of made readings, all compared."""
    with Ledger.open(path, write=True) as ledger:
        ledger.put([Taken(f"{seed}", made_reading(seed, text=_text(seed))) for seed in range(count)])
        corroborate(ledger)


def _text(seed: int) -> str:
    """A report of few sentences, some of which others have too, so that some events are the same."""
    return f"This is story {seed}.\n\n" + "\n\n".join(
        f"Ada Quill met Rob Stone in Harbour Bay on day {(seed + more) % 9} of season {seed % 7}." for more in range(4)
    )


def holdings(path: Path) -> dict[str, Any]:
    """All that a ledger holds, but for moments."""
    with Ledger.open(path) as book:
        editions = [edition for edition in book.editions() if edition.current]
        return {
            "readings": sorted((edition.id, book.reading(edition.id).by) for edition in editions),
            "events": sorted(e.id for edition in editions for e in book.entries_of(edition.id)),
            "corrections": sorted((one.event, one.field, one.value) for one in book.corrections()),
            "by hand": sorted((one.a, one.b, one.verdict) for one in book.judgements() if one.by == "hand"),
            "happenings": sorted(sorted(book.group(each)) for each in book.groups(limit=100_000)),
            "refused": sorted(one.digest for one in book.refusals()),
        }


def check_ledger(path: Path) -> list[str]:
    """What is amiss in a ledger: an edition that is there twice, an event that is in two happenings."""
    amiss = []
    with Ledger.open(path) as book:
        editions = [edition.id for edition in book.editions()]
        if len(set(editions)) < len(editions):
            amiss.append("an edition is there twice")
        told = [event for each in book.groups(limit=100_000) for event in book.group(each)]
        if len(set(told)) < len(told):
            amiss.append("an event is in two happenings")
    return amiss


class Reread:
    """Reads sixty reports again, by annotators of another name that find other events."""

    by = ("events.en/11",)

    def prepare(self, folder: Path) -> None:
        """A ledger, with events that somebody has judged and corrected."""
        fill(folder / "press.ledger")
        events = _some_events(folder / "press.ledger", 4)
        judge(folder / "press.ledger", "different", events[0], events[1])
        correct(folder / "press.ledger", events[2], "status", "denied")

    def read(self, report: Report) -> Reading:
        """A reading with an event fewer."""
        made = cheap_read(report)
        return replace(made, events=made.events[: -1 if crc32(report.text.encode()) % 2 else None], by=self.by)

    def work(self, folder: Path, tell: Tell) -> None:
        """Rereads what is left."""
        done = self._done(folder)
        for number, _ in enumerate(reread_each(folder / "press.ledger", by=self.by, read=self.read), done + 1):
            tell(number)

    def check(self, folder: Path, told: int) -> list[str]:
        """What is amiss."""
        done = self._done(folder)
        lost = [f"{told} reports were told to be read again, {done} are"] if done < told else []
        return [*lost, *check_ledger(folder / "press.ledger")]

    def outcome(self, folder: Path) -> object:
        """All that the ledger holds, and whether all is compared."""
        with Ledger.open(folder / "press.ledger") as book:
            return holdings(folder / "press.ledger"), book.unblocked(1)

    def _done(self, folder: Path) -> int:
        with Ledger.open(folder / "press.ledger") as book:
            return len(book.editions()) - len(list(book.stale(self.by)))


class Judge:
    """Joins, parts and takes back, forty times, by hand."""

    def prepare(self, folder: Path) -> None:
        """A ledger, what is to be judged, and how its events are gathered after each judgement."""
        fill(folder / "press.ledger", 20)
        events = _some_events(folder / "press.ledger", 60)
        pairs = [f"{events[n]} {events[(n * 7 + 11) % 60]}" for n in range(40)]
        (folder / "pairs").write_text("\n".join(pairs))
        shutil.copy(folder / "press.ledger", folder / "tried")
        stages = [self._stage(folder / "tried")]
        for wanted in self._wanted(folder):
            self._judge(folder / "tried", *wanted)
            stages.append(self._stage(folder / "tried"))
        (folder / "stages").write_text("\n".join(stages))

    def work(self, folder: Path, tell: Tell) -> None:
        """Judges what is left."""
        wanted, done = self._wanted(folder), self._done(folder)
        for number in range(done, len(wanted)):
            self._judge(folder / "press.ledger", *wanted[number])
            tell(number + 1)

    def check(self, folder: Path, told: int) -> list[str]:
        """What is amiss: judgements that are gone, or that the happenings do not follow."""
        done = self._done(folder)
        if done < told:
            return [f"{told} judgements were told, {'half of one' if done < 0 else done} are there"]
        return check_ledger(folder / "press.ledger")

    def outcome(self, folder: Path) -> object:
        """All that the ledger holds."""
        return holdings(folder / "press.ledger")

    def _judge(self, ledger: Path, verdict: Verdict, a: str, b: str, undo: bool) -> None:
        judge(ledger, verdict, a, b, undo=undo)

    def _wanted(self, folder: Path) -> list[tuple[Verdict, str, str, bool]]:
        """Two in three are joined, one parted; each sixth takes back the one before."""
        pairs = [line.split() for line in (folder / "pairs").read_text().splitlines()]
        wanted: list[tuple[Verdict, str, str, bool]] = []
        for n, (a, b) in enumerate(pairs):
            verdict: Verdict = "different" if n % 3 == 2 else "same"
            wanted.append((*wanted[-1][:3], True) if n % 6 == 5 else (verdict, a, b, False))
        return wanted

    def _done(self, folder: Path) -> int:
        """After how many judgements the ledger stands as it does; -1 where that is after none."""
        stages = (folder / "stages").read_text().splitlines()
        now = self._stage(folder / "press.ledger")
        return max((n for n, stage in enumerate(stages) if stage == now), default=-1)

    def _stage(self, ledger: Path) -> str:
        """What was judged by hand, and the happenings, as a digest."""
        held = holdings(ledger)
        return sha256(repr((held["by hand"], held["happenings"])).encode()).hexdigest()


class Correct:
    """Corrects a cell of sixty events by hand."""

    def prepare(self, folder: Path) -> None:
        """A ledger, and the events to be corrected."""
        fill(folder / "press.ledger", 20)
        (folder / "events").write_text("\n".join(_some_events(folder / "press.ledger", 60)))

    def work(self, folder: Path, tell: Tell) -> None:
        """Corrects what is left."""
        for number, event in enumerate((folder / "events").read_text().split(), 1):
            if number > self._done(folder):
                correct(folder / "press.ledger", event, "when", f"2023-09-{number % 28 + 1:02}")
                tell(number)

    def check(self, folder: Path, told: int) -> list[str]:
        """What is amiss: corrections that are gone, or that their events are not found by."""
        done = self._done(folder)
        amiss = [f"{told} corrections were told, {done} are there"] if done < told else []
        with Ledger.open(folder / "press.ledger") as book:
            found = {entry.id for entry in book.ask(Question(when="2023-09", limit=10_000)).entries}
            lost = [one.event for one in book.corrections() if one.event not in found]
        return [*amiss, *(f"{event} is not found by its correction" for event in lost)]

    def outcome(self, folder: Path) -> object:
        """All that the ledger holds, but for happenings: when they are compared anew decides how they are cut."""
        return {**holdings(folder / "press.ledger"), "happenings": None}

    def _done(self, folder: Path) -> int:
        with Ledger.open(folder / "press.ledger") as book:
            return len(book.corrections())


@dataclass(slots=True)
class _Press(Visitor):
    """A press of eight feeds with three pages each, that nobody has to fetch."""

    def visit(self, url: str, *, headers: object = None, feed: bool = False) -> Fetched:
        """A feed or a page."""
        number = int(url.rpartition("/")[2])
        if feed:
            items = "".join(
                f"<item><title>Story {n}</title><link>https://press.example/page/{n}</link></item>"
                for n in range(3 * number, 3 * number + 3)
            )
            body = f"<rss version='2.0'><channel><title>Press</title>{items}</channel></rss>"
        else:
            words = made_reading(number).text
            body = f"<html><body><article><h1>Story {number}</h1><p>{words}</p></article></body></html>"
        kind = "application/rss+xml" if feed else "text/html"
        return Fetched(url, 200, "OK", {"content-type": kind}, body.encode(), "utf-8")


class Watch:
    """Asks eight feeds once, and adds what is new."""

    feeds = tuple(f"https://press.example/feed/{n}" for n in range(8))

    def prepare(self, folder: Path) -> None:
        """Nothing: watching makes its ledger."""

    def work(self, folder: Path, tell: Tell) -> None:
        """Visits all feeds."""

        def add(found: Iterable[Parcel | Refused], ledger: str | Path, note: Callable[[Taken | Refused], None]) -> Any:
            return adding.add_parcels(found, ledger, workers=1, work=cheap)

        poller = Poller(_Press())
        done = 0
        for polled in watch(self.feeds, folder / "press.ledger", once=True, add=add, poller=poller):
            done += polled.tally.added + polled.tally.known
            tell(done)

    def check(self, folder: Path, told: int) -> list[str]:
        """What is amiss."""
        path = folder / "press.ledger"
        held = 0
        if path.exists() and version_and_tables(path)[0]:
            with Ledger.open(path) as book:
                held = len(book.editions())
        lost = [f"{told} reports were told to be added, {held} are there"] if held < told else []
        return [*lost, *(check_ledger(path) if held else [])]

    def outcome(self, folder: Path) -> object:
        """All that the ledger holds, but for happenings: batches decide how they are cut."""
        return {**holdings(folder / "press.ledger"), "happenings": None}


class Shards:
    """Adds four units of reports by way of shards, and folds them."""

    def prepare(self, folder: Path) -> None:
        """Reports."""
        write_reports(folder / "news.jsonl", 80, seed=3)

    def work(self, folder: Path, tell: Tell) -> None:
        """Adds them; all is read in this process, since starting others takes longer than the work."""
        told = 0

        def progress(now: adding.Progress) -> None:
            nonlocal told
            if now.kept.added + now.kept.known > told:
                told = now.kept.added + now.kept.known
                tell(told)

        source, ledger = str(folder / "news.jsonl"), folder / "press.ledger"
        sharding._readers.cache_clear()
        with (
            patch.dict(units.RANGES, lines=10_000),
            patch.object(adding, "MOST", 7),
            patch.object(sharding, "Standing", _Here),
        ):
            sharding.add_by_shards([source], ledger, str(folder / "shards"), workers=1, work=cheap, progress=progress)
        sharding._readers.cache_clear()

    def check(self, folder: Path, told: int) -> list[str]:
        """What is amiss: a shard that is not whole, a report that is gone."""
        amiss = [
            f"{path.name} is not whole"
            for path in (folder / "shards").glob("*.parquet")
            if sharding.finished(str(path)) is None
        ]
        return [*amiss, *Watch().check(folder, told)]

    def outcome(self, folder: Path) -> object:
        """All that the ledger holds, and the names of the shards' folder."""
        held = {**holdings(folder / "press.ledger"), "happenings": None, "refused": None}
        return held, len(list((folder / "shards").iterdir()))


class _Here:
    """Stands in for the processes that read apart."""

    def __init__(self, work: Callable[[Parcel], Taken | Refused], **_: object) -> None:
        self._work = work

    def run(self, items: Iterable[Parcel]) -> Iterator[Any]:
        """What comes of the pages."""
        return run(self._work, items, workers=1)

    def close(self) -> None:
        """Nothing."""


class Schema:
    """Brings a ledger up to a newer schema, whose step takes its time."""

    step = (
        "CREATE TABLE more AS SELECT a.word, b.row FROM mark a CROSS JOIN edition b WHERE b.row < 40;\n"
        "ALTER TABLE event ADD COLUMN weight REAL NOT NULL DEFAULT 0.5;\nCREATE INDEX more_word ON more (word);\n"
    )

    def prepare(self, folder: Path) -> None:
        """An older ledger."""
        fill(folder / "press.ledger")

    def work(self, folder: Path, tell: Tell) -> None:
        """Opens it."""
        with patch.object(files, "STEPS", (*schema.STEPS, self.step)):
            Ledger.open(folder / "press.ledger", write=True).close()
        tell(1)

    def check(self, folder: Path, told: int) -> list[str]:
        """What is amiss: a ledger that is neither the older nor the newer one."""
        version, tables = version_and_tables(folder / "press.ledger")
        if (version, "more" in tables) in ((len(schema.STEPS), False), (len(schema.STEPS) + 1, True)):
            return ["it was told to be newer, and is not"] if version - len(schema.STEPS) < told else []
        return [f"the schema is {version}, with the tables {tables}"]

    def outcome(self, folder: Path) -> object:
        """The version and tables."""
        return version_and_tables(folder / "press.ledger")


class Backup:
    """Copies a ledger five times into one file while reports are added to it."""

    def prepare(self, folder: Path) -> None:
        """A ledger."""
        fill(folder / "press.ledger")

    def work(self, folder: Path, tell: Tell) -> None:
        """Adds and copies, in turns."""
        for number in range(5):
            with Ledger.open(folder / "press.ledger", write=True) as ledger:
                seed = REPORTS + number
                ledger.put([Taken(f"{seed}", made_reading(seed, text=_text(seed)))])
            backup(folder / "press.ledger", folder / "copy.ledger")
            tell(number + 1)

    def check(self, folder: Path, told: int) -> list[str]:
        """What is amiss: a copy that holds less than was told."""
        if not (folder / "copy.ledger").exists():
            return ["the copy is gone"] if told else []
        with Ledger.open(folder / "copy.ledger") as book:
            held = len(book.editions())
        return [f"{told} copies were told, and the copy holds {held} reports"] if held < REPORTS + told else []

    def outcome(self, folder: Path) -> object:
        """All that both hold."""
        return holdings(folder / "press.ledger"), holdings(folder / "copy.ledger")


def version_and_tables(path: Path) -> tuple[int, list[str]]:
    """The schema of a ledger as it lies there, and its tables."""
    with closing(sqlite3.connect(path)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return version, [name for (name,) in tables]


def _some_events(path: Path, count: int) -> list[str]:
    """Ids of events of several reports, the same each time."""
    with Ledger.open(path) as book:
        return sorted(entry.id for entry in book.ask(Question(limit=10_000)).entries)[:count]


KINDS: dict[str, Callable[[], Any]] = {
    "reread": Reread,
    "judge": Judge,
    "correct": Correct,
    "watch": Watch,
    "shards": Shards,
    "schema": Schema,
    "backup": Backup,
}
