"""Annotated reports -> windows of pieces with the labels of every head, in batches of one length.

A dataset teaches only the heads whose layer its annotators marked; all else is masked.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import numpy as np

from dateline.model import EventType, Status
from dateline.reading.tags import pieces as seen_as
from dateline.reading.tags.pieces import CLS, FEATURES, MASK, SEP, Pieces, cut, windows
from dateline.reading.tags.spans import labels_of

UNMARKED = -100
"""The label of what a dataset does not teach."""

STATUSES = get_args(Status)
TYPES = get_args(EventType)
NO_YES = ("no", "yes")
ANCHORED = {"placed": "where", "timed": "when"}
"""The heads that say whether a report tells where and when a happening took place, and those cells of an event."""

SAID = {"status": STATUSES, "types": TYPES, **dict.fromkeys(ANCHORED, NO_YES)}
"""The heads that say something of a word that tells of a happening, and their labels: its status, its type, whether
its place and its time are told."""

BESIDE = {"coded": TYPES}
"""Heads that are learned for what the encoder learns with them, and their labels; they are in no graph. The code of a
happening is its type with intentions and refusals folded in, as PLOVER has it: "will send" is AGREE."""

LINKS = (
    "content-cue", "cue-source", "event-actor", "event-recipient", "event-place", "event-time",
    "anaphor-antecedent", "event-event",
)  # fmt: skip
ROLES = 2
"""The first kind of link from an event to who takes part in it; those before are between parts of attributions."""

ANCHORS = LINKS.index("event-place")
"""The first kind of link from a mention of an event to any of the words that name its place, or its time."""

ANTECEDENT = LINKS.index("anaphor-antecedent")
"""The kind of link from words for somebody ("she", "the minister") to any that name the same one more fully."""

SAME = LINKS.index("event-event")
"""The kind of link from a mention of an event to an earlier mention of the same one."""

Row = dict[str, Any]


@dataclass
class Document:
    """A text cut into pieces, with what its annotators marked: a row of labels a head, and links between pieces."""

    id: str
    dataset: str
    text: str
    pieces: Pieces
    labels: dict[str, np.ndarray] = field(default_factory=dict)
    links: list[tuple[int, int, int]] = field(default_factory=list)
    """The kind of link, the piece it starts from, and the piece it leads to (-1: there is none)."""
    anchors: list[tuple[int, int, tuple[int, ...]]] = field(default_factory=list)
    """The same of places, times and antecedents, with all pieces any of which it may lead to."""
    pairs: list[tuple[int, int, bool]] = field(default_factory=list)
    """The pieces of two mentions of events, the later first, and whether both are of one event."""

    def __post_init__(self) -> None:
        self.ids = np.array(self.pieces.ids, dtype=np.int64)
        self.features = np.array(self.pieces.features, dtype=np.int64).reshape(-1, len(FEATURES))
        self.first = np.array(self.pieces.first, dtype=bool)
        self.starts = np.array(self.pieces.starts)
        self.ends = np.array(self.pieces.word_ends())

    def words_in(self, start: int, end: int) -> np.ndarray:
        """The first pieces of the words that a span of characters touches."""
        low = np.searchsorted(self.ends, start, side="right")
        high = np.searchsorted(self.starts, end, side="left")
        return low + np.flatnonzero(self.first[low:high])


@dataclass(frozen=True)
class Heads:
    """The labels of each head that tags words."""

    labels: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, kinds: dict[str, list[str]]) -> Heads:
        """The heads for the kinds of span that the configuration names."""
        return cls({head: labels_of(names) for head, names in kinds.items()})

    def tag(self, document: Document, head: str, spans: Iterable[tuple[int, int, str]]) -> None:
        """Writes the labels of a head into a document whose every word was annotated."""
        row = np.where(document.first, 0, UNMARKED)
        numbers = {label: number for number, label in enumerate(self.labels[head])}
        for start, end, kind in sorted(spans):
            words = [index for index in document.words_in(start, end) if row[index] == 0]
            if not words or f"B-{kind}" not in numbers:
                continue
            row[words] = numbers[f"I-{kind}"]
            row[words[0]], row[words[-1]] = numbers[f"B-{kind}"], numbers[f"E-{kind}"]
            if len(words) == 1:
                row[words[0]] = numbers[f"S-{kind}"]
        document.labels[head] = row


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A name's span without the article and the possessive that the scorer does not count."""
    article = re.match(r"the\s+", text[start:end], re.IGNORECASE)
    possessive = re.search(r"(['’]s|['’])$", text[start:end])
    return start + (article.end() if article else 0), end - (len(possessive[0]) if possessive else 0)


