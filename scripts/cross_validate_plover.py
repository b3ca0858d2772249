"""Codes each row of a PLOVER file by a model that was learned on the other rows, for an honest figure on that file.

    python -m scripts.cross_validate_plover PLOVER.jsonl PREDICTED.jsonl [--folds 5]

The shipped weights were learned on all of the file, so that a score of theirs on it says nothing. PREDICTED is what the
events scorer reads. Fold n holds every row whose number, modulo the folds, is n. The sentences that were made up for
Dateline are learned from in every fold, as they are for what ships.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from dateline.model import Span
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.plover import PloverCoder
from scripts.train_events import Pair, Row, learn_plover, read_all, read_made_up, read_rows


def cross_validate(pairs: Sequence[Pair], folds: int) -> Iterator[Row]:
    """The label and mode of each row, in order of the folds."""
    lexicon, made_up = EventLexicon.load(), read_made_up()
    for fold in range(folds):
        others = [(pair, 1.0) for number, pair in enumerate(pairs) if number % folds != fold]
        weights = learn_plover([*others, *made_up], lexicon)
        models = msgspec.structs.replace(lexicon.models, plover=weights)
        coder = PloverCoder(replace(lexicon, models=models))
        for row, reading in pairs[fold::folds]:
            spans = (row.get("source_actor_span"), row.get("target_actor_span"))
            label, mode = coder.code(reading, *(Span(*span) if span else None for span in spans))
            yield {"id": row["id"], "label": label, "mode": mode}


def main() -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plover")
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    options = parser.parse_args()
    pairs = read_all(read_rows(options.plover))
    with options.predicted.open("w", encoding="utf-8") as out:
        for row in cross_validate(pairs, options.folds):
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
