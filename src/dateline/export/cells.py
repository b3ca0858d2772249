"""An entry laid flat: one row of plain cells, and the helpers that every form for programs is written with."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from dateline.export.hedges import confidence_of
from dateline.export.outline import one_line
from dateline.export.slots import lay_flat
from dateline.lexicon.cameo import find_cameo
from dateline.model import Cameo, Entry, Event, EventType, Participant, Quote, Span, Status
from dateline.model.timex_values import interval

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML, iCalendar and UTF-8 cannot hold, or that end a table early."""

_HALF = re.compile("[\ud800-\udfff]")

TITLE = 120
"""The most characters of a heading; what is longer is cut there."""


class Row(Struct, frozen=True):
    """One entry as a row of a table; the fields are the columns, in order. What is unknown is None.

    ``first`` and ``last`` are the days that ``when`` names. The ``…_words`` are the very words of the report; they are
    None where no words say it, or where the words stand in another sentence than the trigger. ``slots`` tells each
    thing that the event carries as kind, fate, unit, range and words; kinds and countries are those that are known.
    ``confidence`` is that of the event; the ``…_confidence`` are those of its cells if it is one.
    """

    id: str
    happening: str | None
    type: EventType
    mode: str | None
    status: Status
    main: bool
    trigger: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    when: str | None
    when_words: str | None
    first: date | None
    last: date | None
    where: str | None
    where_words: str | None
    lat: float | None
    lon: float | None
    source_kind: str
    source: str | None
    source_words: str | None
    confidence: float | None
    words: str
    headline: str | None
    publisher: str | None
    published: str | None
    origin: str | None
    report: str
    edition: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    corrected: tuple[str, ...]
    slots: tuple[str, ...]
    cameo_root: str | None
    cameo: str | None
    actor_kinds: tuple[str, ...]
    actor_countries: tuple[str, ...]
    recipient_kinds: tuple[str, ...]
    recipient_countries: tuple[str, ...]
    type_confidence: float | None
    status_confidence: float | None
    source_confidence: float | None
    when_confidence: float | None
    where_confidence: float | None
    actor_confidences: tuple[float, ...]
    recipient_confidences: tuple[float, ...]


COLUMNS: tuple[str, ...] = Row.__struct_fields__


def row_of(entry: Entry) -> Row:
    """The row of an entry."""
    event, line = entry.event, entry.report
    days = days_of(entry)
    point = point_of(entry)
    code = cameo_of(event)
    return Row(
        id=entry.id,
        happening=entry.happening,
        type=event.type,
        mode=event.mode,
        status=event.status,
        main=event.main,
        trigger=words_at(entry, event.trigger) or "",
        actors=names_of(entry, "actors"),
        recipients=names_of(entry, "recipients"),
        when=event.when.value if event.when else None,
        when_words=words_at(entry, event.when.span) if event.when else None,
        first=days[0] if days else None,
        last=days[1] if days else None,
        where=event.where.name if event.where else None,
        where_words=words_at(entry, event.where.span) if event.where else None,
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        source_kind=event.source.kind,
        source=event.source.name,
        source_words=words_at(entry, event.source.span),
        confidence=event.confidence if math.isfinite(event.confidence) else None,
        words=entry.words,
        headline=line.headline,
        publisher=line.publisher,
        published=line.published,
        origin=line.origin,
        report=line.report,
        edition=line.edition,
        start=event.trigger.start,
        end=event.trigger.end,
        sentence_start=entry.sentence.start,
        sentence_end=entry.sentence.end,
        corrected=entry.corrected,
        slots=tuple(lay_flat(slot) for slot in event.slots),
        cameo_root=code.root if code else None,
        cameo=code.code if code else None,
        actor_kinds=_told(event.actors, "kind"),
        actor_countries=_told(event.actors, "country"),
        recipient_kinds=_told(event.recipients, "kind"),
        recipient_countries=_told(event.recipients, "country"),
        type_confidence=confidence_of(event, "type"),
        status_confidence=confidence_of(event, "status"),
        source_confidence=confidence_of(event, "source"),
        when_confidence=confidence_of(event, "when"),
        where_confidence=confidence_of(event, "where"),
        actor_confidences=event.confidences.actors if event.confidences else (),
        recipient_confidences=event.confidences.recipients if event.confidences else (),
    )


