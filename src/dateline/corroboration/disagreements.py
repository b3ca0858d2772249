"""Finds where the entries of a happening differ: in days, places, numbers, participants, and in whether it happened.

Each slot's values are compared as what they allow, so that "dozens" and 34 do not contradict. There is never a winner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from dateline.corroboration.facts import apart, facts_of, holds, kilometres
from dateline.corroboration.numbers import Number
from dateline.model import Disagreement, Entry, Relation, Side, Slot, Where
from dateline.model.timex_values import interval

V = TypeVar("V")
_STRENGTH: dict[Relation, int] = {"equal": 0, "refined": 1, "subset": 2, "updated": 3, "contradicts": 4}
_MOST_SIDES = 100
"""So many different values are compared with each other; the others are listed beside them."""

_NEAR = 30.0
"""Places closer than this, in kilometres, are one place under two names."""


def find_disagreements(entries: Sequence[Entry]) -> tuple[Disagreement, ...]:
    """The slots in which entries give values that are not equal, with the sides, in order of slot.

    The relation is the strongest between any two sides: contradicts, before updated, subset and refined.
    """
    ordered = sorted(entries, key=lambda each: (each.report.published or "9999", each.id))
    found = [
        _compare("when", [(e, e.event.when.value, e.event.when.value) for e in ordered if e.event.when], _days),
        _compare("where", [(e, e.event.where.name, e.event.where) for e in ordered if e.event.where], _places),
        *_numbers(ordered),
        *_participants(ordered),
        _status(ordered),
    ]
    return tuple(each for each in found if each is not None)


Told = tuple[Entry, str, V]
Judge = Callable[[Told[V], Told[V]], Relation]


def _compare(slot: Slot, told: Sequence[Told[V]], judge: Judge[V]) -> Disagreement | None:
    """The disagreement of these values; None where all are equal.

    One side for each value as it is first printed: "Kim Jong-un" and "Kim Jong Un" are one.
    """
    sides: dict[str, list[Told[V]]] = {}
    firsts: list[Told[V]] = []
    for one in told:
        if one[1] not in sides:
            same = next((first for first in firsts if judge(first, one) == "equal"), None)
            if same is not None:
                sides[same[1]].append(one)
                continue
            if len(firsts) < _MOST_SIDES:
                firsts.append(one)
        sides.setdefault(one[1], []).append(one)
    relations: list[Relation] = [
        judge(one, other) for number, one in enumerate(firsts) for other in firsts[number + 1 :]
    ]
    worst: Relation = max(["equal", *relations], key=lambda each: _STRENGTH[each])
    if worst == "equal":
        return None
    return Disagreement(slot, worst, tuple(Side(value, _ids(given)) for value, given in sides.items()))


def _ids(given: Iterable[Told[V]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[0].id for one in given))


def _days(one: Told[str], other: Told[str]) -> Relation:
    mine, theirs = interval(one[2]), interval(other[2])
    if mine is None or theirs is None or mine == theirs:
        return "equal"
    return "contradicts" if apart(mine, theirs) else "refined"


def _places(one: Told[Where], other: Told[Where]) -> Relation:
    """Places by containment and distance: Russia is refined by a town in it, and two far towns contradict."""
    mine, theirs = one[2], other[2]
    if holds(mine.name, theirs.name) or holds(theirs.name, mine.name):
        return "refined"
    distance = kilometres(mine, theirs)
    if distance is None:
        return "equal"
    return "equal" if distance <= 1 else "refined" if distance <= _NEAR else "contradicts"


def _numbers(entries: Sequence[Entry]) -> list[Disagreement | None]:
    """One comparison for each thing that is counted: the killed, the injured, the sum, the magnitude."""
    groups: dict[str, list[Told[Number]]] = {}
    for entry in entries:
        for number in facts_of(entry).numbers:
            key = _counted(number)
            if key is not None:
                value = f"{number.span.of(entry.words)} {number.scope or number.of or number.unit}"
                groups.setdefault(key, []).append((entry, " ".join(value.split()), number))
    return [_compare("number", _one_each(groups[key]), _amounts) for key in sorted(groups)]


def _counted(number: Number) -> str | None:
    """What two numbers must share to be of one thing; None where a number says too little of what it counts."""
    if number.scope is not None:
        return f"{number.unit}:{number.scope}"
    if number.unit in ("magnitude", "percent"):
        return number.unit
    if number.unit in ("money", "vote", "building", "vehicle", "distance"):
        return f"{number.unit}:{number.of}"
    return None


def _one_each(told: Sequence[Told[Number]]) -> list[Told[Number]]:
    """The widest count of each entry: "12 people died, three of them police" tells one toll."""
    best: dict[str, Told[Number]] = {}
    for one in told:
        kept = best.get(one[0].id)
        if kept is None or (_general(one[2]), one[2].low) > (_general(kept[2]), kept[2].low):
            best[one[0].id] = one
    return list(best.values())


_GENERAL = frozenset({None, "person", "peopl", "other", "victim", "casualty", "dead", "life", "liv", "body"})


def _general(number: Number) -> bool:
    return number.of in _GENERAL


def _amounts(one: Told[Number], other: Told[Number]) -> Relation:
    """How two counts stand: equal, one within the other, part of the other, a later toll, or a contradiction."""
    mine, theirs = one[2], other[2]
    if (mine.low, mine.high) == (theirs.low, theirs.high):
        return "equal" if mine.of == theirs.of or (_general(mine) and _general(theirs)) else "subset"
    if mine.unit == "person" and mine.of != theirs.of and not (_general(mine) and _general(theirs)):
        few, many = (mine, theirs) if mine.low <= theirs.low else (theirs, mine)
        if _general(many) and not _general(few):
            return "subset"
        if not _general(many) and not _general(few):
            return "equal"  # Police and children are counted apart: nothing to compare.
    if mine.low <= theirs.high and theirs.low <= mine.high:
        return "refined"
    return "updated" if _later_rise(one, other) else "contradicts"


def _later_rise(one: Told[Number], other: Told[Number]) -> bool:
    """Whether the report of a later day, on the word of the same source or publisher, gives the other count."""
    first, second = one[0], other[0]
    if not first.report.published or not second.report.published:
        return False
    same_line = (first.event.source.name or first.report.publisher) == (
        second.event.source.name or second.report.publisher
    )
    return same_line and first.report.published != second.report.published


_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""What two do together: "Putin met Kim" and "Kim met Putin" name the same participants."""


