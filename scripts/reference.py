"""Writes the docs' pages of reference from the code: every command as its help tells it, every public name of Python.

    python -m scripts.reference

Also the JSON of a reading as a JSON Schema. A test holds the files in ``docs`` against what this would write.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import typer
from typer.testing import CliRunner

import dateline
from dateline.cli import app
from dateline.model.json import json_schema

DOCS = Path(__file__).parent.parent / "docs"
WIDTH = 100
"""Characters in a line of a signature."""
BREAK = "\n\n"
INHERITED = {"Ledger": ("open",)}
"""Methods that a type has from another, and that its users need."""


def commands_page() -> str:
    """Every command with its options, as ``--help`` shows them."""
    told = [f"## {' '.join(path)}\n\n```text\n{help_of(path)}\n```\n" for path in command_paths()]
    begin = (
        "# Every command\n\nWhat `--help` says of each, written from the code by `python -m scripts.reference`. "
        "By example:\n[commands.md](commands.md), [ledger.md](ledger.md), [places.md](places.md).\n"
    )
    return "\n".join([begin, *told])


def command_paths() -> Iterator[tuple[str, ...]]:
    """Each command by its words, groups before their parts."""
    yield ("dateline",)
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        yield ("dateline", name)
        if isinstance(command, click.Group):
            yield from (("dateline", name, part) for part in command.commands)


def help_of(path: tuple[str, ...]) -> str:
    """What a command says of itself, on a terminal of 100 columns."""
    env = {"COLUMNS": "100", "NO_COLOR": "1"}
    result = CliRunner().invoke(app, [*path[1:], "--help"], prog_name="dateline", env=env)
    return "\n".join(line.rstrip() for line in result.stdout.splitlines()).strip("\n")


def python_page() -> str:
    """Every public name of the package, with its signature and what it says of itself."""
    names = [name for name in dateline.__all__ if name[0].islower()]
    types = [name for name in dateline.__all__ if not name[0].islower()]
    begin = (
        "# Every public name in Python\n\nWritten from the code by `python -m scripts.reference`. By example: "
        "[python.md](python.md). What a reading\nholds: [json.md](json.md).\n"
    )
    told = [f"### {name}\n\n{entry(name, getattr(dateline, name))}" for name in names]
    held = [f"### {name}\n\n{entry(name, getattr(dateline, name))}" for name in types]
    return "\n".join([begin, "## Functions\n", *told, "## Types\n", *held])


def entry(name: str, thing: object) -> str:
    """The signature and the words of one name; of a type also its methods."""
    shown = "" if is_made_elsewhere(thing) else f"```text\n{signature_of(name, thing)}\n```\n\n"
    return "\n".join([f"{shown}{words_of(thing)}\n", *methods_of(name, thing)])


def methods_of(name: str, thing: object) -> Iterator[str]:
    """What each method of a type says of itself."""
    if not inspect.isclass(thing):
        return
    for method in [*INHERITED.get(name, ()), *(each for each in vars(thing) if not each.startswith("_"))]:
        value = getattr(thing, method)
        if inspect.isfunction(value) or inspect.ismethod(value):
            yield f"`{name}.{method}`: {words_of(value).partition(BREAK)[0]}\n"


def is_made_elsewhere(thing: object) -> bool:
    """Whether nobody makes one by its name: an error, or a ledger, which is opened."""
    return inspect.isclass(thing) and (issubclass(thing, BaseException) or thing is dateline.Ledger)


def words_of(thing: object) -> str:
    """The docstring as Markdown: names in single backticks, and examples in fences, fit to be run as they stand."""
    parts = []
    for part in (inspect.getdoc(thing) or "").split(BREAK):
        begin = f"```python\n>>> from dateline import {getattr(thing, '__name__', '')}\n"
        parts.append(f"{begin}{part}\n\n```" if part.startswith(">>>") else part.replace("``", "`"))
    return BREAK.join(parts)


def signature_of(name: str, thing: object) -> str:
    """Name, parameters and answer, a parameter a line where they do not fit into one."""
    found = inspect.signature(thing)  # type: ignore[arg-type]
    written = inspect.get_annotations(thing) if inspect.isclass(thing) else {}
    told, starred = [], False
    for each in found.parameters.values():
        if each.kind is each.KEYWORD_ONLY and not starred:
            told.append("*")
            starred = True
        told.append(parameter(each.replace(annotation=written.get(each.name, each.annotation))))
    answer = "" if inspect.isclass(thing) else f" -> {annotation(found.return_annotation)}"
    line = f"{name}({', '.join(told)}){answer}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{name}(", *(f"    {each}," for each in told), f"){answer}"])


def parameter(given: inspect.Parameter) -> str:
    """One parameter with its type and what it is unless given."""
    stars = "**" if given.kind is given.VAR_KEYWORD else ""
    default = "" if given.default is given.empty else f" = {given.default!r}"
    return f"{stars}{given.name}: {annotation(given.annotation)}{default}"


def annotation(kind: object) -> str:
    """A type as it is written in the code."""
    return str(getattr(kind, "__forward_arg__", kind))


def schema_file() -> str:
    """The JSON Schema of a reading."""
    return msgspec.json.format(msgspec.json.encode(json_schema()), indent=1).decode() + "\n"


WRITTEN = {
    "reference-commands.md": commands_page,
    "reference-python.md": python_page,
    "reading.schema.json": schema_file,
}
"""The files in ``docs`` that are written from the code, and what writes each."""


def main() -> None:
    """Writes them all."""
    for name, write in WRITTEN.items():
        (DOCS / name).write_text(write())


if __name__ == "__main__":
    main()
