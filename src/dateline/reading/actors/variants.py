"""Which names of a report name the same participant: "Kim Jong-un", "Mr Kim"; "OECD" and its full name; "US", "USA"."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from dateline.model import Name, NameType, Span

GATHERED: frozenset[NameType] = frozenset({"Person", "Organization", "Location", "Facility", "NORP"})
"""The types of name that can be a participant."""

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "du", "la", "le", "del", "y", "e"})


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, hyphens and possessives, for comparison.

    >>> name_key("Kim Jong-un’s") == name_key("KIM Jong Un")
    True
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]s?$", "", name)).casefold()
    return tuple(_WORD.findall("".join(mark for mark in plain if not unicodedata.combining(mark))))


def initials(name: str) -> str:
    """The initials of a name's great words.

    >>> initials("Organization for Economic Cooperation and Development")
    'OECD'
    """
    return "".join(word[0] for word in _WORD.findall(name) if word.casefold() not in _SMALL).upper()


class NameMention(Struct, frozen=True):
    """A name where it stands, and what the words around it tell.

    ``gender`` is 1 after a man's title, -1 after a woman's, else 0; ``country`` the main name of the country that the
    name speaks of, in whatever form: "America", "US", "American".
    """

    name: Name
    gender: int = 0
    country: str | None = None


class Cluster:
    """The names that name one participant, while they are being gathered.

    A country is known by its main name; ``nations`` are the countries that a person's roles speak of. ``gender`` is
    above zero where more speaks for a man, below zero where more speaks for a woman.
    """

    def __init__(self, kind: NameType, country: str | None = None) -> None:
        self.type = kind
        self.country = country
        self.names: Counter[str] = Counter()
        self.keys: set[tuple[str, ...]] = set()
        self.mentions: list[Span] = []
        self.roles: dict[str, None] = {}
        self.nations: set[str] = set()
        self.gender = 0
        self.plural = False

    def add(self, text: str, span: Span) -> None:
        """Takes in one more printing of the name."""
        self.names[text] += 1
        self.keys.add(name_key(text))
        self.mentions.append(span)

    @property
    def name(self) -> str:
        """The fullest form of the name; of equally full ones the most frequent, then the first printed."""
        if self.country:
            return self.country
        order = list(self.names)
        return max(order, key=lambda name: (len(name_key(name)), self.names[name], -order.index(name)))

    def is_named(self, key: tuple[str, ...]) -> bool:
        """Whether a name, given by its key, is one that this participant goes by."""
        if not key:
            return False
        return any(_same(self.type, key, own) for own in self.keys)


def _same(kind: NameType, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of one type can name the same participant, so that either could stand for it."""
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if kind == "Person":
        if len(short) == 1:
            return short[0] in (long[0], long[-1]) or (len(long) > 2 and len(short[0]) > 3 and short[0] in long)
        return set(short) <= set(long) and (short[-1] == long[-1] or short[0] == long[0])
    return False


def find_clusters(text: str, mentions: Sequence[NameMention]) -> list[Cluster]:
    """The participants that the names of a report come to, in order of their first mention.

    Full names are gathered first, so that a bare surname joins the fullest name that it fits; where two fit, the one
    named last before it. "Mr Brown" never joins "Anna Brown" where her sex is known.
    """
    clusters: list[Cluster] = []
    for mention in sorted(mentions, key=lambda m: (len(name_key(m.name.span.of(text))) < 2, m.name.start)):
        words = mention.name.span.of(text)
        fitting = [cluster for cluster in clusters if _fits(cluster, mention, words)]
        cluster = _nearest(fitting, mention.name.span) if fitting else _opened(mention)
        if not fitting:
            clusters.append(cluster)
        cluster.add(words, mention.name.span)
        cluster.gender += mention.gender
    clusters = _join_acronyms(text, clusters)
    for cluster in clusters:
        cluster.mentions.sort()
    return sorted(clusters, key=lambda cluster: cluster.mentions[0])


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


def _join_acronyms(text: str, clusters: list[Cluster]) -> list[Cluster]:
    """The clusters with "OECD" gathered under the name that it abbreviates, printed beside it or spelt by initials."""
    short = [c for c in clusters if c.type in ("Organization", "Location") and _is_acronym(c.name)]
    gone: set[int] = set()
    for cluster in short:
        for other in clusters:
            if other is cluster or id(other) in gone or other.type != cluster.type or len(name_key(other.name)) < 2:
                continue
            if initials(other.name) == cluster.name.replace(".", "").upper() or _beside(text, other, cluster):
                for words, count in cluster.names.items():
                    other.names[words] += count
                other.keys |= cluster.keys
                other.mentions += cluster.mentions
                gone.add(id(cluster))
                break
    return [cluster for cluster in clusters if id(cluster) not in gone]


def _is_acronym(name: str) -> bool:
    plain = name.replace(".", "")
    return 2 <= len(plain) <= 8 and " " not in plain and sum(map(str.isupper, plain)) >= 2


def _beside(text: str, full: Cluster, short: Cluster) -> bool:
    """Whether the short name stands in brackets just after the full one: "International Energy Agency (IEA)"."""
    brackets = {text.rfind("(", mention.start - 1, mention.start) for mention in short.mentions} - {-1}
    return any(bracket - mention.end in (0, 1) for mention in full.mentions for bracket in brackets)
