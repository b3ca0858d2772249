"""The page of a report in the ledger: its editions and events; and what changed from edition to edition."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from dateline.cli.page.entries import show_entries
from dateline.cli.page.pen import Pen, open_pen
from dateline.export.outline import one_line
from dateline.export.times import show_published
from dateline.model import Change, Dossier, Edition, Revision

SIGNS = {"added": "+", "removed": "-", "changed": "~"}
COLOURS = {"added": "green", "removed": "red", "changed": "yellow"}


def show_dossier(dossier: Dossier, pen: Pen) -> Iterator[RenderableType]:
    """The facts of the report, its editions, and the events of the one at hand."""
    line = dossier.edition.report
    yield pen.text(one_line(line.headline or "(no headline)"), "bold")
    facts = pen.grid(10)
    for label, value in (
        ("published", show_published(line.published) if line.published else "not told"),
        ("publisher", line.publisher or "not told"),
        ("origin", line.origin or "not told"),
        ("report", line.report),
        ("edition", f"{line.edition}{'' if dossier.edition.current else ' (not the current one)'}"),
        ("added", show_published(dossier.edition.added)),
    ):
        facts.add_row(pen.text(label, "dim"), pen.text(value))
    yield Padding(facts, (1, 0, 0, 2))
    if len(dossier.editions) > 1:
        yield from pen.heading("Editions", len(dossier.editions))
        grid = pen.grid(16, 34)
        for each in dossier.editions:
            current = pen.text("current" if each.current else "", "green")
            grid.add_row(pen.text(each.id, "cyan"), pen.text(show_published(each.added)), current)
        yield Padding(grid, (0, 0, 0, 2))
        yield pen.note("--editions tells what changed")
    yield from pen.heading("What happened", len(dossier.entries))
    yield show_entries(dossier.entries, pen) if dossier.entries else pen.note("no events were found")


def draw_revisions(revisions: Sequence[Revision], *, verbose: bool = False) -> str:
    """The page of what changed, for the terminal at hand."""
    pen = open_pen(sys.stdout, verbose=verbose)
    return pen.draw(_show_revisions(revisions, pen))


def _show_revisions(revisions: Sequence[Revision], pen: Pen) -> Iterator[RenderableType]:
    if not revisions:
        yield pen.text("there is one edition of this report")
    for number, each in enumerate(revisions):
        if number:
            yield Text()
        yield pen.text(one_line(each.after.report.headline or "(no headline)"), "bold")
        yield pen.note(f"from {_name(each.before)}")
        yield pen.note(f"to   {_name(each.after)}")
        yield from pen.heading("Words", len(each.changes))
        if not each.changes:
            yield pen.note("the words that are read are the same")
        grid = pen.grid(9)
        for change in each.changes:
            sign = pen.text(f"{SIGNS[change.change]} {change.change}", COLOURS[change.change])
            grid.add_row(sign, _words(change, pen))
        yield Padding(grid, (0, 0, 0, 2))
        for title, entries in (("Events gone", each.gone), ("Events new", each.new)):
            yield from pen.heading(title, len(entries))
            if entries:
                yield show_entries(entries, pen)


def _name(edition: Edition) -> str:
    return f"edition {edition.id}, added {show_published(edition.added)}"


def _words(change: Change, pen: Pen) -> Text:
    """The words of a block; where only some changed, those that went as [-…-] and those that came as {+…+}."""
    parts = [pen.text(f"{change.block}:", "dim")]
    for piece in change.pieces:
        if piece.only is None or change.change != "changed":
            parts.append(pen.text(piece.words, "" if piece.only is None else COLOURS[change.change]))
        elif piece.only == "before":
            parts.append(pen.text(f"[-{piece.words}-]", "red"))
        else:
            parts.append(pen.text(f"{{+{piece.words}+}}", "green"))
    return pen.join(*parts)
