"""Groups events into happenings by the judgements between them: people's bind, and nothing is joined by a chain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush
from math import log

from dateline.model import Judgement

MACHINES = "corroboration."
"""Judgements whose ``by`` begins like this are a rule's; all others are people's."""

STRANGERS = -0.2
"""What a pair that was never compared counts for: a little against, so that groups do not grow along chains."""

_ALIKE = 4
_SURE = 0.999
_LEAST, _MOST = -2.0, 3.0
_Pair = tuple[str, str]


def find_groups(
    events: Iterable[str], judgements: Iterable[Judgement], *, lean: float = 0.0
) -> dict[str, tuple[str, ...]]:
    """The happenings of these events: for each its id, and its events in order. Every event is in one.

    Groups are joined, the surest first, while the judgements between them speak for it on average. People's "same" is
    done first; their "different" holds whatever the rules say. Where people contradict each other through a chain, the
    "different" holds, and the "same" that comes last in order is not done. ``lean`` is added to the log odds of every
    judgement by rule: the higher it is, the more readily groups join, and the more often wrongly.
    """
    nodes = sorted(set(events))
    known = set(nodes)
    inside = [one for one in judgements if one.a in known and one.b in known and one.a != one.b]
    forests = _Groups(nodes)
    human = _latest(one for one in inside if not one.by.startswith(MACHINES))
    for pair in sorted(human):
        if human[pair].verdict == "different":
            forests.part(*pair)
    for pair in sorted(human):
        if human[pair].verdict == "same":
            forests.join_if_free(*pair)
    weights = {
        pair: _weight(one) + lean
        for pair, one in _latest(one for one in inside if one.by.startswith(MACHINES)).items()
        if pair not in human or human[pair].verdict == "unsure"
    }
    forests.agglomerate(weights)
    return {happening_id(members): members for members in forests.members()}


def gather(nodes: Iterable[str], weights: Mapping[_Pair, float]) -> list[tuple[str, ...]]:
    """Anything gathered by average link: groups are joined, the best first, while their mean weight is positive.

    >>> gather("abc", {("a", "b"): 1.0, ("b", "c"): 0.5, ("a", "c"): -0.9})
    [('a', 'b'), ('c',)]
    """
    forests = _Groups(sorted(set(nodes)))
    forests.agglomerate(weights)
    return forests.members()


def happening_id(events: Iterable[str]) -> str:
    """The id of a happening: computed from its smallest event, so that it stays when others join.

    It begins like that event's, and so stands in an index beside those of the same report.

    >>> happening_id(["b", "a"]) == happening_id(["a"])
    True
    """
    first = min(events)
    own = hashlib.sha256(f"happening\x1f{first}".encode()).hexdigest()[:16]
    return f"{first[:_ALIKE]}{own[len(first[:_ALIKE]) :]}"


def _latest(judgements: Iterable[Judgement]) -> dict[_Pair, Judgement]:
    """The last word on each pair: by its time, then by who said it."""
    found: dict[_Pair, Judgement] = {}
    for one in sorted(judgements, key=lambda each: (each.at, each.by, each.verdict, each.confidence)):
        found[min(one.a, one.b), max(one.a, one.b)] = one
    return found


def _weight(one: Judgement) -> float:
    """The log odds that a judgement gives to "same", within bounds: no single pair outweighs all others."""
    same = 1 - one.confidence if one.verdict == "different" else one.confidence
    sure = min(_SURE, max(1 - _SURE, same))
    return max(_LEAST, min(_MOST, log(sure / (1 - sure))))


class _Groups:
    """Groups that grow: who is in which, and which must stay apart."""

    def __init__(self, nodes: list[str]) -> None:
        self._of = {node: node for node in nodes}
        self._members: dict[str, list[str]] = {node: [node] for node in nodes}
        self._apart: dict[str, set[str]] = {}

    def members(self) -> list[tuple[str, ...]]:
        return sorted(tuple(sorted(members)) for members in self._members.values())

    def part(self, a: str, b: str) -> None:
        self._apart.setdefault(self._of[a], set()).add(self._of[b])
        self._apart.setdefault(self._of[b], set()).add(self._of[a])

    def join_if_free(self, a: str, b: str) -> None:
        one, other = self._of[a], self._of[b]
        if one != other and other not in self._apart.get(one, ()):
            self._join(one, other)

    def _join(self, one: str, other: str) -> tuple[str, str]:
        """Joins two groups into the larger; answers with the name that stays and the one that goes."""
        if (len(self._members[one]), other) < (len(self._members[other]), one):
            one, other = other, one
        for node in self._members.pop(other):
            self._of[node] = one
            self._members[one].append(node)
        for third in self._apart.pop(other, set()):
            self._apart[third].discard(other)
            self._apart[third].add(one)
            self._apart.setdefault(one, set()).add(third)
        return one, other

    def agglomerate(self, weights: Mapping[_Pair, float]) -> None:
        """Joins groups by average link, the best first, while the average speaks for it."""
        links: dict[str, dict[str, tuple[float, int]]] = {node: {} for node in self._members}
        for (a, b), weight in sorted(weights.items()):
            one, other = self._of[a], self._of[b]
            if one != other:
                total, count = links[one].get(other, (0.0, 0))
                links[one][other] = links[other][one] = (total + weight, count + 1)
        waiting = [(-self._average(a, b, links), a, b) for a in links for b in links[a] if a < b]
        waiting = [each for each in waiting if each[0] < 0]
        heapify(waiting)
        while waiting:
            negative, a, b = heappop(waiting)
            if a not in links or b not in links or b not in links[a] or negative != -self._average(a, b, links):
                continue  # One of the two has changed since, and stands in the queue anew.
            if b in self._apart.get(a, ()):
                continue
            kept, gone = self._join(a, b)
            self._merge_links(links, kept, gone)
            for third in links[kept]:
                average = self._average(kept, third, links)
                if average > 0:
                    heappush(waiting, (-average, min(kept, third), max(kept, third)))

    @staticmethod
    def _merge_links(links: dict[str, dict[str, tuple[float, int]]], kept: str, gone: str) -> None:
        for third, (total, count) in links.pop(gone).items():
            del links[third][gone]
            if third != kept:
                mine, number = links[kept].get(third, (0.0, 0))
                links[kept][third] = links[third][kept] = (mine + total, number + count)

    def _average(self, a: str, b: str, links: dict[str, dict[str, tuple[float, int]]]) -> float:
        total, count = links[a][b]
        pairs = len(self._members[a]) * len(self._members[b])
        return (total + STRANGERS * (pairs - count)) / pairs
