"""Adds reports while the pages stay quick: one lot at a time in a thread of its own, the reading in other processes."""

from __future__ import annotations

import shutil
import sys
import threading
import traceback
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Literal

from dateline.desk.adding import Progress, Work
from dateline.desk.receiving import Handed, Received, receive
from dateline.errors import DatelineError, SettingError

WAITING = 20
"""The most lots that wait for their turn; who hands over more is told to wait."""

REMEMBERED = 50
"""The lots of which it can still be asked what they came to."""

WORKERS = 2
"""Reading is done in other processes, even where it is little: a report that breaks its reader breaks nothing else."""


@dataclass
class Job:
    """One lot: what it is called, how far it got, what came of it, and what ended it early."""

    id: str
    name: str
    handed: Handed
    folder: Path | None
    state: Literal["waiting", "adding", "done", "failed"] = "waiting"
    progress: Progress | None = None
    received: Received | None = None
    error: DatelineError | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in ("done", "failed")


class Jobs:
    """The lots that were handed to one app, in the order in which they came."""

    def __init__(self, ledger: Path, *, workers: int = WORKERS, work: Work | None = None) -> None:
        self._ledger = ledger
        self._workers = workers
        self._work = work
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[Job] = deque()
        self._lock = threading.Lock()
        self._runs = False

    def put(self, name: str, handed: Handed, folder: Path | None = None) -> Job:
        """Puts a lot in line; its folder is removed once it is done. Raises SettingError where too many wait."""
        job = Job(token_hex(8), name, handed, folder)
        with self._lock:
            if len(self._waiting) >= WAITING:
                raise SettingError(name, "too much is being added already", "Wait until some of it is done.")
            over = [id for id, each in self._jobs.items() if each.is_over]
            for id in over[: max(0, len(self._jobs) - REMEMBERED + 1)]:
                del self._jobs[id]
            self._jobs[job.id] = job
            self._waiting.append(job)
            if not self._runs:
                self._runs = True
                threading.Thread(target=self._run, name="adding", daemon=True).start()
        return job

    def get(self, id: str) -> Job | None:
        """The lot of an id; None where it is forgotten or never was."""
        return self._jobs.get(id)

    def all(self) -> list[Job]:
        """The lots that are remembered, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._runs = False
                    return
                job = self._waiting.popleft()
            self._do(job)

    def _do(self, job: Job) -> None:
        def watch(progress: Progress) -> None:
            job.progress = progress

        job.state = "adding"
        try:
            job.received = receive(job.handed, self._ledger, workers=self._workers, progress=watch, work=self._work)
            job.state = "done"
        except DatelineError as error:
            job.error, job.state = error, "failed"
        except Exception as error:  # whatever it was, the next lot has its turn
            sys.stderr.write("".join(traceback.format_exception(error)))
            what = f"this is a bug in Dateline ({type(error).__name__})"
            job.error, job.state = DatelineError(job.name, what, "Please report it."), "failed"
        finally:
            job.handed = Handed()  # pasted words need no more memory
            if job.folder is not None:
                shutil.rmtree(job.folder, ignore_errors=True)
