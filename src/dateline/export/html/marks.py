"""The layers laid over the text as marks, and the text cut into segments at every edge of a mark.

HTML cannot hold marks that overlap, and layers do: so the text is a row of segments, and each segment wears all the
marks that cover it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from dateline.export.outline import one_line, outline_voices
from dateline.model import Event, Reading, Span, Timex, Toponym

NAME_CLASSES = {"Person": "person", "Organization": "org", "NORP": "org", "Location": "land", "Facility": "land"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text and what a layer says of it.

    ``key`` is the row that rests on these words and the part they play in it ("e3.trigger"); ``href`` leads there.
    """

    span: Span
    classes: tuple[str, ...]
    key: str | None = None
    title: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under one and the same marks; ``anchor`` says that a mark begins here."""

    span: Span
    marks: tuple[Mark, ...]
    anchor: bool


def find_marks(reading: Reading) -> list[Mark]:
    """All marks of a reading, layer by layer; a span that is empty or outside the text is none."""
    length = len(reading.text)
    return [mark for mark in _all_marks(reading) if stands_in(mark.span, length)]


def stands_in(span: Span | None, length: int) -> bool:
    """Whether a span holds at least one character, and none beyond a text of this length."""
    return span is not None and 0 <= span.start < span.end <= length


def _all_marks(reading: Reading) -> Iterator[Mark]:
    yield from _mark_statements(reading)
    yield from _mark_names(reading)
    for timex in reading.timexes:
        yield Mark(timex.span, ("timex",), title=_explain(timex))
    for toponym in reading.toponyms:
        yield Mark(toponym.span, ("toponym",), title=_describe(toponym))
    for number, event in enumerate(reading.events, start=1):
        yield from _mark_event(number, event)
    for block in reading.report.blocks:
        if block.credit:
            yield Mark(block.credit, ("credit",))


def _mark_statements(reading: Reading) -> Iterator[Mark]:
    voices = outline_voices(reading)
    voice_of = {id(statement): number for number, voice in enumerate(voices) for statement in voice.statements}
    for number, statement in enumerate(reading.statements, start=1):
        voice = f"v{voice_of[id(statement)]}"
        tint = f"tint{voice_of[id(statement)] % 6}"
        yield Mark(statement.content, ("content", voice, tint), f"s{number}.content")
        for part, span in (("source", statement.source), ("cue", statement.cue)):
            if span:
                yield Mark(
                    span, (part, voice, tint), f"s{number}.{part}", href=f"#s{number}" if part == "cue" else None
                )


def _mark_names(reading: Reading) -> Iterator[Mark]:
    for name in reading.names:
        yield Mark(name.span, ("name", NAME_CLASSES.get(name.type, "other")), title=name.type)
    for number, actor in enumerate(reading.actors, start=1):
        for mention in actor.mentions:
            kind = NAME_CLASSES.get(actor.type, "other")
            yield Mark(mention, ("name", kind), f"a{number}.mention", title=f"{one_line(actor.name)} ({actor.type})")


def _mark_event(number: int, event: Event) -> Iterator[Mark]:
    """The trigger and other mentions of an event, and every cell of it that rests on words."""
    key = f"e{number}"
    weight = ("main",) if event.main else ()
    yield Mark(
        event.trigger, ("event", event.status, *weight), f"{key}.trigger", f"{event.type}, {event.status}", f"#{key}"
    )
    for span in event.also:
        yield Mark(span, ("event", "also", event.status), f"{key}.also", f"{event.type}, told again", f"#{key}")
    cells = [("actor", one.span) for one in event.actors] + [("recipient", one.span) for one in event.recipients]
    cells += [("when", event.when.span)] if event.when else []
    cells += [("where", event.where.span)] if event.where else []
    cells += [("word", event.source.span)]
    cells += [("kind", span) for span in event.evidence.type] + [("status", span) for span in event.evidence.status]
    cells += [("slot", slot.span) for slot in event.slots]
    yield from (Mark(span, (), f"{key}.{part}") for part, span in cells if span)


def _explain(timex: Timex) -> str:
    value = f"{timex.type} {timex.value or 'without a value'}"
    return f"{value}, from {one_line(timex.resolved_from)}" if timex.resolved_from else value


def _describe(toponym: Toponym) -> str:
    if toponym.place is None:
        return f"{one_line(toponym.name)}: not in the gazetteer"
    place = toponym.place
    land = f", {place.country}" if place.country else ""
    holder = f"{one_line(toponym.name)}, in " if toponym.container else ""
    return f"{holder}{one_line(place.name)}{land} ({place.lat:.2f}, {place.lon:.2f})"


def cut(length: int, marks: Iterable[Mark], edges: Iterable[int] = ()) -> Iterator[Segment]:
    """The text of a length as segments in order, cut at every edge of a mark and at the other edges given."""
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    known = list(marks)
    for index, mark in enumerate(known):
        opening.setdefault(mark.span.start, []).append(index)
        closing.setdefault(mark.span.end, []).append(index)
    inner = {edge for edge in (*opening, *closing, *edges) if 0 < edge < length}
    bounds = sorted(inner | {0, length})
    active: dict[int, Mark] = {}
    for start, end in pairwise(bounds):
        for index in closing.get(start, ()):
            active.pop(index, None)
        for index in opening.get(start, ()):
            active[index] = known[index]
        yield Segment(Span(start, end), tuple(active.values()), start in opening)
