"""Scores a network on the development data with the bench's own scorers: a table of figures."""

from __future__ import annotations

import importlib.util
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from dateline.reading.tags.consistency import agree, level
from dateline.reading.tags.pieces import windows
from dateline.reading.tags.spans import Decoder, Tagged, link
from training.data import (
    ROLES,
    SAID,
    UNMARKED,
    Document,
    Heads,
    Row,
    Window,
    collate,
    read_documents,
    read_rows,
    trimmed,
)

Run = Callable[[np.ndarray, np.ndarray, np.ndarray], dict[str, np.ndarray]]
"""A network at work: ids, features, mask -> scores."""

DEVELOPMENT = {
    "names": "names/dev.jsonl", "attribution": "attribution/dev.jsonl", "times": "times/dev.jsonl",
    "ledger": "ledger/dev.jsonl", "corroboration": "corroboration/dev.jsonl",
}  # fmt: skip
CORE = {"Person", "Organization", "Location", "Facility", "NORP"}

NEAR = 1.0
"""How far below the best party another may score to be one, too."""

INPUTS = ("ids", "features", "mask")

Span = tuple[int, int, str]


def open_run(path: Path, threads: int) -> Run:
    """An ONNX file as the evaluation calls it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]

    def run(ids: np.ndarray, features: np.ndarray, mask: np.ndarray) -> dict[str, np.ndarray]:
        return dict(zip(names, session.run(None, dict(zip(INPUTS, (ids, features, mask), strict=True))), strict=True))

    return run


class Answers:
    """What the network says of one document: the spans of each head and, of attributions, what belongs together."""

    def __init__(self) -> None:
        self.spans: dict[str, list[Span]] = defaultdict(list)
        self.said: dict[str, dict[int, int]] = {head: {} for head in SAID}
        self.parties: set[tuple[int, int, int]] = set()
        """Of the annotated events: the kind of link, the piece of the trigger, and a piece that it leads to."""
        self.attributions: list[Row] = []
        self.names: list[tuple[int, np.ndarray, np.ndarray]] = []


def answer(run: Run, documents: Sequence[Document], heads: Heads, limit: int, batch: int = 400) -> dict[str, Answers]:
    """What a network says of each document, by its id."""
    decoders = {head: Decoder(labels) for head, labels in heads.labels.items()}
    found = {document.id: Answers() for document in documents}
    for part in _batches([Window(d, a, b) for d in documents for a, b in windows(d.pieces, limit)], batch):
        arrays = collate(part)
        scores = run(arrays.ids, arrays.features, arrays.mask)
        for number, window in enumerate(part):
            own = {head: rows[number] for head, rows in scores.items()}
            _take(found[window.document.id], window, own, decoders)
    for document in documents:
        told = found[document.id]
        told.spans["names"] = names_of(document, told, decoders["names"])
        for spans in told.spans.values():
            spans.sort()
    return found


def names_of(document: Document, told: Answers, decoder: Decoder) -> list[Span]:
    """The names of a document, its words levelled and its names brought to agree, as they are at work."""
    found = sorted(told.names, key=lambda part: part[0])
    if not found:
        return []
    pieces = np.concatenate([own for _, own, _ in found])
    starts, ends = document.starts[pieces].tolist(), document.ends[pieces].tolist()
    forms = [document.text[start:end] for start, end in zip(starts, ends, strict=True)]
    scores = level(np.concatenate([rows for _, _, rows in found]), forms, decoder.labels)
    edges = np.cumsum([0, *(len(own) for _, own, _ in found)]).tolist()
    spans = [
        Tagged(first + tagged.first, first + tagged.last, tagged.label)
        for first, last in pairwise(edges)
        for tagged in decoder(scores[first:last])
    ]
    agreed = agree(spans, forms, scores, decoder.labels)
    return [(starts[span.first], ends[span.last - 1], span.label) for span in agreed]


def _batches(found: Sequence[Window], size: int) -> Iterator[list[Window]]:
    batch: list[Window] = []
    for window in sorted(found, key=len):
        if batch and (len(batch) + 1) * len(window) > size:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _take(answers: Answers, window: Window, scores: dict[str, np.ndarray], decoders: dict[str, Decoder]) -> None:
    """Adds what a window says to the answers for its document."""
    document = window.document
    words = np.flatnonzero(document.first[window.start : window.end])
    pieces = words + window.start
    answers.names.append((window.start, pieces, scores["names"][words + 1]))
    for head, decoder in decoders.items():
        if head == "names":
            continue  # read when all of the document's windows are there
        tagged = decoder(scores[head][words + 1])
        edges = [(pieces[t.first], pieces[t.last - 1], t.label) for t in tagged]
        spans = [(int(document.starts[first]), int(document.ends[last]), label) for first, last, label in edges]
        answers.spans[head] += spans
        if head == "attribution":
            answers.attributions += attributions(document, window.start, tagged, words, scores["links"])
    starts = document.starts[pieces].tolist()
    for head in scores.keys() & answers.said.keys():
        answers.said[head].update(zip(starts, scores[head][words + 1].argmax(1).tolist(), strict=True))
    for kind, trigger in {(kind, start) for kind, start, _ in document.links if kind >= ROLES}:
        if window.start <= trigger < window.end:
            row = scores["links"][kind, trigger - window.start + 1]
            led = pieces[row[words + 1] >= max(row[0], row[words + 1].max() - NEAR)]
            answers.parties |= {(kind, trigger, int(piece)) for piece in led}


def attributions(document: Document, start: int, spans: Sequence[Tagged], words: np.ndarray, links: Any) -> list[Row]:
    """The attributions of a window that starts at a piece, as the scorer reads them."""

    def place(one: Tagged) -> tuple[int, int]:
        return int(document.starts[start + words[one.first]]), int(document.ends[start + words[one.last - 1]])

    return [
        {
            "source": [place(source)] if source is not None else [],
            "cue": [place(cue)] if cue is not None else [],
            "content": [place(content) for content in contents],
        }
        for source, cue, contents in link(spans, words.tolist(), links)
    ]


def f1(gold: set[Any], said: set[Any]) -> tuple[int, int, int]:
    """How many are right, said and gold."""
    return len(gold & said), len(said), len(gold)


def rate(counts: Sequence[tuple[int, int, int]]) -> float:
    """The F1 of some counts, in per cent."""
    right, said, gold = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return 200 * right / max(1, said + gold)


def score_names(documents: Sequence[Document], rows: Sequence[Row], said: dict[str, Answers]) -> dict[str, float]:
    """The F1 of names, as the scorer counts: core, all, and each type."""
    counts = defaultdict(list)
    for row in rows:
        gold = {(*trimmed(row["text"], n["start"], n["end"]), n["type"]) for n in row["names"]}
        mine = {(*trimmed(row["text"], a, b), kind) for a, b, kind in said[row["id"]].spans["names"]}
        counts["core"].append(f1({g for g in gold if g[2] in CORE}, {m for m in mine if m[2] in CORE}))
        counts["all"].append(f1(gold, mine))
        for kind in {span[2] for span in gold | mine}:
            counts[kind].append(f1({g for g in gold if g[2] == kind}, {m for m in mine if m[2] == kind}))
    return {f"names {key}": rate(value) for key, value in counts.items()}


def score_attribution(rows: Sequence[Row], said: dict[str, Answers], scorer: ModuleType) -> dict[str, float]:
    """The F1 of contents and of whole attributions."""
    counts = [scorer.score_pair(row["text"], row["attributions"], said[row["id"]].attributions) for row in rows]
    total = {key: sum(row[key] for row in counts) for key in ("content@.5", "full", "cue@overlap", "pred", "gold")}
    both = max(1.0, total["pred"] + total["gold"])
    return {f"attribution {key}": 200 * total[key] / both for key in ("content@.5", "full", "cue@overlap")}


def score_tags(
    head: str, documents: Sequence[Document], heads: Heads, said: dict[str, Answers], *, kinds: bool
) -> float:
    """The F1 of a head's spans among the words that were annotated."""
    counts, decoder = [], heads.labels[head]
    for document in documents:
        row = document.labels[head]
        taught = set(document.starts[row != UNMARKED].tolist())
        gold = {span if kinds else span[:2] for span in _spans(document, row, decoder)}
        mine = [span for span in said[document.id].spans[head] if span[0] in taught]
        counts.append(f1(gold, {span if kinds else span[:2] for span in mine}))
    return rate(counts)


