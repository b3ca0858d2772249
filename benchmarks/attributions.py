"""Statements in the form that the attribution scorer reads: one attribution a cue, its content in one span or more."""

from __future__ import annotations

import re
from bisect import bisect_right

from dateline.model import Reading, Span, Statement
from dateline.reading.statements import Quotation, find_quotations

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

    They stand in the same running quotation, or follow in the same block upon a statement of the same source.
    """
    quotations = find_quotations(reading.text, reading.report.blocks)
    starts = [quotation.outer.start for quotation in quotations]
    blocks = [block.start for block in reading.report.blocks]
    by_run: dict[int, Statement] = {}
    for one in reading.statements:
        if one.cue is not None and one.quoted != "indirect":
            for at in (one.content.start, one.content.end - 1):
                by_run.setdefault(_run_at(quotations, starts, at), one)
    by_run.pop(-1, None)
    found: dict[tuple[Span | None, Span], list[Span]] = {}
    last: Statement | None = None
    for one in reading.statements:
        if one.cue is not None:
            last = one if one.quoted != "indirect" else last
            continue
        anchor = by_run.get(_run_at(quotations, starts, one.content.start))
        if anchor is None and last is not None and last.source_name == one.source_name:
            same = bisect_right(blocks, last.content.start) == bisect_right(blocks, one.content.start)
            anchor = last if same else None
        if anchor is not None and anchor.cue is not None:
            found.setdefault((anchor.source, anchor.cue), []).append(one.content)
    return found


def _run_at(quotations: tuple[Quotation, ...], starts: list[int], at: int) -> int:
    """The running quotation that a character stands in, or -1."""
    number = bisect_right(starts, at) - 1
    return quotations[number].run if number >= 0 and at < quotations[number].outer.end else -1


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
