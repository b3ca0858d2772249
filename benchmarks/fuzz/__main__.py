"""Gives Dateline inputs made by dice, and tells which of them it could not bear.

    python -m benchmarks.fuzz [--minutes 60] [--kinds html text …] [--seed 1] [--inputs N]
    python -m benchmarks.fuzz --show KIND NUMBER [--seed 1]

Kinds: pages as HTML and as text, full readings, feeds, web archives, JSON Lines, GeoNames' dumps, the JSON of readings,
answers of servers, requests to the browser's desk, questions, and poisoned ledgers. An input fails where anything but a
DatelineError is raised, what comes back is unsound, it takes more than two seconds of the CPU, or the process grows by
more than 1 GB. Kinds take turns, so that each has the same time; ``--inputs`` bounds how many of each are tried.
The same seed makes the same inputs, and ``--show`` prints one of them again. Ends with 1 where there is a finding.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fuzz.kinds import kinds
from benchmarks.fuzz.watching import Told, dice_of, fuzz

_MEMORY = Path("/dev/shm")  # noqa: S108 - where there is one, files need not go to the disk


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--inputs", type=int, default=1 << 60)
    parser.add_argument("--kinds", nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", nargs=2, metavar=("KIND", "NUMBER"))
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as name:
        folder = Path(name)
        known = [kind.name for kind in kinds(folder)]
        if options.show:
            [kind] = [each for each in kinds(folder) if each.name == options.show[0]]
            print(repr(kind.make(dice_of(options.seed, kind.name, int(options.show[1])))))
            return 0
        if wrong := set(options.kinds or ()) - set(known):
            parser.error(f"there is no kind {', '.join(sorted(wrong))}; there are {', '.join(known)}")
        began = time.monotonic()
        told = fuzz(folder, options.kinds or known, options.seed, seconds=60 * options.minutes, inputs=options.inputs)
    report(told, time.monotonic() - began)
    return 1 if told.findings else 0


def report(told: Told, took: float) -> None:
    """Prints the findings, those that are alike together, and the counts."""
    alike = Counter((each.kind, each.where or each.what) for each in told.findings)
    for (kind, where), count in alike.most_common():
        one = next(each for each in told.findings if (each.kind, each.where or each.what) == (kind, where))
        print(f"FOUND {count} × {kind} {one.number}: {one.what} at {one.where}")
    for kind, count in told.counts.items():
        seconds, number = told.slowest[kind]
        print(f"{kind:>8}: {count:>8,} inputs, the slowest (number {number}) {seconds:.2f} s")
    total = sum(told.counts.values())
    print(f"{total:,} inputs in {took:.0f} s; {len(told.findings)} not borne")


if __name__ == "__main__":
    sys.exit(main())
