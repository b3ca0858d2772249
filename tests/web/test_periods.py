"""Zooming: each step leads to the next nearer one, and the way back is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.desk.corroborating import corroborate
from dateline.ledger import Ledger
from dateline.web.periods import find_steps, find_zoom
from tests.desk.press import taken
from tests.ledger.made import Told, reading_of


@pytest.fixture(scope="module")
def centuries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One happening every 71 years, and then some each day."""
    days = [*(f"{year}-05-04" for year in range(1712, 2020, 71)), "2023-09-12", "2023-09-13"]
    path = tmp_path_factory.mktemp("time") / "centuries.ledger"
    told = [Told(f"Ada Quill {n}", "met", f"Rob Stone {n}", when=day) for n, day in enumerate(days)]
    with Ledger.open(path, write=True) as ledger:
        ledger.put([taken(reading_of(told, origin="https://one.example/1"))])
        corroborate(ledger)
    return path


@pytest.mark.parametrize(
    ("when", "periods"),
    [
        (None, ["171", "178", "185", "192", "199", "202"]),
        ("20", ["2023"]),
        ("17", ["171", "178"]),
        ("202", ["2023"]),
        ("2023", ["2023-09"]),
        ("2023-09", ["2023-09-12", "2023-09-13"]),
        ("2023-09-13", []),
        ("2023-09-01/2023-09-30", []),
        ("16", []),
    ],
)
def test_each_period_leads_to_the_nearer_ones(centuries: Path, when: str | None, periods: list[str]) -> None:
    asked = {"when": when, "who": None, "limit": 50, "offset": 0}
    found = find_zoom(centuries, asked)
    assert [period.value for period in found] == periods
    assert all(period.count for period in found)


@pytest.mark.parametrize(
    ("when", "steps"),
    [
        ("2023-09-13", ["2023", "2023-09", "2023-09-13"]),
        ("202", ["20", "202"]),
        ("20", ["20"]),
        ("2023-09-31", []),
        ("soon", []),
        ("２０", []),
    ],
)
def test_the_way_back_is_shown(when: str, steps: list[str]) -> None:
    assert [step.value for step in find_steps(when)] == steps
