"""The page of a timeline: happenings in the order of time, with what stands behind each."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from dateline.cli.page.entries import ID, short
from dateline.cli.page.events import STATUS
from dateline.cli.page.pen import Pen, open_pen
from dateline.desk import find_badges
from dateline.desk.ranking import fold, tell_folded
from dateline.export.outline import one_line
from dateline.export.times import show_time
from dateline.model import Happening


def draw_timeline(happenings: Sequence[Happening], line: str, *, whole: bool = False, verbose: bool = False) -> str:
    """The page for the terminal at hand; ``line`` says which part of the timeline it shows, ``whole`` folds nothing."""
    pen = open_pen(sys.stdout, verbose=verbose)
    return pen.draw(_sections(happenings, line, whole, pen))


def _sections(happenings: Sequence[Happening], line: str, whole: bool, pen: Pen) -> Iterator[RenderableType]:
    if not happenings and line.startswith("none past 0"):
        yield pen.text("no happening answers this; ask for less, or for a part of a name")
        return
    grid = pen.grid(17 if pen.roomy else 14, ID)
    folds = fold(happenings, whole=whole)
    for each in folds:
        one = each.head or each.folded[0]
        grid.add_row(
            pen.text(show_time(one.when) if one.when else "no date", "" if each.head and one.when else "dim"),
            pen.text(short(each.head.id) if each.head else "", "cyan"),
            _story(each.head, each.folded, pen, ranked=whole) if each.head else _folded(each.folded, pen),
        )
    yield Padding(grid, (1, 0))
    if happenings:
        yield pen.note("dateline show ID lays out a happening: its entries, origins and disagreements")
    if hidden := sum(len(each.folded) for each in folds):
        yield pen.note(f"{hidden:,} of these are folded; --all lays them out")
    yield pen.text(line)


def _folded(folded: Sequence[Happening], pen: Pen) -> Text:
    """How many are folded here, and until when they go on where that is another time."""
    last = folded[-1].when
    until = f", until {show_time(last)}" if last and last != folded[0].when else ""
    return pen.text(f"+ {tell_folded(folded)}{until}", "dim")


def _story(one: Happening, folded: Sequence[Happening], pen: Pen, *, ranked: bool) -> Text:
    """The words of the fullest telling; below them how many tell of it, what to beware of, and what is folded.

    ``ranked`` says of each what it is in the timeline where it is not one of its main happenings.
    """
    who = " → ".join(part for part in (", ".join(one.actors), ", ".join(one.recipients)) if part)
    head = pen.join(
        pen.text(one_line(who), "bold"),
        pen.text(one.type, "dim"),
        pen.text(one_line(one.where or ""), "dim"),
        between=" · ",
    )
    facts = [tell_count(len({entry.report.report for entry in one.entries}), "report")]
    facts.append(tell_count(one.independent, "independent origin"))
    badges = [pen.text(badge, style_of(badge)) for badge in find_badges(one)]
    status = pen.text(one.status, STATUS[one.status]) if one.status == "ongoing" else None
    behind = pen.join(pen.text(" · ".join(facts), "dim"), status, *badges, between=" · ")
    beneath = _folded(folded, pen) if folded else pen.text(_rank(one) if ranked else "", "dim")
    return pen.join(pen.text(one_line(one.title)), head, behind, beneath, between="\n")


def _rank(one: Happening) -> str:
    """What a happening is beside the main ones, in words: "detail of 0e3e4ef8"."""
    if one.rank in (None, "main"):
        return ""
    return f"{one.rank} of {short(one.under)}" if one.under else str(one.rank)


def tell_count(number: int, thing: str) -> str:
    """So many of a thing, in words.

    >>> tell_count(1, "report"), tell_count(3, "report")
    ('1 report', '3 reports')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def style_of(badge: str) -> str:
    """How a badge is coloured."""
    if badge.startswith(("disputed", "denied")):
        return "red"
    return "yellow" if "only" in badge else "blue"
