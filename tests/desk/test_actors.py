"""Actors across reports: found by any spelling, shown with why they are one, judged by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import dateline
from dateline.cli import app
from dateline.errors import LedgerError, LexiconError, SettingError
from dateline.ledger import Ledger
from dateline.model import Persona, Question
from tests.desk.press import taken
from tests.ledger.made import Told, reading_of


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A ledger of four reports that spell one president in three ways, and tell of somebody else of such a name."""
    path = tmp_path / "papers.ledger"
    told = [
        Told("Volodymyr Zelensky", "met", "Olaf Scholz", when="2023-05-01"),
        Told("Volodymyr Zelenskyy", "met", "Olaf Scholz", when="2023-05-02"),
        Told("Zelenskiy, Volodymyr", "thanked", "Olaf Scholz", when="2023-05-03", said_by="Olaf Scholz"),
        Told("Volodymyr Zelinka", "met", "Ada Quill", when="2023-05-04"),
    ]
    readings = [reading_of([one], origin=f"https://x.example/{n}") for n, one in enumerate(told)]
    with Ledger.open(path, write=True) as ledger:
        ledger.put([taken(reading) for reading in readings])
    return path


def persona(path: Path, name: str) -> Persona:
    shown = dateline.show(path, name)
    assert isinstance(shown, Persona)
    return shown


@pytest.mark.parametrize("who", ["Volodymyr Zelensky", "volodymyr zelenskyy", "Zelenskiy Volodymyr"])
def test_a_question_finds_all_spellings(papers: Path, who: str) -> None:
    whens = [entry.event.when and entry.event.when.value for entry in dateline.ask(papers, who=who).entries]
    assert whens == ["2023-05-01", "2023-05-02", "2023-05-03"]


def test_a_part_of_a_name_finds_what_has_it(papers: Path) -> None:
    assert dateline.ask(papers, who="zelensky").total == 1


def test_an_actor_is_shown_with_its_spellings_and_why_it_is_one(papers: Path) -> None:
    shown = persona(papers, "Volodymyr Zelensky")
    assert len(shown.lines) + sum(one.verdict != "same" for one in shown.judgements) == 3
    assert {one.verdict for one in shown.judgements} == {"same"}
    assert set(shown.spellings) == {"Volodymyr Zelensky", "Volodymyr Zelenskyy", "Zelenskiy, Volodymyr"}
    assert [one.because for one in shown.mentions] == ["the full name"] * len(shown.mentions) != []
    assert all("in company of Olaf Scholz" in one.because for one in shown.judgements)


def test_an_actor_is_found_by_its_id_and_a_beginning_of_it(papers: Path) -> None:
    first = persona(papers, "Volodymyr Zelensky").lines[0]
    assert persona(papers, first.id).lines[0] == persona(papers, first.id[:10]).lines[0] == first


def test_who_is_nobody_is_told(papers: Path) -> None:
    with pytest.raises(SettingError, match="no report names anybody so"):
        dateline.show(papers, "Nobody Atall")
    with pytest.raises(LedgerError, match="edition or actor deadbeef"):
        dateline.show(papers, "deadbeef")


@pytest.mark.parametrize(("kept", "asked"), [("Lula", "lula"), ("Abed", "Abed"), ("Abed", "abed")])
def test_a_name_of_one_word_is_found_in_any_case_though_it_could_be_an_id(
    tmp_path: Path, kept: str, asked: str
) -> None:
    path = tmp_path / "one.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.put([taken(reading_of([Told(kept, "met", "Olaf Scholz")]))])
    assert persona(path, asked).name == kept
    assert dateline.ask(path, who=asked).total == 1


def test_a_part_of_a_name_is_told_whose_names_have_it(papers: Path) -> None:
    with pytest.raises(SettingError, match=r"names anybody just so, but Volodymyr Zelensky\. Give"):
        dateline.show(papers, "zelensky")
    with pytest.raises(SettingError, match="no report names anybody so"):
        dateline.show(papers, "?!")


def test_who_is_judged_the_same_as_a_third_is_the_same(papers: Path) -> None:
    names = ("Volodymyr Zelensky", "Volodymyr Zelinka", "Ada Quill")
    zelensky, zelinka, quill = (persona(papers, name).lines[0].id for name in names)
    dateline.judge(papers, "same", zelensky, zelinka, by="Ann")
    dateline.judge(papers, "same", zelinka, quill, by="Ben", because="a pen name")
    shown = persona(papers, zelensky)
    assert {"Volodymyr Zelinka", "Ada Quill"} < set(shown.spellings)
    (led,) = (one for one in shown.judgements if quill in (one.a, one.b))
    assert led.because == f"the same as {zelinka}, by Ben: a pen name"
    assert dateline.ask(papers, who="Volodymyr Zelensky").total == dateline.ask(papers, who="Ada Quill").total == 4


def test_of_two_people_who_judge_otherwise_different_holds(papers: Path) -> None:
    zelensky, zelinka = (persona(papers, f"Volodymyr {name}").lines[0].id for name in ("Zelensky", "Zelinka"))
    dateline.judge(papers, "different", zelensky, zelinka, by="Ann")
    dateline.judge(papers, "same", zelensky, zelinka, by="Zoe")
    assert "Volodymyr Zelinka" not in persona(papers, zelensky).spellings
    assert dateline.ask(papers, who="Volodymyr Zelinka").total == 1


