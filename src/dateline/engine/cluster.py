"""``run_on_cluster``: like ``map``, on a cluster of Dask's, of this machine or of many."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import resource_tracker
from typing import Any, TypeVar

from dateline.engine.failed import Failed, describe
from dateline.errors import SettingError

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2
"""How many items a worker are in flight at once, unless the caller says."""

DEATHS = 2
"""How often an item is given to another worker after its own died, on a cluster of this machine."""

ANSWER = 10
"""How many seconds a cluster has to answer at all."""


_SETTINGS = {
    # Whoever reads a page must be free to start a process of its own for it, and daemons may not.
    "distributed.worker.daemon": False,
    # Pages for browsers, which anybody on this machine could open.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.nanny.http.routes": [],
    # A hundred looks a second at what each worker is doing, and a lively clock: nobody reads them.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.admin.system-monitor.interval": "2s",
    "distributed.admin.tick.interval": "500ms",
    # Dask's own but for MALLOC_TRIM_THRESHOLD_, which has memory given back to the system in pieces of 64 kB: what
    # reads in these workers took a tenth longer.
    "distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1, "MKL_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1},
}


def run_on_cluster(
    work: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int,
    address: str | None = None,
    ahead: int | None = None,
) -> Generator[R | Failed[T], None, None]:
    """What comes of the work on each item, in the order in which it gets done; a Failed where nothing did.

    ``address`` is that of the scheduler of a cluster, such as "tcp://10.0.0.5:8786", whose workers can import what
    ``work`` is made of; without it, so many ``workers`` are started on this machine, which talk to each other encrypted
    and end with this process. ``items`` are taken in the caller's own thread, at most ``ahead`` of them before their
    answers are taken. A worker that dies is replaced, and its items are given to others; items whose workers die again
    and again are tried once more in the end, each alone, so that only what kills by itself becomes a Failed.

    Raises SettingError where Dask is not installed, or no cluster answers at the address.
    """
    distributed = _package("distributed")
    return _run(distributed, work, items, workers, address, ahead)


def _run(
    distributed: Any, work: Callable[[T], R], items: Iterable[T], workers: int, address: str | None, ahead: int | None
) -> Generator[R | Failed[T], None, None]:
    with _client(distributed, workers, address) as client:
        most = ahead or AHEAD * max(workers, len(client.scheduler_info(n_workers=-1)["workers"]))
        suspects: list[T] = []
        for answer in _answers(distributed, client, work, items, most):
            if isinstance(answer, Failed) and answer.why == "died":
                suspects.append(answer.item)
            else:
                yield answer
        yield from _answers(distributed, client, work, suspects, 1)


def _answers(
    distributed: Any, client: Any, work: Callable[[T], R], items: Iterable[T], most: int
) -> Iterator[R | Failed[T]]:
    """What comes of the work on each item, of which at most so many are in flight at once."""
    waiting: dict[str, T] = {}
    done = distributed.as_completed(loop=client.loop)
    for item in items:
        future = client.submit(work, item, pure=False)
        waiting[future.key] = item
        done.add(future)
        while len(waiting) >= most:
            yield _take(done, waiting)
    while waiting:
        yield _take(done, waiting)


def _take(done: Iterator[Any], waiting: dict[str, T]) -> Any:
    """The next answer, waited for."""
    future = next(done)
    item = waiting.pop(future.key)
    if future.status == "finished":
        return future.result()
    error = future.exception() if future.status == "error" else None
    if error is None:
        return Failed(item, "died", f"the cluster has lost it ({future.status})")
    if type(error).__name__ == "KilledWorker":
        return Failed(item, "died", "each worker that it was given to died")
    return Failed(item, "raised", describe(error))


@contextmanager
def _client(distributed: Any, workers: int, address: str | None) -> Iterator[Any]:
    """A client of the cluster at an address, or of one that is started here and ends with the block."""
    if address is not None:
        try:
            client = distributed.Client(address, timeout=ANSWER, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            what = f"no cluster answers there ({describe(error)})"
            raise SettingError(f"--cluster {address}", what, "Give the address that `dask scheduler` shows.") from error
        with client:
            yield client
        return
    if workers < 1:
        raise SettingError(f"{workers} workers", "there must be at least one", "Give a number from 1 up.")
    dask = _package("dask")
    security = distributed.Security.temporary()
    with dask.config.set({**_SETTINGS, "distributed.scheduler.allowed-failures": DEATHS}):
        with _deaf():
            cluster = distributed.LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, security=security,
                dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL,
            )  # fmt: skip
        with cluster, distributed.Client(cluster, security=security, set_as_default=False) as client:
            yield client


@contextmanager
def _deaf() -> Iterator[None]:
    """A moment in which threads and processes are born that Ctrl-C does not reach: this one decides what it means."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it unblocks signals as it starts: let that be now
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _package(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        todo = "Install it with `pip install 'dateline[cluster]'`, or leave --engine out."
        raise SettingError("--engine dask", f"the package {name} is not installed", todo) from None
