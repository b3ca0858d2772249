"""``dateline places``: building a gazetteer, searching one, and reading with it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import dateline
from dateline.cli import app
from dateline.errors import LexiconError

TABLE = "name,lat,lon,also,country,feature\nQuillport,43.35,132.19,Quill Harbour,RU,PPL\n"
REPORT = "Fire in the harbour\n\nA fire broke out in Quillport on Friday, police said. Nobody was hurt, they said.\n"


def run(*arguments: str, places: Path | None = None) -> Result:
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "120", "DATELINE_PLACES": str(places or "")})


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places")
    (folder / "own.csv").write_text(TABLE)
    made = run("places", "build", "--own", str(folder / "own.csv"), "--to", str(folder / "mine.places"))
    assert made.exit_code == 0, made.output
    assert "mine.places: 282,229 places" in made.stdout and "--places" in made.stdout
    return folder / "mine.places"


def test_search_shows_the_bearers_of_a_name_first() -> None:
    lines = run("places", "search", "Paris", "--limit", "3").stdout.splitlines()
    assert lines[0].startswith("Paris") and "FR" in lines[0]
    assert len(lines) == 4 and "GeoNames" in lines[-1]


def test_search_as_json_gives_one_place_a_line() -> None:
    result = run("places", "search", "Komsomolsk-on-Amur", "--json")
    found = json.loads(result.stdout.splitlines()[0])
    assert (found["place"]["country"], found["kind"], found["population"] > 200_000) == ("RU", "town", True)


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_name_that_no_place_has_is_told(form: tuple[str, ...]) -> None:
    result = run("places", "search", "Quillport", *form)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no place of this name is known" in result.stderr


def test_own_places_are_found_and_the_shipped_stay(mine: Path) -> None:
    assert "own:quillport" in run("places", "search", "Quill Harbour", "--places", str(mine)).stdout
    assert "geonames:" in run("places", "search", "Vladivostok", "--places", str(mine)).stdout


def test_reading_with_own_places_puts_them_on_the_map_and_says_so(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "fire.txt").write_text(REPORT)
    page = str(tmp_path / "fire.txt")
    by_option = run("read", page, "--json", "--places", str(mine))
    by_setting = run("read", page, "--json", places=mine)
    assert by_option.stdout == by_setting.stdout
    [quillport] = [each for each in json.loads(by_option.stdout)["toponyms"] if each["name"] == "Quillport"]
    assert quillport["place"]["id"] == "own:quillport"
    marks = [each for each in json.loads(by_option.stdout)["by"] if each.startswith("toponyms")]
    assert len(marks) == 1 and "+places." in marks[0]


def test_a_ledger_read_with_another_gazetteer_is_read_again(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "fire.txt").write_text(REPORT)
    ledger = str(tmp_path / "press.ledger")
    assert run("add", str(tmp_path / "fire.txt"), "--ledger", ledger, "--workers", "1").exit_code == 0
    assert "read 1 report again" in run("reread", "--ledger", ledger, "--places", str(mine)).stdout
    assert "today's annotators" in run("reread", "--ledger", ledger, "--places", str(mine)).stdout


def test_a_file_that_is_no_gazetteer_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "fire.txt").write_text(REPORT)
    (tmp_path / "bad.places").write_text("no gazetteer " * 100)
    for arguments in (("read", str(tmp_path / "fire.txt")), ("places", "search", "Paris")):
        result = run(*arguments, "--places", str(tmp_path / "bad.places"))
        assert result.exit_code == 2
        assert "this is no gazetteer" in result.stderr and "dateline places build" in result.stderr


def test_a_bad_dump_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "FD.txt").write_text("1\tOne\n")
    result = run("places", "build", str(tmp_path / "FD.txt"), "--to", str(tmp_path / "x.places"))
    assert result.exit_code == 2
    assert "FD.txt, line 1: 2 columns, where a dump of places has 19" in result.stderr
    assert not (tmp_path / "x.places").exists()


def test_there_must_be_something_to_build_from(tmp_path: Path) -> None:
    assert "nothing to build from" in run("places", "build", "--to", str(tmp_path / "x.places")).stderr
    table = tmp_path / "own.csv"
    table.write_text(TABLE)
    assert "one of the files to read" in run("places", "build", "--own", str(table), "--to", str(table)).stderr
    assert table.read_text() == TABLE


def test_the_same_in_python(mine: Path, tmp_path: Path) -> None:
    assert dateline.search_places("Quillport", places=mine)[0].place.id == "own:quillport"
    assert dateline.search_places("Quillport") == ()
    with pytest.raises(LexiconError, match="missing"):
        dateline.read(REPORT, places=tmp_path / "nowhere.places")