def _participants(entries: Sequence[Entry]) -> list[Disagreement | None]:
    """One comparison for who did it and one for whom it was done to; of what is mutual, one for all who took part."""
    found: list[Disagreement | None] = []
    mutual = all(entry.event.type in _MUTUAL for entry in entries)
    slots: tuple[Slot, ...] = ("actors",) if mutual else ("actors", "recipients")
    for slot in slots:
        told: list[Told[frozenset[str]]] = []
        for entry in entries:
            facts, event = facts_of(entry), entry.event
            named = event.actors if slot == "actors" else event.recipients
            keys = facts.actors if slot == "actors" else facts.recipients
            if mutual:
                named, keys = (*event.actors, *event.recipients), facts.actors | facts.recipients
            if keys:
                told.append((entry, ", ".join(one.name for one in named), keys))
        found.append(_compare(slot, told, _casts))
    return found


def _casts(one: Told[frozenset[str]], other: Told[frozenset[str]]) -> Relation:
    """Two casts are equal by their names' words, one part of the other, or nobody is in both."""
    mine, theirs = one[2], other[2]
    if mine == theirs:
        return "equal"
    if mine <= theirs or theirs <= mine:
        return "refined"
    return "subset" if mine & theirs else "contradicts"


def _status(entries: Sequence[Entry]) -> Disagreement | None:
    """Assertion against denial; a plan that came about is an update."""
    told: list[Told[str]] = [(entry, entry.event.status, entry.event.status) for entry in entries]
    return _compare("status", told, _statuses)


def _statuses(one: Told[str], other: Told[str]) -> Relation:
    pair = {one[2], other[2]}
    if "denied" in pair and len(pair) == 2:
        return "contradicts" if pair & {"happened", "ongoing"} else "refined"
    if pair in ({"planned", "happened"}, {"ongoing", "happened"}, {"planned", "ongoing"}):
        return "updated"
    return "refined" if len(pair) == 2 else "equal"
