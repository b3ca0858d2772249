"""Makes gold for the scorers of times, places and the ledger from our own annotations and the reports that they are of.

    python -m eval.annotated ../shared/bench/names/train.jsonl times GOLD.jsonl
    python -m benchmarks.predict times GOLD.jsonl PREDICTED.jsonl
    python -m eval.annotated ../shared/bench/names/dev.jsonl events GOLD.jsonl
    python -m benchmarks.predict ledger GOLD.jsonl PREDICTED.jsonl

``times.jsonl`` (40 reports, 325 time expressions by TIMEX3's guidelines, ages of people among them) and
``places.jsonl`` (44 reports, 567 place names with the point of each) hold offsets and no text: the reports are those of
the names data of the same ids. Each was annotated by one annotator who saw nothing of what Dateline makes of it, points
from memory: those of large countries, seas and rivers may lie elsewhere than the gazetteer's by convention.
``events.jsonl`` (95 reports, 1,823 events by the ledger's guidelines) is of the names data's development file: one
annotator and a second who read what the first had found.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.predict import read_rows
from training.annotated import annotated_rows

Row = dict[str, Any]

FOLDER = Path(__file__).parent
SPANS = {"times": "timexes", "places": "toponyms", "events": "events"}
"""What the annotations of each layer are called in its rows."""
DATA = {"events": "dev"}
"""Which part of the names data the reports of a layer are of, where it is not the training part."""


def gold_rows(layer: str, texts: Sequence[Row]) -> Iterator[Row]:
    """The annotated reports of a layer as rows of its scorer, each span with its words as ``name``.

    Raises ValueError where a text is missing or is not the one that was annotated.
    """
    for row in annotated_rows(texts, FOLDER / f"{layer}.jsonl"):
        if layer == "events":
            yield {**row, "statements": []}  # these were not annotated
            continue
        spans = [{**each, "name": row["text"][each["start"] : each["end"]]} for each in row[SPANS[layer]]]
        yield {**row, SPANS[layer]: spans}


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, metavar="NAMES.jsonl")
    parser.add_argument("layer", choices=SPANS)
    parser.add_argument("out", type=Path, metavar="GOLD.jsonl")
    options = parser.parse_args(arguments)
    spans, part = SPANS[options.layer], DATA.get(options.layer, "train")
    try:
        rows = list(gold_rows(options.layer, read_rows(options.texts)))
    except (OSError, ValueError) as error:
        raise SystemExit(
            f"{error} Give the names data that was annotated: ../shared/bench/names/{part}.jsonl."
        ) from None
    options.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    print(f"{options.out}: {len(rows)} reports, {sum(len(row[spans]) for row in rows)} {spans}")


if __name__ == "__main__":
    main()
