"""The full name of a source: of the actor that its words mention, else what the words themselves tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.model import Actor, Reading, Span, Token
from dateline.reading.statements.cues import Pronouns
from dateline.reading.statements.tree import Run, Tree
from dateline.reading.statements.voices import find_agent

OWNERS = 3
"""How many papers may belong to one another: "the report's summary's author"."""

OFFICE = 40
"""The most letters that an office has between its noun and the name beside it: "of the Republic, "."""

LOOK_BACK = 60
"""How many earlier nouns are tried for a pronoun that no actor owns."""


@dataclass(slots=True)
class SourceNames:
    """Gives each source its full name, sentence by sentence, and remembers who spoke last."""

    tree: Tree
    mentions: list[tuple[Span, str, str]]
    """Where each actor is mentioned, its name, and its type."""
    described: dict[str, str] = field(default_factory=dict)
    """The last source that each noun described: "minister" is whoever was last called one."""
    spoken: list[tuple[str, str]] = field(default_factory=list)
    """Who has spoken so far: name, and what pronoun would take it up again ("person", "plural", "thing")."""

    @classmethod
    def of(cls, tree: Tree, reading: Reading) -> SourceNames:
        """The names of a reading's actors, ready to be looked up; their roles describe them from the start."""
        described = {role.split()[-1].lower(): actor.name for actor in reading.actors for role in actor.roles if role}
        return cls(tree, sorted(_mentions(reading.actors)), described)

    def name(self, voice: int, source: Run, apart_from: str | None = None) -> str | None:
        """The full name of the source that has its head at this token; None where nothing tells.

        Whom a speaker passes on is somebody apart from the speaker.
        """
        token, words = self.tree.parse.tokens[voice], self.tree.cues.pronouns
        known = self._known(token, source)
        found = known[0] if known else self._told(token, source)
        if found is not None and found == apart_from and token.pos == "NOUN":
            found = _plain(self.tree, token, source)
        if found is not None and token.lower not in words.own:
            self.spoken.append((found, _sort(token, words, known[1] if known else None)))
            if known is not None or token.pos == "PROPN":
                self._describe(token, source, found)
        return found

    def _describe(self, token: Token, source: Run, name: str) -> None:
        """Remembers the nouns that a named source is described by: "director" in "Ana Ruiz, the director"."""
        for word in self.tree.words((source[0], min(source[1], source[0] + LOOK_BACK))):
            if word.pos in ("NOUN", "PROPN") and (word.index == token.index or word.head == token.index):
                self.described[word.lower] = name

    def _known(self, token: Token, source: Run) -> tuple[str, str] | None:
        """The name and type of the actor whose mention holds the head of a source: "Ruiz", "the mayor, Ana Ruiz"."""
        span = self.tree.span(source)
        first = bisect_left(self.mentions, (Span(max(0, span.start - 200), 0), "", ""))
        last = bisect_right(self.mentions, (Span(span.end, 0), "", ""))
        near = [one for one in self.mentions[first:last] if one[0].touches(span)]
        beside = [kid.span for kid in self.tree.parse.kids(token, "appos", "flat")]
        if token.lemma in self.tree.cues.outlets:
            near = [one for one in near if one[2] == "Organization"] or near
            beside += [kid.span for kid in self.tree.parse.kids(token, "compound")]
        for head in (token.span, *beside):
            holding = [one for one in near if one[0].touches(head)]
            if holding:
                return min(holding, key=lambda one: one[0].end - one[0].start)[1:]
        return self._beside_office(token, near)

    def _beside_office(self, token: Token, near: Iterable[tuple[Span, str, str]]) -> tuple[str, str] | None:
        """Whose office a source names before a comma: "the President of the Republic, Ana Ruiz, and the police"."""
        for mention, name, kind in near:
            between = self.tree.text[token.end : mention.start]
            if kind == "Person" and mention.start > token.end and between.endswith(", ") and between.count(",") == 1:
                return (name, kind) if len(between) <= OFFICE else None
        return None

    def _name_of(self, token: Token, source: Run) -> str | None:
        known = self._known(token, source)
        return known[0] if known else None

    def _told(self, token: Token, source: Run, depth: int = 0) -> str | None:
        """What the words tell: an antecedent for a pronoun, an owner for a paper, else the words themselves."""
        lower, words = token.lower, self.tree.cues.pronouns
        if lower in words.relative:
            return self._antecedent(token)
        for pronouns, sort in ((words.personal, "person"), (words.plural, "plural"), (words.neutral, "thing")):
            if lower in pronouns:
                return self._last(sort)
        if lower in words.own:
            return None
        if token.pos in ("NOUN", "PROPN"):
            return self._owner(token, depth) or self._taken_up(token, source) or _plain(self.tree, token, source)
        return self.tree.span(source).of(self.tree.text)

    def _owner(self, token: Token, depth: int) -> str | None:
        """Whose a paper is: "its statement", "a video published by the ministry", "a study by Sana Labs"."""
        cues = self.tree.cues
        forms = {token.lemma, token.lower}
        papers = any(forms & known for known in (cues.papers, cues.measures, cues.records))
        if not papers or depth > OWNERS:
            return None
        parse = self.tree.parse
        owner = parse.kid(token, "poss")
        for kid in parse.kids(token, "acl", "prep"):
            if owner is None and kid.dep == "acl" and kid.lemma in cues.issuing:
                owner = find_agent(self.tree, kid)
            elif owner is None and kid.lower in ("by", "from"):
                owner = parse.kid(kid, "pobj")
        if owner is None:
            before = parse.kids(token, "compound", "nmod")
            named = (self._name_of(kid, (kid.index, kid.index + 1)) for kid in before if kid.entity == "Organization")
            return next((name for name in named if name is not None), None)
        run = self.tree.run(owner)
        return self._name_of(owner, run) or self._told(owner, run, depth + 1)

    def _taken_up(self, token: Token, source: Run) -> str | None:
        """Who a definite description takes up again: "the minister", "the official", "the company"."""
        opening = self.tree.parse.tokens[source[0]].lower
        if opening not in ("the", "this") or source[1] - source[0] > 4:
            return None
        if token.lower in self.described and token.entity != "Person":
            return self.described[token.lower]
        stand_ins = self.tree.cues.stand_ins
        for words, sort in ((stand_ins.person, "person"), (stand_ins.thing, "thing")):
            if token.lower in words:
                return self._last(sort, strict=True)
        return None

    def _antecedent(self, token: Token) -> str | None:
        """Who "who" is: the noun that its clause hangs on."""
        for above in self.tree.parse.ancestors(token):
            if above.dep == "relcl":
                noun = self.tree.parse.head(above)
                run = (self.tree.left[noun.index], max(noun.index + 1, min(self.tree.left[above.index], token.index)))
                return self._name_of(noun, run) or _plain(self.tree, noun, run)
        return None

    def _last(self, sort: str, *, strict: bool = False) -> str | None:
        """Who spoke last among those that a word of this sort could take up; else, unless strict, the last of all."""
        names = [name for name, kind in reversed(self.spoken[-LOOK_BACK:]) if kind == sort]
        if names:
            return names[0]
        return self.spoken[-1][0] if self.spoken and not strict else None


