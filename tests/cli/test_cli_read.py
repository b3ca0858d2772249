"""``dateline read``: its options, what goes to which stream, and its exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dateline import __version__
from dateline.cli import app
from dateline.export import export_html
from dateline.model import Reading, to_json

Desk = Any
"""The stand-in of conftest.py."""

REFUSED = "dateline: bad.html: no article text was found on the page. If it is plain text, read it with --as text.\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["read", *arguments], prog_name="dateline")


def test_a_page_is_shown(desk: Desk) -> None:
    result = run("bridge.html")
    assert result.exit_code == 0
    assert result.stdout.startswith("Mayor opens bridge\n")
    assert result.stderr == ""


def test_two_pages_are_shown_one_after_the_other(desk: Desk) -> None:
    once = run("bridge.html").stdout
    assert run("bridge.html", "bridge.html").stdout == f"{once}\n{once}"


def test_json_is_the_one_form_and_nothing_else(desk: Desk) -> None:
    result = run("--json", "one.html", "two.html")
    assert result.stdout == "".join(f"{to_json(desk.make(name))}\n" for name in ("one.html", "two.html"))
    assert result.stderr == ""


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_page_that_cannot_be_read_is_told_and_the_rest_are_shown(desk: Desk, form: list[str]) -> None:
    result = run(*form, "one.html", "bad.html", "two.html")
    assert result.exit_code == 2
    assert result.stderr == REFUSED
    assert "one.html" in result.stdout and "two.html" in result.stdout


def test_what_was_asked_reaches_the_desk(desk: Desk) -> None:
    given = ("--published", "2023-09-17", "--as", "text", "--kind", "narrative", "--places", "x.places")
    run(*given, "--allow-private", "-")
    assert desk.asked == {
        "published": "2023-09-17", "as_": "text", "kind": "narrative", "allow_private": True, "places": "x.places",
    }  # fmt: skip
    run("-")
    assert desk.asked == {"published": None, "as_": None, "kind": None, "allow_private": False, "places": None}


def test_each_time_is_explained_in_one_line(desk: Desk) -> None:
    result = run("--explain-times", "bridge.html")
    assert result.stdout == (
        "Mayor opens bridge\n  “Friday” is 2023-09-15 (DATE): from the publication date, 2023-09-17\n"
    )


@pytest.mark.parametrize("other", [["--json"], ["--html", "-"]])
def test_standard_output_takes_one_thing(desk: Desk, other: list[str]) -> None:
    result = run("--explain-times", *other, "bridge.html")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "standard output already takes" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--as", "pdf", "a"], ["--nonsense", "a"], ["--html"]])
def test_what_makes_no_sense_exits_with_2(desk: Desk, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr and "Traceback" not in result.stderr


def test_help_names_every_option(desk: Desk) -> None:
    result = run("--help")
    assert result.exit_code == 0
    for option in ("--json", "--html", "--published", "--as", "--verbose", "--places", "--allow-private", "PAGE"):
        assert option in result.stdout


def test_the_version() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"dateline {__version__}\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    result = CliRunner().invoke(app, ["--show-completion", shell], prog_name="dateline")
    assert "dateline" in result.stdout and "_DATELINE_COMPLETE" in result.stdout.upper()


# Web pages.


def test_a_web_page_is_written(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    result = run("bridge.html", "--html", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"dateline: wrote {target}\n"
    assert target.read_text(encoding="utf-8") == export_html(desk.make("bridge.html"))


def test_a_web_page_and_json_go_together(desk: Desk, tmp_path: Path) -> None:
    result = run("bridge.html", "--json", "--html", str(tmp_path / "out.html"))
    assert result.stdout == f"{to_json(desk.make('bridge.html'))}\n"
    assert (tmp_path / "out.html").exists()


def test_a_web_page_on_standard_output(desk: Desk) -> None:
    assert run("bridge.html", "--html", "-").stdout == export_html(desk.make("bridge.html"))
    assert run("bridge.html", "--json", "--html", "-").exit_code == 2


def test_a_folder_takes_a_web_page_for_each_report(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    origins = ("in/bridge.html", "https://example.org/news/Bridge?x=1", "weird name*.txt", "https://example.org/")
    result = run(*origins, "--html", f"{folder}/")
    assert result.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "Bridge-2.html", "bridge.html", "example.html", "weird-name.html",
    ]  # fmt: skip
    assert run("more.html", "--html", str(folder)).exit_code == 0
    assert (folder / "more.html").exists()


@pytest.mark.parametrize("target", ["out.html", "-"])
def test_one_file_cannot_hold_two_reports(desk: Desk, target: str) -> None:
    result = run("a", "b", "--html", target)
    assert result.exit_code == 2
    assert "cannot hold the web pages of 2 reports. Name a folder" in result.stderr


def test_a_page_that_is_read_is_not_overwritten(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "bridge.html"
    page.write_text("mine")
    for target in (str(page), f"{tmp_path}/"):
        result = run(str(page), "--html", target)
        assert result.exit_code == 2
        assert "would overwrite a page that is read" in result.stderr
    assert page.read_text() == "mine"


def test_a_web_page_that_cannot_be_written_is_told(desk: Desk, tmp_path: Path) -> None:
    result = run("bridge.html", "--html", str(tmp_path / "none" / "out.html"))
    assert result.exit_code == 2
    assert "cannot be written (No such file or directory)" in result.stderr


# What goes wrong.


def test_a_bug_is_called_one(desk: Desk) -> None:
    def fail(origin: str) -> Reading:
        raise ZeroDivisionError("no \x1b[31mway")

    desk.make = fail
    result = run("a.html")
    assert result.exit_code == 70
    assert "this is a bug in Dateline (ZeroDivisionError: no \\x1b[31mway)" in result.stderr
    assert "Traceback" not in result.stderr
    verbose = run("a.html", "--verbose")
    assert verbose.exit_code == 70
    assert "Traceback" in verbose.stderr and "\x1b" not in verbose.stderr


def test_an_interruption_is_no_error(desk: Desk) -> None:
    def stop(origin: str) -> Reading:
        raise KeyboardInterrupt

    desk.make = stop
    result = run("a.html")
    assert (result.exit_code, result.stderr) == (130, "")


def test_a_hostile_origin_cannot_command_the_terminal(desk: Desk) -> None:
    result = run("bad\x1b[2J\u202e\n.html")
    assert "bad\\x1b[2J\\u202e .html: no article text" in result.stderr
