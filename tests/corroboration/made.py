"""Small entries for tests, written by hand."""

from dateline.corroboration.groups import MACHINES
from dateline.model import (
    Entry,
    Event,
    EventSource,
    EventType,
    Judgement,
    Participant,
    ReportLine,
    Span,
    Status,
    Verdict,
    When,
    Where,
)
from dateline.reading.events.slots import find_slots


def entry(
    words: str,
    *,
    edition: str = "r1",
    type: EventType = "ASSAULT",
    who: tuple[str, ...] = (),
    whom: tuple[str, ...] = (),
    when: str | None = None,
    where: tuple[str, float, float] | None = None,
    status: Status = "happened",
    said_by: str | None = None,
    publisher: str | None = None,
    published: str | None = "2024-03-05T10:00:00+00:00",
    headline: str | None = None,
    origin: str | None = None,
    id: str | None = None,
    embedding: bytes = b"",
    also_words: tuple[str, ...] = (),
) -> Entry:
    """An entry of one sentence, its trigger in square brackets; it carries all that the sentence counts."""
    start = words.index("[")
    end = words.index("]") - 1
    plain = words.replace("[", "").replace("]", "")
    event = Event(
        trigger=Span(start, end),
        also=(),
        type=type,
        mode=None,
        actors=tuple(Participant(None, name) for name in who),
        recipients=tuple(Participant(None, name) for name in whom),
        when=When(Span(start, end), when) if when else None,
        where=Where(Span(start, end), *where) if where else None,
        status=status,
        main=True,
        source=EventSource("attributed", None, said_by) if said_by else EventSource("reporter"),
        confidence=0.8,
        slots=find_slots(plain),
        embedding=embedding,
        also_words=also_words,
    )
    line = ReportLine(edition, edition, headline, publisher, published, origin)
    return Entry(id or f"{edition}:{start}", None, line, event, Span(0, len(plain)), plain)


def judged(a: str, b: str, verdict: Verdict, confidence: float = 0.9, by: str = f"{MACHINES}en/1") -> Judgement:
    return Judgement(min(a, b), max(a, b), verdict, by, confidence, "", "2024-03-05T10:00:00+00:00")
