"""Finds who may have spoken a quotation: the reporting words before it, after it, or in the middle of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from dateline.model import Span, Token
from dateline.reading.statements.frames import Candidate
from dateline.reading.statements.quotations import Quotation
from dateline.reading.statements.tree import Run, Tree
from dateline.reading.statements.voices import find_voice, is_word, source_run

REACH = 30
"""How many tokens may lie between a quotation and its reporting word."""


def find_direct(tree: Tree) -> Iterator[Candidate]:
    """Every reporting word that stands near enough to a quotation to have introduced or closed it."""
    for number, quotation in enumerate(tree.quotations):
        run = quoted_run(tree, quotation)
        if run is None:
            continue
        for side, near in (("after", _after(tree, run, number)), ("before", _before(tree, run, number))):
            for verb in near:
                if verb.pos in ("VERB", "AUX") and verb.lemma in tree.cues.verbs:
                    yield from _spoken(tree, verb, side, run, number)
        yield from _after_colon(tree, run, number)


def quoted_run(tree: Tree, quotation: Quotation) -> Run | None:
    """The tokens within the marks of a quotation; None where there are none."""
    first = bisect_left(tree.parse.starts, quotation.inner.start)
    end = bisect_left(tree.parse.starts, quotation.inner.end)
    return (first, end) if first < end else None


def _after(tree: Tree, run: Run, number: int) -> list[Token]:
    """The tokens that follow a quotation up to the end of the sentence or the next quotation."""
    tokens = tree.parse.tokens
    index = run[1]
    while index < len(tokens) and tree.quotation_of[index] == number:
        index += 1
    if index >= len(tokens):
        return []
    sentence = tokens[run[1] - 1].sentence
    if tokens[index].sentence != sentence:
        next_starts = index == tree.parse.sentences[tokens[index].sentence][0]
        same_block = tree.block_of[tokens[index].sentence] == tree.block_of[sentence]
        if not same_block or (next_starts and not tokens[index].text[:1].islower() and not _inverted(tree, run)):
            return []
    end = min(tree.parse.sentences[tokens[index].sentence][1], index + REACH)
    found = []
    for token in tokens[index:end]:
        if tree.quotation_of[token.index] >= 0:
            break
        found.append(token)
    return found


def _inverted(tree: Tree, run: Run) -> bool:
    """Whether a quotation that ends in a comma goes on in a sentence that the parser cut off: "“A,” Kim said."."""
    return tree.parse.tokens[run[1] - 1].text in (",", "?", "!")


def _before(tree: Tree, run: Run, number: int) -> list[Token]:
    """The tokens that come before a quotation in its sentence, back to the quotation before, nearest first."""
    tokens = tree.parse.tokens
    start = max(tree.parse.sentences[tokens[run[0]].sentence][0], run[0] - REACH)
    found = []
    for index in range(run[0] - 1, start - 1, -1):
        if tree.quotation_of[index] >= 0 and tree.quotation_of[index] != number:
            break
        if tree.quotation_of[index] < 0:
            found.append(tokens[index])
    return found


def _after_colon(tree: Tree, run: Run, number: int) -> Iterator[Candidate]:
    """A quotation in a sentence of its own, after one that ends in a colon: "He told reporters:"."""
    first = tree.parse.tokens[run[0]]
    begin = tree.parse.sentences[first.sentence][0]
    if first.sentence == 0 or any(tree.quotation_of[index] != number for index in range(begin, run[0])):
        return
    before, end = tree.parse.sentences[first.sentence - 1]
    closing = tree.parse.tokens[end - 1].text
    same_block = tree.block_of[first.sentence - 1] == tree.block_of[first.sentence]
    if not tree.together(first.sentence - 1, first.sentence):
        return
    if not closing.endswith((":", ",")) or tree.block_of[first.sentence] - tree.block_of[first.sentence - 1] > 1:
        return
    for index in range(end - 1, max(before, end - REACH) - 1, -1):
        verb = tree.parse.tokens[index]
        if tree.quotation_of[index] >= 0:
            return
        if verb.pos in ("VERB", "AUX") and verb.lemma in tree.cues.verbs:
            yield from _spoken(tree, verb, "colon" if same_block else "colon-block", run, number)


def _spoken(tree: Tree, verb: Token, side: str, run: Run, number: int) -> Iterator[Candidate]:
    voice = find_voice(tree, verb)
    cue = (verb.index, verb.index + 1)
    source = None
    if voice is not None:
        if run[0] <= voice.index < run[1] or not is_word(voice):
            voice = _nearest_noun(tree, verb)
        if voice is not None:
            source = _outside(source_run(tree, voice, cue), run, voice.index)
    top = tree.parse.root_of(tree.words(run)) or tree.parse.tokens[run[0]]
    yield Candidate(
        verb.index, f"quote:{side}", cue, voice.index if voice else None, source, run, top.index, quotation=number
    )


def _nearest_noun(tree: Tree, verb: Token) -> Token | None:
    """The noun beside a verb whose subject the parser sought in the quotation: "“…,” said the head of the union"."""
    first, end = tree.sentence_run(verb)
    indexes = [
        *range(verb.index + 1, min(end, verb.index + 8)),
        *range(verb.index - 1, max(first, verb.index - 8) - 1, -1),
    ]
    for index in indexes:
        token = tree.parse.tokens[index]
        if token.pos in ("PROPN", "NOUN", "PRON") and is_word(token) and tree.quotation_of[index] < 0:
            return _phrase_head(tree, token)
    return None


def _phrase_head(tree: Tree, token: Token) -> Token:
    """The head of the phrase that a noun opens: "union" for "labour" in "labour union"."""
    while token.dep in ("compound", "poss", "nmod"):
        above = tree.parse.head(token)
        if tree.quotation_of[above.index] >= 0 or above.index == token.index:
            break
        token = above
    return token


def _outside(source: Run, run: Run, voice: int) -> Run | None:
    """A source without what it shares with the quotation."""
    if source[0] >= run[1] or run[0] >= source[1]:
        return source
    if voice < run[0]:
        return source[0], run[0]
    return (run[1], source[1]) if voice >= run[1] else None


def follow_quotation(tree: Tree, after: int, number: int) -> list[Span]:
    """The sentences of the same speaker that go on where a cue ends: "“A,” he said. “B. C.”" gives B and C.

    ``after`` is the last token of the cue's sentence, ``number`` the quotation that was spoken; each further sentence
    must be wholly within quotation marks, in the same block or the same running quotation.
    """
    found: list[Span] = []
    tokens = tree.parse.tokens
    sentence = tokens[after].sentence + 1
    run = tree.quotations[number].run if number >= 0 else -1
    block = tree.block_of[tokens[after].sentence]
    while sentence < len(tree.parse.sentences):
        first, _ = tree.parse.sentences[sentence]
        span = quoted_sentence(tree, sentence)
        if span is None:
            break
        inside = tree.quotation_of[first]
        if tree.block_of[sentence] != block and tree.quotations[inside].run != run:
            break
        run = tree.quotations[inside].run
        block = tree.block_of[sentence]
        found.append(span)
        sentence += 1
    return found


def quoted_sentence(tree: Tree, sentence: int) -> Span | None:
    """The words of a sentence that stands wholly within one quotation, without its marks; None for any other."""
    first, end = tree.parse.sentences[sentence]
    number = tree.quotation_of[first]
    if number < 0 or tree.quotation_of[end - 1] != number:
        return None
    quotation = tree.quotations[number]
    inner = quotation.inner
    span = Span(max(tree.parse.tokens[first].start, inner.start), min(tree.parse.tokens[end - 1].end, inner.end))
    words = span.of(tree.text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None
