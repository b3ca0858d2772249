"""Opens the file that a ledger is, brings it up to the newest schema, and tells its failures in our own words.

The file is an SQLite database in WAL mode: readers in other processes see the ledger as it was when they began to read,
and never wait for the writer. ``synchronous = NORMAL`` means that a commit is not forced to the disk at once but at the
next checkpoint. A process that is killed loses nothing it committed, since its writes are with the system already; a
machine that loses its power may lose the last commits, and never the integrity of the file.
"""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import msgspec

from dateline.errors import LedgerError
from dateline.ledger.schema import APPLICATION, STEPS, statements_of
from dateline.ledger.trusting import distrust, what_is_strange
from dateline.ledger.values import Unsound

LONGEST_LOG = 32 << 20
"""The most bytes that the write-ahead log may keep once its content is in the file."""

_CACHE = 64 << 10
"""Kibibytes of pages that one connection remembers; one that writes, twice as many: it touches every index."""


def open_file(path: Path, *, write: bool, wait: float) -> sqlite3.Connection:
    """A connection to the ledger in a file; to a new one where it is opened for writing and there is none.

    ``wait`` is how many seconds to wait for another writer. Raises LedgerError where the file is no ledger, is kept by
    a newer Dateline, or cannot be opened.
    """
    if path.is_dir():
        raise LedgerError(str(path), "this is a folder", "Name a file for the ledger, such as press.ledger.")
    if not write and not path.exists():
        raise LedgerError(str(path), "there is no ledger here", "Make one with `dateline add`, or check the path.")
    with told(path):
        if write and path.exists() and not _may_write(path):
            raise _read_only(path)
        database = _connect(path, "rwc", wait) if write else connect_reader(path, wait)
        try:
            version = _version(database, path)
            _require_own(database, path, version)
            if version < len(STEPS):
                database = _upgraded(database, path, write=write, wait=wait)
            _settle(database, write=write)
        except BaseException:
            database.close()
            raise
    return database


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _connect(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={mode}"
    database = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    database.create_function("distance", 4, distance, deterministic=True)
    distrust(database)
    return database


def connect_reader(path: Path, wait: float) -> sqlite3.Connection:
    """A connection that cannot write; in a folder that nothing can be written to it needs no log beside the file."""
    database = _connect(path, "ro", wait)
    try:
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        database.close()
        log = Path(f"{path}-wal")
        if _name_of(error) not in _UNOPENED or (log.exists() and log.stat().st_size):
            raise
        # Nobody can write here, so that the file is all there is; SQLite would make its -shm file, and may not.
        return _connect(path, "ro&immutable=1", wait)
    return database


_UNOPENED = ("SQLITE_CANTOPEN", "SQLITE_READONLY_DIRECTORY", "SQLITE_READONLY_CANTINIT", "SQLITE_READONLY_RECOVERY")


def _version(database: sqlite3.Connection, path: Path) -> int:
    """The version of a ledger's schema; 0 where nothing was written to the file yet."""
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application or version or tables:
            raise _no_ledger(path, "a database of another program")
        return 0
    if version > len(STEPS):
        what = f"kept by a newer Dateline (schema {version}; this one reads up to {len(STEPS)})"
        raise LedgerError(str(path), what, "Upgrade Dateline to open it.")
    return int(version)


def _require_own(database: sqlite3.Connection, path: Path, version: int) -> None:
    """Nothing, where the tables are those of a ledger: others could do what no ledger does."""
    if version and (strange := what_is_strange(database, STEPS[:version])):
        raise LedgerError(str(path), f"this is no sound ledger: {strange}", "Do not use it; take one that you made.")


def _upgraded(database: sqlite3.Connection, path: Path, *, write: bool, wait: float) -> sqlite3.Connection:
    """A connection to the file after the steps that it lacks; a reader has them made on a connection of their own."""
    if write:
        _upgrade(database, path, wait)
        return database
    if not _version(database, path):
        raise LedgerError(str(path), "there is nothing in this ledger yet", "Add reports with `dateline add`.")
    database.close()
    with closing(_connect(path, "rw", wait)) as writer:
        _upgrade(writer, path, wait)
    return connect_reader(path, wait)


def _upgrade(database: sqlite3.Connection, path: Path, wait: float) -> None:
    """Makes the missing steps in one transaction, unless another process has made them meanwhile."""
    _enter_wal(database, wait)
    database.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[_version(database, path) :]:
            for statement in statements_of(step):
                database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {len(STEPS)}")
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def _enter_wal(database: sqlite3.Connection, wait: float) -> None:
    """Sets WAL mode for good. Two processes that make one ledger at once meet here, where SQLite does not wait."""
    until = time.monotonic() + wait
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not _name_of(error).startswith("SQLITE_BUSY") or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _settle(database: sqlite3.Connection, *, write: bool) -> None:
    database.execute(f"PRAGMA cache_size = -{2 * _CACHE if write else _CACHE}")
    database.execute("PRAGMA temp_store = MEMORY")
    database.execute("PRAGMA foreign_keys = ON")
    if write:
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(f"PRAGMA journal_size_limit = {LONGEST_LOG}")
        database.execute("PRAGMA wal_autocheckpoint = 6000")
        database.execute("SELECT count(*) FROM edition WHERE 0").fetchone()
    else:
        database.execute("PRAGMA query_only = ON")


@contextmanager
def viewing(database: sqlite3.Connection) -> Iterator[None]:
    """One view of the ledger for all that is asked inside, whatever is written meanwhile."""
    if database.in_transaction:
        yield
        return
    database.execute("BEGIN")
    try:
        yield
    finally:
        if database.in_transaction:
            database.execute("ROLLBACK")


@contextmanager
def writing(database: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One transaction: all that is written inside is kept, or none of it; one inside another is a part of it."""
    if database.execute("PRAGMA query_only").fetchone()[0]:
        raise LedgerError(str(path), "the ledger was opened for reading only", "Open it with write=True.")
    if database.in_transaction:
        yield
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    _shorten_log(database, path)


def _shorten_log(database: sqlite3.Connection, path: Path) -> None:
    """Empties the write-ahead log once it has grown long.

    SQLite begins it anew by itself only when no reader needs any of it, which under many readers may never happen to
    be so at the end of a commit. Here it waits for them a little while, and tries again after the next commit.
    """
    try:
        if Path(f"{path}-wal").stat().st_size <= LONGEST_LOG:
            return
        (wait,) = database.execute("PRAGMA busy_timeout").fetchone()
        database.execute("PRAGMA busy_timeout = 250")
        try:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            database.execute(f"PRAGMA busy_timeout = {wait}")
    except (OSError, sqlite3.OperationalError):
        return  # What was written is committed; whatever is wrong will be met by the next transaction, and told then.


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tells what SQLite and the system complain of as a LedgerError."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        raise _explained(path, error) from error
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError, Unsound) as error:
        raise _damaged(path, error) from error
    except OSError as error:
        raise LedgerError(str(path), f"it cannot be opened ({error.strerror})", "Check the path.") from error


def _explained(path: Path, error: sqlite3.DatabaseError) -> LedgerError:
    name = _name_of(error)
    where = str(path)
    if name.startswith("SQLITE_FULL"):
        return LedgerError(where, "the disk is full", "Make room and go on: all that was added before is kept.")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LedgerError(where, "another program is writing to it", "Try again once that is done.")
    if name.startswith("SQLITE_READONLY"):
        return _read_only(path)
    if name.startswith("SQLITE_NOTADB"):
        return _no_ledger(path, "a file of another kind")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_TOOBIG")) or "decode to UTF-8" in str(error):
        return _damaged(path, error)
    if name.startswith("SQLITE_CANTOPEN"):
        return LedgerError(where, "it cannot be opened", "Check that its folder exists and may be written to.")
    if name.startswith("SQLITE_IOERR"):
        return LedgerError(where, f"the disk fails ({error})", "Check the disk; all that was added before is kept.")
    return LedgerError(where, f"SQLite refuses ({error})", "Please report this as a bug in Dateline.")


def _damaged(path: Path, error: Exception) -> LedgerError:
    todo = "Take a copy from before, or save what can be read with SQLite's .recover."
    return LedgerError(str(path), f"the file is damaged ({str(error)[:200]})", todo)


def _name_of(error: sqlite3.Error) -> str:
    return str(getattr(error, "sqlite_errorname", ""))


def _read_only(path: Path) -> LedgerError:
    return LedgerError(str(path), "it may not be written to", "Change its permissions, or copy it and its folder.")


def _no_ledger(path: Path, what: str) -> LedgerError:
    return LedgerError(str(path), f"this is no ledger but {what}", "Name another file.")


def distance(lat: float | None, lon: float | None, other_lat: float, other_lon: float) -> float | None:
    """Kilometres between two points along the great circle, on a globe of the earth's mean radius.

    None where there is no first point: SQLite may ask before it has sifted these out.

    >>> round(distance(51.5074, -0.1278, 48.8566, 2.3522))
    344
    """
    if lat is None or lon is None:
        return None
    north, south = radians(lat), radians(other_lat)
    wide = sin(radians(other_lon - lon) / 2)
    high = sin((south - north) / 2)
    return 12_742.0176 * asin(min(1.0, sqrt(high * high + cos(north) * cos(south) * wide * wide)))
