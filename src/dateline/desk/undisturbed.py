"""Work that no signal cuts in two."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM)
"""The signals by which a command is asked to end."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """A stretch of work after which, and not within, Ctrl-C and SIGTERM do what they do.

    What has been written and what is counted as written stay one. Only the main thread hears signals; elsewhere nothing
    is put off.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[tuple[int, FrameType | None]] = []

    def put_off(number: int, frame: FrameType | None) -> None:
        came.append((number, frame))

    before = {number: signal.signal(number, put_off) or signal.SIG_DFL for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for told, frame in came[:1]:
        handler = before[signal.Signals(told)]
        if callable(handler):
            handler(told, frame)
        else:
            signal.raise_signal(told)
