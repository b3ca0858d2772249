"""Makes reports, and readings of reports, out of the sentences of others: of real size, with real names, in any number.

So many reports are published a day, whatever their number, as in the news: a larger archive is a longer one. Days that
events are dated to keep their distance to the day of publication.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from msgspec.structs import replace

from dateline.model import Block, Event, Reading, Report, Span, Statement, Timex, When

A_DAY = 20
"""How many reports are published a day."""

FIRST_DAY = date(2010, 1, 1)

SENTENCES = (6, 24)
"""The fewest and the most sentences of a report; the dev texts have some 15 on average."""

PUBLISHERS = tuple(f"{place} {kind}" for place in ("Coast", "River", "Capital", "North", "Harbour", "Valley")
                   for kind in ("Courier", "Post", "Wire", "Herald", "Times"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence, and what was read in it; all spans count from its beginning. ``day`` is when it was published."""

    words: str
    day: date
    reading: Reading


def day_of(number: int) -> date:
    """The day on which the report of a number is published."""
    return FIRST_DAY + timedelta(number // A_DAY)


def read_texts(bench: Path) -> list[dict[str, Any]]:
    """The rows of the dev texts: newswire reports, Wikinews, and the reports of the ledger's own benchmark."""
    rows = []
    for layer in ("ledger", "names", "places", "attribution"):
        with (bench / layer / "dev.jsonl").open(encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines if line.strip()]
    return rows


def cut(reading: Reading) -> Iterator[Piece]:
    """The sentences of a reading, each with what was read in it."""
    day = date.fromisoformat(str(reading.report.published)[:10])
    for sentence in reading.sentences:
        words = sentence.of(reading.text)
        if 20 <= len(words) <= 600:
            yield Piece(words, day, _part(reading, sentence))


def _part(reading: Reading, sentence: Span) -> Reading:
    start, end = sentence

    def inside(span: Span | None) -> bool:
        return span is not None and start <= span.start and span.end <= end

    part = Reading(
        Report("", sentence.of(reading.text), ()),
        sentences=(sentence,),
        names=tuple(name for name in reading.names if inside(name.span)),
        timexes=tuple(timex for timex in reading.timexes if inside(timex.span)),
        toponyms=tuple(toponym for toponym in reading.toponyms if inside(toponym.span)),
        statements=tuple(s for s in reading.statements if all(map(inside, filter(None, (s.source, s.cue, s.content))))),
        events=tuple(_within(event, inside) for event in reading.events if inside(event.trigger)),
    )
    return _moved(part, -start, 0)


def _within(event: Event, inside: Any) -> Event:
    """The event without the words that stand in other sentences."""

    def cut_off(thing: Any) -> Any:
        return thing if thing is None or inside(thing.span) else replace(thing, span=None)

    return replace(
        event,
        also=(),
        actors=tuple(map(cut_off, event.actors)),
        recipients=tuple(map(cut_off, event.recipients)),
        when=cut_off(event.when),
        where=cut_off(event.where),
        source=cut_off(event.source),
        evidence=type(event.evidence)(),
    )


def _moved(part: Reading, by: int, days: int) -> Reading:
    """What was read, so many characters further on and so many days later."""

    def span(old: Span | None) -> Any:
        return Span(old.start + by, old.end + by) if old is not None else None

    def spanned(thing: Any) -> Any:
        return replace(thing, span=span(thing.span)) if thing is not None and thing.span is not None else thing

    def statement(old: Statement) -> Statement:
        return replace(old, source=span(old.source), cue=span(old.cue), content=span(old.content))

    def event(old: Event) -> Event:
        when: When | None = spanned(old.when)
        return replace(
            old,
            trigger=span(old.trigger),
            actors=tuple(map(spanned, old.actors)),
            recipients=tuple(map(spanned, old.recipients)),
            when=replace(when, value=_later(when.value, days)) if when is not None else None,
            where=spanned(old.where),
            source=spanned(old.source),
        )

    def timex(old: Timex) -> Timex:
        value = _later(old.value, days) if old.value else None
        return replace(old, start=old.start + by, end=old.end + by, value=value)

    return replace(
        part,
        sentences=tuple(map(span, part.sentences)),
        names=tuple(replace(name, start=name.start + by, end=name.end + by) for name in part.names),
        timexes=tuple(map(timex, part.timexes)),
        toponyms=tuple(replace(each, start=each.start + by, end=each.end + by) for each in part.toponyms),
        statements=tuple(map(statement, part.statements)),
        events=tuple(map(event, part.events)),
    )


def _later(value: str, days: int) -> str:
    """A day so many days later; what is no day stays."""
    try:
        return f"{date.fromisoformat(value[:10]) + timedelta(days)}{value[10:]}"
    except (ValueError, OverflowError):
        return value


class Recombiner:
    """Makes the reading of any number out of pieces: the same for the same number."""

    def __init__(self, pieces: Iterable[Piece], by: Sequence[str]) -> None:
        self._pieces = tuple(pieces)
        self._by = tuple(by)

    def __call__(self, number: int) -> Reading:
        """The reading of the report of a number."""
        dice = Random(number)  # noqa: S311
        day = day_of(number)
        parts: list[Reading] = []
        texts: list[str] = []
        at = 0
        for piece in dice.sample(self._pieces, dice.randint(*SENTENCES)):
            parts.append(_moved(piece.reading, at, (day - piece.day).days))
            texts.append(piece.words)
            at += len(piece.words) + 2
        text = "\n\n".join(texts)
        spans = [span for part in parts for span in part.sentences]
        kinds = ("headline", *("paragraph" for _ in spans[1:]))
        report = Report(
            id=f"{number:016x}",
            text=text,
            blocks=tuple(Block(*span, kind) for span, kind in zip(spans, kinds, strict=True)),  # type: ignore[arg-type]
            origin=f"https://news.example/{number}",
            publisher=dice.choice(PUBLISHERS),
            published=f"{day}T{dice.randrange(24):02}:00:00+00:00",
        )
        layers = ("sentences", "names", "timexes", "toponyms", "statements", "events")
        found: dict[str, Any] = {layer: tuple(x for part in parts for x in getattr(part, layer)) for layer in layers}
        return Reading(report, by=self._by, **found)


def recombined_text(sentences: Sequence[str], number: int) -> str:
    """The text of the report of a number."""
    dice = Random(number)  # noqa: S311
    return "\n\n".join(dice.sample(sentences, dice.randint(*SENTENCES)))
