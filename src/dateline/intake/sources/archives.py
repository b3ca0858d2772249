"""Reads web archives (WARC): the pages in them, and where they are damaged; what follows the damage is read on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dateline.intake.pages import HTML_LIMIT
from dateline.intake.sources.messages import Message, find_blank_line, read_headers, read_message, unwrap_body
from dateline.intake.sources.parcels import Parcel, refuse
from dateline.intake.sources.unpacking import BREAKS, Broken, Unpacked
from dateline.model import Refused

HEAD_LIMIT = 65536
"""The longest header of a record that is read, in bytes."""

RECORD_LIMIT = HTML_LIMIT + HEAD_LIMIT
"""The longest record that is read; longer ones are passed over, and hold no page that would be."""

_BEGINS = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_NEXT = re.compile(rb"\n(?=WARC/[01]\.\d{1,2}\r?\n)")
_NOT_BLANK = re.compile(rb"[^\r\n]")
_HTML = ("text/html", "application/xhtml+xml")
_TODO = "Get the archive again if you can; what could be read of it was taken."


class _Damage(Exception):
    """A record that is not what its header says."""


@dataclass(slots=True)
class _Tape:
    """The unpacked bytes of an archive at hand, and the places in the file that they come from."""

    stream: Unpacked
    held: bytearray = field(default_factory=bytearray)
    place: int = 0
    gone: int = 0
    marks: list[tuple[int, int]] = field(default_factory=list)
    ended: bool = False
    broken: Broken | None = None

    def more(self) -> bool:
        """Whether more bytes came. Raises Broken at damage."""
        if self.broken:
            broken, self.broken = self.broken, None
            raise broken
        piece = self.stream.read()
        if not piece:
            self.ended = True
            return False
        if self.stream.fresh:
            self.marks.append((self.gone + len(self.held), self.stream.member))
        self.held += piece
        return True

    def have(self, count: int) -> bool:
        """Whether so many bytes are at hand, after reading on."""
        while len(self.held) - self.place < count:
            if self.ended or not self.more():
                return False
        return True

    def drop(self) -> None:
        """Lets go of the bytes before the place."""
        del self.held[: self.place]
        self.gone += self.place
        self.place = 0
        while len(self.marks) > 1 and self.marks[1][0] <= self.gone:
            del self.marks[0]

    def member_after(self, start: int, end: int) -> int | None:
        """Where, between two places at hand, a member of the file begins that begins with a record."""
        for mark, _ in self.marks:
            place = mark - self.gone
            if start < place < end and _BEGINS.match(self.held, place):
                return place
        return None

    def file_byte(self) -> int:
        """The byte of the file at which what stands here begins; in a packed file, the member that it lies in."""
        here = self.gone + self.place
        if self.stream.packing is None:
            return here
        return next((byte for mark, byte in reversed(self.marks) if mark <= here), 0)


def find_archived(stream: Unpacked, name: str) -> Iterator[Parcel | Refused]:
    """The pages of an archive, in order, with a refusal for each stretch of it that is damaged."""
    tape, number, breaks = _Tape(stream), 0, 0
    while True:
        tape.drop()
        if breaks >= BREAKS:
            yield _refuse(name, number, tape.file_byte(), "the archive is damaged in too many places; the rest is left")
            return
        start = None
        try:
            if not _skip_blank(tape):
                return
            start, number = tape.file_byte(), number + 1
            record = _read_record(tape)
        except _Damage as damage:
            breaks += 1
            yield _refuse(name, number, start or 0, str(damage))
            yield from _go_on(tape, name)
        except Broken as broken:
            where = broken.at if start is None else start
            yield _refuse(name, number + (start is None), where, broken.why)
            _leave_broken(tape)
        else:
            if record and (parcel := _open_record(record, f"{name}, record {number} at byte {start}")):
                yield parcel


def _refuse(name: str, number: int, byte: int, what: str) -> Refused:
    return refuse(f"{name}, record {number} at byte {byte}", what, _TODO)


def _skip_blank(tape: _Tape) -> bool:
    """Whether anything follows the line ends here."""
    while tape.have(1):
        if found := _NOT_BLANK.search(tape.held, tape.place):
            tape.place = found.start()
            return True
        tape.place = len(tape.held)
        tape.drop()
    return False


def _read_record(tape: _Tape) -> tuple[dict[str, str], bytes] | None:
    """The header and block of the record that begins here; None where it is too long to hold a page.

    The place is moved behind it. Raises _Damage with the place left where reading may go on.
    """
    tape.have(16)
    if not _BEGINS.match(tape.held, tape.place):
        raise _Damage("no record begins here")
    head = _read_head(tape)
    length = _length_of(head)
    if length > RECORD_LIMIT:
        _pass_over(tape, length)
        return None
    start = tape.place
    whole = tape.have(length)
    cut = tape.member_after(start, min(start + length, len(tape.held)))
    if cut is not None:
        tape.place = cut
        raise _Damage("the record breaks off before the length that it tells")
    if not whole:
        # Nothing says where the next record begins but its first line: the length may be what is wrong.
        raise _Damage("the archive ends in the middle of this record")
    end = start + length
    try:
        tape.have(length + 4)
    except Broken as broken:  # this record is whole; what is broken comes after it
        tape.broken = broken
    after = bytes(tape.held[end : end + 4])
    if not b"\r\n\r\n".startswith(after) and not after.startswith(b"\n"):
        raise _Damage("the record is longer or shorter than it tells")
    tape.place = end
    return head, bytes(tape.held[start:end])


def _read_head(tape: _Tape) -> dict[str, str]:
    start = tape.place
    while True:
        end, size = find_blank_line(tape.held, start, start + HEAD_LIMIT)
        if end >= 0:
            break
        if len(tape.held) - start > HEAD_LIMIT:
            tape.place += 5
            raise _Damage("its header has no end")
        if tape.ended or not tape.more():
            tape.place = len(tape.held)
            raise _Damage("the archive ends in the header of this record")
    head = read_headers(bytes(tape.held[start:end]))
    tape.place = end + size
    return head


def _length_of(head: dict[str, str]) -> int:
    words = head.get("content-length", "")
    if not (words.isascii() and words.isdigit() and len(words) <= 15):
        raise _Damage("its header tells no length")
    return int(words)


def _pass_over(tape: _Tape, length: int) -> None:
    """Moves the place behind a block that is not read, holding little of it at a time."""
    while length > 0:
        if not tape.have(1):
            raise _Damage("the archive ends in the middle of this record")
        here = min(length, len(tape.held) - tape.place)
        cut = tape.member_after(tape.place - 1, tape.place + here)
        if cut is not None:
            tape.place = cut
            raise _Damage("the record breaks off before the length that it tells")
        tape.place += here
        length -= here
        tape.drop()


def _go_on(tape: _Tape, name: str) -> Iterator[Refused]:
    """Goes to the next line that begins a record, or to the end."""
    if _BEGINS.match(tape.held, tape.place):
        return
    while True:
        if found := _NEXT.search(tape.held, tape.place):
            tape.place = found.end()
            return
        tape.place = max(tape.place, len(tape.held) - 16)
        tape.drop()
        try:
            if tape.ended or not tape.more():
                tape.place = len(tape.held)
                return
        except Broken as broken:
            yield refuse(f"{name}, byte {broken.at}", broken.why, _TODO)
            _leave_broken(tape)
            return


def _leave_broken(tape: _Tape) -> None:
    """Lets go of what was at hand when the file broke: the next bytes begin a member, and so a record."""
    tape.place = len(tape.held)
    tape.drop()


def _open_record(record: tuple[dict[str, str], bytes], where: str) -> Parcel | Refused | None:
    """The page in a record; None where it holds something else, or the answer was no success."""
    head, block = record
    type_ = head.get("warc-type", "").lower()
    if not (type_ and type_.isascii()):
        return refuse(where, "its header is damaged: it tells no type", _TODO, block)
    if type_ != "response" or "dns" in head.get("content-type", "")[:8]:
        return None
    address = head.get("warc-target-uri", "").strip("<> ")
    message = read_message(block)
    if message is None or message.status != 200 or not _is_page(message, head, address):
        return None
    data = unwrap_body(message)
    if data is None:
        return refuse(where, "the answer in this record is damaged, or larger than a page may be", _TODO, block)
    if not data.strip():
        return None
    kind = message.kind or head.get("warc-identified-payload-type", "").lower()
    web = address if address.lower().startswith(("http://", "https://")) else None
    return Parcel(where, data, as_="html" if kind in _HTML else "text", charset=message.charset, address=web)


def _is_page(message: Message, head: dict[str, str], address: str) -> bool:
    kind = message.kind or head.get("warc-identified-payload-type", "").lower()
    if kind in _HTML:
        return True
    try:
        path = urlsplit(address).path
    except ValueError:
        return False
    # Crawls keep robots.txt beside the pages, and it is plain text too.
    return kind == "text/plain" and not path.endswith("/robots.txt")
