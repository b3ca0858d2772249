"""What entries count, and how two counts of one thing stand to each other; whose telling an entry goes on with."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.corroboration.facts import facts_of
from dateline.corroboration.labels import is_own_word
from dateline.model import Entry, EventSlot, Relation

_PEOPLE = ("people", "casualties")
_BY_KIND = ("magnitude", "percent")
_UNCOMPARED = ("people", "casualties", "point", "other")
"""Kinds of which the noun does not tell what is counted; people are known by what happened to them."""

_GENERAL = "person"


def counted_in(entry: Entry) -> Iterator[tuple[str, EventSlot]]:
    """What an entry counts, each thing once, by a key that two counts must share to be of one thing.

    Of several counts of one thing the widest is taken: "12 people died, three of them police" tells one toll.
    """
    best: dict[str, EventSlot] = {}
    for number in facts_of(entry).numbers:
        key = _key(entry, number)
        if key is None:
            continue
        kept = best.get(key)
        if kept is None or (is_general(number), number.interval[0]) > (is_general(kept), kept.interval[0]):
            best[key] = number
    yield from best.items()


def _key(entry: Entry, number: EventSlot) -> str | None:
    """What two numbers must share to be of one thing; None where a number says too little of what it counts."""
    if number.kind in _BY_KIND:
        return number.kind
    if number.kind in _PEOPLE and number.fate is not None:
        return f"people:{number.fate}"
    if number.kind == "people" and _takes_part(entry, number):
        return f"people:{number.unit}"
    return None if number.kind in _UNCOMPARED else f"{number.kind}:{number.unit}"


def _takes_part(entry: Entry, number: EventSlot) -> bool:
    """Whether those counted are named as participants: "20 guards" who were attacked."""
    spans = (one.span for one in (*entry.event.actors, *entry.event.recipients) if one.span is not None)
    return any(span.covers(number.span) for span in spans)


def is_general(number: EventSlot) -> bool:
    """Whether a count is of people as such, and not of police or children."""
    return number.unit == _GENERAL


def name_of(number: EventSlot) -> str:
    """What a number counts, in a word: "killed", "dollar", "vote"."""
    if number.kind in _PEOPLE and number.fate is not None:
        return number.fate
    return number.unit or "number"


def tell_count(number: EventSlot) -> str:
    """A count with what it counts: "at least 12 killed"; a measure has its unit in its words.

    >>> from dateline.model import Span
    >>> tell_count(EventSlot("casualties", "person", 12.0, 12.0, None, "at least 12", Span(0, 11), "killed"))
    'at least 12 killed'
    """
    words, noun = " ".join(number.words.split()), name_of(number)
    return words if words.casefold().endswith((noun, f"{noun}s")) else f"{words} {noun}"


def compare_amounts(one: Entry, mine: EventSlot, other: Entry, theirs: EventSlot) -> Relation | None:
    """How two counts stand: equal, one within the other, part of the other, a later toll, or a contradiction.

    None where they count different things: police and children are counted apart.
    """
    general = is_general(mine), is_general(theirs)
    if mine.kind in _PEOPLE and mine.unit != theirs.unit and not all(general):
        few, many = (mine, theirs) if mine.interval[0] <= theirs.interval[0] else (theirs, mine)
        if is_general(many) and not is_general(few):
            return "subset"
        if not any(general):
            return None
    if mine.interval == theirs.interval:
        return "equal"
    if mine.interval[0] <= theirs.interval[1] and theirs.interval[0] <= mine.interval[1]:
        return "refined"
    return "updated" if is_later(one, other) else "contradicts"


def is_later(one: Entry, other: Entry) -> bool:
    """Whether a later report of the same line, on the word of the same source or of the same publisher, tells anew."""
    if not one.report.published or not other.report.published or one.report.published == other.report.published:
        return False
    line = line_of(one)
    return line is not None and line == line_of(other)


def line_of(entry: Entry) -> str | None:
    """Whose telling an entry goes on with: its source's, else its publisher's."""
    return (None if is_own_word(entry) else entry.event.source.name) or entry.report.publisher


_STEPS = {"planned": 0, "ongoing": 1, "happened": 2}


def came_about(before: str, after: str) -> bool:
    """Whether what had one status has got further since: a plan that came about.

    >>> came_about("planned", "happened"), came_about("happened", "planned"), came_about("denied", "happened")
    (True, False, False)
    """
    return before in _STEPS and _STEPS[before] < _STEPS.get(after, -1)
