"""Cuts a text into the word-pieces that the network reads, with what its uncased vocabulary cannot see of them.

Training and reading both cut with this module, so that the network meets at work what it was trained on. Each piece
keeps its place in the text: spans are born here, from the tokeniser's offsets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

CLS, SEP, MASK = 101, 102, 103
"""The pieces of the vocabulary that open a window, close it, and stand for a word that is hidden in training."""

LOWER, TITLE, UPPER, LETTER, MIXED, DIGITS, NUMBERED, MARK, OTHER = range(1, 10)
"""The shapes of a word: "sea", "Kyiv", "NATO", "A", "McKay", "2023", "G20", ",", and the rest."""

WITHIN, GLUED, SPACED, NEW_LINE = range(1, 5)
"""What stands before a piece: it goes on with a word, or a word starts after nothing, white space or a line's end."""

OUTSIDE, INSIDE, OPENING, CLOSING = range(1, 5)
"""Where a piece stands to quotation marks."""

PLAIN, BOTH, NAMELIKE, ONCE = range(1, 5)
"""A word without a capital; one that the text has with and without; one with a capital amid a sentence; the rest."""

FEATURES = {"shape": 10, "gap": 5, "quote": 5, "seen": 5}
"""The features of a piece in their order, and how many values each takes; 0 is kept for the window's edges."""

_SHORTENED = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "sen",
        "rep",
        "gov",
        "rev",
        "hon",
        "st",
        "jr",
        "sr",
        "no",
        "vs",
        "inc",
        "ltd",
        "co",
        "corp",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)


class Pieces(NamedTuple):
    """The pieces of a text in columns: vocabulary number, place in the text, features, and whether it starts a word."""

    ids: list[int]
    starts: list[int]
    ends: list[int]
    features: list[tuple[int, int, int, int]]
    first: list[bool]
    breaks: list[int]

    def __len__(self) -> int:
        return len(self.ids)

    def word_ends(self) -> list[int]:
        """For each piece, where the word that it belongs to ends in the text."""
        ends, end = [0] * len(self.ids), 0
        for index in range(len(self.ids) - 1, -1, -1):
            end = end or self.ends[index]
            ends[index] = end
            if self.first[index]:
                end = 0
        return ends


def shape_of(word: str) -> int:
    """The shape of a word.

    >>> shape_of("Kyiv") == TITLE, shape_of("G20") == NUMBERED, shape_of("-") == MARK
    (True, True, True)
    """
    if word.isalpha():
        if word.islower():
            return LOWER
        if word.isupper():
            return UPPER if len(word) > 1 else LETTER
        return TITLE if word[0].isupper() and word[1:].islower() else MIXED if word.lower() != word else OTHER
    if word.isdigit():
        return DIGITS
    return NUMBERED if any(map(str.isalnum, word)) else MARK


