"""What was printed: a Report, its blocks, and the way back to the page."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from typing import Literal

from msgspec import Struct

from dateline.model.spans import PageRun, PageSpan, Span

BlockKind = Literal["headline", "standfirst", "byline", "timestamp", "paragraph", "caption", "furniture"]
FurnitureSort = Literal["appeal", "comments", "registration", "navigation", "related", "advert", "newsletter", "other"]
Precision = Literal["year", "month", "day", "minute", "second"]

READABLE: frozenset[BlockKind] = frozenset({"headline", "standfirst", "paragraph", "caption"})
"""The kinds of block that annotators read; the others are kept and shown, and never read."""


class Block(Struct, frozen=True, gc=False):
    """One block of the printed page: a span, its kind, and for furniture its sort.

    ``credit`` is the part of a caption that names the agency or photographer, such as "(AP)".
    """

    start: int
    end: int
    kind: BlockKind
    sort: FurnitureSort | None = None
    credit: Span | None = None

    @property
    def span(self) -> Span:
        """Where the block stands in the text."""
        return Span(self.start, self.end)

    @property
    def readable(self) -> bool:
        """Whether annotators read this block."""
        return self.kind in READABLE


class PublishedCandidate(Struct, frozen=True, gc=False):
    """One thing the page says about when it was published, and where it says so.

    ``value`` is ISO 8601 at the given precision, with a UTC offset where the page tells one. ``span`` points into the
    text where the words are visible there, ``page`` into the page where they stand in its markup only.
    """

    value: str
    precision: Precision
    source: str
    span: Span | None = None
    page: PageSpan | None = None


class Report(Struct, frozen=True, gc=False):
    """What was printed, unchanged: the text (headline first), its blocks, and the facts of its publication."""

    id: str
    text: str
    blocks: tuple[Block, ...]
    origin: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_candidates: tuple[PublishedCandidate, ...] = ()
    bylines: tuple[str, ...] = ()
    language: str = "en"
    page_map: tuple[PageRun, ...] = ()

    @property
    def headline(self) -> str | None:
        """The words of the headline, or None where the page has none."""
        return next((block.span.of(self.text) for block in self.blocks if block.kind == "headline"), None)

    def page_span(self, span: Span) -> PageSpan | None:
        """The stretch of the decoded page that a span of the text was made from; None where no page stands behind it.

        Within a run of equal length the answer is exact to the character. A span over several runs leads to the
        smallest stretch of the page that holds them all.
        """
        first = max(0, bisect_right(self.page_map, span.start, key=lambda run: run.text_start) - 1)
        starts, ends = [], []
        for run in self.page_map[first:]:
            if run.text_start >= span.end:
                break
            if run.text_end <= span.start:
                continue
            exact = run.text_end - run.text_start == run.page_end - run.page_start
            starts.append(run.page_start + max(0, span.start - run.text_start) if exact else run.page_start)
            ends.append(run.page_end - max(0, run.text_end - span.end) if exact else run.page_end)
        return PageSpan(min(starts), max(ends)) if starts else None


def report_id(address: str | None, text: str) -> str:
    """The id of a report: computed from its web address where it has one, else from its text.

    A page that was corrected keeps its address, and so its id; a text without an address is known by its words.
    """
    return hashlib.sha256((address or text).encode("utf-8", "surrogatepass")).hexdigest()[:16]
