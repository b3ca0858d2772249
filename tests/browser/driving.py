"""What the browser tests drive: the real server on a ledger, and a browser that is watched at every step."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent.parent
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)  # fmt: skip
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
ALARMS = ("serious", "critical")


def find_chromium() -> str | None:
    """The browser of the system."""
    usual = "/usr/bin/chromium"
    return usual if Path(usual).exists() else shutil.which("chromium") or shutil.which("chromium-browser")


def run_dateline(*arguments: str | Path) -> None:
    """Runs a command to its end."""
    command = [sys.executable, "-m", "dateline", *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=300)


@contextmanager
def served(ledger: Path, *more: str) -> Iterator[str]:
    """The address at which `dateline serve` shows a ledger."""
    command = [sys.executable, "-m", "dateline", "serve", "--ledger", str(ledger), "--port", "0", *more]
    environment = {name: value for name, value in os.environ.items() if name != "DATELINE_TOKEN"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as server:
        try:
            assert server.stdout is not None
            told = server.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/\S*", told)
            assert address, told
            yield address[0]
        finally:
            server.terminate()
            server.wait(30)


class Visit:
    """A page of the browser on one server, and all that went wrong on it."""

    def __init__(self, browser: Browser, home: str, **settings: Any) -> None:
        self.home = home.partition("?")[0].rstrip("/")
        self.problems: list[str] = []
        self.asked: list[str] = []
        self.forgiven: set[int] = set()
        self.context: BrowserContext = browser.new_context(base_url=self.home, **settings)
        self.context.set_default_timeout(15_000)
        self.context.on("request", lambda request: self._note_request(request.url))
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda said: self._note_console(said.type, said.text, said.location["url"]))
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self._note_dialog(dialog))

    def open(self, path: str, status: int = 200) -> Page:
        """The page at a path, once all that belongs to it has come."""
        if status >= 400:
            self.forgiven.add(status)
        self.page.wait_for_load_state()  # what is left while its scripts come may complain of those that did not
        answer = self.page.goto(path)
        assert answer is not None and answer.status == status, (path, answer and answer.status)
        if path.startswith("/map"):  # its outlines and places come after it
            self.page.wait_for_load_state("networkidle")
        return self.page

    def alarms(self) -> list[str]:
        """What axe-core finds serious or critical on the page as it stands."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        return [
            f"{each['id']} ({each['impact']}): {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
            for each in found
            if each["impact"] in ALARMS
            for node in each["nodes"]
        ]

    def strays(self) -> list[str]:
        """The requests that went to anything but the server."""
        return [url for url in self.asked if not is_ours(url, self.home)]

    def close(self) -> None:
        """Ends the visit; fails where anything was said on the console, or asked elsewhere, meanwhile."""
        self.page.wait_for_load_state()
        self.context.close()
        assert not self.problems, self.problems
        assert self.asked and not self.strays(), self.strays()

    def _note_request(self, url: str) -> None:
        self.asked.append(url)

    def _note_console(self, kind: str, words: str, where: str) -> None:
        refused = re.search(r"(?:responded with a status of|Response Status Error Code) (\d+)", words)
        if kind in ("error", "warning") and not (refused and int(refused[1]) in self.forgiven):
            self.problems.append(f"{kind}: {words} ({where})")

    def _note_dialog(self, dialog: Any) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()


def is_ours(url: str, home: str) -> bool:
    """Whether an address is the server's, or holds its own content."""
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob", "about") or f"{parts.scheme}://{parts.netloc}" == home
