"""Walking along time finds what gathering and sorting finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dateline.desk.corroborating import corroborate
from dateline.ledger import Ledger, walking
from dateline.model import Question
from tests.desk.press import taken
from tests.ledger.made import made_reading

QUESTIONS: list[dict[str, Any]] = [
    {"status": "happened"}, {"type": "CONSULT"}, {"main": True}, {"who": "ada"}, {"words": "met OR bridge"},
    {"publisher": "wire"}, {"who": "quill", "whom": "stone"}, {"words": "met -bridge", "status": "denied"},
    {"said_by": "ministry of defence", "type": "ACCUSE"}, {"publisher": "coast courier", "where": "RU"},
]  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("walk") / "press.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.put([taken(made_reading(seed)) for seed in range(60)])
        corroborate(ledger)
        yield ledger


@pytest.mark.parametrize("asked", QUESTIONS, ids=str)
@pytest.mark.parametrize("offset", [0, 7])
def test_both_ways_find_the_same(
    book: Ledger, asked: dict[str, Any], offset: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question(**asked)
    sorted_ = book.groups(limit=9, offset=offset, question=question)
    monkeypatch.setattr(walking, "MANY", 0)
    monkeypatch.setattr(walking, "MANY_WORDS", 0)
    assert book.groups(limit=9, offset=offset, question=question) == sorted_
    monkeypatch.setattr(walking, "STEPS", 10)
    assert book.groups(limit=9, offset=offset, question=question) == sorted_


def test_the_questions_have_answers(book: Ledger) -> None:
    assert sum(bool(book.groups(limit=1, question=Question(**asked))) for asked in QUESTIONS) > 7
