"""The full name of a source: of the actor that its words mention, else what the words themselves tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.model import Actor, Reading, Span, Token
from dateline.reading.statements.cues import Pronouns
from dateline.reading.statements.tree import Run, Tree

LOOK_BACK = 60
"""How many earlier nouns are tried for a pronoun that no actor owns."""


@dataclass(slots=True)
class SourceNames:
    """Gives each source its full name, sentence by sentence, and remembers who spoke last."""

    tree: Tree
    mentions: list[tuple[Span, str]]
    spoken: list[tuple[int, str, str]] = field(default_factory=list)
    """Who has spoken so far: token, name, and what pronoun would take it up again ("person", "plural", "thing")."""

    @classmethod
    def of(cls, tree: Tree, reading: Reading) -> SourceNames:
        """The names of a reading's actors, ready to be looked up."""
        return cls(tree, sorted(_mentions(reading.actors)))

    def name(self, voice: int, source: Run) -> str | None:
        """The full name of the source that has its head at this token; None where nothing tells."""
        token, words = self.tree.parse.tokens[voice], self.tree.cues.pronouns
        found = self._known(token.span, self.tree.span(source)) or self._told(token, source)
        if found is not None and token.lower not in words.own:
            self.spoken.append((voice, found, _sort(token, words)))
        return found

    def _known(self, head: Span, source: Span) -> str | None:
        """The name of the actor whose mention holds the head of the source, else of the first that lies within it."""
        first = bisect_left(self.mentions, (Span(max(0, source.start - 200), 0), ""))
        last = bisect_right(self.mentions, (Span(source.end, 0), ""))
        near = [(span, name) for span, name in self.mentions[first:last] if span.touches(source)]
        holding = [(span, name) for span, name in near if span.touches(head)]
        return min(holding, key=lambda one: one[0].end - one[0].start)[1] if holding else None

    def _told(self, token: Token, source: Run) -> str | None:
        """What the words tell: an antecedent for a pronoun, else the words themselves."""
        lower, words = token.lower, self.tree.cues.pronouns
        if lower in words.relative:
            return self._antecedent(token)
        if lower in words.personal:
            return self._last("person")
        if lower in words.plural:
            return self._last("plural")
        if lower in words.neutral:
            return self._last("thing")
        if lower in words.own or token.pos == "PRON":
            return None if lower in words.own else self.tree.span(source).of(self.tree.text)
        return _plain(self.tree, token, source)

    def _antecedent(self, token: Token) -> str | None:
        """Who "who" is: the noun that its clause hangs on."""
        for above in self.tree.parse.ancestors(token):
            if above.dep == "relcl":
                noun = self.tree.parse.head(above)
                run = (self.tree.left[noun.index], max(noun.index + 1, min(self.tree.left[above.index], token.index)))
                return self._known(noun.span, self.tree.span(run)) or _plain(self.tree, noun, run)
        return None

    def _last(self, sort: str) -> str | None:
        """Who spoke last among those that a pronoun of this sort could take up; the last of all where there is none."""
        names = [name for _, name, kind in reversed(self.spoken[-LOOK_BACK:]) if kind == sort]
        if names:
            return names[0]
        return self.spoken[-1][1] if self.spoken else None


def _mentions(actors: Iterable[Actor]) -> Iterable[tuple[Span, str]]:
    return ((mention, actor.name) for actor in actors for mention in actor.mentions)


def _sort(token: Token, words: Pronouns) -> str:
    lower = token.lower
    if lower in words.personal or lower in ("who", "whom"):
        return "person"
    if token.tag in ("NNS", "NNPS") or lower in words.plural:
        return "plural"
    if token.entity in ("ORG", "GPE", "NORP") or lower in words.neutral:
        return "thing"
    return "person" if token.pos in ("PROPN", "NOUN") else "thing"


def _plain(tree: Tree, token: Token, source: Run) -> str:
    """The words of a source: a person's name where its head is one, else the phrase without article and additions."""
    person = _person(tree, token, source)
    if person is not None:
        return person
    first, end = source
    for kid in tree.parse.kids(token, "relcl", "appos", "acl"):
        if kid.index > token.index:
            end = min(end, max(tree.left[kid.index], token.index + 1))
    while (
        end > token.index + 1 and tree.parse.tokens[end - 1].pos == "PUNCT" and tree.parse.tokens[end - 1].text != ")"
    ):
        end -= 1
    while first < token.index and (tree.parse.tokens[first].tag == "DT" or tree.parse.tokens[first].pos == "PUNCT"):
        first += 1
    if end - first > 1 and tree.parse.tokens[end - 1].tag == "POS":
        end -= 1
    return " ".join(tree.span((first, end)).of(tree.text).split())


def _person(tree: Tree, token: Token, source: Run) -> str | None:
    """The person's name that the head of a source belongs to, or that stands in apposition to it."""
    heads = [token, *tree.parse.kids(token, "appos")]
    for head in heads:
        if head.entity != "PERSON" or not source[0] <= head.index < source[1]:
            continue
        first = end = head.index
        while (
            first > source[0]
            and tree.parse.tokens[first].entity == "PERSON"
            and not tree.parse.tokens[first].entity_start
        ):
            first -= 1
        while (
            end + 1 < source[1]
            and tree.parse.tokens[end + 1].entity == "PERSON"
            and not tree.parse.tokens[end + 1].entity_start
        ):
            end += 1
        while end > first and tree.parse.tokens[end].tag == "POS":
            end -= 1
        return " ".join(tree.span((first, end + 1)).of(tree.text).split())
    return None
