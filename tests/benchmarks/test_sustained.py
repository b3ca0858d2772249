"""The benchmark of long runs: its lines and its sum tell what was seen."""

from __future__ import annotations

from benchmarks.sustained import Look, stretches, total

STEADY = [Look(10.0 + at, at * 10, 400.0 + at) for at in range(1, 101)]


def test_each_stretch_has_its_own_pace_and_memory() -> None:
    looks = [Look(1.0, 0, 300.0), *STEADY]
    _, *lines = stretches(looks, 500)
    assert lines == ["      510       10.0         426       451"]


def test_the_sum_tells_the_pace_and_how_memory_went() -> None:
    assert total([*STEADY, Look(111.0, 1000, 0.0)]) == "1,000 reports, 10.0 a second; memory 433 MB, then 478 MB"
    assert total(STEADY[:2]) == "too few looks to tell"
