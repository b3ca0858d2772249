"""Cells of events as somebody has corrected them: they stand beside the machine's own, and can be taken back."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from dateline.errors import SettingError
from dateline.ledger.marks import sound
from dateline.ledger.tables import chunks, marks_for
from dateline.model import (
    Candidates,
    Confidences,
    Correction,
    Event,
    EventSource,
    EventType,
    Participant,
    Status,
    When,
    Where,
)

FIELDS: dict[str, Any] = {
    "type": EventType,
    "status": Status,
    "when": When | None,
    "where": Where | None,
    "actors": tuple[Participant, ...],
    "recipients": tuple[Participant, ...],
    "source": EventSource,
    "main": bool,
    "rejected": Literal[True],
}
"""The fields of an event that can be corrected, and what they hold."""

REJECTED = "rejected"
"""What is no field of an event: somebody says that the report tells of no such thing. It is kept, and found no more."""


def check(correction: Correction) -> None:
    """Raises SettingError where a correction is of no such field, or its value is nothing that the field can hold."""
    if correction.field not in FIELDS:
        todo = f"Correct one of {', '.join(FIELDS)}."
        raise SettingError(f'"{correction.field}"', "an event has no such field to correct", todo)
    try:
        msgspec.json.decode(correction.value, type=FIELDS[correction.field])
    except (msgspec.DecodeError, UnicodeError) as error:
        todo = f"Give it as the JSON of a reading has it under {correction.field}."
        raise SettingError(f'"{sound(correction.value)}"', f"this is no {correction.field} ({error})", todo) from error


def corrected(event: Event, values: Mapping[str, str]) -> Event:
    """The event with the values (JSON, by field) in place of the machine's own."""
    cells = {name: value for name, value in values.items() if name != REJECTED}
    if not cells:
        return event
    changed = replace(event, **{name: msgspec.json.decode(value, type=FIELDS[name]) for name, value in cells.items()})
    changed = replace(changed, confidences=_sure(changed, cells), candidates=replace(event.candidates, **_none(cells)))
    # A mode and a code refine the machine's type.
    return changed if changed.type == event.type else replace(changed, mode=None, cameo=None)


def _sure(event: Event, cells: Iterable[str]) -> Confidences | None:
    """The confidences of an event of which somebody has given some cells."""
    if event.confidences is None:
        return None
    given: dict[str, Any] = {}
    for name in set(cells) & set(Confidences.__struct_fields__):
        value = getattr(event, name)
        given[name] = (1.0,) * len(value) if isinstance(value, tuple) else 1.0 if value is not None else None
    return replace(event.confidences, **given)


def _none(cells: Iterable[str]) -> dict[str, tuple[()]]:
    """No candidates for the cells that somebody has given."""
    return dict.fromkeys(set(cells) & set(Candidates.__struct_fields__), ())


def corrections_of(database: sqlite3.Connection, events: Iterable[str]) -> dict[str, dict[str, str]]:
    """The corrected values of events, by event and field; events that nobody has corrected are left out."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for some in chunks(events):
        query = f"SELECT event, field, value FROM correction WHERE event IN ({marks_for(some)}) ORDER BY event, field"
        for event, name, value in database.execute(query, some):
            found[event][name] = value
    return dict(found)


def all_corrections(database: sqlite3.Connection, event: str | None) -> tuple[Correction, ...]:
    """The corrections of one event, or all."""
    chosen, values = ("WHERE event = ?", (sound(event),)) if event is not None else ("", ())
    query = f"SELECT event, field, value, by, at FROM correction {chosen} ORDER BY event, field"
    return tuple(Correction(*row) for row in database.execute(query, values))


def keep(database: sqlite3.Connection, correction: Correction) -> None:
    """Keeps a correction in place of an earlier one of the same cell."""
    row = tuple(map(sound, (correction.event, correction.field, correction.value, correction.by, correction.at)))
    database.execute("INSERT OR REPLACE INTO correction VALUES (?, ?, ?, ?, ?)", row)
