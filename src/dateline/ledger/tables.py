"""Small helps for talking to SQLite: many values in one query, whole numbers as it can hold them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

MOST_VALUES = 500
"""The most values in one query: SQLite of 2019 takes 999."""


def chunks(values: Iterable[T], size: int = MOST_VALUES) -> Iterator[tuple[T, ...]]:
    """The values in runs of no more than a size, in order."""
    rest = iter(values)
    while some := tuple(islice(rest, size)):
        yield some


def marks_for(values: Sequence[object]) -> str:
    """A question mark for each value, for a query to put between brackets."""
    return ",".join("?" * len(values))


def signed(number: int) -> int:
    """A whole number as SQLite keeps it, in 64 bits with a sign; of a longer one only the last 64 bits.

    >>> signed(2**64 - 1), signed(7)
    (-1, 7)
    """
    number &= (1 << 64) - 1
    return number - (1 << 64) if number >> 63 else number


def pack_numbers(numbers: Sequence[int]) -> bytes:
    """Signed numbers as bytes."""
    return struct.pack(f"<{len(numbers)}q", *numbers)


def unpack_numbers(packed: bytes | None) -> tuple[int, ...]:
    """The numbers that were packed; none for nothing."""
    return struct.unpack(f"<{len(packed) // 8}q", packed) if packed else ()
