"""The worker process: makes itself ready, then works on what comes through its pipe for as long as its parent lives."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from dateline.engine.failed import describe

READY, DONE, RAISED, UNFIT = "ready", "done", "raised", "unfit"
"""What a worker says: that it can begin, what came of an item, and that it will never be able to begin."""

OUT_OF_MEMORY = 71
"""The exit code of a worker that could not get the memory it needed; a new one begins with all of it free."""

GRACE = 30.0
"""Seconds after the time limit at which the worker ends itself: its parent does so sooner, unless it is gone."""


def serve(
    pipe: Connection, work: Callable[[Any], Any], start: Callable[[], object] | None, limit: float | None
) -> None:
    """Nothing; works until the pipe closes."""
    _part_from_terminal()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        if start is not None:
            start()
    except Exception as error:
        _say(pipe, UNFIT, error)
        return
    gc.collect()
    gc.freeze()  # what was opened stays open: there is no need to go through it in every collection
    _say(pipe, READY, None)
    while True:
        try:
            packed = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        _set_alarm(limit)
        try:
            _say(pipe, DONE, work(pickle.loads(packed)))  # noqa: S301 - our own parent packed it
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except (BrokenPipeError, ConnectionError):
            return
        except BaseException as error:
            _say(pipe, RAISED, describe(error))
        _set_alarm(None)


def _say(pipe: Connection, what: str, answer: object) -> None:
    """Packs before it writes, so that an answer that cannot be packed leaves the pipe clean."""
    try:
        packed = pickle.dumps((what, answer), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        raise
    except Exception as error:
        packed = pickle.dumps((RAISED if what == DONE else what, describe(error)))
    pipe.send_bytes(packed)


def _part_from_terminal() -> None:
    """Ctrl-C goes to every process of a terminal; the parent alone decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})


def _end_with_parent() -> None:
    """Ends the process, whatever it is doing, when its parent is gone."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(1)


def _set_alarm(limit: float | None) -> None:
    """Lets the system end the process at the limit, or calls that off.

    A thread cannot end it while C code holds the interpreter; the default action of SIGALRM can.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0.0 if limit is None else limit + GRACE)
