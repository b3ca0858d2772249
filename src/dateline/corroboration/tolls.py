"""What entries count, and how two counts of one thing stand to each other; whose telling an entry goes on with."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.corroboration.facts import facts_of
from dateline.corroboration.labels import is_own_word
from dateline.corroboration.lexicon import open_lexicon
from dateline.corroboration.numbers import Number
from dateline.model import Entry, Relation

_NOUNS = ("money", "vote", "building", "vehicle", "distance")
"""Units of which the noun tells what is counted; people are known by what happened to them."""

_GENERAL = frozenset({None, "person", "peopl", "other", "victim", "casualty", "dead", "life", "liv", "body"})

_SENTENCED = "sentence"


def counted_in(entry: Entry) -> Iterator[tuple[str, Number]]:
    """What an entry counts, each thing once, by a key that two counts must share to be of one thing.

    Of several counts of one thing the widest is taken: "12 people died, three of them police" tells one toll.
    """
    best: dict[str, Number] = {}
    for number in facts_of(entry).numbers:
        key = _key(entry, number)
        if key is None:
            continue
        kept = best.get(key)
        if kept is None or (is_general(number), number.low) > (is_general(kept), kept.low):
            best[key] = number
    yield from best.items()


def _key(entry: Entry, number: Number) -> str | None:
    """What two numbers must share to be of one thing; None where a number says too little of what it counts."""
    if number.scope is not None:
        return f"{number.unit}:{number.scope}"
    if number.unit in ("magnitude", "percent"):
        return number.unit
    if number.unit in _NOUNS:
        return f"{number.unit}:{number.of}"
    if number.unit == "time":
        # "sentenced to 12 years": how long anything else took is seldom what the event is about.
        return f"time:{number.of}" if _SENTENCED in facts_of(entry).families else None
    if number.unit == "person" and _takes_part(entry, number):
        return f"person:{number.of}"
    return None


def _takes_part(entry: Entry, number: Number) -> bool:
    """Whether a count stands in the name of somebody who did it or to whom it was done: "on 40 officials"."""
    start, end = (entry.sentence.start + place for place in number.span)
    spans = [one.span for one in (*entry.event.actors, *entry.event.recipients) if one.span is not None]
    return any(span.start <= start and end <= span.end for span in spans)


def is_general(number: Number) -> bool:
    """Whether a count is of people as such, and not of police or children."""
    return number.of in _GENERAL


def name_of(number: Number) -> str:
    """What a number counts, in a word: "killed", "dollar", "vote"."""
    if number.unit == "person" and number.scope is not None:
        return number.scope
    if number.unit in ("magnitude", "percent"):
        return number.unit
    return open_lexicon().noun_of.get(number.of or "", number.of or number.unit or "number")


def compare_amounts(one: Entry, mine: Number, other: Entry, theirs: Number) -> Relation | None:
    """How two counts stand: equal, one within the other, part of the other, a later toll, or a contradiction.

    None where they count different things: police and children are counted apart.
    """
    general = is_general(mine), is_general(theirs)
    if mine.unit == "person" and mine.of != theirs.of and not all(general):
        few, many = (mine, theirs) if mine.low <= theirs.low else (theirs, mine)
        if is_general(many) and not is_general(few):
            return "subset"
        if not any(general):
            return None
    if (mine.low, mine.high) == (theirs.low, theirs.high):
        return "equal"
    if mine.low <= theirs.high and theirs.low <= mine.high:
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
