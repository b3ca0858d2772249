"""Writes files so that nobody ever sees half of one: under another name first, then put in place."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from dateline.errors import InputError
from dateline.storage.files import asking, is_stored, remove

UNDONE = ".undone"
"""How the names of files end that are being written. One that stays was left by a machine that stopped."""


def join(folder: str, name: str) -> str:
    """The name of a file in a folder, of this machine or of a store."""
    return f"{folder.rstrip('/')}/{name}" if is_stored(folder) else os.fspath(Path(folder) / name)


@contextmanager
def write_whole(name: str) -> Iterator[BinaryIO]:
    """A file to be written that is there, whole, once the block is left; it is not there at all after an error.

    Two that write one file at once do not disturb each other; the later stays. Raises InputError where the file cannot
    be written.
    """
    beside = f"{name}.{uuid.uuid4().hex[:8]}{UNDONE}"
    try:
        with _written(beside) as file:
            yield file
        _put_in_place(beside, name)
    except BaseException:
        with suppress(InputError, OSError):
            remove(beside)
        raise


@contextmanager
def _written(name: str) -> Iterator[BinaryIO]:
    if is_stored(name):
        with asking(name) as (store, path):
            store.makedirs(path.rpartition("/")[0], exist_ok=True)
            file = store.open(path, "wb")
        with file:
            yield cast(BinaryIO, file)
        return
    with _told(name):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        with Path(name).open("wb") as mine:
            yield mine
            mine.flush()
            os.fsync(mine.fileno())


def _put_in_place(beside: str, name: str) -> None:
    if is_stored(name):
        with asking(name) as (store, path):
            store.mv(_path_of(beside, store), path)
        return
    with _told(name):
        Path(beside).replace(name)


def _path_of(name: str, store: object) -> str:
    """The path of an address within its store."""
    return str(store._strip_protocol(name))  # type: ignore[attr-defined]


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Tells what the system complains of as an InputError."""
    try:
        yield
    except OSError as error:
        why = f"the file cannot be written ({error.strerror or error})"
        raise InputError(name, why, "Check the permissions of its folder, and the space on the disk.") from error
