"""Takes the endings off English words, so that "arrested", "arrests" and "arresting" are one word."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_VOWELS = frozenset("aeiouy")
_NOUNS = (
    ("ization", ""), ("isation", ""), ("ication", ""), ("ation", ""), ("ition", ""), ("ction", "ct"), ("ssion", "ss"),
    ("ption", "pt"), ("rtion", "rt"), ("ution", "ut"), ("etion", "et"), ("usion", "us"), ("ision", "is"), ("ement", ""),
    ("ment", ""), ("ance", ""), ("ence", ""), ("ure", ""), ("al", ""), ("er", ""), ("or", ""), ("ity", ""),
    ("ise", ""), ("ize", ""), ("ify", ""), ("ate", ""),
)  # fmt: skip
"""Endings that make one word of another, and what is left of them."""


def stem_of(word: str, irregular: Mapping[str, str]) -> str:
    """The stem of a word in any case, irregular forms brought home first."""
    lower = word.lower()
    return stem(irregular.get(lower, lower))


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """What is left of a lower-case word without its endings: not always a word, but the same for all its forms.

    >>> stem("arrested"), stem("arresting"), stem("stopped"), stem("injuries"), stem("acquisition"), stem("acquire")
    ('arrest', 'arrest', 'stop', 'injury', 'acquis', 'acquir')
    """
    bare = _inflection(word)
    for ending, left in _NOUNS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            bare = bare[: -len(ending)] + left
            break
    return bare[:-1] if bare.endswith("e") and len(bare) > 3 else bare


def _inflection(word: str) -> str:
    """A word without the endings of plurals, pasts and participles."""
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("ied") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    for ending in ("ing", "ed"):
        bare = word[: -len(ending)]
        if word.endswith(ending) and len(bare) >= 3 and _VOWELS & set(bare):
            doubled = bare[-1] == bare[-2] and bare[-1] not in "lsz"
            return bare[:-1] if doubled and len(bare) > 3 else bare
    return word
