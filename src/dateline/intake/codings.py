"""Unpacks the bodies of HTTP answers, with a bound on what comes out, however little goes in."""

from __future__ import annotations

import zlib
from typing import Any

MOST_CODINGS = 4
"""How many times over a body may be packed: servers do it once."""

_STEP = 1024
"""How much is given to an unpacker that knows no bound, in bytes; four bytes of zstd can stand for 128 kB."""

_PIECE = 1 << 16
"""How much is taken from an unpacker that knows a bound at a time, in bytes."""


def unpack_body(body: bytes, codings: str, limit: int) -> bytes | None:
    """The body as it was before it was packed as a Content-Encoding line says; None where it is damaged.

    What unpacks to more than ``limit`` bytes is cut behind the first byte beyond it. Some answers were unpacked on
    their way and still bear the line: what does not begin as it says is taken as it stands.

    >>> import gzip
    >>> unpack_body(gzip.compress(b"Kim left."), "gzip", 100), unpack_body(b"Kim left.", "gzip", 100)
    (b'Kim left.', b'Kim left.')
    """
    listed = [name for coding in codings.lower().split(",") if (name := coding.strip()) not in ("", "identity")]
    if len(listed) > MOST_CODINGS:
        return None
    found: bytes | None = body
    for coding in reversed(listed):
        if found is None:
            return None
        found = _unpack(found, coding, limit)
    return found


def _unpack(body: bytes, coding: str, limit: int) -> bytes | None:
    if coding in ("gzip", "x-gzip"):
        return _inflate(body, zlib.MAX_WBITS | 16, limit) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        return _inflate(body, zlib.MAX_WBITS, limit) or _inflate(body, -zlib.MAX_WBITS, limit) or body
    if coding == "br":
        return _unpack_brotli(body, limit)
    if coding == "zstd" and body.startswith(b"\x28\xb5\x2f\xfd"):
        return _unpack_zstd(body, limit)
    return body


def _inflate(body: bytes, bits: int, limit: int) -> bytes | None:
    try:
        return zlib.decompressobj(bits).decompress(body, limit + 1)
    except zlib.error:
        return None


def _unpack_brotli(body: bytes, limit: int) -> bytes | None:
    """Eight hundred bytes of brotli can stand for a gigabyte: its unpacker is asked for a little at a time."""
    import brotli  # type: ignore[import-untyped,unused-ignore]

    unpacker = brotli.Decompressor()
    parts: list[bytes] = []
    size, given = 0, body
    try:
        while size <= limit:
            part: bytes = unpacker.process(given, output_buffer_limit=_PIECE)
            given = b""
            parts.append(part)
            size += len(part)
            if unpacker.is_finished() or (not part and unpacker.can_accept_more_data()):
                break
    except brotli.error:
        # What never was packed fails at once; what was and breaks off is damaged.
        return body if not size and _is_text(body) else None
    return b"".join(parts)[: limit + 1]


def _unpack_zstd(body: bytes, limit: int) -> bytes | None:
    import zstandard

    unpacker: Any = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
    parts: list[bytes] = []
    size = 0
    for start in range(0, len(body), _STEP):
        try:
            part: bytes = unpacker.decompress(body[start : start + _STEP])
        except zstandard.ZstdError:
            return body if not parts and _is_text(body) else None
        parts.append(part)
        size += len(part)
        if size > limit or unpacker.eof:
            break
    return b"".join(parts)[: limit + 1]


def _is_text(body: bytes) -> bool:
    return b"<" in body[:1000] and b"\0" not in body[:1000]
