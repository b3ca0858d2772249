"""Learns the weights by which the events layer tells the time of an event from others near it, and writes them as data.

    python -m scripts.train_when LEDGER.jsonl NAMES.jsonl TIMES.jsonl --bench BENCH [--out FILE]
    python -m scripts.train_when LEDGER.jsonl NAMES.jsonl TIMES.jsonl --cross-validate

LEDGER holds reports with annotated events, NAMES the texts of those whose events training/events.jsonl annotates, TIMES
reports whose events are linked with times. The network has learned links from events to times from seven eighths of the
annotated reports; how far they are to be believed is learned from the others, whose texts are in BENCH. Only weights
are written, never a text. With --cross-validate nothing is written: the figures of TIMES are printed, each of five
parts, whole stories, dated by weights that were learned on the other four and on the annotated reports.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from benchmarks.anchors import anchors
from benchmarks.linked_anchors import linked_anchors
from dateline.model import Reading, Span
from dateline.model.timex_values import interval
from dateline.reading.events.lexicon import EventLexicon, WhenModel
from dateline.reading.events.scene import lay_out
from dateline.reading.events.status import judge_status
from dateline.reading.events.times import Dated, time_candidates
from dateline.reading.events.when import all_features, as_anchors
from scripts.linear import fit
from scripts.train_events import Pair, Row, gold_heads, learn_linked, read_all, read_rows
from training.annotated import all_rows, annotated_rows, held_out

OUT = Path(__file__).parent.parent / "src/dateline/data/languages/en/events_when_weights.json"

CARD = {
    "what": "Weights of the linear model that tells the time of an event from other times near it.",
    "how": "python -m scripts.train_when LEDGER NAMES TIMES (logistic regression with an L2 penalty)",
    "data": "weights: the 676 reports annotated for Dateline (30 of them the ledger data, 646 of the names "
    "data: training/events.jsonl) but for an eighth, and half of EventStoryLine (CC BY 3.0), by its links "
    "between events and times. timed: that eighth, with an eighth of the other annotated reports "
    "(training/excerpts.jsonl, invented.jsonl).",
    "licence": "The weights are derived from these annotations and name them; no text is contained.",
}

RIDGE, TIMED_RIDGE, ABOVE = 20.0, 20.0, 0.4
LINKED_HEFT = 0.3
"""What an example of the stories weighs beside one of the ledger: they are many, and of few happenings."""

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Examples:
    """The features of candidate times, whether each is the time of its event, and what each weighs."""

    rows: list[list[str]]
    labels: list[str]
    hefts: list[float]

    def add(
        self, lexicon: EventLexicon, reading: Reading, events: Sequence[tuple[Span, str | None]], heft: float
    ) -> None:
        """Adds the candidates of the events at some spans, with their times where they have one."""
        scene = lay_out(reading, lexicon.words)
        for span, when in events:
            head = scene.parse.root_of(scene.parse.within(span))
            if head is None:
                continue
            candidates = time_candidates(scene, head)
            status = judge_status(scene, lexicon, head).status
            self.rows.extend(all_features(scene, head, status, candidates))
            self.labels.extend("yes" if when and same_days(when, each.when.value) else "no" for each in candidates)
            self.hefts.extend([heft] * len(candidates))

    def learn(self) -> WhenModel:
        """The model of these examples."""
        return WhenModel(CARD, ABOVE, fit(self.rows, self.labels, self.hefts, ridge=RIDGE))


def same_days(one: str, other: str) -> bool:
    """Whether two values are of the same days."""
    return one == other or (interval(one) == interval(other) is not None)


def gather(ledger: Sequence[Pair], stories: Sequence[Pair], lexicon: EventLexicon) -> Examples:
    """The examples of annotated reports and of linked ones."""
    examples = Examples([], [], [])
    for row, reading in ledger:
        if held_out(row["id"]):
            continue
        heads = gold_heads(row, reading.parsed())
        events = [(head.span, event["when"]["value"] if event["when"] else None) for head, event, _ in heads]
        examples.add(lexicon, reading, events, 1.0)
    for row, reading in stories:
        told = [each for each in linked_anchors(row) if each["span"] == "day"]
        events = [(Span(each["start"], each["end"]), each.get("on")) for each in told]
        examples.add(lexicon, reading, events, LINKED_HEFT)
    return examples


def is_on(event: Row, dated: Dated) -> bool:
    """Whether a time is that of an annotated event."""
    return bool(event["when"]) and same_days(event["when"]["value"], dated.when.value)


def cross_validate(ledger: Sequence[Pair], stories: Sequence[Pair], lexicon: EventLexicon) -> Iterator[tuple[Row, Row]]:
    """The gold and the found anchors of each event, dated by what was learned of other stories."""
    topics = sorted({row["id"].split("_")[0] for row, _ in stories})
    for fold in range(FOLDS):
        held = {topic for number, topic in enumerate(topics) if number % FOLDS == fold}
        others = [pair for pair in stories if pair[0]["id"].split("_")[0] not in held]
        learned = msgspec.structs.replace(gather(ledger, others, lexicon).learn(), timed=lexicon.when.timed)
        model = replace(lexicon, when=learned)
        for row, reading in stories:
            if row["id"].split("_")[0] in held:
                gold = [each for each in linked_anchors(row) if each["span"] == "day"]
                spans = [(each["start"], each["end"]) for each in gold]
                yield from zip(gold, anchors(reading, row["published"], spans, model), strict=True)


def figures(pairs: Iterator[tuple[Row, Row]]) -> dict[str, str]:
    """The measures of ``score_anchors.py``: days right, side of the publication right, days made up."""
    good: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for gold, found in pairs:
        name = "exact" if "on" in gold else "invented"
        all_.update([name, "dct"])
        good[name] += found.get("on") == gold["on"] if "on" in gold else "on" in found
        good["dct"] += found.get("dct") == gold["dct"]
    return {name: f"{good[name] / count:.1%} of {count}" for name, count in sorted(all_.items())}


def main() -> None:
    """Learns the model and writes it, or tells how good it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("ledger", "names", "times"):
        parser.add_argument(name)
    parser.add_argument("--bench", type=Path, help="the folder of the development data, for the reports held out")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--cross-validate", action="store_true")
    options = parser.parse_args()
    if options.bench is None and not options.cross_validate:
        parser.error("how far links are to be believed is learned from the reports held out, which --bench has")
    lexicon = EventLexicon.load()
    ledger = read_all([*read_rows(options.ledger), *annotated_rows(read_rows(options.names))])
    stories = read_all(read_rows(options.times))
    if options.cross_validate:
        for name, value in figures(cross_validate(ledger, stories, lexicon)).items():
            print(f"{name:9} {value}")
        return
    model = gather(ledger, stories, lexicon).learn()
    held = read_all(row for row in all_rows(options.bench) if held_out(row["id"]))
    judged = replace(lexicon, when=model)
    timed = learn_linked(held, judged, "times", time_candidates, as_anchors, is_on, TIMED_RIDGE)
    parts = {
        "card": model.card,
        "above": model.above,
        "weights": dict(sorted(model.weights.items())),
        "timed": dict(sorted(timed.items())),
    }
    options.out.write_text(json.dumps(parts, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
