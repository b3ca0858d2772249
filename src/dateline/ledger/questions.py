"""What a question means: its names as words, its time as days, its place as words or a circle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from math import asin, cos, degrees, radians, sin
from typing import get_args

from msgspec import Struct

from dateline.errors import SettingError
from dateline.ledger.marks import LONGEST_VAGUE, NEVER, UNDATED, WIDTHS, country_mark, key_words, sound
from dateline.ledger.searching import full_text
from dateline.lexicon.countries import Countries
from dateline.lexicon.gazetteer import Gazetteer
from dateline.model import EventType, Order, Question, Status
from dateline.model.timex_values import interval

DEFAULT_KM = 50.0

_EARTH_KM = 6_371.0088
_FARTHEST_KM = 20_038.0
_NUMBER = r"\s*([+-]?\d{1,3}(?:\.\d{1,15})?)\s*"
_SPOT = re.compile(rf"{_NUMBER},{_NUMBER}(?:,\s*(\d{{1,5}}(?:\.\d{{1,6}})?)\s*(?:km)?\s*)?", re.ASCII)
_LIKE_SPOT = re.compile(r"\s*[+-]?\d[\d.]*\s*,", re.ASCII)


class Stretch(Struct, frozen=True):
    """The days asked about, and the most days that an answer's own time may take."""

    first: int
    last: int
    longest: int

    def windows(self) -> list[tuple[int, int, int]]:
        """For each width class that an answer may have: the class, and the days that it may begin on."""
        found = []
        for width, most in enumerate(WIDTHS):
            if width and WIDTHS[width - 1] >= self.longest:
                break
            found.append((width, self.first - min(most, self.longest) + 1, self.last))
        return found


class Circle(Struct, frozen=True):
    """All that lies within a number of kilometres of a point."""

    lat: float
    lon: float
    km: float

    def boxes(self) -> list[tuple[float, float, float, float]]:
        """South, north, west and east of the boxes that the circle lies in: two where it crosses the date line."""
        reach = degrees(self.km / _EARTH_KM) + 1e-6
        south, north = self.lat - reach, self.lat + reach
        if south <= -90 or north >= 90:
            return [(max(south, -90.0), min(north, 90.0), -180.0, 180.0)]
        wide = degrees(asin(min(1.0, sin(radians(reach)) / cos(radians(self.lat))))) + 1e-6
        west, east = self.lon - wide, self.lon + wide
        if west < -180:
            return [(south, north, west + 360, 180.0), (south, north, -180.0, east)]
        if east > 180:
            return [(south, north, west, 180.0), (south, north, -180.0, east - 360)]
        return [(south, north, west, east)]


class Sought(Struct, frozen=True):
    """A question made ready to be looked up.

    ``names`` gives for a slot the ways to be found in it, each the words of a name that must all be there.
    """

    names: dict[str, tuple[tuple[str, ...], ...]]
    stretch: Stretch | None
    circle: Circle | None
    words: str | None
    publisher: tuple[str, ...]


Others = Callable[[str], Iterable[str]]
"""Tells the other names and spellings of whoever goes by a name."""


def understand(question: Question, others: Others = lambda name: ()) -> Sought:
    """What a question looks for; names are looked for under all that ``others`` tells of each too.

    Raises SettingError where a part of it makes no sense.
    """
    _check(question)
    slots = {"who": question.who, "whom": question.whom, "said by": question.said_by}
    names: dict[str, tuple[tuple[str, ...], ...]] = {
        slot: ways_of(name, others(name)) for slot, name in slots.items() if name and name.strip()
    }
    circle = None
    if question.where and question.where.strip():
        circle = _circle(question.where)
        if circle is None:
            names["where"] = _places(sound(question.where.strip()))
    return Sought(
        names,
        _stretch(question.when) if question.when and question.when.strip() else None,
        circle,
        full_text(question.words) if question.words and question.words.strip() else None,
        words_of(question.publisher) if question.publisher and question.publisher.strip() else (),
    )


def _check(question: Question) -> None:
    for what, value, values in (
        ("type", question.type, get_args(EventType)),
        ("status", question.status, get_args(Status)),
        ("order", question.order, get_args(Order)),
    ):
        if value is not None and value not in values:
            raise SettingError(f'"{sound(value)}"', f"there is no such {what}", f"Give one of {', '.join(values)}.")
    check_page(question.limit, question.offset)


def check_page(limit: int, offset: int) -> None:
    """Raises SettingError where a page is asked for that cannot be."""
    for name, number in (("limit", limit), ("offset", offset)):
        if not 0 <= number < 1 << 62:
            raise SettingError(str(number), f"the {name} of a question is a number from 0", "Give another.")


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name that is asked for. Raises SettingError where there are none."""
    words = key_words(name)
    if not words:
        raise SettingError(f'"{sound(name)}"', "there is no name in this", "Give a name, or a part of one.")
    return words


def ways_of(name: str, others: Iterable[str] = ()) -> tuple[tuple[str, ...], ...]:
    """The ways to find somebody, each the words of a name, the asked one first; what another way finds is left out.

    Raises SettingError where there is no word in the name.
    """
    ways = [words_of(name)]
    for other in others:
        words = key_words(other)
        if words and not any(set(way) <= set(words) for way in ways):
            ways.append(words)
    return tuple(ways)


def _stretch(when: str) -> Stretch:
    days = interval(when.strip())
    if days is None:
        what = "a question's time is a day, month, year or interval, such as 2023-09 or 2023-09-12/2023-09-17"
        raise SettingError(f'"{sound(when)}"', what, "Give one of these.")
    first, last = days[0].toordinal(), days[1].toordinal()
    return Stretch(first, last, max(LONGEST_VAGUE, last - first + 1))


def _circle(where: str) -> Circle | None:
    """The circle that "lat,lon,km" or "lat,lon" stands for; None for a name."""
    match = _SPOT.fullmatch(where)
    if match is None:
        if _LIKE_SPOT.match(where):
            raise _no_spot(where)
        return None
    lat, lon, km = float(match[1]), float(match[2]), float(match[3] or DEFAULT_KM)
    if abs(lat) > 90 or abs(lon) > 180:
        raise _no_spot(where)
    return Circle(lat, lon, min(km, _FARTHEST_KM))


def _no_spot(where: str) -> SettingError:
    todo = "Give latitude, longitude and kilometres, such as 51.9,128.3,50."
    return SettingError(f'"{sound(where)}"', "this is no point on the globe", todo)


def _places(where: str) -> tuple[tuple[str, ...], ...]:
    """The ways to be found in a place: by the words of its name, and for a country by its code."""
    codes = dict.fromkeys(([where] if re.fullmatch("[A-Z]{2}", where) else []) + _countries().codes(where))
    return (words_of(where), *((country_mark(code),) for code in codes))


class _Codes:
    """Tells the ISO code of a country by its name."""

    def __init__(self, countries: Countries, gazetteer: Gazetteer) -> None:
        self._countries = countries
        self._gazetteer = gazetteer

    def codes(self, name: str) -> list[str]:
        """The code of the country of this name, or none."""
        main = self._countries.named(name)
        found = self._gazetteer.look_up(main) if main else ()
        codes = [entry.place.country for entry in found if entry.kind == "country" and entry.place.country]
        return codes[:1]


@cache
def _countries() -> _Codes:
    return _Codes(Countries.load(), Gazetteer.open())


ANY_TIME = [(width, 0, NEVER) for width in range(UNDATED + 1)]
"""The windows of a question that asks about no time."""
