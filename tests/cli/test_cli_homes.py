"""A paper's own reports tell where it is at home, and so which place of a name its next report means."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import dateline
from dateline.cli import app
from dateline.desk.homes import Shelf, shelf_of

TOLD = (
    "A Blossom man was hurt on Monday in a fire in Reno, Texas, the sheriff of Lamar County said.",
    "The road from Powderly to Paris, Texas, was closed on Tuesday after a truck from Clarksville, Texas, turned over.",
    "Voters in Honey Grove and Bonham, Texas, will choose a school board on Saturday, officials in Blossom said.",
    "A storm took roofs in Deport and in Roxton, Texas, on Thursday. Nobody in Paris, Texas, was hurt.",
)
NEXT = "Two men were arrested in Paris on Friday after a robbery, police said. They are held in the county jail."
TEXAS, FRANCE = "geonames:4717560", "geonames:2988507"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "120", "DATELINE_PLACES": ""})


def page(folder: Path, name: str, text: str) -> str:
    head = f'<meta property="og:site_name" content="The Example Courier"><title>Report {name}</title>'
    body = f"<article><h1>Report {name}</h1><p>{text}</p></article>"
    path = folder / f"{name}.html"
    path.write_text(
        f'<html><head>{head}<meta property="og:url" content="https://e.example/{name}"></head>{body}</html>'
    )
    return str(path)


def parises(ledger: Path) -> list[tuple[str | None, str | None]]:
    """For each report that names Paris, what it stands for, and the home that it was read with."""
    with dateline.Ledger.open(ledger) as book:
        readings = [book.reading(each.id) for each in book.editions()]
    found = [(each, reading.home) for reading in readings for each in reading.toponyms if each.name == "Paris"]
    return [(each.place.id if each.place else None, home.country if home else None) for each, home in found]


def test_a_paper_s_home_is_known_once_others_of_its_reports_are(tmp_path: Path) -> None:
    ledger = tmp_path / "press.ledger"
    arguments = ("--ledger", str(ledger), "--workers", "1")
    first = page(tmp_path, "first", NEXT)
    assert run("add", first, *arguments).exit_code == 0
    assert parises(ledger) == [(FRANCE, None)]
    assert run("add", *(page(tmp_path, f"told{n}", text) for n, text in enumerate(TOLD)), *arguments).exit_code == 0
    assert run("add", page(tmp_path, "last", NEXT.replace("Friday", "Sunday")), *arguments).exit_code == 0
    assert parises(ledger)[0] == (FRANCE, None)
    assert parises(ledger)[-1] == (TEXAS, "US")

    assert "today's annotators" in run("reread", "--ledger", str(ledger)).stdout
    assert "read 5 reports again" in run("reread", "--ledger", str(ledger), "--homes").stdout
    assert set(parises(ledger)) == {(TEXAS, "US")}
    assert dateline.reread(ledger, homes=True) == ()


def test_a_shelf_looks_at_what_was_there_when_the_command_began(tmp_path: Path) -> None:
    ledger = tmp_path / "press.ledger"
    pages = [page(tmp_path, f"told{n}", text) for n, text in enumerate(TOLD)]
    assert run("add", *pages, "--ledger", str(ledger), "--workers", "1").exit_code == 0
    shelf = shelf_of(ledger)
    home = shelf.home("The Example Courier")
    assert home is not None and home.country == "US"
    assert Shelf(ledger, shelf.until - 2).home("The Example Courier") is None
    assert shelf.home("Another Courier") is None and shelf.home(None) is None


@pytest.mark.parametrize("made", [False, True])
def test_of_an_empty_ledger_no_home_is_known(tmp_path: Path, made: bool) -> None:
    if made:
        dateline.Ledger.open(tmp_path / "press.ledger", write=True).close()
    assert shelf_of(tmp_path / "press.ledger").home("The Example Courier") is None