def mark_names(document: Document, row: Row, heads: Heads) -> None:
    """Names; that a Date is a time expression of some type; and events, where they were annotated too."""
    spans = [(*trimmed(row["text"], n["start"], n["end"]), n["type"]) for n in row["names"]]
    heads.tag(document, "names", spans)
    dated = np.full(len(document.ids), UNMARKED)
    for start, end, kind in spans:
        if kind == "Date":
            dated[document.words_in(start, end)] = 1
    document.labels["dated"] = dated
    if "events" in row:
        mark_ledger(document, row, heads)


def mark_attribution(document: Document, row: Row, heads: Heads) -> None:
    """Sources, cues and contents, and the links between them."""
    spans = [(*span, role) for a in row["attributions"] for role in ("source", "cue", "content") for span in a[role]]
    heads.tag(document, "attribution", spans)
    for attribution in row["attributions"]:
        pieces = {
            role: [int(words[0]) for span in attribution[role] if len(words := document.words_in(*span))]
            for role in ("source", "cue", "content")
        }
        cue = pieces["cue"][0] if pieces["cue"] else -1
        document.links += [(0, content, cue) for content in pieces["content"]]
        if cue >= 0:
            document.links.append((1, cue, pieces["source"][0] if pieces["source"] else -1))


def mark_times(document: Document, row: Row, heads: Heads) -> None:
    """Time expressions."""
    heads.tag(document, "timexes", [(t["start"], t["end"], t["type"]) for t in row["timexes"]])
    _only(document, "timexes", row.get("scored"))


def mark_ledger(document: Document, row: Row, heads: Heads) -> None:
    """The mentions of events as the ledger's guidelines see them, their status and type, and who takes part in them."""
    mentions = [(mention, event) for event in row["events"] for mention in (event["trigger"], *event["also"])]
    heads.tag(document, "happenings", [(*mention, "event") for mention, _ in mentions])
    for head, labels, key in (("status", STATUSES, "status"), ("types", TYPES, "type")):
        document.labels[head] = np.full(len(document.ids), UNMARKED)
        for mention, event in mentions:
            document.labels[head][document.words_in(*mention)] = labels.index(event[key])
    for event in row["events"]:
        trigger = document.words_in(*event["trigger"])
        for kind, role in ((ROLES, "actors"), (ROLES + 1, "recipients")) if len(trigger) else ():
            document.links += [(kind, int(trigger[0]), party) for party in _parties(document, event[role])]
    document.pairs = list(_pairs(document, row["events"]))
    _mark_anchors(document, row, mentions)
    for own, fuller in row.get("antecedents", ()):
        ends = tuple(int(first) for span in fuller for first in _opening(document, span))
        document.anchors += [(ANTECEDENT, int(first), ends) for first in _opening(document, own)]


def _opening(document: Document, span: Sequence[int]) -> np.ndarray:
    """The first piece of the words for somebody, articles left out; none where no word begins there."""
    return document.words_in(*trimmed(document.text, *span))[:1]


def _mark_anchors(document: Document, row: Row, mentions: Sequence[tuple[Sequence[int], Row]]) -> None:
    """Whether the place and the time of each event are told, and by which words, where the row has ``anchors``."""
    if row.get("held"):
        return
    for number, (head, cell) in enumerate(ANCHORED.items()):
        document.labels[head] = np.full(len(document.ids), UNMARKED)
        for mention, event in mentions:
            words = document.words_in(*mention)
            document.labels[head][words] = int(event[cell] is not None)
            if "anchors" in event and len(words):
                found = (document.words_in(*span)[:1] for span in event["anchors"][number])
                ends = tuple(int(first) for pieces in found for first in pieces)
                document.anchors.append((ANCHORS + number, int(words[0]), ends))


