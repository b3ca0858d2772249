"""Whether adding keeps its pace and its memory over many reports: a line for each so many of them.

    python -m benchmarks.sustained [--reports 20000] [--each 2000] [--workers 2] [--bench ../shared/bench]

Reports of 400 words, recombined from sentences of the dev texts, are added by ``dateline add`` to a ledger that begins
empty. Looked at twice a second from outside: how many reports the ledger holds, and the proportional set size of the
command and all of its processes together. The last line gives the pace from the first report kept to the last, and how
much the memory of the second half was above that of the first, once the workers were warm.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pace import family, megabytes, write_texts


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen at a moment, in seconds since the start: reports kept, and megabytes held."""

    at: float
    reports: int
    megabytes: float


def watch(process: subprocess.Popen[bytes], ledger: Path) -> Iterator[Look]:
    """What is seen of a command that adds to a ledger, until it ends."""
    began = time.perf_counter()
    while process.poll() is None:
        held = sum(map(megabytes, family(process.pid)))
        yield Look(time.perf_counter() - began, _reports(ledger), held)
        time.sleep(0.5)
    yield Look(time.perf_counter() - began, _reports(ledger), 0.0)


def _reports(ledger: Path) -> int:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as database:
        (found,) = database.execute("SELECT count(*) FROM edition").fetchone()
        return int(found)
    return 0


def stretches(looks: Sequence[Look], each: int) -> Iterator[str]:
    """A line for each so many reports: the pace and the memory while they were added."""
    yield f"{'reports':>9}{'reports/s':>11}{'MB, median':>12}{'MB, most':>10}"
    first = next((number for number, look in enumerate(looks) if look.reports), 0)
    for number, look in enumerate(looks):
        if look.reports - looks[first].reports >= each:
            part = looks[first : number + 1]
            pace = (look.reports - part[0].reports) / (look.at - part[0].at)
            held = [one.megabytes for one in part]
            yield f"{look.reports:9,}{pace:11.1f}{statistics.median(held):12.0f}{max(held):10.0f}"
            first = number


def total(looks: Sequence[Look]) -> str:
    """The pace of all, and what the memory of the second half is above that of the first."""
    kept = [look for look in looks if look.reports and look.megabytes]
    if len(kept) < 4:
        return "too few looks to tell"
    pace = (kept[-1].reports - kept[0].reports) / (kept[-1].at - kept[0].at)
    warm = kept[len(kept) // 10 :]
    halves = [[look.megabytes for look in part] for part in (warm[: len(warm) // 2], warm[len(warm) // 2 :])]
    before, after = (statistics.median(half) for half in halves)
    return f"{kept[-1].reports:,} reports, {pace:.1f} a second; memory {before:.0f} MB, then {after:.0f} MB"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--each", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        texts, ledger = Path(folder) / "news.jsonl", Path(folder) / "press.ledger"
        write_texts(texts, options.reports, options.bench)
        command = [sys.executable, "-m", "dateline", "add", str(texts), "--ledger", str(ledger), "--quiet"]
        looks: list[Look] = []
        with subprocess.Popen([*command, "--workers", str(options.workers)]) as process:
            told = 0
            for look in watch(process, ledger):
                looks.append(look)
                lines = list(stretches(looks, options.each))
                for line in lines[told:]:
                    print(line, flush=True)
                told = len(lines)
        print(total(looks))
        return process.returncode


if __name__ == "__main__":
    sys.exit(main())
