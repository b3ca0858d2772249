"""Whom descriptions and pronouns stand for: "the defence minister", "the ministry", "the duo", "she".

One walk through the report in reading order keeps who was named, as what and when; each description goes to the last
participant that it fits, each pronoun to the most salient one before it. What fits nobody is left alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from dateline.model import Parse, Span, Token
from dateline.reading.actors.lexicon import ActorLexicon
from dateline.reading.actors.roles import find_roles
from dateline.reading.actors.variants import Cluster

REACH = 3
"""How many sentences a pronoun may look back."""

FAR = 100
"""How many sentences a description may look back: a role is remembered longer than a "he"."""

LONGEST = 8
"""The most words before the noun of a description."""

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


class Walk:
    """What the reader of a report has in mind as she goes: who was named, in which part and how long ago."""

    def __init__(self, text: str, parse: Parse, clusters: Sequence[Cluster], lexicon: ActorLexicon) -> None:
        self.text = text
        self.parse = parse
        self.groups: dict[tuple[str, ...], Cluster] = {}
        self.lexicon = lexicon
        self.clusters = list(clusters)
        self.pairs: dict[tuple[int, int], Cluster] = {}
        self.seen: list[tuple[Token, Cluster]] = []
        self.at = {
            tokens[0].index: (tokens, cluster)
            for cluster in clusters
            for mention in cluster.mentions
            if (tokens := parse.within(mention))
        }
        self.inside = {token.index for tokens, _ in self.at.values() for token in tokens}

    def run(self) -> None:
        """Walks the report once, adding to each cluster the mentions and roles found for it."""
        index = 0
        while index < len(self.parse.tokens):
            token = self.parse.tokens[index]
            if index in self.at:
                tokens, cluster = self.at[index]
                self._meet(tokens, cluster)
                index += len(tokens)
                continue
            if token.tag in ("PRP", "PRP$"):
                self._pronoun(token)
            elif token.pos in ("NOUN", "PROPN"):
                self._description(token)
            index += 1

    def _meet(self, tokens: Sequence[Token], cluster: Cluster) -> None:
        """Takes note of a name: its part in the sentence, and the title, role and gender beside it."""
        head = self.parse.root_of(tokens) or tokens[-1]
        self.seen.append((head, cluster))
        if cluster.type != "Person":
            return
        for role in find_roles(self.parse, Span(tokens[0].start, tokens[-1].end), self.lexicon):
            cluster.gender += gender_of((token.lower for token in self.parse.within(role)), self.lexicon)
            cluster.roles.setdefault(_words(self.parse, role))
            cluster.nations |= self._nations(self.parse.within(role))

    def _pronoun(self, token: Token) -> None:
        word = token.lower
        if word in self.lexicon.singular:
            cluster = self._salient(token, ("Person",))
            if cluster:
                cluster.gender += gender_of([word], self.lexicon)
        elif word in self.lexicon.neuter and token.dep != "expl":
            cluster = self._salient(token, ("Organization", "Location"), subjects_only=True)
        elif word in self.lexicon.plural:
            cluster = self._salient(token, ("Organization", "Person"), subjects_only=True)
        else:
            return
        if cluster:
            self._add(token, Span(token.start, token.end), cluster)

    def _salient(self, token: Token, kinds: tuple[str, ...], *, subjects_only: bool = False) -> Cluster | None:
        """The participant that a pronoun most likely stands for."""
        best, score = None, -math.inf
        beside = [cluster for head, cluster in self._before(token, 0) if self._same_clause(token, head)]
        for head, cluster in self._before(token, REACH):
            if cluster.type not in kinds or not self._agrees(token, cluster):
                continue
            subject = head.dep in _SUBJECTS
            if subjects_only and not subject:
                continue
            if any(cluster is other for other in beside):
                continue
            value = (2.0 if subject else 0.0) - 1.5 * (token.sentence - head.sentence) - (head.dep == "poss") * 0.5
            value += 0.2 * min(5, sum(cluster.names.values())) + head.index / (len(self.parse.tokens) + 1) * 0.01
            if value > score:
                best, score = cluster, value
        return best

    def _agrees(self, token: Token, cluster: Cluster) -> bool:
        if token.lower in self.lexicon.plural:
            return cluster.plural or cluster.type != "Person"
        if cluster.plural and (cluster.type == "Person" or token.lower in self.lexicon.singular):
            return False
        return gender_of([token.lower], self.lexicon) * cluster.gender >= 0

    def _same_clause(self, token: Token, head: Token) -> bool:
        """Whether an object pronoun and a subject share a verb, so that they cannot be one: "Putin met him"."""
        return token.tag == "PRP" and token.head == head.head and token.dep not in _SUBJECTS

    def _before(self, token: Token, reach: int) -> Iterator[tuple[Token, Cluster]]:
        """Who was named before a token, nearest first, at most so many sentences back."""
        for head, cluster in reversed(self.seen):
            if token.sentence - head.sentence > reach:
                return
            yield head, cluster

    def _description(self, noun: Token) -> None:
        """Resolves a definite description by its head noun."""
        if noun.dep in ("compound", "nmod", "appos", "attr") or any(self.parse.kids(noun, "appos")):
            return
        first = self._first(noun)
        if noun.index - first > LONGEST:
            return
        tokens = self.parse.tokens[first : noun.index + 1]
        if any(other.index in self.at and other.entity == "Person" for other in tokens):
            return
        cluster = self._described(noun, tokens)
        if cluster:
            self._add(noun, Span(tokens[0].start, noun.end), cluster)

    def _first(self, noun: Token) -> int:
        """The index of the first word of the phrase that ends in a noun."""
        first = noun.index
        while kids := [kid for kid in self.parse.kids(self.parse.tokens[first]) if kid.index < first]:
            first = kids[0].index
        return first

    def _nations(self, tokens: Sequence[Token]) -> set[str]:
        """The countries that words speak of: "the North’s leader", "Russian president"."""
        named = (self.at[token.index][1] for token in tokens if token.index in self.at)
        return {cluster.country for cluster in named if cluster.country}

    def _described(self, noun: Token, tokens: Sequence[Token]) -> Cluster | None:
        lemma, lexicon, opening = noun.lemma, self.lexicon, tokens[0]
        if lemma in lexicon.pairs or (noun.tag == "NNS" and self._is_pair(tokens)):
            return self._pair(noun)
        nations = self._nations(tokens)
        definite = opening.lower in ("the", "this", "that", *lexicon.singular) or bool(nations)
        if noun.tag in ("NN", "NNP") and definite:
            modifiers = {
                t.lemma for t in tokens[:-1] if t.pos in ("ADJ", "NOUN", "PROPN") and t.index not in self.inside
            }
            if lemma == "counterpart":
                return self._counterpart(noun, nations)
            if (lemma in lexicon.persons or lemma in lexicon.anyone) and opening.tag != "PRP$":
                return self._by_role(noun, lemma, modifiers, nations)
            if lemma in lexicon.countries and not modifiers:
                return next((c for _, c in self._before(noun, REACH) if c.country), None)
            if lemma in lexicon.bodies and opening.lower not in lexicon.singular:
                named = self._by_kind(noun, lemma, modifiers)
                if named:
                    return named
        return self._group(noun, tokens)

    def _group(self, noun: Token, tokens: Sequence[Token]) -> Cluster | None:
        """People who take part without a name, known by the words for them: "police", "local residents"."""
        collective = noun.lemma in self.lexicon.groups
        if not collective and not (noun.tag == "NNS" and noun.lemma in self.lexicon.persons):
            return None
        if noun.dep not in _SUBJECTS and noun.dep not in ("dobj", "pobj", "agent"):
            return None
        start = next(index for index, t in enumerate(tokens) if t.pos not in ("DET", "PRON", "PART", "PUNCT"))
        words = tuple(t.lower for t in tokens[start:])
        known = self.groups.get(words) or self.groups.get((noun.lower,))
        if known is None:
            known = self.groups[words] = Cluster("Organization" if collective and noun.tag == "NN" else "Person")
            known.plural = True
            known.names[Span(tokens[start].start, noun.end).of(self.text)] += 1
            self.clusters.append(known)
        return known

    def _is_pair(self, tokens: Sequence[Token]) -> bool:
        return any(token.lower in self.lexicon.pair_determiners for token in tokens)

    def _by_role(self, noun: Token, lemma: str, modifiers: set[str], nations: set[str]) -> Cluster | None:
        """The last person who was given this role; for a word that fits anybody, the last person spoken of."""
        for _, cluster in self._before(noun, FAR):
            if cluster.type != "Person" or cluster.plural or (nations and cluster.nations - nations):
                continue
            for role in cluster.roles:
                plain = set(role.lower().replace("-", " ").split())
                if lemma in plain and modifiers <= plain:
                    return cluster
        if lemma in self.lexicon.anyone and not modifiers:
            return self._salient(noun, ("Person",))
        return None

    def _by_kind(self, noun: Token, lemma: str, modifiers: set[str]) -> Cluster | None:
        """The last body whose name says that it is of this kind; for a company, the last body that is of no other."""
        for _, cluster in self._before(noun, FAR):
            words = {word for key in cluster.keys for word in key}
            if cluster.type in ("Organization", "Facility") and lemma in words and modifiers <= words:
                return cluster
        if lemma in self.lexicon.companies and not modifiers:
            for _, cluster in self._before(noun, REACH):
                words = {word for key in cluster.keys for word in key}
                if cluster.type == "Organization" and not words & self.lexicon.bodies:
                    return cluster
        return None

    def _counterpart(self, noun: Token, nations: set[str]) -> Cluster | None:
        """The other person beside the one whose counterpart is spoken of, by the country that is told."""
        subject = next((c for head, c in self._before(noun, 0) if c.type == "Person" and head.dep in _SUBJECTS), None)
        for _, cluster in self._before(noun, FAR):
            if cluster.type == "Person" and cluster is not subject and cluster.nations & nations:
                return cluster
        return None

    def _pair(self, noun: Token) -> Cluster | None:
        """The last two participants of the kind that the noun asks for, as a participant of their own."""
        countries = noun.lemma in (*self.lexicon.countries, "side")
        if noun.lemma not in (*self.lexicon.pairs, *self.lexicon.countries, *self.lexicon.persons, "side"):
            return None
        found: list[Cluster] = []
        for _, cluster in self._before(noun, FAR):
            fits = bool(cluster.country) if countries else cluster.type == "Person" and not cluster.plural
            if fits and not any(cluster is other for other in found):
                found.append(cluster)
            if len(found) == 2:
                break
        if len(found) < 2:
            return None
        first, second = sorted(found, key=lambda cluster: cluster.mentions[0])
        key = (id(first), id(second))
        if key not in self.pairs:
            pair = Cluster("Location" if countries else "Person")
            pair.plural = True
            pair.names[f"{first.name} and {second.name}"] += 1
            self.pairs[key] = pair
            self.clusters.append(pair)
        return self.pairs[key]

    def _add(self, token: Token, span: Span, cluster: Cluster) -> None:
        cluster.mentions.append(span)
        self.seen.append((token, cluster))


def gender_of(words: Iterable[str], lexicon: ActorLexicon) -> int:
    """1 where the words speak for a man, -1 where for a woman, else 0."""
    plain = {word.rstrip(".") for word in words}
    return bool(plain & lexicon.male) - bool(plain & lexicon.female)


def _words(parse: Parse, span: Span) -> str:
    """The words of a role on one line."""
    tokens = parse.within(span)
    pieces = [token.text + (" " if after.start > token.end else "") for token, after in pairwise(tokens)]
    return "".join(pieces) + tokens[-1].text
