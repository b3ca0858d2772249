"""Takes the pictures of the desk in the browser that the docs show, with Chromium, over the example reports.

    python -m scripts.screenshots [--into docs/screenshots] [--ledger FILE]

Needs Playwright (a development package) and the Chromium of the system.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import dateline
from benchmarks.web import serving

ROOT = Path(__file__).parent.parent
WIDTH, HEIGHT = 1120, 760
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")
PAGES = {
    "timeline": "/?when=2023-09",
    "happening": "/happening/{happening}",
    "report": "/report/{report}",
    "people": "/people?who=kim",
    "map": "/map",
    "statements": "/statements",
}
"""The pictures and the page of each."""


def take_pictures(ledger: Path, into: Path) -> list[Path]:
    """The pictures of all pages, taken anew."""
    told = max(dateline.timeline(ledger, limit=200), key=lambda one: len({e.report.report for e in one.entries}))
    ids = {"happening": told.id, "report": told.entries[0].report.report}
    into.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    with serving(ledger) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        view = browser.new_context(
            base_url=home, viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", reduced_motion="reduce"
        )
        page = view.new_page()
        taken = [_take(page, address.format(**ids), into / f"{name}.png") for name, address in PAGES.items()]
        browser.close()
    return taken


def _take(page: Page, address: str, path: Path) -> Path:
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(
            f"{address}: no picture was taken: the page is not shown ({answer.status if answer else '?'})."
        )
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path)
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--ledger", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        ledger: Path = options.ledger or Path(folder) / "press.ledger"
        if options.ledger is None:
            # From here, so that no path of this machine is in the picture.
            command = [sys.executable, "-m", "dateline", "add", "examples", "--ledger", str(ledger)]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        for path in take_pictures(ledger, options.into):
            print(f"{path}  {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
