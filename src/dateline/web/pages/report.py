"""A report as it was printed, its layers over it and its events beside it; and one event, to correct cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dateline import desk
from dateline.desk import correcting
from dateline.desk.judging import HAND
from dateline.desk.layout import lay_out
from dateline.errors import NotFound, SettingError
from dateline.export.hedges import hedge
from dateline.export.outline import (
    blocks_of,
    first_words,
    layer_read,
    outline_actors,
    outline_aside,
    outline_events,
    outline_voices,
    tell_distance,
    tell_place,
)
from dateline.export.reasons import reason
from dateline.model import PLACE_CREDIT, Entry, EventType, Exhibit, Reading, Status
from dateline.web.answers import answer_response
from dateline.web.article import find_voices, write_text
from dateline.web.asking import read_fields
from dateline.web.forms import Form, posted
from dateline.web.rendering import marked, render
from dateline.web.shelf import book_of

LAYERS = (
    ("events", "Events"),
    ("statements", "Statements"),
    ("names", "Actors"),
    ("timexes", "Times"),
    ("toponyms", "Places"),
    ("aside", "Set aside"),
)
"""The switches of the layers that are on to begin with, each with its words."""

MOST_VOICES = 24
"""So many speakers get a switch of their own, in the order in which they are heard: report.css knows as many."""

CELLS = ("who", "whom", "type", "when", "where", "status", "source", "main")
TITLES = {
    "who": "Who", "whom": "To whom", "type": "Type", "when": "When", "where": "Where", "status": "Status",
    "source": "On whose word", "main": "Main event",
}  # fmt: skip
CHOICES: dict[str, tuple[str, ...]] = {"type": get_args(EventType), "status": get_args(Status), "main": ("yes", "no")}
"""The cells that hold one of a few values."""


def show(request: Request) -> Response:
    """The page of a report: its text, and beside it what happened, who said what, and what was set aside."""
    read_fields(request, ())
    laid = lay_out(book_of(request), request.path_params["id"])
    reading = laid.reading
    voices = outline_voices(reading)
    number_of = {id(each): number for number, each in enumerate(reading.statements, start=1)}
    told = find_voices(reading)
    return render(
        request, "report.html", laid=laid, reading=reading, report=reading.report, article=marked(write_text(reading)),
        rows=[(row, laid.entries[row.number - 1]) for row in outline_events(reading)],
        voices=[(voice, [(number_of[id(one)], one) for one in voice.statements]) for voice in voices],
        own=sum(each.kind == "own" for each in told), sentences=len(told), layers=LAYERS, most_voices=MOST_VOICES,
        statuses=[each for each in get_args(Status) if any(event.status == each for event in reading.events)],
        reason=reason, tell_place=tell_place, tell_distance=tell_distance, actors=outline_actors(reading),
        captions=len(blocks_of(reading, "caption")), credit=PLACE_CREDIT,
        aside=_aside(reading),
        unread=[layer for layer in ("events", "statements", "actors") if not layer_read(reading, layer)],
        headed=any(block.kind == "headline" for block in reading.report.blocks),
    )  # fmt: skip


def _aside(reading: Reading) -> list[tuple[str, int, str]]:
    """What was set aside: each sort with how many blocks it has and the first words of the first."""
    return [(sort, len(some), first_words(reading.text, some[0].span)) for sort, some in outline_aside(reading).items()]


def show_json(request: Request) -> Response:
    """What ``dateline show REPORT --json`` prints."""
    read_fields(request, ())
    return answer_response(desk.show(book_of(request), request.path_params["id"]))


def show_event(request: Request) -> Response:
    """The page of one event: each cell with the words that it rests on, to confirm, change, empty or give back."""
    number = read_fields(request, ("row",)).get("row", "")
    shown = _exhibit(request)
    rejected = correcting.REJECTED in shown.entry.corrected
    return render(
        request, "event.html", shown=shown, entry=shown.entry, cells=list(_cells(shown)), rejected=rejected,
        row=number if number.isascii() and number.isdigit() and len(number) < 6 else "",
        others=_others(request, shown), hand=HAND, choices=CHOICES, empty=correcting.EMPTY,
    )  # fmt: skip


def _exhibit(request: Request) -> Exhibit:
    shown = desk.show(book_of(request), request.path_params["id"])
    if not isinstance(shown, Exhibit):
        raise NotFound(request.path_params["id"], "this is no event", "Find its id in the report that tells of it.")
    return shown


def show_event_json(request: Request) -> Response:
    """What ``dateline show EVENT --json`` prints."""
    read_fields(request, ())
    return answer_response(_exhibit(request))


def _cells(shown: Exhibit) -> list[dict[str, Any]]:
    """Each cell as it can be typed, with what it rests on and who has corrected it."""
    made = {each.field: each for each in shown.corrections}
    return [
        {
            "name": cell,
            "title": TITLES[cell],
            "value": value_of(shown.entry, cell),
            "backings": [each for each in shown.backings if each.cell == cell],
            "hedge": hedge(shown.entry.event, cell),
            "correction": made.get(correcting.FIELDS[cell]),
        }
        for cell in CELLS
    ]


def value_of(entry: Entry, cell: str) -> str:
    """A cell in the words in which it can be corrected."""
    event = entry.event
    values: dict[str, Callable[[], str]] = {
        "who": lambda: "; ".join(one.name for one in event.actors),
        "whom": lambda: "; ".join(one.name for one in event.recipients),
        "type": lambda: event.type,
        "when": lambda: event.when.value if event.when else "",
        "where": lambda: event.where.name if event.where else "",
        "status": lambda: event.status,
        "source": lambda: "reporter" if event.source.kind == "reporter" else event.source.name or "",
        "main": lambda: "yes" if event.main else "no",
    }
    return values[cell]()


def _others(request: Request, shown: Exhibit) -> list[tuple[Any, Entry | None]]:
    """The judgements of an event, each with the other event: a bounded number of them."""
    some = shown.judgements[:50]
    ids = [each.b if each.a == shown.entry.id else each.a for each in some]
    book = book_of(request)
    found = {entry.id: entry for entry in book.entries(ids)}
    return [(each, found.get(id)) for each, id in zip(some, ids, strict=True)]


def change(request: Request, form: Form) -> Response:
    """Does what a button of the event's form says, and goes back to where it was pressed."""
    ledger, event = request.app.state.ledger, request.path_params["id"]
    by = form.text("by", most=200).strip() or HAND
    deed, _, cell = form.text("do", "save", most=40).partition(":")
    if deed == "save":
        shown = _save(request, form, by)
    elif deed == "confirm":
        shown = correcting.confirm(ledger, event, cell, by=by)
    elif deed == "reject":
        shown = correcting.reject(ledger, event, cell or None, by=by)
    elif deed == "undo":
        shown = correcting.uncorrect(ledger, event, cell or None)
    else:
        raise SettingError(f'"{deed}"', "a cell is confirmed, rejected, saved or given back", "Use the page's buttons.")
    return RedirectResponse(_way_back(form, shown), 303)


