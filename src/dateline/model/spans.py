"""Where words stand: half-open spans, in code points."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of a report's text, in code points."""

    start: int
    end: int

    def touches(self, other: Span) -> bool:
        """Whether at least one character belongs to both."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether every character of the other belongs to this one."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The very words.

        >>> Span(0, 3).of("Kim left")
        'Kim'
        """
        return text[self.start : self.end]


class PageSpan(NamedTuple):
    """A half-open stretch of the page a report was read from, in code points of the decoded page."""

    start: int
    end: int


class PageRun(NamedTuple):
    """One run of text and the stretch of the page it was made from.

    Runs of equal length correspond character by character; others (an entity such as ``&amp;``, a folded white space,
    the gap between two blocks) correspond as wholes.
    """

    text_start: int
    text_end: int
    page_start: int
    page_end: int
