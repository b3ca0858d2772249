"""Cuts large files into ranges that can be read apart: at line ends, at records of packed archives, at rows."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from dateline.intake.sources.folders import Form, form_of
from dateline.intake.sources.unpacking import CHUNK

_MEMBER = b"\x1f\x8b\x08"


def cut_as(path: str) -> Form | None:
    """How a file can be cut into ranges, told by its name: as lines, archive or table; None where it cannot.

    >>> cut_as("news.jsonl"), cut_as("news.jsonl.gz"), cut_as("CC-NEWS.warc.gz"), cut_as("news.parquet")
    ('lines', None, 'archive', 'table')
    """
    form, name = form_of(path), path.lower()
    if form == "table" or (form == "lines" and name.endswith((".jsonl", ".ndjson"))):
        return form
    return "archive" if form == "archive" and name.endswith(".warc.gz") else None


def find_border(file: BinaryIO, form: Form, at: int, size: int) -> int:
    """The first byte from ``at`` on where a line, or a record's member of the archive, begins; else the file's size."""
    if not 0 < at < size:
        return min(max(at, 0), size)
    return _next_line(file, at, size) if form == "lines" else _next_record(file, at, size)


def _next_line(file: BinaryIO, at: int, size: int) -> int:
    file.seek(at - 1)
    here = at - 1
    while piece := file.read(CHUNK):
        found = piece.find(b"\n")
        if found >= 0:
            return here + found + 1
        here += len(piece)
    return size


def _next_record(file: BinaryIO, at: int, size: int) -> int:
    """Three bytes are soon met by chance: what begins there must unpack to the beginning of a record, too."""
    file.seek(at)
    held, here = b"", at
    while piece := file.read(CHUNK):
        held += piece
        place = held.find(_MEMBER)
        while place >= 0:
            if len(held) - place < 4096:
                held += file.read(CHUNK)
            if _begins_record(held[place : place + 4096]):
                return here + place
            place = held.find(_MEMBER, place + 1)
        keep = len(_MEMBER) - 1
        here += len(held) - keep
        held = held[-keep:]
    return size


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, 64).startswith(b"WARC/")
    except zlib.error:
        return False


class Window(io.RawIOBase):
    """A file that begins at one byte of another and ends at a later one."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        super().__init__()
        self._file = file
        self._left = max(0, end - start)
        file.seek(start)

    def readable(self) -> bool:
        """Whether it can be read: it can."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Reads as many bytes as there are, and room for."""
        piece = self._file.read(min(len(buffer), self._left))
        buffer[: len(piece)] = piece
        self._left -= len(piece)
        return len(piece)

    def close(self) -> None:
        """Closes the file behind it as well."""
        self._file.close()
        super().close()
