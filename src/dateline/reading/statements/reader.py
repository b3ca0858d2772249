"""Finds who said what: the statements of a report, each with its source, cue and content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from dateline.model import Reading, Span, Statement, Token
from dateline.reading.statements.choose import Weighed, choose, weigh_all
from dateline.reading.statements.cues import Cues, Weights, open_cues, open_weights
from dateline.reading.statements.frames import Candidate
from dateline.reading.statements.names import SourceNames
from dateline.reading.statements.shapes import is_clause, judge_quoted
from dateline.reading.statements.speech import Spoken, carry_speech
from dateline.reading.statements.tagged import find_tagged, settle
from dateline.reading.statements.tree import Tree
from dateline.reading.statements.voices import find_cited, source_run

RAISED = ("raised", "adj:raised", "nsubjpass+xcomp")
"""Frames whose content is what is said of the subject: "to have fled" in "He is said to have fled"."""


@dataclass(frozen=True, slots=True)
class StatementReader:
    """Finds all that somebody is reported to have said, believed, wanted or felt, and on whose word it stands."""

    cues: Cues
    weights: Weights
    name: str = "statements.en/2"

    @classmethod
    def load(cls, language: str = "en") -> StatementReader:
        """The reader of a language, its cue words and weights opened."""
        return cls(open_cues(language), open_weights(language))

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its statements, in order of their contents, the longer first."""
        tree = Tree.of(reading, self.cues)
        names = SourceNames.of(tree, reading)
        weighed = weigh_all(tree, self.weights)
        ruled = choose(tree, weighed, self.weights.threshold)
        chosen = ruled
        if reading.tags is not None:
            chosen = settle(tree, find_tagged(tree, reading.tags.attributions), ruled, weighed)
        spoken = [
            Spoken(statement, tree.parse.tokens[head].sentence, tree.quotation_of[head])
            for head, statement in _spoken(tree, chosen, names)
        ]
        found = [*(one.statement for one in spoken), *carry_speech(tree, spoken)]
        ordered = sorted(found, key=lambda one: (one.content.start, -one.content.end))
        return replace(reading, statements=tuple(_chained(ordered)), by=(*reading.by, self.name))


def _spoken(tree: Tree, chosen: list[Weighed], names: SourceNames) -> Iterator[tuple[int, Statement]]:
    """The statements with reporting words, in the order of those words, each with the token that heads them.

    A content that its cue breaks in two is two statements where both parts are whole clauses, else one.
    """
    passing = {word for one in chosen for word in _passing_word(tree, one.candidate)}
    for one in sorted(chosen, key=lambda one: one.candidate.head):
        candidate, shape = one.candidate, one.shape
        if candidate.head in passing:
            continue
        name = None
        if candidate.voice is not None and candidate.source is not None:
            name = names.name(candidate.voice, candidate.source)
        contents = shape.pieces
        if candidate.frame.startswith(RAISED):
            contents = contents[-1:]
        elif len(contents) > 1 and not all(is_clause(tree, piece) for piece in contents):
            contents = (shape.content,)
        for span in contents:
            yield candidate.head, Statement(shape.source, name, shape.cue, span, judge_quoted(tree, span))
            yield from _cited(tree, candidate, span, names, name)


def _cited(
    tree: Tree, candidate: Candidate, content: Span, names: SourceNames, speaker: str | None
) -> Iterator[tuple[int, Statement]]:
    """The statement of whom the speaker passes on: the ministry's, where "Tass reported, citing the ministry"."""
    found = _passed_on(tree, candidate)
    if found is not None:
        word, cited = found
        run = source_run(tree, cited, (word.index, word.index + 1))
        name = names.name(cited.index, run, apart_from=speaker)
        yield word.index, Statement(tree.span(run), name, word.span, content, judge_quoted(tree, content))


def _passed_on(tree: Tree, candidate: Candidate) -> tuple[Token, Token] | None:
    """The word by which a candidate's speaker passes somebody on, and whom."""
    voice = tree.parse.tokens[candidate.voice] if candidate.voice is not None else None
    return find_cited(tree, tree.parse.tokens[candidate.head], voice)


def _passing_word(tree: Tree, candidate: Candidate) -> tuple[int, ...]:
    """The token that passes somebody on, which then is no cue of its own."""
    found = _passed_on(tree, candidate)
    return (found[0].index,) if found is not None else ()


def _chained(statements: list[Statement]) -> Iterator[Statement]:
    """The statements with the hands each came through: those whose content holds its cue, then its own source."""
    open_: list[Statement] = []
    for one in statements:
        own = one.cue or one.content
        open_ = [outer for outer in open_ if outer.content.end > one.content.start]
        through = [outer.source_name for outer in open_ if outer.cue != one.cue and _through(outer, one, own)]
        names = [name for name in (*through, one.source_name) if name is not None]
        chain = tuple(name for at, name in enumerate(names) if at == 0 or name != names[at - 1])
        open_.append(one)
        yield replace(one, chain=chain)


def _through(outer: Statement, one: Statement, own: Span) -> bool:
    """Whether a statement came through the source of another: told within it, or passed on by it word for word."""
    return outer.content.covers(own) or (outer.cue is not None and outer.content == one.content)
