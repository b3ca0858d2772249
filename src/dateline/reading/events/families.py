"""Which words tell of the same kind of happening: "met", "meeting" and "talks" are one family."""

from __future__ import annotations

from dateline.model import Parse, Token
from dateline.reading.events.clauses import particle_of
from dateline.reading.events.lexicon import EventLexicon

_ENDINGS = (
    "isation", "ization", "ation", "ition", "ution", "sion", "tion", "ment", "ance", "ence", "ing", "ure", "ery", "age",
    "ise", "ize", "ate", "ion", "ive", "ity", "als", "al", "ed", "er", "or", "es", "s", "e",
)  # fmt: skip


def family_of(lexicon: EventLexicon, parse: Parse, token: Token) -> str:
    """The name of the family that a trigger belongs to: its own in the lexicon, else the stem of its lemma."""
    lemma = token.lemma
    particle = particle_of(parse, token)
    if particle:
        lemma = f"{lemma} {particle}"
    return lexicon.families.get(lemma) or stem(lemma)


def stem(lemma: str) -> str:
    """What is left of a lemma without its ending.

    >>> stem("inspection"), stem("inspect"), stem("arrival"), stem("arrive")
    ('inspect', 'inspect', 'arriv', 'arriv')
    """
    for ending in _ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 4:
            bare = lemma[: -len(ending)]
            # "inspection" loses only "ion", for "inspect" ends in t itself; "construction" goes with "construct".
            return f"{bare}t" if ending == "tion" else f"{bare}s" if ending == "sion" and bare.endswith("s") else bare
    return lemma
