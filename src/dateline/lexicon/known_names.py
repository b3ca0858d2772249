"""What names are known for: in how many annotated reports a name was a person, a body, a place and so on.

The network was taught to tell names by what stands around them and not by heart; what is worth knowing by heart stands
here. The counts are collected by ``python -m scripts.collect_names``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from math import log

from msgspec import Struct

from dateline.lexicon.gazetteer import fold
from dateline.lexicon.tables import read_json

SMOOTHING = 0.3
"""What is added to the count of each kind: a name that was once a person may be a body elsewhere."""

_FRAME = re.compile(r"^the\s+|(?<=.)\s*['’]\s*s?$", re.IGNORECASE)


class _NameTable(Struct, frozen=True):
    """The shape of ``names_known.json``."""

    card: dict[str, str]
    names: dict[str, dict[str, int]]


class KnownNames(Struct, frozen=True):
    """In how many reports each name, by its key, was of each kind."""

    counts: dict[str, dict[str, int]]

    @classmethod
    @cache
    def load(cls, language: str = "en") -> KnownNames:
        """The known names of a language."""
        return cls(read_json(f"languages/{language}/names_known.json", _NameTable).names)

    def log_chances(self, key: str, kinds: Sequence[str]) -> list[float] | None:
        """How likely a name, given by its key, is of each of some kinds, as logarithms; None where it is not known."""
        counts = self.counts.get(key)
        if counts is None:
            return None
        whole = sum(counts.values()) + SMOOTHING * len(kinds)
        return [log((counts.get(kind, 0) + SMOOTHING) / whole) for kind in kinds]


def plain_key(name: str) -> str:
    """What makes two printings one name here: its folded words without what may come and go, article and possessive.

    >>> plain_key("The Kremlin ’ s"), plain_key("Kim Jong-un") == plain_key("KIM Jong Un")
    ('kremlin', True)
    """
    return fold(_FRAME.sub("", name))
