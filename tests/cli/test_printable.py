"""Words made fit for a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.cli.printable import printable, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("a\u202eb\u200fc", "a\\u202eb\\u200fc"),
        ("two\n\n lines\tand\xa0more", "two lines and more"),
        ("so\xadft \ufeffzero\u200bwidth", "soft zerowidth"),
        ("👩‍🚀 é 🇺🇦", "👩‍🚀 é 🇺🇦"),
        ("lone \ud800", "lone \\ud800"),
        ("", ""),
    ],
)
def test_what_commands_a_terminal_is_spelt_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_spaces_are_kept_where_asked() -> None:
    assert visible("  a  b", spaces=True) == "  a  b"


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("utf-8", "Köln’s → “核” –"), ("cp1252", "Köln’s -> “?” –"), ("ascii", 'Koln\'s -> "?" -')],
)
def test_an_encoding_gets_the_nearest_it_has(encoding: str, shown: str) -> None:
    assert printable("Köln’s → “核” –", encoding) == shown


@given(st.text(st.characters(exclude_categories=())), st.sampled_from(["utf-8", "ascii", "latin-1", "cp437"]))
def test_any_text_becomes_printable(text: str, encoding: str) -> None:
    shown = printable(text, encoding)
    shown.encode(encoding)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") or c in "\u202e\u2066" for c in shown)
