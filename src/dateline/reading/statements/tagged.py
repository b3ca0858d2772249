"""What the network took for sources, cues and contents, as candidates, and which of the rules' stand beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from dateline.model import Attribution, Span, Token
from dateline.reading.statements.choose import SURE, Weighed, is_retold
from dateline.reading.statements.frames import Candidate
from dateline.reading.statements.shapes import Shape, is_clause, trim
from dateline.reading.statements.tree import Run, Tree

CERTAIN, DOUBTED, SUPPORT = 0.6, 0.5, 0.2
"""How sure the network must be of a cue; or how sure at least, where a rule is that sure of a candidate it heads."""

CERTAIN_ALONE = 0.92
"""How sure it must be where it saw no source either."""

CERTAIN_BARE, HARDLY = 0.9, 0.1
"""How sure it must be where the content is neither a clause nor quoted; or how likely a rule must find it."""

LIKELY = 0.3
"""The likelihood from which a rule's candidate lends its source to the network's, where that has none."""

INSIDE = 0.5
"""The likelihood from which a rule is believed within another's statement, unless its cue is one of the plainest."""

HALF = 0.33
"""The likelihood from which the clause that a rule sees is put for a piece of it that the network took."""

WHOLE = frozenset({"ccomp", "tail", "flanked"})
"""The frames whose content is a whole clause of the sentence of its cue."""

BEFORE_NOUN = frozenset({"det", "predet", "poss", "amod", "compound", "nummod", "nmod", "quantmod"})
"""How a word hangs on a noun after it."""

ALIKE = 0.5
"""The share of words in common from which two contents are taken for one."""


def find_tagged(tree: Tree, attributions: Iterable[Attribution]) -> list[Weighed]:
    """The network's attributions that have a cue, in order of the text."""
    found = (_candidate(tree, one) for one in attributions)
    return [one for one in found if one is not None]


def settle(
    tree: Tree, tagged: Sequence[Weighed], ruled: Sequence[Weighed], weighed: Sequence[Weighed]
) -> list[Weighed]:
    """The network's candidates, with those of the rules' that it can have missed, in order of the text.

    ``ruled`` are the candidates that the rules believe: of these, the surest, and clauses told within what the network
    found somebody to have said, which has one label for each word. ``weighed`` are all that the rules weighed: those
    with the cue of a candidate of the network's mend it.
    """
    words = {id(one): _words(tree, one) for one in (*tagged, *ruled, *weighed)}
    by_head: dict[int, list[Weighed]] = {}
    for one in weighed:
        by_head.setdefault(one.candidate.head, []).append(one)
    found: list[Weighed] = []
    believed: list[Weighed] = []
    for one in tagged:
        near = [other for index in range(*one.candidate.cue) for other in by_head.get(index, ())]
        if not _believed(tree, one, near):
            continue
        believed.append(one)
        same = [other for other in near if _alike(words[id(one)], words[id(other)])]
        wider = [other for other in near if other not in same and _completes(tree, one, other)]
        found.append(_mended(one, _best(same, LIKELY), _best(wider, HALF), near))
    for one in ruled:
        rivals = any(
            _shared(one.candidate.cue, other.candidate.cue)
            or (_alike(words[id(one)], words[id(other)]) and not _beside(tree, one, other))
            for other in believed
        )
        if not rivals and (one.score >= SURE or (_believed_inside(tree, one) and _nested(one, believed))):
            found.append(one)
    return sorted(found, key=lambda one: (one.shape.content.start, -one.shape.content.end, one.candidate.head))


def _believed(tree: Tree, one: Weighed, near: Sequence[Weighed]) -> bool:
    """Whether an attribution of the network's stands; ``near`` are the rules' candidates with its cue.

    A bare noun after a cue ("watched performances") is rarely what somebody says: there the network must be surer. Whom
    something is shown to is none of it: "showed Kim a missile".
    """
    top = tree.parse.tokens[one.candidate.top]
    if top.dep == "dative" and one.candidate.cue[0] <= top.head < one.candidate.cue[1]:
        return False
    least = CERTAIN if one.candidate.source is not None else CERTAIN_ALONE
    if one.score < DOUBTED or (one.score < least and _best(near, SUPPORT) is None):
        return False
    quoted = any(tree.quotation_of[index] >= 0 for index in range(*one.candidate.content))
    bare = not (quoted or is_clause(tree, one.shape.content) or _best(near, HARDLY) is not None)
    return one.score >= CERTAIN_BARE or not bare


def _believed_inside(tree: Tree, one: Weighed) -> bool:
    """Whether a rule may be believed within what the network found to be said: by the cue, or by how likely it is."""
    return one.score >= INSIDE or tree.parse.tokens[one.candidate.head].lemma in tree.cues.plainest


def _nested(one: Weighed, tagged: Iterable[Weighed]) -> bool:
    """Whether somebody tells a clause within what somebody else said: "it said that he had warned that …"."""
    if one.candidate.frame not in ("ccomp", "xcomp") or one.candidate.voice is None:
        return False
    return any(
        other.shape.content.covers(one.shape.cue) and other.shape.content.covers(one.shape.content) for other in tagged
    )


def _beside(tree: Tree, one: Weighed, other: Weighed) -> bool:
    """Whether two may both stand though their contents are alike: one tells within, or around, what the other tells.

    "The police said a witness had told them that …"; "Kim hails frigate: KCNA".
    """
    if is_retold(tree, one.candidate) and _nested(one, (other,)):
        return True
    credit = one.candidate.frame.startswith("credit:") and one.score >= SURE
    return credit and one.shape.content.covers(other.shape.cue)


