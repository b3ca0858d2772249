"""What goes into an export, from a real ledger of made readings; and the command that writes it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import typer
from msgspec.structs import replace
from typer.testing import CliRunner

from dateline.cli.export import export as command
from dateline.desk import exporting
from dateline.desk.corroborating import corroborate
from dateline.desk.exporting import export, quotes_of, tells_any
from dateline.errors import DatelineError, LedgerError, SettingError
from dateline.export import FORMATS, find_format
from dateline.ledger import Ledger
from dateline.model import EventType, Question, ReportLine, Span, Statement, Taken
from tests.ledger.made import Told, made_reading, place, reading_of

TOWN = place("Exampleville", "EX", 1.5, -2.25)
SAID = "the Harbour Union"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "press.ledger"
    readings = [
        reading_of(
            [
                Told("Ada Quill", "met", "Rob Stone", when="2023-09-13", where=TOWN, said_by=SAID),
                Told("Ada Quill", "will visit", when="2023-10-01", where=TOWN, status="planned"),
            ],
            published="2023-09-17T12:26:00+01:00",
            origin="https://news.example/late",
        ),
        reading_of(
            [Told("Bo Marsh", "accused", "Ada Quill", type="ACCUSE", when="2023-09-12", said_by="Bo Marsh")],
            publisher="Example Wire",
            published="2023-09-14",
            origin="https://wire.example/early",
        ),
        reading_of([], published="2023-09-15", origin="https://news.example/empty"),
    ]
    with Ledger.open(path, write=True) as book:
        book.put([Taken(f"{number:064x}", reading) for number, reading in enumerate(readings)])
        corroborate(book)
    return path


def rows(ledger: Path, **question: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(export(ledger, **question)).decode(), newline="")))


def test_all_entries_come_in_the_order_of_publication(ledger: Path) -> None:
    assert [row["published"][:10] for row in rows(ledger)] == ["2023-09-14", "2023-09-17", "2023-09-17"]


@pytest.mark.parametrize(
    ("question", "triggers"),
    [
        ({"who": "Quill"}, ["met", "will visit"]),
        ({"whom": "Quill"}, ["accused"]),
        ({"type": "ACCUSE"}, ["accused"]),
        ({"when": "2023-09"}, ["accused", "met"]),
        ({"where": "Exampleville", "status": "planned"}, ["will visit"]),
        ({"said_by": "Harbour Union"}, ["met"]),
        ({"publisher": "Wire"}, ["accused"]),
        ({"words": "accused"}, ["accused"]),
        ({"limit": 1, "offset": 1}, ["met"]),
        ({"who": "Nobody"}, []),
    ],
)
def test_a_question_sifts_what_is_exported(ledger: Path, question: dict[str, Any], triggers: list[str]) -> None:
    assert [row["trigger"] for row in rows(ledger, **question)] == triggers


def test_all_and_what_answers_come_in_one_order(tmp_path: Path) -> None:
    times = (None, "2023-09-17T00:30+02:00", "2023-09-16T23:30+00:00", "2023-09-16")
    readings = [reading_of([Told("Ada", "met")], published=time, origin=f"n{n}") for n, time in enumerate(times)]
    path = tmp_path / "press.ledger"
    with Ledger.open(path, write=True) as book:
        book.put([Taken(f"{number:064x}", reading) for number, reading in enumerate(readings)])
    assert rows(path) == rows(path, status="happened")
    assert [row["published"] for row in rows(path)] == ["2023-09-16", times[1], times[2], ""]


def test_entries_that_answer_come_once_each(ledger: Path) -> None:
    assert [row["trigger"] for row in rows(ledger, who="Quill")] == ["met", "will visit"]


def test_what_is_added_meanwhile_gives_no_entry_twice(tmp_path: Path) -> None:
    path = tmp_path / "press.ledger"
    with Ledger.open(path, write=True) as book:
        book.put([Taken("a" * 64, made_reading(1, events=30, published="2023-06-01", origin="https://n.example/1"))])
        chunks = export(path, "jsonl", main=False, status="happened")
        first = [json.loads(next(chunks))["id"] for _ in range(2)]
        book.put([Taken("b" * 64, made_reading(2, events=3, published="2023-01-01", origin="https://n.example/2"))])
        ids = [*first, *(json.loads(chunk)["id"] for chunk in chunks)]
        count = sum(entry.event.status == "happened" for entry in book.entries_of(book.editions()[0].id))
    assert len(ids) == len(set(ids))
    assert len(ids) >= count


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_the_same_each_time(ledger: Path, name: str) -> None:
    once = b"".join(export(ledger, name))
    assert once == b"".join(export(ledger, name))
    assert once


def test_a_timeline_is_of_happenings(ledger: Path) -> None:
    slides = json.loads(b"".join(export(ledger, "timelinejs")))["events"]
    assert [slide["start_date"]["day"] for slide in slides] == [12, 13, 1]
    slides = json.loads(b"".join(export(ledger, "timelinejs", type="ACCUSE")))["events"]
    assert [slide["start_date"]["day"] for slide in slides] == [12]


def authors(ledger: Path, **question: Any) -> list[str]:
    return [claim["author"]["name"] for claim in json.loads(b"".join(export(ledger, "claims", **question)))["@graph"]]


def test_claims_are_those_of_a_speaker_or_those_that_tell_what_answers(ledger: Path) -> None:
    assert authors(ledger) == ["Bo Marsh", SAID]
    assert authors(ledger, said_by="Marsh") == ["Bo Marsh"]
    assert authors(ledger, said_by="Marsh", publisher="Courier") == []
    assert authors(ledger, who="Quill") == [SAID]
    assert authors(ledger, status="planned") == []


def test_a_quote_holds_all_sentences_of_its_content() -> None:
    reading = reading_of([Told("Ada", "met"), Told("Bo", "left"), Told("Cy", "fled")])
    one, _, three = (event.trigger for event in reading.events)
    statement = Statement(None, "Ada", None, Span(one.start, three.end), "direct")
    line = ReportLine("r1", "ed1", None, None, None, None)
    (quote,) = quotes_of(replace(reading, statements=(statement,)), line)
    assert quote.words == "Ada met.\n\nBo left.\n\nCy fled."
    assert quote.sentence.of(reading.text) == quote.words


def test_a_statement_tells_the_events_inside_it(ledger: Path) -> None:
    with Ledger.open(ledger) as book:
        entries = book.ask(Question(said_by="Harbour Union")).entries
        (quote,) = book.quotes("Harbour Union")
        others = book.ask(Question(type="ACCUSE")).entries
    assert tells_any(quote, entries)
    assert not tells_any(replace(quote, statement=replace(quote.statement, content=Span(0, 1))), others)


def test_what_cannot_be_exported_is_told() -> None:
    with pytest.raises(SettingError, match=r"no such format.*csv, jsonl, parquet"):
        find_format("pdf")
    with pytest.raises(SettingError, match="no cells to guard"):
        export("press.ledger", "geojson", raw=True)
    with pytest.raises(LedgerError):
        list(export("/nowhere/press.ledger", "csv"))


def test_a_question_without_sense_is_told(ledger: Path) -> None:
    nonsense = cast(EventType, "NONSENSE")
    for question in ({"type": nonsense}, {"when": "soon"}):
        with pytest.raises(SettingError):
            list(export(ledger, "csv", **question))


# The command

app = typer.Typer()
app.command()(command)


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_the_command_writes_what_python_gives(ledger: Path) -> None:
    for name in ("csv", "geojson", "parquet"):
        assert run(name, "--ledger", ledger).stdout_bytes == b"".join(export(ledger, name))
    found = run("csv", "--ledger", ledger, "--type", "accuse", "--when", "2023-09", "--said-by", "Marsh")
    assert found.stdout_bytes == b"".join(export(ledger, "csv", type="ACCUSE"))


def test_the_command_writes_a_file(ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "press.csv"
    target.write_text("older")
    assert run("csv", "--ledger", ledger, "-o", target).exit_code == 0
    assert target.read_bytes() == b"".join(export(ledger, "csv"))
    assert [path.name for path in tmp_path.iterdir()] == ["press.csv"]


def test_an_export_that_fails_leaves_the_older_file(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any, **__: Any) -> Iterator[bytes]:
        yield b"half"
        raise DatelineError("press.ledger", "the disk is full", "Make room.")

    monkeypatch.setattr(exporting, "export", failing)
    target = tmp_path / "press.csv"
    target.write_text("older")
    answer = run("csv", "--ledger", ledger, "-o", target)
    assert (answer.exit_code, target.read_text()) == (2, "older")
    assert [path.name for path in tmp_path.iterdir()] == ["press.csv"]


def test_the_command_lists_the_formats() -> None:
    lines = run("--list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(FORMATS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["pdf"], '"pdf": there is no such format. Give one of csv, jsonl,'),
        ([], "no format is given"),
        (["csv", "--ledger", "none.ledger"], "none.ledger"),
        (["kml", "--raw"], "no cells to guard"),
        (["csv", "-o", "nowhere/deep/press.csv"], "cannot be written"),
        (["csv", "-o", "LEDGER"], "this is the ledger itself"),
        (["csv", "--when", "soon"], "a question's time is"),
    ],
)
def test_the_command_says_what_will_not_do(ledger: Path, arguments: list[str], message: str) -> None:
    before = ledger.read_bytes()
    named = [str(ledger) if each == "LEDGER" else each for each in arguments]
    answer = run(*named, *([] if "--ledger" in named else ["--ledger", str(ledger)]))
    assert answer.exit_code == 2
    assert message in answer.stderr
    assert ledger.read_bytes() == before


def test_every_format_and_column_is_in_the_docs() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "exports.md").read_text()
    from dateline.export.cells import COLUMNS

    assert [name for name in FORMATS if f"`{name}`" not in docs] == []
    assert [name for name in COLUMNS if f"`{name}`" not in docs] == []
