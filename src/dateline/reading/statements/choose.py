"""Weighs candidates and keeps those that are believed, at most one a cue."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp

from msgspec import Struct

from dateline.model import Span
from dateline.reading.statements.cues import Weights
from dateline.reading.statements.direct import find_direct
from dateline.reading.statements.frames import Candidate, find_candidates, is_hearsay, is_opinion
from dateline.reading.statements.layouts import find_layouts, is_plain_headline
from dateline.reading.statements.shapes import Shape, find_shape
from dateline.reading.statements.traits import find_traits
from dateline.reading.statements.tree import Tree


class Weighed(Struct, frozen=True):
    """A candidate with its spans, and how likely it is a statement, from 0 to 1."""

    candidate: Candidate
    shape: Shape
    score: float


def find_shaped(tree: Tree) -> list[tuple[Candidate, Shape]]:
    """Every candidate that has spans, in order of the text."""
    found = [*find_candidates(tree), *find_direct(tree), *find_layouts(tree)]
    shaped = ((candidate, find_shape(tree, candidate)) for candidate in found)
    return [(candidate, shape) for candidate, shape in shaped if shape is not None]


def find_frames(shaped: Iterable[tuple[Candidate, Shape]]) -> dict[int, list[str]]:
    """The frames that each cue has candidates for, by the head of the cue."""
    found: dict[int, set[str]] = {}
    for candidate, _ in shaped:
        found.setdefault(candidate.head, set()).add(candidate.frame)
    return {head: sorted(frames)[:FRAMES] for head, frames in found.items()}


FRAMES = 24
"""The most frames that a cue is known by: no word of a report has more."""


def weigh(traits: Iterable[str], weights: Weights) -> float:
    """How likely a candidate with these traits is a statement."""
    score = 0.0
    for weight in filter(None, map(weights.traits.get, traits)):
        score += weight
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


SURE = 0.55
"""The likelihood from which a candidate is believed against a network that has none with its cue or content.

Headlines of the form "Minister: no talks" and hearsay are told by their form, and are that likely at least.
"""


def weigh_all(tree: Tree, weights: Weights) -> list[Weighed]:
    """Every candidate that has spans, with its likelihood, in order of the text."""
    weighed = []
    shaped = find_shaped(tree)
    frames = find_frames(shaped)
    for candidate, shape in shaped:
        score = weigh(find_traits(tree, candidate, shape, frames[candidate.head]), weights)
        if is_plain_headline(tree, candidate) or is_hearsay(tree, candidate) or is_opinion(candidate):
            score = max(score, SURE)
        weighed.append(Weighed(candidate, shape, score))
    return weighed


def choose(tree: Tree, weighed: list[Weighed], threshold: float) -> list[Weighed]:
    """The candidates that are believed, in order of the text."""
    kept = _without_rivals(tree, [one for one in weighed if one.score >= threshold])
    kept = _widened(tree, kept, [one for one in weighed if one.score >= threshold * WIDER])
    kept += _nested(
        tree, kept, [one for one in weighed if one.score >= threshold * NESTED or is_retold(tree, one.candidate)]
    )
    return sorted(kept, key=lambda one: (one.shape.content.start, -one.shape.content.end, one.candidate.head))


WIDER = 0.3
"""How much of the threshold is enough for a whole quotation, where a part of it was believed to be that cue's."""

NESTED = 0.3
"""How much of it is enough for a clause within an accepted content: "it said that he had warned that …"."""


def _widened(tree: Tree, kept: list[Weighed], likely: list[Weighed]) -> list[Weighed]:
    """The kept, each that is a part of a quotation given the whole, with what is broken off by its cue."""
    whole: dict[int, Weighed] = {}
    for one in sorted(likely, key=lambda one: one.score):
        if one.candidate.quotation >= 0:
            whole[one.candidate.head] = one
    widened = []
    for one in kept:
        wide = whole.get(one.candidate.head)
        first, end = one.candidate.content
        quoted = tree.quotation_of[first] >= 0 and tree.quotation_of[end - 1] >= 0
        if wide is not None and quoted and one.candidate.quotation < 0 and wide.shape.content.covers(one.shape.content):
            widened.append(wide)
        else:
            widened.append(one)
    return widened


def _nested(tree: Tree, kept: list[Weighed], likely: list[Weighed]) -> list[Weighed]:
    """The clauses that are told within what somebody is believed to have said, one a cue."""
    heads = {one.candidate.head for one in kept}
    inside: set[int] = set()
    for one in kept:
        if one.candidate.frame in CLAUSES:
            inside.update(range(*one.candidate.content))
    found: dict[int, Weighed] = {}
    for one in sorted(likely, key=lambda one: one.score):
        head = one.candidate.head
        plain = one.candidate.frame == "ccomp" and one.candidate.source is not None
        if (
            (plain or is_retold(tree, one.candidate))
            and head in inside
            and head not in heads
            and tree.quotation_of[head] < 0
        ):
            found[head] = one
    return [found[head] for head in sorted(found)]


def is_retold(tree: Tree, candidate: Candidate) -> bool:
    """Whether a clause is somebody's word beyond doubt, told by whoever else tells it: "a witness told them that …".

    The reporting word is one of the plainest, has a subject of its own, and a whole clause or an infinitive after it.
    """
    verb = tree.parse.tokens[candidate.head]
    subject = tree.parse.kid(verb, "nsubj")
    told = candidate.frame == "ccomp" or (candidate.frame == "xcomp" and verb.lemma in tree.cues.steering)
    return (
        told
        and candidate.source is not None
        and verb.lemma in tree.cues.plainest
        and subject is not None
        and subject.index == candidate.voice
        and subject.pos != "PRON"
    )


CLAUSES = frozenset(
    ("ccomp", "tail", "outer:parataxis", "outer:ccomp", "according:root:last:edge", "according:root:first:edge")
)
"""The frames whose content is a whole clause, which may tell of a statement itself."""


def _without_rivals(tree: Tree, weighed: list[Weighed]) -> list[Weighed]:
    """The best candidate of each cue and each quotation; of two with one content, the better."""
    kept: list[Weighed] = []
    heads: set[int] = set()
    spoken: set[int] = set()
    by_sentence: dict[int, list[Weighed]] = {}
    for one in sorted(weighed, key=lambda one: (-one.score, one.candidate.head, one.candidate.content)):
        head = one.candidate.head
        sentence = tree.parse.tokens[head].sentence
        runs = tree.quotations[one.candidate.quotation].run if one.candidate.quotation >= 0 else -1
        rivals = by_sentence.setdefault(sentence, [])
        if head in heads or (runs >= 0 and runs in spoken) or any(_same(one, other) for other in rivals):
            continue
        heads.add(head)
        if runs >= 0:
            spoken.add(runs)
        rivals.append(one)
        kept.append(one)
    return kept


def _same(one: Weighed, other: Weighed) -> bool:
    """Whether two candidates have all but the same content and no two sources."""
    if (
        one.candidate.voice is not None
        and other.candidate.voice is not None
        and not (one.candidate.voice == other.candidate.voice or _shared(one.shape.cue, other.shape.cue))
    ):
        return False
    a, b = one.shape.content, other.shape.content
    both = min(a.end, b.end) - max(a.start, b.start)
    return both > 0 and both / (max(a.end, b.end) - min(a.start, b.start)) > 0.7


def _shared(a: Span, b: Span) -> bool:
    return a.touches(b)
