"""The page of quotes: what somebody said, when that was printed, and where."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from dateline.cli.page.entries import ID, day_of, publisher_of
from dateline.cli.page.pen import Pen, open_pen
from dateline.cli.page.statements import KINDS
from dateline.export.cells import words_at
from dateline.export.outline import UNNAMED, bearing_of, one_line
from dateline.model import Quote


def draw_quotes(quotes: Sequence[Quote], line: str, *, verbose: bool = False) -> str:
    """The page for the terminal at hand; ``line`` says which part of the answer it shows."""
    pen = open_pen(sys.stdout, verbose=verbose)
    return pen.draw(_sections(quotes, line, pen))


def _sections(quotes: Sequence[Quote], line: str, pen: Pen) -> Iterator[RenderableType]:
    if not quotes and line.startswith("none past 0"):
        yield pen.text("nobody of this name is reported to have said anything like that")
        return
    grid = pen.grid(12, 24 if pen.roomy else 18)
    for quote in quotes:
        grid.add_row(pen.text(day_of(quote.report)), _voice(quote, pen), _words(quote, pen))
    yield Padding(grid, (1, 0))
    yield pen.text(line)


def _voice(quote: Quote, pen: Pen) -> Text:
    """Who spoke, how it is quoted, and the hands that it went through."""
    told = quote.statement
    chain = pen.text(", citing ".join(map(one_line, told.chain)), "dim") if len(told.chain) > 1 else None
    name = pen.text(one_line(told.source_name or UNNAMED), "bold" if told.source_name else "bold italic")
    bearing = pen.text(bearing_of(told), "dim") if bearing_of(told) else None
    return pen.join(name, pen.text(KINDS[told.quoted], "dim"), bearing, chain, between="\n")


def _words(quote: Quote, pen: Pen) -> Text:
    """What was said; and below it where that is printed."""
    told = quote.statement
    # A statement of several sentences goes on past the one that is kept beside it.
    words = one_line(words_at(quote, told.content) or quote.words)
    marked = told.quoted == "direct" and not words.startswith(("“", '"'))
    where = f"{publisher_of(quote.report)} · report {quote.report.report[:ID]}"
    headline = pen.text(f"in “{one_line(quote.report.headline)}”", "dim") if quote.report.headline else None
    printed = pen.join(pen.text(where, "dim"), headline, between=" · ")
    verbose = pen.text(f"the sentence: {one_line(quote.words)}", "dim") if pen.verbose else None
    return pen.join(pen.text(f"“{words}”" if marked else words), printed, verbose, between="\n")
