"""What a page is drawn with: the width, the colours and the characters of the terminal at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.cli.printable import printable, spelt
from dateline.export.outline import layer_read
from dateline.model import Reading

WIDEST = 160
"""A page grows no wider than this: longer lines are hard to read."""

ROOMY = 112
"""From this width on, the events table has a column for every question; below it, rows are stacked."""

_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in the width, colours and characters of one terminal; all words of a report pass through ``text``."""

    console: Console
    verbose: bool = False

    @property
    def roomy(self) -> bool:
        """Whether a table with a column for every question fits."""
        return self.console.width >= ROOMY

    def text(self, words: str, style: str = "") -> Text:
        """Words that can do nothing but be read: control characters spelt out, markup left as it is."""
        return Text(printable(words, self.console.encoding), style=style)

    def join(self, *parts: Text | None, between: str = " ") -> Text:
        """The parts that there are, one after another."""
        return Text(spelt(between, self.console.encoding)).join(
            part for part in parts if part is not None and part.plain
        )

    def heading(self, title: str, count: int | None = None) -> Iterator[RenderableType]:
        """A blank line and the title of a section, with how many things it holds."""
        shown = self.text(title.upper(), "bold")
        if count is not None:
            shown.append(f"  {count}", "dim")
        yield Text()
        yield shown

    def note(self, words: str) -> RenderableType:
        """A quiet remark, set in a little."""
        return Padding(self.text(words, "dim"), (0, 0, 0, 2))

    def nothing(self, reading: Reading, layer: str, none_found: str) -> RenderableType:
        """Says that a layer is empty, and whether that is because nothing is there or because nobody looked."""
        return self.note(none_found if layer_read(reading, layer) else f"not read: no annotator of {layer} was run")

    def grid(self, *first: int | None) -> Table:
        """A table without lines, its first columns as wide as told (None for as wide as need be), the last the rest."""
        grid = Table.grid(padding=(0, 2, 0, 0), expand=False)
        for width in first:
            grid.add_column(width=width, max_width=None if width else 28, overflow="fold")
        grid.add_column(overflow="fold")
        return grid

    def draw(self, sections: Iterable[RenderableType]) -> str:
        """The page as a string that can be written to the terminal as it stands."""
        with self.console.capture() as capture:
            for section in sections:
                self.console.print(section)
        return _TRAILING.sub("", capture.get())


def open_pen(stream: TextIO, *, verbose: bool = False) -> Pen:
    """A pen for a stream. NO_COLOR, FORCE_COLOR and COLUMNS of the environment have their usual meaning."""
    console = Console(file=stream, markup=False, emoji=False, highlight=False)
    console.width = max(40, min(console.width, WIDEST))
    return Pen(console, verbose)
