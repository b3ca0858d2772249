"""The JSON twins of the pages are the very bytes that the commands print."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from tests.web.visiting import visitor

HAPPENING, EVENT, REPORT = "0e3e8fba", "c941fc96", "2b3bf958"


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("/timeline.json", ["timeline"]),
        ("/timeline.json?who=quill&limit=1", ["timeline", "--who", "quill", "--limit", "1"]),
        ("/timeline.json?type=assault&main=no", ["timeline", "--type", "assault"]),
        ("/ask.json?where=51.9%2C128.3%2C50&order=-when", ["ask", "--where", "51.9,128.3,50", "--order=-when"]),
        ("/search.json?words=met+OR+killed&offset=1", ["ask", "--words", "met OR killed", "--offset", "1"]),
        ("/said.json?who=kcna", ["said", "kcna"]),
        ("/statements.json?words=talk", ["said", "--words", "talk"]),
        (f"/happening/{HAPPENING}.json", ["show", HAPPENING]),
        (f"/show/{EVENT}.json", ["show", EVENT]),
        (f"/show/{REPORT}.json", ["show", REPORT]),
    ],
)
def test_a_page_and_a_command_say_the_same(press: Path, address: str, command: list[str]) -> None:
    printed = CliRunner().invoke(app, [*command, "--json", "--ledger", str(press)])
    assert printed.exit_code == 0, printed.output
    answer = visitor(press).get(address)
    assert answer.headers["content-type"] == "application/json"
    assert answer.content == printed.stdout_bytes


def test_what_is_described_is_answered(press: Path) -> None:
    client = visitor(press)
    paths = client.get("/openapi.json").json()["paths"]
    assert "/timeline.json" in paths
    for path, methods in paths.items():
        if "get" in methods and "{" not in path:
            assert client.get(path).status_code == 200, path
