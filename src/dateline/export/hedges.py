"""Says how sure a cell of an event is, and what else it might hold."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.export.outline import one_line
from dateline.export.times import show_time
from dateline.model import Candidate, Event

CELLS = ("who", "whom", "type", "when", "where", "status", "source")
"""The cells that have a confidence of their own, in the order in which they are shown."""

FIELD_OF = {"who": "actors", "whom": "recipients"}
"""What a cell is called in the model, where that is another word."""


def confidence_of(event: Event, cell: str, value: str | None = None) -> float | None:
    """How likely a cell is to be right; of parties that of the one named, else of the least sure one.

    None where nothing is known of it: the cell is empty, or was read before cells had confidences.
    """
    if cell == "what":
        return event.confidence
    field = FIELD_OF.get(cell, cell)
    sure = getattr(event.confidences, field, None)
    if not isinstance(sure, tuple):
        return sure
    named = [one.name for one in getattr(event, field)]
    some = [each for name, each in zip(named, sure, strict=False) if value is None or name == value]
    return min(some, default=None)


def candidates_of(event: Event, cell: str) -> tuple[Candidate, ...]:
    """What a cell does not say and may yet be right, the likeliest first."""
    found: tuple[Candidate, ...] = getattr(event.candidates, FIELD_OF.get(cell, cell), ())
    return found


def tell_candidates(event: Event, cell: str) -> Iterator[str]:
    """Each candidate of a cell in words: "13 Sep 2023 (30%)"."""
    for each in candidates_of(event, cell):
        value = show_time(each.value) if cell == "when" else each.value
        yield f"{one_line(value)} ({each.confidence:.0%})"


def hedge(event: Event, cell: str) -> str | None:
    """How sure a cell is and what else it might be: "70% sure; or 13 Sep 2023 (30%)"; None where there is neither."""
    sure, others = confidence_of(event, cell), ", ".join(tell_candidates(event, cell))
    if sure is None:
        return f"perhaps {others}" if others else None
    return f"{sure:.0%} sure" + (f"; or {others}" if others else "")
