"""Finds what a sentence counts, measures and names of equipment, as typed slots with the words that tell it.

>>> [(s.kind, s.unit, s.fate, s.low, s.high, s.words) for s in find_slots("At least 12 people were killed.")]
[('casualties', 'person', 'killed', 12.0, None, 'At least 12')]
>>> [(s.kind, s.unit, s.number, s.low, s.high) for s in find_slots("It flew over 200km.")]
[('distance', 'kilometre', 200.0, 200.0, None)]
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dateline.model import EventSlot, SlotKind, Span
from dateline.reading.events.numerals import Amount, Word, cut, find_amounts
from dateline.reading.events.slot_words import EQUIPMENT, SlotWords, open_slot_words

_NEAR = 5
"""How many words from the number what happened to those counted is looked for."""
_REACH = 4
"""How many words after the number the noun is looked for."""
_PENAL = 6
_FAR = 40
"""How many words before a number it is looked for what has risen to it."""
_BREAKS = frozenset({";", ".", "!", "?"})
MEASURES = frozenset({"money", "distance", "area", "weight", "volume", "speed", "percent", "magnitude", "duration"})
"""The kinds whose unit belongs to the words: "over 200km", "$3.2m"."""


class _Noun(NamedTuple):
    """What a number counts: its kind, its plain name, and the places of its first word and after its last."""

    kind: SlotKind
    unit: str
    first: int
    end: int


@lru_cache(maxsize=1 << 10)
def find_slots(sentence: str) -> tuple[EventSlot, ...]:
    """The slots of a sentence that have a number and a unit, in order; their spans count in the sentence."""
    lexicon = open_slot_words()
    words = cut(sentence)
    amounts = find_amounts(words, lexicon)
    taken = frozenset(place for each in amounts for place in range(each.at, each.end))
    found: list[EventSlot] = []
    for amount in amounts:
        slot = _describe(sentence, words, amount, taken, lexicon, found[-1] if found else None)
        if slot is not None:
            found.append(slot)
    found += _none_hurt(sentence, words, lexicon)
    return tuple(sorted(found, key=lambda each: each.span))


def _describe(
    sentence: str,
    words: Sequence[Word],
    amount: Amount,
    taken: frozenset[int],
    lexicon: SlotWords,
    before: EventSlot | None,
) -> EventSlot | None:
    """The slot of a number; None where nothing shows what is counted."""
    noun = _noun(words, amount, taken, lexicon)
    fated = _fate(words, amount.first, noun.end if noun else amount.end, taken, lexicon)
    if noun is None and fated is not None and _stands_alone(words, amount.end, lexicon):
        # "killing 12 people and injuring 30": the 30 are people too.
        unit = before.unit if before is not None and before.kind in ("casualties", "people") else "person"
        noun = _Noun("people", unit or "person", amount.end, amount.end)
    if noun is None and (told := _toll(words, amount, lexicon)) is not None:
        noun, fated = _Noun("people", "person", amount.end, amount.end), told
    if noun is None or (noun.kind == "duration" and not _is_penalty(words, amount, noun, lexicon)):
        return None
    if fated is None and before is not None and before.fate and _is_listed(words, before, amount):
        fated = (before.kind, before.fate)
    kind, fate = noun.kind, None
    if kind == "people" and fated is not None:
        kind, fate = fated
    elif kind == "duration":
        fate = "sentenced"
    span = _span(words, amount, noun)
    return EventSlot(kind, noun.unit, amount.number, amount.low, amount.high, span.of(sentence), span, fate)


def _span(words: Sequence[Word], amount: Amount, noun: _Noun) -> Span:
    """From the hedge to the number, and on to the unit of a measure that follows at once."""
    last = amount.end - 1
    gap = words[amount.end : noun.first]
    if noun.kind in MEASURES and noun.end > amount.end and all(each.text == "-" for each in gap):
        last = noun.end - 1
    first = amount.first
    if noun.kind == "magnitude" and noun.end <= amount.first:
        first = noun.first
    return Span(words[first].start, words[last].end)


def _is_listed(words: Sequence[Word], before: EventSlot, amount: Amount) -> bool:
    """Whether a number only goes on with a list: "killed 12 civilians and three soldiers"."""
    near = words[max(0, amount.first - _REACH - 1) : amount.first]
    gap = [each.text for each in near if each.start >= before.span.end]
    return 0 < len(gap) <= _REACH and gap[-1] in ("and", ",")


def _stands_alone(words: Sequence[Word], end: int, lexicon: SlotWords) -> bool:
    """Whether no noun follows a number: "killing 12 and", "12 were hurt", "12 hurt", and not "nine coaches"."""
    after = words[end].text if end < len(words) else "."
    return not after[0].isalpha() or after in lexicon.table.stop or after == "of" or after in lexicon.fate_of


def _noun(words: Sequence[Word], amount: Amount, taken: frozenset[int], lexicon: SlotWords) -> _Noun | None:
    """What a number counts: the sign before it, a magnitude before it, else the noun after it."""
    if amount.sign:
        return _Noun("money", amount.sign, amount.end, amount.end)
    for place in range(amount.first - 1, max(-1, amount.first - 4), -1):
        known = lexicon.noun_of.get(words[place].text)
        if known is not None and known[0] == "magnitude":
            return _Noun(*known, place, place + 1)
    # "three Turkish police officers", "12 of the 40 passengers", "10 Leopard 2 tanks"
    found: _Noun | None = None
    place, last = amount.end, min(amount.end + _REACH, len(words))
    while place < last:
        word = words[place]
        if place in taken or not (word.text[0].isalpha() or word.text[0] in "%-" or _ends_name(words, place, taken)):
            break
        if found is not None and word.text in lexicon.fate_of:
            break
        noun = _known(words, place, lexicon)
        if noun is not None:
            found, place = noun, noun.end
            continue
        if found is not None or (word.text in lexicon.table.stop and word.text not in lexicon.table.between):
            break
        place += 1
    return found


def _ends_name(words: Sequence[Word], place: int, taken: frozenset[int]) -> bool:
    return words[place].figure and place not in taken and words[place - 1].capital


def _known(words: Sequence[Word], place: int, lexicon: SlotWords) -> _Noun | None:
    """The longest noun of the lists that begins at a word."""
    for length in (3, 2, 1):
        some = words[place : place + length]
        known = lexicon.noun_of.get(" ".join(each.text for each in some))
        if known is not None and len(some) == length:
            return _Noun(*known, place, place + length)
    design = lexicon.design_of(words[place].text.title()) or lexicon.design_of(words[place].text.upper())
    return _Noun(*design, place, place + 1) if design is not None else None


def _is_penalty(words: Sequence[Word], amount: Amount, noun: _Noun, lexicon: SlotWords) -> bool:
    """Whether a duration is one to be served: "sentenced to 12 years", "a 12-year prison term"."""
    around = (*words[max(0, amount.first - _PENAL) : amount.first], *words[noun.end : noun.end + 4])
    return any(each.text in lexicon.penal for each in around)


def _fate(
    words: Sequence[Word], first: int, last: int, taken: frozenset[int], lexicon: SlotWords
) -> tuple[SlotKind, str] | None:
    """What happened to those counted: the nearest word for it, sought behind and before as far as the next number."""
    nearest: tuple[int, tuple[SlotKind, str]] | None = None
    behind = last - 1 if last - 1 not in taken else last  # A noun may tell it, too: "12 dead".
    for step, places in ((1, range(behind, len(words))), (-1, range(first - 1, -1, -1))):
        for distance, place in enumerate(places):
            text = words[place].text
            if distance > _NEAR or text in _BREAKS or place in taken or (step == -1 and text == "and"):
                break  # "36 were killed and 32 others suffered injuries"
            fate = lexicon.fate_of.get(text)
            if fate is None:
                continue
            # "killing 12 and injuring 30": a participle before a number governs it, one after it begins the next.
            if step == 1 and text.endswith("ing") and text != "missing":
                break
            reach = distance + (0 if step == 1 or text.endswith(("ing", "ed")) else 1)
            if nearest is None or reach < nearest[0]:
                nearest = (reach, fate)
            break
    return nearest[1] if nearest else None


def _toll(words: Sequence[Word], amount: Amount, lexicon: SlotWords) -> tuple[SlotKind, str] | None:
    """What happened to those whose number has changed: "the death toll rose to 19", "the number of killed is 19"."""
    before = words[max(0, amount.first - _FAR) : amount.first]
    if not before or not _stands_alone(words, amount.end, lexicon):
        return None
    if before[-1].text not in ("to", "at", "is", "now", "stands"):
        return None
    for place, word in enumerate(before):
        if word.text == "toll":
            return "casualties", "killed"
        if word.text == "number" and [each.text for each in before[place + 1 : place + 2]] == ["of"]:
            return next((lexicon.fate_of[each.text] for each in before[place:] if each.text in lexicon.fate_of), None)
    return None


def _none_hurt(sentence: str, words: Sequence[Word], lexicon: SlotWords) -> list[EventSlot]:
    """That nobody was hurt, where a sentence says so: "no casualties"; "no reports of casualties" says nothing."""
    found = []
    for place in range(1, len(words)):
        word = words[place]
        fated = lexicon.fate_of.get(word.text)
        plural = word.text in ("casualties", "deaths", "injuries", "fatalities")
        if words[place - 1].text == "no" and plural:
            span = Span(words[place - 1].start, word.end)
            fate = fated[1] if fated else None
            found.append(EventSlot("casualties", "person", 0.0, 0.0, 0.0, span.of(sentence), span, fate))
    return found


def is_equipment(kind: SlotKind) -> bool:
    """Whether a kind is worth telling without a number.

    >>> is_equipment("weapon"), is_equipment("money")
    (True, False)
    """
    return kind in EQUIPMENT
