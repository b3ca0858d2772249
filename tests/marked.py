"""Gold spans written in the text: ``marked("[source: Police] [cue: said] he fled")``."""

from __future__ import annotations

import re
from collections import defaultdict

from dateline.model import Block, Reading, Report, Span

_MARK = re.compile(r"\[(\w+): |\]")


def marked(line: str) -> tuple[str, dict[str, list[Span]]]:
    """The text without its marks, and the spans of each mark's label in order of their end."""
    text, at = "", 0
    open_marks: list[tuple[str, int]] = []
    spans: dict[str, list[Span]] = defaultdict(list)
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        at = match.end()
        if match[1]:
            open_marks.append((match[1], len(text)))
        else:
            label, start = open_marks.pop()
            spans[label].append(Span(start, len(text)))
    return text + line[at:], spans


def plain(text: str, published: str | None = None) -> Reading:
    """A reading that nobody has read yet: a paragraph for every line of the text."""
    lines = re.finditer(r"[^\n]*\S[^\n]*", text)
    return Reading(
        Report("test", text, tuple(Block(m.start(), m.end(), "paragraph") for m in lines), published=published)
    )
