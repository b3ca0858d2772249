"""Takes HTTP answers apart as web archives keep them: status, type, and the body as it was before it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.intake.codings import unpack_body
from dateline.intake.pages import HTML_LIMIT


@dataclass(frozen=True, slots=True)
class Message:
    """An answer of a server: its status, its header lines (names in small letters), and its body as it was sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """The media type, in small letters; empty where none is told."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server names."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'")[:40] or None
        return None


def read_message(data: bytes) -> Message | None:
    """The answer that some bytes are; None where they are none."""
    lines = data[:16].split(None, 2)
    if not data.startswith(b"HTTP/") or len(lines) < 2 or not lines[1][:3].isdigit():
        return None
    end, size = find_blank_line(data)
    if end < 0:
        return None
    return Message(int(lines[1][:3]), read_headers(data[:end]), data[end + size :])


def find_blank_line(data: bytes | bytearray, start: int = 0, stop: int | None = None) -> tuple[int, int]:
    """Where the header lines end, and how long the blank line after them is; (-1, 0) where there is none.

    >>> find_blank_line(b"a: 1\\r\\n\\r\\nbody")
    (4, 4)
    """
    stop = len(data) if stop is None else stop
    proper = data.find(b"\r\n\r\n", start, stop)
    loose = data.find(b"\n\n", start, stop if proper < 0 else proper)
    return (loose, 2) if loose >= 0 else (proper, 4 if proper >= 0 else 0)


def read_headers(head: bytes) -> dict[str, str]:
    """The header lines after the first line, by name in small letters; of those that stand twice, the first."""
    found: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon and not line[:1].isspace():
            found.setdefault(name.strip().lower(), value.strip())
    return found


def unwrap_body(message: Message) -> bytes | None:
    """The body without chunks and packing; None where it is damaged, or larger than a page may be.

    Archives keep some answers unpacked and leave the header lines as they were: what does not begin as its header says
    is taken as it stands.
    """
    body: bytes | None = message.body
    if "chunked" in message.headers.get("transfer-encoding", "").lower():
        body = join_chunks(message.body)
    if body is not None:
        body = unpack_body(body, message.headers.get("content-encoding", ""), HTML_LIMIT)
    return body if body is None or len(body) <= HTML_LIMIT else None


def join_chunks(body: bytes) -> bytes | None:
    """The bytes that were sent in chunks; the same bytes where they are in none, None where a chunk is cut off.

    >>> join_chunks(b"4\\r\\nKim \\r\\n5\\r\\nleft.\\r\\n0\\r\\n\\r\\n")
    b'Kim left.'
    """
    parts: list[bytes] = []
    place = 0
    while place < len(body):
        end = body.find(b"\n", place, place + 200)
        size = _chunk_size(body[place:end]) if end >= 0 else None
        if size is None:
            return None if parts else body
        if size == 0:
            return b"".join(parts)
        place = end + 1 + size
        if place > len(body):
            return None if parts or place > len(body) + HTML_LIMIT else body
        parts.append(body[end + 1 : place])
        if body[place : place + 2] == b"\r\n":
            place += 2
        elif body[place : place + 1] == b"\n":
            place += 1
    return b"".join(parts)


def _chunk_size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    if not 1 <= len(digits) <= 8 or digits.strip(b"0123456789abcdefABCDEF"):
        return None
    return int(digits, 16)
