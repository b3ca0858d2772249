"""A timeline folded for the eye: nothing is lost, and what people part is not put together again."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.desk.ranking import FEW, fold, tell_folded
from dateline.ledger import Ledger
from dateline.model import Happening
from tests.desk.press import taken, write_busy
from tests.ledger.made import Told, reading_of


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_busy(tmp_path_factory.mktemp("busy") / "busy.ledger")


def test_the_happenings_of_a_timeline_are_ranked(busy: Path) -> None:
    found = dateline.timeline(busy)
    raid, met = (one for one in found if one.rank == "main")
    assert (raid.type, met.type) == ("ASSAULT", "CONSULT")
    assert [one.rank for one in found[:2]] == ["background", "background"]
    assert {one.under for one in found if one.rank == "detail" and one.when} == {raid.id}
    assert dateline.show(busy, raid.id).rank is None  # type: ignore[union-attr]


def test_folding_loses_nothing(busy: Path) -> None:
    found = dateline.timeline(busy)
    folds = fold(found)
    assert sorted(one.id for each in folds for one in (each.head, *each.folded) if one) == sorted(o.id for o in found)
    assert [(each.head.type if each.head else None, tell_folded(each.folded)) for each in folds] == [
        (None, "2 of background"), ("ASSAULT", "6 details"), ("CONSULT", ""), (None, "3 details"),
    ]  # fmt: skip
    assert [each.head for each in fold(found, whole=True)] == list(found)
    years = [len(each.folded) for each in fold(found, part=lambda one: one.when) if each.head is None]
    assert years == [1, 1, 3]


def test_few_are_not_folded_nor_what_has_no_main(busy: Path) -> None:
    found = dateline.timeline(busy)
    assert all(each.head for each in fold(found[:FEW]))
    lesser = [one for one in found if one.rank != "main"]
    assert all(each.head for each in fold([*lesser, *lesser]))


def test_what_is_folded_beneath_one_on_another_page_stands_alone(busy: Path) -> None:
    found = dateline.timeline(busy)
    raid = next(one for one in found if one.type == "ASSAULT")
    rest = [one for one in found if one.id != raid.id]
    assert [each.head.type if each.head else None for each in fold(rest)] == [None, "CONSULT", None]


def happenings(path: Path) -> tuple[Happening, Happening]:
    first, second = dateline.timeline(path)
    return first, second


def test_what_people_part_is_no_repeat(tmp_path: Path) -> None:
    path = tmp_path / "parted.ledger"
    told = Told("Civic Front", "attacked", "Border Guard", "ASSAULT", "2023-09-16", main=True)
    with Ledger.open(path, write=True) as ledger:
        for number, headline in enumerate(("Civic Front attacks", "Raid on Border Guard")):
            reading = reading_of([told], origin=f"https://coast.example/{number}", headline=headline)
            ledger.put([taken(reading)])
        ledger.regroup({f"{number}" * 16: [id] for number, id in enumerate(ledger.unblocked(9))})
    first, second = happenings(path)
    assert {first.rank, second.rank} == {"main", "repeat"}
    dateline.judge(path, "different", first.entries[0].id, second.entries[0].id)
    assert [one.rank for one in happenings(path)] == ["main", "main"]
