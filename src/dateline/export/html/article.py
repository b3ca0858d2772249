"""The text of a report as HTML: its blocks as they were printed, its words under the marks of every layer.

The text content of the article is the report's text, character for character (but for those that no HTML can hold),
because offsets are turned into elements here and the browser has nothing to count.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.export.html.escape import escape, escape_shown, escape_title
from dateline.export.html.marks import Mark, Segment, cut, find_marks
from dateline.model import Block, BlockKind, Reading

TAGS: dict[BlockKind, str] = {"headline": "h1", "furniture": "div"}
"""The elements of blocks; a paragraph for all that are not named here."""


def write_article(reading: Reading) -> str:
    """The article element: its text content is the report's text."""
    report = reading.report
    edges = [edge for block in report.blocks for edge in block.span]
    segments = cut(len(report.text), find_marks(reading), edges)
    body = "".join(_write(report.text, segments, sorted(report.blocks, key=lambda block: block.start)))
    return f'<article id="report" lang="{escape(report.language)}" aria-label="The report">{body}</article>'


def _write(text: str, segments: Iterator[Segment], blocks: list[Block]) -> Iterator[str]:
    """Each segment in order, the tags of a block around those that stand in it."""
    waiting = iter(blocks)
    block = next(waiting, None)
    closing: tuple[int, str] | None = None
    headlines = 0
    for segment in segments:
        start = segment.span.start
        if closing and start >= closing[0]:
            yield closing[1]
            closing = None
        while block and closing is None and block.start <= start:
            if start < block.end:
                tag = "p" if block.kind == "headline" and headlines else TAGS.get(block.kind, "p")
                headlines += block.kind == "headline"
                yield open_block(block, tag)
                closing = (block.end, f"</{tag}>")
            block = next(waiting, None)
        yield write_segment(text, segment)
    if closing:
        yield closing[1]


def open_block(block: Block, tag: str) -> str:
    """The tag that a block begins with: furniture says what sort it is, to eyes and ears."""
    if block.kind != "furniture":
        return f'<{tag} class="{block.kind}" dir="auto">'
    sort = block.sort or "other"
    return f'<{tag} class="furniture" data-sort="{sort}" role="note" aria-label="set aside: {sort}" dir="auto">'


def write_segment(text: str, segment: Segment) -> str:
    """The words of a segment in one element that wears all its marks; bare where there are none."""
    words = escape_shown(segment.span.of(text))
    if not segment.marks:
        return words
    href = next((mark.href for mark in segment.marks if mark.href and "event" in mark.classes), None) or next(
        (mark.href for mark in segment.marks if mark.href), None
    )
    attributes = {
        "id": f"at-{segment.span.start}" if segment.anchor else "",
        "class": " ".join(_classes(segment.marks)),
        "data-rest": " ".join(dict.fromkeys(mark.key for mark in segment.marks if mark.key)),
        "title": "; ".join(dict.fromkeys(mark.title for mark in segment.marks if mark.title)),
        "href": href or "",
    }
    shown = "".join(f' {name}="{escape_title(value)}"' for name, value in attributes.items() if value)
    tag = "a" if href else "span"
    return f"<{tag}{shown}>{words}</{tag}>"


def _classes(marks: tuple[Mark, ...]) -> Iterator[str]:
    """The classes of all marks, each once; where statements lie in one another, those of the innermost alone.

    Where two events rest on one trigger the first gives the colour, and a told-again mention none beside a trigger.
    """
    said = [mark for mark in marks if "content" in mark.classes]
    told = sorted((mark for mark in marks if "event" in mark.classes), key=lambda mark: "also" in mark.classes)
    left_out = sorted(said, key=lambda mark: mark.span.end - mark.span.start)[1:] + told[1:]
    seen: dict[str, None] = {"seg": None}
    for mark in marks:
        if mark not in left_out:
            seen.update(dict.fromkeys(mark.classes))
    yield from seen
