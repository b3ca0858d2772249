"""``add`` is killed at random moments, as benchmarks/crash.py does it by the hundred."""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks.crash import Harness, crash, write_reports


def test_a_killed_add_loses_nothing() -> None:
    done = crash(2, 40, seed=3)
    assert done.amiss == []
    assert (done.kills, done.rounds > 0) == (2, True)


def test_nor_does_one_that_reads_with_the_true_annotators(tmp_path: Path) -> None:
    harness = Harness(tmp_path, 4, Random(5), whole=True)  # noqa: S311
    write_reports(harness.reports, 4, seed=5)
    ledger = tmp_path / "press.ledger"
    harness.run(ledger, kill=True)
    ended, added = harness.run(ledger, kill=False)
    assert (ended, harness.check(ledger, added), harness.amiss) == (True, 4, [])
