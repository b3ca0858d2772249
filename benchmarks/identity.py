"""How often a participant or source that the ledger's gold names is found under the right full name.

    python -m benchmarks.identity [GOLD.jsonl …] [--errors]

A gold participant or source counts where it has words of its own in the text and Dateline takes the same words for a
mention: half of the characters of both are shared, or the mention ends them as their head ("defence minister [Sergei
Shoigu]", and not "officials in [Bangladesh]"), or opens them before a comma. Its name is right where the ledger's
scorer holds the two names for the same. Each mention counts once, whatever it takes part in. Without files, the train
and dev files of ``../shared/bench/ledger`` are read.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.predict import Row, read, read_rows
from benchmarks.scorers import open_scorer
from dateline.model import Actor, Reading, Span
from dateline.reading.actors import ActorReader
from dateline.reading.names import NameReader
from dateline.reading.sentences import SentenceReader
from dateline.reading.tags import TagReader

BENCH = Path("../shared/bench/ledger")
_LINK = re.compile(r"\b(?:of|in|from|for|at|by|with|and|on|led)\b|,")
"""What stands between the head of a phrase and a name that is not its head."""

SameName = Callable[[str, str], bool]


def gold_mentions(row: Row) -> Iterator[tuple[str, Span, str]]:
    """What the gold names in a report, each once: its part, its words, and its full name."""
    found: dict[tuple[Span, str], str] = {}
    for event in row["events"]:
        for part in ("actors", "recipients"):
            for one in event[part]:
                if one.get("span"):
                    found.setdefault((Span(*one["span"]), one["name"]), part)
    for one in row["statements"]:
        if one["source"] and one.get("source_name"):
            found.setdefault((Span(*one["source"]), one["source_name"]), "sources")
    yield from ((part, span, name) for (span, name), part in found.items())


def found_actor(reading: Reading, gold: Span) -> Actor | None:
    """The actor that the words of a gold mention mention, by the longest that does."""
    near = [
        (mention.end - mention.start, actor)
        for actor in reading.actors
        for mention in actor.mentions
        if mention.touches(gold) and _is_same(reading.text, mention, gold)
    ]
    return max(near, key=lambda one: one[0])[1] if near else None


def _is_same(text: str, mention: Span, gold: Span) -> bool:
    shared = min(mention.end, gold.end) - max(mention.start, gold.start)
    whole = max(mention.end, gold.end) - min(mention.start, gold.start)
    opens = mention.start == gold.start and text[mention.end : mention.end + 1] == ","
    ends = mention.end == gold.end and not _LINK.search(text[gold.start : mention.start])
    return shared >= 0.5 * whole or opens or (ends and mention.start >= gold.start)


def count(rows: Sequence[Row], annotators: Sequence[Any], same: SameName, *, errors: bool) -> Counter[tuple[str, str]]:
    """How many of each part were named in the gold, found, and found under the right name."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        reading = read(row, annotators)
        for part, span, name in gold_mentions(row):
            actor = found_actor(reading, span)
            counts[part, "gold"] += 1
            counts[part, "found"] += actor is not None
            right = actor is not None and same(name, actor.name)
            counts[part, "right"] += right
            if errors and actor is not None and not right:
                print(f"{row['id']}\t{part}\t{span.of(row['text'])!r}\tgold={name}\tfound={actor.name}")
    return counts


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="*", default=[BENCH / "train.jsonl", BENCH / "dev.jsonl"])
    parser.add_argument("--errors", action="store_true", help="show each mention that has a wrong name")
    options = parser.parse_args(arguments)
    same: SameName = open_scorer(options.gold[0].parent / "score.py").same_name
    annotators = [layer.load() for layer in (SentenceReader, TagReader, NameReader, ActorReader)]
    for path in options.gold:
        counts = count(read_rows(path), annotators, same, errors=options.errors)
        parts = ("actors", "recipients", "sources")
        for part in (*parts, "all"):
            gold, found, right = (
                sum(counts[one, what] for one in (parts if part == "all" else (part,)))
                for what in ("gold", "found", "right")
            )
            share = right / found if found else 0.0
            print(f"{path.name:12} {part:11} gold {gold:4}  mention found {found:4}  right name {right:4}  {share:.1%}")


if __name__ == "__main__":
    main()
