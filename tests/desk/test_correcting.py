"""Correcting by hand: cells in the words that they are shown in, confirmed, emptied; events rejected; and undone."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.desk.correcting import FIELDS, confirm, correct, reject, uncorrect
from dateline.errors import LedgerError, SettingError
from dateline.ledger import Ledger
from dateline.model import Event, Exhibit, Span
from tests.desk.press import BAY


def met(press: Path) -> str:
    return dateline.ask(press, who="quill", when="2023-09-13").entries[0].id


def words_of(shown: Exhibit, press: Path, span: Span | None) -> str | None:
    with Ledger.open(press) as ledger:
        return span.of(ledger.reading(shown.entry.report.edition).text) if span else None


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        ("who", "Dina Sato;  Rob   Stone", "Dina Sato, Rob Stone"),
        ("whom", "Nobody Known", "Nobody Known"),
        ("type", "accuse", "ACCUSE"),
        ("when", "2023-09-12/2023-09-13", "2023-09-12/2023-09-13"),
        ("where", "Vostok Bay", "Vostok Bay"),
        ("where", "The old pier (10.5, -20)", "The old pier"),
        ("where", "10.5, -20", "10.50, -20.00"),
        ("status", " Denied ", "denied"),
        ("source", "Examplia Times", "Examplia Times"),
        ("main", "no", None),
    ],
)
def test_a_cell_is_corrected_in_words_and_taken_back(own_press: Path, cell: str, value: str, told: str | None) -> None:
    event = met(own_press)
    before = dateline.show(own_press, event)
    shown = correct(own_press, event, cell, value, by="Ann")
    assert shown.entry.corrected == (FIELDS[cell],)
    assert [(each.field, each.by) for each in shown.corrections] == [(FIELDS[cell], "Ann")]
    if told is not None:
        backings = [each for each in shown.backings if each.cell == cell]
        assert ", ".join(each.value for each in backings) == told
        assert {each.by for each in backings} == {"Ann"}
        assert all("the machine read" in (each.because or "") or cell == "where" for each in backings)
    back = uncorrect(own_press, event, cell)
    assert isinstance(before, Exhibit)
    assert (back.entry.event, back.corrections) == (before.entry.event, ())


def test_what_the_report_names_is_pointed_at(own_press: Path) -> None:
    event = met(own_press)
    who = correct(own_press, event, "whom", "ada quill").entry.event.recipients[0]
    assert who.name == "Ada Quill"
    shown = correct(own_press, event, "where", "vostok bay")
    where = shown.entry.event.where
    assert where is not None and (where.lat, where.lon) == (BAY.lat, BAY.lon)
    assert words_of(shown, own_press, who.span) == "Ada Quill"
    assert words_of(shown, own_press, where.span) == "Vostok Bay"


def test_a_place_that_the_report_does_not_name_is_looked_up(own_press: Path) -> None:
    shown = correct(own_press, met(own_press), "where", "Cairo").entry.event.where
    assert shown is not None and shown.lat is not None and round(shown.lat) == 30
    unknown = correct(own_press, met(own_press), "where", "Zzyzzyville Nowhere").entry.event.where
    assert unknown is not None and (unknown.span, unknown.lat) == (None, None)


def test_a_confirmed_cell_stays_and_says_by_whom(own_press: Path) -> None:
    event = met(own_press)
    shown = confirm(own_press, event, "when", by="Ann")
    when = next(each for each in shown.backings if each.cell == "when")
    assert when.value == "2023-09-13" and when.by == "Ann"
    assert when.because is not None and when.because.startswith("confirmed by hand")


def test_a_rejected_cell_is_empty(own_press: Path) -> None:
    event = met(own_press)
    shown = reject(own_press, event, "when")
    assert shown.entry.event.when is None
    assert dateline.ask(own_press, who="quill", when="2023-09-13").total == 0
    assert uncorrect(own_press, event, "when").entry.event.when is not None


@pytest.mark.parametrize("cell", ["type", "status", "source", "main"])
def test_some_cells_always_hold_something(own_press: Path, cell: str) -> None:
    with pytest.raises(SettingError, match="cannot be nothing"):
        reject(own_press, met(own_press), cell)


def test_a_rejected_event_is_found_no_more_and_comes_back(own_press: Path) -> None:
    event = met(own_press)
    whole = [[entry.id for entry in one.entries] for one in dateline.timeline(own_press)]
    total = dateline.ask(own_press).total
    shown = reject(own_press, event, by="Ann")
    assert shown.entry.corrected == ("rejected",) and shown.entry.happening is None
    assert dateline.ask(own_press).total == total - 1
    assert event not in [entry.id for one in dateline.timeline(own_press) for entry in one.entries]
    with Ledger.open(own_press) as ledger:
        edition = shown.entry.report.edition
        assert event not in [entry.id for entry in ledger.entries_of(edition)]
        assert event in [entry.id for entry in ledger.entries_of(edition, rejected=True)]
    back = uncorrect(own_press, event)
    assert back.entry.happening is not None and back.corrections == ()
    assert [[entry.id for entry in one.entries] for one in dateline.timeline(own_press)] == whole


def test_a_rejected_event_stays_rejected_when_its_report_is_read_again(own_press: Path) -> None:
    event = met(own_press)
    reject(own_press, event)
    with Ledger.open(own_press, write=True) as ledger:
        edition = ledger.entries([event])[0].report.edition
        reading = ledger.reading(edition)
        ledger.replace(edition, reading)
        assert event not in [entry.id for entry in ledger.ask(dateline.Question()).entries]
        assert event not in ledger.unblocked(100)
    assert uncorrect(own_press, event).entry.happening is not None


def test_a_corrected_event_is_compared_anew(own_press: Path) -> None:
    event = met(own_press)
    with Ledger.open(own_press) as ledger:
        assert len(ledger.group(ledger.entries([event])[0].happening or "")) == 2
    correct(own_press, event, "when", "2021-01-01")
    correct(own_press, event, "who", "Somebody Else")
    correct(own_press, event, "type", "ASSAULT")
    shown = correct(own_press, event, "whom", "Another Body")
    with Ledger.open(own_press) as ledger:
        assert ledger.group(shown.entry.happening or "") == (event,)
        assert ledger.unblocked(10) == ()


def test_a_mode_goes_with_the_type_that_it_refines() -> None:
    from dateline.ledger.corrections import corrected
    from tests.desk.press import first_print

    event: Event = first_print().events[0]
    with_mode = type(event)(**{name: getattr(event, name) for name in event.__struct_fields__} | {"mode": "visit"})
    assert corrected(with_mode, {"type": '"ASSAULT"'}).mode is None
    assert corrected(with_mode, {"status": '"denied"'}).mode == "visit"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("who", " ; ;"), ("who", "x" * 501), ("who", ";".join(map(str, range(21)))), ("when", "next tuesday"),
        ("when", ""), ("when", "2023-13-40"), ("where", "91, 0"), ("where", "nan, nan"), ("type", "WAR"),
        ("status", "true"), ("main", "perhaps"), ("trigger", "x"), ("", "x"), ("rejected", "true"), ("who", "\ud800"),
    ],
)  # fmt: skip
def test_what_a_cell_cannot_hold_is_told(own_press: Path, cell: str, value: str) -> None:
    event = met(own_press)
    with pytest.raises(SettingError):
        correct(own_press, event, cell, value)
    with Ledger.open(own_press) as ledger:
        assert ledger.corrections() == ()


def test_what_was_not_corrected_cannot_be_taken_back(own_press: Path) -> None:
    for cell in ("when", None):
        with pytest.raises(SettingError, match="nobody has"):
            uncorrect(own_press, met(own_press), cell)


def test_an_event_that_is_not_there_is_told(own_press: Path) -> None:
    with pytest.raises(LedgerError, match="there is no event"):
        confirm(own_press, "0000", "when")
    with pytest.raises(SettingError, match="no name of a person"):
        confirm(own_press, met(own_press), "when", by=" ")
