"""The sentence of an event with its cells marked: whatever the spans, its words stay as they are."""

from __future__ import annotations

import io
import re

from hypothesis import given
from hypothesis import strategies as st

from dateline.cli.page.pen import open_pen
from dateline.cli.page.showing import mark_sentence
from dateline.model import Backing, Span

CELLS = ("what", "who", "whom", "when", "where", "source")
AT = 1_000
"""Where the sentences of these tests begin in their reports."""


def backing(cell: str, start: int, end: int) -> Backing:
    return Backing(cell, "a value", Span(AT + start, AT + end), "words", None, "events.en/1", None)


def marked(words: str, *backings: Backing) -> str:
    return mark_sentence(words, Span(AT, AT + len(words)), backings, open_pen(io.StringIO())).plain


@given(
    st.text("ab é👩", max_size=40),
    st.lists(st.tuples(st.sampled_from(CELLS), st.integers(-5, 50), st.integers(-5, 50)), max_size=8),
)
def test_without_its_marks_a_sentence_is_what_it_was(words: str, cells: list[tuple[str, int, int]]) -> None:
    shown = marked(words, *(backing(*cell) for cell in cells))
    assert shown.count("[") == shown.count("]")
    names = "|".join(CELLS)
    assert re.sub(rf"\[(?:{names})(?:, (?:{names}))* |\]", "", shown) == re.sub(" +", " ", words)


def test_a_mark_within_a_run_of_blanks_makes_no_blank_more() -> None:
    assert marked("Ada  met", backing("who", 0, 4)) == "[who Ada ]met"


def test_marks_stand_within_marks() -> None:
    assert marked("Ada of Rivertown met", backing("who", 0, 16), backing("where", 7, 16)) == (
        "[who Ada of [where Rivertown]] met"
    )


def test_one_word_is_marked_once_for_two_cells() -> None:
    assert marked("Ada said", backing("who", 0, 3), backing("source", 0, 3)) == "[who, source Ada] said"


def test_of_two_that_overlap_the_first_is_marked() -> None:
    assert marked("Ada Quill met", backing("who", 0, 9), backing("whom", 4, 13)) == "[who Ada Quill] met"


def test_words_of_other_sentences_are_left_out() -> None:
    assert marked("Ada met", backing("when", -9, -2), backing("what", 4, 7)) == "Ada [what met]"
