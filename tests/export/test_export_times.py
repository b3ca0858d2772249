"""TIMEX3 values in order and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.export.times import show_published, show_time, show_zone, when_of

SHOWN = {
    "2023": "2023",
    "2023-09": "Sep 2023",
    "2023-09-03": "3 Sep 2023",
    "2023-09-03T14:05": "3 Sep 2023, 14:05",
    "2023-09-03T14:05:30Z": "3 Sep 2023, 14:05 UTC",
    "2023-09-03T14:05+05:30": "3 Sep 2023, 14:05 UTC+5:30",
    "2023-09-03TMO": "3 Sep 2023, morning",
    "2023-W37": "week of 11 Sep 2023",
    "2023-W37-WE": "weekend of 16 Sep 2023",
    "2023-Q3": "Q3 2023",
    "2023-H2": "second half of 2023",
    "2023-SU": "summer 2023",
    "198": "1980s",
    "19": "1900s",
    "2023-09-12/2023-09-17": "12–17 Sep 2023",
    "2023-08-28/2023-09-03": "28 Aug – 3 Sep 2023",
    "2022-12-30/2023-01-02": "30 Dec 2022 – 2 Jan 2023",
    "2023-09-12/2023-09-12": "12 Sep 2023",
    "2022/2023": "2022 – 2023",
    "PRESENT_REF": "now",
    "P3D": "P3D",
    "2023-13-45": "2023-13-45",
    "XXXX-09-11": "XXXX-09-11",
    "2023-W99": "2023-W99",
    "": "",
}


@pytest.mark.parametrize(("value", "shown"), SHOWN.items())
def test_a_value_reads_as_in_a_newspaper(value: str, shown: str) -> None:
    assert show_time(value) == shown


def test_values_sort_by_when_they_begin() -> None:
    values = ["198", "2022-Q4", "2023-01-02", "2023-SU", "2023-W37", "2023-09-12/2023-09-17", "2023-09-13TMO"]
    mixed = values[::-1]
    assert sorted(mixed, key=lambda value: when_of(value) or (0, 0, 0, "")) == values


@pytest.mark.parametrize("value", ["P3D", "PRESENT_REF", "XXXX-09-11", "2023-02-30", "2023-13", "9999-W99", "", "/"])
def test_what_is_no_date_has_no_place_in_time(value: str) -> None:
    assert when_of(value) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2023-09-17T12:26:00+01:00", "Sun 17 Sep 2023, 12:26 UTC+1"),
        ("2023-09-17T12:26:00Z", "Sun 17 Sep 2023, 12:26 UTC"),
        ("2023-09-17T12:26", "Sun 17 Sep 2023, 12:26 (time zone not told)"),
        ("2023-09-17", "Sun 17 Sep 2023"),
        ("2023-09", "Sep 2023"),
        ("lately", "lately"),
    ],
)
def test_a_publication_time_keeps_its_zone(value: str, shown: str) -> None:
    assert show_published(value) == shown


def test_a_zone_west_of_greenwich() -> None:
    assert show_zone("-03:30") == "UTC-3:30"


@given(st.text(alphabet="0123456789-/TWQHSUXPREF_:+Z²", max_size=30))
def test_no_value_is_too_odd_to_show(value: str) -> None:
    shown = show_time(value)
    assert shown or not value
    assert (when := when_of(value)) is None or 1 <= when[1] <= 12
    show_published(value)
