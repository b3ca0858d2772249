"""Finds reports that share their words: samples of word shingles to find them by, and the runs that they share.

What counts is containment, how much of the shorter text stands in the longer one, for most copies of a wire story are
cut: a third of it stands whole in the original, and is only a third of it.
"""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal
from zlib import crc32

from msgspec import Struct

from dateline.model import Span

WORDS = 5
"""How many words a shingle has."""

WINDOW = 16
"""Of so many shingles in a row the smallest is kept, so a shared run of WINDOW + WORDS - 1 words shares a kept one."""

RUN = 8
"""Texts without so many words in a row in common are never copies: stock phrases and names are shorter."""

LEAST_SHARE = 0.3
"""From this share of the shorter text on, one report is called a copy of the other."""

_PRIME = (1 << 61) - 1
_BASE = 0x1F3D_5B79_1357_9BDF % _PRIME
_LEAVING = pow(_BASE, WORDS - 1, _PRIME)
_SCATTER = 0x9E37_79B9_7F4A_7C15
_MASK = (1 << 63) - 1
_WORD = re.compile(r"\w+")


class Copy(Struct, frozen=True):
    """How the words of one text stand in another.

    ``share`` is the part of the shorter text that stands in the longer; ``spans`` are the shared runs in the one text,
    ``other_spans`` the same runs in the other. ``cut`` tells which of the two lacks much that the other has.
    """

    share: float
    spans: tuple[Span, ...]
    other_spans: tuple[Span, ...]
    cut: Literal["one", "other"] | None


class Print(Struct, frozen=True):
    """The words of a text as they are compared: the hash of the shingle that begins at each, eight bytes a word."""

    hashes: array[int]


class Share(Struct, frozen=True):
    """The share of the shorter of two texts that stands in the longer, and which of them lacks much of the other."""

    share: float
    cut: Literal["one", "other"] | None


def take_print(text: str) -> Print:
    """The print of a text: small enough to be remembered for thousands of them."""
    return Print(array("q", _hashes(_WORD.findall(_lower(text)))))


def sample(taken: Print) -> tuple[int, ...]:
    """The sample of a print's shingles that ``find_shingles`` takes of its text."""
    return tuple(sorted(set(_winnow(taken.hashes))))


def compare_prints(one: Print, other: Print) -> Share | None:
    """How much of two texts is the same words; None where they are no copies of each other."""
    found = _share(one.hashes, other.hashes)
    if found.share < LEAST_SHARE:
        return None
    return found if any(_long_runs(one.hashes, other.hashes)) else None


def find_shingles(text: str) -> tuple[int, ...]:
    """A sample of the hashed shingles of a text, in order of size: the same for the same words in every run.

    Of seventeen some two are kept, by winnowing: whatever run of twenty words two texts share, they share a kept hash.

    >>> one, other = "one two three four five six seven eight nine ten eleven twelve", "and so thirteen"
    >>> set(find_shingles(one)) <= set(find_shingles(f"{one} {other}"))
    True
    """
    return sample(take_print(text))


def judge_copy(text: str, other: str) -> float:
    """The share of the shorter text's shingles that stand in the other; 0 without eight words in a row in common."""
    found = find_copy(text, other)
    return found.share if found else 0.0


def find_copy(text: str, other: str) -> Copy | None:
    """How much of two texts is the same words, and where; None where no run of eight words is.

    Of text that stands several times in the other, the first place is told.
    """
    mine, theirs = _placed(text), _placed(other)
    runs = list(_long_runs(mine.hashes, theirs.hashes))
    if not runs:
        return None
    found = _share(mine.hashes, theirs.hashes)
    return Copy(
        found.share,
        tuple(mine.span(first, length) for first, _, length in runs),
        tuple(theirs.span(second, length) for _, second, length in runs),
        found.cut,
    )


def _share(mine: Sequence[int], theirs: Sequence[int]) -> Share:
    of_mine = sum(map(frozenset(theirs).__contains__, mine)) / len(mine)
    of_theirs = sum(map(frozenset(mine).__contains__, theirs)) / len(theirs)
    share = of_mine if len(mine) <= len(theirs) else of_theirs
    cut: Literal["one", "other"] | None = None
    if share >= LEAST_SHARE and min(of_mine, of_theirs) < 0.8 * max(of_mine, of_theirs):
        cut = "other" if of_mine < of_theirs else "one"
    return Share(share, cut)


class _Placed(Struct, frozen=True):
    """The words of a text with their places, and the hash of the shingle that begins at each."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    hashes: tuple[int, ...]

    def span(self, first: int, length: int) -> Span:
        """From the first word of a run of shingles to its last."""
        return Span(self.starts[first], self.ends[min(len(self.ends), first + length + WORDS - 1) - 1])


@lru_cache(maxsize=64)
def _placed(text: str) -> _Placed:
    found = list(_WORD.finditer(_lower(text)))
    hashes = tuple(_hashes([match[0] for match in found]))
    return _Placed(tuple(match.start() for match in found), tuple(match.end() for match in found), hashes)


def _lower(text: str) -> str:
    """The text in lower case, as long as it was."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    # "İ" becomes two characters, and every offset after it would be one too many.
    return "".join(character.lower() if len(character.lower()) == 1 else character for character in text)


def _long_runs(mine: Sequence[int], theirs: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The runs of RUN words and more that stand in both: first shingle here, first there, and how many."""
    return (run for run in _runs(mine, theirs) if run[2] >= RUN - WORDS + 1)


def _runs(mine: Sequence[int], theirs: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The runs of shingles that stand in the same order in both: first here, first there, and how many."""
    places: dict[int, int] = {}
    for number, value in enumerate(theirs):
        places.setdefault(value, number)
    number = 0
    while number < len(mine):
        start = places.get(mine[number])
        if start is None:
            number += 1
            continue
        length = 1
        while (
            number + length < len(mine)
            and start + length < len(theirs)
            and mine[number + length] == theirs[start + length]
        ):
            length += 1
        yield number, start, length
        number += length


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) + 1


def _hashes(words: Sequence[str]) -> Iterator[int]:
    """The hash of each run of WORDS words, rolled from one to the next; one hash for a text shorter than that."""
    values = [_word(word) for word in words]
    rolling = 0
    for value in values[:WORDS]:
        rolling = (rolling * _BASE + value) % _PRIME
    yield (rolling * _SCATTER) & _MASK
    for leaving, coming in zip(values, values[WORDS:], strict=False):
        rolling = ((rolling - leaving * _LEAVING) * _BASE + coming) % _PRIME
        yield (rolling * _SCATTER) & _MASK


def _winnow(hashes: Iterable[int]) -> Iterator[int]:
    """The smallest of each window of hashes; of a text shorter than a window, all: a cut copy has little to show."""
    waiting: deque[tuple[int, int]] = deque()
    number = -1
    opening: list[int] = []
    for number, value in enumerate(hashes):
        opening = [*opening, value] if number < WINDOW else opening
        while waiting and waiting[-1][1] >= value:
            waiting.pop()
        waiting.append((number, value))
        if waiting[0][0] <= number - WINDOW:
            waiting.popleft()
        if number >= WINDOW - 1:
            yield waiting[0][1]
    if number < WINDOW - 1:
        yield from opening
