"""A visitor of the app in tests: a client on the press ledger, and what a page says without its markup."""

from __future__ import annotations

import re
import warnings
from html import unescape
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient as TestClient

from dateline.web.app import create_app
from dateline.web.settings import Settings

HOME = "http://127.0.0.1:8765"


def visitor(ledger: Path, settings: Settings | None = None, base: str = HOME) -> TestClient:
    """A client whose browser is at the app's own address."""
    return TestClient(create_app(ledger, settings), base_url=base, raise_server_exceptions=False)


def seal_in(page: str) -> str:
    """The seal that a page brings back when it writes."""
    match = re.search(r'name="dateline-seal" content="([^"]+)"', page)
    assert match
    return match[1]


def words_of(page: str) -> str:
    """What a page says, with single spaces."""
    body = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
