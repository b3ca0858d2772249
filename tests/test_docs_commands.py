"""The docs know every command and option, promise none that is not there, and show what the commands print."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import Parameter, Signature, signature
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec
import pytest
import typer
from typer.testing import CliRunner

import dateline
from dateline.cli import app
from dateline.model import Question
from tests.desk.press import write_press

ROOT = Path(__file__).parent.parent
DOCS = {path.name: path.read_text() for path in sorted((ROOT / "docs").glob("*.md"))}
LEDGER = DOCS["ledger.md"]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
EXAMPLE = re.compile(r"^```console\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (dateline .*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
MEND = "python -m tests.test_docs_commands"


def options_of(command: click.Command) -> set[str]:
    return {name for each in command.params for name in each.opts if name.startswith("--")} - {"--help"}


def shown(command: str) -> str:
    """What a command of the docs prints, on a terminal of 100 columns."""
    result = CliRunner().invoke(app, shlex.split(command)[1:], prog_name="dateline", env={"COLUMNS": "100"})
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.stdout.splitlines()).strip("\n")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_in_the_docs(name: str) -> None:
    docs = "\n".join([(ROOT / "README.md").read_text(), *DOCS.values()])
    if name == "read":
        assert "dateline read" in docs
        return
    command, page = COMMANDS[name], DOCS["places.md"] if name == "places" else LEDGER
    parts = command.commands if isinstance(command, click.Group) else {"": command}
    for part, each in parts.items():
        assert f"dateline {name} {part}".rstrip() in page
        assert [option for option in sorted(options_of(each)) if f"`{option}" not in page] == []


def test_the_docs_promise_no_option_that_is_not_there() -> None:
    known = {option for command in COMMANDS.values() for option in options_of(command)}
    assert sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", LEDGER)) - known) == []


def test_the_docs_promise_no_command_that_is_not_there() -> None:
    for docs in DOCS.values():
        named = re.findall(r"(?:^\s*(?:\$ )?|`)dateline ([a-z]+)", docs, re.MULTILINE)
        assert sorted(set(named) - set(COMMANDS)) == []


def signature_of(name: str) -> str:
    """The parameters of a public function, without types; of `ask` those of a question one by one."""
    parameters = [
        each.replace(annotation=each.empty) for each in signature(getattr(dateline, name)).parameters.values()
    ]
    if name == "ask":
        fields = {field.name: field.default for field in msgspec.structs.fields(Question)}
        parameters[-1:] = [Parameter(each, Parameter.KEYWORD_ONLY, default=value) for each, value in fields.items()]
    return str(Signature(parameters))


def test_the_docs_give_the_signature_of_every_public_function() -> None:
    told = re.findall(r"^\| `dateline\.(\w+)\((.*?)\)` \|", DOCS["python.md"], re.MULTILINE)
    plain = {name: f"({ast.unparse(ast.parse(f'lambda {given}: 0', mode='eval').body.args)})" for name, given in told}  # type: ignore[attr-defined]
    assert plain == {name: signature_of(name) for name in dateline.__all__ if name[0].islower()}


@contextmanager
def at_the_press(folder: Path) -> Iterator[None]:
    """In a folder with the ledger that the examples ask, at a time that does not pass, on a plain terminal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dateline.ledger.store._now", lambda: "2023-09-20T09:00:00+00:00")
        for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
            patch.delenv(name, raising=False)
        write_press(folder / "press.ledger")
        patch.chdir(folder)
        yield


def test_the_examples_print_what_the_docs_show(tmp_path: Path) -> None:
    examples = [*EXAMPLE.findall(LEDGER), *EXAMPLE.findall(DOCS["places.md"])]
    assert len(examples) > 8
    with at_the_press(tmp_path):
        for example in examples:
            for command, printed in COMMAND.findall(example):
                assert shown(command) == printed.strip("\n"), f"{command}: mend it with `{MEND}`"


def mend() -> None:
    """Writes into the docs what their examples print now."""

    def printed(example: re.Match[str]) -> str:
        told = (f"$ {command}\n{shown(command)}\n" for command, _ in COMMAND.findall(example[1]))
        return "```console\n" + "\n".join(told) + "```\n"

    with TemporaryDirectory() as folder, at_the_press(Path(folder)):
        texts = {name: EXAMPLE.sub(printed, DOCS[name]) for name in ("ledger.md", "places.md")}
    for name, text in texts.items():
        (ROOT / "docs" / name).write_text(text)


if __name__ == "__main__":
    mend()
