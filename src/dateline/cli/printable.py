"""Words made fit for a terminal: nothing in a report can command it, and what it cannot show is spelt another way."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = re.compile(r"[ -~]*")
_SPACE = re.compile(r"[ \t\n\v\f\r\x85\xa0\u2028\u2029]+")
_JOINERS = "\u200c\u200d"
"""These two bind letters and emoji ("👩‍🚀"), and change the order of nothing."""

_UNSEEN = "\xad\u200b\u2060\ufeff"
"""Soft hyphens, zero-width spaces and byte order marks, which many pages hold: they show nothing and do nothing."""

_ASCII = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-",
        "…": "...", "•": "*", "·": "|", "→": "->", "×": "x", "●": "*", "▸": ">", "´": "'", "\u2011": "-",
    }
)  # fmt: skip


def visible(text: str, *, spaces: bool = False) -> str:
    """The text with every character that could command a terminal, or turn the order of its words, spelt out.

    White space is folded to single spaces unless ``spaces`` keeps the spaces as they are.

    >>> print(visible("a \\x1b[2J\\u202e b"))
    a \\x1b[2J\\u202e b
    """
    if not spaces:
        text = _SPACE.sub(" ", text)
    if _PLAIN.fullmatch(text):
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character in _JOINERS or " " <= character <= "~":
        return character
    if character in _UNSEEN:
        return ""
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return character.encode("unicode_escape", "surrogatepass").decode("ascii")
    return character


def printable(text: str, encoding: str) -> str:
    """The text made visible, and in characters that an encoding has: ``’`` becomes ``'`` where it must.

    >>> printable("Russia’s “Kinzhal” – Köln 核", "ascii")
    'Russia\\'s "Kinzhal" - Koln ?'
    """
    return spelt(visible(text), encoding)


def spelt(text: str, encoding: str) -> str:
    """The text in characters that an encoding has."""
    return text if _fits(text, encoding) else "".join(_spelt(character, encoding) for character in text)


def _spelt(character: str, encoding: str) -> str:
    if _fits(character, encoding):
        return character
    simple = character.translate(_ASCII)
    if simple == character:
        simple = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return simple if simple and _fits(simple, encoding) else "" if unicodedata.combining(character) else "?"


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
