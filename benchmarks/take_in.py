"""What adding costs, and what asking costs then, at several sizes of the ledger.

    python -m benchmarks.take_in [--sizes 1000 10000 100000] [--bench ../shared/bench] [--readings] [--seeds 150]

Reports are recombined from sentences of the dev texts. Without ``--readings`` they are read in full, by as many workers
as there are cores, as ``dateline add`` does. With it, a few dev texts are read once and the readings of their sentences
are recombined: what is measured then is the store and the judgements alone, and 100,000 take minutes instead of hours.

For each size: reports/s of all that was added to get there; milliseconds a report over the last 500 (in all, to store
and to compare) and of the CPU; how both grew since the first size; bytes of ledger a report; the peak memory of the
process; and the median time of questions by person and date, words, and place.

What else the machine does meanwhile changes its pace, and an hour may lie between two sizes. With ``--readings`` the
growth is therefore measured in turns, too: the last reports of each size go batch by batch into this ledger and into
one that holds no more than the reports just before them, as many as the first size has.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from benchmarks.recombining import Recombiner, cut, day_of, read_texts, recombined_text
from dateline.desk import adding, annotators
from dateline.desk.corroborating import Corroborator
from dateline.intake import plain_report
from dateline.intake.sources import Parcel
from dateline.ledger import Ledger
from dateline.model import Question, Reading, Taken
from dateline.reading.pipeline import read_layers

LAST = 500
"""Over how many reports before each size the cost of one is taken."""

WARM = 200
"""How many reports before those are added in turns, too, so that both ledgers remember the news of the week."""

BATCH = 100
"""How many are kept at once: ``dateline add`` keeps up to 200, or what was read in five seconds."""

ASKED = 20

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])|\n+")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that some reports took: to keep (with reading, where they are read) and to compare; the CPU's of both.

    What other programs do at the time lengthens the seconds by the clock, and hardly those of the CPU.
    """

    reports: int
    keep: float
    compare: float
    cpu: float


def add_readings(ledger: Ledger, make: Callable[[int], Reading], start: int, end: int) -> Iterator[Cost]:
    """Adds recombined readings, batch by batch; making them is not counted."""
    compare = Corroborator(ledger).compare_new
    for first in range(start, end, BATCH):
        taken = [Taken(f"{number}", make(number)) for number in range(first, min(end, first + BATCH))]
        began, busy = time.perf_counter(), time.process_time()
        ledger.put(taken)
        kept = time.perf_counter()
        compare()
        yield Cost(len(taken), kept - began, time.perf_counter() - kept, time.process_time() - busy)


class Few:
    """A ledger of few reports in a process of its own, so that nothing that one ledger remembers serves the other."""

    def __init__(self, make: Callable[[int], Reading], first: int, turn: int, end: int) -> None:
        fork = multiprocessing.get_context("fork")
        self._pipe, theirs = fork.Pipe()
        self._process = fork.Process(target=_fill, args=(theirs, make, first, turn, end), daemon=True)
        self._process.start()
        self._pipe.recv()

    def add_batch(self) -> Cost:
        """Adds the next reports; what they took."""
        self._pipe.send(True)
        cost: Cost = self._pipe.recv()
        return cost

    def close(self) -> None:
        """Ends the process; its ledger is gone."""
        self._pipe.send(False)
        self._process.join()


def _fill(pipe: Connection, make: Callable[[int], Reading], first: int, turn: int, end: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "few.ledger", write=True) as ledger:
        for _ in add_readings(ledger, make, first, turn):
            pass
        costs = add_readings(ledger, make, turn, end)
        pipe.send(None)
        while pipe.recv():
            pipe.send(next(costs))


def add_up_to(
    path: Path, make: Callable[[int], Reading], start: int, size: int, few: int
) -> tuple[list[Cost], list[Cost]]:
    """Adds recombined readings up to a size; what all cost, and what the last cost in a ledger of few."""
    turn = size - LAST - WARM
    beside = Few(make, turn - few, turn, size) if size > few and turn >= max(start, few) else None
    costs, among_few = [], []
    with Ledger.open(path, write=True) as ledger:
        at = start
        for cost in add_readings(ledger, make, start, size):
            if beside is not None and at >= turn:
                among_few.append(beside.add_batch())
            costs.append(cost)
            at += cost.reports
    if beside is not None:
        beside.close()
    return costs, among_few


def add_texts(path: Path, sentences: Sequence[str], start: int, end: int) -> Iterator[Cost]:
    """Adds recombined texts as ``dateline add`` does, read in full; one cost for all but the last, one for those."""
    for first, last in ((start, max(start, end - LAST)), (max(start, end - LAST), end)):
        if first == last:
            continue
        parcels = (
            Parcel(
                f"line {number}",
                recombined_text(sentences, number).encode(),
                as_="text",
                address=f"https://news.example/{number}",
                published=f"{day_of(number)}",
            )
            for number in range(first, last)
        )
        began, busy = time.perf_counter(), cpu_seconds()
        adding.add_parcels(parcels, path)
        yield Cost(last - first, time.perf_counter() - began, 0.0, cpu_seconds() - busy)


def cpu_seconds() -> float:
    """The CPU time of this process and of all that it has started and seen end."""
    return sum(os.times()[:4])


