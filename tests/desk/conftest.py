"""The small ledger, made once for those that read it, and anew for each that writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.press import write_press


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_press(tmp_path_factory.mktemp("press") / "press.ledger")


@pytest.fixture
def own_press(tmp_path: Path) -> Path:
    return write_press(tmp_path / "own.ledger")
