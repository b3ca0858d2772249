"""Bends bytes by dice: the same for the same Random, so that every input can be made again from its number."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
from collections.abc import Callable, Sequence
from random import Random

LONGEST = 40_000
"""The longest input, in bytes: what costs more than its length shows at this length."""

ODD: tuple[bytes, ...] = (
    b"\0", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x1b[2J", b"\r",
    b"\r\n", b"\n\n", b"\t", b"\x0b", b"\x1c", b"\x85", b"  ", b"'", b'"', b"\\", b"\\u0000", b"\\ud800", b"%00",
    b"../",
    b"-1", b"0", b"1e999", b"NaN", b"null", b"true", b"9" * 25, b"2147483648", b"18446744073709551616", b"0001-01-01",
    b"9999-12-31", b"31 February", b"00:00", b"25:61",
    *(words.encode() for words in (
        "\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u200d", "\u00ad", "\ufeff", "\u2028", "\u0301",
        "\u0338" * 40,
        "\ufffe", "\u0430", "\u0406", "\u212a", "\u0130", "\u00df", "\ufb01", "\uff21", "\U0001d400",
        "\U0001f1fa\U0001f1e6",
        "\U000e0041", "\u06f2\u06f0\u06f2\u06f3", "\u00bd", "\u2167", "\u201c", "\u201d", "\u2018", "\u2019", "\u2013",
    )),
)  # fmt: skip
"""What is hard on parsers of every kind: half characters, ends of lines, numbers out of range, tricks of Unicode."""

_NUMBER = re.compile(rb"\d+")
_NUMBERS = (b"0", b"-1", b"1", b"00", b"31", b"99", b"1e9", b"4294967296", b"9" * 19, b"9" * 400, b"", b"0x7f")

Bend = Callable[[Random, bytes, Sequence[bytes], Sequence[bytes]], bytes]


def bent(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    """The bytes after a few changes; ``tokens`` are words of the format, ``seeds`` are sound inputs to borrow from."""
    for _ in range(dice.choices((0, 1, 2, 4, 8), (3, 30, 30, 25, 12))[0]):
        data = dice.choice(_BENDS)(dice, data, tokens, seeds)[:LONGEST]
    return data


def packed(dice: Random, data: bytes) -> tuple[bytes, str]:
    """The bytes packed in some way, sometimes damaged, and the ending that tells how; most often as they are."""
    ending = dice.choices(("", ".gz", ".bz2", ".xz", ".zst"), (80, 8, 3, 3, 6))[0]
    if ending:
        data = _PACKERS[ending](data)
        if dice.random() < 0.5:
            data = dice.choice((_flip, _cut, _insert))(dice, data, (), ())
    return data, ending


def _pack_zstd(data: bytes) -> bytes:
    import zstandard

    return zstandard.compress(data)


_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, 1),
    ".bz2": bz2.compress,
    ".xz": lambda data: lzma.compress(data, preset=0),
    ".zst": _pack_zstd,
}


def _stretch(dice: Random, data: bytes, most: int = 400) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.randrange(most))


def _token(dice: Random, tokens: Sequence[bytes]) -> bytes:
    return dice.choice(tokens) if tokens and dice.random() < 0.6 else dice.choice(ODD)


def _flip(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randrange(1, 8) if changed else 0):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _drop(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    start, end = _stretch(dice, data)
    return data[:start] + data[end:]


def _cut(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _insert(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + _token(dice, tokens) + data[at:]


def _insert_many(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    at, token = dice.randrange(len(data) + 1), _token(dice, tokens)
    times = dice.choice((2, 10, 100, 1000))
    between = dice.choice((b"", b"", b" ", b"\n"))
    return data[:at] + (token + between) * min(times, LONGEST // (len(token) + 1)) + data[at:]


def _repeat(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    start, end = _stretch(dice, data, 120)
    return data[:start] + data[start:end] * dice.choice((2, 3, 20, 200)) + data[end:]


def _replace(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    start, end = _stretch(dice, data, 40)
    return data[:start] + _token(dice, tokens) + data[end:]


def _splice(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    other = dice.choice(seeds) if seeds else data
    start, end = _stretch(dice, other, 2_000)
    at = dice.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


def _number(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    match = dice.choice(found)
    return data[: match.start()] + dice.choice(_NUMBERS) + data[match.end() :]


def _swap(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    start, middle = _stretch(dice, data)
    end = min(len(data), middle + dice.randrange(400))
    return data[:start] + data[middle:end] + data[start:middle] + data[end:]


def _letters(dice: Random, data: bytes, tokens: Sequence[bytes], seeds: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(data) + 1)
    top = dice.choice((0x80, 0x250, 0xD800, 0x110000))
    words = "".join(chr(dice.randrange(top)) for _ in range(dice.randrange(1, 60)))
    return data[:at] + words.encode("utf-8", "replace") + data[at:]


_BENDS: tuple[Bend, ...] = (
    _flip, _drop, _cut, _insert, _insert, _insert_many, _repeat, _replace, _replace, _splice, _number, _swap, _letters,
)  # fmt: skip
