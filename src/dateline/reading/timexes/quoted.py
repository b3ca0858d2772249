"""Finds what stands in quotation marks, and the day on which it was said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.model import Parse, Span
from dateline.reading.timexes.finding import DAYS, Candidate
from dateline.reading.timexes.rules import Cues

_QUOTED = re.compile(r"“[^“”]{1,2000}(?:”|$)|\"[^\"]{1,2000}(?:\"|$)|(?:^|(?<=\s))‘[^‘]{1,2000}’(?!\w)")


def find_quoted(text: str, sentence: Span) -> list[Span]:
    """The stretches of a sentence in quotation marks, one that is closed in a later sentence up to the end."""
    return [Span(*match.span()) for match in _QUOTED.finditer(text, *sentence)]


def days_of_saying(
    parse: Parse | None, cues: Cues, candidates: Sequence[Candidate], quoted: Sequence[Span]
) -> Iterator[Candidate]:
    """The days outside the quotation marks of a sentence on which somebody spoke: "he said on Friday"."""
    if parse is None or not quoted:
        return
    for candidate in candidates:
        if candidate.rule.read not in DAYS or any(span.touches(candidate.span) for span in quoted):
            continue
        top = parse.root_of(parse.within(candidate.span))
        verb = next((above for above in parse.ancestors(top) if above.pos == "VERB"), None) if top else None
        if verb is not None and verb.lemma in cues.saying:
            yield candidate
