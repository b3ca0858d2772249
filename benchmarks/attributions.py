"""Statements in the form that the attribution scorer reads: one attribution a cue, its content in one span or more."""

from __future__ import annotations

import re

from dateline.model import Reading, Span, Statement
from dateline.reading.statements import find_quotations

_THAT = re.compile(r"\bthat\s+$", re.IGNORECASE)

Attribution = dict[str, list[list[int]]]


def attributions(reading: Reading) -> list[Attribution]:
    """The attributions of a reading: statements of one cue joined, with the quoted sentences that run on beside them.

    The source and the cue are cut out of a content that lies around them, and "that" belongs to the content here.
    """
    cued: dict[tuple[Span | None, Span], list[Span]] = {}
    for statement in reading.statements:
        if statement.cue is not None:
            cued.setdefault((statement.source, statement.cue), []).append(statement.content)
    for key, extra in _running(reading).items():
        cued[key].extend(extra)
    found = []
    for (source, cue), contents in cued.items():
        pieces = [piece for content in contents for piece in _without(_with_that(reading.text, content), source, cue)]
        found.append({
            "source": [list(source)] if source is not None else [],
            "cue": [list(cue)],
            "content": [list(piece) for piece in sorted(pieces)],
        })  # fmt: skip
    return found


def _running(reading: Reading) -> dict[tuple[Span | None, Span], list[Span]]:
    """For each cue, the sentences without a cue of their own that belong to its quotation.

    Those of the same running quotation come first, wherever they stand; else a sentence goes on from the last
    statement before it.
    """
    runs = [(quotation.outer, quotation.run) for quotation in find_quotations(reading.text, reading.report.blocks)]
    anchors = [one for one in reading.statements if one.cue is not None and one.quoted != "indirect"]
    found: dict[tuple[Span | None, Span], list[Span]] = {}
    for statement in reading.statements:
        if statement.cue is None:
            anchor = _anchor(statement, anchors, runs)
            if anchor is not None and anchor.cue is not None:
                found.setdefault((anchor.source, anchor.cue), []).append(statement.content)
    return found


def _anchor(statement: Statement, anchors: list[Statement], runs: list[tuple[Span, int]]) -> Statement | None:
    mine = [run for outer, run in runs if outer.touches(statement.content)]
    same = [one for one in anchors if one.source_name == statement.source_name]
    for one in same:
        if mine and any(run in mine and outer.touches(one.content) for outer, run in runs):
            return one
    before = [one for one in same if one.content.end <= statement.content.start]
    return max(before, key=lambda one: one.content.end, default=None)


def _with_that(text: str, content: Span) -> Span:
    before = _THAT.search(text, max(0, content.start - 6), content.start)
    return Span(before.start(), content.end) if before else content


def _without(content: Span, source: Span | None, cue: Span) -> list[Span]:
    """A content without the source and cue that lie within it."""
    within = sorted(span for span in (source, cue) if span is not None and content.covers(span))
    if not within:
        return [content]
    start, end = within[0].start, max(span.end for span in within)
    pieces = [Span(content.start, start), Span(end, content.end)]
    return [piece for piece in pieces if piece.start < piece.end]
