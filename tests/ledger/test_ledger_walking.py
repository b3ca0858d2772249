"""Walking along time finds what gathering and sorting finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from dateline.desk.corroborating import corroborate
from dateline.errors import LedgerError
from dateline.ledger import Ledger, asking, lives, mapping, walking
from dateline.ledger.questions import understand
from dateline.model import Entry, Question
from tests.desk.press import taken
from tests.ledger.made import made_reading

QUESTIONS: list[dict[str, Any]] = [
    {"status": "happened"}, {"type": "CONSULT"}, {"main": True}, {"who": "ada"}, {"words": "met OR bridge"},
    {"publisher": "wire"}, {"who": "quill", "whom": "stone"}, {"words": "met -bridge", "status": "denied"},
    {"said_by": "ministry of defence", "type": "ACCUSE"}, {"publisher": "coast courier", "where": "RU"},
    {"where": "0,0,9000"},
]  # fmt: skip
NAMED: list[dict[str, Any]] = [
    {"who": "ada"}, {"where": "RU", "type": "CONSULT"}, {"said_by": "wire"}, {"whom": "quill stone"},
]  # fmt: skip
WHEN = "2022-06/2024-03"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("walk") / "press.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.put([taken(made_reading(seed)) for seed in range(60)])
        corroborate(ledger)
        yield ledger


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything counts as much."""
    for module, name in ((walking, "FEW"), (walking, "FEW_NAMED"), (mapping, "FEW"), (lives, "FEW")):
        monkeypatch.setattr(module, name, -1)
    monkeypatch.setattr(walking, "MANY", 1)


def answers(book: Ledger, question: Question) -> tuple[Entry, ...]:
    return book.ask(replace(question, limit=10_000)).entries


def told_of(book: Ledger, question: Question) -> list[str]:
    """The happenings that answer, by looking at every entry: in the order of what answers."""
    rows = book._database.execute("SELECT id, first, row FROM event").fetchall()
    places = {id: (first, row) for id, first, row in rows}
    order: dict[str, tuple[int, int]] = {}
    for entry in answers(book, question):
        if entry.happening is not None:
            order[entry.happening] = min(places[entry.id], order.get(entry.happening, places[entry.id]))
    return sorted(order, key=lambda id: order[id])


