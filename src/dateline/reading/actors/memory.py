"""What the reader of a report has in mind as she goes: who was named, in which part, how long ago, and who spoke."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from dateline.model import Parse, Span, Tags, Token
from dateline.reading.actors.clusters import Cluster
from dateline.reading.actors.lexicon import ActorLexicon

REACH = 3
"""How many sentences a pronoun may look back."""

FAR = 100
"""How many sentences a description may look back: a role is remembered longer than a "he"."""

SPOKE = 2
"""How many sentences ago somebody may have spoken whom "he added" takes up."""

SURE, AHEAD = 0.5, 0.3
"""How likely the network must take words for somebody's, and how much likelier than for whom the rules take them."""

CLIMB = 6
"""So many words at most stand between the first word of a phrase and the one that the phrase hangs on."""

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


class Memory:
    """The participants of a report so far, in the order in which they were spoken of."""

    def __init__(
        self, text: str, parse: Parse, clusters: Sequence[Cluster], lexicon: ActorLexicon, tags: Tags | None = None
    ) -> None:
        self.text = text
        self.tags = tags
        self.parse = parse
        self.lexicon = lexicon
        self.clusters = list(clusters)
        self.seen: list[tuple[Token, Cluster]] = []
        self.spoke: list[tuple[int, Cluster]] = []
        self.at = {
            tokens[0].index: (tokens, cluster)
            for cluster in clusters
            for mention in cluster.mentions
            if (tokens := parse.within(mention))
        }
        self.over = {token.index: cluster for tokens, cluster in self.at.values() for token in tokens}
        """Whom each word stands for that is in a name, or that a description hangs on."""
        self.regions = {
            token.lemma.lower() for tokens, one in self.at.values() if one.type == "NORP" for token in tokens
        }
        """The words for peoples of no country: "South American"."""
        self.countries = {token.index for tokens, one in self.at.values() if one.country for token in tokens}

    def forget(self, parts: Iterable[Span]) -> None:
        """Takes whoever is named in some parts of the text for nobody that words elsewhere stand for."""
        for token in (token for part in parts for token in self.parse.within(part)):
            self.over.pop(token.index, None)

    def see(self, head: Token, cluster: Cluster) -> None:
        """Takes note that a participant was spoken of, and whether it speaks itself."""
        self.seen.append((head, cluster))
        self.over.setdefault(head.index, cluster)
        if self.speaks(head):
            self.spoke.append((head.sentence, cluster))

    def add(self, token: Token, span: Span, cluster: Cluster, because: str) -> None:
        """Gives a participant a mention that is no name."""
        cluster.note(span, because)
        self.see(token, cluster)

    def merge(self, one: Cluster, into: Cluster, because: str) -> None:
        """Makes one participant of two, from here on and before."""
        into.take(one, because)
        self.clusters = [cluster for cluster in self.clusters if cluster is not one]
        self.seen = [(token, into if cluster is one else cluster) for token, cluster in self.seen]
        self.spoke = [(sentence, into if cluster is one else cluster) for sentence, cluster in self.spoke]
        self.over = {index: into if cluster is one else cluster for index, cluster in self.over.items()}

    def speaks(self, token: Token) -> bool:
        """Whether a token is whoever says something: "he added", "according to police"."""
        head = self.parse.head(token)
        if token.dep in SUBJECTS:
            return token.dep != "nsubjpass" and head.lemma in self.lexicon.saying
        return token.dep == "pobj" and head.lower == "to" and self.parse.head(head).lower == "according"

    def speaker(self, sentence: int) -> Cluster | None:
        """Who spoke last, a sentence or two ago at most."""
        if not self.spoke or sentence - self.spoke[-1][0] > SPOKE:
            return None
        return self.spoke[-1][1]

    def before(self, token: Token, reach: int) -> Iterator[tuple[Token, Cluster]]:
        """Who was named before a token, nearest first, at most so many sentences back."""
        for head, cluster in reversed(self.seen):
            if token.sentence - head.sentence > reach:
                return
            yield head, cluster

    def salient(self, token: Token, kinds: tuple[str, ...], *, subjects_only: bool = False) -> Cluster | None:
        """The participant that a pronoun likely stands for: a subject, named lately and often, who speaks on."""
        best, score = None, -math.inf
        beside = [cluster for head, cluster in self.before(token, 0) if self._same_clause(token, head)]
        speaker = self.speaker(token.sentence) if self.speaks(token) else None
        for head, cluster in self.before(token, REACH):
            if cluster.type not in kinds or not self._agrees(token, cluster):
                continue
            subject = head.dep in SUBJECTS
            if subjects_only and not subject:
                continue
            if any(cluster is other for other in beside):
                continue
            value = (2.0 if subject else 0.0) - 1.5 * (token.sentence - head.sentence) - (head.dep == "poss") * 0.5
            value += 0.2 * min(5, sum(cluster.names.values())) + head.index / (len(self.parse.tokens) + 1) * 0.01
            value += 4.0 if cluster is speaker else 0.0
            value += 0.8 if cluster.plural and token.lower in self.lexicon.plural else 0.0
            if value > score:
                best, score = cluster, value
        return best

    def likelier(self, first: Token, by_rules: Cluster | None, fits: Callable[[Cluster], bool]) -> Cluster | None:
        """Whom words stand for, given their first and whom the rules take them for: the network may know better.

        It is asked of those alone whom the words ``fits``.
        """
        likely: dict[int, float] = {}
        found: dict[int, Cluster] = {}
        for start, chance in self.tags.named_by(first.start).items() if self.tags is not None else ():
            one = self._named_at(start)
            if one is not None:
                likely[id(one)] = likely.get(id(one), 0.0) + chance
                found[id(one)] = one
        best = max(likely, key=lambda each: likely[each], default=None)
        if best is None or likely[best] < SURE or not fits(found[best]):
            return by_rules
        ahead = likely[best] - likely.get(id(by_rules), 0.0) >= AHEAD
        return found[best] if by_rules is None or ahead else by_rules

    def _named_at(self, start: int) -> Cluster | None:
        """Whom the phrase that begins at a place in the text names, or the word there."""
        first = next(iter(self.parse.within(Span(start, start + 1))), None)
        if first is None:
            return None
        top = first
        for _ in range(CLIMB):
            above = self.parse.head(top)
            if above.index <= top.index or above.sentence != first.sentence or above.pos not in ("NOUN", "PROPN"):
                break
            if top.dep == "poss":
                break
            top = above
        return self.over.get(top.index) or self.over.get(first.index)

    def may_be(self, pronoun: Token, cluster: Cluster) -> bool:
        """Whether a pronoun agrees with somebody, who is nobody beside it whom it cannot stand for."""
        beside = (one for head, one in self.before(pronoun, 0) if self._same_clause(pronoun, head))
        return self._agrees(pronoun, cluster) and not any(one is cluster for one in beside)

    def _agrees(self, token: Token, cluster: Cluster) -> bool:
        if token.lower in self.lexicon.plural:
            return cluster.plural or cluster.type != "Person"
        if cluster.plural and (cluster.type == "Person" or token.lower in self.lexicon.singular):
            return False
        return gender_of([token.lower], self.lexicon) * cluster.gender >= 0

    def _same_clause(self, token: Token, head: Token) -> bool:
        """Whether an object pronoun and a subject share a verb, so that they cannot be one: "Putin met him"."""
        return token.tag == "PRP" and token.head == head.head and token.dep not in SUBJECTS


def gender_of(words: Iterable[str], lexicon: ActorLexicon) -> int:
    """1 where the words speak for a man, -1 where for a woman, else 0."""
    plain = {word.rstrip(".") for word in words}
    return bool(plain & lexicon.male) - bool(plain & lexicon.female)


def one_line(parse: Parse, span: Span) -> str:
    """The words of a span on one line."""
    tokens = parse.within(span)
    pieces = [token.text + (" " if after.start > token.end else "") for token, after in pairwise(tokens)]
    return "".join(pieces) + tokens[-1].text
