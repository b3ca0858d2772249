"""Which of a place's many names are worth keeping for reports in English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from dateline.lexicon.gazetteer import fold

CODE = re.compile(r"[A-Z]{2,5}")
LATIN = re.compile(r"[^\W\d_]")
BRACKETS = re.compile(r"\s*\([^)]*\)")
ARTICLE = re.compile(r"(?:al|el|as|ad|ar|an|ash|at|az)-\w")
ASCII_NAME = re.compile(r"[A-Z][A-Za-z'. -]+")


def plain_name(name: str) -> str:
    """A name without what stands in brackets, and with ordinary apostrophes.

    >>> plain_name("Albany (historical)")
    'Albany'
    """
    if name.isascii() and "(" not in name:
        return name.strip() or name
    return BRACKETS.sub("", name).replace("‘", "'").replace("ʻ", "'").strip() or name


def worth_keeping(name: str) -> bool:
    """Whether an alternate name can stand in an English report: "Kiev" can, "beulladiboseutokeu" and "VVO" cannot."""
    if ASCII_NAME.fullmatch(name):  # most names, and quickly told
        return not CODE.fullmatch(name) and sum(map(str.isalpha, name)) > 2
    letters = LATIN.findall(name)
    if len(letters) < 3 or CODE.fullmatch(name) or "," in name or any(c.isdigit() for c in name):
        return False
    if not (name[0].isupper() or ARTICLE.match(name) or name[:2] in ("d'", "l'", "'s")):
        return False
    return all("LATIN" in unicodedata.name(c, "") for c in letters)


def latin_names(names: Iterable[str]) -> Iterator[str]:
    """The names worth keeping: Latin script, written as names are, no codes, each key once but that of the first."""
    seen = set()
    for position, name in enumerate(names):
        plain = plain_name(name)
        key = fold(plain)
        if key in seen or (position and not worth_keeping(plain)):
            continue
        seen.add(key)
        if position:
            yield plain
