"""The workers seen from the parent: each has a keeper, a thread that feeds it, waits for it and replaces it."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from types import ModuleType
from typing import Generic, TypeVar

from dateline.engine.failed import Failed, describe
from dateline.engine.worker import DONE, OUT_OF_MEMORY, RAISED, READY, serve
from dateline.errors import SettingError

T = TypeVar("T")
R = TypeVar("R")

TRIES = 2
"""How often an item is tried when its worker dies: the first death may have been another's fault (memory)."""

STARTS = 3
"""How many workers in a row may die before they are ready."""

_starting = threading.Lock()


class Lost(Exception):
    """The worker is gone; says how it ended."""


class Hand:
    """One worker process and the pipe to it."""

    def __init__(self, work: Callable[[T], R], start: Callable[[], object] | None, limit: float | None) -> None:
        self._limit = limit
        context = get_context("spawn")
        self._pipe: Connection
        self._pipe, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=serve, args=(theirs, work, start, limit), daemon=True)
        with _quiet_start(work):
            self._process.start()
        theirs.close()

    def settle(self) -> None:
        """Nothing, once the worker is ready. Raises what kept it from getting ready, or Lost."""
        what, answer = self._hear(None)
        if what != READY:
            raise answer if isinstance(answer, Exception) else RuntimeError(str(answer))

    def do(self, packed: bytes) -> tuple[str, object]:
        """What the worker says of an item. Raises TimeoutError past the limit, and Lost."""
        try:
            self._pipe.send_bytes(packed)
        except OSError:
            raise Lost(self._end()) from None
        return self._hear(self._limit)

    def kill(self) -> None:
        """Ends the worker at once."""
        self._process.kill()

    def close(self) -> None:
        """Ends the worker and lets go of all that it held."""
        self.kill()
        self._process.join(5)
        self._pipe.close()

    def _hear(self, limit: float | None) -> tuple[str, object]:
        try:
            if not self._pipe.poll(limit):
                raise TimeoutError
            packed = self._pipe.recv_bytes()
        except TimeoutError:
            raise
        except (EOFError, OSError):
            raise Lost(self._end()) from None
        try:
            what, answer = pickle.loads(packed)  # noqa: S301 - our own worker packed it
        except Exception as error:
            return RAISED, describe(error)
        return what, answer

    def _end(self) -> str:
        """How the worker ended, in words."""
        self._process.join(5)
        code = self._process.exitcode
        if code == OUT_OF_MEMORY:
            return "the worker ran out of memory"
        if code is not None and code < 0:
            return f"the worker was killed ({_signal_name(-code)})"
        return f"the worker ended by itself (exit code {code})"


class Crew(Generic[T, R]):
    """Workers that take items and give answers, in the order in which they get done."""

    def __init__(
        self, work: Callable[[T], R], *, workers: int, start: Callable[[], object] | None, limit: float | None
    ) -> None:
        self._hire: Callable[[], Hand] = partial(Hand, work, start, limit)
        self._limit = limit
        self._workers = workers
        self._keepers: list[threading.Thread] = []
        self._hands: dict[int, Hand] = {}
        self._todo: SimpleQueue[tuple[T] | None] = SimpleQueue()
        self._done: SimpleQueue[R | Failed[T] | _Broken] = SimpleQueue()
        self._inside = 0
        self._closing = False
        self._lock = threading.Lock()

    @property
    def inside(self) -> int:
        """How many items were given whose answers were not taken yet."""
        return self._inside

    @property
    def ready(self) -> bool:
        """Whether an answer can be taken without waiting."""
        return not self._done.empty()

    def give(self, item: T) -> None:
        """Hands an item in; a worker is added where all are busy and there may be one more."""
        self._inside += 1
        self._todo.put((item,))
        if len(self._keepers) < min(self._workers, self._inside):
            keeper = threading.Thread(target=self._keep, args=(len(self._keepers),), daemon=True)
            self._keepers.append(keeper)
            keeper.start()

    def take(self) -> R | Failed[T]:
        """The next answer, waited for. Raises what keeps the workers from working at all."""
        answer = self._done.get()
        if isinstance(answer, _Broken):
            raise answer.error
        self._inside -= 1
        return answer

    def close(self) -> None:
        """Ends all workers at once, whatever they are doing."""
        with self._lock:
            self._closing = True
            for hand in self._hands.values():
                hand.kill()
        for _ in self._keepers:
            self._todo.put(None)
        for keeper in self._keepers:
            keeper.join(5)

    def _keep(self, number: int) -> None:
        """The life of a keeper."""
        try:
            while not self._closing and (given := self._todo.get()) is not None:
                self._done.put(self._try(number, *given))
        except _Closed:
            pass
        except Exception as error:
            self._done.put(_Broken(error))
        finally:
            self._dismiss(number)

    def _try(self, number: int, item: T) -> R | Failed[T]:
        try:
            packed = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            return Failed(item, "raised", describe(error))
        ended = ""
        for _ in range(TRIES):
            try:
                what, answer = self._hand(number).do(packed)
            except Lost as lost:
                self._dismiss(number)
                ended = str(lost)
            except TimeoutError:
                self._dismiss(number)
                return Failed(item, "late", f"not done after {self._limit:g} seconds")
            else:
                return answer if what == DONE else Failed(item, "raised", str(answer))  # type: ignore[return-value]
        return Failed(item, "died", ended)

    def _hand(self, number: int) -> Hand:
        """The keeper's worker; a new one where there is none. Raises where none will get ready."""
        if number in self._hands:
            return self._hands[number]
        ended = ""
        for _ in range(STARTS):
            with self._lock:
                if self._closing:
                    raise _Closed
                hand = self._hands[number] = self._hire()
            try:
                hand.settle()
                return hand
            except Lost as lost:
                ended = str(lost)
                self._dismiss(number)
        if self._closing:
            raise _Closed
        where, todo = f"{self._workers} workers", "Give fewer workers, or see that there is memory for them."
        raise SettingError(where, f"{ended} {STARTS} times before it was ready", todo)

    def _dismiss(self, number: int) -> None:
        with self._lock:
            hand = self._hands.pop(number, None)
        if hand is not None:
            hand.close()


class _Broken:
    """What ended a keeper; it ends the run."""

    def __init__(self, error: Exception) -> None:
        self.error = error


class _Closed(Exception):
    """The crew is being closed: nobody waits for an answer."""


@contextmanager
def _quiet_start(work: Callable[..., object]) -> Iterator[None]:
    """A moment in which a process can be started that neither signals nor the caller's script will disturb.

    A worker is born deaf to Ctrl-C and SIGTERM, so that none reaches it before it can hold its tongue. And it does not
    run the script that started it, which without an ``if __name__ == "__main__"`` would start workers of its own;
    unless the work is to be found there.
    """
    with _starting:
        main = sys.modules["__main__"]
        try:
            if os.name == "posix":
                resource_tracker.ensure_running()  # it unblocks signals as it starts: let that be now
                signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
            if getattr(work, "__module__", None) != "__main__":
                sys.modules["__main__"] = ModuleType("__main__")
            yield
        finally:
            sys.modules["__main__"] = main


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
