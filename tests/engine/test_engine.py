"""``run``: like map, whatever happens to the workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.engine import Failed, Standing, run
from dateline.errors import SettingError
from tests.engine import tasks

ROOT = Path(__file__).parent.parent.parent


def alive(pid: int) -> bool:
    """Whether a process runs (and is not merely waiting to be reaped)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(pids: list[int], within: float = 5.0) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if not any(map(alive, pids)):
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("workers", [1, 2])
def test_it_gives_what_map_gives(workers: int) -> None:
    answers = [answer for answer in run(tasks.double, range(50), workers=workers) if isinstance(answer, int)]
    assert sorted(answers) == [2 * n for n in range(50)]
    nothing: list[int] = []
    assert list(run(tasks.double, nothing, workers=workers)) == []
    assert list(run(tasks.how_often_opened, [None], workers=workers)) == [0]


def test_answers_come_as_they_get_done() -> None:
    assert list(run(tasks.nap, [3.0, 0.0, 0.0, 0.0], workers=2))[-1] == 3.0


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_worker_needs_is_opened_once(workers: int) -> None:
    tasks.opened.clear()
    assert set(run(tasks.how_often_opened, range(10), workers=workers, start=tasks.open_once)) == {1}
    tasks.opened.clear()
    assert list(run(tasks.how_often_opened, [], workers=workers, start=tasks.open_once)) == []
    assert tasks.opened == []


@pytest.mark.parametrize("workers", [1, 2])
def test_what_cannot_be_opened_ends_the_run(workers: int) -> None:
    with pytest.raises(FileNotFoundError, match="no model"):
        list(run(tasks.double, range(5), workers=workers, start=tasks.fail_to_open))


def test_workers_that_die_as_they_start_end_the_run() -> None:
    with pytest.raises(SettingError, match="killed \\(SIGKILL\\) 3 times before it was ready"):
        list(run(tasks.double, range(5), workers=2, start=tasks.die_to_open))


@pytest.mark.parametrize("workers", [0, -3])
def test_there_must_be_a_worker(workers: int) -> None:
    with pytest.raises(SettingError, match="at least one"):
        run(tasks.double, range(5), workers=workers)


@pytest.mark.parametrize("ahead", [2, 5])
def test_no_more_items_are_taken_than_may_be_in_flight(ahead: int) -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(40):
            taken += 1
            yield number

    for given, _ in enumerate(run(tasks.double, items(), workers=2, ahead=ahead)):
        assert taken - given <= ahead


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_is_an_answer_and_the_rest_go_on(workers: int) -> None:
    answers = list(run(tasks.refuse_odd, range(4), workers=workers))
    failed = [answer for answer in answers if isinstance(answer, Failed)]
    assert sorted(answer for answer in answers if isinstance(answer, int)) == [0, 2]
    assert sorted((f.item, f.why, f.detail) for f in failed) == [
        (1, "raised", "ValueError: 1 is odd"),
        (3, "raised", "ValueError: 3 is odd"),
    ]


@pytest.mark.parametrize(
    ("work", "item", "why", "detail"),
    [
        (tasks.die_on_13, 13, "died", "the worker was killed (SIGKILL)"),
        (tasks.run_out_of_memory, 3, "died", "the worker ran out of memory"),
        (tasks.leave, 3, "raised", "SystemExit: 3"),
        (tasks.give_what_cannot_be_packed, 3, "raised", None),
        (tasks.curse, 3, "raised", "ValueError: cursed"),
        (tasks.double, threading.Lock(), "raised", None),
        (tasks.double, tasks.Cursed(), "raised", "ValueError: cursed"),
    ],
)
def test_the_item_that_breaks_its_worker_fails_alone(
    work: Callable[[Any], Any], item: object, why: str, detail: str | None
) -> None:
    answers = list(run(work, [item], workers=2))
    assert len(answers) == 1 and isinstance(answers[0], Failed)
    assert (answers[0].item, answers[0].why) == (item, why)
    assert detail is None or answers[0].detail == detail


def test_the_others_live_on_beside_one_that_kills() -> None:
    answers = list(run(tasks.die_on_13, range(30), workers=2))
    assert [a.item for a in answers if isinstance(a, Failed)] == [13]
    assert sorted(a for a in answers if isinstance(a, int)) == [n for n in range(30) if n != 13]


def test_an_item_is_given_back_once(tmp_path: Path) -> None:
    flag = str(tmp_path / "flag")
    assert list(run(tasks.die_once, [flag], workers=2)) == [flag]


def test_an_item_that_takes_too_long_is_given_up() -> None:
    began = time.monotonic()
    answers = list(run(tasks.nap, [60.0, 0.0], workers=2, limit=0.5))
    assert time.monotonic() - began < 20
    late = next(answer for answer in answers if isinstance(answer, Failed))
    assert (late.item, late.why, late.detail) == (60.0, "late", "not done after 0.5 seconds")
    assert 0.0 in answers


def test_leaving_early_ends_the_workers() -> None:
    answers = run(tasks.pid_after, [0.0, 0.0, 60.0, 60.0], workers=2)
    pids = [pid for pid in (next(answers), next(answers)) if isinstance(pid, int)]
    began = time.monotonic()
    answers.close()
    assert time.monotonic() - began < 5
    assert gone(pids)


def test_an_error_in_the_items_ends_the_run() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise RuntimeError("the source broke")

    with pytest.raises(RuntimeError, match="the source broke"):
        list(run(tasks.double, items(), workers=2))


PARENT = """
import os, sys
sys.path[:0] = {paths!r}
from dateline.engine import run
from tests.engine import tasks
seconds = [0.0] * 8 + [60.0] * 8
for pid in run(tasks.pid_after, seconds, workers=2):
    print(pid, flush=True)
"""
"""Without ``if __name__ == "__main__"``, as most scripts are written."""


def parent(tmp_path: Path) -> tuple[subprocess.Popen[str], list[int]]:
    """A script that has handed its workers something that takes a minute, and their process ids."""
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(PARENT.format(paths=[str(ROOT / "src"), str(ROOT)])))
    process = subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    pids = sorted({int(process.stdout.readline()) for _ in range(8)})
    assert all(map(alive, pids))
    return process, pids


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_its_parent(tmp_path: Path, number: signal.Signals) -> None:
    process, pids = parent(tmp_path)
    process.send_signal(number)
    _, errors = process.communicate(timeout=10)
    assert gone(pids)
    assert errors == ""


def test_ctrl_c_reaches_the_parent_alone(tmp_path: Path) -> None:
    process, pids = parent(tmp_path)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert gone(pids)
    assert errors.count("Traceback") == 1 and errors.rstrip().endswith("KeyboardInterrupt")


def test_workers_that_stand_are_there_for_the_next_run_too() -> None:
    standing: Standing[float, int] = Standing(tasks.pid_after, workers=1)
    first, second = set(standing.run([0.0, 0.0])), set(standing.run([0.0]))
    assert first == second and os.getpid() not in first
    answers = standing.run([0.0, 60.0])
    assert {next(answers)} == first
    answers.close()
    third = set(standing.run([0.0]))
    assert third.isdisjoint(first)
    standing.close()
    assert gone([pid for pid in (*first, *third) if isinstance(pid, int)])