def _candidate(tree: Tree, one: Attribution) -> Weighed | None:
    """An attribution as a candidate: its cue, and what of its content stands in one sentence with it."""
    cue = _run(tree, one.cue)
    runs = [run for run in (_run(tree, content) for content in one.contents) if run is not None]
    if one.cue is None or cue is None or not runs:
        return None
    head = tree.parse.root_of(tree.words(cue)) or tree.parse.tokens[cue[0]]
    own_cue = dict(_by_sentence(tree, cue))[head.sentence]
    reported = one.cue if own_cue == cue else tree.span(own_cue)
    cue = own_cue
    by_sentence: dict[int, list[Run]] = {}
    for run in runs:
        for number, part in _by_sentence(tree, run):
            by_sentence.setdefault(number, []).append(part)
    nearest = min(by_sentence, key=lambda number: (abs(number - head.sentence), number))
    if not tree.together(nearest, head.sentence):
        return None
    own = sorted(by_sentence[nearest])
    source = _run(tree, one.source)
    if source is not None:
        parts = dict(_by_sentence(tree, source))
        source = parts.get(head.sentence) or parts[max(parts)]
    if source is not None and not _may_speak(tree, source, head, own):
        source = None
    if source is not None:
        source = _to_the_name(tree, _finished(tree, source, (cue,)), cue)
    own[-1] = _finished(tree, own[-1], (cue, source))
    pieces = tuple(piece for piece in (trim(tree, run) for run in own) if piece is not None)
    if not pieces:
        return None
    voice = tree.parse.root_of(tree.words(source)) if source is not None else None
    content = (own[0][0], own[-1][1])
    top = tree.parse.root_of(tree.words(content)) or tree.parse.tokens[content[0]]
    candidate = Candidate(
        head.index, "tagged", cue, voice.index if voice is not None else None, source, content, top.index
    )
    told = tree.span(source) if source is not None else None
    return Weighed(candidate, Shape(told, reported, pieces), one.likely)


def _may_speak(tree: Tree, source: Run, head: Token, own: Sequence[Run]) -> bool:
    """Whether a source may be that of a cue: it stands with it, or the cue has no subject of its own that speaks."""
    number = tree.parse.tokens[source[0]].sentence
    if number == head.sentence:
        return True
    subject = tree.parse.kid(head, "nsubj")
    speaks = subject is not None and not any(first <= subject.index < last for first, last in own)
    return not speaks and tree.together(number, head.sentence)


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


def _finished(tree: Tree, run: Run, others: Iterable[Run | None]) -> Run:
    """A run that does not break off within a name or before the noun that its last word belongs to.

    "The commanders of his | navy", "the city’s | mayor", "on Sept. | 30".
    """
    tokens = tree.parse.tokens
    last = tokens[run[1] - 1]
    if last.dep == "case":
        last = tokens[last.head]
    end = run[1]
    if last.dep in BEFORE_NOUN and last.head >= end:
        end = tree.right[last.head] + 1
    elif end < len(tokens) and tokens[end].head == last.index and tokens[end].dep in ("nummod", "case"):
        end += 1
    free = not any(other is not None and _shared((run[1], end), other) for other in others)
    return (run[0], end) if free and end <= tree.sentence_run(last)[1] else run


def _to_the_name(tree: Tree, run: Run, cue: Run) -> Run:
    """A source with the name that stands between it and its cue: "Russian state news agency | Tass | reported"."""
    between = tree.parse.tokens[run[1] : cue[0]]
    named = bool(between) and between[0].sentence == tree.parse.tokens[run[0]].sentence
    return (run[0], cue[0]) if named and all(token.pos == "PROPN" for token in between) else run


def _best(found: Iterable[Weighed], least: float) -> Weighed | None:
    return max((one for one in found if one.score > least), key=lambda one: one.score, default=None)


def _completes(tree: Tree, one: Weighed, other: Weighed) -> bool:
    """Whether the rules see a clause of which the network took only a piece that is none."""
    frame = other.candidate.frame
    whole = frame in WHOLE or (frame.startswith("according:") and "/" not in frame)
    whole = whole and other.shape.content.covers(one.shape.content)
    return whole and not is_clause(tree, one.shape.content)


def _mended(one: Weighed, same: Weighed | None, wider: Weighed | None, near: Iterable[Weighed]) -> Weighed:
    """The network's candidate with what the rules know better: the whole clause, a source that it lacks, who speaks."""
    candidate, shape = one.candidate, one.shape
    if wider is not None:
        candidate = replace(candidate, content=wider.candidate.content, top=wider.candidate.top)
        shape = replace(shape, pieces=wider.shape.pieces, after=wider.shape.after)
    if candidate.source is None and same is not None:
        candidate = replace(candidate, voice=same.candidate.voice, source=same.candidate.source)
        shape = replace(shape, source=same.shape.source)
    elif candidate.source is not None:
        first, end = candidate.source
        voices = (other for other in near if other.candidate.voice is not None)
        speaker = _best((other for other in voices if first <= (other.candidate.voice or 0) < end), 0.0)
        candidate = replace(candidate, voice=speaker.candidate.voice if speaker else candidate.voice)
    return Weighed(candidate, shape, one.score)


def _words(tree: Tree, one: Weighed) -> frozenset[int]:
    tokens = (token for piece in one.shape.pieces for token in tree.parse.within(piece))
    return frozenset(token.index for token in tokens if token.text.isalnum() or any(map(str.isalnum, token.text)))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= ALIKE * max(1, len(one | other))


def _shared(one: Run, other: Run) -> bool:
    return one[0] < other[1] and other[0] < one[1]
