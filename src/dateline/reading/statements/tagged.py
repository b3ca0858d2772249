"""What the network took for sources, cues and contents, as candidates, and which of the rules' stand beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from dateline.model import Attribution, Span
from dateline.reading.statements.choose import SURE, Weighed
from dateline.reading.statements.frames import Candidate
from dateline.reading.statements.shapes import Shape, trim
from dateline.reading.statements.tree import Run, Tree

NESTED = 0.45
"""The likelihood that is enough within what the network found somebody to have said."""

LIKELY = 0.1
"""The likelihood from which a rule's candidate lends its source to the network's, where that has none."""

ALIKE = 0.5
"""The share of words in common from which two contents are taken for one."""


def find_tagged(tree: Tree, attributions: Iterable[Attribution]) -> list[Weighed]:
    """The network's attributions that have a cue, in order of the text."""
    found = (_candidate(tree, one) for one in attributions)
    return [one for one in found if one is not None]


def settle(tree: Tree, tagged: Sequence[Weighed], ruled: Sequence[Weighed], weighed: Sequence[Weighed]) -> list[Weighed]:
    """The network's candidates, with the rules' surest where it has none, in order of the text.

    ``ruled`` are the candidates that the rules believe, ``weighed`` all that they weighed: where the network found no
    source for a cue, the best of these with the same cue and content lends its own.
    """
    words = {id(one): _words(tree, one) for one in (*tagged, *ruled, *weighed)}
    by_head: dict[int, list[Weighed]] = {}
    for one in weighed:
        by_head.setdefault(one.candidate.head, []).append(one)
    kept: list[Weighed] = []
    for one in tagged:
        near = (other for index in range(*one.candidate.cue) for other in by_head.get(index, ()))
        same = [other for other in near if other.score > LIKELY and _alike(words[id(one)], words[id(other)])]
        best = max(same, key=lambda other: other.score, default=None)
        kept.append(one if best is None or one.candidate.voice is not None else _with_source(one, best))
    found = list(kept)
    for one in ruled:
        rivals = any(
            _shared(one.candidate.cue, other.candidate.cue) or _alike(words[id(one)], words[id(mine)])
            for mine, other in zip(tagged, kept, strict=True)
        )
        within = any(other.shape.content.covers(one.shape.cue) for other in kept)
        if one.score >= (NESTED if within else SURE) and not rivals:
            found.append(one)
    return sorted(found, key=lambda one: (one.shape.content.start, -one.shape.content.end, one.candidate.head))


def _candidate(tree: Tree, one: Attribution) -> Weighed | None:
    """An attribution as a candidate: its cue, and what of its content stands in one sentence with it."""
    cue = _run(tree, one.cue)
    runs = [run for run in (_run(tree, content) for content in one.contents) if run is not None]
    if one.cue is None or cue is None or not runs:
        return None
    head = tree.parse.root_of(tree.words(cue)) or tree.parse.tokens[cue[0]]
    by_sentence: dict[int, list[Run]] = {}
    for run in runs:
        for number, part in _by_sentence(tree, run):
            by_sentence.setdefault(number, []).append(part)
    own = sorted(by_sentence[min(by_sentence, key=lambda number: (abs(number - head.sentence), number))])
    pieces = tuple(piece for piece in (trim(tree, run) for run in own) if piece is not None)
    if not pieces:
        return None
    source = _run(tree, one.source)
    voice = tree.parse.root_of(tree.words(source)) if source is not None else None
    content = (own[0][0], own[-1][1])
    top = tree.parse.root_of(tree.words(content)) or tree.parse.tokens[content[0]]
    candidate = Candidate(
        head.index, "tagged", cue, voice.index if voice is not None else None, source, content, top.index
    )
    return Weighed(candidate, Shape(one.source, one.cue, pieces), 1.0)


def _run(tree: Tree, span: Span | None) -> Run | None:
    tokens = tree.parse.within(span) if span is not None else ()
    return (tokens[0].index, tokens[-1].index + 1) if tokens else None


def _by_sentence(tree: Tree, run: Run) -> Iterable[tuple[int, Run]]:
    """The parts of a run in the sentences that it reaches into, with their numbers."""
    first = run[0]
    while first < run[1]:
        number = tree.parse.tokens[first].sentence
        last = min(run[1], tree.parse.sentences[number][1])
        yield number, (first, last)
        first = last


def _with_source(one: Weighed, other: Weighed) -> Weighed:
    """A candidate with another's source."""
    candidate = replace(one.candidate, voice=other.candidate.voice, source=other.candidate.source)
    return replace(one, candidate=candidate, shape=replace(one.shape, source=other.shape.source))


def _words(tree: Tree, one: Weighed) -> frozenset[int]:
    tokens = (token for piece in one.shape.pieces for token in tree.parse.within(piece))
    return frozenset(token.index for token in tokens if any(map(str.isalnum, token.text)))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= ALIKE * max(1, len(one | other))


def _shared(one: Run, other: Run) -> bool:
    return one[0] < other[1] and other[0] < one[1]
