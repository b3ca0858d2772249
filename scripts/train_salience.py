"""Learns how salient a happening is from ledger gold, and tells how well the main events of other reports are told.

    python -m scripts.train_salience LEDGER_TRAIN.jsonl [LEDGER_DEV.jsonl …] [--out FILE]

The events are those that Dateline finds itself; one of them is main for each main event of the gold that they tell. The
first line of a text is its headline. Of the further files nothing is learned.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.predict import read_rows
from dateline.corroboration.salience import Salience, features, find_salience
from dateline.model import Entry, Reading, ReportLine, Span, event_id
from scripts.linear import fit
from scripts.train_corroboration import read_all

OUT = Path("src/dateline/data/languages/en/salience_weights.json")
RIDGE = 3.0
SHOWN = 0.35
"""From here on a happening is main: one in four is, and half of what the gold has as main are among them."""

CARD = {
    "what": "Weights of the linear model that tells the main happenings of a timeline from the rest.",
    "how": "python -m scripts.train_salience LEDGER_TRAIN (logistic regression with an L2 penalty)",
    "data": "the main events of the 30 reports of the ledger's training file, annotated for Dateline",
    "licence": "The weights are derived from these annotations; no text is kept.",
}

Row = dict[str, Any]


def examples(rows: Sequence[Row], readings: Sequence[Reading]) -> list[tuple[Entry, bool]]:
    """The events that were found, and whether each is one that the gold has as main."""
    told = []
    for row, reading in zip(rows, readings, strict=True):
        entries = _entries(row, reading)
        main = _find_main(entries, row["events"])
        told += [(entry, entry.id in main) for entry in entries]
    return told


def _entries(row: Row, reading: Reading) -> list[Entry]:
    line = ReportLine(row["id"], row["id"], row["text"].partition("\n")[0], None, row.get("published"), None)
    found = []
    for event in reading.events:
        sentence = next(span for span in reading.sentences if span.touches(event.trigger))
        found.append(Entry(event_id(row["id"], event.trigger), None, line, event, sentence, sentence.of(reading.text)))
    return found


def _find_main(entries: Sequence[Entry], gold: Sequence[Row]) -> set[str]:
    """The events that tell the main ones of the gold best: one for each, by its trigger before its other mentions."""
    found: set[str] = set()
    for event in gold:
        spans = [Span(*mention) for mention in (event["trigger"], *event.get("also", ()))]
        nearest = sorted(
            (rank, entry.event.trigger.start, entry.id)
            for entry in entries
            for at in (entry.event.trigger, *entry.event.also)
            for rank, span in enumerate(spans)
            if span.touches(at) and entry.id not in found
        )
        if event["main"] and nearest:
            found.add(nearest[0][2])
    return found


def learn(told: Sequence[tuple[Entry, bool]]) -> Salience:
    """The weights, with their card."""
    weights = fit([features(entry) for entry, _ in told], ["yes" if main else "no" for _, main in told], ridge=RIDGE)
    return Salience(CARD, SHOWN, {name: values["yes"] for name, values in sorted(weights.items())})


def rate(told: Sequence[tuple[Entry, bool]], by: Salience) -> str:
    """How well the main events are told by the flag of the reading alone, and by their salience."""
    labels = [main for _, main in told]
    flags = [float(entry.event.main) for entry, _ in told]
    chances = [find_salience([entry], by=by) for entry, _ in told]
    lines = [f"{len(told)} events, {sum(labels)} of them main"]
    for name, values, least in (("main in its report", flags, 0.5), ("salience", chances, by.shown)):
        shown = [label for label, value in zip(labels, values, strict=True) if value >= least]
        precision, recall = sum(shown) / max(1, len(shown)), sum(shown) / max(1, sum(labels))
        lines.append(
            f"{name:20} AUC {area(labels, values):.3f}   shown {len(shown) / len(told):.0%},"
            f" {precision:.0%} of them main, {recall:.0%} of the main ones"
        )
    return "\n".join(lines)


def area(labels: Sequence[bool], values: Sequence[float]) -> float:
    """The chance that a main one has the higher value; equal ones count half.

    >>> area([True, False, False], [0.5, 0.5, 0.1])
    0.75
    """
    main = [value for value, label in zip(values, labels, strict=True) if label]
    rest = [value for value, label in zip(values, labels, strict=True) if not label]
    wins = sum((one > other) + 0.5 * (one == other) for one in main for other in rest)
    return wins / max(1, len(main) * len(rest))


def main() -> None:
    """Learns the weights, writes them, and rates them on each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("others", type=Path, nargs="*")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    files = {
        path: examples(rows, read_all(rows)) for path in (options.train, *options.others) if (rows := read_rows(path))
    }
    learned = learn(files[options.train])
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(learned), indent=1) + b"\n")
    for path, told in files.items():
        print(f"{path.parent.name}/{path.name}: {rate(told, learned)}")


if __name__ == "__main__":
    main()
