"""Streams the bytes of a file, unpacked where it is packed, and goes on after damage where there is a way on."""

from __future__ import annotations

import bz2
import lzma
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NoReturn

CHUNK = 65536
"""How much is read at a time, in bytes."""

BREAKS = 1000
"""How many times one file may be broken before the rest of it is given up."""

_MAGIC = {"gzip": b"\x1f\x8b\x08", "zstd": b"\x28\xb5\x2f\xfd", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00"}
KEPT = 1 << 18
"""How much of a member is kept as it was packed, in bytes: a damaged one may have swallowed others before it shows."""

_UNPRINTED = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that no text holds: browsers unpack what they save, and leave its name as it was."""

ENDINGS = {".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2", ".xz": "xz"}
"""How a file is packed, by the end of its name."""

_SKIPPABLE = bytes.fromhex("2a4d18")
"""The last three bytes of the magic number of a zstd frame that holds no data; the first is 0x50 to 0x5f."""

_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""The skippable frame in which a packed web archive brings the dictionary that its records were packed with."""

_LARGEST_DICTIONARY = 16_000_000

_ERRORS = (zlib.error, OSError, EOFError, ValueError, lzma.LZMAError, MemoryError)
"""What unpackers raise at damage; that of zstd has an error of its own."""


class Broken(Exception):
    """The stream is damaged at a byte of the file; reading goes on after it where that is possible."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(at, why)
        self.at = at
        self.why = why


def packing_of(data: bytes) -> str | None:
    """How a file is packed, told by its first bytes; None where it is not.

    >>> packing_of(bz2.compress(b"Kim left."))
    'bzip2'
    """
    if len(data) >= 4 and data[1:4] == _SKIPPABLE and data[0] >> 4 == 5:
        return "zstd"
    return next((name for name, magic in _MAGIC.items() if data.startswith(magic)), None)


@dataclass(slots=True)
class Unpacked:
    """The unpacked bytes of a file, in order and in small pieces.

    A piece never crosses from one member (gzip) or frame (zstd) into the next: ``fresh`` says that the last piece began
    one, and ``member`` at which byte of the file it begins. A file that is not packed is one member. ``named`` is how
    the file is packed by its name, which counts where its first bytes are damaged.
    """

    file: BinaryIO
    passed: Callable[[int], None] | None = None
    named: str | None = None
    fresh: bool = field(default=False, init=False)
    member: int = field(default=0, init=False)
    packing: str | None = field(default=None, init=False)
    _raw: bytes = field(default=b"", init=False)
    _consumed: int = field(default=0, init=False)
    _unpacker: Any = field(default=None, init=False)
    _errors: tuple[type[Exception], ...] = field(default=_ERRORS, init=False)
    _dictionary: bytes = field(default=b"", init=False)
    _kept: bytearray = field(default_factory=bytearray, init=False)
    _peeked: bytes = field(default=b"", init=False)
    _begun: bool = field(default=False, init=False)
    _lost: bool = field(default=False, init=False)
    _breaks: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._more(8)
        self.packing = packing_of(self._raw) or (self.named if _UNPRINTED.search(self._raw[:512]) else None)
        if self.packing == "zstd":
            import zstandard

            self._errors = (*_ERRORS, zstandard.ZstdError)

    def peek(self) -> bytes:
        """The bytes that the next read will answer with."""
        if not self._peeked:
            self._peeked = self.read()
        return self._peeked

    def read(self) -> bytes:
        """The next bytes, at most some CHUNK of them (zstd: some MB); none at the end. Raises Broken at damage."""
        if self._peeked:
            piece, self._peeked = self._peeked, b""
            return piece
        if self.packing is None:
            return self._plain()
        while True:
            if self._lost:
                self._find_member()
            if self._unpacker is None and not self._open_member():
                return b""
            if piece := self._unpack():
                return piece

    def _plain(self) -> bytes:
        if not self._raw:
            self._more(1)
        piece, self._raw = self._raw, b""
        self.fresh, self._begun = not self._begun, True
        self._consumed += len(piece)
        return piece

    def _more(self, least: int) -> bool:
        """Whether so many raw bytes are at hand, after reading on."""
        while len(self._raw) < least:
            try:
                data = self.file.read(CHUNK)
            except OSError as error:
                self._raw, self._breaks = b"", BREAKS
                raise Broken(self._consumed, f"the file cannot be read on ({error.strerror or error})") from None
            if not data:
                return False
            if self.passed:
                self.passed(len(data))
            self._raw += data
        return True

    def _open_member(self) -> bool:
        """Whether another member begins here; False at the end of the file."""
        if self._breaks >= BREAKS:
            return False
        self._skip_padding()
        while self.packing == "zstd" and self._more(8) and self._raw[1:4] == _SKIPPABLE and self._raw[0] >> 4 == 5:
            self._skip_frame()
        if not self._more(1):
            return False
        self._more(8)
        if packing_of(self._raw) != self.packing:
            cut = len(self._raw) < 8 and _MAGIC[self.packing or ""].startswith(self._raw)
            what = (
                f"the file ends in the middle of {_member_name(self.packing)}" if cut else "no packed data begins here"
            )
            self._break(self._consumed, what)
        self.member, self.fresh, self._begun = self._consumed, False, False
        self._unpacker, self._kept = self._new_unpacker(), bytearray()
        return True

    def _skip_padding(self) -> None:
        """Passes over zero bytes between members: tapes and disks fill their blocks with them."""
        while self._more(1):
            rest = self._raw.lstrip(b"\0")
            self._drop(len(self._raw) - len(rest))
            if rest:
                return

    def _skip_frame(self) -> None:
        """Passes over a zstd frame that holds no data, and keeps the dictionary that it may bring."""
        size = int.from_bytes(self._raw[4:8], "little")
        keep = self._raw.startswith(_DICTIONARY)
        start, held = self._consumed, bytearray()
        if size > _LARGEST_DICTIONARY:
            self._break(start, "a frame that holds no data is longer than any is")
        self._drop(8)
        while size:
            if not self._more(1):
                self._break(start, "the file ends within its dictionary")
            piece = self._raw[:size]
            self._drop(len(piece))
            size -= len(piece)
            if keep:
                held += piece
        try:
            self._dictionary = _unpack_dictionary(bytes(held)) if keep else self._dictionary
        except self._errors as error:
            self._break(start, f"its dictionary is damaged ({error})")

    def _new_unpacker(self) -> Any:
        if self.packing == "gzip":
            return zlib.decompressobj(zlib.MAX_WBITS | 16)
        if self.packing == "bzip2":
            return bz2.BZ2Decompressor()
        if self.packing == "xz":
            return lzma.LZMADecompressor(memlimit=256_000_000)
        import zstandard

        known = zstandard.ZstdCompressionDict(self._dictionary) if self._dictionary else None
        return zstandard.ZstdDecompressor(dict_data=known, max_window_size=1 << 27).decompressobj()

    def _unpack(self) -> bytes:
        """The next piece of the member at hand; none at its end."""
        if not self._raw and self._wants_input() and not self._more(1):
            self._break(self.member, f"the file ends in the middle of {_member_name(self.packing)}")
        try:
            piece = self._step()
        except self._errors as error:
            self._break(self.member, f"{_member_name(self.packing)} is damaged ({error})")
        if piece:
            self.fresh, self._begun = not self._begun, True
        if self._unpacker.eof:
            unused = self._unpacker.unused_data
            self._consumed -= len(unused)
            self._raw = unused + self._raw
            self._unpacker = None
        return piece

    def _wants_input(self) -> bool:
        return bool(getattr(self._unpacker, "needs_input", True))

    def _step(self) -> bytes:
        """What the unpacker makes of the next raw bytes; never much more than a CHUNK, however well it was packed."""
        # Four bytes of zstd can stand for 128 kB, and its unpacker knows no bound: it gets little at a time.
        size = 1024 if self.packing == "zstd" else len(self._raw)
        given = self._raw[:size]
        bound = () if self.packing == "zstd" else (CHUNK,)
        # What cannot be unpacked stays where it is: the next member may begin in it.
        piece: bytes = self._unpacker.decompress(given, *bound)
        self._drop(len(given))
        if self.packing == "gzip" and (kept := self._unpacker.unconsumed_tail):
            self._consumed -= len(kept)
            self._raw = kept + self._raw
            given = given[: len(given) - len(kept)]
        if len(self._kept) <= KEPT:
            self._kept += given
        return piece

    def _drop(self, count: int) -> None:
        self._raw = self._raw[count:]
        self._consumed += count

    def _break(self, at: int, why: str) -> NoReturn:
        """Leaves the member at hand and says that it is broken; the next read looks for another."""
        if self._unpacker is not None and self._consumed - len(self._kept) == self.member:
            # "extra" bytes that a damaged header tells of, say, may have been the next three members.
            self._raw = bytes(self._kept) + self._raw
            self._consumed = self.member
        self._unpacker, self._lost = None, True
        self._breaks += 1
        raise Broken(at, why if self._breaks < BREAKS else f"{why}; it is the last of too many, and the rest is left")

    def _find_member(self) -> None:
        """Goes to where the next member seems to begin, or to the end of the file."""
        self._lost = False
        if self._breaks >= BREAKS:
            return None
        magic = _MAGIC[self.packing or ""]
        self._more(len(magic))
        self._drop(min(1, len(self._raw)))
        while True:
            found = self._raw.find(magic)
            if found >= 0:
                return self._drop(found)
            self._drop(max(0, len(self._raw) - len(magic) + 1))  # the magic may be cut by the end of the piece
            if not self._more(len(magic)):
                return self._drop(len(self._raw))


def _unpack_dictionary(data: bytes) -> bytes:
    """A dictionary, which may be packed itself."""
    if not data.startswith(_MAGIC["zstd"]):
        return data
    import zstandard

    return zstandard.ZstdDecompressor().decompress(data, max_output_size=_LARGEST_DICTIONARY)


def _member_name(packing: str | None) -> str:
    return {"gzip": "a gzip member", "zstd": "a zstd frame"}.get(packing or "", f"its {packing} data")