def _mentions(actors: Iterable[Actor]) -> Iterable[tuple[Span, str, str]]:
    return ((mention, actor.name, actor.type) for actor in actors for mention in actor.mentions)


def _sort(token: Token, words: Pronouns, kind: str | None) -> str:
    """Which pronoun would take a source up: one of a person, of a thing, or of several."""
    lower = token.lower
    if kind is not None and token.tag not in ("NNS", "NNPS"):
        return "person" if kind == "Person" else "thing"
    if lower in words.personal or lower in ("who", "whom"):
        return "person"
    if token.tag in ("NNS", "NNPS") or lower in words.plural:
        return "plural"
    if token.entity in ("Organization", "Location", "NORP") or lower in words.neutral:
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
        if head.entity != "Person" or not source[0] <= head.index < source[1]:
            continue
        first = end = head.index
        while (
            first > source[0]
            and tree.parse.tokens[first].entity == "Person"
            and not tree.parse.tokens[first].entity_start
        ):
            first -= 1
        while (
            end + 1 < source[1]
            and tree.parse.tokens[end + 1].entity == "Person"
            and not tree.parse.tokens[end + 1].entity_start
        ):
            end += 1
        while end > first and tree.parse.tokens[end].tag == "POS":
            end -= 1
        return " ".join(tree.span((first, end + 1)).of(tree.text).split())
    return None
