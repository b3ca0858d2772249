"""Turns the network's scores into labelled spans, and its pointers into what belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple


class Tagged(NamedTuple):
    """A run of words with a label: the first word and the one after the last, as numbers of words."""

    first: int
    last: int
    label: str


class Linked(NamedTuple):
    """A cue with its source and the contents that hang on it; a content without a cue stands alone."""

    source: Tagged | None
    cue: Tagged | None
    contents: list[Tagged]


def labels_of(kinds: Sequence[str]) -> tuple[str, ...]:
    """The labels of a word for some kinds of span: outside, begins, inside, ends, or a span of its own.

    >>> labels_of(["cue"])
    ('O', 'B-cue', 'I-cue', 'E-cue', 'S-cue')
    """
    return ("O", *(f"{part}-{kind}" for kind in kinds for part in "BIES"))


def follows(before: str, after: str) -> bool:
    """Whether a label may stand after another."""
    inside = before[0] in "BI"
    return after[0] in "IE" and after[1:] == before[1:] if inside else after[0] in "OBS"


class Decoder:
    """Finds the best lawful row of labels for the words of a window."""

    def __init__(self, labels: Sequence[str]) -> None:
        import numpy as np

        self.labels = tuple(labels)
        self.barred = np.array([[0.0 if follows(a, b) else -1e4 for b in labels] for a in labels], dtype=np.float32)
        self.opening = np.array([-1e4 if label[0] in "IE" else 0.0 for label in labels], dtype=np.float32)
        self.closing = np.array([-1e4 if label[0] in "BI" else 0.0 for label in labels], dtype=np.float32)

    def __call__(self, scores: Any) -> list[Tagged]:
        """The spans of a window from its scores, one row a word."""
        return list(self._spans(self.best(scores)))

    def best(self, scores: Any) -> list[int]:
        """The best lawful labels, as numbers: the best of each word, mended only where these are not lawful."""
        labels: list[int] = scores.argmax(axis=1).tolist()
        for first, last in self._stretches(labels):
            if not self._lawful(labels[first:last]):
                start, end = max(0, first - 2), min(len(labels), last + 2)
                while start > 0 and self.labels[labels[start - 1]][0] in "BI":
                    start -= 1
                while end < len(labels) and self.labels[labels[end]][0] in "IE":
                    end += 1
                labels[start:end] = self._viterbi(scores[start:end])
        return labels

    def _stretches(self, labels: list[int]) -> list[tuple[int, int]]:
        found, start = [], None
        for index, label in enumerate([*labels, 0]):
            if label and start is None:
                start = index
            elif not label and start is not None:
                found.append((start, index))
                start = None
        return found

    def _lawful(self, labels: list[int]) -> bool:
        edges = self.opening[labels[0]] == 0 and self.closing[labels[-1]] == 0
        return bool(edges) and all(self.barred[a, b] == 0 for a, b in pairwise(labels))

    def _viterbi(self, scores: Any) -> list[int]:
        total, back = scores[0] + self.opening, []
        for row in scores[1:]:
            paths = total[:, None] + self.barred
            back.append(paths.argmax(axis=0))
            total = paths.max(axis=0) + row
        label = int((total + self.closing).argmax())
        labels = [label]
        for column in reversed(back):
            label = int(column[label])
            labels.append(label)
        return labels[::-1]

    def _spans(self, labels: Sequence[int]) -> list[Tagged]:
        found, first, names = [], 0, self.labels
        for index, number in enumerate(labels):
            label = names[number]
            if label[0] in "BS":
                first = index
            if label[0] in "ES":
                found.append(Tagged(first, index + 1, label[2:]))
        return found


def link(spans: Sequence[Tagged], words: Sequence[int], links: Any) -> list[Linked]:
    """The sources, cues and contents of a window, gathered: each content to its best cue, each cue to its best source.

    ``words`` has the first piece of each word, ``links`` the scores [kind, from, to] with the window's opening piece at
    0, which stands for none.
    """
    by_role: dict[str, list[Tagged]] = {"source": [], "cue": [], "content": []}
    for one in spans:
        by_role[one.label].append(one)

    def best(kind: int, one: Tagged, among: Sequence[Tagged]) -> Tagged | None:
        row = links[kind, words[one.first] + 1]
        scored = [(float(row[words[other.first] + 1]), other) for other in among]
        leader = max(scored, key=lambda pair: pair[0], default=None)
        return leader[1] if leader is not None and leader[0] > float(row[0]) else None

    alone: list[Linked] = []
    contents: dict[Tagged, list[Tagged]] = {}
    for content in by_role["content"]:
        cue = best(0, content, by_role["cue"])
        if cue is None:
            alone.append(Linked(None, None, [content]))
        else:
            contents.setdefault(cue, []).append(content)
    cued = [Linked(best(1, cue, by_role["source"]), cue, own) for cue, own in contents.items()]
    return sorted([*alone, *cued], key=lambda one: (one.cue or one.contents[0]).first)
