"""Names that stand for one another, and spellings of one name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import LexiconError
from dateline.lexicon.aliases import Aliases
from dateline.lexicon.spellings import is_spelling, spelling_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong Un", "KIM Jong-un"),
        ("Viktor Orbán", "Orban Viktor"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskiy"),
        ("Muammar Gaddafi", "Moammar Qaddafi"),
        ("Mohammed bin Salman", "Muhammad Salman"),
        ("Yevgeny Prigozhin", "Evgeny Prigozhin"),
        ("Aleksandr Lukashenko", "Alexander Lukashenko"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)
    assert is_spelling(one, other) and is_spelling(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Moran", "Anna Marin"), ("Anna Larsen", "Anna Larson"), ("Maria Perez", "Mario Perez"),
        ("Tom Brown", "Tim Brown"), ("John Smith", "Jane Smith"), ("Ana Ruiz", "Ana María Ruiz"),
    ],
)  # fmt: skip
def test_other_names_are_no_spellings(one: str, other: str) -> None:
    assert not is_spelling(one, other)


@given(st.text(max_size=60))
def test_any_text_has_a_key_and_is_its_own_spelling(text: str) -> None:
    assert spelling_key(text) == spelling_key(text.strip())
    assert is_spelling(text, text)


def test_known_bodies_go_by_their_initials() -> None:
    aliases = Aliases.load()
    assert set(aliases.of_name("UN")) == set(aliases.of_name("united nations")) == {"UN", "United Nations"}
    assert aliases.of_name("Ana Ruiz") == ()


def test_a_file_of_ones_own_comes_beside_them(tmp_path: Path) -> None:
    own = tmp_path / "aliases.toml"
    own.write_text('[[alias]]\nname = "Kim Jong Un"\nalso = ["the Marshal", "Chairman Kim"]\n')
    aliases = Aliases.load(own)
    assert aliases.of_name("the marshal") == ("Kim Jong Un", "the Marshal", "Chairman Kim")
    assert aliases.of_name("EU")
    assert Aliases.load(tmp_path / "none.toml").of_name("the Marshal") == ()


@pytest.mark.parametrize("written", ['[[alias]]\nname = "Kim"\n', "not toml", "[[alias]]\nname = 1\nalso = []\n"])
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, written: str) -> None:
    own = tmp_path / "aliases.toml"
    own.write_text(written)
    with pytest.raises(LexiconError, match=r"aliases.toml: the file cannot be used .* Give each \[\[alias\]\]"):
        Aliases.load(own)
