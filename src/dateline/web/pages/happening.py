"""A happening: what each report says cell by cell, where each telling comes from, and what people judge of it."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dateline import desk
from dateline.desk.parting import hand_judgements, part, take_back
from dateline.desk.showing import Shown
from dateline.errors import SettingError
from dateline.model import Dossier, Happening, Judged, Persona, Verdict
from dateline.web.answers import answer_response
from dateline.web.asking import read_fields, read_one_of, read_page
from dateline.web.comparing import NAMED, RELATIONS, compare_rows, gather_hand_made
from dateline.web.forms import Form, posted
from dateline.web.rendering import render
from dateline.web.shelf import book_of

MOST = 200
"""The most reports that one page sets side by side; the JSON has them all."""

KINDS = {"attributed": "cited", "wire": "agency or first print", "publisher": "publisher"}
VERDICTS = ("same", "different", "unsure")


def show(request: Request) -> Response:
    """The page of a happening; ids of other things, or of one that has joined another, lead to theirs."""
    given = read_fields(request, ("done", "offset"))
    _, offset = read_page(given)
    done = read_one_of("news", given.get("done"), ("", "joined", "parted", "undone"))
    ledger = book_of(request)
    one = desk.show(ledger, request.path_params["id"])
    if not isinstance(one, Happening) or not one.id.startswith(request.path_params["id"].lower()):
        return RedirectResponse(page_of(one), 303)
    columns, rows = compare_rows(one, MOST, offset)
    return render(
        request,
        "happening.html",
        here="timeline",
        one=one,
        columns=columns,
        rows=rows,
        asked={"offset": offset, "limit": MOST},
        here_too={row.entry.id for row in rows},
        entries={entry.id: entry for entry in one.entries},
        kinds=KINDS,
        named=NAMED,
        relations=RELATIONS,
        judged=gather_hand_made(hand_judgements(ledger, [entry.id for entry in one.entries])),
        done=done,
    )


def find(request: Request) -> Response:
    """Leads to the page of whatever has this id."""
    return RedirectResponse(page_of(desk.show(book_of(request), request.path_params["id"])), 303)


def page_of(one: Shown) -> str:
    """The address of the page that shows something."""
    if isinstance(one, Persona):
        return f"/people?who={quote(one.name)}"
    if isinstance(one, Happening):
        return f"/happening/{one.id}"
    if isinstance(one, Dossier):
        return f"/report/{one.edition.id}"
    return f"/event/{one.entry.id}"


def show_json(request: Request) -> Response:
    """What ``dateline show ID --json`` prints."""
    return answer_response(desk.show(book_of(request), request.path_params["id"]))


def judge(request: Request, form: Form) -> Response:
    """Joins the happening with another, or parts the ticked events from it; then shows what it has become."""
    ledger, id = request.app.state.ledger, request.path_params["id"]
    by = form.text("by", most=100).strip() or "hand"
    because = form.text("because", most=500).strip() or "judged by hand"
    deed = form.text("deed", most=20)
    if deed == "join":
        judged = desk.judge(ledger, "same", id, form.text("other", most=40).strip(), by=by, because=because)
        return _back(id, "joined", judged)
    if deed == "part":
        return _back(id, "parted", part(ledger, id, form.texts("event", most=40), by=by, because=because))
    if deed == "undo":
        verdict = form.text("verdict", most=20)
        if verdict not in VERDICTS:
            raise SettingError(f'"{verdict}"', "there is no such verdict", f"Give one of {', '.join(VERDICTS)}.")
        return _back(id, "undone", take_back(ledger, id, cast(Verdict, verdict), by=by, at=form.text("at", most=60)))
    raise SettingError(f'"{deed}"', "this cannot be done to a happening", "Use the buttons of the page.")


def _back(id: str, done: str, judged: Judged) -> Response:
    """To the page of the happening, or where it is no more to one that its events went into."""
    went = list(dict.fromkeys(judged.happenings.values()))
    target = next((each for each in went if each.startswith(id)), went[0] if went else id)
    return RedirectResponse(f"/happening/{target}?{urlencode({'done': done})}", 303)


ROUTES: tuple[BaseRoute, ...] = (
    Route("/happening/{id}.json", show_json),
    Route("/happening/{id}", show, methods=["GET"], name="happening"),
    Route("/happening/{id}", posted(judge), methods=["POST"]),
    Route("/show/{id}.json", show_json),
    Route("/show/{id}", find),
)
