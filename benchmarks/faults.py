"""Kills whatever writes, at random moments, and looks at what is left: reread, judge, correct, watch, shards, schema.

    python -m benchmarks.faults [KIND…] [--kills 500] [--seed 1]

Beside ``benchmarks.crash``, which does so to ``add``. Each kind makes what it needs, lets the work go through once
undisturbed, and then does it again and again in a process that is ended with SIGKILL at a moment drawn by chance, until
the work is through all the same. After each kill the ledger must be whole (``PRAGMA integrity_check``,
``foreign_key_check``), and hold all that was told to be done and nothing twice; at the end it must be the same as the
undisturbed one. Exits with 1 if anything was amiss. ``benchmarks/fault_kinds.py`` tells what each kind does.

The process is a fork of this one, so that what is imported is there at once and a kill costs little.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from benchmarks.fault_kinds import KINDS

Tell = Callable[[int], None]
"""What the work calls after each step with the number of steps done."""


class Kind(Protocol):
    """One kind of work that is killed."""

    def prepare(self, folder: Path) -> None:
        """Makes what the work begins with."""

    def work(self, folder: Path, tell: Tell) -> None:
        """Does the work, or what is left of it; tells how many steps of all are done."""

    def check(self, folder: Path, told: int) -> list[str]:
        """What is amiss, after so many steps were told to be done."""

    def outcome(self, folder: Path) -> object:
        """What the finished work came to, to be compared."""


@dataclass
class Series:
    """So many kills of one kind: how many there were, in how many rounds, and what was found amiss."""

    kind: str
    kills: int = 0
    during: int = 0
    rounds: int = 0
    seconds: float = 0.0
    amiss: list[str] = field(default_factory=list)


def run_kind(name: str, kills: int, seed: int) -> Series:
    """A series of kills."""
    kind, dice, series = KINDS[name](), random.Random(seed), Series(name)  # noqa: S311
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as there:
        start, plain = Path(there) / "start", Path(there) / "plain"
        start.mkdir()
        kind.prepare(start)
        shutil.copytree(start, plain)
        shutil.copytree(start, Path(there) / "warm")
        kind.work(Path(there) / "warm", lambda _: None)  # what is opened once is open before the first fork
        lasted = time.monotonic()
        ended, _ = _attempt(kind, plain, None)
        lasted = time.monotonic() - lasted
        if not ended:
            series.amiss.append("the work failed though nobody disturbed it")
        expected = kind.outcome(plain) if ended else None
        while series.kills < kills and not series.amiss:
            series.rounds += 1
            folder = Path(there) / f"{series.rounds}"
            shutil.copytree(start, folder)
            _round(kind, folder, expected, series, dice, kills, lasted)
            shutil.rmtree(folder)
    series.seconds = time.monotonic() - began
    return series


def _round(
    kind: Kind, folder: Path, expected: object, series: Series, dice: random.Random, kills: int, lasted: float
) -> None:
    """The work from its beginning until it is through, whatever happens on the way."""
    ended, most = False, 0
    while not ended and not series.amiss:
        delay = dice.uniform(0, lasted) if series.kills < kills else None
        ended, told = _attempt(kind, folder, delay)
        most = max(most, told)
        series.kills += not ended and delay is not None
        series.during += not ended and told > 0
        if not ended and delay is None:
            series.amiss.append("the work failed though nobody disturbed it")
        series.amiss += [*check_files(folder), *kind.check(folder, most)]
    if ended and not series.amiss and kind.outcome(folder) != expected:
        series.amiss.append("what came of it is not what comes of undisturbed work")


def _attempt(kind: Kind, folder: Path, delay: float | None) -> tuple[bool, int]:
    """Whether the work came to its end, killed after so many seconds, and how many steps it told."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        os.close(ours)
        _be_child(kind, folder, theirs)
    os.close(theirs)
    status = _wait(child, delay)
    if os.WIFSIGNALED(status):
        _end_group(child)
    with os.fdopen(ours, "rb") as pipe:
        told = [int(line) for line in pipe.read().splitlines(keepends=True) if line.endswith(b"\n")]
    return status == 0, max(told, default=0)


def _be_child(kind: Kind, folder: Path, pipe: int) -> None:
    """Does the work in the fork, which never comes back."""
    code = 1
    try:
        os.setsid()
        kind.work(folder, partial(_tell, pipe))
        code = 0
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
    finally:
        os._exit(code)


def _tell(pipe: int, done: int) -> None:
    os.write(pipe, b"%d\n" % done)


def _wait(child: int, delay: float | None) -> int:
    """How the child ended, killed if it has not within so many seconds."""
    end = time.monotonic() + (delay if delay is not None else 600)
    while time.monotonic() < end:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return status
        time.sleep(0.0005)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _end_group(child: int) -> None:
    """Ends at once what the child had started, as when a machine stops."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        return


def check_files(folder: Path) -> list[str]:
    """What is amiss with the databases in a folder."""
    amiss = []
    for path in sorted(folder.glob("*.ledger")):
        with closing(sqlite3.connect(path)) as database:
            for check, good in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
                found = database.execute(f"PRAGMA {check}").fetchall()
                if found != good:
                    amiss.append(f"{path.name}: {check} says {found[:3]}")
    return amiss


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--kills", type=int, default=500, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    chosen = options.kinds or list(KINDS)
    if unknown := [name for name in chosen if name not in KINDS]:
        parser.error(f"there is no kind {unknown[0]}; there are {', '.join(KINDS)}")
    failed = False
    for name in chosen:
        done = run_kind(name, options.kills, options.seed)
        print(
            f"{name:10} {done.kills} kills, {done.during} of them after a first step, {done.rounds} rounds, "
            f"{done.seconds:.0f} s: {'; '.join(done.amiss) or 'nothing lost, nothing twice, every file whole'}",
            flush=True,
        )
        failed = failed or bool(done.amiss)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
