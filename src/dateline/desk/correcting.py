"""Corrects the cells of an event by hand, confirms them, rejects them or the whole event; and takes it back.

What somebody says stands beside what the machine read, with a name and a moment, and holds until it is taken back. It
is given in the words in which a cell is shown, not as JSON: "Ada Quill; Rob Stone", "2023-09-13", "denied", "reporter".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal, get_args

import msgspec

from dateline.desk.judging import HAND, near, regroup
from dateline.desk.naming import find_one
from dateline.desk.opening import AnyLedger, opened
from dateline.errors import SettingError
from dateline.ledger import Ledger
from dateline.lexicon.gazetteer import Gazetteer, fold
from dateline.model import (
    Correction,
    Entry,
    EventSource,
    EventType,
    Exhibit,
    Participant,
    Place,
    Reading,
    Span,
    Status,
    When,
    Where,
)
from dateline.model.timex_values import interval

Cell = Literal["who", "whom", "type", "when", "where", "status", "source", "main"]

FIELDS: dict[str, str] = {
    "who": "actors",
    "whom": "recipients",
    **{name: name for name in ("type", "when", "where", "status", "source", "main")},
}
"""What each cell is called in the model."""

REJECTED = "rejected"
"""The field of a correction that says that the report tells of no such event."""

EMPTY: dict[str, str] = {"who": "[]", "whom": "[]", "when": "null", "where": "null"}
"""What is kept where somebody rejects a cell; the others always hold something."""

MOST_LETTERS = 500
MOST_NAMES = 20

MOST_WAITING = 40
"""A corrected event is compared anew at once unless more are waiting: then whoever adds them comes to it."""


def correct(
    ledger: AnyLedger = "press.ledger", event: str = "", cell: str = "", value: str = "", *, by: str = HAND
) -> Exhibit:
    """The event as it stands with a new value in one of its cells.

    ``who`` and ``whom`` take names with semicolons between them, ``when`` a day, month, year or interval, ``where`` a
    place ("Vostok Bay", "Vostok Bay (51.9, 128.3)" or "51.9, 128.3"), ``source`` a name or "reporter", ``main`` yes or
    no. Words of the report that bear the value are found among those that were read there, and pointed at.

    Raises SettingError where the cell cannot hold it, LedgerError where there is no such event or nobody may write.
    """
    field = _field(cell)

    def change(book: Ledger, entry: Entry) -> Correction:
        reading = book.reading(entry.report.edition)
        return _made(entry, field, _encoded(_PARSERS[cell](value, entry, reading)), by)

    return _change(ledger, event, by, change)


def confirm(ledger: AnyLedger = "press.ledger", event: str = "", cell: str = "", *, by: str = HAND) -> Exhibit:
    """The event with one of its cells confirmed: its value now stands by somebody's word, whatever is read later.

    Raises as ``correct`` does.
    """
    field = _field(cell)
    return _change(
        ledger, event, by, lambda book, entry: _made(entry, field, _encoded(getattr(entry.event, field)), by)
    )


def reject(ledger: AnyLedger = "press.ledger", event: str = "", cell: str | None = None, *, by: str = HAND) -> Exhibit:
    """The event with a cell emptied; or, where no cell is named, kept as no event at all, and found no more.

    Raises as ``correct`` does, and where a cell cannot be empty.
    """
    if cell is None:
        return _change(ledger, event, by, lambda book, entry: _made(entry, REJECTED, "true", by))
    field = _field(cell)
    if cell not in EMPTY:
        raise SettingError(f'"{cell}"', f"the {cell} of an event cannot be nothing", "Give another value instead.")
    return _change(ledger, event, by, lambda book, entry: _made(entry, field, EMPTY[cell], by))


def uncorrect(ledger: AnyLedger = "press.ledger", event: str = "", cell: str | None = None) -> Exhibit:
    """The event with the machine's own value in a cell again; or, where no cell is named, an event again.

    Raises SettingError where nobody has corrected it.
    """
    field = REJECTED if cell is None else _field(cell)

    def change(book: Ledger, entry: Entry) -> None:
        if field not in entry.corrected:
            what = f"nobody has corrected {f'the {cell} of' if cell else 'or rejected'} event {entry.id}"
            raise SettingError("uncorrect", what, "`dateline show EVENT` lists what was corrected.")
        book.uncorrect(entry.id, field)

    return _change(ledger, event, HAND, change)


def _change(ledger: AnyLedger, event: str, by: str, change: Callable[[Ledger, Entry], Correction | None]) -> Exhibit:
    """Makes one change of an event, and has it compared anew."""
    from dateline.desk.showing import show

    if not by.strip() or len(by) > MOST_LETTERS:
        raise SettingError(f'by "{by[:80]}"', "this is no name of a person", "Give another name.")
    with opened(ledger, write=True) as book:
        _, id = find_one(book, event, "event")
        (entry,) = book.entries([id])
        with book.together():  # a correction and what follows from it are kept at once
            before = near(book, [id])
            correction = change(book, entry)
            if correction is not None:
                book.correct(correction)
            _compare(book, id, before)
        shown = show(book, id)
        assert isinstance(shown, Exhibit)  # noqa: S101
        return shown


def _compare(book: Ledger, event: str, before: list[str]) -> None:
    """Gathers anew what the change may have moved; of a rejected event no rule's judgement stays."""
    from dateline.corroboration.groups import MACHINES
    from dateline.desk.corroborating import corroborate

    (entry,) = book.entries([event])
    if REJECTED in entry.corrected:
        for each in book.judgements([event]):
            if each.by.startswith(MACHINES):
                book.unjudge(each.a, each.b, each.by)
    regroup(book, before, [event])
    if len(book.unblocked(MOST_WAITING + 1)) <= MOST_WAITING:
        corroborate(book)


