"""Counting and searching at a cost that does not grow with the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dateline.ledger import Ledger
from tests.desk.press import write_press


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(write_press(tmp_path_factory.mktemp("press") / "press.ledger")) as ledger:
        yield ledger


def test_the_span_is_that_of_the_happenings_with_a_date(press: Ledger) -> None:
    assert press.span() == (date(2023, 9, 11).toordinal(), date(2023, 9, 13).toordinal())


def test_an_empty_ledger_has_no_span(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "empty.ledger", write=True) as ledger:
        assert ledger.span() is None
        assert ledger.count_happenings([(1, 2)], most=5) == (0,)


def test_happenings_are_counted_by_the_day_on_which_they_begin(press: Ledger) -> None:
    day, month = date(2023, 9, 13).toordinal(), date(2023, 9, 1).toordinal()
    assert press.count_happenings([(day, day), (month, month + 29), (1, month)], most=10) == (1, 2, 0)
    assert press.count_happenings([(month, month + 29)], most=1) == (1,)


def test_hits_are_sentences_of_current_editions_with_what_was_read_in_them(press: Ledger) -> None:
    hits = press.hits("met", limit=10)
    assert [(hit.report.publisher, hit.words[:9]) for hit in hits] == [
        ("The Coast Courier", "Ada Quill"),
        ("Example Wire", "Ada Quill"),
    ]
    assert all(hit.words[entry.event.trigger.start - hit.sentence.start :].startswith("met") for hit in hits
               for entry in hit.entries)  # fmt: skip
    assert [[quote.statement.source_name for quote in hit.quotes] for hit in hits] == [[], ["KCNA"]]
    assert press.hits("met", limit=1, offset=1) == hits[1:]
    assert press.hits("harbour", limit=10) == ()  # the first print, which is not current any more


def test_looking_words_up_reads_no_whole_table(press: Ledger) -> None:
    """Both queries go by an index, so that they cost what they show."""
    plan = press._database.execute(
        "EXPLAIN QUERY PLAN SELECT count(*) FROM (SELECT 1 FROM happening WHERE first BETWEEN 1 AND 2 LIMIT 3)"
    ).fetchall()
    assert any("happening_time" in step[3] for step in plan)
