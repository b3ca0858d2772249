"""Which short forms stand for which full names: "OECD", "AMLO", "KyoAni", and "EU" that nobody needs to be told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dateline.reading.actors.clusters import Cluster, name_key

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "du", "la", "le", "del", "y", "e"})
_PARTS = re.compile(r"[A-Z][a-z]+")
_BODIES = frozenset({"Organization", "Location", "Facility"})


def initials(name: str) -> str:
    """The initials of a name's great words.

    >>> initials("Organization for Economic Cooperation and Development")
    'OECD'
    """
    return "".join(word[0] for word in _WORD.findall(name) if word.casefold() not in _SMALL).upper()


def is_blend(short: str, full: str) -> bool:
    """Whether a word is made of the beginnings of a name's words, each with a capital.

    >>> is_blend("KyoAni", "Kyoto Animation"), is_blend("Kyodo", "Kyoto Animation")
    (True, False)
    """
    parts, words = _PARTS.findall(short), _WORD.findall(full)
    whole = len(parts) > 1 and "".join(parts) == short and len(parts) == len(words)
    return whole and all(word.startswith(part) for part, word in zip(parts, words, strict=True))


def join_shortenings(text: str, clusters: Sequence[Cluster], known: Mapping[str, str]) -> list[Cluster]:
    """The clusters with each short form gathered under the name that it stands for.

    Such a name is printed just before it ("International Energy Agency (IEA)"), or has its initials, or its words begin
    as its parts do. ``known`` tells the full names of those that reports print alone, as "EU".
    """
    gone: set[int] = set()
    for cluster in clusters:
        if not _is_short(cluster.name):
            continue
        others = (other for other in clusters if other is not cluster and id(other) not in gone)
        found = next(((other, why) for other in others if (why := _stands_for(text, cluster, other))), None)
        if found is not None:
            other, why = found
            gone.add(id(cluster))
            other.take(cluster, why)
    kept = [cluster for cluster in clusters if id(cluster) not in gone]
    for cluster in kept:
        _spell_out(cluster, known)
    return kept


def _stands_for(text: str, short: Cluster, full: Cluster) -> str | None:
    """Why a short name stands for a full one; None where it does not."""
    name, bare = full.name, short.name.replace(".", "")
    if len(name_key(name)) < 2 or not _fits(short, full):
        return None
    if _is_acronym(bare) and initials(name) == bare.upper():
        return f"the initials of {name}"
    if is_blend(bare, name):
        return f"the beginnings of the words of {name}"
    if short.type == full.type and _beside(text, full, short):
        return f"stands in brackets after {name}"
    return None


def _fits(short: Cluster, full: Cluster) -> bool:
    """Whether both are of one sort; a person of three names or more has initials that are taken for a body's."""
    if full.type == "Person":
        return len(name_key(full.name)) > 2 and short.country is None
    return full.type in _BODIES and short.type in _BODIES and (short.type == full.type or short.country is None)


def _spell_out(cluster: Cluster, known: Mapping[str, str]) -> None:
    """Adds the full name of a short one that everybody knows."""
    full = known.get(cluster.name.replace(".", ""))
    if full is not None and cluster.type in ("Organization", "Location", "NORP") and cluster.country is None:
        cluster.because |= dict.fromkeys(cluster.mentions, f"known to be short for {full}")
        cluster.type = "Organization"
        cluster.names[full] += 0
        cluster.keys.add(name_key(full))


def _is_short(name: str) -> bool:
    return _is_acronym(name.replace(".", "")) or bool(re.fullmatch(r"(?:[A-Z][a-z]+){2,}", name))


def _is_acronym(plain: str) -> bool:
    return 2 <= len(plain) <= 8 and " " not in plain and sum(map(str.isupper, plain)) >= 2


def _beside(text: str, full: Cluster, short: Cluster) -> bool:
    """Whether the short name stands in brackets just after the full one: "International Energy Agency (IEA)"."""
    brackets = {text.rfind("(", mention.start - 1, mention.start) for mention in short.mentions} - {-1}
    return any(bracket - mention.end in (0, 1) for mention in full.mentions for bracket in brackets)
