"""A reading laid out for people: events in the order of time, statements by source, furniture by sort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.export.slots import tell_slot
from dateline.export.times import show_time, when_of
from dateline.model import Actor, Block, BlockKind, Distance, Event, Participant, Reading, Span, Statement, Toponym

REPORTER = "reporter"
"""What stands where an event rests on the reporter's own word."""

UNNAMED = "someone unnamed"
"""What stands where words are attributed, and the report names nobody."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as a row of the events table, its number counting the events in the order of the text from 1."""

    number: int
    event: Event
    when: str | None
    who: str
    what: str
    whom: str
    where: str | None
    word: str

    @property
    def carried(self) -> tuple[str, ...]:
        """The counts, amounts and equipment that the event carries, in words."""
        return tuple(dict.fromkeys(tell_slot(slot) for slot in self.event.slots))


@dataclass(frozen=True, slots=True)
class Voice:
    """One source and what it said, in the order of the text."""

    name: str | None
    statements: tuple[Statement, ...]

    @property
    def title(self) -> str:
        """The source's name, or what stands for it."""
        return self.name or UNNAMED


def outline_events(reading: Reading) -> list[EventRow]:
    """The events in the order of time; those without a date after the others, in the order of the text."""
    rows = [_row(number, event, reading.text) for number, event in enumerate(reading.events, start=1)]
    times = {row.number: when_of(row.event.when.value) if row.event.when else None for row in rows}
    return sorted(rows, key=lambda row: (times[row.number] is None, times[row.number] or (), row.event.trigger.start))


def _row(number: int, event: Event, text: str) -> EventRow:
    return EventRow(
        number=number,
        event=event,
        when=show_time(event.when.value) if event.when else None,
        who=list_names(event.actors),
        what=one_line(event.trigger.of(text)),
        whom=list_names(event.recipients),
        where=one_line(event.where.name) if event.where else None,
        word=REPORTER if event.source.kind == "reporter" else one_line(event.source.name or UNNAMED),
    )


def list_names(participants: Iterable[Participant]) -> str:
    """The full names of participants as a list in words, each named once.

    >>> list_names([Participant(None, "Kim"), Participant(None, "Putin"), Participant(None, "Shoigu")])
    'Kim, Putin and Shoigu'
    """
    names = list(dict.fromkeys(one_line(participant.name) for participant in participants))
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""


def one_line(text: str) -> str:
    """Words on one line, with single spaces.

    >>> one_line("heads\\n home")
    'heads home'
    """
    return " ".join(text.split())


def tell_role(toponym: Toponym, text: str) -> Iterator[str]:
    """What a place name does, where it does not simply name the place: "embedded in Houston Rockets"."""
    if toponym.inside is not None:
        yield f"embedded in {one_line(toponym.inside.of(text))}"
    elif toponym.role != "literal":
        yield toponym.role


def tell_place(toponym: Toponym, text: str) -> str:
    """The place that a name stands for or that it lies in, and what the name does where it does not just name it."""
    place = toponym.place
    if place is None:
        return "not in the gazetteer"
    name = one_line(f"{place.name}, {place.country}" if place.country else place.name)
    name = f"in {name} (not itself in the gazetteer)" if toponym.container else name
    return " · ".join((name, *tell_role(toponym, text)))


def tell_distance(distance: Distance, text: str) -> str:
    """A distance that the report states, beside what the map says."""
    one, other = (one_line(span.of(text)) for span in distance.between)
    verdict = "agrees with the map" if distance.agrees else "does not agree with the map"
    way = f", {distance.direction}" if distance.direction else ""
    said = one_line(distance.span.of(text))
    return f"{one} – {other}: “{said}{way}” {verdict}, where they lie {distance.measured:,.0f} km apart"


def outline_voices(reading: Reading) -> list[Voice]:
    """Who said what: the sources in the order in which they are first heard, each with all that it said."""
    said: dict[str | None, list[Statement]] = {}
    for statement in reading.statements:
        said.setdefault(voice_of(statement, reading.text), []).append(statement)
    return [Voice(name, tuple(statements)) for name, statements in said.items()]


def voice_of(statement: Statement, text: str) -> str | None:
    """The name of a statement's source, the words for it where no name is known, or None where there are neither."""
    return one_line(statement.source_name or (statement.source.of(text) if statement.source else "")) or None


def bearing_of(statement: Statement) -> str:
    """How a source stands to what it says and what sort of thing that is, in words; "" for what it plainly asserts."""
    usual = {"asserts": "claim", "promises": "commitment", "demands": "demand", "evaluates": "characterisation"}
    plain = "" if statement.stance == "asserts" else statement.stance
    kind = "" if usual.get(statement.stance, "claim") == statement.kind else f"a {statement.kind}"
    return ": ".join(part for part in (plain, kind) if part)


def outline_actors(reading: Reading) -> list[tuple[int, Actor]]:
    """The actors with their numbers, counted from 1 as the reading has them; those first that are mentioned most."""
    return sorted(enumerate(reading.actors, start=1), key=lambda pair: -len(pair[1].mentions))


def outline_aside(reading: Reading) -> dict[str, list[Block]]:
    """What was set aside: the blocks of page furniture by their sort, in the order of the text."""
    aside: dict[str, list[Block]] = {}
    for block in blocks_of(reading, "furniture"):
        aside.setdefault(block.sort or "other", []).append(block)
    return aside


def blocks_of(reading: Reading, kind: BlockKind) -> list[Block]:
    """The blocks of one kind, in the order of the text."""
    return [block for block in reading.report.blocks if block.kind == kind]


def layer_read(reading: Reading, layer: str) -> bool:
    """Whether an annotator of a layer has read the report: tells "none found" from "not read"."""
    return any(name.split(".", 1)[0] == layer for name in reading.by)


def first_words(text: str, span: Span, length: int = 60) -> str:
    """The first words of a span on one line, with an ellipsis where there are more.

    >>> first_words("Your support helps us", Span(0, 21), 14)
    'Your support…'
    """
    words = one_line(text[span.start : min(span.end, span.start + 4 * length)])
    if len(words) <= length and span.end <= span.start + 4 * length:
        return words
    cut = words[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:–—-") + "…"
