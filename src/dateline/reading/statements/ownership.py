"""Whose each sentence is: the reporter's own, wholly somebody's word, or both."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.model import Statement, Token, Voice
from dateline.reading.statements.shapes import FINITE
from dateline.reading.statements.tree import Tree


def find_voices(tree: Tree, statements: Iterable[Statement]) -> tuple[Voice, ...]:
    """The voice of each sentence, in step with the sentences.

    A sentence without a statement is the reporter's. One with a statement is attributed where all that its verbs tell
    is told by a source, or tells that the source told it; it is mixed where the reporter tells something too: "The
    mayor left, saying that …".
    """
    held, cues = _tokens(tree, statements)
    return tuple(
        _voice(tree, tree.parse.tokens[first:end], held[number], cues)
        for number, (first, end) in enumerate(tree.parse.sentences)
    )


def _tokens(tree: Tree, statements: Iterable[Statement]) -> tuple[list[set[int]], set[int]]:
    """The tokens of the contents, sentence by sentence, and those of all cues."""
    held: list[set[int]] = [set() for _ in tree.parse.sentences]
    cues: set[int] = set()
    for one in statements:
        for token in tree.parse.within(one.content):
            held[token.sentence].add(token.index)
        if one.cue is not None:
            cues.update(token.index for token in tree.parse.within(one.cue))
    return held, cues


def _voice(tree: Tree, tokens: tuple[Token, ...], held: set[int], cues: set[int]) -> Voice:
    if not held:
        return "reporter"
    own = (token for token in tokens if token.index not in held and token.index not in cues)
    return "mixed" if any(_tells(tree, token, cues) for token in own) else "attributed"


def _tells(tree: Tree, token: Token, cues: set[int]) -> bool:
    """Whether a word is a finite verb that does not merely carry a cue: "has" of "has said" tells nothing."""
    carries = token.dep in ("aux", "auxpass") and token.head in cues
    lends = any(kid.index in cues for kid in tree.parse.kids(token, "dobj", "attr", "acomp", "xcomp", "prep"))
    return token.tag in FINITE and not carries and not lends
