"""What one pass of the reader's network says of a report: the scaffolding that later layers choose from.

Tags stand only while a reading is made, as a Parse does, and are no part of its JSON.
"""

from __future__ import annotations

from bisect import bisect_left

from msgspec import Struct

from dateline.model.spans import Span


class Tag(Struct, frozen=True):
    """A run of words and the network's label for it; ``likely`` is how sure it is, from 0 to 1."""

    start: int
    end: int
    label: str
    likely: float

    @property
    def span(self) -> Span:
        """Where the words stand in the text."""
        return Span(self.start, self.end)


class Attribution(Struct, frozen=True):
    """A cue with its source and with the contents that hang on it; a content without a cue stands alone.

    ``likely`` is how sure the network is of the cue, or of the content that stands alone, from 0 to 1.
    """

    source: Span | None
    cue: Span | None
    contents: tuple[Span, ...]
    likely: float


class Tags(Struct, frozen=True):
    """The spans of every task, each in the order of the text, and how likely each word is a happening.

    ``starts`` are the places of the words in the text; ``happening`` and ``mention`` are in step with it: how likely
    the word is a trigger of the ledger's kind, and an event of any kind. ``status`` is the likelihood of each of
    ``statuses``, row by row.
    """

    names: tuple[Tag, ...]
    timexes: tuple[Tag, ...]
    attributions: tuple[Attribution, ...]
    starts: tuple[int, ...]
    happening: tuple[float, ...]
    mention: tuple[float, ...]
    status: tuple[tuple[float, ...], ...]
    statuses: tuple[str, ...]

    def word(self, start: int) -> int | None:
        """The number of the word that starts at a place in the text; None where none does."""
        found = bisect_left(self.starts, start)
        return found if found < len(self.starts) and self.starts[found] == start else None
