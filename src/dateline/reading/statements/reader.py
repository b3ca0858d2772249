"""Finds who said what: the statements of a report, each with its source, cue and content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from dateline.model import Reading, Span, Statement
from dateline.reading.statements.choose import Weighed, choose
from dateline.reading.statements.cues import Cues, Weights, open_cues, open_weights
from dateline.reading.statements.names import SourceNames
from dateline.reading.statements.shapes import is_clause, judge_quoted
from dateline.reading.statements.tree import Tree


@dataclass(frozen=True, slots=True)
class StatementReader:
    """Finds all that somebody is reported to have said, believed, wanted or felt, and on whose word it stands."""

    cues: Cues
    weights: Weights
    name: str = "statements.en/1"

    @classmethod
    def load(cls, language: str = "en") -> StatementReader:
        """The reader of a language, its cue words and weights opened."""
        return cls(open_cues(language), open_weights(language))

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its statements, in order of their contents, the longer first."""
        tree = Tree.of(reading, self.cues)
        names = SourceNames.of(tree, reading)
        found: list[Statement] = []
        for one in sorted(choose(tree, self.weights), key=lambda one: one.candidate.head):
            found.extend(_statements(tree, one, names))
        ordered = sorted(
            _distinct(found), key=lambda one: (one.content.start, -one.content.end, one.cue or one.content)
        )
        return replace(reading, statements=tuple(_chained(ordered)), by=(*reading.by, self.name))


def _statements(tree: Tree, one: Weighed, names: SourceNames) -> Iterator[Statement]:
    """The statement of a candidate, and one for each further sentence of a running quotation."""
    candidate, shape = one.candidate, one.shape
    name = None
    if candidate.voice is not None and candidate.source is not None:
        name = names.name(candidate.voice, candidate.source)
    for span in (*shape.before, *shape.after):
        yield Statement(None, name, None, span, judge_quoted(tree, span))
    contents = shape.pieces
    if len(contents) > 1 and not all(is_clause(tree, piece) for piece in contents):
        contents = (shape.content,)
    for span in contents:
        yield Statement(shape.source, name, shape.cue, span, judge_quoted(tree, span))


def _distinct(statements: list[Statement]) -> Iterator[Statement]:
    """The statements without a sentence of a running quotation that a cue of its own speaks for, or told twice."""
    spoken = {one.content for one in statements if one.cue is not None}
    seen: set[Span] = set()
    for one in statements:
        if one.cue is not None:
            yield one
        elif one.content not in spoken and one.content not in seen:
            seen.add(one.content)
            yield one


def _chained(statements: list[Statement]) -> Iterator[Statement]:
    """The statements with the hands each came through: those whose content holds its cue, then its own source."""
    open_: list[Statement] = []
    for one in statements:
        own = one.cue or one.content
        open_ = [outer for outer in open_ if outer.content.end > one.content.start]
        through = [outer.source_name for outer in open_ if outer.cue != one.cue and outer.content.covers(own)]
        names = [name for name in (*through, one.source_name) if name is not None]
        chain = tuple(name for at, name in enumerate(names) if at == 0 or name != names[at - 1])
        open_.append(one)
        yield replace(one, chain=chain)
