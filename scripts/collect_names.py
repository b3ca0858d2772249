"""Counts in how many annotated reports each name is of each kind, and writes the counts as data.

    python -m scripts.collect_names ../shared/bench/names/train.jsonl [--out FILE]

Dates and sums of money are left out. Only names and counts are written, never a text.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.predict import read_rows
from dateline.lexicon.known_names import plain_key
from dateline.reading.tags.consistency import FIXED

OUT = Path(__file__).parent.parent / "src/dateline/data/languages/en/names_known.json"

CARD = {
    "what": "In how many reports each name is of each kind.",
    "how": "python -m scripts.collect_names NAMES",
    "data": "Worldwide English Newswire (Stanford), the training part of the names data: 784 reports of 60 countries.",
    "licence": "None is stated for the annotations; names and counts alone are taken, no text.",
}


def collect(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """The counts of each name, by its key."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        named = {(plain_key(row["text"][each["start"] : each["end"]]), each["type"]) for each in row["names"]}
        for key, kind in named:
            if key and kind not in FIXED:
                found[key][kind] += 1
    return {key: dict(sorted(found[key].items())) for key in sorted(found)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", type=Path, metavar="NAMES.jsonl")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    names = collect(read_rows(options.names))
    lines = ",\n".join(f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(names[key])}" for key in names)
    card = json.dumps(CARD, ensure_ascii=False, indent=0)
    options.out.write_text(f'{{"card": {card},\n"names": {{\n{lines}\n}}}}\n', "utf-8")
    print(f"{options.out}: {len(names):,} names")


if __name__ == "__main__":
    main()
