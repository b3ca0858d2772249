"""Finds where the entries of a happening differ: in days, places, numbers, participants, and in whether it happened.

Each slot's values are compared as what they allow, so that "dozens" and 34 do not contradict. There is never a winner.
What is printed in the same words does not differ, whatever was read in it; and two values contradict each other only
where each stands in the sentence that tells of the event: what is taken over from other sentences may be of another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from dateline.corroboration.casts import Cast, cast_of, compare_casts
from dateline.corroboration.facts import apart, facts_of, holds, kilometres
from dateline.corroboration.moments import in_order
from dateline.corroboration.tolls import came_about, compare_amounts, counted_in, name_of, tell_count
from dateline.model import Disagreement, Entry, EventSlot, Relation, Side, Slot, Span, Where
from dateline.model.timex_values import interval

V = TypeVar("V")
_STRENGTH: dict[Relation, int] = {"equal": 0, "refined": 1, "subset": 2, "updated": 3, "contradicts": 4}
_MOST_SIDES = 100
"""So many different values are compared with each other; the others are listed beside them."""

_NEAR = 30.0
"""Places closer than this, in kilometres, are one place under two names."""

_FEWEST = 8
"""From so many words in a row on, a sentence that stands in another is the same sentence, with more before or after."""

_WORD = re.compile(r"\w+")

_PERFECT = frozenset({"has", "have"})
"""The helpers of the present perfect, which one paper writes where the other has the simple past of the same."""


def find_disagreements(entries: Sequence[Entry]) -> tuple[Disagreement, ...]:
    """The slots in which entries give values that are not equal, with the sides, in order of slot.

    The relation is the strongest between any two sides: contradicts, before updated, subset and refined.
    """
    ordered = in_order(entries)
    found = [
        _compare("when", [(e, e.event.when.value, e.event.when.value) for e in ordered if e.event.when], _days),
        _compare("where", [(e, e.event.where.name, e.event.where) for e in ordered if e.event.where], _places),
        *_numbers(ordered),
        *_participants(ordered),
        _status(ordered),
    ]
    return tuple(each for each in found if each is not None)


Told = tuple[Entry, str, V]
Judge = Callable[[Told[V], Told[V]], Relation | None]


def _compare(slot: Slot, told: Sequence[Told[V]], judge: Judge[V], what: str | None = None) -> Disagreement | None:
    """The disagreement of these values; None where all are equal, or nothing can be said.

    One side for each value as it is first printed: "Kim Jong-un" and "Kim Jong Un" are one.
    """
    sides: dict[str, list[Told[V]]] = {}
    firsts: list[Told[V]] = []
    for one in told:
        if one[1] not in sides:
            same = next((first for first in firsts if _relation(first, one, judge) == "equal"), None)
            if same is not None:
                sides[same[1]].append(one)
                continue
            if len(firsts) < _MOST_SIDES:
                firsts.append(one)
        sides.setdefault(one[1], []).append(one)
    relations = [_relation(one, other, judge) for number, one in enumerate(firsts) for other in firsts[number + 1 :]]
    worst: Relation = max((each for each in relations if each), key=lambda each: _STRENGTH[each], default="equal")
    if worst == "equal":
        return None
    return Disagreement(slot, worst, tuple(Side(value, _ids(given)) for value, given in sides.items()), what)


def _relation(one: Told[V], other: Told[V], judge: Judge[V]) -> Relation | None:
    corrected = one[0].corrected or other[0].corrected
    return "equal" if not corrected and _printed_alike(one[0].words, other[0].words) else judge(one, other)


def _printed_alike(one: str, other: str) -> bool:
    """Whether two sentences are the same words, or one of some length stands whole in the other."""
    mine, theirs = _plain(one), _plain(other)
    few, many = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    return few == many or (few.count(" ") > _FEWEST and few in many)


@lru_cache(maxsize=1 << 12)
def _plain(words: str) -> str:
    """The words of a sentence in lower case, a space before and after each; "has ordered" is as "ordered"."""
    return f" {' '.join(word for word in _WORD.findall(words.lower()) if word not in _PERFECT)} "


def _ids(given: Iterable[Told[V]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[0].id for one in given))


def _stated(entry: Entry, slot: str, span: Span | None) -> bool:
    """Whether a value stands in the entry's own sentence, or somebody has put it there by hand."""
    return slot in entry.corrected or (
        span is not None and span.start < entry.sentence.end and span.touches(entry.sentence)
    )


