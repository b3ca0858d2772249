"""What an event or a statement can be found by: the words of its names, its days, its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from dateline.lexicon.features import COUNTRIES
from dateline.lexicon.gazetteer import fold
from dateline.lexicon.spellings import OWNER
from dateline.model import Event, Place, Reading, Statement
from dateline.model.timex_values import interval

MOST_WORDS = 16
"""Names have fewer words than this, and what is longer is no name: the words after these are not looked for."""

LONGEST_WORD = 40

NEVER = 9_999_999
"""The day number of what has no day: it sorts after all others."""

WIDTHS = (1, 7, 31, 92, 366, 3_700, NEVER)
"""The most days that an event of each width class takes. Events of one class that touch a stretch of days begin within
the stretch or so many days before it, so that an index on the first day finds them all."""

UNDATED = len(WIDTHS)
"""The width class of events without days."""

LONGEST_VAGUE = 31
"""An event is an answer to a time asked about if it touches it, and if its own time is no longer than that or than so
many days: what happened "in September" may have happened on the 13th, what happened "in 2023" is no answer."""

NO_MINUTE = 1 << 40
"""The minute of what has no date of publication: it sorts after all others."""

_SMALL = frozenset({"the", "a", "an", "of", "and", "for", "in", "at", "on"})


class Days(NamedTuple):
    """The days of an event and their width class, as they are kept: NEVER and UNDATED where it has none."""

    width: int
    first: int
    last: int


@lru_cache(maxsize=50_000)
def key_words(name: str) -> tuple[str, ...]:
    """The words that a name is found by, folded, each once; small words count for nothing beside others.

    >>> key_words("Russia’s Ministry of Defence"), key_words("Kim Jong-un"), key_words("The The")
    (('russia', 'ministry', 'defence'), ('kim', 'jong', 'un'), ('the',))
    """
    words = [word[:LONGEST_WORD] for word in fold(OWNER.sub("", sound(name[:1000]))).split()]
    firm = [word for word in words if word not in _SMALL]
    return tuple(dict.fromkeys(firm or words))[:MOST_WORDS]


def sound(text: str) -> str:
    """The text with every half of a surrogate pair, which no file can hold, as a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


@lru_cache(maxsize=20_000)
def days_of(value: str | None) -> Days:
    """The days that a time expression's value names.

    >>> days_of("2023-09-13").width, days_of("2023-09").width, days_of(None).width
    (0, 2, 7)
    """
    days = interval(value) if value else None
    if days is None:
        return Days(UNDATED, NEVER, NEVER)
    first, last = days[0].toordinal(), days[1].toordinal()
    return Days(next(n for n, most in enumerate(WIDTHS) if last - first < most), first, last)


def minute_of(published: str | None) -> int:
    """The minute of a date of publication, counted from the year 1 in UTC; NO_MINUTE where there is none.

    >>> minute_of("2023-09-17T12:26:00+01:00") == minute_of("2023-09-17T11:26Z"), minute_of("soon") == NO_MINUTE
    (True, True)
    """
    try:
        moment = datetime.fromisoformat(published or "")
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return int((aware - datetime(1, 1, 1, tzinfo=UTC)).total_seconds() // 60)
    except (ValueError, OverflowError):
        return NO_MINUTE


class Marks(NamedTuple):
    """All that an event is found by beside its type and status."""

    days: Days
    spot: tuple[float | None, float | None]
    words: tuple[tuple[str, int, str], ...]  # slot, which of its names, word


def marks_of(event: Event, reading: Reading) -> Marks:
    """What an event of a reading is found by."""
    place = _place_of(event, reading)
    named = [("who", [actor.name for actor in event.actors]), ("whom", [other.name for other in event.recipients])]
    words = [mark for slot, names in named for mark in _words(slot, names)]
    words += _words("said by", [event.source.name] if event.source.name else [])
    spot: tuple[float | None, float | None] = (None, None)
    if event.where is not None:
        words += _words("where", [f"{event.where.name} {place.name}" if place is not None else event.where.name])
        # What happened somewhere in a country did not happen in the middle of it.
        if place is None or place.feature not in COUNTRIES:
            spot = (event.where.lat, event.where.lon)
    if place is not None and place.country:
        words.append(("where", 1, country_mark(place.country)))
    return Marks(days_of(event.when.value if event.when else None), spot, tuple(words))


def voices_of(statement: Statement) -> tuple[tuple[int, str], ...]:
    """The words of the names of all who said it: the nearest voice, and those farther along the chain."""
    names = dict.fromkeys((statement.source_name, *statement.chain))
    return tuple((nth, word) for _, nth, word in _words("", [name for name in names if name]))


def country_mark(code: str) -> str:
    """What events of a country are found by; no word of a name is spelt so."""
    return f"={code.upper()}"


def _words(slot: str, names: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    return ((slot, nth, word) for nth, name in enumerate(names) for word in key_words(name))


def _place_of(event: Event, reading: Reading) -> Place | None:
    """The place in the gazetteer that an event's own place was taken from."""
    where = event.where
    if where is None:
        return None
    for toponym in reading.toponyms:
        place = toponym.place
        if place is not None and (place.lat, place.lon) == (where.lat, where.lon):
            return place
    if where.span is None:
        return None
    touching = (each for each in reading.toponyms if each.place is not None and each.span.touches(where.span))
    return next((each.place for each in touching), None)
