"""Learns the weights of corroboration and counts the words that it weighs by.

    python -m scripts.train_corroboration CORROBORATION_TRAIN.jsonl OTHER.jsonl … [--out FILE]

The first file has event mentions with their clusters across reports; of the others only the texts are read, to count in
how many reports each word stands. Pairs are learned of reports on one story, as far as their words tell it, and as a
ledger meets them: those that share a blocking key.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import exp
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks.corroboration import entries_of
from benchmarks.predict import read_rows
from benchmarks.stories import find_stories, pairs_of_stories
from dateline.corroboration import candidate_pairs, find_profile, find_subjects
from dateline.corroboration.facts import lay_out, text_words
from dateline.corroboration.facts import likeness as cosine
from dateline.corroboration.lexicon import CorroborationLexicon, Weights, open_lexicon
from dateline.corroboration.pairs import Likeness, features, find_veto, words_for
from dateline.intake import plain_report
from dateline.model import Entry, Reading, Span
from dateline.reading.pipeline import open_annotators
from scripts.linear import fit

OUT = Path("src/dateline/data/languages/en/corroboration_weights.json")
LEAST = 3
"""Words of fewer reports are not kept: they count as unseen."""
RIDGE = 20.0
STEPS = 120
STORIES = 3
"""What two words are worth together is learned of those that meet in so many stories: fewer say little of others."""
SAME, DIFFERENT = 0.5, 0.25

CARD = {
    "origin": "ECB+ (Cybulska and Vossen 2014), training topics; word counts also from other English newswire",
    "licence": "CC BY 3.0 (ECB+); only weights and counts are kept, no text",
    "made": "python -m scripts.train_corroboration: logistic regression over the pairs of a story or of a blocking key",
}

Row = dict[str, Any]


def count_words(texts: Iterable[str], lexicon: CorroborationLexicon) -> tuple[int, dict[str, int]]:
    """In how many of the texts each stem stands, and how many texts there are."""
    counts: Counter[str] = Counter()
    number = 0
    for text in texts:
        number += 1
        counts.update({lexicon.stem(word) for word in text_words(text, lexicon)})
    return number, {word: count for word, count in sorted(counts.items()) if count >= LEAST}


def learn_pairs(rows: Sequence[Row], readings: Sequence[Reading], lexicon: CorroborationLexicon) -> dict[str, float]:
    """The weights of the pair model, from pairs of one story and those that a ledger meets in others.

    Pairs that a veto parts are left out; far places only weigh here.
    """
    entries: list[Entry] = []
    cluster_of: dict[str, str] = {}
    for row, reading in zip(rows, readings, strict=True):
        spans = {Span(event["start"], event["end"]): event["cluster"] for event in row["events"]}
        for entry in entries_of(row["id"], reading, list(spans)):
            entries.append(entry)
            cluster_of[entry.id] = spans[entry.event.trigger]
    profiles = {row["id"]: find_profile(row["text"]) for row in rows}
    by_id = {entry.id: entry for entry in entries}
    facts = {entry.id: lay_out(entry, lexicon) for entry in entries}
    story_of = find_stories(profiles)
    alike = {pair: Likeness(1.0, 1.0) for pair in zip(profiles, profiles, strict=True)}
    told: list[Told] = []
    subjects = {row["id"]: find_subjects(row["text"]) for row in rows}
    met = candidate_pairs(entries, subjects, most=len(entries))
    for a, b in dict.fromkeys([*pairs_of_stories(entries, story_of), *met]):
        if find_veto(facts[a], facts[b], strict=False) is not None:
            continue
        first, second = by_id[a].report.edition, by_id[b].report.edition
        if (first, second) not in alike:
            one, other = profiles[first], profiles[second]
            alike[first, second] = Likeness(cosine(one.words, other.words), cosine(one.cast, other.cast))
        found = features(by_id[a], by_id[b], facts[a], facts[b], alike[first, second])
        told.append(Told(a, b, story_of[first], words_for(facts[a], facts[b]), found, cluster_of[a] == cluster_of[b]))
    return _weights(told)


class Told(NamedTuple):
    """What is told of one pair: ids, story, the words for what happened, all features, and whether it is one."""

    a: str
    b: str
    story: str
    words: str
    features: list[str]
    same: bool


def _weights(told: Sequence[Told]) -> dict[str, float]:
    """The weights, such that as many pairs are expected to be one as are."""
    stories: dict[str, set[str]] = {}
    for one in told:
        stories.setdefault(one.words, set()).add(one.story)
    rows = [
        one.features if len(stories[one.words]) >= STORIES else [name for name in one.features if name != one.words]
        for one in told
    ]
    labels = ["yes" if one.same else "no" for one in told]
    learned = fit(rows, labels, _importance(told), ridge=RIDGE, least=5, steps=STEPS)
    weights = {name: values["yes"] for name, values in sorted(learned.items())}
    odds = [sum(weights.get(name, 0.0) for name in ("bias", *row)) for row in rows]
    return {**weights, "bias": round(weights.get("bias", 0.0) + _calibration(odds, sum(one.same for one in told)), 3)}


def _importance(told: Sequence[Told]) -> list[float]:
    """What each pair counts for: the less, the more pairs its mentions have, so that no large cluster decides alone."""
    company: Counter[tuple[str, bool]] = Counter()
    for one in told:
        company.update(((one.a, one.same), (one.b, one.same)))
    heft = [(company[one.a, one.same] * company[one.b, one.same]) ** -0.25 for one in told]
    mean = sum(heft) / len(heft)
    return [each / mean for each in heft]


def _calibration(odds: Sequence[float], wanted: int) -> float:
    """What to add to all log odds so that they expect as many pairs as are wanted."""
    low, high = -10.0, 10.0
    for _ in range(40):
        middle = (low + high) / 2
        expected = sum(1 / (1 + exp(-each - middle)) for each in odds)
        low, high = (low, middle) if expected > wanted else (middle, high)
    return low


def learn(rows: Sequence[Row], readings: Sequence[Reading], texts: Iterable[str]) -> Weights:
    """All that is learned, with its card."""
    lexicon = open_lexicon()
    reports, counts = count_words(texts, lexicon)
    weights = Weights(CARD, reports, SAME, DIFFERENT, {}, counts)
    pair = learn_pairs(rows, readings, replace(lexicon, weights=weights))
    return msgspec.structs.replace(weights, pair=pair)


def write(weights: Weights, path: Path) -> None:
    """Writes the weights as JSON, one an own line, in a fixed order."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")


def read_all(rows: Sequence[Row]) -> list[Reading]:
    """The rows read with every annotator, their parses kept."""
    annotators = open_annotators()
    readings = []
    for row in rows:
        reading = Reading(plain_report(row["text"], id=row["id"], published=row.get("published")))
        for annotator in annotators:
            reading = annotator(reading)
        readings.append(reading)
    return readings


def main() -> None:
    """Learns the weights and writes them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("texts", type=Path, nargs="*")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    rows = read_rows(options.train)
    texts = [row["text"] for path in (options.train, *options.texts) for row in read_rows(path)]
    # The counts come first: keys and profiles weigh words by the file that is in force.
    reports, counts = count_words(texts, open_lexicon())
    write(msgspec.structs.replace(open_lexicon().weights, reports=reports, counts=counts), options.out)
    open_lexicon.cache_clear()
    write(learn(rows, read_all(rows), texts), options.out)


if __name__ == "__main__":
    main()
