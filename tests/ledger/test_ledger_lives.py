"""The newest end of somebody's life is that of all that ``ask`` and ``quotes`` find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import SettingError
from dateline.ledger import Ledger, lives, store
from dateline.ledger.marks import days_of, minute_of
from dateline.model import Entry, Question, Taken
from tests.ledger.made import Told, made_reading, reading_of


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("lives") / "press.ledger", write=True) as opened:
        opened.put([Taken(f"{seed}", made_reading(seed)) for seed in range(120)])
        yield opened


def first_day(entry: Entry) -> int:
    return days_of(entry.event.when.value if entry.event.when else None).first


@pytest.mark.parametrize("who", ["ada", "Bo Quill", "ministry", "Defence Ministry", "stone"])
@pytest.mark.parametrize("as_recipient", [False, True])
def test_a_life_is_all_that_is_found_the_latest_first(ledger: Ledger, who: str, as_recipient: bool) -> None:
    asked = Question(whom=who, limit=9_999) if as_recipient else Question(who=who, limit=9_999)
    everything = ledger.ask(asked).entries
    life = ledger.life(who, as_recipient=as_recipient, limit=9_999)
    assert {entry.id for entry in life} == {entry.id for entry in everything} and len(life) == len(everything) > 5
    dated = [first_day(entry) for entry in life if first_day(entry) < 9_000_000]
    assert dated == sorted(dated, reverse=True) and len(dated) < len(life)
    assert [first_day(entry) for entry in life[: len(dated)]] == dated
    pages = [ledger.life(who, as_recipient=as_recipient, limit=7, offset=start) for start in range(0, len(life), 7)]
    assert [entry for page in pages for entry in page] == list(life)


@pytest.mark.parametrize("who", ["ada", "Example Wire", "ministry defence"])
def test_the_last_words_are_all_that_is_found_the_latest_first(ledger: Ledger, who: str) -> None:
    everything, last = ledger.quotes(who, limit=9_999), ledger.last_words(who, limit=9_999)
    assert {quote.id for quote in last} == {quote.id for quote in everything} and len(last) == len(everything) > 3
    minutes = [minute_of(quote.report.published) for quote in last]
    assert minutes == sorted(minutes, reverse=True)
    assert ledger.last_words(who, limit=2, offset=1) == last[1:3]


@pytest.mark.parametrize(("who", "words"), [(None, None), ("ada", None), ("ministry defence", None), (None, "harbour")])
def test_each_quote_is_what_quotes_find(ledger: Ledger, who: str | None, words: str | None) -> None:
    everything = ledger.quotes(who, words=words, limit=9_999)
    assert tuple(ledger.each_quote(who, words=words)) == everything != ()


def test_all_quotes_are_looked_for_in_a_few_ever_longer_looks(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of fixed length each time would read all that came before it again, over and over."""
    looks: list[tuple[int, int]] = []
    find = lives.quote_rows

    def noted(*asked: Any) -> list[int]:
        looks.append((asked[-1], asked[-2]))
        return find(*asked)

    monkeypatch.setattr(lives, "quote_rows", noted)
    monkeypatch.setattr(store, "MANY_QUOTES", 2)
    everything = tuple(ledger.each_quote())
    assert everything == ledger.quotes(limit=9_999) and len(everything) > 40
    assert looks[:4] == [(0, 2), (2, 2), (4, 4), (8, 8)]


def test_the_newest_are_those_of_the_report_added_last(ledger: Ledger) -> None:
    last = ledger.editions()[-1]
    assert {entry.report.edition for entry in ledger.newest(limit=5)} == {last.id}
    assert len(ledger.newest(limit=50)) == 50


def test_what_is_undated_comes_last(tmp_path: Path) -> None:
    told = [
        Told("Ada Quill", "met"),
        Told("Ada Quill", "left", when="2020-01-01"),
        Told("Ada Quill", "sang", when="2021"),
    ]
    with Ledger.open(tmp_path / "u.ledger", write=True) as opened:
        opened.put([Taken("1", reading_of(told, published=None))])
        assert [first_day(entry) for entry in opened.life("quill", limit=3)] == [737791, 737425, 9_999_999]
        assert opened.life("quill", limit=0) == ()


def test_a_life_of_nobody_is_empty_and_bad_pages_are_told(ledger: Ledger) -> None:
    assert ledger.life("nobody of that name", limit=5) == ()
    with pytest.raises(SettingError):
        ledger.life("ada", limit=-1)
