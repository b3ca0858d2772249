"""What somebody says of the kind of reports holds when they are added, by shards too, and when they are read again."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.desk.adding import hinted
from dateline.desk.sharding import add_by_shards
from dateline.errors import SettingError
from dateline.intake.sources import Parcel, find_parcels
from dateline.model import Reading, ReportKind, Tally

STORY = "The siege of Exampleville began on 3 May 1911, and the town was hungry by then. Relief came on Monday.\n"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    page = tmp_path / "siege.txt"
    page.write_text(STORY, "utf-8")
    return page


def the_reading(ledger: Path) -> Reading:
    with dateline.Ledger.open(ledger) as book:
        (edition,) = book.stale(("no annotator of that name",))
        return book.reading(edition)


def values(reading: Reading) -> list[str | None]:
    return [each.value for each in reading.timexes]


@pytest.mark.parametrize(
    ("kind", "told"),
    [("narrative", ["1911-05-03", "1911-05-08"]), ("news", ["1911-05-03", "2023-09-11"])],
)
def test_times_are_understood_as_the_kind_says_and_again_when_read_again(
    story: Path, tmp_path: Path, kind: ReportKind, told: list[str]
) -> None:
    ledger = tmp_path / "press.ledger"
    tally = dateline.add(story, ledger, kind=kind, published="2023-09-17", workers=1)
    assert tally.added == 1
    reading = the_reading(ledger)
    assert (reading.kind, reading.kind_given, values(reading)) == (kind, True, told)
    (done,) = dateline.reread(ledger, by=("no annotator of that name",))
    assert done.report.origin == str(story)
    again = the_reading(ledger)
    assert (again.kind, again.kind_given, values(again)) == (kind, True, told)


def test_a_kind_that_was_told_from_the_report_is_told_anew(story: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "press.ledger"
    dateline.add(story, ledger, published="2023-09-17", workers=1)
    reading = the_reading(ledger)
    assert reading.kind == "news" and not reading.kind_given


def test_no_date_given_makes_no_other_page_of_one(story: Path, tmp_path: Path) -> None:
    """What is known is told by its digest, of which the date is a part, and the kind is none."""
    ledger = tmp_path / "press.ledger"
    assert dateline.add(story, ledger, workers=1) == Tally(added=1)
    (page,) = find_parcels(str(story))
    assert isinstance(page, Parcel)
    assert hinted("", None, page).digest == hinted(None, "narrative", page).digest == page.digest
    assert dateline.add(story, ledger, kind="narrative", published="", workers=1) == Tally(known=1)
    assert the_reading(ledger).kind == "news"


def test_shards_are_read_as_the_kind_says_and_another_kind_makes_others(story: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    shards = str(tmp_path / "shards")
    ledgers = [tmp_path / f"{kind}.ledger" for kind in ("narrative", "news")]
    for kind, ledger in zip(("narrative", "news"), ledgers, strict=True):
        add_by_shards([str(story)], ledger, shards, kind=kind, published="2023-09-17", workers=1)  # type: ignore[arg-type]
    assert [the_reading(ledger).kind for ledger in ledgers] == ["narrative", "news"]


def test_no_such_kind_is_refused_before_anything_is_read(story: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="there is no such kind of report"):
        dateline.add(story, tmp_path / "press.ledger", kind="poem")  # type: ignore[arg-type]
    assert not (tmp_path / "press.ledger").exists()


def test_an_open_ledger_takes_a_kind_too(story: Path, tmp_path: Path) -> None:
    with dateline.Ledger.open(tmp_path / "press.ledger", write=True) as ledger:
        ledger.add(story, kind="narrative", published="2023-09-17", workers=1)
    assert the_reading(tmp_path / "press.ledger").kind == "narrative"
