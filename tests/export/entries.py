"""Entries, quotes and happenings made by hand, and words that would break a careless file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dateline.export import Page
from dateline.model import (
    Actor,
    Entry,
    Event,
    EventSource,
    EventType,
    Happening,
    NameType,
    Participant,
    Quote,
    ReportLine,
    Root,
    Span,
    Statement,
    Status,
    When,
    Where,
)

BEFORE = "Mayor meets envoy 🌊\n\n"
"""What stands before the sentence in every report made here; its wave is one code point, and two units of UTF-16."""

LINE = ReportLine(
    "r1", "ed1", "Mayor meets envoy 🌊", "The Example", "2023-09-17T12:26:00+01:00", "https://news.example/mayor"
)

HOSTILE = (
    "=HYPERLINK(\"http://evil.example\",\"x\")", "+1", "-1+1|cmd", "@SUM(A1)", "\t=1", "＝1", "a\r\nb\rc\nd",
    "tab\tbed", 'say "hi", and; go \\n home', "\x00null\x07bell\x1b[2J", "half \ud800 and \udfff", "\ufffe\uffff",
    "\u202edesrever\u2066", "שלום עולם", "<script>alert(1)</script>", "]]><!--&amp;&#0;",
    "END:VEVENT\r\nBEGIN:VEVENT", "é" * 200, "👩‍🚀" * 60,
    "\x85next\u2028line\u2029", "', '); DROP TABLE event;--", "",
)  # fmt: skip


def make_entry(
    words: str = "Ada Quill met Rob Stone in Exampleville on Friday, police said.",
    *,
    trigger: str = "met",
    actors: Sequence[str] = ("Ada Quill",),
    recipients: Sequence[str] = ("Rob Stone",),
    when: tuple[str, str] | None = ("Friday", "2023-09-15"),
    where: tuple[str, float | None, float | None] | None = ("Exampleville", 1.5, -2.25),
    source: str | None = "police",
    type: EventType = "CONSULT",
    status: Status = "happened",
    id: str = "0123456789abcdef",
    line: ReportLine = LINE,
) -> Entry:
    """An entry whose cells are found among its words; what does not stand there has no span."""
    at = len(BEFORE)

    def span(part: str) -> Span | None:
        start = words.find(part)
        return Span(at + start, at + start + len(part)) if part and start >= 0 else None

    event = Event(
        span(trigger) or Span(at, at + 1),
        (),
        type,
        "meet" if type == "CONSULT" else None,
        tuple(Participant(span(name), name) for name in actors),
        tuple(Participant(span(name), name) for name in recipients),
        When(span(when[0]), when[1]) if when else None,
        Where(span(where[0]), *where) if where else None,
        status,
        True,
        EventSource("attributed", span(source), source) if source is not None else EventSource("reporter"),
        0.75,
    )
    return Entry(id, "h1", line, event, Span(at, at + len(words)), words)


def make_quote(words: str = "Ada Quill met Rob Stone, police said.", *, said: str = "Ada Quill met Rob Stone") -> Quote:
    """A quote of the police."""
    at = len(BEFORE)
    content = Span(at + words.find(said), at + words.find(said) + len(said))
    source = Span(at + words.find("police"), at + words.find("police") + 6)
    statement = Statement(source, "the police", Span(source.end + 1, source.end + 5), content, "indirect")
    return Quote("q1", LINE, statement, Span(at, at + len(words)), words)


def make_page(*entries: Entry, quotes: Sequence[Quote] = (), kinds: Mapping[str, NameType] | None = None) -> Page:
    """A page of the report that these entries stand in, with what kind of thing some names are."""
    actors = tuple(Actor(f"a{n}", name, kind, (), ()) for n, (name, kind) in enumerate((kinds or {}).items()))
    words = [*(entry.words for entry in entries), *(quote.words for quote in quotes)]
    return Page(BEFORE + (words[0] if words else ""), "en", entries, tuple(quotes), actors)


def make_happening(*entries: Entry, **cells: Any) -> Happening:
    """A happening of these entries, with the head line of the first."""
    event = entries[0].event
    given: dict[str, Any] = {
        "id": "h1",
        "type": event.type,
        "status": event.status,
        "title": " ".join(entries[0].words.split())[:160],
        "when": event.when.value if event.when else None,
        "where": None,
        "actors": (),
        "recipients": (),
        "entries": entries,
        "roots": (Root("police", "police", "attributed", None, False, False, "said so", (entries[0].id,)),),
        "independent": 1,
        "disagreements": (),
    }
    return Happening(**{**given, **cells})


def make_hostile() -> list[Entry]:
    """Entries with each of the hostile words in every cell that a report can write."""
    return [
        make_entry(
            bad or "x",
            trigger=bad,
            actors=(bad, "Ada"),
            recipients=(bad,),
            when=(bad, "2023-09-15"),
            where=(bad, 1.5, -2.25),
            source=bad,
            id=f"{number:016x}",
            status="planned",
            line=ReportLine("r1", f"ed{number}", bad, bad, bad, bad),
        )
        for number, bad in enumerate(HOSTILE)
    ]
