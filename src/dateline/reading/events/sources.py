"""Finds on whose word an event rests: the statement that holds its trigger, or the reporter."""

from __future__ import annotations

from dateline.model import EventSource, Parse, Statement, Token
from dateline.reading.events.clauses import climb
from dateline.reading.events.scene import Scene

REPORTER = EventSource("reporter")


def find_source(scene: Scene, token: Token) -> EventSource:
    """The source of the innermost statement that holds a trigger and answers for it; else the reporter."""
    for statement in scene.statements_at.get(token.index, ()):
        if statement.source_name is None or _is_cue(statement, token) or not _asserts(scene, statement):
            continue
        if _aside(scene, statement, token):
            return REPORTER
        chain = () if statement.outermost else statement.chain
        return EventSource("attributed", statement.source, statement.source_name, chain)
    return REPORTER


def _is_cue(statement: Statement, token: Token) -> bool:
    """Whether a trigger is itself the cue of a statement, and so rests on what stands around that."""
    return statement.cue is not None and statement.cue.touches(token.span)


def _asserts(scene: Scene, statement: Statement) -> bool:
    """Whether a statement vouches for what it holds: saying does, ordering, seeking or planning does not."""
    if statement.cue is None:
        return True
    return any(token.lemma in scene.words.asserting for token in scene.parse.within(statement.cue))


def _aside(scene: Scene, statement: Statement, token: Token) -> bool:
    """Whether a trigger stands in an aside inside indirect speech: "…, who resigned last week, …"."""
    if statement.quoted != "indirect":
        return False
    return _in_relative_aside(scene.parse, statement, token)


def _in_relative_aside(parse: Parse, statement: Statement, token: Token) -> bool:
    for above in (token, *climb(parse, token)):
        if not statement.content.touches(above.span):
            return False
        if above.dep == "relcl" and above.index > 0 and _opens_with_comma(parse, above):
            return statement.content.touches(parse.head(above).span)  # else the clause is all that is said
    return False


def _opens_with_comma(parse: Parse, clause: Token) -> bool:
    """Whether a relative clause is set off by a comma before its "who" or "which"."""
    head = parse.head(clause)
    pronoun = next((kid for kid in parse.kids(clause) if kid.tag in ("WP", "WDT", "WRB")), None)
    if pronoun is None or pronoun.lower == "that":
        return False
    return pronoun.index > 0 and parse.tokens[pronoun.index - 1].text == "," and pronoun.index > head.index
