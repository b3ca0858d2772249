"""Ranks the happenings of a timeline: the main ones, and what is background, a detail or a repeat beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from heapq import merge
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace

from dateline.corroboration.facts import Facts, apart, facts_of
from dateline.corroboration.pairs import judge_pair
from dateline.corroboration.salience import is_background, open_salience
from dateline.model import Entry, Happening, Rank

AGAIN = 0.4
"""From this chance on that two happenings are one, the lesser is folded beneath the other.

A ledger that leaves them apart joins with care, for a false join hides an event; what is folded is a click away."""

NEAREST = 12
"""With so many main happenings, of those that share a word for what happened, each is compared: the most salient."""

Pair = tuple[str, str]


class _Kept(NamedTuple):
    """A main happening, and what its fullest telling tells."""

    happening: Happening
    entry: Entry
    facts: Facts
    reports: frozenset[str]


def rank_happenings(happenings: Sequence[Happening], parted: Collection[Pair] = frozenset()) -> tuple[Happening, ...]:
    """The happenings as they stand, each with its rank among these and, where it is folded, the one it stands under.

    ``parted`` are the pairs of ids of events, the smaller first, that people judged to be different: they are no
    repeats of each other. A denial is no repeat of what it denies.
    """
    kept = _Shelf(parted)
    ranked: dict[str, Happening] = {}
    for one in sorted(happenings, key=_foremost):
        rank, under = kept.place(_laid_out(one))
        ranked[one.id] = replace(one, rank=rank, under=under)
    return tuple(ranked[one.id] for one in happenings)


class _Shelf:
    """The main happenings so far, found by their words and by the reports that tell them or a repeat of them."""

    def __init__(self, parted: Collection[Pair]) -> None:
        self._parted: dict[str, set[str]] = {}
        for a, b in parted:
            self._parted.setdefault(a, set()).add(b)
            self._parted.setdefault(b, set()).add(a)
        self._by_word: dict[str, list[_Kept]] = {}
        self._by_report: dict[str, list[_Kept]] = {}

    def place(self, one: _Kept) -> tuple[Rank, str | None]:
        """The rank of a happening that is no more salient than those before it, and what it stands under."""
        first = self._told_before(one)
        if first is not None:
            self._file(first, one.reports)
            return "repeat", first.happening.id
        if one.happening.salience >= open_salience().shown:
            for word in one.facts.heads | one.facts.families:
                self._by_word.setdefault(word, []).append(one)
            self._file(one, one.reports)
            return "main", None
        if is_background(one.happening.entries):
            return "background", None
        whole = self._whole_of(one)
        return "detail", whole.happening.id if whole else None

    def _file(self, main: _Kept, reports: Iterable[str]) -> None:
        """What those reports tell besides may be details of it."""
        for report in reports:
            self._by_report.setdefault(report, []).append(main)

    def _told_before(self, one: _Kept) -> _Kept | None:
        """The main happening that this one most likely is; what one report tells apart is not the same."""
        words = one.facts.heads | one.facts.families
        apart = {id for entry in one.happening.entries for id in self._parted.get(entry.id, ())}
        # Each list is in this order already, and no order of the words shows.
        near = merge(*(self._by_word.get(word, ()) for word in words), key=lambda each: _foremost(each.happening))
        open_to_it = (other for other in _each_once(near) if _may_be_one(one, other, apart))
        chances = [(_chance(one, other), other) for other in islice(open_to_it, NEAREST)]
        best = max(chances, key=lambda each: (each[0], each[1].happening.id), default=None)
        return best[1] if best and best[0] >= AGAIN else None

    def _whole_of(self, one: _Kept) -> _Kept | None:
        """The most salient happening of its reports that this one may be a detail of, by its day and who takes part."""
        near = _each_once(other for report in sorted(one.reports) for other in self._by_report.get(report, ()))
        fitting = [other for other in near if _belongs(one.facts, other.facts)]
        return max(fitting, key=lambda other: (other.happening.salience, other.happening.id), default=None)


def _may_be_one(one: _Kept, other: _Kept, apart: Set[str]) -> bool:
    """Whether one may repeat the other; ``apart`` are the events that people parted it from."""
    if not one.reports.isdisjoint(other.reports) or _is_denied(one) != _is_denied(other):
        return False
    return not apart or apart.isdisjoint(entry.id for entry in other.happening.entries)


def _foremost(one: Happening) -> tuple[float, str]:
    """What happenings are ranked by, the most salient first."""
    return -one.salience, one.id


def _laid_out(one: Happening) -> _Kept:
    entry = fullest(one.entries)
    return _Kept(one, entry, facts_of(entry), frozenset(each.report.report for each in one.entries))


def fullest(entries: Iterable[Entry]) -> Entry:
    """The entry that fills most of its cells; of equals the main event, then the surest."""
    return max(entries, key=_fullness)


def _fullness(entry: Entry) -> tuple[int, bool, float, str]:
    event = entry.event
    filled = sum(map(bool, (event.actors, event.recipients, event.when, event.where)))
    return filled, event.main, event.confidence, entry.id


def _chance(one: _Kept, other: _Kept) -> float:
    judged = judge_pair(one.entry, other.entry, at="")
    return 1 - judged.confidence if judged.verdict == "different" else judged.confidence


def _belongs(detail: Facts, whole: Facts) -> bool:
    """Whether one may be a detail of the other: the same people and no other day, or the same day."""
    if detail.days and whole.days:
        return apart(detail.days, whole.days) == 0
    return bool((detail.actors | detail.recipients) & (whole.actors | whole.recipients))


def _is_denied(one: _Kept) -> bool:
    return all(entry.event.status == "denied" for entry in one.happening.entries)


def _each_once(some: Iterable[_Kept]) -> Iterator[_Kept]:
    seen: set[str] = set()
    for each in some:
        if each.happening.id not in seen:
            seen.add(each.happening.id)
            yield each
