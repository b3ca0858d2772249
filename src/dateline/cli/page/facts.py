"""The head of the page: what the report is, and what is known of its publication."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding

from dateline.cli.page.pen import Pen
from dateline.export.outline import blocks_of, one_line
from dateline.export.reasons import left_open
from dateline.export.times import show_published
from dateline.model import Reading

LANGUAGES = {"en": "English"}


def show_facts(reading: Reading, pen: Pen) -> Iterator[RenderableType]:
    """The headline, the standfirst, and the facts of publication; when verbose, all that the page says of its date."""
    report = reading.report
    yield pen.text(report.headline or "(no headline)", "bold")
    for block in blocks_of(reading, "standfirst"):
        yield pen.text(block.span.of(report.text), "italic")
    facts = pen.grid(10)
    for label, value in _facts(reading, verbose=pen.verbose):
        facts.add_row(pen.text(label, "dim"), pen.text(value))
    yield Padding(facts, (1, 0, 0, 2))
    if pen.verbose:
        yield from _show_candidates(reading, pen)


def _facts(reading: Reading, *, verbose: bool) -> Iterator[tuple[str, str]]:
    report = reading.report
    yield "published", show_published(report.published) if report.published else _untold(reading)
    yield "publisher", report.publisher or "not told"
    if report.bylines:
        yield "by", ", ".join(map(one_line, report.bylines))
    yield "language", LANGUAGES.get(report.language, report.language)
    if report.origin:
        yield "origin", report.origin
    if verbose:
        yield "read by", ", ".join(reading.by) or "no annotator"


def _untold(reading: Reading) -> str:
    """That the date of publication is not known, and how many times are left open for want of it."""
    count = len(left_open(reading))
    lean = f"{count} time{' leans' if count == 1 else 's lean'} on it; " if count else ""
    return f"not told ({lean}say it with --published)"


def _show_candidates(reading: Reading, pen: Pen) -> Iterator[RenderableType]:
    candidates = reading.report.published_candidates
    yield from pen.heading("When it was published", len(candidates))
    if not candidates:
        yield pen.note("the page does not say")
    table = pen.grid(26, 8, None)
    for candidate in candidates:
        words = pen.text(one_line(candidate.span.of(reading.text)), "italic") if candidate.span else pen.text("")
        table.add_row(
            pen.text(candidate.value), pen.text(candidate.precision, "dim"), pen.text(candidate.source), words
        )
    yield Padding(table, (0, 0, 0, 2))