def _days(one: Told[str], other: Told[str]) -> Relation | None:
    mine, theirs = interval(one[2]), interval(other[2])
    if mine is None or theirs is None or mine == theirs:
        return "equal"
    if not apart(mine, theirs):
        return "refined"
    stated = all(each.event.when and _stated(each, "when", each.event.when.span) for each in (one[0], other[0]))
    return "contradicts" if stated else None


def _places(one: Told[Where], other: Told[Where]) -> Relation | None:
    """Places by containment and distance: Russia is refined by a town in it, and two far towns contradict."""
    mine, theirs = _named(one[2]), _named(other[2])
    if mine == theirs:
        return "equal" if one[2].name == other[2].name else "refined"
    if holds(mine, theirs) or holds(theirs, mine):
        return "refined"
    distance = kilometres(one[2], other[2])
    if distance is None:
        return "equal"
    if distance <= _NEAR:
        return "equal" if distance <= 1 else "refined"
    stated = all(each[0].event.where and _stated(each[0], "where", each[2].span) for each in (one, other))
    return "contradicts" if stated else None


def _named(where: Where) -> str:
    """The part of a place's name that is a name: "Peru" of "ravine, Peru"."""
    parts = where.name.split(", ")
    while len(parts) > 1 and parts[0][:1].islower():
        parts = parts[1:]
    return ", ".join(parts)


def _numbers(entries: Sequence[Entry]) -> list[Disagreement | None]:
    """One comparison for each thing that is counted: the killed, the injured, the sum, the magnitude."""
    groups: dict[str, list[Told[EventSlot]]] = {}
    for entry in entries:
        for key, number in counted_in(entry):
            groups.setdefault(key, []).append((entry, tell_count(number), number))
    return [
        _compare(
            "number", told, lambda one, other: compare_amounts(one[0], one[2], other[0], other[2]), name_of(told[0][2])
        )
        for _, told in sorted(groups.items())
    ]


_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""What two do together: "Putin met Kim" and "Kim met Putin" name the same participants."""


def _participants(entries: Sequence[Entry]) -> list[Disagreement | None]:
    """One comparison for who did it and one for whom it was done to; of what is mutual, one for all who took part."""
    found: list[Disagreement | None] = []
    mutual = all(entry.event.type in _MUTUAL for entry in entries)
    slots: tuple[Slot, ...] = ("actors",) if mutual else ("actors", "recipients")
    for slot in slots:
        told: list[Told[Cast]] = []
        for entry in entries:
            facts, event = facts_of(entry), entry.event
            named = event.actors if slot == "actors" else event.recipients
            keys = facts.actors if slot == "actors" else facts.recipients
            if mutual:
                named, keys = (*event.actors, *event.recipients), facts.actors | facts.recipients
            if keys:
                told.append((entry, ", ".join(one.name for one in named), cast_of(named, keys)))
        found.append(_compare(slot, told, lambda one, other: compare_casts(one[2], other[2])))
    return found


def _status(entries: Sequence[Entry]) -> Disagreement | None:
    """Assertion against denial; a plan that came about is an update."""
    told: list[Told[str]] = [(entry, entry.event.status, entry.event.status) for entry in entries]
    return _compare("status", told, _statuses)


def _statuses(one: Told[str], other: Told[str]) -> Relation:
    pair = {one[2], other[2]}
    if "denied" in pair and len(pair) == 2:
        return "contradicts" if pair & {"happened", "ongoing"} else "refined"
    if came_about(one[2], other[2]) or came_about(other[2], one[2]):
        return "updated"
    return "refined" if len(pair) == 2 else "equal"
