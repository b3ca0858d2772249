"""What shards weigh, and how long questions take that are asked of them, beside a ledger with the same readings.

    python -m benchmarks.shards [--reports 10000] [--bench ../shared/bench] [--seeds 60] [--no-ledger]

Readings are recombined from those of a few dev texts, as in ``benchmarks.take_in --readings``, and written into shards
of five hundred. Prints kB a report, milliseconds a report to write and to fold, and for questions by person and date,
person, words and place the median and the longest time of twenty each; with a ledger, also how many answers differ.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from benchmarks.take_in import bytes_of, make_recombiner, questions
from dateline.desk.adding import add_parcels
from dateline.intake.sources import find_parcels
from dateline.ledger import Ledger
from dateline.ledger.shards.asking import ask_shards
from dateline.ledger.shards.writing import ShardWriter
from dateline.model import Question, Taken
from dateline.model.shards import ManifestLine
from dateline.storage import write_whole

EACH = 500
"""How many readings a shard has."""

AT = "2026-01-01T00:00:00+00:00"


def write_shards(folder: Path, count: int, bench: Path, seeds: int) -> tuple[list[str], float]:
    """The shards, and how many seconds writing took; making the readings is not counted."""
    make, names, seconds = make_recombiner(bench, seeds), [], 0.0
    for first in range(0, count, EACH):
        taken = [Taken(f"{number}", make(number)) for number in range(first, min(count, first + EACH))]
        name, began = str(folder / f"{first:09}.parquet"), time.perf_counter()
        line = ManifestLine(shard=name, parts=(), dateline="", code="", settings={})
        with write_whole(name) as file:
            writer = ShardWriter(file, line, AT)
            for each in taken:
                writer.add(each)
            writer.close(0.0)
        names.append(name)
        seconds += time.perf_counter() - began
    return names, seconds


def ask_all(names: Sequence[str], ledger: Path | None, some: Ledger, count: int) -> None:
    """Prints what questions cost, and whether the ledger answers otherwise."""
    for kind, asked in questions(some, count).items():
        times, others, differ = [], [], 0
        for question in asked:
            began = time.perf_counter()
            answer = ask_shards(names, question)
            times.append(1000 * (time.perf_counter() - began))
            if ledger is not None:
                began = time.perf_counter()
                theirs = some.ask(question)
                others.append(1000 * (time.perf_counter() - began))
                plain = replace(theirs, entries=tuple(replace(entry, happening=None) for entry in theirs.entries))
                differ += plain != answer
        beside = f"; a ledger {statistics.median(others):.1f} ({differ} answers differ)" if others else ""
        print(f"ask by {kind:13} {statistics.median(times):7.0f} ms, at most {max(times):.0f}{beside}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--seeds", type=int, default=60)
    parser.add_argument("--no-ledger", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as there:
        folder = Path(there)
        names, seconds = write_shards(folder, options.reports, options.bench, options.seeds)
        size = sum(Path(name).stat().st_size for name in names) / 1024
        total = ask_shards(names, Question(limit=0)).total
        print(f"{options.reports:,} reports, {total:,} events in {len(names)} shards")
        print(
            f"shards: {size / options.reports:.1f} kB and {1000 * seconds / options.reports:.1f} ms a report to write"
        )
        folded = names if not options.no_ledger else names[:1]
        ledger, began = folder / "press.ledger", time.perf_counter()
        add_parcels((found for name in folded for found in find_parcels(name)), ledger, workers=1)
        each = min(options.reports, EACH * len(folded))
        print(
            f"ledger: {bytes_of(ledger) / each / 1024:.1f} kB and {1000 * (time.perf_counter() - began) / each:.1f} ms"
            " a report to fold and compare"
        )
        with Ledger.open(ledger) as some:
            ask_all(names, None if options.no_ledger else ledger, some, each)


if __name__ == "__main__":
    main()