@pytest.mark.parametrize("when", [None, WHEN, "2023", "2023-07"])
@pytest.mark.parametrize("asked", [*QUESTIONS, {}], ids=str)
@pytest.mark.parametrize("offset", [0, 7])
def test_all_ways_find_the_same(
    book: Ledger, asked: dict[str, Any], when: str | None, offset: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question(**asked, when=when)
    expected = tuple(told_of(book, question)[offset : offset + 9])
    assert book.groups(limit=9, offset=offset, question=question) == expected
    for name in ("FEW", "FEW_NAMED"):
        monkeypatch.setattr(walking, name, -1)
    monkeypatch.setattr(walking, "MANY", 1)
    monkeypatch.setattr(walking, "AT_FIRST", 3)
    monkeypatch.setattr(walking, "AT_ONCE", 2)
    assert book.groups(limit=9, offset=offset, question=question) == expected
    monkeypatch.setattr(walking, "STEPS", 10)
    assert book.groups(limit=9, offset=offset, question=question) == expected


def test_the_questions_have_answers(book: Ledger) -> None:
    assert sum(bool(book.groups(limit=1, question=Question(**asked))) for asked in QUESTIONS) > 8
    assert sum(bool(book.groups(limit=1, question=Question(**asked, when=WHEN))) for asked in QUESTIONS) > 6


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("when", [None, WHEN])
@pytest.mark.parametrize("asked", NAMED, ids=str)
def test_a_map_is_made_from_the_latest_of_a_name(book: Ledger, asked: dict[str, Any], when: str | None) -> None:
    question = Question(**asked, when=when)
    placed = book.placed(question, most=10_000)
    expected = [
        entry.id for entry in answers(book, question) if entry.event.where and entry.event.where.lat is not None
    ]
    assert placed.whole and sorted(entry.id for entry in placed.entries) == sorted(expected)
    few = book.placed(question, most=3)
    days = [entry.event.when.value for entry in few.entries if entry.event.when]
    assert len(few.entries) <= 3 and days == sorted(days, reverse=True)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("asked", [{"words": "met OR bridge"}, {"publisher": "wire"}, {"where": "0,0,9000"}], ids=str)
def test_a_map_shows_nothing_that_does_not_answer(book: Ledger, asked: dict[str, Any]) -> None:
    question = Question(**asked)
    placed = book.placed(question, most=10_000)
    assert placed.entries and {entry.id for entry in placed.entries} <= {entry.id for entry in answers(book, question)}


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("who", [None, "wire", "ministry of defence", "nobody at all"])
@pytest.mark.parametrize("words", [None, "bridge OR harbour", "met"])
@pytest.mark.parametrize("offset", [0, 3])
def test_quotes_stand_in_the_order_in_which_they_were_printed(
    book: Ledger, who: str | None, words: str | None, offset: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = book.quotes(who, words=words, limit=5, offset=offset)
    monkeypatch.setattr(lives, "_in_order", lambda *_: (_ for _ in ()).throw(walking.Impatient))
    assert book.quotes(who, words=words, limit=5, offset=offset) == found


def test_patience_ends_and_leaves_nothing_behind(book: Ledger) -> None:
    question = Question(status="happened")
    with pytest.raises(walking.Impatient), walking.patient(book._database, 10):
        asking.find_rows(book._database, question, understand(question))
    assert asking.find_rows(book._database, question, understand(question))[0] > 0


def chosen(book: Ledger, words: str) -> list[int]:
    """The rows of the events whose sentences have the words, asked one by one."""
    with walking.choosing(book._database, words):
        return [row for (row,) in book._database.execute("SELECT row FROM event e WHERE chosen(e.sentence)")]


def test_patience_ends_among_the_words_too(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "AT_ONCE", 2)
    expected = chosen(book, "met OR bridge")
    with pytest.raises(walking.Impatient), walking.patient(book._database, 10):
        chosen(book, "met OR bridge")
    assert chosen(book, "met OR bridge") == expected != []


def interrupt(*_: object) -> bool:
    raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["_fetch", "__contains__"])
def test_to_be_interrupted_among_the_words_is_no_error(
    book: Ledger, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(walking.Having, name, interrupt)
    with pytest.raises(KeyboardInterrupt):
        chosen(book, "met")


def test_to_be_interrupted_while_sqlite_ticks_is_no_error(book: Ledger) -> None:
    class Ticked:
        """A connection whose ticks are interrupted."""

        def set_progress_handler(self, tick: object, steps: int) -> None:
            book._database.set_progress_handler(interrupt if tick else None, steps)

    with pytest.raises(KeyboardInterrupt), walking.patient(Ticked(), 1_000):  # type: ignore[arg-type]
        chosen(book, "met")
    assert chosen(book, "met")


def test_a_damage_met_among_the_words_is_told(book: Ledger, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "spoilt.ledger")) as copy:
        book._database.backup(copy)
        copy.execute("UPDATE search_data SET block = x'00' WHERE id > 10")
        copy.commit()
    damaged = pytest.raises(LedgerError, match="the file is damaged")
    with Ledger.open(tmp_path / "spoilt.ledger") as spoilt, damaged, spoilt._view():
        chosen(spoilt, "met")


def test_nothing_is_held_after_choosing(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[walking.Having] = []
    having = walking.Having

    def noted(database: sqlite3.Connection, words: str) -> walking.Having:
        made.append(having(database, words))
        return made[-1]

    monkeypatch.setattr(walking, "Having", noted)
    assert chosen(book, "met")
    assert [len(each._found) for each in made] == [0]
