"""Quotation marks of every style, and the marks that are none."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.statements import find_quotations
from tests.marked import plain


def quotations(text: str) -> list[str]:
    return [one.inner.of(text) for one in find_quotations(text, plain(text).report.blocks)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We left,” he said.", ["We left,"]),
        ('"We left," he said.', ["We left,"]),
        ("‘We left,’ he said.", ["We left,"]),
        ("'We left,' he said.", ["We left,"]),
        ("«We left», he said.", ["We left"]),
        ("„We left“, he said.", ["We left"]),
        ("``We left,'' he said.", ["We left,"]),
        ("''We didn't leave,'' he said.", ["We didn't leave,"]),
        ("“He said ‘go’ to us,” she said.", ["He said ‘go’ to us,"]),
        ("‘The players’ bus was full,’ he said.", ["The players’ bus was full,"]),
        ('He is 6\' 2" tall and 5" wide.', []),
        ("The workers' union and the mayor's office didn't agree.", []),
        ("In the '90s they said 'yes' to it.", ["yes"]),
        ("He said: “We left. We will not", ["We left. We will not"]),
        ('"A" and "B" are letters.', ["A", "B"]),
        ('"We left,” he said. "We will not," she said.', ["We left,", "We will not,"]),
        ('“We left," he said. “We will not,” she said.', ["We left,", "We will not,"]),
        ('“He said "go" to us,” she said.', ['He said "go" to us,']),
        ("“We left,’’ he said. “We will not,’’ she said.", ["We left,", "We will not,"]),
        ("‘‘We didn’t leave,’’ he said.", ["We didn’t leave,"]),
        ("\"We left,'' he said. It was the workers’ day.", ["We left,"]),
        ('"He said “go” to us," she said.', ["He said “go” to us,"]),
    ],
)
def test_quotations_are_found(text: str, found: list[str]) -> None:
    assert quotations(text) == found


def test_a_quotation_that_opens_each_paragraph_is_one() -> None:
    text = "“We left.\n\n“We came back.”\n\n“Others stayed.”"
    found = find_quotations(text, plain(text).report.blocks)
    assert [one.run for one in found] == [0, 0, 1]


MARKS = st.text(alphabet="“”„«»\"'‘’`ab .,\n", max_size=300)


@given(MARKS)
def test_quotations_lie_in_order_within_their_blocks(text: str) -> None:
    report = plain(text).report
    found = find_quotations(text, report.blocks)
    assert all(one.outer.covers(one.inner) for one in found)
    assert all(a.outer.end <= b.outer.start for a, b in pairwise(found))
    assert all(any(block.span.covers(one.outer) for block in report.blocks) for one in found)


@pytest.mark.parametrize("mark", ['"', "'", "’", "“", "'a ", '"a" ', "s' a", "''", '“"', '"”', '“ a" '])
def test_a_hundred_thousand_marks_take_no_time(mark: str) -> None:
    text = mark * (100_000 // len(mark))
    began = time.process_time()
    quotations(text)
    assert time.process_time() - began < 5
