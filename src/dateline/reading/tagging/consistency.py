"""One report uses one name for one thing: what the network says of a word elsewhere in the report weighs here too.

The network sees a window at a time, and is unsure of names that it meets for the first time. The words of a report are
levelled before their labels are chosen, and its names vote on their kinds after. On the development data the F1 of
names rises by 0.9 with the first and by 1.3 with both (core 84.4 -> 85.7, all types 83.1 -> 84.6; a bootstrap over the
121 reports puts nine of ten between +0.7 and +1.8).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from dateline.reading.tagging.spans import Tagged

SHARE = 0.6
"""How far the scores of a word are drawn to the mean of its occurrences (.5 to .7 do as well, .3 and .9 less)."""

FIXED = ("Date", "Money")
"""Kinds that a vote does not touch: "May" may be a month here and a minister there."""


def level(scores: Any, forms: Sequence[str], labels: Sequence[str]) -> Any:
    """The scores of a report's words, row by row, with those of one capitalised word drawn together.

    ``scores`` has a row a word and a column a label. What moves is how likely each kind of span is on the whole, and no
    span at all; not where a span begins or ends.
    """
    import numpy as np

    groups: dict[str, int] = {}
    own = [
        groups.setdefault(form.lower(), len(groups)) if len(form) > 1 and form[0].isupper() else -1 for form in forms
    ]
    rows = np.flatnonzero(np.array(own, dtype=np.int64) >= 0)
    if not len(rows):
        return scores
    of_kind, group = _kinds(labels), np.array(own)[rows]
    by_kind = _by_kind(scores[rows], labels)
    total = np.zeros((len(groups), by_kind.shape[1]))
    np.add.at(total, group, by_kind)
    mean = total / np.bincount(group)[:, None]
    levelled = scores.copy()
    levelled[rows] += (SHARE * (mean[group] - by_kind))[:, of_kind]
    return levelled


def vote(spans: Sequence[Tagged], forms: Sequence[str], scores: Any, labels: Sequence[str]) -> list[Tagged]:
    """The names of a report, those of one form under the kind that all of them together make likeliest.

    ``forms`` are the words of each name as they are printed; ``scores`` those that the names were decoded from.
    """
    by_kind = _by_kind(scores, labels)
    kinds = ["", *dict.fromkeys(label[2:] for label in labels[1:])]
    alike: dict[str, list[int]] = defaultdict(list)
    for number, (span, form) in enumerate(zip(spans, forms, strict=True)):
        if span.label not in FIXED:
            alike[_bare(form)].append(number)
    voted = list(spans)
    for numbers in alike.values():
        if len({spans[number].label for number in numbers}) > 1:
            said = [by_kind[spans[number].first : spans[number].last].mean(axis=0) for number in numbers]
            kind = kinds[1 + int(sum(said)[1:].argmax())]
            for number in numbers if kind not in FIXED else ():
                voted[number] = spans[number]._replace(label=kind)
    return voted


def _kinds(labels: Sequence[str]) -> list[int]:
    """The number of each label's kind, that of no span being 0."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(label[2:], len(numbers)) for label in labels]


def _by_kind(scores: Any, labels: Sequence[str]) -> Any:
    """The logarithm of the chance of each kind for each word, whatever its place in the span."""
    import numpy as np

    of_kind = np.eye(1 + max(_kinds(labels)))[_kinds(labels)]
    chances = np.exp(scores - scores.max(axis=1, keepdims=True)) @ of_kind
    return np.log(chances / chances.sum(axis=1, keepdims=True) + 1e-12)


def _bare(form: str) -> str:
    """A name without what may come and go: an article, a possessive, capitals.

    >>> _bare("The Kremlin’s")
    'kremlin'
    """
    return re.sub(r"^the\s+|['’]s?$", "", form.lower())
