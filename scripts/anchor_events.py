"""Writes down which words of the annotated reports name the places and the times of their events.

    python -m scripts.anchor_events BENCH --out anchors.jsonl

BENCH is the folder of the development data. The annotations tell the place and the time of an event by what they are,
not by the words that name them; the network learns links to words (``training.train --anchors``). The words are those
that Dateline's own layers read as that place, or as that time, wherever they stand in the report: a row a report, its
id, and for each event, in order, the spans of its ``places`` and ``times``. No text is written.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from dateline.model import Reading, Span
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.scene import Scene, lay_out
from dateline.reading.events.spots import Key
from dateline.reading.events.times import time_candidates, value_of
from dateline.reading.events.where import place_candidates
from scripts.train_events import Row, gold_heads, near_by, read_all
from scripts.train_when import same_days
from training.annotated import all_rows

WORKERS, CHUNK = 2, 40


def anchor(row: Row, reading: Reading, lexicon: EventLexicon) -> Row:
    """The spans of the words for the place and for the time of each event of a report."""
    scene = lay_out(reading, lexicon.words)
    places: dict[int, set[Span]] = {}
    times: dict[int, set[Span]] = {}
    number_of = {id(event): number for number, event in enumerate(row["events"])}
    for head, event, _ in gold_heads(row, scene.parse):
        number = number_of[id(event)]
        if event["where"]:
            right = (each for each in place_candidates(scene, head) if near_by(event["where"], each.where))
            keys = {scene.namings[each.toponym.span].key for each in right}
            places.setdefault(number, set()).update(_named(scene, keys))
        if event["when"]:
            told = (each for each in time_candidates(scene, head) if same_days(event["when"]["value"], each.when.value))
            times.setdefault(number, set()).update(each.when.span for each in told if each.when.span is not None)
    for number, event in enumerate(row["events"]):
        if event["when"]:
            same = (t for t in reading.timexes if t.value and same_days(event["when"]["value"], value_of(t)))
            times.setdefault(number, set()).update(Span(timex.start, timex.end) for timex in same)
    return {
        "id": row["id"],
        "places": [_sorted(places.get(number, ())) for number in range(len(row["events"]))],
        "times": [_sorted(times.get(number, ())) for number in range(len(row["events"]))],
    }


def _named(scene: Scene, keys: set[Key | None]) -> Iterator[Span]:
    """The mentions of the places at some spots."""
    return (span for span, naming in scene.namings.items() if naming.key is not None and naming.key in keys)


def _sorted(spans: Iterable[Span]) -> list[list[int]]:
    return sorted([span.start, span.end] for span in spans)


def anchor_all(rows: list[Row]) -> list[Row]:
    """The same of some reports."""
    lexicon = EventLexicon.load()
    return [anchor(row, reading, lexicon) for row, reading in read_all(rows)]


def main() -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows = all_rows(options.bench)
    chunks = [rows[at : at + CHUNK] for at in range(0, len(rows), CHUNK)]
    with ProcessPoolExecutor(WORKERS) as pool, options.out.open("w", encoding="utf-8") as out:
        for found in pool.map(anchor_all, chunks):
            out.writelines(json.dumps(each) + "\n" for each in found)


if __name__ == "__main__":
    main()
