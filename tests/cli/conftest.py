"""Readings made by hand, and a desk that hands them out: the door is tested without what lies behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

import dateline.desk
from dateline.desk import Refusal
from dateline.errors import InputError
from dateline.model import (
    Actor,
    Block,
    Bounds,
    Event,
    EventSource,
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

BODY = "Mayor Ada Quill opened a bridge in Exampleville on Friday, police said. She denied paying Rob Stone."
TEXT = f"Mayor opens bridge\n\nSupport our reporting today!\n\n{BODY}\n\nAda Quill at the bridge (AP)"
LAYERS = ("actors.en/1", "timexes.en/1", "toponyms.en/1", "statements.en/1", "events.en/1")


def find(words: str) -> Span:
    """Where words stand in the report for the first time."""
    at = TEXT.index(words)
    return Span(at, at + len(words))


def make_reading(origin: str = "bridge.html") -> Reading:
    """A reading of a short report, with something in every layer that the page shows."""
    blocks = (
        Block(*find("Mayor opens bridge"), "headline"),
        Block(*find("Support our reporting today!"), "furniture", "appeal"),
        Block(*find(BODY), "paragraph"),
        Block(*find("Ada Quill at the bridge (AP)"), "caption", None, find("(AP)")),
    )
    published = "2023-09-17T12:26:00+01:00"
    candidates = (PublishedCandidate(published, "minute", "meta tag"),)
    report = Report("r1", TEXT, blocks, origin, "The Example", published, candidates, ("Jo Penn",))
    place = Place("geonames:1", "Exampleville", "EX", "PPL", 1.5, -2.25)
    quill = Participant(find("Ada Quill"), "Ada Quill")
    opened = Event(
        find("opened"), (), "OTHER", None, (quill,), (), When(find("Friday"), "2023-09-15"),
        Where(find("Exampleville"), "Exampleville", 1.5, -2.25), "happened", True,
        EventSource("attributed", find("police"), "the Exampleville police"), 0.9,
    )  # fmt: skip
    paying = Event(
        find("paying"), (), "AID", None, (quill,), (Participant(None, "Rob Stone"),), None, None, "denied", False,
        EventSource("reporter"), 0.5, bounds=Bounds(None, "2023-09-17"),
    )  # fmt: skip
    said = Span(find("Mayor Ada").start, find("Friday").end)
    return Reading(
        report,
        actors=(Actor("a1", "Ada Quill", "Person", ("Mayor",), (find("Ada Quill"), find("She"))),),
        timexes=(Timex(*find("Friday"), "DATE", "2023-09-15", "publication date"),),
        toponyms=(Toponym(*find("Exampleville"), "Exampleville", place, 0.9),),
        statements=(
            Statement(find("police"), "the Exampleville police", find("said"), said, "indirect", ("Tass", "police")),
            Statement(find("She"), "Ada Quill", find("denied"), find("paying Rob Stone"), "direct"),
        ),
        events=(opened, paying),
        by=LAYERS,
    )


class Desk:
    """Stands in for the desk: every page becomes the reading at hand, those named bad* are refused."""

    def __init__(self) -> None:
        self.make: Callable[[str], Reading] = make_reading
        self.asked: dict[str, object] = {}

    def read_all(self, origins: Iterable[str], **asked: object) -> Iterator[Reading | Refusal]:
        self.asked = asked
        for origin in origins:
            if origin.startswith("bad"):
                todo = "If it is plain text, read it with --as text."
                yield Refusal(origin, InputError(origin, "no article text was found on the page", todo))
            else:
                yield self.make(origin)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The stand-in desk, in the place of the real one; and a terminal that knows nothing of ours."""
    stand_in = Desk()
    monkeypatch.setattr(dateline.desk, "read_all", stand_in.read_all)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    return stand_in


@pytest.fixture
def reading() -> Reading:
    return make_reading()
