"""Whatever writes is killed at random moments, as benchmarks/faults.py does it by the hundred."""

from __future__ import annotations

import pytest

from benchmarks.fault_kinds import KINDS
from benchmarks.faults import run_kind


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_killed_loses_nothing(kind: str) -> None:
    done = run_kind(kind, 1, seed=5)
    assert (done.amiss, done.kills) == ([], 1)