def test_the_page_lists_each_other_spelling_once_and_not_its_own(papers: Path) -> None:
    """The first of the spellings is the usual one, and need not be that of the report that is shown."""
    often = reading_of([Told("Volodymyr Zelenskyy", "met", "Olaf Scholz")], origin="https://x.example/9")
    with Ledger.open(papers, write=True) as ledger:
        ledger.put([taken(often)])
        (rare,) = (
            line for line in ledger.actors_named("Volodymyr Zelensky", limit=9) if line.name == "Volodymyr Zelensky"
        )
    assert persona(papers, rare.id).spellings[0] == "Volodymyr Zelenskyy" != rare.name
    told = CliRunner().invoke(app, ["show", rare.id, "--ledger", str(papers)])
    also = next(line for line in told.output.splitlines() if line.split()[:1] == ["also"])
    assert set(also.split(None, 1)[1].strip().split("; ")) == {"Volodymyr Zelenskyy", "Zelenskiy, Volodymyr"}


def test_a_question_is_asked_of_one_view_of_the_ledger(papers: Path) -> None:
    """Else a judgement that is taken back meanwhile would be asked with names of before and events of after."""
    with Ledger.open(papers) as ledger:
        said: list[str] = []
        ledger._database.set_trace_callback(said.append)
        ledger.ask(Question(who="Volodymyr Zelensky"))
        ledger.actors_named("Volodymyr Zelensky", limit=9)
        assert said.count("BEGIN") == 2


def test_aliases_of_ones_own_are_asked_for(papers: Path) -> None:
    beside = papers.with_name("papers.ledger.aliases.toml")
    beside.write_text('[[alias]]\nname = "Volodymyr Zelensky"\nalso = ["the comedian"]\n')
    assert dateline.ask(papers, who="the comedian").total == 3
    assert persona(papers, "The Comedian").name in persona(papers, "Volodymyr Zelensky").spellings
    assert len(dateline.timeline(papers, who="the comedian")) == len(
        dateline.timeline(papers, who="Volodymyr Zelensky")
    )
    beside.write_text("[[alias")
    with pytest.raises(LexiconError, match=r"aliases\.toml"):
        dateline.ask(papers, who="Ada Quill")


def test_a_judgement_by_hand_binds_and_can_be_taken_back(papers: Path) -> None:
    zelensky, zelinka = (persona(papers, f"Volodymyr {name}").lines[0].id for name in ("Zelensky", "Zelinka"))
    judged = dateline.judge(papers, "same", zelensky, zelinka, by="Ann", because="a misprint")
    assert [one.by for one in judged.judgements] == ["Ann"] and judged.happenings == {}
    assert dateline.ask(papers, who="Volodymyr Zelinka").total == 4
    assert "Volodymyr Zelinka" in persona(papers, zelensky).spellings
    assert dateline.judge(papers, "same", zelensky, zelinka, by="Ann", undo=True).undone
    assert dateline.ask(papers, who="Volodymyr Zelinka").total == 1
    with pytest.raises(SettingError, match="no judgement of these as same by Ann"):
        dateline.judge(papers, "same", zelensky, zelinka, by="Ann", undo=True)
    with pytest.raises(SettingError, match="one and the same already"):
        dateline.judge(papers, "same", zelensky, zelensky)


def test_a_judgement_of_different_parts_them(papers: Path) -> None:
    shown = persona(papers, "Volodymyr Zelensky")
    other = next(one for one in shown.lines if one.id != shown.lines[0].id)
    dateline.judge(papers, "different", shown.lines[0].id, other.id)
    assert other.id not in {line.id for line in persona(papers, shown.lines[0].id).lines}


def test_a_new_edition_takes_the_place_of_the_old_ones_actors(papers: Path) -> None:
    later = reading_of(
        [Told("Ada Quill", "met", "Olaf Scholz")], origin="https://x.example/0", published="2023-10-01T00:00:00+00:00"
    )
    with Ledger.open(papers, write=True) as ledger:
        ledger.put([taken(later)])
        assert [line.name for line in ledger.actors_named("Volodymyr Zelensky", limit=9)] == [
            "Zelenskiy, Volodymyr", "Volodymyr Zelenskyy",
        ]  # fmt: skip


def test_what_somebody_said_is_found_by_all_spellings_and_outermost(papers: Path) -> None:
    quotes = dateline.said(papers, "Olaf Scholz")
    assert len(quotes) == 1 and dateline.said(papers, "Olaf Scholz", outermost=True) == quotes
    assert dateline.said(papers, "Olaf Scholz", outermost=True, offset=1) == ()


def test_the_command_shows_an_actor(papers: Path) -> None:
    told = CliRunner().invoke(app, ["show", "volodymyr zelensky", "--ledger", str(papers)])
    assert told.exit_code == 0, told.output
    assert "IN OTHER REPORTS" in told.output and "the full name" in told.output
    plain = CliRunner().invoke(app, ["show", "volodymyr zelensky", "--ledger", str(papers), "--json"])
    assert json.loads(plain.stdout)["name"] == persona(papers, "volodymyr zelensky").name
