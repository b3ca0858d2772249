"""Follows a speaker through the sentences of a running quotation that have no reporting words of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.model import Span, Statement
from dateline.reading.statements.direct import quoted_sentence
from dateline.reading.statements.shapes import judge_quoted
from dateline.reading.statements.tree import Tree


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement with reporting words, and the sentence and quotation that its cue stands in (-1 outside any)."""

    statement: Statement
    sentence: int
    quotation: int


def carry_speech(tree: Tree, spoken: Iterable[Spoken]) -> Iterator[Statement]:
    """A statement for each sentence that stands wholly within quotation marks and is nobody's yet.

    Its speaker is whoever speaks the same running quotation, else whoever spoke the sentence before, in this paragraph
    or, where the paragraph opens with a quotation, in the one before it.
    """
    outer = [one for one in spoken if one.quotation < 0]
    by_run = _runs(tree, outer)
    by_sentence: dict[int, list[Spoken]] = {}
    for one in outer:
        by_sentence.setdefault(one.sentence, []).append(one)
    taken = _taken(tree, outer)
    speaker: tuple[int, Statement] | None = None
    for number in range(len(tree.parse.sentences)):
        span = quoted_sentence(tree, number)
        if speaker is not None and not tree.together(speaker[0], number):
            speaker = None
        if number in by_sentence:
            last = max(by_sentence[number], key=lambda one: (one.statement.content.end, one.sentence))
            speaker = number, last.statement
        elif span is None:
            speaker = None
        if span is None or number in taken:
            continue
        quotation = tree.quotations[tree.quotation_of[tree.parse.sentences[number][0]]]
        owner = by_run.get(quotation.run, speaker[1] if speaker else None)
        if owner is not None:
            speaker = number, owner
            yield Statement(None, owner.source_name, None, span, judge_quoted(tree, span))


def _runs(tree: Tree, spoken: Iterable[Spoken]) -> dict[int, Statement]:
    """Who speaks each running quotation: the first whose content lies in it."""
    found: dict[int, Statement] = {}
    for one in spoken:
        for token in _edges(tree, one.statement.content):
            number = tree.quotation_of[token]
            if number >= 0:
                found.setdefault(tree.quotations[number].run, one.statement)
    return found


def _edges(tree: Tree, content: Span) -> tuple[int, ...]:
    tokens = tree.parse.within(content)
    return (tokens[0].index, tokens[-1].index) if tokens else ()


def _taken(tree: Tree, spoken: Iterable[Spoken]) -> frozenset[int]:
    """The sentences that a content with reporting words reaches into."""
    found: set[int] = set()
    for one in spoken:
        edges = _edges(tree, one.statement.content)
        if edges:
            found.update(range(tree.parse.tokens[edges[0]].sentence, tree.parse.tokens[edges[-1]].sentence + 1))
    return frozenset(found)
