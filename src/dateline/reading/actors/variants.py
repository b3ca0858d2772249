"""Which names of a report name the same participant: "Kim Jong-un", "Kim Jong Un" and "Mr Kim"; "OECD" and its full name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

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


class Cluster:
    """The names that name one participant, while they are being gathered.

    ``gender`` is above zero where more speaks for a man, below zero where more speaks for a woman.
    """

    def __init__(self, kind: NameType) -> None:
        self.type = kind
        self.names: Counter[str] = Counter()
        self.keys: set[tuple[str, ...]] = set()
        self.mentions: list[Span] = []
        self.roles: dict[str, None] = {}
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


def find_clusters(text: str, names: Sequence[Name], gender: Callable[[Name], int]) -> list[Cluster]:
    """The participants that the names of a report come to, in order of their first mention.

    Full names are gathered first, so that a bare surname joins the fullest name that it fits; where two fit, the one
    named last before it. ``gender`` tells 1 for a name whose title is a man's, -1 for a woman's, else 0: "Mr Urey" never
    joins "Mai Urey" where he has a name of his own.
    """
    eligible = [name for name in names if name.type in GATHERED]
    clusters: list[Cluster] = []
    for name in sorted(eligible, key=lambda n: (len(name_key(n.span.of(text))) < 2, n.start)):
        words = name.span.of(text)
        key = name_key(words)
        sex = gender(name)
        fitting = [c for c in clusters if c.type == name.type and c.is_named(key) and c.gender * sex >= 0]
        cluster = _nearest(fitting, name.span) if fitting else Cluster(name.type)
        if not fitting:
            clusters.append(cluster)
        cluster.add(words, name.span)
        cluster.gender += sex
    clusters = _join_acronyms(text, clusters)
    for cluster in clusters:
        cluster.mentions.sort()
    return sorted(clusters, key=lambda cluster: cluster.mentions[0])


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
    """Whether the short name stands in brackets just after the full one: "Costa Rican Social Security Fund (CCSS)"."""
    brackets = {text.rfind("(", mention.start - 1, mention.start) for mention in short.mentions} - {-1}
    return any(bracket - mention.end in (0, 1) for mention in full.mentions for bracket in brackets)
