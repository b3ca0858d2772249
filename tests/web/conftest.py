"""The press ledger, once for all that only look at it, and a copy for each that writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.desk.press import write_press


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_press(tmp_path_factory.mktemp("press") / "press.ledger")


@pytest.fixture
def own_press(press: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(press, tmp_path / "press.ledger"))
