"""The page of one thing: an event with its sentence and cells, a happening, or a report."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from dateline.cli.page.dossier import show_dossier
from dateline.cli.page.entries import short
from dateline.cli.page.happening import show_happening
from dateline.cli.page.pen import Pen, open_pen
from dateline.cli.page.persona import show_persona
from dateline.desk.showing import Shown
from dateline.export.hedges import CELLS, tell_candidates
from dateline.export.outline import one_line
from dateline.export.times import show_published, show_time
from dateline.model import Backing, Event, Exhibit, Happening, Persona, Span

COLOURS = {"what": "green", "who": "cyan", "whom": "magenta", "when": "blue", "where": "yellow", "source": "red"}
"""How the words of each cell are coloured in the sentence."""


def draw_shown(shown: Shown, *, verbose: bool = False) -> str:
    """The page for the terminal at hand."""
    pen = open_pen(sys.stdout, verbose=verbose)
    if isinstance(shown, Persona):
        return pen.draw(show_persona(shown, pen))
    if isinstance(shown, Exhibit):
        return pen.draw(_show_exhibit(shown, pen))
    return pen.draw(show_happening(shown, pen) if isinstance(shown, Happening) else show_dossier(shown, pen))


def _show_exhibit(shown: Exhibit, pen: Pen) -> Iterator[RenderableType]:
    """The sentence with its cells marked, then each cell with its words and where it comes from."""
    entry = shown.entry
    yield mark_sentence(entry.words, entry.sentence, shown.backings, pen)
    yield from pen.heading("What it says, and what that rests on")
    grid = pen.grid(8, 24 if pen.roomy else 18)
    for backing in shown.backings:
        grid.add_row(pen.text(backing.cell, "dim"), _value(backing, pen), _ground(backing, pen))
    yield Padding(grid, (0, 0, 0, 2))
    yield from _show_candidates(entry.event, pen)
    yield from pen.heading("Where it stands")
    facts = pen.grid(10)
    for label, value in _facts(shown):
        facts.add_row(pen.text(label, "dim"), pen.text(value))
    yield Padding(facts, (0, 0, 0, 2))
    if shown.judgements:
        yield from _show_judgements(shown, pen)


def _show_candidates(event: Event, pen: Pen) -> Iterator[RenderableType]:
    """What the cells do not say and may yet be right, cell by cell."""
    grid = pen.grid(8)
    for cell in CELLS:
        others = ", ".join(tell_candidates(event, cell))
        if others:
            grid.add_row(pen.text(cell, "dim"), pen.text(others))
    if grid.row_count:
        yield from pen.heading("What else it might be")
        yield Padding(grid, (0, 0, 0, 2))


def mark_sentence(words: str, sentence: Span, backings: Sequence[Backing], pen: Pen) -> Text:
    """The sentence with the words of each cell in brackets, named and coloured: ``[who Kim] [what met] …``.

    Words of two cells are marked once for both; of two that overlap and neither holds the other, the first is marked.
    """
    cells: dict[Span, list[str]] = {}
    for backing in backings:
        span = backing.span
        inside = span is not None and sentence.start <= span.start < span.end <= sentence.start + len(words)
        if span is not None and inside and backing.cell not in cells.setdefault(span, []):
            cells[span].append(backing.cell)
    text = Text()
    open_: list[Span] = []
    at = sentence.start

    def write(to: int) -> None:
        nonlocal at
        style = COLOURS.get(cells[open_[-1]][0], "bold") if open_ else ""
        first = at - sentence.start
        piece = words[first : to - sentence.start]
        # A run of blanks is shown as one, also where a mark parts it.
        text.append_text(pen.text(piece.lstrip() if words[:first][-1:].isspace() else piece, style))
        at = to

    def close() -> None:
        write(open_[-1].end)
        open_.pop()
        text.append("]", "dim")

    for span in sorted(cells, key=lambda each: (each.start, -each.end)):
        while open_ and open_[-1].end <= span.start:
            close()
        if open_ and span.end > open_[-1].end:
            continue
        write(span.start)
        text.append(f"[{', '.join(cells[span])} ", "dim")
        open_.append(span)
    while open_:
        close()
    write(sentence.start + len(words))
    return text


def _value(backing: Backing, pen: Pen) -> Text:
    value = show_time(backing.value) if backing.cell == "when" else one_line(backing.value)
    return pen.text(value, COLOURS.get(backing.cell, ""))


def _ground(backing: Backing, pen: Pen) -> Text:
    """The words that a cell rests on and where they stand; why it has its value; and who says so."""
    words = None
    if backing.span is not None and backing.words is not None:
        place = f"{backing.span.start}-{backing.span.end}"
        words = pen.join(pen.text(f"“{one_line(backing.words)}”"), pen.text(f"at {place}", "dim"))
    because = pen.text(one_line(backing.because)) if backing.because else None
    sure = f", {backing.confidence:.0%} sure" if backing.confidence is not None else ""
    line = pen.join(words, because, pen.text(f"({backing.by}{sure})", "dim"))
    elsewhere = pen.text(f"there: {one_line(backing.sentence)}", "dim") if backing.sentence else None
    return pen.join(line, elsewhere, between="\n")


def _facts(shown: Exhibit) -> Iterator[tuple[str, str]]:
    entry = shown.entry
    line = entry.report
    yield "headline", line.headline or "(no headline)"
    yield "publisher", line.publisher or "not told"
    yield "published", show_published(line.published) if line.published else "not told"
    if line.origin:
        yield "origin", line.origin
    yield "report", f"{line.report} (edition {line.edition})"
    yield "event", f"{entry.id}{', a main event of its report' if entry.event.main else ''}"
    yield "happening", entry.happening or "not compared with other reports yet"
    yield "sure", f"{entry.event.confidence:.0%}"


def _show_judgements(shown: Exhibit, pen: Pen) -> Iterator[RenderableType]:
    """What was judged of the event and others, and by whom."""
    yield from pen.heading("Judged", len(shown.judgements))
    grid = pen.grid(9, 8)
    for each in shown.judgements[: None if pen.verbose else 12]:
        other = each.b if each.a == shown.entry.id else each.a
        why = f"{one_line(each.because)} ({each.by}, {each.confidence:.0%})"
        grid.add_row(pen.text(each.verdict), pen.text(short(other), "cyan"), pen.text(why, "dim"))
    yield Padding(grid, (0, 0, 0, 2))
    if len(shown.judgements) > 12 and not pen.verbose:
        yield pen.note(f"{len(shown.judgements) - 12} more with --verbose")
