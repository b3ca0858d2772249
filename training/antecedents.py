"""Which words of an annotated report name somebody more fully than a mention of his does: "the minister", "Ada Quill".

The events of the annotated reports give the full name of whoever takes part, wherever words for him stand. Such a
mention goes back, or points ahead, to other such words that print more of that name, and to wherever the report prints
half of it or more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

Row = dict[str, Any]
Mention = tuple[int, int, int]
"""Where words for somebody stand, and how many words of his name they print."""

_WORD = re.compile(r"[^\W_]+")
_BY_THE_WAY = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"])


def with_antecedents(row: Row) -> Row:
    """A row of the ledger data with ``antecedents``: the span of each mention of who takes part in its events, and the
    spans of all words that name the same one more fully; none where no words do."""
    mentions: dict[str, set[tuple[int, int]]] = {}
    for event in row["events"]:
        for party in (*event["actors"], *event["recipients"]):
            if party.get("span") and party["name"]:
                mentions.setdefault(party["name"], set()).add((party["span"][0], party["span"][1]))
    text = [(word.start(), word.end(), _plain(word[0])) for word in _WORD.finditer(row["text"])]
    found: list[Any] = []
    for name, spans in sorted(mentions.items()):
        words = {word for word in map(_plain, _WORD.findall(name)) if word not in _BY_THE_WAY}
        known = [(start, end, _shared(text, start, end, words)) for start, end in sorted(spans)]
        others = set().union(*(own for other, own in mentions.items() if other != name))
        known += [each for each in _printed(row["text"], text, words) if each[:2] not in others]
        for start, end, own in known[: len(spans)]:
            fuller = sorted({(a, b) for a, b, count in known if count > own and (b <= start or end <= a)})
            found.append([[start, end], [list(span) for span in fuller]])
    return {**row, "antecedents": found}


def _shared(text: Sequence[tuple[int, int, str]], start: int, end: int, words: set[str]) -> int:
    """How many words of a name a span prints."""
    return len({word for a, b, word in text if start <= a and b <= end} & words)


def _printed(report: str, text: Sequence[tuple[int, int, str]], words: set[str]) -> Iterator[Mention]:
    """Where a report prints half of the words of a name or more, side by side."""
    run: list[tuple[int, int, str]] = []
    for word in (*text, (len(report), len(report), "")):
        joined = not run or not report[run[-1][1] : word[0]].strip(" \n-'’.")
        if (word[2] in words and joined) or (run and joined and word[2] in _BY_THE_WAY):
            run.append(word)
        else:
            while run and run[-1][2] in _BY_THE_WAY:
                run.pop()
            count = len({each[2] for each in run} & words)
            if run and report[run[0][0]].isupper() and 2 * count >= len(words):
                yield run[0][0], run[-1][1], count
            run = [word] if word[2] in words else []


def _plain(word: str) -> str:
    """A word in lower case, without accents."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
