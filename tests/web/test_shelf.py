"""Ledgers stay open between requests, and are never one that is gone."""

from __future__ import annotations

import shutil
from pathlib import Path

from dateline.ledger import Ledger
from dateline.web.shelf import MOST, Shelf
from tests.desk.press import taken
from tests.ledger.made import Told, reading_of
from tests.web.visiting import visitor, words_of


def test_what_is_put_back_is_lent_again(press: Path) -> None:
    shelf = Shelf(press)
    mark, book = shelf.take()
    _, other = shelf.take()
    assert other is not book
    shelf.put_back(mark, book)
    assert shelf.take()[1] is book


def test_no_more_are_kept_than_are_of_use(press: Path) -> None:
    shelf = Shelf(press)
    lent = [shelf.take() for _ in range(MOST + 3)]
    for each in lent:
        shelf.put_back(*each)
    again = [shelf.take()[1] for _ in range(MOST + 3)]
    assert sum(any(book is old for _, old in lent) for book in again) == MOST


def test_a_ledger_that_takes_the_place_of_another_is_shown(press: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "press.ledger", tmp_path / "other.ledger"
    shutil.copy(press, path)
    client = visitor(path)
    assert "Ada Quill" in words_of(client.get("/statements?who=kcna").text + client.get("/").text)
    with Ledger.open(other, write=True) as ledger:
        ledger.put([taken(reading_of([Told("Bo Lindt", "met", "Lena Costa", when="2024-01-02")]))])
    for beside in tmp_path.glob("press.ledger-*"):
        beside.unlink()
    other.replace(path)
    assert "Bo Lindt" in client.get("/people").text
    path.unlink()
    assert client.get("/people").status_code == 503


def test_what_is_written_meanwhile_is_seen(own_press: Path) -> None:
    client = visitor(own_press)
    assert "Lena Costa" not in client.get("/people").text
    with Ledger.open(own_press, write=True) as ledger:
        ledger.put([taken(reading_of([Told("Bo Lindt", "met", "Lena Costa", when="2024-01-02")]))])
    assert "Lena Costa" in client.get("/people").text
