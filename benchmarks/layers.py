"""What share of the reading's time each layer takes.

    python -m benchmarks.layers [GOLD.jsonl …]

Reads every row twice, the models open, and counts the second time: the process's own time, so that other programs count
for nothing. Without files, the train and dev files of ``../shared/bench/ledger`` are read.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.predict import Row, read_rows
from dateline.intake import plain_report
from dateline.model import Reading
from dateline.reading.pipeline import Annotator, open_annotators

BENCH = Path("../shared/bench/ledger")


def measure(rows: Iterable[Row], annotators: Sequence[Annotator]) -> dict[str, float]:
    """The seconds of each layer over all rows, by its name."""
    seconds = {annotator.name: 0.0 for annotator in annotators}
    for row in rows:
        reading = Reading(plain_report(row["text"], id=row["id"], published=row.get("published")))
        for annotator in annotators:
            began = time.process_time()
            reading = annotator(reading)
            seconds[annotator.name] += time.process_time() - began
    return seconds


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="*", default=[BENCH / "train.jsonl", BENCH / "dev.jsonl"])
    options = parser.parse_args(arguments)
    rows = [row for path in options.gold for row in read_rows(path)]
    annotators = open_annotators()
    measure(rows, annotators)
    seconds = measure(rows, annotators)
    whole = sum(seconds.values())
    for name, mine in seconds.items():
        print(f"{name:18} {1000 * mine / len(rows):7.1f} ms a report {mine / whole:7.1%}")
    print(f"{'whole':18} {1000 * whole / len(rows):7.1f} ms a report")


if __name__ == "__main__":
    main()
