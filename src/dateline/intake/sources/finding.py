"""Finds the pages that a source holds, whatever kind of source it is; one bad record never stops the rest."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import BinaryIO, cast

import msgspec

from dateline.errors import DatelineError
from dateline.intake.pages import HTML_LIMIT
from dateline.intake.sources.archives import find_archived
from dateline.intake.sources.feeds import FEED_LIMIT, is_feed
from dateline.intake.sources.folders import Form, find_files, form_of
from dateline.intake.sources.pages import find_fetched, find_kept
from dateline.intake.sources.parcels import Parcel, refuse, refuse_for
from dateline.intake.sources.ranges import Window, cut_as, find_border
from dateline.intake.sources.records import find_lines, find_listed, make_parcel, open_object
from dateline.intake.sources.tables import Found, find_in_table
from dateline.intake.sources.unpacking import ENDINGS, Broken, Unpacked
from dateline.intake.sources.visiting import Visitor
from dateline.model import Refused
from dateline.storage import is_stored, look_at, open_file

Passed = Callable[[int], None]
"""Told how many more bytes of the files have been read, for a progress bar."""

_LISTS = ("articles", "items", "results", "data")
"""Under which names an object of JSON holds a list of reports."""


def find_parcels(
    source: str,
    *,
    fields: Mapping[str, str] | None = None,
    allow_private: bool = False,
    visitor: Visitor | None = None,
    passed: Passed | None = None,
) -> Iterator[Found]:
    """The pages that a source holds, in order, and a refusal for each that cannot be had.

    A source is a file, a folder, a pattern (``pages/*.html``), the address of a page or of a feed, or a file in a store
    (``s3://bucket/news.warc.gz``). A shard gives readings instead of pages. ``fields`` says
    where JSON keeps our "url", "title", "text", "html", "published" and "publisher", where that is not plain.
    """
    if source[:8].lower().startswith(("http://", "https://")):
        yield from find_fetched(source, visitor or Visitor(allow_private=allow_private))
        return
    found = False
    try:
        for path in find_files(source):
            found = True
            yield from find_in_file(path, fields, passed)
    except DatelineError as error:
        yield refuse_for(error, source)
        return
    if not found:
        yield refuse(source, "no file in it can hold a report", "Check the path, or name the files themselves.")


def count_bytes(source: str) -> int | None:
    """How many bytes there are to read in a source; None for an address, and for what cannot be found."""
    if source[:8].lower().startswith(("http://", "https://")):
        return None
    total, found = 0, False
    try:
        for path in find_files(source):
            try:
                total += look_at(path).size if is_stored(path) else os.stat(path).st_size  # noqa: PTH116 - by the million
                found = True
            except (OSError, ValueError):
                continue
    except DatelineError:
        return None
    return total if found else None


def find_in_file(
    path: str,
    fields: Mapping[str, str] | None = None,
    passed: Passed | None = None,
    range_: tuple[int, int] | None = None,
) -> Iterator[Found]:
    """The pages that one file holds, or what begins in a range of it: of its bytes, or of a Parquet file's rows."""
    try:
        if not is_stored(path) and not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116
            yield refuse(path, "this is no file", "Name a file, or a folder of files.")
            return
        file = open_file(path)  # closed below, when the last parcel was taken
    except FileNotFoundError:
        yield refuse(path, "there is no such file", "Check the path; a URL begins with https://.")
        return
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        yield refuse(path, f"the file cannot be read ({why})", "Check its permissions.")
        return
    except DatelineError as error:
        yield refuse_for(error, path)
        return
    with closing(file):
        if form_of(path) == "table":
            yield from find_in_table(file, path, fields, range_)
        elif range_ is None:
            yield from _read_file(file, path, fields, passed)
        else:
            yield from _read_range(file, path, fields, passed, range_)


def _read_range(
    file: BinaryIO, path: str, fields: Mapping[str, str] | None, passed: Passed | None, range_: tuple[int, int]
) -> Iterator[Parcel | Refused]:
    """The pages of which the first byte lies in a range; where they stand is counted from its beginning."""
    form = cut_as(path)
    size = file.seek(0, os.SEEK_END)
    start, end = (find_border(file, form or "lines", at, size) for at in range_)
    if start < end:
        name = f"{path} from byte {start}" if start else path
        yield from _read_file(cast(BinaryIO, Window(file, start, end)), path, fields, passed, name)


def _read_file(
    file: BinaryIO, path: str, fields: Mapping[str, str] | None, passed: Passed | None, name: str | None = None
) -> Iterator[Parcel | Refused]:
    name = name or path
    try:
        stream = Unpacked(file, passed, ENDINGS.get(os.path.splitext(path)[1].lower()))  # noqa: PTH122
        form, opening = form_of(path), b""
        if form != "archive":
            opening = stream.peek()
            form = _form_inside(form, opening)
    except Broken as broken:
        yield _refuse_broken(name, broken)
        return
    match form:
        case "archive":
            yield from find_archived(stream, name)
        case "lines":
            yield from find_lines(stream, name, fields)
        case "json" if opening.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            yield from find_listed(stream, name, fields)
        case "json" if _is_object(opening.partition(b"\n")[0]) and not is_feed(opening):
            yield from find_lines(stream, name, fields)
        case _:
            yield from _read_whole(stream, name, form, fields)


def _form_inside(form: Form | None, opening: bytes) -> Form:
    """What a file holds, told by how it begins where its name does not tell."""
    start = opening.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"WARC/"):
        return "archive"
    if form is None and (is_feed(opening) or (start[:1] in b"{[" and start[1:].lstrip()[:1] in b'"{')):
        return "xml" if start[:1] == b"<" else "json"
    if form == "page" and is_feed(opening):
        return "xml"
    return form or "page"


def _is_object(line: bytes) -> bool:
    """Whether a line is a JSON object and so the first of several."""
    try:
        return isinstance(msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf")), dict)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False


def _read_whole(
    stream: Unpacked, path: str, form: Form, fields: Mapping[str, str] | None
) -> Iterator[Parcel | Refused]:
    """The reports of a file that is read in one piece: a page, a feed, or one JSON object."""
    limit = HTML_LIMIT if form == "page" else FEED_LIMIT
    held = bytearray()
    try:
        while len(held) <= limit and (piece := stream.read()):
            held += piece
    except Broken as broken:
        yield _refuse_broken(path, broken)
        return
    data = bytes(held)
    if len(data) > limit:
        what = f"larger than a {'page' if form == 'page' else 'feed'} may be ({limit // 1_000_000} MB)"
        yield refuse(path, what, "Give the page of a single report; many reports belong into JSON Lines.")
    elif form == "page":
        yield Parcel(path, data)
    elif is_feed(data) or form == "xml":
        yield from find_kept(data, path)
    else:
        yield from _read_object(data, path, fields)


def _read_object(data: bytes, path: str, fields: Mapping[str, str] | None) -> Iterator[Parcel | Refused]:
    """The report that an object of JSON is, or those in the list that it holds."""
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        found = None
    lists = [found[name] for name in _LISTS if isinstance(found.get(name), list)] if isinstance(found, dict) else []
    listed = lists[0] if lists else None
    if listed is None:
        yield open_object(data, path, fields)
        return
    for number, member in enumerate(listed, 1):
        where = f"{path}, item {number}"
        if isinstance(member, dict):
            yield make_parcel(member, where, fields, msgspec.json.encode(member))
        else:
            yield refuse(where, "this is no JSON object", 'Give objects such as {"url": …, "text": …}.')


def _refuse_broken(path: str, broken: Broken) -> Refused:
    return refuse(path, f"{broken.why}, at byte {broken.at}", "Get the file again if you can.")
