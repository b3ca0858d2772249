"""Readings that nobody had to read: well-formed, of known content, and made in well under a millisecond.

``reading_of([Told("Ada Quill", "met", whom="Rob Stone", when="2023-09-13")])`` writes a report of one sentence for each
thing told, with the layers that a reader would find in it. ``made_reading(7)`` tells of things drawn by chance, the
same for the same seed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

from msgspec.structs import replace

from dateline.model import (
    Actor,
    Block,
    Event,
    EventSource,
    EventType,
    Name,
    NameType,
    Participant,
    Place,
    Reading,
    Report,
    Span,
    Statement,
    Status,
    Timex,
    Toponym,
    When,
    Where,
    report_id,
)
from dateline.reading.events.slots import find_slots

BY = ("sentences.en/1", "names.en/1", "actors.en/1", "timexes.en/1", "toponyms.en/1", "statements.en/1", "events.en/1")

_FIRST = ("Ada", "Bo", "Chen", "Dina", "Emre", "Farah", "Goran", "Hana", "Ivo", "Jun", "Kofi", "Lena")
_LAST = ("Quill", "Stone", "Marsh", "Okoro", "Varga", "Lindt", "Haddad", "Petrov", "Sato", "Mbeki", "Costa", "Novak")
_BODIES = ("Harbour Union", "Ministry of Defence", "Civic Front", "Rivertown Council", "Example Wire", "Border Guard")
_SAYING = (("said", "Example Wire"), ("reported", "Coast Courier"), ("claimed", "the Ministry of Defence"))
_PUBLISHERS = ("The Coast Courier", "Example Wire", "Rivertown Post", "Examplia State Agency", "Daily Beacon")
_FILLER = re.findall(
    r"\w+",
    "the harbour bridge budget winter school hospital market road river factory committee report letter garden night"
    " morning season engineer driver teacher farmer crowd window paper signal station village quiet heavy narrow early"
    " careful former local public slowly later again nearby between under after before around without because while",
)
_VERBS: tuple[tuple[str, EventType], ...] = (
    ("met", "CONSULT"),
    ("attacked", "ASSAULT"),
    ("accused", "ACCUSE"),
    ("thanked", "SUPPORT"),
    ("helped", "AID"),
    ("warned", "THREATEN"),
    ("refused", "REJECT"),
    ("visited", "CONSULT"),
    ("fined", "SANCTION"),
    ("watched", "OTHER"),
)
_STATUSES: tuple[Status, ...] = ("happened", "happened", "happened", "ongoing", "planned", "possible", "denied")


@dataclass(frozen=True)
class Told:
    """One thing that a report tells: who did what, to whom, when and where, and on whose word."""

    who: str | None
    verb: str
    whom: str | None = None
    type: EventType = "CONSULT"
    when: str | None = None
    where: Place | None = None
    said_by: str | None = None
    status: Status = "happened"
    main: bool = False
    more: str = ""


@dataclass
class _Page:
    """A text that grows, and the layers found in it so far."""

    text: str = ""
    sentences: list[Span] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    mentions: dict[str, list[Span]] = field(default_factory=dict)
    timexes: list[Timex] = field(default_factory=list)
    toponyms: list[Toponym] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def write(self, words: str) -> Span:
        """Where the words stand, a space after what was there."""
        start = len(self.text) + (bool(self.text) and not self.text.endswith("\n"))
        self.text = f"{self.text}{' ' * (start - len(self.text))}{words}"
        return Span(start, len(self.text))

    def name(self, words: str, type_: NameType) -> Span:
        span = self.write(words)
        self.names.append(Name(span.start, span.end, type_))
        if type_ != "Location":
            self.mentions.setdefault(words, []).append(span)
        return span


def place(name: str, country: str, lat: float, lon: float, feature: str = "PPL") -> Place:
    """A place of our own making."""
    return Place(f"made:{name.lower()}", name, country, feature, lat, lon)


@cache
def places() -> tuple[Place, ...]:
    """Two hundred places all over the globe, the same each time."""
    dice = Random(5)  # noqa: S311
    # Some lie at the poles and on the date line on purpose.
    spots = [(89.9, 10.0), (-89.9, -70.0), (10.0, 179.9), (10.0, -179.9)]
    spots += [(round(dice.uniform(-60, 70), 4), round(dice.uniform(-180, 180), 4)) for _ in range(196)]
    countries = ("RU", "KP", "EG", "BR", "FJ")
    return tuple(place(f"Town{n} Bay", countries[n % 5], lat, lon) for n, (lat, lon) in enumerate(spots))


def reading_of(
    told: Sequence[Told],
    *,
    publisher: str | None = "The Coast Courier",
    published: str | None = "2023-09-17T12:26:00+01:00",
    origin: str | None = None,
    headline: str | None = "A quiet week",
    by: tuple[str, ...] = BY,
) -> Reading:
    """A reading of a report with one sentence for each thing told, each a paragraph of its own."""
    page = _Page()
    blocks = []
    if headline:
        span = page.write(headline)
        page.sentences.append(span)
        blocks.append(Block(span.start, span.end, "headline"))
        page.text += "\n\n"
    for each in told:
        start = len(page.text)
        _tell(page, each)
        blocks.append(Block(start, len(page.text), "paragraph"))
        page.text += "\n\n"
    text = page.text.rstrip("\n")
    report = Report(report_id(origin, text), text, tuple(blocks), origin, publisher, published)
    return _reading(report, page, by)


def _tell(page: _Page, told: Told) -> None:
    start = len(page.text)
    actors = (Participant(page.name(told.who, "Person"), told.who),) if told.who else ()
    trigger = page.write(told.verb)
    recipients = (Participant(page.name(told.whom, "Person"), told.whom),) if told.whom else ()
    where = _place(page, told.where) if told.where else None
    when = None
    if told.when:
        page.write("on")
        span = page.write(told.when.replace("/", " to "))
        page.timexes.append(Timex(span.start, span.end, "DATE", told.when, "explicit"))
        when = When(span, told.when)
    if told.more:
        page.write(told.more)
    source = EventSource("reporter")
    if told.said_by:
        content = Span(start, len(page.text))
        page.text += ","
        speaker, cue = page.name(told.said_by, "Organization"), page.write("said")
        page.statements.append(Statement(speaker, told.said_by, cue, content, "indirect", (told.said_by,)))
        source = EventSource("attributed", speaker, told.said_by)
    page.text += "."
    page.sentences.append(Span(start, len(page.text)))
    slots = tuple(
        replace(slot, span=Span(start + slot.span.start, start + slot.span.end))
        for slot in find_slots(page.text[start:])
    )
    page.events.append(
        Event(
            trigger,
            (),
            told.type,
            None,
            actors,
            recipients,
            when,
            where,
            told.status,
            told.main,
            source,
            0.75,
            slots=slots,
        )
    )


def _place(page: _Page, where: Place) -> Where:
    page.write("in")
    span = page.name(where.name, "Location")
    page.toponyms.append(Toponym(span.start, span.end, where.name, where, 0.9))
    return Where(span, where.name, where.lat, where.lon)


def _reading(report: Report, page: _Page, by: tuple[str, ...]) -> Reading:
    actors = tuple(
        Actor(f"a{number}", name, "Person", (), tuple(spans), ("the full name",) * len(spans))
        for number, (name, spans) in enumerate(page.mentions.items(), 1)
    )
    return Reading(
        report,
        sentences=tuple(page.sentences),
        names=tuple(page.names),
        actors=actors,
        timexes=tuple(page.timexes),
        toponyms=tuple(page.toponyms),
        statements=tuple(page.statements),
        events=tuple(page.events),
        by=by,
    )


def made_reading(
    seed: int,
    *,
    text: str | None = None,
    events: int = 15,
    publisher: str | None = None,
    published: str | None = None,
    origin: str | None = None,
) -> Reading:
    """A reading drawn by chance, the same for the same seed; of a given text where one is given.

    A given text is cut into a paragraph a line and a sentence a full stop, and the second word of each sentence is an
    event that its first word did.
    """
    dice = Random(seed)  # noqa: S311
    day = date(2023, 1, 1) + timedelta(dice.randrange(365))
    published = published or f"{day}T{dice.randrange(24):02}:{dice.randrange(60):02}:00+00:00"
    publisher = publisher or dice.choice(_PUBLISHERS)
    if text is not None:
        return _reading_of_text(dice, text, events, publisher, published, origin)
    told = [told_by_chance(dice, day) for _ in range(events)]
    origin = origin or f"https://news.example/{seed}"
    headline = f"{' '.join(dice.choices(_FILLER, k=6)).capitalize()} {seed}"
    return reading_of(told, publisher=publisher, published=published, origin=origin, headline=headline)


def told_by_chance(dice: Random, day: date) -> Told:
    """Something that happened on about that day."""
    verb, type_ = dice.choice(_VERBS)
    near = day - timedelta(int(dice.expovariate(0.5)))
    week = near.isocalendar()
    values: tuple[str | None, ...] = (f"{near}", f"{near}", f"{near}T10:00", "PAST_REF", None)
    values += (f"{near:%Y-%m}", f"{week[0]}-W{week[1]:02}", f"{near:%Y}", f"{near - timedelta(3)}/{near}")
    return Told(
        who=dice.choice((None, _person(dice), _person(dice), _person(dice), dice.choice(_BODIES))),
        verb=verb,
        whom=dice.choice((None, _person(dice), dice.choice(_BODIES))),
        type=type_,
        when=dice.choice(values),
        where=dice.choice((None, dice.choice(places()))),
        said_by=dice.choice((None, None, _person(dice), dice.choice(_SAYING)[1])),
        status=dice.choice(_STATUSES),
        main=dice.random() < 0.2,
        more=" ".join(dice.choices(_FILLER, k=dice.randrange(8, 40))),
    )


def _person(dice: Random) -> str:
    # Some names are everywhere and most are rare, as in the news.
    number = int(dice.paretovariate(0.7))
    first, last = _FIRST[number % 12], _LAST[number // 12 % 12]
    return f"{first} {last}" if number < 144 else f"{first} {last} {number % 100_000}"


def _reading_of_text(
    dice: Random, text: str, events: int, publisher: str, published: str, origin: str | None
) -> Reading:
    page = _Page(text)
    blocks = tuple(Block(m.start(), m.end(), "paragraph") for m in re.finditer(r"[^\n]*\S[^\n]*", text))
    for block in blocks:
        for match in re.finditer(r"\S[^.!?]*[.!?]*", text[block.start : block.end]):
            start = block.start + match.start()
            page.sentences.append(Span(start, start + len(match[0])))
            words = [Span(start + w.start(), start + w.end()) for w in re.finditer(r"\w+", match[0])]
            if len(words) > 1 and len(page.events) < events:
                page.events.append(_event_of_words(dice, text, words))
    return _reading(Report(report_id(origin, text), text, blocks, origin, publisher, published), page, BY)


def _event_of_words(dice: Random, text: str, words: list[Span]) -> Event:
    doers = (Participant(words[0], words[0].of(text)),)
    status = dice.choice(_STATUSES)
    return Event(words[1], (), "OTHER", None, doers, (), None, None, status, False, EventSource("reporter"), 0.5)