def _pairs(document: Document, events: Sequence[Row]) -> Iterator[tuple[int, int, bool]]:
    """Each two mentions of events that are not next to each other, by the first or the last of their words."""
    ends = sorted(
        (int(words[at]), number)
        for number, event in enumerate(events)
        for mention in (event["trigger"], *event["also"])
        if len(words := document.words_in(*mention))
        for at in {0, len(words) - 1}
    )
    for place, (later, event) in enumerate(ends):
        for earlier, other in ends[:place]:
            if later - earlier > 1:
                yield later, earlier, event == other


def _parties(document: Document, parties: Sequence[Row]) -> list[int]:
    """The first pieces of the words for some parties, articles left out; -1 alone where there are no parties."""
    if not parties:
        return [-1]
    return [int(first) for party in parties if party.get("span") for first in _opening(document, party["span"])]


def mark_coded(document: Document, row: Row, heads: Heads) -> None:
    """Of a sentence whose event between two actors is coded: the words that name it, its code, and who they are."""
    heads.tag(document, "happenings", [(*row["trigger"], "event")])
    _only(document, "happenings", [row["trigger"]])
    words = document.words_in(*row["trigger"])
    for head in ("coded", "types"):
        document.labels[head] = np.full(len(document.ids), UNMARKED)
    document.labels["coded"][words] = TYPES.index(row["label"])
    if not row["folded"]:
        document.labels["types"][words] = TYPES.index(row["label"])
    for kind, actor in ((ROLES, row["source_actor_span"]), (ROLES + 1, row["target_actor_span"])):
        if actor and len(words):
            parties = document.words_in(*trimmed(row["text"], *actor))
            document.links += [(kind, int(words[0]), int(party)) for party in parties[:1]]


def mark_corroboration(document: Document, row: Row, heads: Heads) -> None:
    """Every action that ECB+ marks, in the sentences that were annotated."""
    heads.tag(document, "mentions", [(e["start"], e["end"], "event") for e in row["events"]])
    _only(document, "mentions", [row["sentences"][number] for number in row["annotated"]])


def _only(document: Document, head: str, parts: Sequence[Sequence[int]] | None) -> None:
    """Leaves the labels of a head standing only in some parts of the text."""
    if parts is not None:
        annotated = np.zeros(len(document.ids), dtype=bool)
        for part in parts:
            annotated[document.words_in(part[0], part[1])] = True
        document.labels[head] = np.where(annotated, document.labels[head], UNMARKED)


MARKERS: dict[str, Callable[[Document, Row, Heads], None]] = {
    "names": mark_names, "attribution": mark_attribution, "times": mark_times, "ledger": mark_ledger,
    "annotated": mark_ledger, "invented": mark_ledger, "coded": mark_coded, "corroboration": mark_corroboration,
}  # fmt: skip


def read_documents(dataset: str, rows: Iterable[Row], tokenizer: Any, heads: Heads) -> list[Document]:
    """The rows of a dataset as documents with their labels."""
    documents = []
    for row in rows:
        document = Document(row["id"], dataset, row["text"], cut(row["text"], tokenizer))
        MARKERS[dataset](document, row, heads)
        if len(document.ids):
            documents.append(document)
    return documents


@dataclass(frozen=True)
class Window:
    """A run of the pieces of a document."""

    document: Document
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start + 2


def epoch_windows(documents: Sequence[Document], shares: dict[str, float], config: Row, seed: int) -> list[Window]:
    """The windows of an epoch: each text cut to a limit of its own, as often as its dataset's share says."""
    chance, found = random.Random(seed), []  # noqa: S311
    for document in documents:
        share = shares[document.dataset]
        for _ in range(int(share) + (chance.random() < share % 1)):
            limit = chance.randint(config["shortest"], config["longest"])
            found += [Window(document, a, b) for a, b in windows(document.pieces, limit)]
    chance.shuffle(found)
    return found


