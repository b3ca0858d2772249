"""Opens the rule files and word lists under ``data/`` as typed tables."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from dateline.errors import LexiconError

T = TypeVar("T")


def data_file(*parts: str) -> Traversable:
    """A file or folder under ``dateline/data``."""
    return files("dateline.data").joinpath(*parts)


def read_table(path: str, shape: type[T]) -> T:
    """The TOML file at a path under ``data/``, as the given type.

    Raises LexiconError where the file is missing, is not TOML, or does not have that shape.

    >>> read_table("languages/en/language.toml", dict[str, str])["name"]
    'English'
    """
    return _read(path, lambda data: msgspec.toml.decode(data, type=shape), "Mend it, or install Dateline anew.")


def read_json(path: str, shape: type[T]) -> T:
    """The JSON file at a path under ``data/``, which a training command wrote, as the given type.

    Raises LexiconError where the file is missing, is not JSON, or does not have that shape.
    """
    return _read(path, lambda data: msgspec.json.decode(data, type=shape), "Install Dateline anew.")


def _read(path: str, decode: Callable[[bytes], T], todo: str) -> T:
    try:
        return decode(data_file(path).read_bytes())
    except FileNotFoundError:
        raise LexiconError(path, "the file is missing", "Install Dateline anew.") from None
    except msgspec.DecodeError as error:
        raise LexiconError(path, f"the file cannot be used ({error})", todo) from error


def read_own(path: Path, shape: type[T], todo: str) -> T:
    """The TOML file of a user's own at a path, as the given type; ``todo`` says how to mend one that has another shape.

    Raises LexiconError where the file cannot be read or used.
    """
    try:
        return msgspec.toml.decode(path.read_bytes(), type=shape)
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise LexiconError(str(path), what, "Make it readable, or move it away.") from error
    except (msgspec.DecodeError, UnicodeError) as error:
        raise LexiconError(str(path), f"the file cannot be used ({error})", todo) from error
