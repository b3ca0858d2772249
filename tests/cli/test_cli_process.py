"""The command line as a process: how fast it starts, what it loads, and what it does when its reader goes away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = {
    "spacy",
    "trafilatura",
    "lxml",
    "htmldate",
    "rich",
    "httpx",
    "resiliparse",
    "numpy",
    "dateline.intake",
    "dateline.reading",
}

HELP = """
import sys
from dateline.cli import app
try:
    app(["--help"], prog_name="dateline")
finally:
    print(*sys.modules, file=sys.stderr)
"""

STAND_IN = """
import sys
sys.path.insert(0, {folder!r})
import dateline.desk
from conftest import Desk
dateline.desk.read_all = Desk().read_all
sys.argv = ["dateline", "read", *sys.argv[1:]]
from dateline.cli import main
main()
"""


def test_help_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, timeout=60, check=True)
    assert "Usage: dateline" in done.stdout
    assert HEAVY.isdisjoint(done.stderr.split())


def _start(*arguments: str, stdout: int) -> subprocess.Popen[bytes]:
    code = STAND_IN.format(folder=str(Path(__file__).parent))
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=stdout, stderr=subprocess.PIPE)


def test_a_closed_pipe_ends_it_quietly() -> None:
    for form in ([], ["--json"], ["--html", "-"]):
        ours, theirs = os.pipe()
        process = _start(*form, "a.html", stdout=theirs)
        os.close(theirs)
        os.close(ours)
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (141, b"")


def test_it_exits_with_its_code() -> None:
    process = _start("a.html", "bad.html", stdout=subprocess.PIPE)
    shown, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert shown.startswith(b"Mayor opens bridge")
    assert errors.startswith(b"dateline: bad.html: no article text was found on the page.")
