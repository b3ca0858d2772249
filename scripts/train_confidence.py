"""Learns how likely events and their cells are to be right, from what the reader finds, and writes it as data.

    python -m scripts.train_confidence DEVELOPMENT.jsonl [--bench BENCH] [--out FILE] [--check]

DEVELOPMENT holds reports with annotated events, with its scorer (score.py) beside it. What the network and the models
of the events layer have learned from says nothing of how sure they are of other reports: that is learned from
DEVELOPMENT alone, which they have not seen. Who takes part is found by rules and by the network's links; how sure these
are is learned from more reports that the network has not seen, those of training/unseen.jsonl: BENCH, the folder of
the development data, has their texts. What is written is the mean of what ships and, for a share, of what is learned
so: what shipped first was learned from 676 reports, as read by networks that had not learned from them. Without BENCH
the models of who takes part stay as they are. Only weights are written.

With --check nothing is written: each figure is that of reports that the weights were not learned from.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.scorers import open_scorer
from dateline.model import Event
from dateline.reading.events.confidence import (
    event_features,
    most_typed,
    source_features,
    status_features,
    type_features,
    when_features,
    where_features,
)
from dateline.reading.events.drafts import Draft
from dateline.reading.events.lexicon import ConfidenceModels, EventLexicon, Weights
from dateline.reading.events.linear import chance
from dateline.reading.events.reader import EventReader, lead_of
from dateline.reading.events.scene import Scene
from dateline.reading.events.taking_part import ROLES, find_links, find_parties, party_features
from scripts.linear import fit
from scripts.train_events import Pair, Row, read_all, read_rows
from training.annotated import unseen_rows

OUT = Path(__file__).parent.parent / "src/dateline/data/languages/en/events_confidence_weights.json"

CARD = {
    "what": "Weights of the linear models of how likely an event, and each of its cells, is to be right.",
    "how": "python -m scripts.train_confidence DEVELOPMENT --bench BENCH (logistic regression with an L2 "
    "penalty); actors, recipients: the mean of that and of what was learned the same way from other reports",
    "data": "event, type, status, source, when, where: the development part of the ledger data (26 reports). actors, "
    "recipients: texts of the attribution data and the times data annotated for Dateline (training/unseen.jsonl; of "
    "actors the first 76, of recipients all 244), and before 676 reports (30 of them the ledger data, 646 of the names "
    "data).",
    "licence": "The weights are derived from these annotations and name them; no text is contained.",
}

TOLD = 0.35
ADDED: dict[str, float] = {"actors": 0.5, "recipients": 0.42}
RIDGE, ROLES_RIDGE = 4.0, 12.0
SHARE: dict[str, float] = {"recipients": 0.35}
"""What a model of who takes part that is learned counts for beside the one that ships; the other stays as it is."""
SEEN = ("event", "type", "status", "source", "when", "where")
"""What is learned from the development part, which the network and the other models have not seen."""
OTHERS = "other annotators"
"""What marks examples of reports that one annotator alone has gone through: some parties are missing there."""


@dataclass
class Examples:
    """What was found, and whether it is right, by cell; ``report`` is the number of the report of each."""

    rows: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    right: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    report: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, cell: str, features: list[str], right: bool, report: int) -> None:
        """One more example."""
        self.rows[cell].append(features)
        self.right[cell].append("yes" if right else "no")
        self.report[cell].append(report)

    def without(self, fold: int, folds: int) -> Examples:
        """The examples of all reports but those of one fold."""
        kept = Examples()
        for cell, reports in self.report.items():
            for row, right, report in zip(self.rows[cell], self.right[cell], reports, strict=True):
                if report % folds != fold:
                    kept.add(cell, row, right == "yes", report)
        return kept


def learn(cell: str, examples: Examples) -> Weights:
    """The model of a cell, learned from some examples."""
    return fit(examples.rows[cell], examples.right[cell], ridge=ROLES_RIDGE if cell in ROLES else RIDGE)


def mean(before: Weights, now: Weights, share: float) -> Weights:
    """The model whose log odds are the mean of those of two models, the second counted by its share."""
    found = {}
    for feature in before | now:
        old, new = (model.get(feature, {}).get("yes", 0.0) for model in (before, now))
        found[feature] = {"yes": round((1 - share) * old + share * new, 4)}
    return found


def collect(pairs: Iterable[Pair], lexicon: EventLexicon, score: Any, marks: Sequence[str] = ()) -> Examples:
    """What the reader finds in annotated reports, with all parties told, and whether it is right by the scorer.

    ``marks`` are features that all examples of parties get.
    """
    examples = Examples()
    blank = ConfidenceModels({}, 0.0, dict.fromkeys(ROLES, 2.0), {}, {}, {}, {}, {}, {}, {}, {})
    reader = EventReader(replace(lexicon, confidence=blank))
    for number, (row, reading) in enumerate(pairs):
        scene, groups = reader.find(reading)
        found = [(reader.join(scene, group), group) for group in groups]
        rows = [msgspec.to_builtins(event) for event, _ in found]
        gold_of = {j: row["events"][i] for i, j in score.pair(row["events"], rows, score.event_score)}
        for place, (event, group) in enumerate(found):
            gold = gold_of.get(place)
            examples.add("event", event_features(group), gold is not None, number)
            if gold is not None:
                _add_cells(examples, scene, event, group, gold, score, number)
                _add_parties(examples, scene, event, group, gold, score, number, marks)
    return examples


def _add_cells(
    examples: Examples, scene: Scene, event: Event, group: Sequence[Draft], gold: Row, score: Any, number: int
) -> None:
    lead, typed, row = lead_of(group), most_typed(event, group), msgspec.to_builtins(event)
    token = lead.mention.token
    examples.add("type", type_features(typed), row["type"] == gold["type"], number)
    examples.add("status", status_features(lead), row["status"] == gold["status"], number)
    source = score.agrees("source", gold["source"], row["source"])
    examples.add("source", source_features(scene, token, event.source), source, number)
    for time in {each.when.value: each for draft in group for each in draft.times}.values():
        right = bool(gold["when"]) and score.same_when(gold["when"], {"value": time.when.value})
        examples.add("when", when_features(time), right, number)
    for place in {each.where.name: each for draft in group for each in draft.places}.values():
        right = bool(gold["where"]) and score.same_where(gold["where"], msgspec.to_builtins(place.where))
        examples.add("where", where_features(place), right, number)


def _add_parties(
    examples: Examples, scene: Scene, event: Event, group: Sequence[Draft], gold: Row, score: Any, number: int,
    marks: Sequence[str],
) -> None:  # fmt: skip
    links = find_links(scene, group)
    for role in ROLES:
        found = find_parties(scene, links, event, group, role)
        for each in found:
            right = any(score.same_name(party["name"], each.one.name) for party in gold[role])
            examples.add(role, [*party_features(scene, each, found), *marks], right, number)


def check(examples: Examples, cells: Sequence[str], folds: int = 5) -> None:
    """Prints how well the confidences of each fold agree with what is right; learned from the other folds."""
    print(f"{'cell':12}{'found':>7}{'right':>8}{'told':>8}{'error':>8}{'rank':>8}")
    for cell in cells:
        told: list[tuple[float, bool]] = []
        for fold in range(folds):
            weights = learn(cell, examples.without(fold, folds))
            rows = zip(examples.rows[cell], examples.right[cell], examples.report[cell], strict=True)
            told += [(chance(weights, row), right == "yes") for row, right, report in rows if report % folds == fold]
        mean, share = sum(sure for sure, _ in told) / len(told), sum(right for _, right in told) / len(told)
        print(f"{cell:12}{len(told):7}{share:8.3f}{mean:8.3f}{calibration_error(told):8.3f}{ranking(told):8.3f}")


def calibration_error(told: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """The expected calibration error: how far, on average, the share right lies from the confidence, in ten bins.

    >>> round(calibration_error([(0.85, True), (0.85, False), (0.15, False)]), 3)
    0.283
    """
    parts: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in told:
        parts[min(bins - 1, int(sure * bins))].append((sure, right))
    gaps = (abs(sum(sure for sure, _ in part) - sum(right for _, right in part)) for part in parts.values())
    return sum(gaps) / len(told)


def ranking(told: Sequence[tuple[float, bool]]) -> float:
    """How often what is right is surer than what is wrong (the area under the ROC curve; .5 is chance)."""
    yes = [sure for sure, right in told if right]
    no = [sure for sure, right in told if not right]
    won = sum((one > other) + (one == other) / 2 for one in yes for other in no)
    return won / (len(yes) * len(no)) if yes and no else 0.5


def main() -> None:
    """Learns the models and writes them, or checks them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("development", type=Path)
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    score = open_scorer(options.development.parent / "score.py")
    lexicon = EventLexicon.load()
    development = collect(read_all(read_rows(options.development)), lexicon, score)
    unseen = Examples()
    if options.bench:
        unseen = collect(read_all(unseen_rows(options.bench)), lexicon, score, [OTHERS])
    if options.check:
        check(development, SEEN)
        check(unseen, ROLES if options.bench else ())
        return
    learned = {cell: learn(cell, development) for cell in SEEN}
    for role in ROLES:
        before = getattr(lexicon.confidence, role)
        learned[role] = mean(before, learn(role, unseen), SHARE[role]) if options.bench and role in SHARE else before
    models = ConfidenceModels(CARD, TOLD, ADDED, **learned)
    sorted_models = {
        key: dict(sorted(value.items())) if key in (*SEEN, *ROLES) else value
        for key, value in msgspec.to_builtins(models).items()
    }
    options.out.write_text(json.dumps(sorted_models, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
