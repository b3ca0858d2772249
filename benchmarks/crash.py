"""Kills ``add`` at random moments and looks at what is left.

    python -m benchmarks.crash [--kills 200] [--reports 400] [--seed 1] [--whole]

Adds synthetic reports to a ledger in a process of its own, ends that and its workers with SIGKILL at a moment drawn
by chance, and then checks that the file is whole (PRAGMA integrity_check and foreign_key_check), that no report is gone
that was reported added, and that none is there twice. The next run goes on with the same ledger; once all reports are
in, it must hold the same reports and events as one that nobody interrupted, all compared and each in one happening, and
the next begins with an empty one. Exits with 1 if anything was amiss.

To make many moments cheap, pages are read by ``cheap_read`` below and committed ten at a time; ``--whole`` reads with
Dateline's own annotators, as ``dateline add`` does.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from msgspec.structs import replace

from dateline.desk import adding
from dateline.intake.sources import Parcel
from dateline.ledger import Ledger
from dateline.model import Reading, Refused, Report, Taken
from tests.ledger.made import made_reading

ROOT = Path(__file__).parent.parent

_FIRST = ("Ada", "Bo", "Chen", "Dina", "Emre", "Farah", "Goran", "Hana", "Ivo", "Jun", "Kofi", "Lena")
_LAST = ("Quill", "Stone", "Marsh", "Okoro", "Varga", "Lindt", "Haddad", "Petrov", "Sato", "Mbeki", "Costa", "Novak")
_DOING = ("met envoys", "opened a bridge", "accused rivals", "visited troops", "signed a treaty", "warned of floods")
_PLACES = ("Exampleville", "Rivertown", "Harbour Bay", "Northfield", "Eastport", "Millbrook", "Oldcastle", "Lakeside")


def cheap_read(report: Report) -> Reading:
    """A reading of a report that costs next to nothing: each sentence becomes an event."""
    made = made_reading(crc32(report.text.encode()), text=report.text)
    return replace(made, report=report)


def cheap(parcel: Parcel) -> Taken | Refused:
    """The work of a worker: a page read cheaply."""
    return adding.read_with(parcel, cheap_read)


def write_reports(path: Path, count: int, seed: int) -> None:
    """Writes so many synthetic reports as JSON Lines; every fiftieth line is broken."""
    dice = random.Random(seed)  # noqa: S311
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            sentences = [
                f"{dice.choice(_FIRST)} {dice.choice(_LAST)} {dice.choice(_DOING)} in {dice.choice(_PLACES)} on day "
                f"{dice.randrange(9)} of the {dice.choice(('long', 'short', 'cold', 'dry'))} season {number}."
                for _ in range(dice.randrange(3, 9))
            ]
            day = f"{dice.randrange(2018, 2024)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
            row = {"url": f"https://news.example/{number}", "text": "\n\n".join(sentences), "published": day}
            file.write(json.dumps(row) + "\n")
            if number % 50 == 49:
                file.write('{"broken\n')


def child(ledger: str, reports: str, workers: int, *, whole: bool) -> None:
    """Adds, and says after each commit how many reports are added for good; ends when nobody kills it."""
    told = -1

    def watch(progress: adding.Progress) -> None:
        nonlocal told
        if progress.kept.added != told:
            told = progress.kept.added
            print(told, flush=True)

    if not whole:
        adding.MOST = 10
    adding.add(reports, ledger, workers=workers, progress=watch, work=None if whole else cheap)


@dataclass
class Harness:
    """One series of kills: where it works, and what was found amiss."""

    folder: Path
    count: int
    dice: random.Random
    whole: bool
    amiss: list[str] = field(default_factory=list)
    kills: int = 0
    during: int = 0
    rounds: int = 0
    longest: float = 1.0

    @property
    def reports(self) -> Path:
        """The reports to be added."""
        return self.folder / "reports.jsonl"

    def run(self, ledger: Path, *, kill: bool) -> tuple[bool, int]:
        """Whether a run came to its end, and how many reports it had reported added."""
        workers = self.dice.choice((1, 2))
        command = [sys.executable, "-m", "benchmarks.crash", "--child", str(ledger), str(self.reports), str(workers)]
        command += ["--whole"] if self.whole else []
        began = time.monotonic()
        with (self.folder / "said").open("w+") as said:
            process = subprocess.Popen(command, stdout=said, stderr=subprocess.PIPE, cwd=ROOT, start_new_session=True)
            if kill:
                self._wait(process, Path(said.name))
                self._kill(process)
            _, errors = process.communicate()
            numbers = [int(line) for line in Path(said.name).read_text().splitlines(keepends=True) if line[-1] == "\n"]
        ended = process.returncode == 0
        if ended:
            self.longest = max(self.longest, time.monotonic() - began)
        if process.returncode not in (0, -signal.SIGKILL):
            self.amiss.append(f"add failed: {errors.decode(errors='replace')[-500:]}")
        self.during += not ended and bool(numbers) and numbers[-1] > 0
        return ended, numbers[-1] if numbers else 0

    def _wait(self, process: subprocess.Popen[bytes], said: Path) -> None:
        """Until a moment drawn by chance: mostly after something was committed, for then there is something to lose."""
        deadline = time.monotonic() + 60
        least = self.dice.choice((0, 0, 3, 3, 3, 3))  # "0" and a line break are two characters: more is a commit.
        while process.poll() is None and time.monotonic() < deadline and said.stat().st_size < least:
            time.sleep(0.005)
        end = time.monotonic() + self.dice.uniform(0, self.longest / 4)
        while process.poll() is None and time.monotonic() < end:
            time.sleep(0.005)

    def _kill(self, process: subprocess.Popen[bytes]) -> None:
        """Ends the process and, half of the time, its workers in the same instant; else they must see to it."""
        self.kills += process.poll() is None
        try:
            if self.dice.random() < 0.5:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        except ProcessLookupError:
            return

    def check(self, ledger: Path, least: int) -> int:
        """How many reports the ledger holds; notes what is amiss with it."""
        if not ledger.exists():
            return 0
        database = sqlite3.connect(ledger)
        try:
            whole = database.execute("PRAGMA integrity_check").fetchall()
            loose = database.execute("PRAGMA foreign_key_check").fetchall()
        finally:
            database.close()
        if whole != [("ok",)] or loose:
            self.amiss.append(f"integrity: {whole[:3]} {loose[:3]}")
        with Ledger.open(ledger) as opened:
            held = [edition.report.report for edition in opened.editions()]
        if len(held) < least:
            self.amiss.append(f"{least} reports were reported added, and {len(held)} are there")
        if len(set(held)) < len(held):
            self.amiss.append(f"{len(held) - len(set(held))} reports are there twice")
        return len(held)

    def check_end(self, ledger: Path, plain: Path) -> None:
        """Notes where a finished ledger differs from one that nobody interrupted."""
        with Ledger.open(ledger) as one, Ledger.open(plain) as other:
            for name, mine, theirs in (
                ("reports", _reports(one), _reports(other)),
                ("refusals", sorted(r.digest for r in one.refusals()), sorted(r.digest for r in other.refusals())),
                ("events", _events(one), _events(other)),
            ):
                if mine != theirs:
                    self.amiss.append(f"{name} differ: {len(mine)} against {len(theirs)}")
            if one.unblocked(1):
                self.amiss.append("some events were not compared")
            grouped = [event for group in one.groups(limit=1_000_000) for event in one.group(group)]
            if sorted(grouped) != _events(one):
                self.amiss.append(f"{len(grouped)} events in happenings, of {len(_events(one))}")


def _reports(ledger: Ledger) -> list[str]:
    return sorted(edition.id for edition in ledger.editions())


def _events(ledger: Ledger) -> list[str]:
    return sorted(entry.id for edition in ledger.editions() for entry in ledger.entries_of(edition.id))


def crash(kills: int, reports: int, seed: int, *, whole: bool = False) -> Harness:
    """A series of so many kills."""
    with tempfile.TemporaryDirectory() as name:
        harness = Harness(Path(name), reports, random.Random(seed), whole)  # noqa: S311
        write_reports(harness.reports, reports, seed)
        plain = harness.folder / "plain.ledger"
        ended, _ = harness.run(plain, kill=False)
        if not ended or harness.check(plain, reports) != reports:
            harness.amiss.append("not all reports were added by a run that nobody interrupted")
            return harness
        while harness.kills < kills and not harness.amiss:
            harness.rounds += 1
            _round(harness, harness.folder / f"{harness.rounds}.ledger", plain, kills)
        return harness


def _round(harness: Harness, ledger: Path, plain: Path, kills: int) -> None:
    """Fills one ledger, whatever happens on the way."""
    ended, held = False, 0
    while not ended and not harness.amiss:
        ended, added = harness.run(ledger, kill=harness.kills < kills)
        held = harness.check(ledger, held + added)
    if ended:
        harness.check_end(ledger, plain)
    for part in ledger.parent.glob(f"{ledger.name}*"):
        part.unlink()


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--child", nargs=3, metavar=("LEDGER", "REPORTS", "WORKERS"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.child:
        ledger, reports, workers = options.child
        child(ledger, reports, int(workers), whole=options.whole)
        return
    began = time.monotonic()
    done = crash(options.kills, options.reports, options.seed, whole=options.whole)
    print(f"{done.kills} kills, {done.during} of them after a first commit, {done.rounds} ledgers filled with "
          f"{options.reports} reports, {time.monotonic() - began:.0f} s")  # fmt: skip
    for each in done.amiss:
        print(f"AMISS: {each}")
    print("something was lost" if done.amiss else "nothing was lost, nothing is there twice, every file is whole")
    sys.exit(1 if done.amiss else 0)


if __name__ == "__main__":
    main()
