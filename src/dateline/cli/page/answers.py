"""The page of an answer: the events that were asked for, and which part of them this is."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rich.console import RenderableType

from dateline.cli.page.entries import show_entries
from dateline.cli.page.events import MAIN
from dateline.cli.page.pen import Pen, open_pen
from dateline.model import Answer


def draw_answer(answer: Answer, line: str, *, verbose: bool = False, shown: bool = True) -> str:
    """The page for the terminal at hand; ``line`` says which part of the answer it shows.

    ``shown`` says that ``dateline show`` can tell more of it.
    """
    pen = open_pen(sys.stdout, verbose=verbose)
    return pen.draw(_sections(answer, line, pen, shown=shown))


def _sections(answer: Answer, line: str, pen: Pen, *, shown: bool) -> Iterator[RenderableType]:
    if not answer.total:
        yield pen.text("no event answers this; ask for less, or for a part of a name")
        return
    if answer.entries:
        yield show_entries(answer.entries, pen)
        mains = f"{MAIN} the main events of their reports" if any(each.event.main for each in answer.entries) else ""
        more = "dateline show EVENT tells what each rests on" if shown else ""
        if note := "; ".join(filter(None, (mains, more))):
            yield pen.note(note)
    yield pen.text(line)
