"""How sure a cell is, and what else it might hold, is told in words."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from dateline.export.hedges import confidence_of, hedge, tell_candidates
from dateline.ledger.corrections import corrected
from dateline.model import Candidate, Candidates, Confidences, Event, EventSource, Participant, Span, When

EVENT = Event(
    trigger=Span(0, 3), also=(), type="CONSULT", mode=None,
    actors=(Participant(None, "Ada Quill"), Participant(None, "Rob Stone")), recipients=(),
    when=None, where=None, status="happened", main=True, source=EventSource("reporter"), confidence=0.9,
    confidences=Confidences(type=0.8, status=0.95, source=0.7, actors=(0.9, 0.4)),
    candidates=Candidates(
        type=(Candidate("OTHER", None, 0.15),),
        when=(Candidate("2023-09-13", Span(5, 9), 0.31), Candidate("2023-09", None, 0.12)),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("type", "80% sure; or OTHER (15%)"),
        ("when", "perhaps 13 Sep 2023 (31%), Sep 2023 (12%)"),
        ("status", "95% sure"),
        ("where", None),
        ("who", "40% sure"),
        ("whom", None),
    ],
)
def test_a_hedge_tells_how_sure_a_cell_is_and_what_else_it_might_be(cell: str, told: str | None) -> None:
    assert hedge(EVENT, cell) == told


def test_each_party_has_its_own_confidence() -> None:
    assert confidence_of(EVENT, "who", "Ada Quill") == 0.9
    assert confidence_of(EVENT, "who", "Rob Stone") == 0.4
    assert confidence_of(EVENT, "who", "Nobody") is None


def test_an_event_read_before_there_were_confidences_tells_none() -> None:
    old = replace(EVENT, confidences=None, candidates=Candidates())
    assert [hedge(old, cell) for cell in ("who", "type", "when", "source")] == [None] * 4
    assert confidence_of(old, "what") == 0.9
    assert list(tell_candidates(old, "when")) == []


def test_what_somebody_has_given_is_sure_and_has_no_candidates() -> None:
    given = {
        "when": json.dumps({"span": None, "value": "2023-09-14"}),
        "actors": json.dumps([{"span": None, "name": "X"}]),
    }
    event = corrected(EVENT, given)
    assert event.when == When(None, "2023-09-14")
    assert event.confidences == Confidences(type=0.8, status=0.95, source=0.7, when=1.0, actors=(1.0,))
    assert event.candidates == Candidates(type=EVENT.candidates.type)


def test_a_time_that_somebody_has_taken_away_has_no_confidence() -> None:
    dated = replace(EVENT, when=When(None, "2023-09-13"), confidences=replace(EVENT.confidences, when=0.6))  # type: ignore[type-var]
    event = corrected(dated, {"when": "null"})
    assert event.when is None and event.confidences is not None and event.confidences.when is None
