"""Guesses the publisher of a pasted page from its furniture, which names it where it asks the reader for something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

LINES = 300
"""How many lines of furniture are gone through."""

NAMES = 20
"""How many of the names in them are weighed."""

_WORD = r"[A-Z][\w’'&-]+"
_SUBJECT = re.compile(
    rf"(?:^|[.!?:,;] |, )(?P<name>[Tt]he {_WORD}(?: (?:of )?{_WORD}){{0,3}}) "
    r"(?:is|has|relies|depends|needs|exists|believes|brings|remains|provides|delivers|values)\b"
)
_ASKED = re.compile(
    r"(?:\b(?:[Ss]upport|[Ss]ubscribe to|[Ss]ign up (?:to|for)|[Dd]onate to|[Jj]oin)"
    r"|(?:©|\b[Cc]opyright(?: ©)?)(?: ?\d{4})?)"
    rf" (?P<name>(?:[Tt]he )?{_WORD}(?: (?:of |and |& )?{_WORD}){{0,4}})"
)


def guess_publisher(furniture: Iterable[str]) -> str | None:
    """The name that the furniture of a page gives to the site, where it speaks of it as of itself, else None.

    >>> guess_publisher(["The Example Post is on the ground for you.", "The Example Post has no owner."])
    'The Example Post'
    """
    lines = [line[:2000] for line in islice(furniture, LINES)]
    counts: Counter[str] = Counter()
    for line in lines:
        for match in _SUBJECT.finditer(line):
            counts[match["name"]] += 2
        for match in _ASKED.finditer(line):
            counts[match["name"]] += 1
    whole = " ".join(lines)
    for name, count in counts.most_common(NAMES):
        bare = name.removeprefix("The ").removeprefix("the ")
        if count >= 2 and len(re.findall(rf"\b{re.escape(bare)}\b", whole)) >= 2:
            return name[0].upper() + name[1:]
    return None
