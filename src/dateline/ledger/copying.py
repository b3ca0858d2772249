"""Copies a ledger while others read it and one writes to it: the copy is the ledger as it stood at one moment."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from dateline.errors import LedgerError
from dateline.ledger.files import connect_reader, told
from dateline.ledger.schema import APPLICATION

PAGES = 2_000
"""How many pages of 4 kB are copied between two looks at how far it is."""

BESIDE = (".aliases.toml", ".origins.toml", ".watch.json")
"""How the names of the files end that stand beside a ledger and belong to it."""

Passed = Callable[[int, int], object]
"""Told how many pages are copied, and of how many."""


def copy_ledger(path: Path, to: Path, passed: Passed | None = None) -> int:
    """The size in bytes of the copy, which is in its place only once it is whole, checked and on the disk.

    A ledger of any schema is copied, and left as it is. An earlier copy is replaced; no other file is. What belongs to
    the ledger and stands beside it is copied as well. Raises LedgerError where there is no ledger, or it cannot be
    copied.
    """
    _check(path, to)
    beside = to.with_name(f"{to.name}.{uuid.uuid4().hex[:8]}.undone")
    with told(path), closing(connect_reader(path, 30.0)) as source:
        if source.execute("PRAGMA application_id").fetchone() != (APPLICATION,):
            raise LedgerError(str(path), "this is no ledger", "Name the ledger that is to be copied.")
        # In a transaction of ours the source stays what it is now, however much is written to it meanwhile.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            _copy(source, beside, to, passed)
        finally:
            for each in (beside, Path(f"{beside}-wal"), Path(f"{beside}-shm"), Path(f"{beside}-journal")):
                each.unlink(missing_ok=True)
    for ending in BESIDE:
        _copy_beside(Path(f"{path}{ending}"), Path(f"{to}{ending}"))
    return to.stat().st_size


def _check(path: Path, to: Path) -> None:
    if not path.exists():
        raise LedgerError(str(path), "there is no ledger here", "Check the path.")
    if to.is_dir():
        raise LedgerError(str(to), "this is a folder", f"Name a file in it, such as {to / path.name}.")
    if to.exists() and to.samefile(path):
        raise LedgerError(str(to), "this is the ledger itself", "Name another file.")
    if Path(f"{to}-wal").exists():
        raise LedgerError(str(to), "somebody has this ledger open, or it was not closed", "Name another file.")
    if to.exists() and to.stat().st_size and to.open("rb").read(72)[68:] != APPLICATION.to_bytes(4):
        raise LedgerError(str(to), "there is a file here that is no ledger", "Name another file.")


def _copy(source: sqlite3.Connection, beside: Path, to: Path, passed: Passed | None) -> None:
    with told(to):
        with closing(sqlite3.connect(beside)) as copy:
            source.backup(
                copy, pages=PAGES, progress=lambda _, left, of: passed(of - left, of) if passed else None, sleep=0
            )
            copy.execute("PRAGMA journal_mode = DELETE")  # so that the copy is one file, whoever opens it next
            if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise LedgerError(str(to), "the copy is damaged", "Check the ledger and the disk.")
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(to)


def _copy_beside(path: Path, to: Path) -> None:
    with told(to):
        if path.exists():
            beside = to.with_name(f"{to.name}.undone")
            beside.write_bytes(path.read_bytes())
            beside.replace(to)
