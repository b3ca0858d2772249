"""TIMEX3 values as days on the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model.timex_values import Grain, grain, interval, shift, shift_days, value_of, widen

GRAINS: list[Grain] = ["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]
DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2023-09-17", "2023-09-17", "2023-09-17"),
        ("2023-09-16TNI", "2023-09-16", "2023-09-16"),
        ("2023-09-17T12:26Z", "2023-09-17", "2023-09-17"),
        ("2023-W37", "2023-09-11", "2023-09-17"),
        ("2023-W37-WE", "2023-09-16", "2023-09-17"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-Q4", "2023-10-01", "2023-12-31"),
        ("2023-H1", "2023-01-01", "2023-06-30"),
        ("2023-WI", "2023-12-01", "2024-02-29"),
        ("198", "1980-01-01", "1989-12-31"),
        ("18", "1800-01-01", "1899-12-31"),
        ("2023-09-12/2023-09-17", "2023-09-12", "2023-09-17"),
        ("2019-07/2020", "2019-07-01", "2020-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("9999-WI", "9999-12-01", "9999-12-31"),
        ("9999-W52", "9999-12-27", "9999-12-31"),
    ],
)
def test_the_days_of_a_value(value: str, first: str, last: str) -> None:
    assert interval(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "value",
    ["", "P3D", "PAST_REF", "XXXX-WXX-1", "BC0490", "2023-13", "2023-02-30", "2023-W60", "0000", "2023/2022",
     "2020/2021/2022", "2023-09-17/", "٢٠٢٣"],
)  # fmt: skip
def test_what_names_no_days(value: str) -> None:
    assert interval(value) is None


@given(DAYS, st.sampled_from(GRAINS))
def test_a_day_lies_in_the_value_made_of_it(day: date, width: Grain) -> None:
    value = value_of(day, width)
    assert grain(value) == width
    days = interval(value)
    if days is not None and width != "weekend":
        assert days[0] <= day <= days[1]
        assert width == "season" or value_of(days[0], width) == value == value_of(days[1], width)


@given(DAYS, st.sampled_from(GRAINS), st.integers(-30, 30))
def test_what_is_shifted_on_can_be_shifted_back(day: date, width: Grain, amount: int) -> None:
    value = widen(value_of(day), width)
    there = shift(value, amount, width) if value else None
    if there:
        assert shift(there, -amount, width) == value


@given(st.text(max_size=12), st.integers(-(10**9), 10**9), st.sampled_from(GRAINS))
def test_nothing_is_too_odd_to_be_asked(value: str, amount: int, width: Grain) -> None:
    interval(value)
    shift(value, amount, width)
    widen(value, width)


@pytest.mark.parametrize("amount", [1, -1, 10**9, -(10**9)])
def test_the_calendar_ends(amount: int) -> None:
    assert shift_days("9999-12-31" if amount > 0 else "0001-01-01", amount) is None