def _spans(document: Document, row: np.ndarray, labels: Sequence[str]) -> list[Span]:
    found, start = [], 0
    for index in np.flatnonzero(row > 0).tolist():
        label = labels[row[index]]
        if label[0] in "BS":
            start = index
        if label[0] in "ES":
            found.append((int(document.starts[start]), int(document.ends[index]), label[2:]))
    return found


def score_mentions(head: str, documents: Sequence[Document], said: dict[str, Answers]) -> float:
    """How often what one of the heads of SAID says of a gold mention is right, in per cent."""
    right = total = 0
    for document in documents:
        row = document.labels[head]
        for index in np.flatnonzero(row >= 0).tolist():
            total += 1
            right += said[document.id].said[head].get(int(document.starts[index])) == row[index]
    return 100 * right / max(1, total)


def score_parties(kind: int, documents: Sequence[Document], said: dict[str, Answers]) -> float:
    """The F1 of the links of a kind from gold events to who takes part in them."""
    counts = []
    for document in documents:
        gold = {link for link in document.links if link[0] == kind and link[2] >= 0}
        counts.append(f1(gold, {link for link in said[document.id].parties if link[0] == kind}))
    return rate(counts)


def open_scorer(path: Path) -> ModuleType:
    """A scorer of the bench, as a module."""
    spec = importlib.util.spec_from_file_location("attribution_score", path)
    if not spec or not spec.loader:
        raise ImportError(f"{path}: not a Python file.")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


