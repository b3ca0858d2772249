"""Traces each cell of an event to the words that it rests on and to who put it there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from dateline.export.hedges import FIELD_OF, confidence_of
from dateline.export.reasons import EXPLICIT, reason
from dateline.model import Backing, Correction, Entry, Participant, Reading, Span, event_id

LAYER_OF = {"when": "timexes", "where": "toponyms", "who": "actors", "whom": "actors"}
"""The layer whose annotator gave a cell its value; all others are of the events' own."""


def find_backings(entry: Entry, reading: Reading, corrections: Sequence[Correction] = ()) -> tuple[Backing, ...]:
    """What each filled cell of an entry rests on, in the order in which the cells are shown."""
    return _Tracer(entry, reading, {each.field: each for each in corrections}).trace()


class _Tracer:
    """Traces the cells of one entry in the reading that it stands in."""

    def __init__(self, entry: Entry, reading: Reading, corrections: dict[str, Correction]) -> None:
        self._entry = entry
        self._reading = reading
        self._corrections = corrections
        self._sentences = sorted(reading.sentences)

    def trace(self) -> tuple[Backing, ...]:
        return tuple(self._cells())

    def _cells(self) -> Iterator[Backing]:
        event = self._entry.event
        yield self._cell("what", event.trigger.of(self._reading.text), event.trigger)
        yield from self._named("who", event.actors)
        yield from self._named("whom", event.recipients)
        yield self._cell("type", event.type + (f"/{event.mode}" if event.mode else ""), *event.evidence.type[:1])
        if event.when:
            yield self._cell("when", event.when.value, event.when.span, because=self._time(event.when.span))
        if event.where:
            yield self._cell("where", event.where.name, event.where.span, because=self._place(event.where.span))
        yield self._cell("status", event.status, *event.evidence.status[:1])
        source = event.source
        if source.kind == "attributed":
            through = f"through {', citing '.join(source.chain)}" if source.chain else None
            yield self._cell("source", source.name or "someone unnamed", source.span, because=through)
        else:
            yield self._cell("source", "reporter", because="nobody else is cited for it")

    def _named(self, cell: str, participants: Iterable[Participant]) -> Iterator[Backing]:
        for one in participants:
            yield self._cell(cell, one.name, one.span, because=self._actor(one))

    def _cell(self, cell: str, value: str, span: Span | None = None, *, because: str | None = None) -> Backing:
        correction = self._corrections.get(FIELD_OF.get(cell, cell))
        if correction is not None:
            return Backing(cell, value, None, None, None, correction.by, self._own(cell, correction))
        words = span.of(self._reading.text) if span else None
        sure = confidence_of(self._entry.event, cell, value)
        return Backing(cell, value, span, words, self._elsewhere(span), self._annotator(cell), because, sure)

    def _annotator(self, cell: str) -> str:
        layer = LAYER_OF.get(cell, "events")
        return next((name for name in self._reading.by if name.startswith(f"{layer}.")), layer)

    def _own(self, cell: str, correction: Correction) -> str:
        """When a cell was corrected, and what the machine had read there."""
        edition, trigger = self._entry.report.edition, self._entry.event.trigger
        found = (each for each in self._reading.events if event_id(edition, each.trigger) == self._entry.id)
        event = next(found, None)
        if event is None or event.trigger != trigger:
            return f"corrected by hand, {correction.at}"
        if getattr(event, correction.field) == getattr(self._entry.event, correction.field):
            return f"confirmed by hand, {correction.at}"
        own = {
            "who": ", ".join(one.name for one in event.actors),
            "whom": ", ".join(one.name for one in event.recipients),
            "type": event.type,
            "when": event.when.value if event.when else "",
            "where": event.where.name if event.where else "",
            "status": event.status,
            "source": event.source.name or event.source.kind,
        }.get(cell, "")
        return f"corrected by hand, {correction.at}; the machine read {own or 'nothing'}"

    def _elsewhere(self, span: Span | None) -> str | None:
        """The sentence that a span stands in, where it is not the event's own."""
        if span is None or self._entry.sentence.start <= span.start < self._entry.sentence.end:
            return None
        at = bisect_right(self._sentences, span.start, key=lambda sentence: sentence.start) - 1
        if at < 0 or span.start >= self._sentences[at].end:
            return None
        return self._sentences[at].of(self._reading.text)

    def _time(self, span: Span | None) -> str | None:
        timex = next((each for each in self._reading.timexes if each.span == span), None)
        if timex is None or timex.resolved_from is None:
            return "told by the sentences around" if span is None else None
        return "in so many words" if timex.resolved_from == EXPLICIT else reason(self._reading, timex)

    def _place(self, span: Span | None) -> str | None:
        place = next((each.place for each in self._reading.toponyms if each.span == span and each.place), None)
        if place is None:
            return "told by the sentences around" if span is None else None
        return f"{place.name}, {place.country or 'no country'}; {place.lat:.2f}, {place.lon:.2f}; {place.id}"

    def _actor(self, one: Participant) -> str | None:
        """The name in full, where the words are another ("he"), and how often the report mentions its bearer."""
        if one.span is None:
            return "understood; not named beside it"
        found = (each for each in self._reading.actors if one.span in each.mentions)
        actor = next(found, None)
        if actor is None or one.span.of(self._reading.text) == one.name:
            return None
        roles = f", {actor.roles[0]}" if actor.roles else ""
        return f"{actor.name}{roles}, mentioned {len(actor.mentions)} times"
