"""Finds who said what: the statements of a report, each with its source, cue and content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from dateline.lexicon.origins import Origins
from dateline.model import Actor, Reading, Span, Statement, Token
from dateline.reading.statements.choose import Weighed, choose, weigh_all
from dateline.reading.statements.cues import Cues, Weights, open_cues, open_weights
from dateline.reading.statements.frames import Candidate
from dateline.reading.statements.names import SourceNames
from dateline.reading.statements.ownership import find_voices
from dateline.reading.statements.shapes import is_clause, judge_quoted
from dateline.reading.statements.speech import Spoken, carry_speech
from dateline.reading.statements.stances import Stances, StanceWords, open_stances
from dateline.reading.statements.tagged import find_tagged, settle
from dateline.reading.statements.tree import Tree
from dateline.reading.statements.voices import find_cited, find_quoter, source_run

RAISED = ("raised", "adj:raised", "nsubjpass+xcomp")
"""Frames whose content is what is said of the subject: "to have fled" in "He is said to have fled"."""


@dataclass(frozen=True, slots=True)
class StatementReader:
    """Finds all that somebody is reported to have said, believed, wanted or felt, and on whose word it stands."""

    cues: Cues
    weights: Weights
    stances: StanceWords
    origins: Origins
    name: str = "statements.en/11"

    @classmethod
    def load(cls, language: str = "en") -> StatementReader:
        """The reader of a language, its word lists and weights opened, and the registry of origins."""
        return cls(open_cues(language), open_weights(language), open_stances(language), Origins.load())

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its statements, in order of their contents, the longer first."""
        tree = Tree.of(reading, self.cues)
        names = SourceNames.of(tree, reading)
        weighed = weigh_all(tree, self.weights)
        ruled = choose(tree, weighed, self.weights.threshold)
        chosen = ruled
        if reading.tags is not None:
            chosen = settle(tree, find_tagged(tree, reading.tags.attributions), ruled, weighed)
        chosen = [one for one in chosen if not is_quoted_as(tree, one.candidate, chosen)]
        spoken = [
            Spoken(statement, tree.parse.tokens[head].sentence, tree.quotation_of[head])
            for head, statement in _spoken(tree, chosen, names)
        ]
        found = [*(one.statement for one in spoken), *carry_speech(tree, spoken)]
        ordered = sorted(found, key=lambda one: (one.content.start, -one.content.end))
        statements = tuple(self._completed(tree, reading, _chained(ordered)))
        voices = find_voices(tree, statements)
        return replace(reading, statements=statements, voices=voices, by=(*reading.by, self.name))

    def _completed(self, tree: Tree, reading: Reading, statements: Iterable[Statement]) -> Iterator[Statement]:
        """The statements with their stance and kind, and with who their source is."""
        stances = Stances.of(tree, reading, self.stances)
        for one in statements:
            actor = _actor(reading.actors, one)
            judged = stances.judge(one, actor)
            yield replace(
                one, stance=judged.stance, kind=judged.kind, decided=judged.decided, actor=actor,
                origin=self._origin(reading.text, one),
            )  # fmt: skip

    def _origin(self, text: str, one: Statement) -> str | None:
        """The agency, broadcaster or mouthpiece that a source is, by its full name or by the words for it."""
        names = (one.source_name, one.source.of(text) if one.source is not None else None)
        found = (self.origins.named(name) for name in names if name is not None)
        return next((entry.name for entry in found if entry is not None), None)


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
            yield from _quoting(tree, candidate, span, names)
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


def _quoting(tree: Tree, candidate: Candidate, content: Span, names: SourceNames) -> Iterator[tuple[int, Statement]]:
    """The statement of whom a speaker is quoted by: KCNA's, where "he was quoted by KCNA as saying that …"."""
    found = find_quoter(tree, tree.parse.tokens[candidate.head])
    if found is None:
        return
    quoting, quoter = found
    run = source_run(tree, quoter, (quoting.index, quoting.index + 1))
    name = names.name(quoter.index, run)
    yield quoting.index, Statement(tree.span(run), name, quoting.span, content, judge_quoted(tree, content))


def _passed_on(tree: Tree, candidate: Candidate) -> tuple[Token, Token] | None:
    """The word by which a candidate's speaker passes somebody on, and whom."""
    voice = tree.parse.tokens[candidate.voice] if candidate.voice is not None else None
    return find_cited(tree, tree.parse.tokens[candidate.head], voice)


def is_quoted_as(tree: Tree, candidate: Candidate, chosen: Iterable[Weighed]) -> bool:
    """Whether a cue is but the "quoted" of "was quoted as saying", where the saying is a cue of its own."""
    verb = tree.parse.tokens[candidate.head]
    if verb.lemma not in tree.cues.quoting:
        return False
    found = (find_quoter(tree, tree.parse.tokens[one.candidate.head]) for one in chosen)
    return any(one is not None and one[0].index == verb.index for one in found)


def _passing_word(tree: Tree, candidate: Candidate) -> tuple[int, ...]:
    """The token that passes somebody on, which then is no cue of its own."""
    found = _passed_on(tree, candidate)
    return (found[0].index,) if found is not None else ()


def _actor(actors: Iterable[Actor], one: Statement) -> str | None:
    """The id of the actor that a source is; of several with its name, the one that its words mention."""
    named = [actor for actor in actors if actor.name == one.source_name]
    if len(named) > 1 and one.source is not None:
        source = one.source
        named = [actor for actor in named if any(mention.touches(source) for mention in actor.mentions)] or named
    return named[0].id if named else None


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
