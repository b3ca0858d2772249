"""The page of a comparison: what two reports both tell and where they differ, and what only one of them tells."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding

from dateline.cli.page.entries import day_of, publisher_of, short, show_entries, story_of, word_of
from dateline.cli.page.happening import show_disagreements
from dateline.cli.page.pen import Pen, open_pen
from dateline.export.outline import REPORTER, one_line
from dateline.export.times import show_time
from dateline.model import Comparison, Happening

COPY = 0.3
"""From this share of common words on, the page says first that one text is a copy of the other."""

RUNS = 3
"""So many of the common runs of words are shown, the longest first."""

SHOWN = 160
"""So many characters of a common run are shown."""


def shortened(words: str) -> str:
    """Words on one line, cut in the middle where they are many."""
    return words if len(words) <= SHOWN else f"{words[: SHOWN // 2].rstrip()} … {words[-SHOWN // 2 :].lstrip()}"


def draw_comparison(comparison: Comparison, *, verbose: bool = False) -> str:
    """The page for the terminal at hand."""
    pen = open_pen(sys.stdout, verbose=verbose)
    return pen.draw(_sections(comparison, pen))


def _sections(one: Comparison, pen: Pen) -> Iterator[RenderableType]:
    grid = pen.grid(2)
    for letter, line in (("A", one.a), ("B", one.b)):
        head = pen.text(one_line(line.headline or "(no headline)"), "bold")
        more = pen.text(f"{publisher_of(line)}, {day_of(line)} · report {short(line.report)}", "dim")
        grid.add_row(pen.text(letter, "cyan"), pen.join(head, more, between="\n"))
    yield grid
    if one.copied >= COPY:
        who = (
            f"{one.copy.upper()} has its words from {'B' if one.copy == 'a' else 'A'}"
            if one.copy
            else "one copies the other"
        )
        yield pen.note(f"{one.copied:.0%} of the shorter text stands in the other word for word: {who}")
        for run in sorted(one.runs, key=lambda each: each.a.start - each.a.end)[:RUNS]:
            yield Padding(pen.text(f"“{shortened(one_line(run.words))}”", "dim"), (0, 0, 0, 2))
    elif one.copied and pen.verbose:
        yield pen.note(f"{one.copied:.0%} of the shorter text stands in the other word for word")
    yield from pen.heading("Both tell", len(one.both))
    if not one.both:
        yield pen.note("no event that both tell of was found")
    for happening in one.both:
        yield from _show_both(happening, one, pen)
    for letter, entries, voices in (("A", one.only_a, one.voices_a), ("B", one.only_b, one.voices_b)):
        yield from pen.heading(f"Only {letter} tells", len(entries))
        yield show_entries(entries, pen) if entries else pen.note("nothing that the other does not")
        if voices:
            yield pen.note(f"only {letter} cites: {'; '.join(map(one_line, voices))}")


def _show_both(happening: Happening, one: Comparison, pen: Pen) -> Iterator[RenderableType]:
    """One happening as each of the two tells it, and where they differ."""
    grid = pen.grid(2, 8)
    for entry in sorted(happening.entries, key=lambda each: (each.report.edition != one.a.edition, each.event.trigger)):
        letter = "A" if entry.report.edition == one.a.edition else "B"
        word, when, where = word_of(entry), entry.event.when, entry.event.where
        more = pen.join(
            pen.text(show_time(when.value) if when else "no date", "dim"),
            pen.text(one_line(where.name), "dim") if where else None,
            pen.text(word if word == REPORTER else f"said by {word}", "dim"),
            pen.text(entry.event.status, "dim") if entry.event.status != "happened" else None,
            between=" · ",
        )
        grid.add_row(
            pen.text(letter, "cyan"),
            pen.text(short(entry.id), "cyan"),
            pen.join(story_of(entry, pen), more, between="\n"),
        )
    yield Padding(grid, (1, 0, 0, 2))
    if happening.disagreements:
        yield from show_disagreements(happening, pen)