class Development:
    """The development data, cut into pieces once."""

    def __init__(self, data: Path, tokenizer: Any, heads: Heads, limit: int) -> None:
        self.heads, self.limit = heads, limit
        self.rows = {name: read_rows(data / file) for name, file in DEVELOPMENT.items()}
        self.documents = {name: read_documents(name, rows, tokenizer, heads) for name, rows in self.rows.items()}
        self.scorer = open_scorer(data / "attribution/score.py")

    def score(self, run: Run, limit: int | None = None) -> dict[str, float]:
        """The table of a network: figure -> per cent."""
        said = {name: answer(run, found, self.heads, limit or self.limit) for name, found in self.documents.items()}
        table = score_names(self.documents["names"], self.rows["names"], said["names"])
        table |= score_attribution(self.rows["attribution"], said["attribution"], self.scorer)
        for name, head in (("times", "timexes"), ("ledger", "happenings"), ("corroboration", "mentions")):
            table[f"{head} span"] = score_tags(head, self.documents[name], self.heads, said[name], kinds=False)
        typed = score_tags("timexes", self.documents["times"], self.heads, said["times"], kinds=True)
        table["timexes span and type"] = typed
        for head in SAID:
            table[f"{head}, gold mentions"] = score_mentions(head, self.documents["ledger"], said["ledger"])
        for kind, role in ((ROLES, "actors"), (ROLES + 1, "recipients")):
            table[f"{role}, gold events"] = score_parties(kind, self.documents["ledger"], said["ledger"])
        return table


def show(table: dict[str, float]) -> str:
    """The table in two lines of plain text: the figures that matter, then the types of names."""
    first = [key for key in table if key in ("names core", "names all") or not re.match("names ", key)]
    rest = [key for key in table if key not in first]
    return "\n".join("  " + ", ".join(f"{key} {table[key]:.1f}" for key in keys) for keys in (first, rest))
