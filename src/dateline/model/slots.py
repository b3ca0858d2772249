"""What an event carries beside its cells: counts, amounts and equipment as typed slots, and its code in CAMEO."""

from __future__ import annotations

from math import inf
from typing import Literal

from msgspec import Struct

from dateline.model.spans import Span

SlotKind = Literal[
    "casualties", "people", "weapon", "vehicle", "building", "money", "distance", "area", "weight", "volume", "speed",
    "duration", "magnitude", "percent", "vote", "point", "other",
]  # fmt: skip


class EventSlot(Struct, frozen=True, gc=False):
    """A quantity or a piece of equipment that an event carries, with the words that tell it.

    ``unit`` is what is counted or measured, in the singular ("person", "dollar", "kilometre", "drone"); ``fate`` is
    what happened to people who are counted ("killed"). ``number`` is the one number that the words give; it is None
    where they give a range or none. ``low`` and ``high`` are what they allow: 12 and None for "at least 12", 24 and 99
    for "dozens", both None where nothing is counted ("with machetes"). ``words`` are the very words at ``span``.
    """

    kind: SlotKind
    unit: str | None
    number: float | None
    low: float | None
    high: float | None
    words: str
    span: Span
    fate: str | None = None

    @property
    def interval(self) -> tuple[float, float]:
        """The least and the most that the words allow: from 0, and to infinity, where they set no bound."""
        return self.low or 0.0, inf if self.high is None else self.high


class Cameo(Struct, frozen=True, gc=False):
    """An event in CAMEO: its root ("19"), and its code ("195") where type, mode and words tell one below the root."""

    root: str
    code: str | None = None
