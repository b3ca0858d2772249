"""Which names of a report name the same participant: "Kim Jong-un", "Mr Kim"; "US", "America", "Washington"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from dateline.model import Name, NameType, Span
from dateline.reading.actors.clusters import Cluster, name_key
from dateline.reading.actors.shortenings import join_shortenings

GATHERED: frozenset[NameType] = frozenset({"Person", "Organization", "Location", "Facility", "NORP"})
"""The types of name that can be a participant."""


Form = Literal["name", "people", "capital"]
"""How a name speaks of a country."""


class NameMention(Struct, frozen=True):
    """A name where it stands, and what the words around it tell.

    ``gender`` is 1 after a man's title, -1 after a woman's, else 0; ``country`` the main name of the country that the
    name speaks of, in whatever form: "America", "US", "American"; ``form`` says which: "name", "people", "capital".
    """

    name: Name
    gender: int = 0
    country: str | None = None
    form: Form = "name"


def find_clusters(text: str, mentions: Sequence[NameMention], known: Mapping[str, str] | None = None) -> list[Cluster]:
    """The participants that the names of a report come to, in order of their first mention.

    Full names are gathered first, so that a bare surname joins the fullest name that it fits; where two fit, the one
    named last before it. "Mr Brown" never joins "Anna Brown" where her sex is known. ``known`` are short forms that
    reports need not explain.
    """
    clusters: list[Cluster] = []
    placed: list[tuple[NameMention, Cluster, str, bool]] = []
    for mention in sorted(mentions, key=lambda m: (len(name_key(m.name.span.of(text))) < 2, m.name.start)):
        words, span = mention.name.span.of(text), mention.name.span
        if not name_key(words):
            continue
        fitting = [cluster for cluster in clusters if _fits(cluster, mention, words)]
        cluster = _nearest(fitting, span) if fitting else _opened(mention)
        if not fitting:
            clusters.append(cluster)
        cluster.add(words, span)
        placed.append((mention, cluster, words, len(fitting) > 1))
        cluster.gender += mention.gender
    for mention, cluster, words, several in placed:
        cluster.because[mention.name.span] = _because(mention, cluster, words, several=several)
    clusters = join_shortenings(text, clusters, known or {})
    for cluster in clusters:
        cluster.mentions.sort()
    return sorted(clusters, key=lambda cluster: cluster.mentions[0])


def _because(mention: NameMention, cluster: Cluster, words: str, *, several: bool) -> str:
    """Why a name is one of a cluster's."""
    if mention.country is not None:
        return {"people": "its people", "capital": "its capital, for its government"}.get(mention.form, "its name")
    if name_key(words) == name_key(cluster.name):
        return "the full name"
    if sorted(name_key(words)) == sorted(name_key(cluster.name)):
        return f"the words of {cluster.name} in another order"
    near = ", the nearest of those who share it" if several else ""
    return f"a part of the name {cluster.name}{near}"


def _fits(cluster: Cluster, mention: NameMention, words: str) -> bool:
    if mention.country or cluster.country:
        return cluster.country == mention.country
    return (
        cluster.type == mention.name.type and cluster.gender * mention.gender >= 0 and cluster.is_named(name_key(words))
    )


def _opened(mention: NameMention) -> Cluster:
    return Cluster("Location" if mention.country else mention.name.type, mention.country)


def _nearest(clusters: Sequence[Cluster], span: Span) -> Cluster:
    """The cluster whose mention is the last before a span, or else the first after it."""

    def distance(cluster: Cluster) -> tuple[bool, int]:
        before = [span.start - mention.start for mention in cluster.mentions if mention.start <= span.start]
        return (False, min(before)) if before else (True, min(m.start for m in cluster.mentions) - span.start)

    return min(clusters, key=distance)
