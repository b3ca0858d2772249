"""The letters that stand for a country in tables of event data, by the country's main name."""

from __future__ import annotations

from functools import cache, lru_cache

from msgspec import Struct

from dateline.lexicon.gazetteer import Gazetteer
from dateline.lexicon.tables import read_table


class _Codes(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``country_codes.toml``: ISO's three letters by its two, and where CAMEO has others."""

    alpha3: dict[str, str]
    cameo: dict[str, str]


@lru_cache(maxsize=1 << 10)
def alpha3(country: str) -> str | None:
    """The three letters of ISO 3166 for a country of this main name; None where there is no such country.

    >>> alpha3("Russia"), alpha3("Ruritania")
    ('RUS', None)
    """
    code = _alpha2(country)
    return _codes().alpha3.get(code) if code else None


def cameo_country(country: str) -> str | None:
    """CAMEO's three letters for a country of this main name: ISO's but for a few.

    >>> cameo_country("Romania"), cameo_country("North Korea")
    ('ROM', 'PRK')
    """
    code = _alpha2(country)
    return _codes().cameo.get(code) or _codes().alpha3.get(code) if code else None


@lru_cache(maxsize=1 << 10)
def _alpha2(country: str) -> str | None:
    entries = _gazetteer().look_up(country)[:3]
    return next((entry.place.country for entry in entries if entry.kind == "country"), None)


@cache
def _gazetteer() -> Gazetteer:
    """The shipped gazetteer, opened once."""
    return Gazetteer.open()


@cache
def _codes() -> _Codes:
    return read_table("places/country_codes.toml", _Codes)