def cut(text: str, tokenizer: Any) -> Pieces:
    """The pieces of a text; the tokeniser is one of the ``tokenizers`` package, and adds no special pieces."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    words, places = encoding.word_ids, encoding.offsets
    ids, starts, ends = list(encoding.ids), [a for a, _ in places], [b for _, b in places]
    first = [index == 0 or word != words[index - 1] for index, word in enumerate(words)]
    heads = [index for index, opens in enumerate(first) if opens]
    forms = [text[starts[a] : ends[b - 1]] for a, b in zip(heads, [*heads[1:], len(ids)], strict=False)]
    gaps = _gaps(text, [starts[a] for a in heads], [ends[b - 1] for b in heads[1:]])
    shapes = [shape_of(form) for form in forms]
    breaks = _breaks(forms, shapes, gaps)
    columns = list(zip(shapes, gaps, _quotes(forms, gaps), _seen(forms, shapes, gaps, breaks), strict=True))
    features, piece_breaks, word = [], [], -1
    for opens in first:
        word += opens
        shape, gap, quote, seen = columns[word]
        features.append((shape, gap if opens else WITHIN, quote, seen))
        piece_breaks.append(breaks[word] if opens else -1)
    return Pieces(ids, starts, ends, features, first, piece_breaks)


def windows(pieces: Pieces, limit: int) -> list[tuple[int, int]]:
    """The text in runs of at most so many pieces, ended where a paragraph or a sentence ends, where there is one."""
    found, start, breaks = [], 0, pieces.breaks
    while len(pieces) - start > limit:
        end, best = start + limit, -1
        for index in range(start + limit, start, -1):
            early = index - start < limit * 0.6
            if breaks[index] > best and not (early and best >= 0):
                end, best = index, breaks[index]
            if best == 2 or (early and best > 0):
                break
        found.append((start, end))
        start = end
    if start < len(pieces):
        found.append((start, len(pieces)))
    return found


def _gaps(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """What stands before each word."""
    gaps = [NEW_LINE] if starts else []
    for end, start in zip(ends, starts[1:], strict=True):
        gaps.append(GLUED if end >= start else NEW_LINE if "\n" in text[end:start] else SPACED)
    return gaps


def _breaks(forms: Sequence[str], shapes: Sequence[int], gaps: Sequence[int]) -> list[int]:
    """2 where a word opens a paragraph, 1 where it opens a sentence, 0 elsewhere."""
    breaks = []
    stopped = False  # the words so far end a sentence: a stop, and nothing after it but closing marks
    for index, (form, shape, gap) in enumerate(zip(forms, shapes, gaps, strict=True)):
        opens = stopped and gap >= SPACED and shape not in (LOWER, OTHER) and (shape != MARK or form in "“\"‘'«([–—-•")
        breaks.append(2 if gap == NEW_LINE else int(opens))
        if form in ".!?…":
            before = forms[index - 1] if index and form == "." and gap == GLUED else ""
            stopped = not (before and (shapes[index - 1] == LETTER or before.lower() in _SHORTENED))
        elif shape != MARK or gap != GLUED:
            stopped = False
    return breaks


def _quotes(forms: Sequence[str], gaps: Sequence[int]) -> list[int]:
    """Where each word stands to quotation marks; a mark left open is closed by the paragraph's end."""
    found = []
    inside = ""
    for index, (form, gap) in enumerate(zip(forms, gaps, strict=True)):
        if gap == NEW_LINE:
            inside = ""
        glued = index + 1 < len(forms) and gaps[index + 1] == GLUED
        role, inside = _mark(form, gap, inside, forms[index + 1] if glued else "")
        found.append(role or (INSIDE if inside else OUTSIDE))
    return found


def _mark(form: str, gap: int, inside: str, after: str) -> tuple[int, str]:
    """What a word is among quotation marks (0: no mark), and the mark that is open after it."""
    if form in "“«„‟" or (form == "`" and after == "`"):
        return OPENING, '"'
    if form in "”»" or (form == "'" and after == "'"):
        return CLOSING, ""
    if form == '"':
        return (CLOSING, "") if inside == '"' else (OPENING, '"')
    if form in "‘'’" and inside == "'" and gap == GLUED and not after[:1].isalnum():
        return CLOSING, ""
    if form in "‘'" and not inside and gap != GLUED and after[:1].isalpha():
        return OPENING, "'"
    return 0, inside


def _seen(forms: Sequence[str], shapes: Sequence[int], gaps: Sequence[int], breaks: Sequence[int]) -> list[int]:
    """How the rest of the text writes each word: "Apple" amid a sentence is a name, "Police" beside "police" none."""
    lower = {form for form, shape in zip(forms, shapes, strict=True) if shape == LOWER}
    amid = {
        form.lower()
        for form, shape, gap, opens, before in zip(forms, shapes, gaps, breaks, ["", *forms], strict=False)
        if shape in (TITLE, MIXED) and not opens and gap >= SPACED and not re.fullmatch(r"[\W_]", before)
    }
    found = []
    for form, shape in zip(forms, shapes, strict=True):
        if shape not in (TITLE, UPPER, LETTER, MIXED):
            found.append(PLAIN)
        else:
            plain = form.lower()
            found.append(BOTH if plain in lower else NAMELIKE if plain in amid else ONCE)
    return found
