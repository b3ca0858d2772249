"""What it costs to link one more report into a ledger whose indexes are as large as those of many.

    python -m benchmarks.linking [--sizes 10000 100000 1000000] [--real 1000] [--bench ../shared/bench] [--seeds 150]

Some hundred reports are added, as ``benchmarks.take_in --readings`` makes them, and then linked: their texts are
looked for among those that share words, their events are judged against those that share keys, and gathered. Before
them the ledger holds so many reports of the same make (``--real``), which are what is met; and the indexes that linking
reads and writes (keys, shingles, judgements, happenings) are filled up to a size with rows of no report, as many a
report as the real ones have. What rows of older reports would add to the work itself is therefore not measured: those
of other weeks share no key, and of one key, and of one run of words, only the newest are looked at.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from random import Random

from benchmarks.recombining import Recombiner
from benchmarks.take_in import bytes_of, make_recombiner
from dateline.desk.corroborating import Corroborator
from dateline.ledger import Ledger
from dateline.model import Taken

LINKED = 200
"""How many reports are linked one by one at each size."""

PART = 2_000_000
"""So many rows are written at once, in the order of their keys."""

_NOBODY = 1 << 50
"""Rows from here on are no event's and no edition's."""

TABLES = {
    "block": "INSERT OR IGNORE INTO block VALUES (?, ?)",
    "shingle": "INSERT OR IGNORE INTO shingle VALUES (?, ?)",
    "judgement": "INSERT OR IGNORE INTO judgement VALUES (?, ?, 'corroboration.filler', 'unsure', 0.5, '', '')",
    "happening": "INSERT OR IGNORE INTO happening VALUES (?, ?)",
}
"""The indexes that linking reads and writes, and what a row of nobody is made by."""


def rows(table: str, many: int, dice: Random) -> list[tuple[object, object]]:
    """Rows of no report, in order."""

    def name() -> str:
        return blake2b(dice.randbytes(8), digest_size=8).hexdigest()

    if table in ("block", "shingle"):
        return sorted((dice.getrandbits(64) - (1 << 63), _NOBODY + dice.getrandbits(32)) for _ in range(many))
    if table == "judgement":
        return sorted(tuple(sorted((name(), name()))) for _ in range(many))  # type: ignore[misc]
    return sorted((name(), dice.randrange(700_000, 740_000)) for _ in range(many))


def fill(path: Path, reports: int, per_report: dict[str, float], seed: int) -> None:
    """Fills the indexes with what so many more reports would have."""
    dice = Random(seed)  # noqa: S311
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000"):
            database.execute(f"PRAGMA {pragma}")
        for table, each in per_report.items():
            left = round(reports * each)
            while left > 0:
                some = min(left, PART)
                database.execute("BEGIN")
                database.executemany(TABLES[table], rows(table, some, dice))
                database.execute("COMMIT")
                left -= some
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def count(path: Path) -> dict[str, int]:
    """How many rows each index has."""
    with closing(sqlite3.connect(path)) as database:
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


def link(path: Path, make: Recombiner, numbers: Sequence[int]) -> Iterator[tuple[float, float]]:
    """The seconds, by the clock and of the CPU, that linking took for each report; keeping it is not counted."""
    with Ledger.open(path, write=True) as ledger:
        compare = Corroborator(ledger).compare_new
        for number in numbers:
            ledger.put([Taken(f"{number}", make(number))])
            began, busy = time.perf_counter(), time.process_time()
            compare()
            yield time.perf_counter() - began, time.process_time() - busy


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--real", type=int, default=1_000)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--seeds", type=int, default=150)
    options = parser.parse_args(arguments)
    make = make_recombiner(options.bench, options.seeds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "press.ledger"
        for _ in link(path, make, range(options.real)):
            pass
        real = count(path)
        per_report = {table: rows / options.real for table, rows in real.items()}
        filled, at = options.real, options.real
        for size in sorted({options.real, *options.sizes}):
            fill(path, size - filled, per_report, seed=size)
            filled = max(filled, size)
            costs = list(link(path, make, range(at, at + LINKED)))
            at += LINKED
            clock, cpu = ([1000 * each[kind] for each in costs] for kind in (0, 1))
            print(
                f"{size:>9,} reports: linking one takes {statistics.median(clock):5.1f} ms in the median, "
                f"{sorted(clock)[int(0.95 * LINKED)]:5.1f} at most of 19 in 20; CPU {statistics.median(cpu):5.1f} ms; "
                f"{bytes_of(path) / 1e9:.2f} GB",
                flush=True,
            )


if __name__ == "__main__":
    main()
