"""Whom pronouns and descriptions stand for: one walk through the report in reading order.

It keeps who was named, as what and when; each description goes to the last participant that it fits, each pronoun to
the most salient one before it. What fits nobody is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model import NameType, Parse, Span, Tags, Token
from dateline.reading.actors.clusters import Cluster
from dateline.reading.actors.descriptions import Descriptions
from dateline.reading.actors.lexicon import ActorLexicon
from dateline.reading.actors.memory import Memory, gender_of, one_line
from dateline.reading.actors.roles import find_roles


class Walk:
    """The walk through a report; afterwards ``clusters`` are its participants, with all their mentions."""

    def __init__(
        self,
        text: str,
        parse: Parse,
        clusters: Sequence[Cluster],
        lexicon: ActorLexicon,
        credits: Sequence[Span] = (),
        tags: Tags | None = None,
    ) -> None:
        self.credits = credits
        self.memory = Memory(text, parse, clusters, lexicon, tags)
        self.memory.forget(credits)
        self.descriptions = Descriptions(self.memory)
        self.parse = parse
        self.lexicon = lexicon

    @property
    def clusters(self) -> list[Cluster]:
        """The participants found so far."""
        return self.memory.clusters

    def run(self) -> None:
        """Walks the report once, adding to each cluster the mentions and roles found for it."""
        index = 0
        while index < len(self.parse.tokens):
            token = self.parse.tokens[index]
            if index in self.memory.at:
                tokens, cluster = self.memory.at[index]
                self._meet(tokens, cluster)
                index += len(tokens)
                continue
            if token.tag in ("PRP", "PRP$"):
                self._pronoun(token)
            elif token.pos in ("NOUN", "PROPN") or token.lower in self.lexicon.ordinals:
                self.descriptions.meet(token)
            index += 1
        self.descriptions.settle()

    def _meet(self, tokens: Sequence[Token], cluster: Cluster) -> None:
        """Takes note of a name: its part in the sentence, and the title, role and gender beside it.

        Who took a picture, by its credit, is nobody whom the report goes on to speak of.
        """
        if any(credit.covers(tokens[0].span) for credit in self.credits):
            return
        self.memory.see(self.parse.root_of(tokens) or tokens[-1], cluster)
        if cluster.type != "Person":
            return
        for role in find_roles(self.parse, Span(tokens[0].start, tokens[-1].end), self.lexicon):
            words = self.parse.within(role)
            cluster.gender += gender_of((token.lower for token in words), self.lexicon)
            cluster.roles.setdefault(one_line(self.parse, role))
            cluster.nations |= self.descriptions.nations(words)

    def _pronoun(self, token: Token) -> None:
        word, memory = token.lower, self.memory
        if word in self.lexicon.singular:
            kinds: tuple[NameType, ...] = ("Person",)
        elif word in self.lexicon.neuter and token.dep != "expl":
            kinds = ("Organization", "Location")
        elif word in self.lexicon.plural:
            kinds = ("Organization", "Person")
        else:
            return
        by_rules = memory.salient(token, kinds, subjects_only=kinds != ("Person",))
        cluster = by_rules
        if not memory.speaks(token):
            cluster = memory.likelier(token, by_rules, lambda one: one.type in kinds and memory.may_be(token, one))
        if cluster is None:
            return
        if kinds == ("Person",):
            cluster.gender += gender_of([word], self.lexicon)
        spoke = memory.speaks(token) and cluster is memory.speaker(token.sentence)
        because = "whoever spoke last" if spoke else f"the likeliest before “{token.text}”"
        if cluster is not by_rules:
            because = f"the likeliest by what stands around “{token.text}”"
        memory.add(token, Span(token.start, token.end), cluster, because)
