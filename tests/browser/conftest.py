"""One browser and one ledger for all; a copy of the ledger, with a server of its own, for each test that writes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.driving import ARGUMENTS, ROOT, Visit, find_chromium, run_dateline, served

HOSTILE = Path(__file__).parent / "hostile.html"

Visitor = Callable[..., Visit]


# The browser goes with this folder's tests: its loop would be in the way of others that run one.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        tell = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        tell("chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def press(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Path:
    """A ledger of the example reports, of the seed where it is at hand, and of one report that means harm."""
    path = tmp_path_factory.mktemp("browser") / "press.ledger"
    seed = ROOT.parent / "shared" / "seed"
    run_dateline("add", ROOT / "examples", *([seed] if seed.is_dir() else []), HOSTILE, "--ledger", path)
    return path


@pytest.fixture(scope="package")
def home(press: Path) -> Iterator[str]:
    with served(press) as address:
        yield address


@pytest.fixture
def own_press(press: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(press, tmp_path / "press.ledger"))


@pytest.fixture
def own_home(own_press: Path) -> Iterator[str]:
    with served(own_press) as address:
        yield address


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visitor]:
    """Opens visits, and looks at the end whether anything went wrong on one."""
    visits: list[Visit] = []

    def begin(address: str, **settings: Any) -> Visit:
        visits.append(Visit(browser, address, **settings))
        return visits[-1]

    yield begin
    for each in visits:
        each.close()
