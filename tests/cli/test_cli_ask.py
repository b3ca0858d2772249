"""The doors of the ledger: what they print, in which form, and what they say when something will not do."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner, Result

import dateline
from dateline.cli import app
from dateline.cli.options import Sort, State
from dateline.ledger import Ledger
from dateline.model import Order, Status, answer_json
from tests.desk.press import COAST, MET, WIRE, taken, write_busy, write_press
from tests.ledger.made import Told, reading_of


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_press(tmp_path_factory.mktemp("press") / "press.ledger")


def run(*arguments: str | Path, columns: int = 100) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], prog_name="dateline", env={"COLUMNS": str(columns)})


def ask(press: Path, *arguments: str, columns: int = 100) -> Result:
    return run(*arguments, "--ledger", press, columns=columns)


# One form for all doors.


def test_the_doors_agree(press: Path) -> None:
    quill = dateline.ask(press, who="quill").entries[0]
    for arguments, answer in (
        (["ask", "--who", "quill"], dateline.ask(press, who="quill")),
        (["ask", "--type", "assault", "--order=-when", "--limit", "1"],
         dateline.ask(press, type="ASSAULT", order="-when", limit=1)),
        (["said", "kcna"], dateline.said(press, "kcna")),
        (["timeline", "--when", "2023-09"], dateline.timeline(press, when="2023-09")),
        (["show", quill.id], dateline.show(press, quill.id)),
        (["show", quill.happening or ""], dateline.show(press, quill.happening or "")),
        (["show", quill.report.report], dateline.show(press, quill.report.report)),
        (["show", quill.report.report, "--editions"], dateline.show_editions(press, quill.report.report)),
        (["compare", COAST, WIRE], dateline.compare(press, COAST, WIRE)),
    ):  # fmt: skip
        result = ask(press, *arguments, "--json")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == f"{answer_json(answer)}\n"
        assert json.loads(result.stdout)["dateline"] == 1


def test_judging_prints_the_json_of_what_it_did(tmp_path: Path) -> None:
    press = write_press(tmp_path / "press.ledger")
    one, other = (entry.id for entry in dateline.ask(press, who="quill").entries)
    done = json.loads(ask(press, "judge", "different", one, other, "--by", "Ann", "--json").stdout)
    assert [each["by"] for each in done["judgements"]] == ["Ann"] and not done["undone"]
    assert set(done["happenings"]) == {one, other}
    shown = ask(press, "judge", "different", one, other, "--by", "Ann", "--undo")
    assert shown.stdout.startswith(f"took back: {min(one, other)} and {max(one, other)} different, by Ann\n")


def test_the_choices_are_those_of_the_model() -> None:
    assert [each.value for each in State] == list(get_args(Status))
    assert [each.value for each in Sort] == list(get_args(Order))


# CSV.


def rows(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout, newline="")))


def test_answers_as_csv(press: Path) -> None:
    first, *_ = rows(ask(press, "ask", "--csv", "--who", "quill"))
    assert (first["actors"], first["when"], first["where"]) == ("Ada Quill", "2023-09-13", "Vostok Bay")
    quote, *_ = rows(ask(press, "said", "kcna", "--csv"))
    assert quote["said_by"] == "KCNA" and quote["content"].startswith("Ada Quill met Rob Stone")
    raid, met, thanks = rows(ask(press, "timeline", "--csv"))
    assert (raid["reports"], raid["independent"], raid["badges"]) == ("2", "2", "disputed: number")
    assert (met["disagreements"], thanks["disagreements"]) == ("when contradicts", "")


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    told = Told("=HYPERLINK(1)", "met", "Rob Stone", said_by="+1234")
    press = tmp_path / "odd.ledger"
    with Ledger.open(press, write=True) as ledger:
        ledger.put([taken(reading_of([told], headline="@SUM(A1)", origin="https://odd.example/1"))])
        ledger.regroup({"0" * 16: ledger.unblocked(9)})
    for command in ("ask", "said", "timeline"):
        for row in rows(ask(press, command, "--csv")):
            assert not [cell for cell in row.values() if cell.startswith(("=", "+", "@"))]


# Pages.


def test_a_table_has_a_column_for_every_question(press: Path) -> None:
    shown = ask(press, "ask", "--said-by", "kcna", columns=160).stdout
    for words in (
        "Event",
        "When",
        "To whom",
        "On whose word",
        "Report",
        "14 Sep 2023",
        "KCNA",
        "Vostok Bay",
        "happened",
    ):
        assert words in shown
    assert shown.splitlines()[-1] == "1-1 of 1"


@pytest.mark.parametrize("columns", [40, 80, 160])
@pytest.mark.parametrize("command", [["ask"], ["timeline"], ["said"], ["compare", COAST, WIRE]])
def test_pages_keep_within_the_terminal(press: Path, command: list[str], columns: int) -> None:
    shown = ask(press, *command, columns=columns)
    assert shown.exit_code == 0
    assert max(map(len, shown.stdout.splitlines())) <= columns


def test_every_id_that_is_shown_can_be_typed(press: Path) -> None:
    for entry in dateline.ask(press).entries:
        assert ask(press, "show", entry.id[:8]).stdout.count(entry.id) == 1


def test_an_answer_is_paged(press: Path) -> None:
    assert ask(press, "ask", "--limit", "2").stdout.splitlines()[-1] == "1-2 of 5; more: --offset 2"
    assert ask(press, "ask", "--limit", "2", "--offset", "4").stdout.splitlines()[-1] == "5-5 of 5"
    assert ask(press, "ask", "--offset", "9").stdout.splitlines()[-1] == "none past 9 (of 5)"
    assert ask(press, "timeline", "--limit", "1").stdout.splitlines()[-1] == "1-1; more: --offset 1"
    assert ask(press, "said", "--limit", "2").stdout.splitlines()[-1] == "1-2"


def test_a_long_timeline_is_folded(tmp_path: Path) -> None:
    busy = write_busy(tmp_path / "busy.ledger")
    folded = ask(busy, "timeline", columns=120).stdout
    assert [line.split("+ ")[1] for line in folded.splitlines() if "+ " in line] == [
        "2 of background, until 2 May 2011", "6 details", "3 details",
    ]  # fmt: skip
    assert "watched" not in folded and "11 of these are folded; --all lays them out" in folded
    whole = ask(busy, "timeline", "--all", columns=120).stdout
    (raid,) = (one for one in dateline.timeline(busy) if one.type == "ASSAULT")
    assert f"detail of {raid.id[:8]}" in whole and "background" in whole and "folded" not in whole
    ranks = [row["rank"] for row in rows(ask(busy, "timeline", "--csv"))]
    assert ranks == [one.rank for one in dateline.timeline(busy)]


def test_nothing_found_is_said_in_words(press: Path) -> None:
    assert (
        ask(press, "ask", "--who", "nobody").stdout == "no event answers this; ask for less, or for a part of a name\n"
    )
    assert ask(press, "timeline", "--who", "nobody").stdout.startswith("no happening answers this")
    assert ask(press, "said", "nobody").stdout.startswith("nobody of this name")


def test_an_event_shows_its_sentence_with_its_cells_marked(press: Path) -> None:
    (entry,) = dateline.ask(press, said_by="kcna").entries
    shown = " ".join(ask(press, "show", entry.id, columns=160).stdout.split())
    assert "[who Ada Quill] [what met] [whom Rob Stone] in [where Vostok Bay] on [when 2023-09-14] to talk" in shown
    assert "[source KCNA] said." in shown
    assert "in so many words (timexes.en/1)" in shown
    assert entry.report.headline in shown if entry.report.headline else False


def test_a_happening_shows_origins_and_disagreements(press: Path) -> None:
    (met,) = dateline.timeline(press, said_by="kcna")
    shown = ask(press, "show", met.id).stdout
    for words in (
        "ORIGINS  2",
        "KCNA · cited · state-controlled (KP)",
        "the time is disputed",
        "13 Sep 2023",
        "2 reports",
    ):
        assert words in shown
    (raid,) = dateline.timeline(press, said_by="officials")
    assert "officials (Example Wire) · cited · unnamed" in ask(press, "show", raid.id).stdout


def test_editions_show_words_that_went_and_came(press: Path) -> None:
    shown = " ".join(ask(press, "show", dateline.ask(press, who="sato").entries[0].id, "--editions").stdout.split())
    assert "talk of [-harbour-] {+army+} shells." in shown
    assert "EVENTS GONE 1" in shown and "EVENTS NEW 1" in shown
    assert ask(press, "show", dateline.ask(press, said_by="kcna").entries[0].id, "--editions").stdout.startswith(
        "there is one"
    )


def test_what_is_denied_is_never_shown_as_done(tmp_path: Path) -> None:
    press = tmp_path / "denied.ledger"
    with Ledger.open(press, write=True) as ledger:
        ledger.put([taken(reading_of([Told("Ada Quill", "met", "Rob Stone", status="denied")], origin=COAST))])
        ledger.regroup({"0" * 16: ledger.unblocked(9)})
    for columns in (80, 160):
        assert "denied" in ask(press, "ask", columns=columns).stdout
    assert "denied" in ask(press, "timeline").stdout


def test_a_report_cannot_command_the_terminal(tmp_path: Path) -> None:
    evil = "\x1b[2J\u202eevil\x07"
    press = tmp_path / "evil.ledger"
    told = Told(f"Ada {evil}", "met", f"Rob {evil}", when="2023-09-13", said_by=f"Wire {evil}", more=evil)
    with Ledger.open(press, write=True) as ledger:
        ledger.put(
            [taken(reading_of([told, MET], headline=evil, publisher=evil, origin=f"https://evil.example/{evil}"))]
        )
        ledger.regroup({"0" * 16: ledger.unblocked(9)})
    (entry, *_) = dateline.ask(press).entries
    commands = [["ask"], ["said"], ["timeline"], ["show", entry.id], ["show", "0" * 16], ["show", entry.report.report]]
    for command in commands:
        for columns in (80, 160):
            shown = ask(press, *command, columns=columns)
            assert shown.exit_code == 0 and not {"\x1b", "\u202e", "\x07"} & set(shown.stdout)


# What will not do.


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask", "--json", "--csv"], "one form at a time"),
        (["ask", "--type", "war"], "no such type"),
        (["ask", "--when", "next tuesday"], "such as 2023-09 or 2023-09-12/2023-09-17"),
        (["ask", "--where", "99,999,5"], "no point on the globe"),
        (["ask", "--status", "over"], "Invalid value"),
        (["ask", "--limit", "-1"], "Invalid value"),
        (["timeline", "--order", "when"], "No such option"),
        (["show", "zzz"], "this is no id"),
        (["show", "00000000"], "there is no event, happening, report, edition or actor 00000000"),
        (["compare", "none.html", "none.txt"], "no such file"),
        (["judge", "same", "0000", "0001"], "there is no event or happening"),
        (["judge", "maybe", "0000", "0001"], "Invalid value"),
        (["said", "...", "--words", "-"], "there is no name in this"),
    ],
)
def test_what_will_not_do_is_told(press: Path, arguments: list[str], words: str) -> None:
    result = ask(press, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in " ".join(result.stderr.split()) and "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "command", [["ask"], ["said"], ["timeline"], ["show", "0000"], ["judge", "same", "0000", "0001"]]
)
def test_where_there_is_no_ledger_none_is_made(tmp_path: Path, command: list[str]) -> None:
    result = ask(tmp_path / "none.ledger", *command)
    assert result.exit_code == 2 and "none.ledger" in result.stderr
    assert list(tmp_path.iterdir()) == []
