"""Finds and opens files, of this machine or of a store that fsspec knows (S3, GCS, HDFS, memory and others)."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, cast

from msgspec import Struct

from dateline.errors import InputError, SettingError

_STORED = re.compile(r"(?!https?://)[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_MAGIC = re.compile(r"[*?\[]")


class File(Struct, frozen=True):
    """A file as it stands now: its size in bytes, and a mark that changes when its content does (etag, or time)."""

    name: str
    size: int
    mark: str


def is_stored(name: str) -> bool:
    """Whether a name is the address of a file in a store, and no path and no page of the web.

    >>> is_stored("s3://bucket/news.warc.gz"), is_stored("https://news.example/1"), is_stored("news.jsonl")
    (True, False, False)
    """
    return bool(_STORED.match(name))


def open_file(name: str) -> BinaryIO:
    """A file, open for reading bytes. Raises OSError for a path, InputError for an address."""
    if not is_stored(name):
        return Path(name).open("rb")
    with asking(name) as (store, path):
        return cast(BinaryIO, store.open(path, "rb"))


def look_at(name: str) -> File:
    """A file with its size and mark. Raises InputError where there is none."""
    if not is_stored(name):
        try:
            kept = Path(name).stat()
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise InputError(name, f"the file cannot be read ({why})", "Check the path.") from None
        return File(name, kept.st_size, f"{kept.st_mtime_ns:x}-{kept.st_size:x}")
    with asking(name) as (store, path):
        return _file(name, store.info(path), store)


def list_files(name: str) -> Iterator[str]:
    """The addresses of the files in a store that an address, a folder or a pattern names, in order of their names."""
    with asking(name) as (store, path):
        base = name.rstrip("/").removesuffix(path)  # "hdfs://host" of "hdfs://host/folder", which is "/folder" there
        if _MAGIC.search(path):
            found = [each for each in store.glob(path) if store.isfile(each)]
        elif store.isdir(path):
            found = list(store.find(path))
        else:
            found = [path]
    yield from (f"{base}{each}" for each in sorted(found))


def list_matching(name: str, ending: str) -> list[str]:
    """The files that a path, a folder, a pattern or an address names, in order; of a folder those with the ending.

    Raises InputError where there is none.
    """
    if is_stored(name):
        found = [each for each in list_files(name) if each == name or each.endswith(ending)]
    elif Path(name).is_dir():
        found = sorted(str(path) for path in Path(name).iterdir() if path.name.endswith(ending))
    else:
        found = sorted(glob.glob(name)) if _MAGIC.search(name) and not Path(name).exists() else [name]  # noqa: PTH207
    if not found or (len(found) == 1 and not is_stored(name) and not Path(found[0]).exists()):
        raise InputError(name, "there is no such file", "Check the path or the pattern.")
    return found


def remove(name: str) -> None:
    """Takes a file away, where there is one."""
    if not is_stored(name):
        Path(name).unlink(missing_ok=True)
        return
    with asking(name) as (store, path):
        if store.exists(path):
            store.rm_file(path)


@contextmanager
def asking(name: str) -> Iterator[tuple[Any, str]]:
    """The store that an address leads to, and the path in it; what it complains of is told as an InputError."""
    scheme = name.partition("://")[0]
    try:
        fsspec: Any = import_module("fsspec")
    except ImportError:
        todo = "Install it with `pip install 'dateline[cluster]'`, or give a path."
        raise SettingError(name, "stores are reached with the package fsspec, which is not installed", todo) from None
    try:
        store, path = fsspec.core.url_to_fs(name)
    except ImportError as error:
        raise SettingError(name, f"a package for {scheme}:// is missing ({error})", "Install that package.") from None
    except ValueError as error:
        raise InputError(name, f"there is no such kind of store ({error})", "Check the address.") from None
    try:
        yield store, path
    except FileNotFoundError:
        raise InputError(name, "there is no such file", "Check the address.") from None
    except (InputError, SettingError):
        raise
    except Exception as error:  # each kind of store has errors of its own
        words = " ".join(str(error).split())[:300] or type(error).__name__
        raise InputError(name, f"the store does not give it ({words})", "Check the address and your access.") from error


def store_of(name: str) -> Any:
    """The store that an address leads to, as fsspec knows it. Raises SettingError where that cannot be reached."""
    with asking(name) as (store, _):
        return store


def _file(name: str, told: dict[str, Any], store: Any) -> File:
    size = int(told.get("size") or 0)
    mark = next((str(told[key]) for key in ("ETag", "etag", "md5Hash", "checksum", "mtime", "created", "LastModified")
                 if told.get(key)), "")  # fmt: skip
    return File(name, size, f"{mark.strip(chr(34))}-{size:x}")