def _save(request: Request, form: Form, by: str) -> Exhibit:
    """Corrects each cell that was typed over; one that was emptied is rejected."""
    ledger, event = request.app.state.ledger, request.path_params["id"]
    shown = _exhibit(request)
    for cell in CELLS:
        value, was = (form.text(f"{name}-{cell}", most=12_000).strip() for name in ("value", "was"))
        if value == was:
            continue
        shown = (
            correcting.correct(ledger, event, cell, value, by=by)
            if value
            else correcting.reject(ledger, event, cell, by=by)
        )
    return shown


def _way_back(form: Form, shown: Exhibit) -> str:
    """The row of the report that the form was opened in, or the page of the event."""
    row = form.text("row", most=6)
    if not (row.isascii() and row.isdigit()):
        return f"/event/{shown.entry.id}"
    mark = "rejected" if correcting.REJECTED in shown.entry.corrected else f"e{row}"
    return f"/report/{shown.entry.report.edition}#{mark}"


def editions(request: Request) -> Response:
    """The page of what changed from each edition of a report to the next."""
    read_fields(request, ())
    found = desk.show_editions(book_of(request), request.path_params["id"])
    return render(request, "report_editions.html", id=request.path_params["id"], revisions=found)


def editions_json(request: Request) -> Response:
    """What ``dateline show REPORT --editions --json`` prints."""
    read_fields(request, ())
    return answer_response(desk.show_editions(book_of(request), request.path_params["id"]))


ROUTES: tuple[BaseRoute, ...] = (
    Route("/report/{id}.json", show_json),
    Route("/report/{id}/editions.json", editions_json),
    Route("/report/{id}/editions", editions),
    Route("/report/{id}", show, name="report"),
    Route("/event/{id}.json", show_event_json),
    Route("/event/{id}", show_event, name="event"),
    Route("/event/{id}", posted(change), methods=["POST"]),
)
