"""Pieces of a page that become the blocks of a report, and the text and page map that they are put together to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec import Struct

from dateline.model import Block, BlockKind, FurnitureSort, PageRun, Span

GAP = "\n\n"
"""What stands between two blocks of the text where the page has markup there."""


class Piece(Struct, frozen=True):
    """One stretch of visible words, with runs that lead from each of its characters to the page."""

    text: str
    runs: tuple[PageRun, ...]

    @property
    def page_start(self) -> int:
        """Where the piece begins in the page."""
        return self.runs[0].page_start

    @property
    def page_end(self) -> int:
        """Where the piece ends in the page."""
        return self.runs[-1].page_end


class Kind(Struct, frozen=True):
    """What a piece is: the kind of its block, for furniture its sort, for captions where the credit stands in it."""

    kind: BlockKind
    sort: FurnitureSort | None = None
    credit: Span | None = None

    @property
    def furniture(self) -> bool:
        """Whether this is page furniture."""
        return self.kind == "furniture"


PARAGRAPH = Kind("paragraph")


@dataclass(slots=True)
class RunBuilder:
    """Collects text and the runs behind it, joining those that go on character by character."""

    parts: list[str]
    runs: list[PageRun]
    length: int = 0

    @classmethod
    def empty(cls) -> RunBuilder:
        """A builder without any text."""
        return cls([], [])

    def add(self, text: str, page_start: int, page_end: int) -> None:
        """Adds text that was made from a stretch of the page."""
        start, end = self.length, self.length + len(text)
        last = self.runs[-1] if self.runs else None
        if last and last.page_end == page_start and _exact(last) and len(text) == page_end - page_start:
            self.runs[-1] = PageRun(last.text_start, end, last.page_start, page_end)
        else:
            self.runs.append(PageRun(start, end, page_start, page_end))
        self.parts.append(text)
        self.length = end

    def piece(self) -> Piece:
        """The piece that was collected."""
        return Piece("".join(self.parts), tuple(self.runs))


def _exact(run: PageRun) -> bool:
    return run.text_end - run.text_start == run.page_end - run.page_start


def join_pieces(pieces: Sequence[Piece], kinds: Iterable[Kind]) -> tuple[str, tuple[Block, ...], tuple[PageRun, ...]]:
    """The text of a report, its blocks and its page map, from pieces in the order in which they shall stand."""
    built = RunBuilder.empty()
    blocks = []
    for number, (piece, kind) in enumerate(zip(pieces, kinds, strict=True)):
        if number:
            before = pieces[number - 1].page_end
            built.add(GAP, before, max(before, piece.page_start))
        start = built.length
        blocks.append(block_at(start, start + len(piece.text), kind))
        for run in piece.runs:
            built.add(piece.text[run.text_start : run.text_end], run.page_start, run.page_end)
    return "".join(built.parts), tuple(blocks), tuple(built.runs)


def block_at(start: int, end: int, kind: Kind) -> Block:
    """The block of a kind at a place of the text."""
    credit = kind.credit and Span(start + kind.credit.start, start + kind.credit.end)
    return Block(start, end, kind.kind, kind.sort, credit)


def headline_first(kinds: Sequence[Kind]) -> list[int]:
    """The order in which pieces stand in the text: from the headline on, then what the page printed before it."""
    first = next((number for number, kind in enumerate(kinds) if kind.kind == "headline"), 0)
    return [*range(first, len(kinds)), *range(first)]
