"""The server itself: its address, its token, and that it stops when it is told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.errors import SettingError
from dateline.ledger import Ledger
from dateline.web.serving import is_loopback, listen, settings_for


@contextmanager
def serving(*options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "dateline", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            address = re.search(r"http://\S+", said)
            assert address, said + process.stdout.read()
            yield address[0], process
        finally:
            process.kill()


def test_a_ledger_is_served_until_it_is_interrupted(press: Path) -> None:
    with serving("--ledger", str(press)) as (address, process):
        assert address.startswith("http://127.0.0.1:")
        assert "Ada Quill" in httpx.get(address).text
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in (0, 130)
        assert process.stdout and "Traceback" not in process.stdout.read()


def test_a_new_ledger_is_made_so_that_one_can_add_to_it(tmp_path: Path) -> None:
    with serving("--ledger", str(tmp_path / "new.ledger")) as (address, _):
        assert "No happening answers this" in httpx.get(address).text
    with Ledger.open(tmp_path / "new.ledger") as ledger:
        assert ledger.span() is None


def test_beyond_this_machine_a_token_is_made_and_needed(press: Path) -> None:
    with serving("--ledger", str(press), "--host", "0.0.0.0") as (address, _):
        bare, _, token = address.partition("?token=")
        assert len(token) > 30
        assert httpx.get(bare).status_code == 401
        with httpx.Client() as client:
            assert client.get(address, follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    ("host", "near"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("192.168.1.5", False)],
)
def test_only_this_machine_needs_no_token(host: str, near: bool) -> None:
    assert is_loopback(host) is near
    assert (settings_for(host, None).token is None) is near


@pytest.mark.parametrize("token", ["", "short", "with space in the middle", "ünïcödé-ünïcödé-ünïcödé"])
def test_a_token_that_could_be_guessed_is_refused(token: str) -> None:
    with pytest.raises(SettingError, match="a token is 16 characters"):
        settings_for("127.0.0.1", token)


def test_a_port_that_is_taken_is_said_to_be(press: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        result = CliRunner().invoke(app, ["serve", "--ledger", str(press), "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 2
    assert "this address cannot be had" in result.output


def test_a_file_that_is_no_ledger_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "letter.ledger").write_text("Dear editor")
    result = CliRunner().invoke(app, ["serve", "--ledger", str(tmp_path / "letter.ledger")])
    assert result.exit_code == 2


def test_the_help_stays_quick_to_come_by() -> None:
    """The web's libraries are imported by the command that needs them."""
    code = "import sys, dateline.cli; sys.exit('starlette' in sys.modules or 'jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, env=dict(os.environ)).returncode == 0


def test_who_comes_before_the_server_is_up_is_not_turned_away() -> None:
    with listen("127.0.0.1", 0) as listener:
        socket.create_connection(listener.getsockname(), timeout=10).close()
