"""From a candidate to the spans of its parts: where content begins and ends, marks and full stops aside."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from msgspec import Struct

from dateline.model import Quoted, Span
from dateline.reading.statements.direct import follow_quotation, quoted_run
from dateline.reading.statements.frames import Candidate
from dateline.reading.statements.quotations import Quotation
from dateline.reading.statements.tree import Run, Tree

FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_LEADING = frozenset(",;:.…—–-")
_TRAILING = frozenset(",;:.—–-")


class Shape(Struct, frozen=True):
    """The spans of a candidate. ``pieces`` are the content in the sentence of the cue, without cue and source.

    ``before`` and ``after`` are the sentences of a running quotation that the cue's sentence closes or opens.
    """

    source: Span | None
    cue: Span
    pieces: tuple[Span, ...]
    before: tuple[Span, ...] = ()
    after: tuple[Span, ...] = ()

    @property
    def content(self) -> Span:
        """From the first character of the content to the last, in the sentence of the cue."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


def find_shape(tree: Tree, candidate: Candidate) -> Shape | None:
    """The spans of a candidate; None where nothing is left of its content."""
    if candidate.quotation >= 0:
        return _direct_shape(tree, candidate)
    first, end = _around_quotations(tree, candidate)
    cuts = [run for run in (candidate.source, candidate.cue) if run is not None and run[0] < end and first < run[1]]
    pieces = [trim(tree, piece) for piece in _cut((first, end), _joined(cuts))]
    kept = tuple(piece for piece in pieces if piece is not None)
    if not kept:
        return None
    after = _followers(tree, candidate, max(end, candidate.cue[1]) - 1)
    return Shape(_source_span(tree, candidate), tree.span(candidate.cue), kept, (), after)


def _source_span(tree: Tree, candidate: Candidate) -> Span | None:
    return tree.span(candidate.source) if candidate.source is not None else None


def _followers(tree: Tree, candidate: Candidate, last: int) -> tuple[Span, ...]:
    """The quoted sentences that go on after a content that ends in quotation marks."""
    if tree.quotation_of[candidate.head] >= 0:
        return ()
    number = next((n for n in (tree.quotation_of[last], tree.quotation_of[last - 1]) if n >= 0), -1)
    if number < 0 and candidate.quotation < 0:
        return ()
    return tuple(follow_quotation(tree, last, number))


def _direct_shape(tree: Tree, candidate: Candidate) -> Shape | None:
    """The spans of a quotation with its reporting words, sentence by sentence."""
    quotation = tree.quotations[candidate.quotation]
    spans = _sentences_within(tree, candidate.content, quotation.inner)
    if not spans:
        return None
    cue_sentence = tree.parse.tokens[candidate.head].sentence
    after_cue = candidate.frame == "quote:after"
    anchor = len(spans) - 1 if after_cue else 0
    before = (*_earlier(tree, candidate), *(span for span, _ in spans[:anchor]))
    pieces, later = [spans[anchor][0]], [span for span, _ in spans[anchor + 1 :]]
    last = max(candidate.content[1], candidate.cue[1], candidate.source[1] if candidate.source else 0) - 1
    broken = _broken(tree, candidate, cue_sentence) if after_cue else None
    if broken is not None:
        more = _sentences_within(tree, broken, tree.quotations[tree.quotation_of[broken[0]]].inner)
        pieces += [span for span, _ in more[:1]]
        later += [span for span, _ in more[1:]]
        last = broken[1] - 1
    number = tree.quotation_of[last] if tree.quotation_of[last] >= 0 else candidate.quotation
    after = (*later, *follow_quotation(tree, last, number)) if tree.quotation_of[candidate.head] < 0 else ()
    return Shape(_source_span(tree, candidate), tree.span(candidate.cue), tuple(pieces), before, after)


def _sentences_within(tree: Tree, run: Run, inner: Span) -> list[tuple[Span, int]]:
    """What each sentence holds of a quotation, without its marks, and the number of the sentence."""
    found = []
    sentence = tree.parse.tokens[run[0]].sentence
    while sentence < len(tree.parse.sentences):
        first, end = tree.parse.sentences[sentence]
        if first >= run[1]:
            break
        span = _tidy(tree.text, Span(max(tree.parse.tokens[max(first, run[0])].start, inner.start),
                                     min(tree.parse.tokens[min(end, run[1]) - 1].end, inner.end)), ",")  # fmt: skip
        if span is not None:
            found.append((span, sentence))
        sentence += 1
    return found


def _earlier(tree: Tree, candidate: Candidate) -> list[Span]:
    """The sentences of the same running quotation in the paragraphs before: each opens with a mark, none closes."""
    number = candidate.quotation
    run = tree.quotations[number].run
    found: list[Span] = []
    if candidate.frame != "quote:after":
        return found
    while number > 0 and tree.quotations[number - 1].run == run:
        number -= 1
        piece = tree.quotations[number]
        tokens = quoted_run(tree, piece)
        if tokens is not None:
            found[:0] = [span for span, _ in _sentences_within(tree, tokens, piece.inner)]
    return found


