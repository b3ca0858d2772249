"""``dateline add`` and ``dateline refused``: what is said, where, and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

import dateline.desk.adding
from dateline.cli.add import Terminated, add, read_fields, summary
from dateline.cli.refused import refused
from dateline.desk.adding import Progress
from dateline.errors import LedgerError, SettingError
from dateline.ledger import Ledger
from dateline.model import Refused, Tally

app = typer.Typer()
app.command()(add)
app.command()(refused)

BARREN = Refused("d1", "none.html", "there is no such file", "Check the path.", "2023-09-17T10:00:00+00:00")


class Adder:
    """Stands in for the desk: comes to what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.ends: Progress | BaseException = Progress(kept=Tally(added=2))
        self.asked: dict[str, Any] = {}

    def add(self, sources: list[str], ledger: str, **asked: Any) -> Tally:
        self.asked = {"sources": sources, "ledger": ledger, **asked}
        show = self.asked.pop("progress")
        if isinstance(self.ends, BaseException):
            show(Progress(kept=Tally(added=3, known=1)))
            raise self.ends
        show(self.ends)
        return self.ends.kept


@pytest.fixture
def adder(monkeypatch: pytest.MonkeyPatch) -> Adder:
    stand_in = Adder()
    monkeypatch.setattr(dateline.desk.adding, "add", stand_in.add)
    return stand_in


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), prog_name="dateline")


@pytest.mark.parametrize(
    ("tally", "line"),
    [
        (Tally(58, 1, 12, 3), "added 58 reports, 1 new edition, 12 known, 3 refused (see dateline refused)"),
        (Tally(1), "added 1 report"),
        (Tally(known=12), "added no new report, 12 known"),
        (Tally(editions=2), "added no new report, 2 new editions"),
        (Tally(1_234_567), "added 1,234,567 reports"),
        (Tally(), "added no new report"),
    ],
)
def test_what_it_came_to_is_one_line(tally: Tally, line: str) -> None:
    assert summary(tally) == line


def test_it_ends_with_what_it_came_to(adder: Adder) -> None:
    result = run("add", "a.html", "b")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "added 2 reports\n", "")
    assert run("add", "--quiet", "a.html").stdout == ""


def test_what_was_asked_reaches_the_desk(adder: Adder) -> None:
    run("add", "a", "b", "--ledger", "x.ledger", "--workers", "3", "--field", "text=body", "--field", "url=link",
        "--published", "2023-09-17", "--kind", "narrative", "--places", "y.places", "--allow-private")  # fmt: skip
    assert adder.asked == {
        "sources": ["a", "b"],
        "ledger": "x.ledger",
        "workers": 3,
        "fields": {"text": "body", "url": "link"},
        "published": "2023-09-17",
        "kind": "narrative",
        "allow_private": True,
        "places": "y.places",
    }
    run("add", "a")
    assert (adder.asked["ledger"], adder.asked["workers"], adder.asked["fields"]) == ("press.ledger", None, {})


def test_a_source_of_which_nothing_could_be_taken_is_told(adder: Adder) -> None:
    adder.ends = Progress(kept=Tally(added=1, refused=1), barren=(BARREN,))
    result = run("add", "a.html", "none.html")
    assert result.exit_code == 2
    assert result.stderr == "dateline: none.html: there is no such file. Check the path.\n"
    assert result.stdout == "added 1 report, 1 refused (see dateline refused)\n"


@pytest.mark.parametrize(("stop", "code"), [(KeyboardInterrupt(), 130), (Terminated(), 143)])
def test_a_run_that_is_stopped_says_what_is_kept(adder: Adder, stop: BaseException, code: int) -> None:
    adder.ends = stop
    result = run("add", "a")
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr == (
        "dateline: stopped: added 3 reports, 1 known. All of that is kept, and the same command goes on from here\n"
    )


def test_an_error_is_one_line(adder: Adder) -> None:
    adder.ends = LedgerError("press.ledger", "the disk is full", "Make room and go on.")
    result = run("add", "a")
    assert (result.exit_code, result.stderr) == (2, "dateline: press.ledger: the disk is full. Make room and go on.\n")


@pytest.mark.parametrize("field", ["text", "=body", "text=", ""])
def test_a_field_is_a_pair_of_names(field: str) -> None:
    with pytest.raises(SettingError, match="no pair of names"):
        read_fields([field])


@pytest.mark.parametrize("arguments", [["add"], ["add", "--workers", "0", "a"], ["add", "--workers", "many", "a"]])
def test_what_makes_no_sense_exits_with_2(adder: Adder, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_refusals_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "press.ledger"
    hostile = Refused("d2", "\x1b[2Jevil.html", "there is nothing in it", "Check it.", "2023-09-18T10:00:00+00:00")
    with Ledger.open(path, write=True) as ledger:
        ledger.put((), [hostile, BARREN])
    result = run("refused", "--ledger", str(path))
    assert result.exit_code == 0
    assert result.stdout == (
        "none.html: there is no such file. Check the path.\n\\x1b[2Jevil.html: there is nothing in it. Check it.\n"
    )
    rows = [json.loads(line) for line in run("refused", "--json", "--ledger", str(path)).stdout.splitlines()]
    assert [row["origin"] for row in rows] == ["none.html", "\x1b[2Jevil.html"]
    assert rows[0] == {
        "digest": "d1",
        "origin": "none.html",
        "what": "there is no such file",
        "todo": "Check the path.",
        "at": "2023-09-17T10:00:00+00:00",
    }


def test_no_refusal_and_no_ledger_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "press.ledger"
    assert run("refused", "--ledger", str(path)).exit_code == 2
    Ledger.open(path, write=True).close()
    assert run("refused", "--ledger", str(path)).stdout == "nothing was refused\n"


SLOW = """
import sys, time
import dateline.desk.adding as adding
from tests.ledger.made import made_reading

def slow(parcel):
    time.sleep(0.05)
    return adding.Taken(parcel.digest, made_reading(1, events=1, origin=parcel.address))

add = adding.add
adding.add = lambda *a, **k: add(*a, work=slow, **k)
adding.MOST = 3
sys.argv = ["dateline", *sys.argv[1:]]
import typer
from dateline.cli.add import add as command
app = typer.Typer()
app.command()(command)
app()
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_end_it_and_what_was_read_is_kept(tmp_path: Path, number: int, code: int) -> None:
    source, ledger = tmp_path / "news.jsonl", tmp_path / "press.ledger"
    source.write_text("".join(json.dumps({"url": f"https://x.example/{n}", "text": "a"}) + "\n" for n in range(2000)))
    command = [sys.executable, "-c", SLOW, str(source), "--ledger", str(ledger), "--workers", "1"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent.parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    end = time.monotonic() + 30
    while time.monotonic() < end and not _count(ledger):
        time.sleep(0.05)
    process.send_signal(number)
    shown, errors = process.communicate(timeout=20)
    kept = _count(ledger)
    assert (process.returncode, shown) == (code, "")
    assert 0 < kept < 2000
    assert errors.startswith(f"dateline: stopped: added {kept} reports. ")


def _count(ledger: Path) -> int:
    if not ledger.exists():
        return 0
    try:
        with Ledger.open(ledger) as opened:
            return len(opened.editions())
    except LedgerError:
        return 0
