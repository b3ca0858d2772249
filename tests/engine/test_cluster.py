"""Dask: a cluster of two true processes, of which some are killed, comes to what one process comes to."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.crash import cheap, write_reports
from dateline.desk import units
from dateline.desk.adding import add
from dateline.desk.sharding import add_by_shards
from dateline.engine import Failed, run_on_cluster
from dateline.errors import SettingError
from dateline.intake.sources import Parcel
from dateline.model import Refused, Taken
from tests.desk.test_sharding import contents
from tests.engine import tasks

KILLED = "DATELINE_TEST_KILLED"


def fatal(parcel: Parcel) -> Taken | Refused:
    """Reads cheaply; at the thirtieth report the machine (its Dask worker) dies, the first time only."""
    flag = Path(os.environ[KILLED])
    if parcel.address == "https://news.example/30" and not flag.exists():
        flag.touch()
        os.kill(os.getppid(), signal.SIGKILL)
    return cheap(parcel)


def poisoned(item: int | str) -> int | str:
    """Does what an item asks for: kills its worker, raises an error, or doubles a number."""
    if item == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    return tasks.refuse_odd(item) if isinstance(item, int) else item


def test_workers_are_not_told_to_give_memory_back_in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MALLOC_TRIM_THRESHOLD_", raising=False)
    answers = run_on_cluster(os.getenv, ["MALLOC_TRIM_THRESHOLD_", "OMP_NUM_THREADS"], workers=1)
    assert list(answers) == [None, "1"]


def test_a_cluster_of_which_a_worker_is_killed_makes_the_same_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(units.RANGES, "lines", 14_000)
    monkeypatch.setenv(KILLED, str(tmp_path / "killed"))
    write_reports(tmp_path / "news.jsonl", 60, seed=6)
    source = str(tmp_path / "news.jsonl")
    done = add_by_shards([source], tmp_path / "press.ledger", engine="dask", workers=2, work=fatal)
    assert (tmp_path / "killed").exists()
    assert (len(done.lines), done.failed) == (3, ())
    plain = add(source, tmp_path / "plain.ledger", workers=1, work=cheap)
    assert done.tally == plain
    made, expected = contents(tmp_path / "press.ledger"), contents(tmp_path / "plain.ledger")
    assert [digest for digest, *_ in made.pop("refused")] == [digest for digest, *_ in expected.pop("refused")]
    assert made == expected
    assert not list((tmp_path / "press.ledger.shards").glob("*.undone"))


def test_it_gives_what_map_gives_and_an_item_that_kills_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.engine.cluster.DEATHS", 0)
    items: list[int | str] = [2, "kill", 3, *range(10, 20, 2)]
    answers: list[Any] = list(run_on_cluster(poisoned, items, workers=2))
    failed = {answer.item: (answer.why, answer.detail) for answer in answers if isinstance(answer, Failed)}
    assert sorted(answer for answer in answers if isinstance(answer, int)) == [2, *range(10, 20, 2)]
    assert failed == {
        "kill": ("died", "each worker that it was given to died"),
        3: ("raised", "ValueError: 3 is odd"),
    }


def test_what_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.engine.cluster.ANSWER", 1)
    with pytest.raises(SettingError, match="no cluster answers there"):
        list(run_on_cluster(tasks.double, [1], workers=1, address="tcp://127.0.0.1:1"))
    with pytest.raises(SettingError, match="at least one"):
        list(run_on_cluster(tasks.double, [1], workers=0))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingError, match=r"pip install 'dateline\[cluster\]'"):
        run_on_cluster(tasks.double, [1], workers=1)
