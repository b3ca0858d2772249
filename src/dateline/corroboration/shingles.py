"""Finds reports that share their words: samples of word shingles to find them by, and the runs that they share.

What counts is containment, how much of the shorter text stands in the longer one, for most copies of a wire story are
cut: a third of it stands whole in the original, and is only a third of it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
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
_POWERS = tuple(pow(_BASE, WORDS - 1 - place, _PRIME) for place in range(WORDS))
_SCATTER = 0x9E37_79B9_7F4A_7C15
_MASK = (1 << 63) - 1

MOST_WORDS = 1 << 16
"""Of so many words it is remembered what they add to a hash."""

_WORD = re.compile(r"\w+")


class Copy(Struct, frozen=True, gc=False):
    """How the words of one text stand in another.

    ``share`` is the part of the shorter text that stands in the longer; ``spans`` are the shared runs in the one text,
    ``other_spans`` the same runs in the other. ``cut`` tells which of the two lacks much that the other has.
    """

    share: float
    spans: tuple[Span, ...]
    other_spans: tuple[Span, ...]
    cut: Literal["one", "other"] | None


class Print(Struct, frozen=True, gc=False):
    """The words of a text as they are compared: the hash of the shingle that begins at each, eight bytes a word."""

    hashes: array[int]


class Share(Struct, frozen=True, gc=False):
    """The share of the shorter of two texts that stands in the longer, and which of them lacks much of the other."""

    share: float
    cut: Literal["one", "other"] | None


def take_print(text: str) -> Print:
    """The print of a text: small enough to be remembered for thousands of them."""
    return Print(_hashes(_WORD.findall(_lower(text))))


def sample(taken: Print) -> tuple[int, ...]:
    """The sample of a print's shingles that ``find_shingles`` takes of its text."""
    return tuple(_winnow(taken.hashes))


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


class _Placed(Struct, frozen=True, gc=False):
    """The words of a text with their places, and the hash of the shingle that begins at each."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    hashes: array[int]

    def span(self, first: int, length: int) -> Span:
        """From the first word of a run of shingles to its last."""
        return Span(self.starts[first], self.ends[min(len(self.ends), first + length + WORDS - 1) - 1])


@lru_cache(maxsize=64)
def _placed(text: str) -> _Placed:
    found = list(_WORD.finditer(_lower(text)))
    hashes = _hashes([match[0] for match in found])
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


class _WordTerms(dict[str, bytes]):
    """What each word that was met adds to the hash of a run at each place of it: WORDS unsigned numbers of 64 bits.

    They are worked out when a word is first asked for; all are forgotten when there are many.
    """

    def __missing__(self, word: str) -> bytes:
        if len(self) >= MOST_WORDS:
            self.clear()
        value = crc32(word.encode("utf-8", "surrogatepass")) + 1
        self[word] = terms = array("Q", [value * power % _PRIME for power in _POWERS]).tobytes()
        return terms


_terms_of = _WordTerms()


def _hashes(words: Sequence[str]) -> array[int]:
    """The hash of each run of WORDS words, in order; one hash for a text shorter than that.

    It is the polynomial of the words' hashes modulo a Mersenne prime (Karp and Rabin 1987), scattered over 63 bits.
    """
    import numpy as np

    terms = np.frombuffer(b"".join(map(_terms_of.__getitem__, words)), np.uint64).reshape(-1, WORDS)
    many, length = max(1, len(words) - WORDS + 1), min(WORDS, len(words))
    total = np.zeros(many, np.uint64)  # at most five numbers of 61 bits
    for place in range(length):
        total += terms[place : place + many, WORDS - length + place]
    total = total % np.uint64(_PRIME) * np.uint64(_SCATTER) & np.uint64(_MASK)
    found = array("q")
    found.frombytes(total.astype(np.int64).tobytes())
    return found


def _winnow(hashes: array[int]) -> list[int]:
    """The smallest of each window of hashes, each once, in order of size.

    Of a text shorter than a window, all: a cut copy has little to show.
    """
    import numpy as np

    numbers = np.frombuffer(hashes, np.int64)
    width = 1 if len(hashes) >= WINDOW else WINDOW
    while width < WINDOW:  # each is the smallest of a window of so many, of which two make a wider one
        step = min(width, WINDOW - width)
        numbers = np.minimum(numbers[:-step], numbers[step:])
        width += step
    return sorted(set(numbers.tolist()))