def in_batches(found: Sequence[Window], size: int, seed: int) -> list[list[Window]]:
    """Windows of like length in batches of about so many pieces, the batches shuffled."""
    chance, batches, pool = random.Random(seed), [], 60 * max(1, size // 128)  # noqa: S311
    for start in range(0, len(found), pool):
        batch: list[Window] = []
        for window in sorted(found[start : start + pool], key=len):
            if batch and (len(batch) + 1) * len(window) > size:
                batches.append(batch)
                batch = []
            batch.append(window)
        batches.append(batch)
    chance.shuffle(batches)
    return batches


@dataclass
class Batch:
    """What the network takes in (ids, features, mask) and, for training, what it should answer."""

    ids: np.ndarray
    features: np.ndarray
    mask: np.ndarray
    labels: dict[str, np.ndarray]
    links: np.ndarray
    """One link a row: the window, its kind, the place it starts from and the place it leads to (0: none).

    Rows of one kind from ANCHORS on that start from one place are one link, which may lead to any of theirs.
    """
    pairs: np.ndarray
    """Two mentions a row: the window, the places of the later and the earlier, and 1 where they are of one event."""


def collate(batch: Sequence[Window], heads: Iterable[str] = (), noise: Row | None = None, seed: int = 0) -> Batch:
    """The arrays of a batch; with noise, some words hidden and some paragraphs in another case."""
    width = max(map(len, batch))
    chance = np.random.default_rng(seed)
    ids = np.zeros((len(batch), width), dtype=np.int64)
    features = np.zeros((len(batch), width, len(FEATURES)), dtype=np.int64)
    labels = {head: np.full((len(batch), width), UNMARKED) for head in heads}
    links, pairs = [], []
    for number, window in enumerate(batch):
        document, size = window.document, len(window)
        part, own = slice(window.start, window.end), features[number, 1 : size - 1]
        ids[number, 0], ids[number, size - 1] = CLS, SEP
        ids[number, 1 : size - 1] = document.ids[part]
        own[:] = document.features[part]
        if noise:
            _hide(ids[number, 1 : size - 1], document.first[part], noise["hidden"], chance)
            _recase(own, noise, chance)
        for head in labels:
            if head in document.labels:
                labels[head][number, 1 : size - 1] = document.labels[head][part]
        links += [(number, kind, a, b) for kind, a, b in _links(window)] if labels else []
        pairs += [(number, *pair) for pair in _paired(window)] if labels else []
    rows = (np.array(each, dtype=np.int64).reshape(-1, 4) for each in (links, pairs))
    return Batch(ids, features, (ids > 0).astype(np.int64), labels, *rows)


def _links(window: Window) -> Iterator[tuple[int, int, int]]:
    """The links that start in a window, counted from its opening piece; what lies outside the window is none."""
    for kind, start, end in window.document.links:
        if window.start <= start < window.end:
            inside = window.start <= end < window.end
            yield kind, start - window.start + 1, end - window.start + 1 if inside else 0
    for kind, start, ends in window.document.anchors:
        if window.start <= start < window.end:
            within = [end - window.start + 1 for end in ends if window.start <= end < window.end]
            yield from ((kind, start - window.start + 1, end) for end in within or [0])


def _paired(window: Window) -> Iterator[tuple[int, int, bool]]:
    """The pairs of mentions that both stand in a window, counted from its opening piece."""
    for later, earlier, one in window.document.pairs:
        if window.start <= earlier and later < window.end:
            yield later - window.start + 1, earlier - window.start + 1, one


def _hide(ids: np.ndarray, first: np.ndarray, share: float, chance: np.random.Generator) -> None:
    words = np.cumsum(first)
    hidden = chance.random(int(words[-1]) + 1 if len(words) else 1) < share
    ids[hidden[words]] = MASK


def _recase(features: np.ndarray, noise: Row, chance: np.random.Generator) -> None:
    """Prints some paragraphs as if in lower case, in capitals, or with every word capitalised."""
    cases = ((seen_as.LOWER, noise["lower"]), (seen_as.UPPER, noise["upper"]), (seen_as.TITLE, noise["title"]))
    letters = (seen_as.LOWER, seen_as.TITLE, seen_as.UPPER, seen_as.LETTER, seen_as.MIXED)
    paragraphs = np.cumsum(features[:, 1] == seen_as.NEW_LINE)
    for paragraph in range(int(paragraphs[-1]) + 1 if len(paragraphs) else 0):
        drawn = chance.random()
        for case, share in cases:
            if drawn < share:
                there = (paragraphs == paragraph) & np.isin(features[:, 0], letters)
                features[there, 0] = case
                features[there, 3] = np.where(
                    case == seen_as.LOWER, seen_as.PLAIN, np.maximum(features[there, 3], seen_as.BOTH)
                )
                break
            drawn -= share
