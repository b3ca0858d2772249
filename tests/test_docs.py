"""The docs keep their word: every option is documented, and what is documented is there."""

import re
from pathlib import Path

import pytest
import typer

from dateline.cli import app
from scripts.capture_readme import capture, captured

ROOT = Path(__file__).parent.parent
COMMANDS = (ROOT / "docs" / "commands.md").read_text()
README = (ROOT / "README.md").read_text()


def options() -> dict[str, set[str]]:
    """The options of each command, long and short."""
    group = typer.main.get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    commands = {"dateline": group, **{f"dateline {name}": command for name, command in group.commands.items()}}
    return {
        name: {flag for param in command.params for flag in param.opts if flag[0] == "-"}
        for name, command in commands.items()
    }


@pytest.mark.parametrize("command", ["dateline", "dateline read"])
def test_every_option_is_documented(command: str) -> None:
    assert command in COMMANDS
    assert [flag for flag in options()[command] if f"`{flag}" not in COMMANDS] == []


def test_every_documented_option_is_there() -> None:
    known = options()["dateline"] | options()["dateline read"] | {"--help", "-h"}
    assert set(re.findall(r"`(--?[a-z-]+)", COMMANDS)) - known == set()


def test_the_readme_commands_are_single_lines_that_set_up_everything() -> None:
    for mark in ("demo", "tests"):
        [command] = re.findall(rf"<!-- {mark} -->\n```sh\n(.+)\n```", README)
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install")


def test_the_readme_shows_what_the_command_prints() -> None:
    assert captured() == capture(), "run `python -m scripts.capture_readme`"


def test_the_pictures_in_the_readme_are_of_what_is_shipped() -> None:
    [example] = set(re.findall(r"dateline read (examples/\S+)", README))
    assert (ROOT / example).is_file()


def test_the_pictures_that_the_docs_show_are_there_and_small() -> None:
    shown = {
        path.parent / name
        for path in (ROOT / "docs").glob("*.md")
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", path.read_text())
    }
    assert {picture.name for picture in shown} == {path.name for path in (ROOT / "docs" / "screenshots").iterdir()}
    assert 0 < sum(picture.stat().st_size for picture in shown) < 1_500_000


def test_the_links_between_the_docs_lead_to_files_of_the_repository() -> None:
    """On a code host too, where no site is built."""
    pages = [
        *(ROOT / "docs").glob("*.md"),
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "benchmarks" / "README.md",
    ]
    links = {
        page.parent / to for page in pages for to in re.findall(r"\]\((?![a-z]+:)([^)#\s]+)[^)]*\)", page.read_text())
    }
    assert len(links) > 30
    assert sorted(str(link) for link in links if not link.exists()) == []
