"""Blanks out what a report adds in another script, such as the name of a person as it is written at home."""

from __future__ import annotations

import re

MOST = 60
"""The most characters of an addition that is blanked out."""

_ADDED = re.compile(rf"[(（][^()（）\n]{{1,{MOST}}}[)）]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LETTER = re.compile(r"[^\W\d_]")


def blank_native(text: str) -> str:
    """The text with blanks for additions in brackets that have letters, but none that English is written with.

    All else stands where it stood. The parser knows no such words, and parses the sentence worse with them.

    >>> blank_native("Jaw Shaw-kong (趙少康) said (in Taipei) that No. 4 (2) would close.")
    'Jaw Shaw-kong       said (in Taipei) that No. 4 (2) would close.'
    """
    return _ADDED.sub(lambda found: " " * len(found[0]) if _is_native(found[0]) else found[0], text)


def _is_native(words: str) -> bool:
    return _LETTER.search(words) is not None and _LATIN.search(words) is None
