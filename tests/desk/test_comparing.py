"""Comparing two reports: from the ledger, from files, or one of each."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.desk import comparing
from dateline.desk.comparing import entries_of
from dateline.errors import LedgerError, SettingError
from dateline.ledger import Ledger
from dateline.model import Reading
from tests.desk.press import COAST, WIRE, first_print, second_print, taken, wire_print


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of pages, and a stand-in that reads them."""
    made = {"first.html": first_print, "second.html": second_print, "wire.html": wire_print}
    for name in made:
        (tmp_path / name).write_text("a page")

    def read(source: Path | str, **_: object) -> Reading:
        return made[Path(source).name]()

    monkeypatch.setattr(comparing, "read", read)
    return tmp_path


def publishers(comparison: dateline.model.Comparison) -> list[set[str | None]]:
    return [{entry.report.publisher for entry in one.entries} for one in comparison.both]


def test_what_both_tell_and_where_they_differ(press: Path) -> None:
    found = dateline.compare(press, COAST, WIRE)
    assert publishers(found) == [{"The Coast Courier", "Example Wire"}] * 2
    assert [[each.slot for each in one.disagreements] for one in found.both] == [["when"], ["number"]]
    assert [entry.event.actors[0].name for entry in found.only_a] == ["Dina Sato"]
    assert found.only_b == ()
    assert (found.voices_a, found.voices_b) == ((), ("KCNA", "officials"))


def test_the_ledgers_own_happenings_are_told_by_their_ids(press: Path) -> None:
    known = {one.id for one in dateline.timeline(press)}
    assert {one.id for one in dateline.compare(press, COAST, WIRE).both} <= known


def test_turned_round_it_says_the_same(press: Path) -> None:
    one, other = dateline.compare(press, COAST, WIRE), dateline.compare(press, WIRE, COAST)
    assert (one.a, one.only_a, one.voices_b) == (other.b, other.only_b, other.voices_a)
    assert {each.id for each in one.both} == {each.id for each in other.both}


def test_files_are_read_on_the_spot_and_need_no_ledger(pages: Path) -> None:
    found = dateline.compare(pages / "none.ledger", pages / "first.html", pages / "wire.html")
    assert publishers(found) == [{"The Coast Courier", "Example Wire"}] * 2
    assert [entry.event.status for entry in found.only_a] == ["denied"]
    assert list(pages.glob("*.ledger*")) == []


def test_a_file_is_compared_with_a_report_of_the_ledger(press: Path, pages: Path) -> None:
    found = dateline.compare(press, pages / "first.html", WIRE)
    assert len(found.both) == 2 and found.b.publisher == "Example Wire"


def test_every_event_is_told_once(pages: Path) -> None:
    found = dateline.compare(pages / "none.ledger", pages / "first.html", pages / "wire.html")
    both = [entry.id for one in found.both for entry in one.entries]
    told = [*both, *(entry.id for entry in (*found.only_a, *found.only_b))]
    assert sorted(told) == sorted(entry.id for each in (first_print(), wire_print()) for entry in entries_of(each))


def test_a_copy_is_told(pages: Path) -> None:
    found = dateline.compare(pages / "none.ledger", pages / "first.html", pages / "second.html")
    assert found.copied > 0.5
    assert all(one.independent == 1 for one in found.both)
    assert found.copy == "b"  # The second print is of a later day.
    assert found.runs and all(run.words == first_print().text[run.a.start : run.a.end] for run in found.runs)
    assert all(second_print().text[run.b.start : run.b.end] == run.words for run in found.runs)
    turned = dateline.compare(pages / "none.ledger", pages / "second.html", pages / "first.html")
    assert turned.copy == "a"


def test_entries_of_a_reading_are_those_that_a_ledger_would_have(tmp_path: Path) -> None:
    reading = first_print()
    with Ledger.open(tmp_path / "one.ledger", write=True) as ledger:
        ledger.put([taken(reading)])
        (edition,) = ledger.editions()
        assert ledger.entries_of(edition.id) == entries_of(reading)


def test_one_report_is_not_compared_with_itself(press: Path) -> None:
    with pytest.raises(SettingError, match="one report"):
        dateline.compare(press, WIRE, WIRE)


def test_what_is_neither_file_nor_id_is_told(press: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="no such file"):
        dateline.compare(press, "none.html", WIRE)
    with pytest.raises(LedgerError):
        dateline.compare(tmp_path / "none.ledger", "none.html", WIRE)
