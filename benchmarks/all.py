"""Runs every layer on its development file and prints one table of figures, with reports/s beside them.

    python -m benchmarks.all [--bench ../shared/bench] [--file dev] [--only LAYER …] [--keep FOLDER]

The figures come from each layer's own scorer, ``score.py`` beside the gold data; its docstring defines them.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.predict import run

MEASURES: dict[str, tuple[tuple[str, str], ...]] = {
    "names": (("core F1", r"^core\s+\S+\s+\S+\s+(\S+)"), ("all F1", r"^all\s+\S+\s+\S+\s+(\S+)")),
    "times": (("relaxed F1", r"^relaxed.*F1\s+(\S+)"), ("value F1", r"^value\s+F1\s+(\S+)")),
    "places": (
        ("recognition F1 (overlap)", r"^recognition_overlap.*F1\s+(\S+)"),
        ("end to end F1@161 km", r"^end_to_end.*F1\s+(\S+)"),
    ),
    "attribution": (("content@.5 F1", r"^content@\.5\s.*F1\s+(\S+)"), ("full F1", r"^full\s+P.*F1\s+(\S+)")),
    "events": (
        ("root16 macro F1", r"^root16\s.*?macro\s+(\S+)"),
        ("quad macro F1", r"^quad\s.*?macro\s+(\S+)"),
        ("mode macro F1", r"^mode\s.*?macro\s+(\S+)"),
    ),
    "ledger": (
        ("ledger F1", r"^ledger\s+\S+\s+\S+\s+(\S+)"),
        ("events F1", r"^events\s+\S+\s+\S+\s+(\S+)"),
        ("statements F1", r"^statements\s+\d\S+\s+\S+\s+(\S+)"),
        ("statements with their source F1", r"^statements with their source\s+\S+\s+\S+\s+(\S+)"),
    ),
    "corroboration": (("CoNLL F1", r"^conll\s.*F1\s+(\S+)"), ("pairwise precision", r"^pairwise\s+P\s+(\S+)")),
}
"""The figures to quote of each layer, and where they stand in what its scorer prints."""


NOTES = {
    (
        "events",
        "dev",
    ): "the shipped weights were learned on this file: for an honest figure run "
    "`python -m scripts.cross_validate_plover`",
}
"""What must be known of a figure to read it rightly."""


def measure(layer: str, printed: str) -> list[tuple[str, str]]:
    """The layer's figures, read from what its scorer printed; "?" where one is not there."""
    found = ((name, re.search(pattern, printed, re.MULTILINE)) for name, pattern in MEASURES[layer])
    return [(name, match[1] if match else "?") for name, match in found]


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"), help="the folder of gold data")
    parser.add_argument("--file", default="dev", help="which file of each layer, without .jsonl")
    parser.add_argument("--only", nargs="*", choices=sorted(MEASURES), default=list(MEASURES))
    parser.add_argument("--keep", type=Path, help="a folder to keep the predictions and the scorers' reports in")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        print(f"{'layer':12} {'file':7} {'measure':34} {'value':>7} {'reports/s':>10}")
        for layer in options.only:
            gold = options.bench / layer / f"{options.file}.jsonl"
            if not gold.exists():
                print(f"{layer:12} {options.file:7} there is no {gold}", file=sys.stderr)
                continue
            predicted = folder / f"{layer}-{options.file}.jsonl"
            rate = run(layer, gold, predicted)
            command = [sys.executable, str(options.bench / layer / "score.py"), str(gold), str(predicted)]
            scored = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            predicted.with_suffix(".txt").write_text(scored, encoding="utf-8")
            for name, value in measure(layer, scored):
                print(f"{layer:12} {options.file:7} {name:34} {value:>7} {rate:10.1f}", flush=True)
            if note := NOTES.get((layer, options.file)):
                print(f"{'':12} {'':7} ({note})")


if __name__ == "__main__":
    main()
