"""Which blocks of a page are the report: asks trafilatura, whose answer is matched to our pieces by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.intake.markup.outline import Outline, Placed

DEEPEST = 400
"""Pages nested deeper than this are not given to the extractor: its tree is walked by recursion."""

LARGEST = 3_000_000
"""Pages longer than this, in characters, are not given to the extractor: it would work for minutes."""

SHINGLE = 5
"""How many words in a row must agree for a stretch of a piece to count as selected."""

_WORD = re.compile(r"\w+")


def select_pieces(page: str, outline: Outline) -> list[bool]:
    """For each piece of a page whether the extractor holds it for part of the report; all False where it finds none."""
    if outline.depth > DEEPEST or len(page) > LARGEST or outline.tags > 100_000:
        return [False] * len(outline.pieces)
    return _match(outline.pieces, _extract(page))


def _extract(page: str) -> str:
    """The report as trafilatura in precision mode takes it from a page, or nothing."""
    import logging

    import trafilatura
    from lxml.etree import LxmlError

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract(_inert(page), favor_precision=True, include_comments=False, include_tables=True)
    except (LxmlError, ValueError, TypeError, AttributeError, AssertionError, RecursionError, LookupError):
        return ""
    return found or ""


def _inert(page: str) -> str:
    """The page without its document type, so that no declaration in it reaches a parser."""
    return re.sub(r"<!DOCTYPE[^>\[]*(?:\[[^\]]*\][^>]*)?>", "", page, count=1, flags=re.IGNORECASE)


def _match(pieces: Sequence[Placed], extracted: str) -> list[bool]:
    lines = [words for line in extracted.splitlines() if (words := _words(line))]
    whole = {tuple(words) for words in lines}
    shingles = {tuple(words[n : n + SHINGLE]) for words in lines for n in range(len(words) - SHINGLE + 1)}
    chosen = []
    for piece in pieces:
        words = _words(piece.text)
        own = [tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)]
        shared = sum(shingle in shingles for shingle in own)
        chosen.append(tuple(words) in whole or (len(own) > 2 and shared >= 0.8 * len(own)))
    return chosen


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
