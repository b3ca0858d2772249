"""Work for the engine's tests: importable, so that worker processes can find it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

opened: list[int] = []


def double(number: int) -> int:
    return number * 2


def nap(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def pid_after(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def open_once() -> None:
    opened.append(os.getpid())


def how_often_opened(_: int | None) -> int:
    return len(opened)


def fail_to_open() -> None:
    raise FileNotFoundError("no model")


def die_to_open() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse_odd(number: int) -> int:
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number


def die_on_13(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(flag: str) -> str:
    """Dies on the first call with a flag, works on the second."""
    if not Path(flag).exists():
        Path(flag).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return flag


def run_out_of_memory(number: int) -> int:
    if number == 3:
        raise MemoryError
    return number


def leave(number: int) -> int:
    raise SystemExit(number)


def give_what_cannot_be_packed(number: int) -> object:
    return lambda: number


class Cursed:
    """Can be packed, and cannot be unpacked."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return _explode, (1,)


def _explode(_: int) -> None:
    raise ValueError("cursed")


def curse(_: object) -> Cursed:
    return Cursed()
