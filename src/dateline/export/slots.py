"""What an event carries, in words: "at least 12 killed", "10 tanks", "over 200km", "cruise missiles"."""

from __future__ import annotations

from dateline.model import EventSlot

_WITH_UNIT = frozenset({"money", "distance", "area", "weight", "volume", "speed", "percent", "magnitude", "duration"})
"""Kinds whose words have the unit in them."""

_PLURALS = {
    "person": "people", "child": "children", "man": "men", "woman": "women", "fisherman": "fishermen",
    "police": "police", "aircraft": "aircraft", "crew": "crew", "try": "tries", "factory": "factories",
    "family": "families", "ammunition": "ammunition", "tear gas": "tear gas", "knife": "knives",
}  # fmt: skip
_HISSING = ("us", "ss", "ch", "sh")


def tell_slot(slot: EventSlot) -> str:
    """A slot in the report's words, with what is counted where the words leave it out.

    >>> from dateline.model import Span
    >>> tell_slot(EventSlot("casualties", "person", 12.0, 12.0, None, "at least 12", Span(0, 11), "killed"))
    'at least 12 killed'
    >>> tell_slot(EventSlot("casualties", "soldier", 2.0, 2.0, 2.0, "two", Span(0, 3), "killed"))
    'two soldiers killed'
    >>> tell_slot(EventSlot("vehicle", "tank", 10.0, 10.0, 10.0, "10", Span(0, 2)))
    '10 tanks'
    >>> tell_slot(EventSlot("distance", "kilometre", 200.0, 200.0, None, "over 200km", Span(0, 10)))
    'over 200km'
    >>> tell_slot(EventSlot("weapon", "missile", None, None, None, "cruise missiles", Span(0, 15)))
    'cruise missiles'
    """
    words = " ".join(slot.words.split())
    if slot.kind in _WITH_UNIT or slot.low is None or slot.high == 0 or _names_it(words, slot):
        return words
    of = "" if slot.unit == "person" and slot.fate else _counted(slot)
    return " ".join(part for part in (words, of, slot.fate) if part)


def _names_it(words: str, slot: EventSlot) -> bool:
    """Whether the words have the noun already: "a tank", but "one"."""
    return slot.number == 1 and words.split()[0].lower() in ("a", "an", "another")


def _counted(slot: EventSlot) -> str:
    unit = slot.unit or ""
    return (
        unit if slot.number == 1 or not unit else _PLURALS.get(unit, f"{unit}{'es' if unit[-2:] in _HISSING else 's'}")
    )


_HISSING = ("us", "ss", "ch", "sh")


def range_of(slot: EventSlot) -> str:
    """What the words of a slot allow, for tables: "12..", "24..99", "0..40", "7"; nothing where nothing is counted."""
    if slot.low is None:
        return ""
    if slot.low == slot.high:
        return _plain(slot.low)
    return f"{_plain(slot.low)}..{'' if slot.high is None else _plain(slot.high)}"


def _plain(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else f"{number:g}"


def lay_flat(slot: EventSlot) -> str:
    """A slot as one cell of a table: its kind, fate and unit, what its words allow, and the words.

    >>> from dateline.model import Span
    >>> lay_flat(EventSlot("casualties", "person", 12.0, 12.0, None, "at least 12", Span(0, 11), "killed"))
    'casualties killed person 12.. (at least 12)'
    """
    parts = (slot.kind, slot.fate, slot.unit if slot.unit != slot.kind else "", range_of(slot))
    return f"{' '.join(filter(None, parts))} ({' '.join(slot.words.split())})"
