"""Puts what ``dateline read`` shows of the example report into the README.

python -m scripts.capture_readme
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = "examples/example-wire.html"
LINES = 48
"""How much of the page the README shows."""

_BLOCK = re.compile(r"(?<=<!-- capture -->\n```text\n).*?(?=\n```)", re.DOTALL)


def capture() -> str:
    """The first lines of what the command prints at 80 columns, without colours."""
    command = [sys.executable, "-m", "dateline", "read", EXAMPLE]
    settings = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, encoding="utf-8")
    lines = done.stdout.splitlines()
    return "\n".join([f"$ dateline read {EXAMPLE}", *(line.rstrip() for line in lines[:LINES]), "…"])


def captured() -> str:
    """What the README shows now."""
    found = _BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))
    return found[0] if found else ""


def main() -> None:
    """Runs the command."""
    readme = ROOT / "README.md"
    fresh = capture().replace("\\", r"\\")
    readme.write_text(_BLOCK.sub(fresh, readme.read_text(encoding="utf-8"), count=1), encoding="utf-8")


if __name__ == "__main__":
    main()
