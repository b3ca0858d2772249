"""Values amounts of time (P3D, PT30M, PXW) and sets (XXXX-WXX-1)."""

from __future__ import annotations

from dateline.reading.timexes.case import Case, Valued
from dateline.reading.timexes.timeline import EXPLICIT

_LETTERS = {
    "second": ("T", "S", 1),
    "minute": ("T", "M", 1),
    "hour": ("T", "H", 1),
    "day": ("", "D", 1),
    "weekend": ("", "WE", 1),
    "week": ("", "W", 1),
    "fortnight": ("", "W", 2),
    "month": ("", "M", 1),
    "quarter": ("", "Q", 1),
    "year": ("", "Y", 1),
    "decade": ("", "DE", 1),
    "century": ("", "CE", 1),
}
_SMALLER = {"year": ("month", 12), "hour": ("minute", 60), "decade": ("year", 10), "century": ("year", 100)}
"""What half a unit is counted in."""


def amount_value(number: str, unit: str) -> str:
    """The TIMEX3 value of so many units.

    >>> amount_value("3", "day"), amount_value("0.5", "hour"), amount_value("X", "decade"), amount_value("2.5", "year")
    ('P3D', 'PT30M', 'PXDE', 'P2.5Y')
    """
    time, letter, size = _LETTERS[unit]
    if number == "X":
        return f"P{time}X{letter}"
    amount = float(number.replace(",", "")) * size
    if 0 < amount < 1 and unit in _SMALLER:
        smaller, times = _SMALLER[unit]
        return amount_value(f"{amount * times:g}", smaller)
    figures = str(int(amount)) if amount == int(amount) else f"{amount:.2f}".rstrip("0")
    return f"P{time}{figures}{letter}"


def whole_number(number: str, unit: str, *, more: bool) -> tuple[str, int | None]:
    """A unit and the whole number of it; halves in the next smaller unit; None where the number is not told."""
    if number == "X":
        return unit, None
    amount = float(number.replace(",", "")) + (0.5 if more else 0)
    if amount != int(amount) and unit in _SMALLER:
        unit, times = _SMALLER[unit]
        amount *= times
    return unit, int(amount)


def read_amount(case: Case) -> Valued:
    """An amount of time."""
    second = case.fields.get("numbers2")
    if "short_units" in case.fields:
        return _short(case, second)
    unit = case.words.units[case.lower("units") or case.lower("plural")]
    number = case.number()
    if case.fields.get("more") and number != "X":
        number = f"{float(number.replace(',', '')) + 0.5:g}"
    return Valued("DURATION", amount_value(number, unit), EXPLICIT)


def _short(case: Case, second: str | None) -> Valued:
    first = amount_value(case.fields["numbers"], case.words.short_units[case.lower("short_units")])
    if second is None:
        return Valued("DURATION", first, EXPLICIT)
    rest = amount_value(second, case.words.short_units[case.lower("short_units2")])
    return Valued("DURATION", first + rest.removeprefix("PT"), EXPLICIT)


def read_every(case: Case) -> Valued:
    """A set of times."""
    return Valued("SET", _every(case), EXPLICIT)


def _every(case: Case) -> str:
    if rate := case.lower("rates"):
        return case.words.rates[rate]
    part = f"T{case.part()}" if case.part() else ""
    if case.lower("weekdays"):
        return f"XXXX-WXX-{case.weekday}{part}"
    if case.lower("months"):
        return f"XXXX-{case.month:02}"
    if season := case.lower("seasons"):
        return f"XXXX-{case.words.seasons[season]}"
    if part:
        return f"XXXX-XX-XX{part}"
    ordinal = case.words.ordinals.get(case.lower("ordinals"))
    number = str(ordinal) if ordinal else case.number()
    return amount_value(number, case.words.units[case.lower("units")])
