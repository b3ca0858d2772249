"""What is asked of the measures of speed reaches them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import speed
from benchmarks.pace import WAYS


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    asked: list[tuple[Any, ...]] = []

    def measure(way: str, reports: int, _: Path, ledger: Path | None = None) -> None:
        asked.append((way, reports, ledger))

    monkeypatch.setattr(speed, "measure", measure)
    monkeypatch.setattr(speed, "report", lambda paces: [])
    monkeypatch.setattr(speed, "report_growth", lambda way, found: [])
    return asked


def test_growth_is_measured_by_one_way(measured: list[tuple[Any, ...]]) -> None:
    small, large = Path("small.ledger"), Path("large.ledger")
    speed.main(["--reports", "30", "--into", str(small), str(large)])
    assert measured == [("add 2", 30, small), ("add 2", 30, large)]
    speed.main(["--reports", "30", "--into", str(small), "--ways", "add 1"])
    assert measured[2:] == [("add 1", 30, small)]


@pytest.mark.parametrize("more", [[], ["--reports", "30", "--ways", "add 1", "add 2"]])
def test_growth_asks_for_a_number_and_one_way(measured: list[tuple[Any, ...]], more: list[str]) -> None:
    with pytest.raises(SystemExit):
        speed.main(["--into", "small.ledger", *more])
    assert measured == []


def test_all_ways_are_measured_where_none_is_named(measured: list[tuple[Any, ...]]) -> None:
    speed.main(["--reports", "30"])
    assert [way for way, *_ in measured] == list(WAYS)
