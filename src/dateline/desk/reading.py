"""Reads reports from wherever they are: a file, a URL, standard input, bytes or text in hand.

The rooms that do the work are imported when they are first asked, so that ``import dateline`` costs next to nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal, get_args

from dateline.errors import DatelineError, InputError, SettingError
from dateline.model import Reading, ReportKind

As = Literal["html", "text"]
"""How a page is to be taken, where its own looks mislead."""

AnyPath = str | os.PathLike[str]

SETTING = "DATELINE_PLACES"
"""The environment variable that names the gazetteer to read with, where none is given."""

LARGEST = 50_000_000
"""The most bytes read from a file or from standard input before intake is asked whether it is a report at all."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One report that could not be read, and why; the rest of the batch goes on."""

    origin: str
    error: DatelineError


def read(
    source: str | bytes | os.PathLike[str],
    *,
    published: str | None = None,
    as_: As | None = None,
    kind: ReportKind | None = None,
    origin: str | None = None,
    allow_private: bool = False,
    places: AnyPath | None = None,
) -> Reading:
    """The reading of one report.

    ``source`` is a path, the bytes of a page, an http(s) URL, or the text itself: a string with white space or a line
    break in it that names no file is taken for the text. ``published`` is an ISO 8601 date or time that overrides what
    the page tells, ``as_`` says how to take the page where its looks mislead, ``kind`` whether its times are understood
    from the day of publication ("news") or from the running date of its story ("narrative") where Dateline should not
    judge for itself, ``origin`` names it in messages and in the reading. A URL is fetched once; one that leads to a
    private address only if ``allow_private``. ``places`` is the gazetteer to read with, made by ``build_places``; else
    the one that DATELINE_PLACES names, else the one that ships.

    Raises InputError where it cannot be read, SettingError where ``published`` is no date or ``kind`` none of the two,
    LexiconError where the gazetteer cannot be opened.
    """
    check_kind(kind)
    from dateline.intake import fetch_page, read_page, read_report
    from dateline.reading.pipeline import read_layers

    if isinstance(source, str) and is_url(source):
        page = fetch_page(source, allow_private=allow_private)
    elif isinstance(source, str) and _is_text(source):
        page = read_page(source.encode("utf-8", "replace"), origin=origin, as_=as_, charset="utf-8")
    elif isinstance(source, bytes):
        page = read_page(source, origin=origin, as_=as_)
    else:
        page = read_page(_file_bytes(Path(source)), origin=origin or os.fspath(source), as_=as_)
    return read_layers(read_report(page, published=published), annotators(places), kind=kind)


def check_kind(kind: str | None) -> None:
    """Raises SettingError where there is no such kind of report."""
    if kind not in (None, *get_args(ReportKind)):
        raise SettingError(f'kind "{kind}"', "there is no such kind of report", "Give news or narrative.")


def read_all(
    origins: Iterable[str],
    *,
    published: str | None = None,
    as_: As | None = None,
    kind: ReportKind | None = None,
    allow_private: bool = False,
    places: AnyPath | None = None,
) -> Iterator[Reading | Refusal]:
    """A Reading or a Refusal for each origin, in order: a path, a URL, or "-" for standard input."""
    annotators(places)  # what is wrong with the gazetteer is wrong for all
    one = partial(read, published=published, as_=as_, kind=kind, allow_private=allow_private, places=places)
    for origin in origins:
        try:
            if origin == "-":
                yield one(sys.stdin.buffer.read(LARGEST + 1), origin="standard input")
            else:
                yield one(origin if is_url(origin) else Path(origin))
        except DatelineError as error:
            yield Refusal(origin, error)


def is_url(source: str) -> bool:
    """Whether a string is a web address."""
    return source[:8].lower().startswith(("http://", "https://")) and not any(map(str.isspace, source))


def annotators(places: AnyPath | None = None) -> tuple[Callable[[Reading], Reading], ...]:
    """The annotators in order, opened on first use and kept; ``places`` is as in ``read``."""
    path = chosen_places(places)
    return _annotators(path.resolve() if path else None)


@cache
def _annotators(places: Path | None) -> tuple[Callable[[Reading], Reading], ...]:
    from dateline.reading.pipeline import open_annotators

    return open_annotators(places=places)


def chosen_places(places: AnyPath | None) -> Path | None:
    """The gazetteer to use: the one that is given, else the one of the setting; None for the one that ships."""
    named = os.fspath(places) if places is not None else os.environ.get(SETTING, "")
    return Path(named) if named else None


def _is_text(source: str) -> bool:
    """Whether a string is a report's text and no path."""
    if "\n" in source or len(source) > 4096 or "\0" in source:
        return True
    return any(map(str.isspace, source.strip())) and not Path(source).exists()


def _file_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise InputError(str(path), "there is no such file", "Check the path; a URL begins with https://.") from None
    except IsADirectoryError:
        raise InputError(str(path), "this is a folder", "Name the files in it, for example with a glob.") from None
    except OSError as error:
        raise InputError(str(path), f"the file cannot be read ({error.strerror})", "Check its permissions.") from None
