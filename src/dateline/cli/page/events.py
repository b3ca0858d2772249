"""What happened: the events of a report in the order of time."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.cli.page.pen import Pen
from dateline.export.hedges import confidence_of
from dateline.export.outline import REPORTER, EventRow, outline_events
from dateline.export.times import show_bounds
from dateline.model import Reading

STATUS = {"happened": "dim", "ongoing": "cyan", "planned": "blue", "possible": "yellow", "denied": "red"}
"""How each status is coloured: what happened is the plain case."""

MAIN = "●"
"""What marks the events that a one-paragraph summary would mention."""

NARROWEST = {"When": 11, "Who": 12, "Did what": 14, "To whom": 12, "Where": 12, "On whose word": 12, "Status": 8}


def show_events(reading: Reading, pen: Pen) -> Iterator[RenderableType]:
    """The events table: a column for every question where there is room, stacked rows where there is not."""
    rows = outline_events(reading)
    yield from pen.heading("What happened", len(rows))
    if not rows:
        yield pen.nothing(reading, "events", "no events were found")
        return
    yield _columns(rows, pen) if pen.roomy else _stacked(rows, pen)
    if any(row.event.main for row in rows):
        yield pen.note(f"{MAIN} the main events")


def _columns(rows: list[EventRow], pen: Pen) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim", padding=(0, 1), expand=True)
    table.add_column("", width=1, overflow="fold")
    for title, narrowest in NARROWEST.items():
        table.add_column(title, min_width=narrowest, ratio=None if title in ("When", "Status") else 1, overflow="fold")
    for row in rows:
        table.add_row(
            _mark(row, pen),
            _when(row, pen),
            _weighty(row, row.who, pen),
            _deed(row, pen),
            _weighty(row, row.whom, pen),
            _where(row, pen),
            _word(row, pen),
            _status(row, pen),
        )
    return table


def _stacked(rows: list[EventRow], pen: Pen) -> RenderableType:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1, overflow="fold")
    grid.add_column(width=14, overflow="fold")
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(_mark(row, pen), _when(row, pen), _story(row, pen))
    return Padding(grid, (1, 0))


def _story(row: EventRow, pen: Pen) -> Text:
    """One event in a few lines: who did what to whom, with what it carries; of what type, where and on whose word."""
    deed = pen.join(
        _weighty(row, row.who, pen),
        _words(row, pen),
        pen.join(pen.text("→", "dim"), _weighty(row, row.whom, pen)) if row.whom else None,
    )
    status = None if row.event.status == "happened" else _status(row, pen)
    where = _where(row, pen, "dim") if row.where else None
    word = pen.text(row.word if row.word == REPORTER else f"said by {row.word}", "dim")
    told = pen.join(status, _type(row, pen), where, word, between=" · ")
    return pen.join(deed, _carried(row, pen), told, between="\n")


def _carried(row: EventRow, pen: Pen) -> Text | None:
    """The counts, amounts and equipment that it carries."""
    return pen.text(", ".join(row.carried)) if row.carried else None


def _when(row: EventRow, pen: Pen) -> Text:
    """When it happened; of what has no date when verbose what is known: by which day, or from which on."""
    if row.when:
        return pen.join(pen.text(row.when), _sure(row, "when", pen))
    bounds = row.event.bounds if pen.verbose else None
    return pen.text(show_bounds(bounds) if bounds else "no date", "dim")


def _where(row: EventRow, pen: Pen, style: str = "") -> Text:
    return pen.join(pen.text(row.where or "", style), _sure(row, "where", pen) if row.where else None)


def _sure(row: EventRow, cell: str, pen: Pen) -> Text | None:
    """When verbose how likely a cell is to be right."""
    sure = confidence_of(row.event, cell) if pen.verbose else None
    return pen.text(f"{sure:.0%}", "dim") if sure is not None else None


def _mark(row: EventRow, pen: Pen) -> Text:
    return pen.text(MAIN if row.event.main else "", "bold green")


def _weighty(row: EventRow, words: str, pen: Pen) -> Text:
    return pen.text(words, "bold" if row.event.main else "")


def _words(row: EventRow, pen: Pen) -> Text:
    """The trigger; struck through where the event is denied, so that nobody reads it as having happened."""
    main = " bold" if row.event.main else ""
    return pen.text(row.what, f"{'strike red' if row.event.status == 'denied' else 'green'}{main}")


def _type(row: EventRow, pen: Pen) -> Text:
    """The type with its mode, and when verbose its code in CAMEO and how likely it and the whole event are."""
    mode = f"/{row.event.mode}" if row.event.mode else ""
    cameo = row.event.cameo if pen.verbose else None
    code = f" CAMEO {cameo.code or cameo.root}" if cameo else ""
    whole = pen.text(f"event {row.event.confidence:.0%}", "dim") if pen.verbose else None
    return pen.join(pen.text(f"{row.event.type}{mode}{code}", "dim"), _sure(row, "type", pen), whole)


def _deed(row: EventRow, pen: Pen) -> Text:
    return pen.join(pen.join(_words(row, pen), _type(row, pen), between="  "), _carried(row, pen), between="\n")


def _word(row: EventRow, pen: Pen) -> Text:
    return pen.join(pen.text(row.word, "dim" if row.word == REPORTER else ""), _sure(row, "source", pen))


def _status(row: EventRow, pen: Pen) -> Text:
    return pen.join(pen.text(row.event.status, STATUS[row.event.status]), _sure(row, "status", pen))
