"""The page of an actor: its names and roles, why each mention is its, and in which reports it is the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from rich.console import RenderableType
from rich.padding import Padding

from dateline.cli.page.entries import day_of, publisher_of, short
from dateline.cli.page.pen import Pen
from dateline.export.outline import one_line
from dateline.model import ActorLine, Persona

_T = TypeVar("_T")

FEW = 12
"""As many lines of a list as are shown without --verbose."""


def show_persona(shown: Persona, pen: Pen) -> Iterator[RenderableType]:
    """Who it is; why each mention in one report is its; and who in other reports is the same, and why."""
    yield pen.text(one_line(shown.name), "bold")
    others = tuple(spelling for spelling in shown.spellings if spelling != shown.name)
    facts = pen.grid(10)
    for label, values in (
        ("type", (shown.type,)), ("also", others), ("country", shown.countries), ("roles", shown.roles),
        ("reports", (str(len(shown.lines)),)), ("actor", (shown.lines[0].id,)),
    ):  # fmt: skip
        if values:
            facts.add_row(pen.text(label, "dim"), pen.text("; ".join(map(one_line, values))))
    yield Padding(facts, (1, 0, 0, 2))
    first = shown.lines[0]
    yield from pen.heading(f"Mentions in “{one_line(first.report.headline or 'no headline')}”", len(shown.mentions))
    grid = pen.grid(24 if pen.roomy else 18)
    for mention in _some(shown.mentions, pen):
        place = f"at {mention.span.start}-{mention.span.end}"
        ground = pen.join(pen.text(one_line(mention.because)), pen.text(place, "dim"))
        grid.add_row(pen.text(f"“{one_line(mention.words)}”", "cyan"), ground)
    yield Padding(grid, (0, 0, 0, 2))
    yield from _more(len(shown.mentions), pen)
    if shown.judgements:
        yield from _others(shown, pen)


def _others(shown: Persona, pen: Pen) -> Iterator[RenderableType]:
    """The actors of other reports that have such a name, and what was judged of each."""
    yield from pen.heading("In other reports", len(shown.judgements))
    lines = {line.id: line for line in shown.lines}
    grid = pen.grid(9, 10)
    for judgement in _some(shown.judgements, pen):
        other = judgement.b if judgement.a == shown.lines[0].id else judgement.a
        why = pen.text(f"{one_line(judgement.because)} ({judgement.by}, {judgement.confidence:.0%})", "dim")
        where = pen.text(_where(lines[other])) if other in lines else None
        grid.add_row(pen.text(judgement.verdict), pen.text(short(other), "cyan"), pen.join(where, why, between="\n"))
    yield Padding(grid, (0, 0, 0, 2))
    yield from _more(len(shown.judgements), pen)


def _where(line: ActorLine) -> str:
    return f"{one_line(line.name)} · {publisher_of(line.report)}, {day_of(line.report)}"


def _some(items: tuple[_T, ...], pen: Pen) -> tuple[_T, ...]:
    return items if pen.verbose else items[:FEW]


def _more(count: int, pen: Pen) -> Iterator[RenderableType]:
    if count > FEW and not pen.verbose:
        yield pen.note(f"{count - FEW} more with --verbose")
