"""The house keeps its own rules: floors, cards, and words that the docs must know."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import dateline
from dateline import errors

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src" / "dateline").rglob("*.py"))
FLOORS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]


def floor_of(module: str) -> int | None:
    for number, floor in enumerate(FLOORS):
        if any(module == room or module.startswith(f"{room}.") for room in floor.split(" | ")):
            return number
    return None


def imports(source: Path) -> list[str]:
    tree = ast.parse(source.read_text())
    found = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return [name for name in found if name.startswith("dateline.")]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_imports_run_down_the_floors(source: Path) -> None:
    parts = source.relative_to(ROOT / "src").with_suffix("").parts
    here = ".".join(parts).removesuffix(".__init__")
    mine = floor_of(here)
    if mine is None:  # the package's own front door, which shows what lies behind it
        return
    room = here.split(".")[1]
    for name in imports(source):
        theirs = floor_of(name)
        assert theirs is not None, f"{here} imports {name}, which stands on no floor"
        assert theirs > mine or name.split(".")[1] == room, f"{here} imports {name}"


def test_layers_of_the_reading_have_not_met() -> None:
    layers = {path.name for path in (ROOT / "src/dateline/reading").iterdir() if path.is_dir()}
    for source in SOURCES:
        parts = source.relative_to(ROOT / "src/dateline").parts
        if parts[0] == "reading" and len(parts) > 2:
            others = {f"dateline.reading.{layer}" for layer in layers - {parts[1]}}
            assert not [name for name in imports(source) if any(name.startswith(other) for other in others)], source


def test_nobody_imports_for_types_alone() -> None:
    assert [source for source in SOURCES if "TYPE_CHECKING" in source.read_text()] == []


def test_every_model_and_gazetteer_has_a_card() -> None:
    for card in (ROOT / "src/dateline/data/models").glob("*.toml"):
        kept = tomllib.loads(card.read_text())
        assert {"origin", "licence", "made"} <= set(kept), card


def test_every_error_is_of_one_family_and_says_where_what_and_what_to_do() -> None:
    family = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert len(family) > 4
    for kind in family:
        assert issubclass(kind, errors.DatelineError)
        error = kind("storm.html", "no article text was found on the page", "Read it with --as text.")
        assert str(error) == "storm.html: no article text was found on the page. Read it with --as text."
        assert (error.where, error.what, error.todo) == error.args


def test_every_public_name_is_in_the_docs() -> None:
    docs = "\n".join(path.read_text() for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    assert [name for name in dateline.__all__ if not re.search(rf"\b{name}\b", docs)] == []


def test_what_is_public_is_there_and_typed() -> None:
    stub = ast.parse((ROOT / "src/dateline/__init__.pyi").read_text())
    typed = {name.asname for node in stub.body if isinstance(node, ast.ImportFrom) for name in node.names}
    assert typed == set(dateline.__all__)
    assert [name for name in dateline.__all__ if getattr(dateline, name, None) is None] == []
    assert set(dateline.__all__) <= set(dir(dateline))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        dateline.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_no_package_registry_is_named() -> None:
    hosts = re.compile("|".join(("pypi" + r"\.org", "python" + "hosted", "npmjs" + r"\.", "registry" + r"\.")))
    kept = [
        *ROOT.glob("*.*"),
        *(ROOT / "docs").rglob("*.*"),
        *(ROOT / "src").rglob("*.toml"),
        *(ROOT / ".ci").iterdir(),
    ]
    assert [path for path in kept if path.is_file() and hosts.search(path.read_text(errors="ignore"))] == []
