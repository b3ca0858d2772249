"""Measures the layer of places alone: how good it is, how sure it should be, how fast, and in how much memory.

    python -m benchmarks.places [GOLD.jsonl] [--processes 2]

The layers below are run first and not counted. Quality is the scorer's (``score.py`` beside the gold data), over all
answers and once more without words for peoples, which some corpora annotate and others do not. Calibration is the mean
gap between how sure an answer is and how often such answers are right (ten bins, weighed by how many answers are in
each), over names that are no words for peoples and no parts of longer names; right is what the scorer calls right, and
for a country, a continent or a sea, whose middle each atlas puts elsewhere, within 1,500 km.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.predict import NEEDED, Row, places, read, read_rows
from dateline.model import Place, Reading, Toponym
from dateline.reading.toponyms import ToponymReader

NEAR_KM, WIDE_KM = 161.0, 1500.0
WIDE = ("PCL", "CONT", "RGN", "OCN", "SEA", "TERR")
UNJUDGED = ("demonym", "language", "embedded")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=Path("../shared/bench/places/dev.jsonl"))
    parser.add_argument("--processes", type=int, default=2, help="how many read at once in the measure of speed")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        print(json.dumps(alone(options.inside)))
        return
    rows = read_rows(options.gold)
    below = [layer.load() for layer in NEEDED["places"][:-1]]
    bases = [read(row, below) for row in rows]
    reader = ToponymReader.load()
    found = [reader(base) for base in bases]
    for what, readings in (("all answers", found), ("without peoples", list(map(without_peoples, found)))):
        print(f"{what:16} {score(options.gold, rows, readings)}")
    print(f"calibration      error {calibration(rows, found):.3f}")
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "bases.pickle"
        kept.write_bytes(pickle.dumps(bases))
        for line in speed(kept, options.processes):
            print(line)


def without_peoples(reading: Reading) -> Reading:
    """A reading whose toponyms are names of places only."""
    kept = tuple(each for each in reading.toponyms if each.role not in ("demonym", "language"))
    return Reading(reading.report, toponyms=kept)


def score(gold: Path, rows: Sequence[Row], readings: Sequence[Reading]) -> str:
    """What the scorer says: recognition by overlap, and end to end."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
        for row, reading in zip(rows, readings, strict=True):
            predicted.write(json.dumps({"id": row["id"], **places(row, reading)}, ensure_ascii=False) + "\n")
        predicted.flush()
        command = [sys.executable, str(gold.parent / "score.py"), str(gold), predicted.name]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wanted = (("recognition F1", r"^recognition_overlap.*F1\s+(\S+)"), ("end to end F1", r"^end_to_end.*F1\s+(\S+)"))
    figures = ((name, re.search(pattern, printed, re.MULTILINE)) for name, pattern in wanted)
    return "  ".join(f"{name} {match[1] if match else '?'}" for name, match in figures)


def calibration(rows: Sequence[Row], readings: Sequence[Reading]) -> float:
    """The mean gap between how sure the answers are and how often they are right."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for row, reading in zip(rows, readings, strict=True):
        for toponym in reading.toponyms:
            right = judge(row["toponyms"], toponym)
            if right is not None:
                bins.setdefault(min(9, int(toponym.confidence * 10)), []).append((toponym.confidence, right))
    gaps = (abs(sum(sure for sure, _ in each) - sum(right for _, right in each)) for each in bins.values())
    return sum(gaps) / max(1, sum(map(len, bins.values())))


def judge(gold: Iterable[dict[str, Any]], toponym: Toponym) -> bool | None:
    """Whether an answer is right; None where nobody can tell."""
    if toponym.place is None or toponym.role in UNJUDGED:
        return None
    over = next((each for each in gold if each["start"] < toponym.end and toponym.start < each["end"]), None)
    if over is None:
        return False
    if over["lat"] is None:
        return None
    there = Place("", "", None, "", over["lat"], over["lon"])
    limit = WIDE_KM if toponym.place.feature.startswith(WIDE) else NEAR_KM
    return toponym.place.km_to(there) <= limit


def speed(bases: Path, processes: int) -> Iterator[str]:
    """How fast the layer reads by one process and by several at once, and the memory of one."""
    for count in dict.fromkeys((1, processes)):
        command = [sys.executable, "-m", "benchmarks.places", "--inside", str(bases)]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(count)]
        told = [json.loads(each.communicate()[0]) for each in running]
        rate, peak = sum(each["reports/s"] for each in told), max(each["MB"] for each in told)
        yield f"speed            {count} at once: {rate:.0f} reports/s; the layer adds {peak:.0f} MB to each process"


def alone(bases: Path) -> dict[str, float]:
    """The speed of the layer in this process, and the memory that it adds to that of the readings."""
    readings = pickle.loads(bases.read_bytes())  # noqa: S301 (written a moment ago)
    before = memory()
    reader = ToponymReader.load()
    began = time.perf_counter()
    for reading in readings:
        reader(reading)
    return {"reports/s": len(readings) / (time.perf_counter() - began), "MB": memory() - before}


def memory() -> float:
    """The memory that this process holds now, in MB, as Linux tells it."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
