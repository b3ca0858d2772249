"""The docs know every command and option, promise none that is not there, and show what the commands print."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from inspect import Parameter, Signature, signature
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import jsonschema_rs
import msgspec
import pytest
import typer
from starlette.testclient import TestClient
from typer.testing import CliRunner

import dateline
from dateline.cli import app
from dateline.model import Question
from dateline.web.app import create_app
from scripts.reference import WRITTEN
from tests.desk.press import write_press

ROOT = Path(__file__).parent.parent
DOCS = {path.name: path.read_text() for path in sorted((ROOT / "docs").glob("*.md"))}
LEDGER = DOCS["ledger.md"]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
EXAMPLE = re.compile(r"^```console\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (dateline .*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
LINE = re.compile(r"^(?:    )?(dateline .*)$", re.MULTILINE)
MODULE = re.compile(r"python -m ((?:benchmarks|scripts|eval|tests)[\w.]*)((?: [^`\n]*)?)")
EXAMPLES = ("tutorial.md", "method.md")
"""Pages that ask a ledger of the reports in ``examples``, one after the other; all others ask the press."""
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
def plainly(folder: Path) -> Iterator[None]:
    """In a folder, at a time that does not pass, on a plain terminal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "os.sched_getaffinity", lambda _: {0}, raising=False
        )  # one process reads: this one, its models open
        patch.setattr("dateline.ledger.store._now", lambda: "2023-09-20T09:00:00+00:00")
        for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "DATELINE_PLACES"):
            patch.delenv(name, raising=False)
        patch.chdir(folder)
        yield


def pages_with_examples() -> tuple[str, ...]:
    """The pages that show what commands print: those of the press, then those of the example reports in their order."""
    others = [name for name, text in DOCS.items() if EXAMPLE.search(text) and name not in EXAMPLES]
    return (*others, *EXAMPLES)


def lay_out(folder: Path, page: str) -> None:
    """What a page finds in its folder: the example reports, or the ledger of the press."""
    if page not in EXAMPLES:
        (folder / "press.ledger").unlink(missing_ok=True)
        write_press(folder / "press.ledger")
    elif page == EXAMPLES[0]:
        (folder / "press.ledger").unlink(missing_ok=True)
        shutil.copytree(ROOT / "examples", folder / "examples")


def test_the_examples_print_what_the_docs_show(tmp_path: Path) -> None:
    assert {"ledger.md", "places.md", "tutorial.md"} <= set(pages_with_examples())
    with plainly(tmp_path):
        for page in pages_with_examples():
            lay_out(tmp_path, page)
            for example in EXAMPLE.findall(DOCS[page]):
                assert COMMAND.search(example)
                for command, printed in COMMAND.findall(example):
                    assert shown(command) == printed.strip("\n"), f"{page}: {command}: mend it with `{MEND}`"


def commands_of(text: str) -> list[list[str]]:
    """The words of each command that a page gives without showing what it prints."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    blocks += re.findall(r"(?:^    dateline .*\n)+", text, re.MULTILINE)
    lines = [line for block in blocks for line in LINE.findall(block)]
    return [shlex.split(re.split(r" [|>] ", line)[0], comments=True) for line in lines]


@pytest.mark.parametrize("page", [name for name, text in DOCS.items() if commands_of(text)])
def test_the_commands_that_the_docs_give_are_understood(page: str) -> None:
    for _, name, *words in commands_of(DOCS[page]):
        command = COMMANDS[name]
        if isinstance(command, click.Group):
            command, words = command.commands[words[0]], words[1:]
        command.make_context(name, words)  # what is no option or argument of it raises


def test_the_modules_that_the_docs_run_are_there_and_know_their_options() -> None:
    docs = "\n".join(
        [*DOCS.values(), *((ROOT / each).read_text() for each in ("benchmarks/README.md", "CONTRIBUTING.md"))]
    )
    runs = MODULE.findall(docs)
    assert len(runs) > 20
    for module, words in runs:
        found = find_spec(module)
        assert found and found.origin, module
        source = "".join(each.read_text() for each in Path(found.origin).parent.glob("*.py"))
        assert [option for option in re.findall(r"(?<= )\[?(--[a-z-]+)", words) if f'"{option}"' not in source] == []


def test_python_in_the_docs_is_run() -> None:
    """Doctest runs what stands after ``>>>``: no block may go without."""
    for page, text in DOCS.items():
        for block in re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
            assert block.startswith((">>> ", "Traceback")), page


def test_the_addresses_that_the_docs_fetch_from_the_app_answer(tmp_path: Path) -> None:
    paths = [
        path
        for text in DOCS.values()
        for path in re.findall(r"^curl -s '?http://127.0.0.1:8765(/[^\s']*)", text, re.MULTILINE)
    ]
    assert paths
    client = TestClient(create_app(write_press(tmp_path / "press.ledger")), base_url="http://127.0.0.1:8765")
    assert [path for path in paths if client.get(path).status_code != 200] == []


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_the_reference_is_in_step_with_the_code(name: str) -> None:
    assert (ROOT / "docs" / name).read_text() == WRITTEN[name](), "write it anew with `python -m scripts.reference`"


def test_readings_hold_to_the_schema_and_the_docs_tell_of_each_of_its_keys() -> None:
    schema = msgspec.json.decode((ROOT / "docs" / "reading.schema.json").read_bytes())
    check = jsonschema_rs.validator_for(schema)
    reading = msgspec.json.decode(dateline.to_json(dateline.read(ROOT / "examples" / "example-wire.html")))
    assert [error.message for error in check.iter_errors(reading)] == []
    assert not check.is_valid({**reading, "events": [{"type": "CONSULT"}]})
    assert not check.is_valid({**reading, "dateline": 2})
    keys = {key for form in ("Reading", "Event", "Toponym", "EventSlot") for key in schema["$defs"][form]["properties"]}
    assert sorted(key for key in keys if not re.search(rf"`(?:{key})\b", DOCS["json.md"])) == []


def mend() -> None:
    """Writes into the docs what their examples print now; tells of those that do not run any more."""

    def printed(example: re.Match[str]) -> str:
        told = (f"$ {command}\n{mended(command, old)}\n" for command, old in COMMAND.findall(example[1]))
        return "```console\n" + "\n".join(told) + "```\n"

    def mended(command: str, old: str) -> str:
        try:
            return shown(command)
        except AssertionError as error:
            print(f"{command}: {error}")
            return old.strip("\n")

    with TemporaryDirectory() as folder, plainly(Path(folder)):
        texts = {}
        for page in pages_with_examples():
            lay_out(Path(folder), page)
            texts[page] = EXAMPLE.sub(printed, DOCS[page])
    for page, text in texts.items():
        (ROOT / "docs" / page).write_text(text)


if __name__ == "__main__":
    mend()
