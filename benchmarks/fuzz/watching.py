"""Runs inputs in a process of their own and sees what became of each: an answer, a crash, a hang, or growth."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import struct
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from mmap import mmap
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from benchmarks.fuzz.kinds import Kind, kinds

HANG = 2.0
"""How long one input may take, in seconds of the CPU: what else the machine does must not count."""

STUCK = 60.0
"""After so many seconds by the clock an input is given up, and its process ended."""

GROWTH = 1_000_000
"""How much the process may grow by one input, in kB."""

ROOM = 6_000_000_000
"""How much more address space than at the start the process may take, in bytes: the machine is to live."""

SLICE = 2.0
"""How long one kind is tried before the next has its turn, in seconds."""

_MARK = struct.Struct("<idqq")


class Hang(BaseException):
    """An input took too long."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An input that was not borne: its kind and number, what became of it, and where."""

    kind: str
    number: int
    what: str
    where: str


@dataclass(slots=True)
class Told:
    """What came of all inputs so far: how many of each kind, the slowest of each, the findings."""

    counts: dict[str, int] = field(default_factory=dict)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, kind: str, count: int, slowest: tuple[float, int]) -> None:
        """Counts inputs of a kind."""
        self.counts[kind] = self.counts.get(kind, 0) + count
        self.slowest[kind] = max(self.slowest.get(kind, (0.0, 0)), slowest)


def dice_of(seed: int, kind: str, number: int) -> Random:
    """The dice that an input is made with: the same for the same seed, kind and number."""
    return Random(f"{seed}/{kind}/{number}")  # noqa: S311


def fuzz(folder: Path, names: Sequence[str], seed: int, *, seconds: float = 1e9, inputs: int = 1 << 60) -> Told:
    """What comes of inputs of these kinds, in turns: for so many seconds, or so many of each kind."""
    told = Told()
    next_of = dict.fromkeys(names, 0)
    mark = mmap(-1, _MARK.size)
    until = time.monotonic() + seconds
    while time.monotonic() < until and any(number < inputs for number in next_of.values()):
        _run_child(folder, next_of, mark, told, (seed, until, inputs))
    return told


def _run_child(folder: Path, next_of: dict[str, int], mark: mmap, told: Told, plan: tuple[int, float, int]) -> None:
    """Runs a child until it is done, or one input has ended it; what it told is counted."""
    fork = multiprocessing.get_context("fork")
    mine, theirs = fork.Pipe(duplex=False)
    child = fork.Process(target=_work, args=(folder, dict(next_of), mark, theirs, plan))
    child.start()
    theirs.close()
    names = list(next_of)
    stuck = False
    while True:
        try:
            if mine.poll(1):
                kind, count, slowest, findings = mine.recv()
                next_of[kind] += count
                told.add(kind, count, slowest)
                told.findings += findings
            elif _is_stuck(mark):
                stuck = True
                child.kill()
        except EOFError:
            break
    child.join()
    if child.exitcode:
        index, _, number, _ = _MARK.unpack(mark[:])
        kind = names[index]
        what = f"no answer after {STUCK:.0f} s" if stuck else f"the process ended ({_ending(child.exitcode)})"
        told.add(kind, number + 1 - next_of[kind], (0.0, number))
        next_of[kind] = number + 1
        told.findings.append(Finding(kind, number, what, ""))


def _ending(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit status {code}"


def _is_stuck(mark: mmap) -> bool:
    _, began, _, busy = _MARK.unpack(mark[:])
    return bool(busy) and time.monotonic() - began > STUCK


def _work(folder: Path, next_of: dict[str, int], mark: mmap, pipe: Any, plan: tuple[int, float, int]) -> None:
    """Gives inputs to each kind in turn, and tells after each turn what came of them."""
    seed, until, inputs = plan
    signal.signal(signal.SIGPROF, _on_alarm)
    chosen = {kind.name: kind for kind in kinds(folder) if kind.name in next_of}
    _warm(chosen)
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + ROOM, resource.RLIM_INFINITY))
    while time.monotonic() < until and any(number < inputs for number in next_of.values()):
        for index, name in enumerate(next_of):
            first, findings, slowest = next_of[name], [], (0.0, 0)
            turn = min(until, time.monotonic() + SLICE)
            while time.monotonic() < turn and next_of[name] < inputs:
                number = next_of[name]
                took, finding = _try(chosen[name], seed, number, mark, index)
                slowest = max(slowest, (took, number))
                findings += [finding] if finding else []
                next_of[name] += 1
            pipe.send((name, next_of[name] - first, slowest, findings))
    pipe.close()
    os._exit(0)  # threads of the desk's jobs may still wait for work


def _warm(chosen: dict[str, Kind]) -> None:
    """Opens what is opened once (models, gazetteer), so that no input is charged for it."""
    for kind in chosen.values():
        kind.give(kind.make(dice_of(0, kind.name, -1)))


def _try(kind: Kind, seed: int, number: int, mark: mmap, index: int) -> tuple[float, Finding | None]:
    """How long an input took, and what was wrong with it."""
    made = kind.make(dice_of(seed, kind.name, number))
    mark[:] = _MARK.pack(index, time.monotonic(), number, 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    wrong = ("", "")
    try:
        signal.setitimer(signal.ITIMER_PROF, HANG)
        try:
            kind.give(made)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except Hang:
        wrong = (f"more than {HANG:g} s", _where(sys.exc_info()[1]))
    except Exception as error:  # whatever is no answer is a finding
        wrong = (f"{type(error).__name__}: {error}"[:300], _where(error))
    took = time.process_time() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    mark[:] = _MARK.pack(index, time.monotonic(), number, 0)
    if grown > GROWTH and not wrong[0]:
        wrong = (f"grew by {grown // 1000:,} MB", "")
    if took > HANG and not wrong[0]:
        wrong = (f"{took:.1f} s", "")
    return took, Finding(kind.name, number, *wrong) if wrong[0] else None


def _where(error: BaseException | None) -> str:
    """The innermost lines of our own that an error passed through."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    ours = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames if "dateline" in frame.filename
    ]
    return " < ".join(reversed(ours[-3:])) or (
        f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    )


def _on_alarm(_signal: int, _frame: FrameType | None) -> None:
    raise Hang


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