def _told(participants: Iterable[Participant], what: str) -> tuple[str, ...]:
    """The kinds, or the countries, that are known of participants, each once."""
    known = (getattr(one, what) for one in participants)
    return tuple(dict.fromkeys(value for value in known if value is not None))


def cameo_of(event: Event) -> Cameo | None:
    """The event's code in CAMEO; of what was read before there were any, or corrected since, as its type tells it."""
    return event.cameo or find_cameo(event.type, event.mode, by={one.kind for one in event.actors if one.kind})


def words_at(entry: Entry | Quote, span: Span | None) -> str | None:
    """The very words at a span; None where there is no span, or it reaches out of the sentence that is at hand."""
    # A span that was written by hand, as a correction, may run backwards.
    if span is None or span.start > span.end or not entry.sentence.covers(span):
        return None
    return entry.words[span.start - entry.sentence.start : span.end - entry.sentence.start]


def names_of(entry: Entry, slot: str) -> tuple[str, ...]:
    """The names of the actors or the recipients, on one line each, and each once."""
    return tuple(dict.fromkeys(one_line(one.name) for one in getattr(entry.event, slot)))


def days_of(entry: Entry) -> tuple[date, date] | None:
    """The first and the last day of an entry's time; None where it has no time, or one that names no days."""
    return interval(entry.event.when.value) if entry.event.when else None


def point_of(entry: Entry) -> tuple[float, float] | None:
    """The latitude and longitude of an entry's place; None where they are not known, or are none of this globe."""
    where = entry.event.where
    if where is None or where.lat is None or where.lon is None:
        return None
    return (where.lat, where.lon) if abs(where.lat) <= 90 and abs(where.lon) <= 180 else None


def title_of(entry: Entry) -> str:
    """A heading for an entry: "Ada Quill · met · Rob Stone", or its sentence where it names nobody.

    What did not simply happen says so at its beginning: a list of headings without it would tell a denied attack like
    one that took place.
    """
    return headed(entry.event.status, title_words(entry))


def title_words(entry: Entry) -> str:
    """What a heading says of an entry, without its status. A sentence may tell of several."""
    who, whom = (", ".join(names_of(entry, slot)) for slot in ("actors", "recipients"))
    did = one_line(words_at(entry, entry.event.trigger) or "")
    parts = [part for part in (who, did, whom) if part]
    return shortened(" · ".join(parts) if did and len(parts) > 1 else one_line(entry.words))


def headed(status: Status, words: str) -> str:
    """A heading, with the status before it of all that did not simply happen."""
    return words if status == "happened" else f"[{status}] {words}"


def shortened(words: str) -> str:
    """The words, cut where they are too long for a heading."""
    return words if len(words) <= TITLE else f"{words[: TITLE - 1].rstrip()}…"


def word_of(entry: Entry) -> str:
    """On whose word an entry rests, in words: "on the word of KCNA, printed by The Example"."""
    source = entry.event.source
    name = one_line(source.name or "") or "someone unnamed"
    told = f"on the word of {name}" if source.kind == "attributed" else "in the report's own words"
    return f"{told}, printed by {one_line(entry.report.publisher)}" if entry.report.publisher else told


def web_address(origin: str | None) -> str | None:
    """The origin where it is an address of the web that may become a link; None for files and all else.

    >>> web_address("https://news.example/1"), web_address("javascript:alert(1)"), web_address("kim.txt")
    ('https://news.example/1', None, None)
    """
    if not origin or not re.match(r"https?://[^\s/]", origin, re.IGNORECASE):
        return None
    return None if re.search(r"[\s\x00-\x20\x7f-\x9f\"<>\\^`{|}]", origin) else clean(origin)


def clean(text: str) -> str:
    """The text with each character that files cannot hold as U+FFFD: the count of characters stays the same.

    >>> clean("a\\x00b\\ud800c")
    'a\ufffdb\ufffdc'
    """
    return _UNFIT.sub("\ufffd", text)


def json_line(value: Any) -> bytes:
    """A value as JSON in UTF-8, on one line."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # Half a surrogate pair, which a careless page can hold and no file.
        return msgspec.json.encode(_whole(msgspec.to_builtins(value)))


def _whole(value: Any) -> Any:
    """The value with each half of a surrogate pair as U+FFFD; JSON can hold all other characters."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_whole(key): _whole(each) for key, each in value.items()}
    return [_whole(each) for each in value] if isinstance(value, list | tuple) else value
