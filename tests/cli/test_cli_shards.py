"""Shards on the command line: written, folded, asked; and what is told where that cannot be."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.cli import app
from dateline.desk import ask, ask_readings
from dateline.model import answer_json
from tests.desk.press import first_print, taken, wire_print
from tests.ledger.test_shards import write_shard


@pytest.fixture
def shard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A shard of two readings, in a folder of its own that is the working one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "readings").mkdir()
    return write_shard("readings/a.parquet", [taken(first_print()), taken(wire_print())])


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"COLUMNS": "100"})


@pytest.mark.usefixtures("shard")
def test_shards_are_folded_and_asked_alike() -> None:
    assert run("add", "readings/*.parquet", "--workers", "1").stdout == "added 2 reports\n"
    assert run("add", "readings", "--workers", "1").stdout == "added no new report, 2 known\n"
    asked = run("ask", "--readings", "readings/*.parquet", "--who", "quill")
    assert asked.stdout.splitlines()[-2:] == ["  ● the main events of their reports", "1-2 of 2"]
    printed = run("ask", "--readings", "readings/*.parquet", "--who", "quill", "--json").stdout
    assert printed == f"{answer_json(ask_readings('readings/*.parquet', who='quill'))}\n"
    ids = [entry["id"] for entry in json.loads(printed)["entries"]]
    assert ids == [entry.id for entry in ask("press.ledger", who="quill").entries]
    assert run("ask", "--readings", "readings", "--who", "quill", "--csv").stdout.count("\n") == 3


@pytest.mark.usefixtures("shard")
def test_shards_are_put_into_other_shards_without_being_read_again() -> None:
    done = run("add", "readings/a.parquet", "--shards", "more", "--shards-only")
    assert done.stdout == "1 shard in more: 2 reports\n"
    done = run("add", "readings/a.parquet", "--shards", "more")
    assert done.stdout == "added 2 reports; 1 shard in more (1 finished before)\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ask", "--readings", "none.parquet"), "none.parquet: there is no such file."),
        (("ask", "--readings", "notes.txt"), "notes.txt: this cannot be asked ("),
        (("add", "https://x.example/", "--shards", "s"), "pages of the web are fetched by one process"),
        (("add", "notes.txt", "--shards", "s", "--allow-private"), "nothing is fetched by way of shards"),
        (("add", "notes.txt", "--cluster", "tcp://127.0.0.1:1"), "only the engine dask has a cluster"),
        (("add", "none.txt", "--engine", "dask"), "none.txt: the file cannot be read (No such file or directory)"),
        (("backup", "."), ".: this is a folder. Name a file in it, such as press.ledger."),
    ],
)
@pytest.mark.usefixtures("shard")
def test_what_cannot_be_is_told_in_one_line(words: tuple[str, ...], says: str) -> None:
    run("add", "readings", "--workers", "1")
    Path("notes.txt").write_text("Kim left. " * 20)
    done = run(*words)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert says in done.stderr


@pytest.mark.parametrize(
    ("package", "words", "extra"),
    [
        ("distributed", ("add", "notes.txt", "--engine", "dask"), "cluster"),
        ("pyarrow", ("add", "notes.txt", "--shards", "s"), "cluster"),
        ("duckdb", ("ask", "--readings", "readings/a.parquet"), "analytics"),
        ("fsspec", ("ask", "--readings", "s3://bucket/*.parquet"), "cluster"),
    ],
)
@pytest.mark.usefixtures("shard")
def test_an_extra_that_is_absent_is_named(
    monkeypatch: pytest.MonkeyPatch, package: str, words: tuple[str, ...], extra: str
) -> None:
    Path("notes.txt").write_text("Kim left. " * 20)
    monkeypatch.setitem(sys.modules, package, None)
    done = run(*words)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert f"pip install 'dateline[{extra}]'" in done.stderr


@pytest.mark.usefixtures("shard")
def test_a_ledger_is_copied() -> None:
    run("add", "readings", "--workers", "1")
    done = run("backup", "copy.ledger")
    assert done.stdout.startswith("copy.ledger: a copy of press.ledger, 0.")
    assert ask("copy.ledger") == ask("press.ledger")