def questions(ledger: Ledger, size: int) -> dict[str, list[Question]]:
    """Questions by person and date, by words, and by place, about what stands in the ledger."""
    dice = Random(7)  # noqa: S311
    entries = ledger.ask(Question(limit=500, order="published", offset=0)).entries
    people = Counter(p.name for entry in entries for p in entry.event.actors if " " in p.name)
    places = Counter(entry.event.where.name.partition(",")[0] for entry in entries if entry.event.where)
    words = Counter(word for entry in entries for word in re.findall(r"[a-z]{6,}", entry.words))

    def some(counts: Counter[str]) -> list[str]:
        common = [name for name, _ in counts.most_common(200)]
        return dice.choices(common or ["nobody"], k=ASKED)

    def days() -> str:
        day = day_of(dice.randrange(size))
        return f"{day}/{day + timedelta(7)}"

    return {
        "person, date": [Question(who=name, when=days()) for name in some(people)],
        "person": [Question(who=name) for name in some(people)],
        "words": [Question(words=" ".join(pair)) for pair in zip(some(words), some(words), strict=True)],
        "place": [Question(where=name) for name in some(places)],
    }


def ask_all(path: Path, size: int) -> dict[str, tuple[float, float]]:
    """The median and the longest time of each kind of question, in milliseconds."""
    with Ledger.open(path) as ledger:
        times: dict[str, list[float]] = {}
        for kind, asked in questions(ledger, size).items():
            for question in asked:
                began = time.perf_counter()
                ledger.ask(question)
                times.setdefault(kind, []).append(1000 * (time.perf_counter() - began))
    return {kind: (statistics.median(each), max(each)) for kind, each in times.items()}


def bytes_of(path: Path) -> int:
    """The size of a ledger, with all that stands beside it."""
    return sum(part.stat().st_size for part in path.parent.glob(f"{path.name}*"))


def peak(*, workers: bool) -> float:
    """The most memory that this process had, in MB, and with it any one of its workers where these did the work."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN) if workers else (resource.RUSAGE_SELF,)
    return float(sum(resource.getrusage(who).ru_maxrss for who in whose)) / 1024


def last_of(costs: Sequence[Cost]) -> Cost:
    """What the last reports took together."""
    last: list[Cost] = []
    for cost in reversed(costs):
        if sum(each.reports for each in last) < LAST:
            last.append(cost)
    return Cost(
        sum(cost.reports for cost in last),
        *(sum(getattr(cost, part) for cost in last) for part in ("keep", "compare", "cpu")),
    )


def report_size(
    path: Path, size: int, costs: Sequence[Cost], first: Cost | None, among_few: Sequence[Cost], *, workers: bool
) -> Cost:
    """Prints the lines of a size; what its last reports took."""
    taken = last_of(costs)
    rate = sum(cost.reports for cost in costs) / sum(cost.keep + cost.compare for cost in costs)
    keep, compare = (1000 * seconds / taken.reports for seconds in (taken.keep, taken.compare))
    clock, cpu = _clock(taken), _cpu(taken)
    asked = "  ".join(f"{kind} {m:.1f} (at most {most:.1f})" for kind, (m, most) in ask_all(path, size).items())
    print(
        f"{size:>9,} reports: {rate:7.1f} reports/s  {clock:6.1f} ms a report (keep {keep:.1f}, compare {compare:.1f})"
        f"  x{clock / _clock(first or taken):.2f}  CPU {cpu:6.1f} ms"
        f"  x{cpu / _cpu(first or taken):.2f}"
        f"  {bytes_of(path) / size / 1024:6.1f} kB a report  {peak(workers=workers):5.0f} MB"
    )
    if among_few:
        few = last_of(among_few)
        print(
            f"{'':>18} in turns with a ledger of few reports: {clock:.1f} and {_clock(few):.1f} ms a report"
            f"  x{clock / _clock(few):.2f}  CPU {cpu:.1f} and {_cpu(few):.1f} ms  x{cpu / _cpu(few):.2f}"
        )
    print(f"{'':>18} ask, ms: {asked}", flush=True)
    return taken


def _clock(cost: Cost) -> float:
    return 1000 * (cost.keep + cost.compare) / cost.reports


def _cpu(cost: Cost) -> float:
    return 1000 * cost.cpu / cost.reports


def make_recombiner(bench: Path, seeds: int) -> Recombiner:
    """What makes readings, from the readings of so many dev texts."""
    rows = [row for row in read_texts(bench) if row.get("published")]
    chosen = Random(1).sample(rows, min(seeds, len(rows)))  # noqa: S311
    readings = [read_layers(plain_report(row["text"], published=row["published"][:10]), annotators()) for row in chosen]
    return Recombiner([piece for reading in readings for piece in cut(reading)], readings[0].by)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--readings", action="store_true")
    parser.add_argument("--seeds", type=int, default=150)
    parser.add_argument("--ledger", type=Path, help="keep the ledger in this file, which must not exist")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path: Path = options.ledger or Path(folder) / "press.ledger"
        if path.exists():
            sys.exit(f"{path} exists already")
        if options.readings:
            make = make_recombiner(options.bench, options.seeds)
            print("mode: readings recombined from the readings of single sentences; no reading is measured")
        else:
            texts = [row["text"] for row in read_texts(options.bench)]
            sentences = [words for text in texts for part in _SENTENCE.split(text) if len(words := part.strip()) > 40]
            print(f"mode: full reading of recombined texts, {adding.cores()} workers; the first size opens the models")
        first: Cost | None = None
        start = 0
        for size in sorted(options.sizes):
            among_few: list[Cost] = []
            if options.readings:
                costs, among_few = add_up_to(path, make, start, size, min(options.sizes))
            else:
                costs = list(add_texts(path, sentences, start, size))
            last = report_size(path, size, costs, first, among_few, workers=not options.readings)
            first = first or last
            start = size


if __name__ == "__main__":
    main()
