"""The offsets that names of time zones stand for."""

from __future__ import annotations

import re
from datetime import date, timedelta, timezone

from msgspec import Struct

from dateline.lexicon.tables import read_table


class Zones(Struct, frozen=True):
    """The names of time zones and their offsets from UTC, as ``publication.toml`` lists them."""

    zones: dict[str, str]
    zones_by_country: dict[str, dict[str, str]]
    zones_of_us: dict[str, tuple[str, str]]

    @classmethod
    def load(cls, language: str = "en") -> Zones:
        """The zones as a language names them."""
        return read_table(f"languages/{language}/publication.toml", cls)

    @property
    def names(self) -> frozenset[str]:
        """All names, in capitals."""
        return frozenset({*self.zones, *self.zones_by_country, *self.zones_of_us})

    def offset(self, name: str | None, day: date, host: str = "") -> timezone | None:
        """The offset that a zone's name or number stands for on a day; None where it stands for none or for several.

        ``host`` is that of the page: "IST" is India's on one of India.

        >>> str(Zones.load().offset("ET", date(2023, 9, 17))), Zones.load().offset("IST", date(2023, 9, 17))
        ('UTC-04:00', None)
        """
        if not name:
            return None
        key = name.upper().strip("()").removesuffix(" TIME")
        if key in self.zones_by_country:
            by_country = self.zones_by_country[key]
            words = by_country.get(host.rpartition(".")[2], by_country.get("", ""))
        elif key in self.zones_of_us:
            standard, summer = self.zones_of_us[key]
            words = summer if _us_summer(day) else standard
        else:
            words = self.zones.get(key) or key.removeprefix("UTC").removeprefix("GMT")
        return _offset(words)


def show_offset(zone: timezone | None) -> str | None:
    """An offset as ISO 8601 writes it.

    >>> show_offset(Zones.load().offset("MSK", date(2023, 9, 17)))
    '+03:00'
    """
    if zone is None:
        return None
    minutes = int(zone.utcoffset(None).total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _offset(words: str) -> timezone | None:
    match = re.fullmatch(r"\s*([+-])(\d\d?)(?::?(\d\d))?", words)
    if not match or int(match[2]) > 14:
        return None
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-size if match[1] == "-" else size)


def _us_summer(day: date) -> bool:
    """Whether clocks in the United States stand at summer time: second Sunday of March to first of November."""
    march, november = date(day.year, 3, 8), date(day.year, 11, 1)
    start = march + timedelta(days=(6 - march.weekday()) % 7)
    end = november + timedelta(days=(6 - november.weekday()) % 7)
    return start <= day < end
