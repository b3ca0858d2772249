"""The terminal page of a reading: facts of publication, what happened, who said what, what was set aside.

This room alone stands on rich, and is itself imported only when a page is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TextIO

from rich.console import RenderableType

from dateline.cli.page.aside import show_aside
from dateline.cli.page.details import show_details
from dateline.cli.page.events import show_events
from dateline.cli.page.facts import show_facts
from dateline.cli.page.pen import open_pen
from dateline.cli.page.statements import show_statements
from dateline.model import Reading

__all__ = ["open_page"]


def open_page(stream: TextIO, *, verbose: bool = False) -> Callable[[Reading], str]:
    """What turns a reading into the page for a stream: as wide, as colourful and in the characters that suit it."""
    pen = open_pen(stream, verbose=verbose)

    def sections(reading: Reading) -> Iterator[RenderableType]:
        yield from show_facts(reading, pen)
        yield from show_events(reading, pen)
        yield from show_statements(reading, pen)
        if pen.verbose:
            yield from show_details(reading, pen)
        yield from show_aside(reading, pen)

    return lambda reading: pen.draw(sections(reading))
