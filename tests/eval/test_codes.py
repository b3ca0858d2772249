"""The sentences that nothing is learned from are whole, and are coded no worse than they were."""

from collections import Counter
from pathlib import Path
from typing import Any, get_args

from benchmarks.predict import NEEDED, predict, read_rows
from dateline.model import EventType
from training.annotated import CODED, CODED_PLAIN

ROWS = read_rows(Path(__file__).parents[2] / "eval/codes/sentences.jsonl")


def test_every_type_has_twenty_sentences_whose_actors_stand_in_them() -> None:
    types = set(get_args(EventType)) - {"OTHER"}
    assert Counter(row["label"] for row in ROWS) == dict.fromkeys(types, 20)
    for row in ROWS:
        for span in (row["source_actor_span"], row["target_actor_span"]):
            assert span is None or row["text"][slice(*span)].strip()


def test_nothing_is_learned_from_them() -> None:
    learned = {row["text"] for path in (CODED, CODED_PLAIN) for row in read_rows(path)}
    assert learned.isdisjoint(row["text"] for row in ROWS)


def test_they_are_coded_no_worse_than_they_were() -> None:
    found = {row["id"]: row for row in predict("events", ROWS, [layer.load() for layer in NEEDED["events"]])}

    def right(row: dict[str, Any]) -> bool:
        return bool(found[row["id"]]["label"] == row["label"])

    assert sum(map(right, ROWS)) / len(ROWS) >= 0.77
