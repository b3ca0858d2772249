"""The PLOVER code of the event between two actors, in the form that the events scorer reads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dateline.model import Reading, Span
from dateline.reading.events.plover import PloverCoder


@cache
def open_coder() -> PloverCoder:
    """The coder, opened once."""
    return PloverCoder.load()


def code(
    reading: Reading, source_span: Sequence[int] | None, target_span: Sequence[int] | None
) -> dict[str, str | None]:
    """The label and mode of the event that the source does to the target; a span is None where the row has none.

    The reading needs its sentences, with their parse still standing.
    """
    label, mode = open_coder().code(reading, _span(source_span), _span(target_span))
    return {"label": label, "mode": mode}


def _span(pair: Sequence[int] | None) -> Span | None:
    return Span(pair[0], pair[1]) if pair is not None else None
