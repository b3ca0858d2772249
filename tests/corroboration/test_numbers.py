"""What sentences count, as intervals with unit and scope."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.corroboration.numbers import find_numbers


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The blast killed 12 people and injured 30.", [(12, 12, "person", "killed"), (30, 30, "person", "injured")]),
        ("At least 12 people were killed.", [(12, math.inf, "person", "killed")]),
        ("More than two hundred houses were destroyed.", [(200, math.inf, "building", None)]),
        ("Dozens of protesters were arrested.", [(24, 99, "person", "arrested")]),
        ("Up to 40 passengers are missing.", [(0, 40, "person", "missing")]),
        ("Twenty-one miners died.", [(21, 21, "person", "killed")]),
        ("The firm paid $2.5 billion.", [(2.5e9, 2.5e9, "money", None)]),
        ("A magnitude 6.1 quake shook the town.", [(6.1, 6.1, "magnitude", None)]),
        ("Three police officers were wounded.", [(3, 3, "person", "injured")]),
        ("Seven were killed and 35 hurt.", [(7, 7, "person", "killed"), (35, 35, "person", "injured")]),
        ("Two were hurt when nine coaches derailed.", [(2, 2, "person", "injured")]),
        ("Nine prisoners escaped.", [(9, 9, "person", "escaped")]),
        ("It fell by 12 percent.", [(12, 12, "percent", None)]),
    ],
)
def test_counts(sentence: str, wanted: list[tuple[float, float, str, str | None]]) -> None:
    assert [(n.low, n.high, n.unit, n.scope) for n in find_numbers(sentence)] == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "They met on 14 July.",
        "It opened in 1998.",
        "On 2023-09-11 they killed him.",
        "He left at 7:30 on Monday.",
        "Two days later it rained.",
        "No number.",
    ],
)
def test_dates_and_times_are_no_counts(sentence: str) -> None:
    assert [n for n in find_numbers(sentence) if n.unit != "time"] == []


@given(st.text("0123456789, .-%$abdinoty", max_size=200))
def test_spans_are_the_very_words(sentence: str) -> None:
    for number in find_numbers(sentence):
        assert number.span.of(sentence).strip() == number.span.of(sentence) != ""
        assert number.low <= number.high
