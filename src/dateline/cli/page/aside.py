"""What was set aside: page furniture, which nobody read, and captions, which were read and are known for captions."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding

from dateline.cli.page.pen import Pen
from dateline.export.outline import blocks_of, first_words, outline_aside
from dateline.model import Reading


def show_aside(reading: Reading, pen: Pen) -> Iterator[RenderableType]:
    """The captions; and the furniture by sort, with counts and first words: of every piece when verbose."""
    captions = blocks_of(reading, "caption")
    if captions:
        yield from pen.heading("Captions (read)", len(captions))
        listed = pen.grid(1)
        for block in captions:
            listed.add_row(pen.text("•", "dim"), pen.text(block.span.of(reading.text)))
        yield Padding(listed, (0, 0, 0, 2))
    aside = outline_aside(reading)
    yield from pen.heading("Set aside (not read)", sum(map(len, aside.values())))
    if not aside:
        yield pen.note("the page has no furniture")
        return
    grid = pen.grid(12, 3)
    room = max(24, pen.console.width - 24)
    for sort, blocks in aside.items():
        for place, block in enumerate(blocks if pen.verbose else blocks[:1]):
            label, count = (sort, str(len(blocks))) if place == 0 else ("", "")
            grid.add_row(
                pen.text(label), pen.text(count, "dim"), pen.text(first_words(reading.text, block.span, room), "dim")
            )
    yield Padding(grid, (0, 0, 0, 2))
