"""Entries as a table: who did what to whom, when, where, on whose word, and in which report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.cli.page.events import MAIN, STATUS
from dateline.cli.page.pen import Pen
from dateline.export.cells import words_at
from dateline.export.outline import REPORTER, UNNAMED, list_names, one_line
from dateline.export.slots import tell_slot
from dateline.export.times import show_time
from dateline.model import Entry, ReportLine

ROOMY = 132
"""From this width on, the table has a column for every question; below it, rows are stacked."""

ID = 8
"""So much of an id is shown: enough to be typed, and to be the only one that begins so in all but huge ledgers."""

COLUMNS = {"When": 11, "Who": 12, "Did what": 12, "To whom": 12, "Where": 10, "On whose word": 12, "Status": 9,
           "Report": 14}  # fmt: skip


def show_entries(entries: Sequence[Entry], pen: Pen) -> RenderableType:
    """The entries in the order given: a column for every question where there is room, else stacked."""
    return _columns(entries, pen) if pen.console.width >= ROOMY else _stacked(entries, pen)


def short(id: str) -> str:
    """As much of an id as is shown."""
    return id[:ID]


def publisher_of(line: ReportLine) -> str:
    """Who published a report; where nobody knows, where it came from."""
    return one_line(line.publisher or line.origin or line.report)


def day_of(line: ReportLine) -> str:
    """The day of publication in words."""
    return show_time(line.published[:10]) if line.published else "no date"


def trigger_of(entry: Entry) -> str:
    """The words that tell what was done."""
    return one_line(words_at(entry, entry.event.trigger) or entry.words)


def deed_of(entry: Entry, pen: Pen, *, type: bool = True) -> Text:
    """The trigger; struck through where the event is denied, so that nobody reads it as having happened."""
    event = entry.event
    main = " bold" if event.main else ""
    words = pen.text(trigger_of(entry), f"{'strike red' if event.status == 'denied' else 'green'}{main}")
    mode = f"/{event.mode}" if event.mode else ""
    return pen.join(words, pen.text(f"{event.type}{mode}", "dim"), between="  ") if type else words


def status_of(entry: Entry, pen: Pen) -> Text:
    """The status, coloured as on the page of a report."""
    return pen.text(entry.event.status, STATUS[entry.event.status])


def word_of(entry: Entry) -> str:
    """On whose word the entry rests."""
    source = entry.event.source
    return REPORTER if source.kind == "reporter" else one_line(source.name or UNNAMED)


def story_of(entry: Entry, pen: Pen) -> Text:
    """Who did what to whom, and what it carries, in a line."""
    event = entry.event
    whom = list_names(event.recipients)
    carried = ", ".join(dict.fromkeys(map(tell_slot, event.slots)))
    weight = "bold" if event.main else ""
    return pen.join(
        pen.text(list_names(event.actors), weight),
        deed_of(entry, pen, type=False),
        pen.join(pen.text("→", "dim"), pen.text(whom, weight)) if whom else None,
        pen.text(f"({carried})") if carried else None,
    )


def _when(entry: Entry, pen: Pen) -> Text:
    when = entry.event.when
    return pen.text(show_time(when.value) if when else "no date", "" if when else "dim")


def _columns(entries: Iterable[Entry], pen: Pen) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim", padding=(0, 1), expand=True)
    table.add_column("", width=1, overflow="fold")
    table.add_column("Event", width=ID, overflow="fold")
    for title, narrowest in COLUMNS.items():
        fixed = title in ("When", "Status")
        table.add_column(title, min_width=narrowest, ratio=None if fixed else 1, overflow="fold")
    for entry in entries:
        event = entry.event
        weight, word = "bold" if event.main else "", word_of(entry)
        table.add_row(
            pen.text(MAIN if event.main else "", "bold green"),
            pen.text(short(entry.id), "cyan"),
            _when(entry, pen),
            pen.text(list_names(event.actors), weight),
            deed_of(entry, pen),
            pen.text(list_names(event.recipients), weight),
            pen.text(one_line(event.where.name) if event.where else ""),
            pen.text(word, "dim" if word == REPORTER else ""),
            status_of(entry, pen),
            pen.text(f"{publisher_of(entry.report)}, {day_of(entry.report)}", "dim"),
        )
    return table


def _stacked(entries: Iterable[Entry], pen: Pen) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1, overflow="fold")
    grid.add_column(width=ID, overflow="fold")
    grid.add_column(width=14, overflow="fold")
    grid.add_column(overflow="fold")
    for entry in entries:
        event, word = entry.event, word_of(entry)
        more = pen.join(
            status_of(entry, pen) if event.status != "happened" else None,
            pen.text(event.type, "dim"),
            pen.text(one_line(event.where.name), "dim") if event.where else None,
            pen.text(word if word == REPORTER else f"said by {word}", "dim"),
            pen.text(f"{publisher_of(entry.report)}, {day_of(entry.report)}", "dim"),
            between=" · ",
        )
        mark = pen.text(MAIN if event.main else "", "bold green")
        story = pen.join(story_of(entry, pen), more, between="\n")
        grid.add_row(mark, pen.text(short(entry.id), "cyan"), _when(entry, pen), story)
    return Padding(grid, (1, 0))
