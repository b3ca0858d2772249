"""Asking a ledger from Python: events, quotes, happenings, and what they show of themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dateline
from dateline.desk import find_badges
from dateline.errors import LedgerError, SettingError
from dateline.model import answer_json
from tests.desk.press import first_print, taken, wire_print, write_press
from tests.ledger.made import Told, reading_of


def test_all_that_is_asked_must_hold(press: Path) -> None:
    answer = dateline.ask(press, who="quill", when="2023-09-13")
    assert [entry.report.publisher for entry in answer.entries] == ["The Coast Courier"]
    assert dateline.ask(press, who="quill", said_by="kcna").total == 1
    assert dateline.ask(press, who="quill", type="ASSAULT").total == 0


def test_an_open_ledger_is_asked_and_left_open(press: Path) -> None:
    with dateline.Ledger.open(press) as ledger:
        assert dateline.ask(ledger, words="shells").total == 1
        assert dateline.ask(ledger).total == 5


def test_an_open_ledger_is_added_to_and_asked_as_the_other_doors_do(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "Quill visits Varna\n\nAda Quill visited Varna on Monday, her office said. She met the mayor there."
    )
    with dateline.Ledger.open(tmp_path / "press.ledger", write=True) as ledger:
        assert ledger.add(page, workers=1, published="2023-09-13").added == 1
        assert ledger.add([page], workers=1, published="2023-09-13").known == 1
        answer = ledger.ask(who="Quill")
        assert answer.total > 0
        assert answer_json(answer) == answer_json(dateline.ask(tmp_path / "press.ledger", who="Quill"))
        assert ledger.ask(dateline.Question(who="Quill")) == answer
        with pytest.raises(SettingError, match="who: the question is given whole already"):
            ledger.ask(dateline.Question(), who="Quill")


def test_there_must_be_a_ledger(tmp_path: Path) -> None:
    for request in (dateline.ask, dateline.said, dateline.timeline, dateline.reread):
        with pytest.raises(LedgerError):
            request(tmp_path / "none.ledger")
    with pytest.raises(LedgerError):
        dateline.judge(tmp_path / "none.ledger", "same", "abcd", "abce")
    assert list(tmp_path.iterdir()) == []


def test_a_question_that_makes_no_sense_is_told(press: Path) -> None:
    with pytest.raises(SettingError, match="next tuesday"):
        dateline.ask(press, when="next tuesday")
    with pytest.raises(TypeError):
        dateline.ask(press, whose="mine")  # type: ignore[call-arg]


def test_quotes_come_in_order_of_publication(press: Path) -> None:
    quotes = dateline.said(press)
    assert [quote.statement.source_name for quote in quotes] == ["KCNA", "officials"]
    assert [quote.statement.source_name for quote in dateline.said(press, "kcna")] == ["KCNA"]
    assert dateline.said(press, words="morning", offset=1) == ()


def test_a_timeline_holds_happenings_of_several_reports(press: Path) -> None:
    raid, met, thanks = dateline.timeline(press)
    assert [len(one.entries) for one in (raid, met, thanks)] == [2, 2, 1]
    assert raid.independent == 2
    assert {each.slot for each in met.disagreements} == {"when"}
    assert [one.id for one in dateline.timeline(press, who="Sato")] == [thanks.id]
    assert [one.id for one in dateline.timeline(press, limit=1, offset=1)] == [met.id]


def test_a_timeline_finds_a_happening_by_any_of_its_tellings(press: Path) -> None:
    (found,) = dateline.timeline(press, said_by="officials")
    assert {entry.report.publisher for entry in found.entries} == {"The Coast Courier", "Example Wire"}


def test_badges_say_what_the_tellings_show(press: Path) -> None:
    raid, met, thanks = dateline.timeline(press)
    assert find_badges(raid) == ("disputed: number",)
    assert find_badges(met) == ("disputed: when",)
    assert find_badges(thanks) == ()


@pytest.mark.parametrize(
    ("told", "badges"),
    [
        (Told("Ada Quill", "met", "Rob Stone", status="planned"), ("planned",)),
        (Told("Ada Quill", "met", "Rob Stone", status="possible"), ("possible",)),
        (Told("Ada Quill", "met", "Rob Stone", status="denied"), ("denied",)),
        (Told("Ada Quill", "met", "Rob Stone", said_by="KCNA"), ("state-controlled origins only",)),
        (Told("Ada Quill", "met", "Rob Stone", said_by="officials"), ("unnamed origins only",)),
        (Told("Ada Quill", "met", "Rob Stone", said_by="Ada Quill"), ("parties only",)),
    ],
)
def test_a_badge_for_each_thing_to_beware_of(tmp_path: Path, told: Told, badges: tuple[str, ...]) -> None:
    with dateline.Ledger.open(tmp_path / "one.ledger", write=True) as ledger:
        ledger.put([taken(reading_of([told], origin="https://coast.example/9"))])
        (event,) = ledger.unblocked(9)
        ledger.regroup({"ab" * 8: [event]})
        (one,) = dateline.timeline(ledger)
    assert find_badges(one) == badges


def test_origins_of_ones_own_stand_beside_the_ledger(tmp_path: Path) -> None:
    press = write_press(tmp_path / "press.ledger")
    before = dateline.timeline(press, who="Sato")[0].roots[0]
    assert before.state is None
    own = '[[origin]]\nname = "The Coast Courier"\ncountry = "EX"\nkind = "paper"\ncontrol = "state-owned"\n'
    (tmp_path / "press.ledger.origins.toml").write_text(f'{own}source = "its own masthead"\n')
    after = dateline.timeline(press, who="Sato")[0].roots[0]
    assert after.state == "EX" and "its own masthead" in after.because


def test_every_answer_has_one_json_form(press: Path) -> None:
    answer = dateline.ask(press, who="quill")
    form = json.loads(answer_json(answer))
    assert list(form) == ["dateline", "question", "total", "entries"]
    assert (form["dateline"], form["total"], form["entries"][0]["event"]["type"]) == (1, 2, "CONSULT")
    assert json.loads(answer_json(dateline.said(press)))["found"][0]["statement"]["source_name"] == "KCNA"
    assert answer_json(dateline.timeline(press, who="nobody")) == '{"dateline":1,"found":[]}'
    assert answer_json(answer, indent=2).startswith('{\n  "dateline": 1,')


def test_half_a_character_does_not_break_the_json(press: Path) -> None:
    answer = dateline.ask(press, who="quill \ud800")
    assert json.loads(answer_json(answer))["question"]["who"] == "quill ?"


def test_the_same_question_gives_the_same_bytes(press: Path, tmp_path: Path) -> None:
    with dateline.Ledger.open(tmp_path / "b.ledger", write=True) as other:
        other.put([taken(wire_print()), taken(first_print())])
        mine = answer_json(dateline.ask(other))
        assert mine == answer_json(dateline.ask(other))
