"""The page of a happening: who tells of it, where each telling comes from in the end, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from dateline.cli.page.entries import ID, day_of, publisher_of, short, show_entries
from dateline.cli.page.pen import Pen
from dateline.cli.page.timeline import style_of, tell_count
from dateline.desk import find_badges
from dateline.export.outline import one_line
from dateline.export.times import show_time
from dateline.model import Disagreement, Entry, Happening, Root

KINDS = {"attributed": "cited", "wire": "agency or first print", "publisher": "publisher"}
RELATIONS = {
    "equal": "is told alike",
    "refined": "is told more or less exactly",
    "updated": "was updated",
    "subset": "is told in part",
    "contradicts": "is disputed",
}
SLOTS = {"when": "the time", "where": "the place", "number": "a number", "actors": "who did it",
         "recipients": "to whom", "status": "whether it happened"}  # fmt: skip


def show_happening(one: Happening, pen: Pen) -> Iterator[RenderableType]:
    """The head line, the entries, the origins tree and the disagreements."""
    yield pen.text(one_line(one.title), "bold")
    facts = pen.grid(10)
    for label, value in _facts(one):
        facts.add_row(pen.text(label, "dim"), pen.text(value))
    badges = find_badges(one)
    if badges:
        shown = pen.join(*(pen.text(badge, style_of(badge)) for badge in badges), between=" · ")
        facts.add_row(pen.text("beware", "dim"), shown)
    yield Padding(facts, (1, 0, 0, 2))
    yield from pen.heading("Told by", len(one.entries))
    yield show_entries(one.entries, pen)
    yield from pen.heading("Origins", len(one.roots))
    yield from show_roots(one, pen)
    yield from pen.heading("Where they differ", len(one.disagreements))
    yield from show_disagreements(one, pen)
    yield from show_tolls(one, pen)
    yield from show_courses(one, pen)


def _facts(one: Happening) -> Iterator[tuple[str, str]]:
    if one.actors:
        yield "who", ", ".join(map(one_line, one.actors))
    if one.recipients:
        yield "to whom", ", ".join(map(one_line, one.recipients))
    yield "what", f"{one.type}, {one.status}"
    yield "when", show_time(one.when) if one.when else "no date"
    if one.where:
        yield "where", one_line(one.where)
    reports = tell_count(len({entry.report.report for entry in one.entries}), "report")
    yield "told by", f"{reports} from {tell_count(one.independent, 'independent origin')}"
    yield "happening", one.id


def show_roots(one: Happening, pen: Pen) -> Iterator[RenderableType]:
    """The origins, each with what is to be known of it and why, and below it the reports that go back to it."""
    entries = {entry.id: entry for entry in one.entries}
    for root in one.roots:
        yield Padding(_root(root, pen), (0, 0, 0, 2))
        grid = pen.grid(ID, 28)
        for line in (_told_by(entries[id], pen) for id in root.entries if id in entries):
            grid.add_row(*line)
        yield Padding(grid, (0, 0, 0, 6))


def _root(root: Root, pen: Pen) -> Text:
    labels = [pen.text(KINDS[root.kind], "dim")]
    if root.state:
        labels.append(pen.text(f"state-controlled ({root.state})", "yellow"))
    if root.party:
        labels.append(pen.text("party to it", "yellow"))
    if root.unnamed:
        labels.append(pen.text("unnamed", "yellow"))
    if any(label.kind == "second-hand" for label in root.labels):
        labels.append(pen.text("at second hand", "yellow"))
    head = pen.join(pen.text(one_line(root.name), "bold"), *labels, between=" · ")
    # What the registry says of a state's hand stands in the line above already.
    why = [pen.text(f"{each.kind}: {one_line(each.because)}", "dim") for each in root.labels if each.kind != "state"]
    return pen.join(head, pen.text(one_line(root.because), "dim"), *why, between="\n  ")


def _told_by(entry: Entry, pen: Pen) -> tuple[Text, Text, Text]:
    return (
        pen.text(short(entry.id), "cyan"),
        pen.text(publisher_of(entry.report)),
        pen.text(day_of(entry.report), "dim"),
    )


def show_disagreements(one: Happening, pen: Pen) -> Iterator[RenderableType]:
    """Each thing that is told in more than one way, with the sides and who takes them."""
    if not one.disagreements:
        yield pen.note("nowhere" if len(one.entries) > 1 else "only one entry tells of it")
    entries = {entry.id: entry for entry in one.entries}
    for each in one.disagreements:
        yield Padding(pen.text(disagreement_line(each), "red" if each.relation == "contradicts" else ""), (0, 0, 0, 2))
        grid = pen.grid(28)
        for side in each.sides:
            value = show_time(side.value) if each.slot == "when" else one_line(side.value)
            who = dict.fromkeys(publisher_of(entries[id].report) for id in side.entries if id in entries)
            ids = ", ".join(map(short, side.entries))
            grid.add_row(pen.text(value), pen.join(pen.text(", ".join(who)), pen.text(ids, "cyan")))
        yield Padding(grid, (0, 0, 0, 6))


def show_tolls(one: Happening, pen: Pen) -> Iterator[RenderableType]:
    """Of what is counted differently: the lowest count, the highest, and the latest of each origin."""
    if not one.tolls:
        return
    yield from pen.heading("What is counted", len(one.tolls))
    for toll in one.tolls:
        yield Padding(pen.text(toll.what), (0, 0, 0, 2))
        grid = pen.grid(28)
        for label, count in (("lowest", toll.lowest), ("highest", toll.highest), *(("latest", c) for c in toll.latest)):
            told = pen.text(f"{one_line(count.words)}, {one_line(count.origin)}")
            grid.add_row(pen.text(label, "dim"), pen.join(told, pen.text(short(count.entry), "cyan")))
        yield Padding(grid, (0, 0, 0, 6))


def show_courses(one: Happening, pen: Pen) -> Iterator[RenderableType]:
    """What became of each value of those who told on several days."""
    if not one.courses:
        return
    days = {entry.id: day_of(entry.report) for entry in one.entries}
    yield from pen.heading("How it changed", len(one.courses))
    grid = pen.grid(28)
    for each in one.courses:
        value = show_time(each.value) if each.slot == "when" else one_line(each.value)
        fate = "last" if each.fate == "stands" else each.fate
        told = f"{one_line(each.line or '')}: first {days[each.first]}, {fate} {days[each.ended or each.last]}"
        style = "" if each.fate == "stands" else "yellow"
        grid.add_row(pen.text(f"{value} {each.what or ''}".strip()), pen.text(told, style))
    yield Padding(grid, (0, 0, 0, 2))


def disagreement_line(each: Disagreement) -> str:
    """What is told in more than one way, and how the ways stand to each other."""
    what = f" ({each.what})" if each.what else ""
    return f"{SLOTS[each.slot]}{what} {RELATIONS[each.relation]}"
