import pytest

from dateline.model import Span


@pytest.mark.parametrize(
    ("a", "b", "touches", "covers"),
    [
        (Span(0, 5), Span(5, 9), False, False),
        (Span(0, 5), Span(4, 9), True, False),
        (Span(0, 9), Span(4, 9), True, True),
        (Span(4, 9), Span(0, 9), True, False),
    ],
)
def test_touching_and_covering(a: Span, b: Span, touches: bool, covers: bool) -> None:
    assert a.touches(b) is touches
    assert a.covers(b) is covers
