"""Who said what: the statements of a report, source by source."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from dateline.cli.page.pen import Pen
from dateline.export.outline import bearing_of, one_line, outline_voices
from dateline.model import Reading, Statement

KINDS = {"direct": "direct", "partly": "partly quoted", "indirect": "indirect"}


def show_statements(reading: Reading, pen: Pen) -> Iterator[RenderableType]:
    """The sources in the order in which they are first heard, each with its statements in full."""
    yield from pen.heading("Who said what", len(reading.statements))
    if not reading.statements:
        yield pen.nothing(reading, "statements", "nobody is reported to have said anything")
    for voice in outline_voices(reading):
        yield Padding(pen.text(voice.title, "bold" if voice.name else "bold italic"), (1, 0, 0, 2))
        said = pen.grid(24 if pen.roomy else 16)
        for statement in voice.statements:
            said.add_row(_manner(statement, reading.text, pen), _content(statement, reading.text, pen))
        yield Padding(said, (0, 0, 0, 2))


def _manner(statement: Statement, text: str, pen: Pen) -> Text:
    """How it was said: the reporting words, how it is quoted, and the hands it went through."""
    cue = pen.text(one_line(statement.cue.of(text))) if statement.cue else None
    chain = pen.text(", citing ".join(map(one_line, statement.chain)), "dim") if len(statement.chain) > 1 else None
    bearing = pen.text(bearing_of(statement), "dim") if bearing_of(statement) else None
    return pen.join(cue, pen.text(KINDS[statement.quoted], "dim"), bearing, chain, between="\n")


def _content(statement: Statement, text: str, pen: Pen) -> Text:
    content = one_line(statement.content.of(text))
    return pen.text(f"“{content}”" if statement.quoted == "direct" and not content.startswith(("“", '"')) else content)
