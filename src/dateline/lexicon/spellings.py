"""Keys that the spellings of one name share: "Zelensky", "Zelenskyy" and "Zelenskiy"; "Qaddafi" and "Gaddafi"."""

from __future__ import annotations

import re

from dateline.lexicon.gazetteer import fold

OWNER = re.compile(r"['’‘ʼ]s\b")
"""The ending of a name that owns: "Russia’s"."""

_SOUNDS = (
    ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("gh", "g"), ("zh", "j"),
    ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("g", "k"), ("x", "ks"), ("w", "v"),
    ("tz", "ts"), ("ou", "u"), ("oo", "u"), ("iy", "i"), ("yi", "i"), ("y", "i"), ("ij", "i"), ("nder", "ndr"),
)  # fmt: skip
_VOWELS = "aeiou"
_CONFUSED = (frozenset("ou"), frozenset("oa"), frozenset("ei"), frozenset("ae"))
"""Vowels of which one spelling has the one and another the other."""

_SMALL = frozenset({"al", "el", "ul", "bin", "ibn", "ben", "abu", "the", "of", "de", "da", "la", "y", "and", "for"})
SHORT = 4
"""Words of so few letters have one spelling."""


def spelling_key(name: str) -> str:
    """What the spellings of a name have in common: its words' consonants in a plain script, in order of the alphabet.

    Two names with one key may be one; ``is_spelling`` tells. Short words keep their vowels.

    >>> spelling_key("Volodymyr Zelenskyy") == spelling_key("ZELENSKIY, Volodimir")
    True
    >>> spelling_key("Kim Jong-un") == spelling_key("Kim Jong Un")
    True
    """
    return " ".join(sorted(map(_bones, _words(name))))


def is_spelling(one: str, other: str) -> bool:
    """Whether two names are spellings of each other: each word sounds as one of the other's.

    >>> is_spelling("Sergei Shoigu", "Sergey Shoygu"), is_spelling("Anna Moran", "Anna Marin")
    (True, False)
    """
    a, b = sorted(_words(one), key=_bones), sorted(_words(other), key=_bones)
    return len(a) == len(b) and all(map(_alike, a, b))


def _words(name: str) -> list[str]:
    words = fold(OWNER.sub("", name)).split()
    return [word for word in words if word not in _SMALL] or words


def _bones(word: str) -> str:
    if len(word) <= SHORT:
        return word
    plain = _plain(word)
    return plain[0] + "".join(letter for letter in plain[1:] if letter not in _VOWELS)


def _plain(word: str) -> str:
    """A word with one letter for each sound that scripts are spelt in by several: "Yevgeniy" as "evkeni"."""
    for sound, letter in _SOUNDS:
        word = word.replace(sound, letter)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"^ie|^ia", lambda start: start[0][1], word))


def _alike(one: str, other: str) -> bool:
    """Whether two words are spelt alike: the same sounds, but for a vowel or two inside that ears confuse."""
    if one == other:
        return True
    a, b = _plain(one), _plain(other)
    if a == b:
        return min(len(one), len(other)) > SHORT
    if len(a) != len(b) or min(len(one), len(other)) <= SHORT or a[-1] != b[-1]:
        return False
    apart = [{x, y} for x, y in zip(a, b, strict=True) if x != y]
    return len(apart) <= 2 and all(any(pair <= vowels for vowels in _CONFUSED) for pair in apart)
