"""What a map is made from, and what became of pages."""

from __future__ import annotations

from pathlib import Path

from dateline.desk.corroborating import corroborate
from dateline.ledger import Ledger
from dateline.model import Question, Refused
from tests.desk.press import taken
from tests.ledger.made import Told, place, reading_of

BAY = place("Vostok Bay", "RU", 51.9, 128.3)
RUSSIA = place("Russia", "RU", 60.0, 100.0, feature="PCLI")


def days_told(path: Path) -> Ledger:
    told = [Told("Ada Quill", "met", "Rob Stone", when=f"2023-09-{day:02}", where=BAY) for day in range(1, 10)]
    told += [Told("Ada Quill", "thanked", "Rob Stone", where=RUSSIA)]
    ledger = Ledger.open(path, write=True)
    ledger.put([taken(reading_of(told, origin="https://one.example/1"))])
    corroborate(ledger)
    return ledger


def test_the_latest_come_first_by_either_way_of_looking_up(tmp_path: Path) -> None:
    with days_told(tmp_path / "a.ledger") as ledger:
        for question in (Question(), Question(who="quill")):
            placed = ledger.placed(question, most=3)
            found = [entry.event.when.value for entry in placed.entries if entry.event.when]
            assert found == ["2023-09-09", "2023-09-08", "2023-09-07"]
            assert not placed.whole and placed.spots == {entry.id for entry in placed.entries}


def test_what_has_no_date_comes_last_and_a_country_is_no_spot(tmp_path: Path) -> None:
    with days_told(tmp_path / "a.ledger") as ledger:
        for question in (Question(), Question(who="quill")):
            placed = ledger.placed(question, most=50)
            assert len(placed.entries) == 10 and placed.whole
            assert placed.entries[-1].event.when is None
            assert placed.entries[-1].id not in placed.spots and len(placed.spots) == 9


def test_pages_are_told_in_the_order_asked(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "b.ledger", write=True) as ledger:
        one = taken(reading_of([Told("Ada Quill", "met", "Rob Stone")], origin="https://one.example/1"))
        two = taken(reading_of([Told("Bo Lindt", "met", "Rob Stone")], origin="https://two.example/2"))
        bad = Refused("f" * 64, "odd.bin", "no text", "Give a text.", "2026-01-01T00:00:00+00:00")
        ledger.put([one, two], [bad])
        editions, refusals = ledger.came_of([two.digest, "0" * 64, bad.digest, one.digest, two.digest])
        assert [each.report.origin for each in editions] == ["https://two.example/2", "https://one.example/1"]
        assert refusals == (bad,)
        assert ledger.came_of([]) == ((), ())
