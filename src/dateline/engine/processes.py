"""``run``: like ``map``, in several processes of this machine."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from functools import partial
from typing import Generic, TypeVar

from dateline.engine.crew import Crew
from dateline.engine.failed import Failed, describe
from dateline.errors import SettingError

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 8
"""How many items a worker are in flight at once, unless the caller says: the next is at hand while answers are kept."""


def run(
    work: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int,
    ahead: int | None = None,
    start: Callable[[], object] | None = None,
    limit: float | None = None,
) -> Generator[R | Failed[T], None, None]:
    """What comes of the work on each item, in the order in which it gets done; a Failed where nothing did.

    ``items`` are taken in the caller's own thread, at most ``ahead`` of them before their answers are taken, so that
    memory is bounded whatever their number. ``work`` and ``start`` are functions of a module. Each worker calls
    ``start`` once, to open what it needs; an error in it ends the run. An item that takes longer than ``limit`` seconds
    loses its worker; a worker that dies is replaced, and its item given back once. Leaving the iterator ends all
    workers at once, and so does the end of this process, whatever its cause. With one worker all is done right here:
    nothing is limited, and nothing replaced.
    """
    if workers < 1:
        raise SettingError(f"{workers} workers", "there must be at least one", "Give a number from 1 up.")
    if workers == 1:
        return _run_here(work, items, start)
    return _run_apart(work, items, workers, max(workers, ahead or AHEAD * workers), start, limit)


def _run_here(
    work: Callable[[T], R], items: Iterable[T], start: Callable[[], object] | None
) -> Generator[R | Failed[T], None, None]:
    begun = False
    for item in items:
        if start is not None and not begun:
            start()
        begun = True
        yield _attempt(work, item)


def _attempt(work: Callable[[T], R], item: T) -> R | Failed[T]:
    try:
        return work(item)
    except MemoryError:
        return Failed(item, "died", "it ran out of memory")
    except Exception as error:
        return Failed(item, "raised", describe(error))


class Standing(Generic[T, R]):
    """Workers that stay for one run after the other: what they have opened is opened once.

    Even one worker is a process apart, so that what ends it, or never ends, costs one item and not this process.
    """

    def __init__(
        self,
        work: Callable[[T], R],
        *,
        workers: int,
        start: Callable[[], object] | None = None,
        limit: float | None = None,
    ) -> None:
        self._hire: Callable[[], Crew[T, R]] = partial(Crew, work, workers=workers, start=start, limit=limit)
        self._ahead = AHEAD * workers
        self._crew: Crew[T, R] | None = None

    def run(self, items: Iterable[T]) -> Generator[R | Failed[T], None, None]:
        """As ``run``, by these workers. Leaving the iterator early ends them; the next run has new ones."""
        crew = self._crew = self._crew or self._hire()
        try:
            yield from _run_by(crew, items, self._ahead)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Ends the workers."""
        if self._crew is not None:
            self._crew.close()
            self._crew = None


def _run_apart(
    work: Callable[[T], R],
    items: Iterable[T],
    workers: int,
    ahead: int,
    start: Callable[[], object] | None,
    limit: float | None,
) -> Generator[R | Failed[T], None, None]:
    crew = Crew(work, workers=workers, start=start, limit=limit)
    try:
        yield from _run_by(crew, items, ahead)
    finally:
        crew.close()


def _run_by(crew: Crew[T, R], items: Iterable[T], ahead: int) -> Generator[R | Failed[T], None, None]:
    for item in items:
        crew.give(item)
        while crew.inside >= ahead or crew.ready:
            yield crew.take()
    while crew.inside:
        yield crew.take()
