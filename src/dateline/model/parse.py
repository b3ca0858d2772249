"""Tokens with tags and dependencies: the scaffolding that the layers of a reading are built on.

A Parse stands only while a reading is made and is no part of its JSON. Tags are Penn Treebank's, parts of speech
Universal Dependencies', dependency labels ClearNLP's, as spaCy's English models give them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct

from dateline.model.spans import Span


class Token(Struct, frozen=True, gc=False):
    """One token. ``head`` is the index of its head in the Parse; the root of a sentence is its own head.

    ``entity`` is the type of the name that it stands in, "" outside or before names are read; ``entity_start`` says
    that a name begins.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int
    entity: str = ""
    entity_start: bool = False

    @property
    def span(self) -> Span:
        """Where the token stands in the text."""
        return Span(self.start, self.end)

    @property
    def lower(self) -> str:
        """The token in lower case."""
        return self.text.lower()


class Parse(Struct, frozen=True, gc=False):
    """All tokens of the readable blocks of a report, in order, and the tree that they form."""

    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    """Half-open token ranges, one a sentence, in step with ``Reading.sentences``."""
    children: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]
    """The character offset at which each token starts, for bisection."""

    @classmethod
    def of(cls, tokens: tuple[Token, ...], sentences: tuple[tuple[int, int], ...]) -> Parse:
        """The Parse of these tokens, with the children of each worked out."""
        below: list[list[int]] = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.index:
                below[token.head].append(token.index)
        return cls(tokens, sentences, tuple(map(tuple, below)), tuple(token.start for token in tokens))

    def kids(self, token: Token, *deps: str) -> list[Token]:
        """The direct dependents of a token, in order; those with one of the given labels, where any is given."""
        tokens = self.tokens
        if not deps:
            return [tokens[index] for index in self.children[token.index]]
        return [kid for index in self.children[token.index] if (kid := tokens[index]).dep in deps]

    def kid(self, token: Token, *deps: str) -> Token | None:
        """The first direct dependent with one of the given labels."""
        tokens = self.tokens
        for index in self.children[token.index]:
            if tokens[index].dep in deps or not deps:
                return tokens[index]
        return None

    def head(self, token: Token) -> Token:
        """The head of a token; a root is its own."""
        return self.tokens[token.head]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The heads above a token, nearest first."""
        while token.head != token.index:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> list[Token]:
        """A token and all that depends on it, in order of the text."""
        found, waiting = [], [token.index]
        while waiting:
            index = waiting.pop()
            found.append(index)
            waiting.extend(self.children[index])
        return [self.tokens[index] for index in sorted(found)]

    def subtree_span(self, token: Token) -> Span:
        """From the first to the last character of a token's subtree."""
        below = self.subtree(token)
        return Span(below[0].start, below[-1].end)

    def within(self, span: Span) -> tuple[Token, ...]:
        """The tokens that share at least one character with a span, in order."""
        first = bisect_right(self.starts, span.start) - 1
        if first < 0 or self.tokens[first].end <= span.start:
            first += 1
        return self.tokens[first : bisect_left(self.starts, span.end)]

    def root_of(self, tokens: Iterable[Token]) -> Token | None:
        """The topmost of some neighbouring tokens: the first whose head lies outside them."""
        inside = list(tokens)
        indexes = {token.index for token in inside}
        return next((token for token in inside if token.head not in indexes or token.head == token.index), None)
