"""How fast the rules of time expressions alone are, on one core: the megabytes of text read in a second of CPU time.

    python -m benchmarks.times_speed [GOLD.jsonl | FOLDER] [--rounds 5]

The texts are those of a file of gold rows, or of a folder of TimeML. They are cut into sentences beforehand, without a
parser, and nothing else is known of them: what is timed is the scan for words that tell of a time, the rules that these
wake, and the valuing of what they find. The best of several rounds is given.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.predict import Row, read_rows
from dateline.intake import plain_report
from dateline.model import Reading, Span
from dateline.reading.timexes import TimexReader

_END = re.compile(r"(?<=[.!?])\s+|\n+")


def sentences(text: str) -> Iterator[Span]:
    """The stretches of a text between full stops and line breaks."""
    start = 0
    for match in _END.finditer(text):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if start < len(text):
        yield Span(start, len(text))


def cut(row: Row) -> Reading:
    """The reading of a row with its sentences alone."""
    report = plain_report(row["text"], id=row["id"], published=row.get("published"))
    return Reading(report, sentences=tuple(sentences(row["text"])))


def pace(readings: Sequence[Reading], reader: TimexReader, rounds: int) -> tuple[int, float]:
    """How many expressions are found, and the seconds of CPU time of the fastest round."""
    best, found = float("inf"), 0
    for _ in range(rounds):
        began = time.process_time()
        found = sum(len(tuple(reader.find(reading))) for reading in readings)
        best = min(best, time.process_time() - began)
    return found, best


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=Path("../shared/bench/times/dev.jsonl"))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    readings = [cut(row) for row in read_rows(options.gold)]
    found, seconds = pace(readings, TimexReader.load(), options.rounds)
    size = sum(len(reading.text.encode()) for reading in readings)
    rate = size / seconds / 1e6
    print(f"{len(readings)} texts, {size / 1e6:.3f} MB, {found} expressions: {seconds:.3f} s, {rate:.2f} MB/s")


if __name__ == "__main__":
    main()