def _broken(tree: Tree, candidate: Candidate, sentence: int) -> Run | None:
    """The quotation that goes on after its cue in one sentence: "“A,” he said, “B”"."""
    number = candidate.quotation + 1
    if number >= len(tree.quotations):
        return None
    run = quoted_run(tree, tree.quotations[number])
    if run is None or tree.parse.tokens[run[0]].sentence != sentence or run[0] < candidate.cue[1]:
        return None
    said = max(candidate.cue[1], candidate.source[1] if candidate.source is not None else 0)
    between = tree.words((min(said, run[0]), run[0]))
    return run if all(token.pos in ("PUNCT", "ADV") for token in between) else None


def _around_quotations(tree: Tree, candidate: Candidate) -> Run:
    """The run of a content, widened to the whole of a quotation that it holds a part of, within its sentence."""
    first, end = candidate.content
    if tree.quotation_of[candidate.head] >= 0:
        return first, end
    begin, stop = tree.sentence_run(tree.parse.tokens[candidate.head])
    busy = [run for run in (candidate.cue, candidate.source) if run is not None]
    number = tree.quotation_of[first]
    if number >= 0:
        start = first
        while start > begin and tree.quotation_of[start - 1] == number and not _within(start - 1, busy):
            start -= 1
        first = start
    number = tree.quotation_of[end - 1]
    if number >= 0:
        while end < stop and tree.quotation_of[end] == number and not _within(end, busy):
            end += 1
    return first, end


def _within(index: int, runs: Iterable[Run]) -> bool:
    return any(start <= index < end for start, end in runs)


def _joined(runs: list[Run]) -> list[Run]:
    """Source and cue as one stretch where only commas and adverbs part them."""
    ordered = sorted(runs)
    if len(ordered) == 2 and ordered[1][0] - ordered[0][1] <= 4:
        return [(ordered[0][0], max(ordered[0][1], ordered[1][1]))]
    return ordered


def _cut(run: Run, cuts: list[Run]) -> list[Run]:
    pieces, at = [], run[0]
    for start, end in cuts:
        if start > at:
            pieces.append((at, start))
        at = max(at, end)
    if at < run[1]:
        pieces.append((at, run[1]))
    return pieces


def trim(tree: Tree, run: Run) -> Span | None:
    """The words of a run, without a leading "that", stray marks at its edges and quotation marks all around it."""
    first, end = run
    tokens = tree.parse.tokens
    while first < end and (
        tokens[first].text in _LEADING or (tokens[first].pos == "CCONJ" and tokens[first].dep == "cc")
    ):
        first += 1
    if (
        first < end - 1
        and tokens[first].lower == "that"
        and tokens[first].dep in ("mark", "dobj", "nsubj", "prep")
        and (tokens[first].tag == "IN")
    ):
        first += 1
    while first < end and tokens[first].text in _LEADING:
        first += 1
    if first >= end:
        return None
    span = Span(tokens[first].start, tokens[end - 1].end)
    return _tidy(tree.text, _bare(tree, span), ",;:.—–-" if tree.quotation_of[end - 1] < 0 else ",;:")


def _bare(tree: Tree, span: Span) -> Span:
    """A span without the quotation marks that stand all around it; a mark at one edge keeps or loses its fellow."""
    low = bisect_right(tree.quotations, span.start, key=_outer_start) - 1
    high = bisect_left(tree.quotations, span.end, key=_outer_start)
    for number in range(max(low, 0), high):
        outer, inner = tree.quotations[number].outer, tree.quotations[number].inner
        if outer.start <= span.start and span.end <= outer.end:
            return Span(max(span.start, inner.start), min(span.end, inner.end))
        if outer.start == span.end - 1:
            return Span(span.start, outer.start)
        if inner.start == span.start and outer.end <= span.end:
            return Span(outer.start, span.end)
    return span


def _outer_start(quotation: Quotation) -> int:
    return quotation.outer.start


def _tidy(text: str, span: Span, ending: str) -> Span | None:
    """A span without white space at its edges and without the given marks at its end."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ending):
        end -= 1
    return Span(start, end) if start < end else None


def judge_quoted(tree: Tree, span: Span) -> Quoted:
    """Whether a content stands in quotation marks wholly ("direct"), partly, or not at all ("indirect")."""
    words = [token for token in tree.parse.within(span) if any(map(str.isalnum, token.text))]
    inside = sum(tree.quotation_of[token.index] >= 0 for token in words)
    return "indirect" if not inside else "direct" if inside == len(words) else "partly"


def is_clause(tree: Tree, span: Span) -> bool:
    """Whether a span holds a whole clause: a finite verb and its subject."""
    for token in tree.parse.within(span):
        if token.dep in ("nsubj", "nsubjpass", "expl", "csubj"):
            verb = tree.parse.head(token)
            finite = verb.tag in FINITE or any(kid.tag in FINITE for kid in tree.parse.kids(verb, "aux", "auxpass"))
            if finite and span.start <= verb.start < span.end:
                return True
    return False
