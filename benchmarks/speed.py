"""How long Dateline takes and how much memory it needs, on one report and on its start.

    python -m benchmarks.speed [PAGE] [--repeat N]
    python -m benchmarks.speed --reports 300 [--ways "add 2" "dask 2"] [--bench ../shared/bench]
    python -m benchmarks.speed --reports 300 --into SMALL.ledger LARGE.ledger [--ways "add 2"]

The second prints what each way of reading many reports of 400 words manages: spaCy's small model alone, one process,
two, and Dask (see ``benchmarks/pace.py``); the third what adding costs as a ledger grows (``benchmarks.take_in`` makes
ledgers of any size).

The first prints the time of ``dateline --help``, of opening the models, of reading the page when they are open (median
of N), and the peak memory of the process that does so. PAGE is the bundled example report unless another is named.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.pace import WAYS, measure, report, report_growth

EXAMPLES = Path(__file__).parent.parent / "examples"


def seconds(action: Callable[[], object]) -> float:
    """The wall time of an action."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def help_seconds() -> float:
    """The wall time of ``dateline --help``, started as a process of its own."""
    command = [sys.executable, "-m", "dateline", "--help"]
    return seconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path, nargs="?", default=min(EXAMPLES.glob("*.html"), default=None))
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--reports", type=int)
    parser.add_argument("--ways", nargs="+", choices=list(WAYS))
    parser.add_argument("--into", nargs="+", type=Path, help="ledgers to add to, in order of their size")
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    options = parser.parse_args(arguments)
    if options.into:
        way, *others = options.ways or ["add 2"]
        if others or not options.reports:
            parser.error("--into asks for --reports, and for no more than one of --ways")
        found = [(ledger, measure(way, options.reports, options.bench.resolve(), ledger)) for ledger in options.into]
        for line in report_growth(way, found):
            print(line)
        return
    if options.reports:
        for line in report([measure(way, options.reports, options.bench.resolve()) for way in options.ways or WAYS]):
            print(line)
        return
    start = statistics.median(help_seconds() for _ in range(options.repeat))

    from dateline.desk import annotators, read

    opening = seconds(annotators)
    first = seconds(lambda: read(options.page))
    reading = statistics.median(seconds(lambda: read(options.page)) for _ in range(options.repeat))
    words = len(read(options.page).text.split())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"dateline --help                    {start:7.2f} s")
    print(f"opening the models                 {opening:7.2f} s")
    print(f"reading {options.page.name}, first time {first:7.2f} s")
    print(f"reading {options.page.name}, models open {reading:7.2f} s, {words} words, {words / reading:.0f} words/s")
    print(f"peak memory                        {peak:7.0f} MB")


if __name__ == "__main__":
    main()
