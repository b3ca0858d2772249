"""Embeddings of events as they are compared: what the reader's network makes of their words."""

from __future__ import annotations

from array import array
from math import sqrt
from operator import mul

EMBEDDED = 32
"""The numbers of an event's embedding."""

Direction = tuple[float, ...]
"""An embedding brought to a length of 1."""


def direction(embedding: bytes) -> Direction:
    """An embedding brought to a length of 1; nothing of what has more numbers or fewer, and is not from our network.

    >>> direction(bytes([3, 4, *[0] * 30]))[:3]
    (0.6, 0.8, 0.0)
    """
    numbers = array("b", embedding if len(embedding) == EMBEDDED else b"")
    length = sqrt(sum(map(mul, numbers, numbers)))
    return tuple(number / length for number in numbers) if length else ()


def cosine(one: Direction, other: Direction) -> float | None:
    """How near two embeddings lie, from -1 to 1; None where there are not two."""
    return sum(map(mul, one, other)) if one and other else None
