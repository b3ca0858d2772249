"""A short report of our own and a reading of it, made by hand."""

from __future__ import annotations

import pytest

from dateline.model import (
    Actor,
    Block,
    Event,
    EventSource,
    Name,
    Participant,
    Place,
    PublishedCandidate,
    Reading,
    Report,
    Span,
    Statement,
    Timex,
    Toponym,
    When,
    Where,
)

TEXT = """Mayor opens bridge

Support our reporting today!

Mayor Ada Quill opened a bridge in Exampleville on Friday, police said. She denied paying Rob Stone.

Ada Quill at the bridge (AP)
"""


def find(words: str, start: int = 0) -> Span:
    """Where words stand in the report: the first time after a start."""
    at = TEXT.index(words, start)
    return Span(at, at + len(words))


@pytest.fixture
def reading() -> Reading:
    blocks = (
        Block(*find("Mayor opens bridge"), "headline"),
        Block(*find("Support our reporting today!"), "furniture", "appeal"),
        Block(find("Mayor Ada").start, find("Stone.").end, "paragraph"),
        Block(*find("Ada Quill at the bridge (AP)"), "caption", None, find("(AP)")),
    )  # fmt: skip
    published = PublishedCandidate("2023-09-17T12:26:00+01:00", "minute", "meta tag")
    report = Report(
        "r1", TEXT, blocks, "https://example.org/bridge", "The Example", published.value, (published,), ("Jo Penn",)
    )
    quill, stone = find("Ada Quill"), find("Rob Stone")
    said = Span(find("Mayor Ada").start, find("Friday").end)
    place = Place("geonames:1", "Exampleville", "EX", "PPL", 1.5, -2.25)
    opened = Event(
        find("opened"), (find("opens"),), "OTHER", None, (Participant(quill, "Ada Quill"),), (),
        When(find("Friday"), "2023-09-15"), Where(find("Exampleville"), "Exampleville", 1.5, -2.25), "happened", True,
        EventSource("attributed", find("police"), "police"), 0.9,
    )  # fmt: skip
    paying = Event(
        find("paying"), (), "AID", None, (Participant(find("She"), "Ada Quill"),), (Participant(stone, "Rob Stone"),),
        None, None, "denied", False, EventSource("reporter"), 0.5,
    )  # fmt: skip
    return Reading(
        report,
        sentences=(find("Mayor opens bridge"),),
        names=(Name(*quill, "Person"), Name(*find("Exampleville"), "Location"), Name(*stone, "Person")),
        actors=(Actor("a1", "Ada Quill", "Person", ("Mayor",), (quill, find("She"))),),
        timexes=(Timex(*find("Friday"), "DATE", "2023-09-15", "publication date"),),
        toponyms=(Toponym(*find("Exampleville"), "Exampleville", place, 0.9),),
        statements=(
            Statement(find("police"), "police", find("said"), said, "indirect", ("police",)),
            Statement(find("She"), "Ada Quill", find("denied"), find("paying Rob Stone"), "indirect", ("Ada Quill",)),
        ),
        events=(opened, paying),
        by=("names.en/1", "actors.en/1", "timexes.en/1", "toponyms.en/1", "statements.en/1", "events.en/1"),
    )  # fmt: skip
