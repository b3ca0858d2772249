"""How well and how fast copies are found: made copies of real reports, and the pace as an archive grows.

    python -m benchmarks.copies [--bench ../shared/bench] [--sizes 1000 10000 100000]

The shared tool ``corroboration/copies.py`` makes copies of the training reports of the names data, edited in nine ways,
and scores which pairs are called copies. Every such pair must have eight words in a row in common, which is looked for
here word by word. The search is a ledger's: a text is looked for by a sample of its shingles, among the newest texts
that have them, and compared word for word with the likeliest; the index is kept in memory, so that the search alone is
timed, by the CPU time of one process. The archive is made of the paragraphs of those reports with other words here and
there, so that they share phrases and not sentences; one text in ten is a copy cut short.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from random import Random

from benchmarks.predict import read_rows
from dateline.corroboration import compare_prints, take_print
from dateline.corroboration.shingles import LEAST_SHARE, RUN, Print, sample
from dateline.desk.corroborating import FEWEST_SHARED, LIKELY_COPIES
from dateline.ledger.beside import MOST_PRINTS

FEWEST_LINES = 4
"""A report of fewer paragraphs is not edited."""

COPIED = 0.1
"""The share of the archive that is a copy of a text before it."""

MADE = (4, 16)
"""The fewest and the most paragraphs of a text of the archive: some 400 words."""

OTHER_WORDS = 0.3
"""The share of the words of a paragraph that are others each time: of five words in a row one in six stays."""

_WORD = re.compile(r"\w+")


class CopyIndex:
    """The texts so far, by the sampled shingles of each."""

    def __init__(self) -> None:
        self._holders: dict[int, tuple[int, ...]] = {}
        self._prints: list[tuple[Print, int]] = []

    def add(self, text: str) -> list[int]:
        """Adds a text; answers with the numbers, from 0, of those before it that it shares its words with."""
        mine = take_print(text)
        hashes = sample(mine)
        shared = Counter(chain.from_iterable(self._holders.get(each, ()) for each in hashes))
        likely = [other for other, many in shared.items() if many >= FEWEST_SHARED]
        likely = sorted(likely, key=lambda other: (-shared[other], -other))[: LIKELY_COPIES + 1]
        found = []
        for other in likely:
            theirs, size = self._prints[other]
            enough = shared[other] >= LEAST_SHARE / 2 * min(len(hashes), size)
            if enough and compare_prints(mine, theirs) is not None:
                found.append(other)
        for each in hashes:
            self._holders[each] = (*self._holders.get(each, ())[1 - MOST_PRINTS :], len(self._prints))
        self._prints.append((mine, len(hashes)))
        return found


def find_pairs(rows: Sequence[dict[str, str]]) -> Iterator[tuple[int, int]]:
    """The pairs of rows that are called copies, by their numbers."""
    index = CopyIndex()
    for number, row in enumerate(rows):
        for other in index.add(row["text"]):
            yield other, number


def share_a_run(one: str, other: str) -> bool:
    """Whether two texts have as many words in a row in common as copies must."""
    runs = []
    for text in (one, other):
        words = _WORD.findall(text.lower())
        runs.append({tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))})
    return not runs[0].isdisjoint(runs[1])


def find_made_copies(tool: Path, texts: Iterable[tuple[str, str]], folder: Path) -> tuple[str, int, int]:
    """What the shared tool says of the copies that are found, how many pairs there are, and how many without a run."""
    articles, made, pairs = (folder / f"{name}.jsonl" for name in ("articles", "made", "pairs"))
    write(articles, ({"id": id, "text": text} for id, text in texts))
    subprocess.run([sys.executable, tool, "make", articles, made], check=True)
    rows = read_rows(made)
    found = [(rows[a], rows[b]) for a, b in find_pairs(rows)]
    write(pairs, ({"a": one["id"], "b": other["id"]} for one, other in found))
    told = subprocess.run([sys.executable, tool, "score", made, pairs], check=True, capture_output=True, text=True)
    return told.stdout, len(found), sum(not share_a_run(one["text"], other["text"]) for one, other in found)


def make_archive(paragraphs: Sequence[str], many: int, seed: int) -> Iterator[str]:
    """So many texts of the paragraphs of others, some of them copies cut short of one of the last thousand."""
    dice = Random(seed)  # noqa: S311
    last: deque[list[str]] = deque(maxlen=1000)
    words = [word for each in paragraphs for word in each.split()]  # the frequent ones are frequent here too
    for _ in range(many):
        if last and dice.random() < COPIED:
            whole = dice.choice(last)
            yield "\n".join(whole[: max(2, round(len(whole) * dice.uniform(0.3, 1)))])
            continue
        last.append([reword(each, words, dice) for each in dice.choices(paragraphs, k=dice.randint(*MADE))])
        yield "\n".join(last[-1])


def reword(paragraph: str, words: Sequence[str], dice: Random) -> str:
    """A paragraph with some of its words changed for any of others."""
    return " ".join(dice.choice(words) if dice.random() < OTHER_WORDS else word for word in paragraph.split())


def pace(texts: Iterable[str]) -> tuple[int, int, float]:
    """How many texts and words there are, and the seconds of CPU time that looking for their copies takes."""
    index, many, words, seconds = CopyIndex(), 0, 0, 0.0
    for text in texts:
        began = time.process_time()
        index.add(text)
        seconds += time.process_time() - began
        many += 1
        words += text.count(" ") + 1
    return many, words, seconds


def write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    """Writes rows as JSON Lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path("../shared/bench"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    options = parser.parse_args(arguments)
    lines = {row["id"]: [line for line in row["text"].split("\n") if line.strip()]
             for row in read_rows(options.bench / "names/train.jsonl")}  # fmt: skip
    texts = [(id, "\n".join(some)) for id, some in lines.items() if len(some) >= FEWEST_LINES]
    with tempfile.TemporaryDirectory() as folder:
        told, pairs, without = find_made_copies(options.bench / "corroboration/copies.py", texts, Path(folder))
    print(f"{told}{pairs} pairs, {without} of them without {RUN} words in a row in common")
    paragraphs = sorted({line for some in lines.values() for line in some if len(line) > 40})
    for size in options.sizes:
        many, words, seconds = pace(make_archive(paragraphs, size, seed=size))
        print(f"{many} texts of {words / many:.0f} words: {many / seconds:,.0f} texts/s of CPU time")


if __name__ == "__main__":
    main()