def _field(cell: str) -> str:
    if cell not in FIELDS:
        raise SettingError(f'"{cell[:80]}"', "an event has no such cell", f"Name one of {', '.join(FIELDS)}.")
    return FIELDS[cell]


def _made(entry: Entry, field: str, value: str, by: str) -> Correction:
    return Correction(entry.id, field, value, by.strip(), datetime.now(UTC).isoformat(timespec="seconds"))


def _encoded(value: object) -> str:
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError as error:
        raise SettingError("correct", "the value holds half of a character", "Type it anew.") from error


def _names(value: str, entry: Entry, reading: Reading) -> tuple[Participant, ...]:
    names = [name for each in _bounded(value).split(";") if (name := " ".join(each.split()))]
    if len(names) > MOST_NAMES:
        raise SettingError("correct", f"these are more than {MOST_NAMES} names", "Name the most important.")
    if not names:
        raise SettingError(f'"{value}"', "there is no name in this", "Give names, or reject the cell to empty it.")
    return tuple(_participant(name, entry, reading) for name in dict.fromkeys(names))


def _participant(name: str, entry: Entry, reading: Reading) -> Participant:
    """The participant of this name, under the name and with the words that the report has for it, if it has any."""
    folded = fold(name)
    for actor in reading.actors:
        if fold(actor.name) == folded or any(fold(span.of(reading.text)) == folded for span in actor.mentions):
            return Participant(_nearest(actor.mentions, entry), actor.name)
    return Participant(None, name)


def _nearest(spans: tuple[Span, ...], entry: Entry) -> Span | None:
    """The words in the event's own sentence, or else the last before it."""
    inside = [span for span in spans if entry.sentence.covers(span)]
    before = [span for span in spans if span.end <= entry.sentence.start]
    return (
        min(inside, key=lambda span: abs(span.start - entry.event.trigger.start))
        if inside
        else max(before, default=None)
    )


def _time(value: str, entry: Entry, reading: Reading) -> When:
    when = _bounded(value)
    if interval(when) is None:
        what = "a time is a day, month, year or interval, such as 2023-09-13, 2023-09 or 2023-09-12/2023-09-17"
        raise SettingError(f'"{value}"', what, "Give one of these, or reject the cell to empty it.")
    return When(_nearest(tuple(each.span for each in reading.timexes if each.value == when), entry), when)


def _place(value: str, entry: Entry, reading: Reading) -> Where:
    """The place of this name: one that the report names, else the gazetteer's best known, else what was typed."""
    name, spot = _spot(_bounded(value))
    if spot is not None:
        return Where(None, name, *spot)
    folded = fold(name)
    named = [
        each for each in reading.toponyms if folded in (fold(each.name), fold(each.place.name if each.place else ""))
    ]
    if named:
        span = _nearest(tuple(each.span for each in named), entry)
        found = next((each.place for each in named if each.place), None)
    else:
        span, found = None, _known_place(name)
    return Where(span, name, found.lat if found else None, found.lon if found else None)


def _spot(words: str) -> tuple[str, tuple[float, float] | None]:
    """A name, and the coordinates that stand in brackets after it or alone."""
    name, _, rest = words.partition("(") if words.endswith(")") else ("", "", words)
    parts = rest.rstrip(")").split(",")
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        return words, None
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise SettingError(f'"{words}"', "this is no point on the globe", "Give latitude and longitude in degrees.")
    return name.strip() or f"{lat:.2f}, {lon:.2f}", (lat, lon)


def _known_place(name: str) -> Place | None:
    """The place that a gazetteer finds under a name, or under its part before a comma in the country that follows."""
    found = _gazetteer().look_up(name)
    if not found and "," in name:
        head, _, tail = name.rpartition(",")
        country = next((each.place.country for each in _gazetteer().look_up(tail) if each.kind == "country"), None)
        found = tuple(each for each in _gazetteer().look_up(head) if each.place.country == country)
    return found[0].place if found else None


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


def _source(value: str, entry: Entry, reading: Reading) -> EventSource:
    name = " ".join(_bounded(value).split())
    if name.casefold() == "reporter":
        return EventSource("reporter")
    one = _participant(name, entry, reading)
    return EventSource("attributed", one.span, one.name)


def _one_of(what: str, values: tuple[str, ...]) -> Callable[[str, Entry, Reading], str]:
    def parse(value: str, entry: Entry, reading: Reading) -> str:
        found = next((each for each in values if each.casefold() == value.strip().casefold()), None)
        if found is None:
            raise SettingError(f'"{value[:80]}"', f"there is no such {what}", f"Give one of {', '.join(values)}.")
        return found

    return parse


def _main(value: str, entry: Entry, reading: Reading) -> bool:
    return _one_of("answer", ("yes", "no"))(value, entry, reading) == "yes"


def _bounded(value: str) -> str:
    words = value.strip()
    if not words or len(words) > MOST_LETTERS:
        what = "nothing was given" if not words else f"this is longer than {MOST_LETTERS} characters"
        raise SettingError("correct", what, "Give a value, or reject the cell to empty it.")
    return words


_PARSERS: dict[str, Callable[[str, Entry, Reading], Any]] = {
    "who": _names,
    "whom": _names,
    "type": _one_of("type", get_args(EventType)),
    "when": _time,
    "where": _place,
    "status": _one_of("status", get_args(Status)),
    "source": _source,
    "main": _main,
}
