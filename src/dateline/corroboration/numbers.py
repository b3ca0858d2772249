"""Finds what a sentence counts: numbers as intervals, with their unit, what happened to those counted, and the words.

>>> [(n.low, n.high, n.unit, n.scope) for n in find_numbers("At least 12 people were killed and dozens injured.")]
[(12.0, inf, 'person', 'killed'), (24.0, 99.0, 'person', 'injured')]
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf

from msgspec import Struct

from dateline.corroboration.lexicon import CorroborationLexicon, open_lexicon
from dateline.model import Span

_TOKEN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[$€£¥%]|[^\s\w]")
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
_NEAR = 5
"""How many words from the number what happened to those counted is looked for."""
_BREAKS = frozenset({";", ".", "!", "?"})
_AROUND = 0.15
_NOT_COUNTS = frozenset({"am", "pm", "gmt", "bst", "est", "edt", "year-old", "years-old"})


class Number(Struct, frozen=True, gc=False):
    """A count or an amount as a sentence gives it.

    ``low`` and ``high`` are what its words allow ("at least 12": 12 and more). ``unit`` is what is counted, by kind,
    ``of`` the very noun's stem ("police" is of the unit person), ``scope`` what happened to it; None where unknown.
    ``span`` counts in the sentence.
    """

    span: Span
    low: float
    high: float
    unit: str | None
    of: str | None
    scope: str | None


class _Word(Struct, frozen=True):
    text: str
    start: int
    end: int


@lru_cache(maxsize=1 << 12)
def find_numbers(sentence: str) -> tuple[Number, ...]:
    """The counts and amounts of a sentence, in order; clock times, dates, years and ages are none."""
    if not any(character.isdigit() for character in sentence) and not _may_count(sentence):
        return ()
    lexicon = open_lexicon()
    words = [_Word(match[0].lower(), match.start(), match.end()) for match in _TOKEN.finditer(sentence)]
    found: list[tuple[int, int, float, float]] = []
    at = 0
    while at < len(words):
        phrase = _phrase(words, at, lexicon)
        if phrase is None:
            at += 1
            continue
        end, low, high = phrase
        if not _is_date(words, at, end, low):
            found.append((at, end, low, high))
        at = end
    taken = frozenset(place for first, end, _, _ in found for place in range(first, end))
    numbers = []
    before: Number | None = None
    for first, end, low, high in found:
        number = _describe(words, first, end, low, high, taken, lexicon, before)
        if number is not None:
            numbers.append(number)
            before = number
    return tuple(numbers)


def _may_count(sentence: str) -> bool:
    numbers = open_lexicon().table.numbers
    lower = sentence.lower()
    return any(word in lower for word in (*numbers.words, *numbers.vague))


def _phrase(words: list[_Word], at: int, lexicon: CorroborationLexicon) -> tuple[int, float, float] | None:
    """Where the number that begins at a word ends, and the interval that it stands for."""
    numbers = lexicon.table.numbers
    for length in (3, 2, 1):
        text = " ".join(word.text for word in words[at : at + length])
        if text in numbers.vague and at + length <= len(words):
            few, many = numbers.vague[text]
            return at + length, float(few), float(many)
    value = _plain(words[at].text, lexicon)
    if value is None:
        return None
    end = at + 1
    while end < len(words) and words[end].text in numbers.scales:
        value *= numbers.scales[words[end].text]
        end += 1
    low, high = value, value
    if end + 1 < len(words) and words[end].text in ("to", "-", "–"):
        other = _plain(words[end + 1].text, lexicon)
        if other is not None and other > value:
            high, end = other, end + 2
            while end < len(words) and words[end].text in numbers.scales:
                low, high = low * numbers.scales[words[end].text], high * numbers.scales[words[end].text]
                end += 1
            return end, low, high
    return end, *_hedged(words, at, low, high, lexicon)


def _plain(word: str, lexicon: CorroborationLexicon) -> float | None:
    if word[0].isdigit():
        try:
            return float(word.replace(",", "")) if len(word) < 20 else None
        except ValueError:
            return None
    known = lexicon.table.numbers.words
    if word in known:
        return float(known[word])
    tens, dash, ones = word.partition("-")
    if dash and tens in known and ones in known and known[tens] >= 20 and known[ones] < 10:
        return float(known[tens] + known[ones])
    return None


def _hedged(words: list[_Word], at: int, low: float, high: float, lexicon: CorroborationLexicon) -> tuple[float, float]:
    """The interval as the words before the number widen it: "at least 12", "nearly 40", "around 300"."""
    before = at - 1 if at and words[at - 1].text in _SIGNS else at
    for length in (4, 3, 2, 1):
        if before < length:
            continue
        hedge = lexicon.table.numbers.hedges.get(" ".join(word.text for word in words[before - length : before]))
        if hedge is None:
            continue
        return {
            "least": (low, inf),
            "more": (low, inf),
            "most": (0.0, high),
            "fewer": (0.0, high),
            "under": (low * (1 - _AROUND), high),
            "around": (low * (1 - _AROUND), high * (1 + _AROUND)),
        }[hedge]
    return low, high


def _is_date(words: list[_Word], first: int, end: int, value: float) -> bool:
    """Whether a number is part of a date, a clock time or a name: "14 July", "in 2013", "7:30", "the F-16"."""
    text = words[first].text
    months = open_lexicon().table.numbers.months
    after = words[end].text if end < len(words) else ""
    before = words[first - 1].text if first else ""
    if not text[0].isdigit():
        return False
    if len(text) == 4 and text.isdigit() and after == "-" and end + 1 < len(words) and words[end + 1].text[0].isdigit():
        return True  # "2023-09-11", "2023-25"
    if after in months or before in months or after in (":", *_NOT_COUNTS) or before == ":":
        return True
    if after in ("th", "st", "nd", "rd") or (after and after[0] == "-") or before in ("-", "/", ".") or after == "/":
        return after not in ("-",) or before == "-" or _is_age(words, end)
    years = len(text) == 4 and text.isdigit() and 1800 <= value <= 2100
    return years and (before in ("in", "since", "of", "by", "until", "from", ",", "") or not after.isalpha())


def _is_age(words: list[_Word], end: int) -> bool:
    return end + 1 < len(words) and words[end + 1].text in ("year-old", "years-old", "year", "month-old", "old")


def _describe(
    words: list[_Word],
    first: int,
    end: int,
    low: float,
    high: float,
    taken: frozenset[int],
    lexicon: CorroborationLexicon,
    before: Number | None,
) -> Number | None:
    """The number with its unit and scope; None for an age, or where nothing shows that something is counted."""
    unit, of, last = _unit(words, first, end, taken, lexicon)
    if unit == "time" and end < len(words) and any(word.text in ("old", "-old") for word in words[end : end + 3]):
        return None
    scope = _scope(words, first, last, taken, lexicon)
    if unit is None and scope is not None and _stands_alone(words, end, lexicon):
        # "killing 12 people and injuring 30": the 30 are people too.
        unit, of = "person", before.of if before is not None and before.unit == "person" else None
    if unit is None and not words[first].text[0].isdigit() and low < 100:
        return None  # "one of them", "two days later" without a noun that we know: seldom a count.
    if unit not in ("person", "building", "vehicle"):
        scope = None
    return Number(Span(words[first].start, words[end - 1].end), low, high, unit, of, scope)


def _stands_alone(words: list[_Word], end: int, lexicon: CorroborationLexicon) -> bool:
    """Whether no noun follows a number: "killing 12 and", "12 were hurt", "12 hurt", and not "nine coaches"."""
    after = words[end].text if end < len(words) else "."
    return not after[0].isalpha() or after in lexicon.stop or after in lexicon.scope_of


def _unit(
    words: list[_Word], first: int, end: int, taken: frozenset[int], lexicon: CorroborationLexicon
) -> tuple[str | None, str | None, int]:
    """The unit of what is counted, its very noun, and the place after that noun."""
    sign = _SIGNS.get(words[first - 1].text) if first else None
    if sign:
        return "money", sign, end
    if first and lexicon.unit_of.get(lexicon.stem(words[first - 1].text)) == "magnitude":
        return "magnitude", None, end
    before = words[max(0, first - 3) : first]
    if any(lexicon.unit_of.get(lexicon.stem(word.text)) == "magnitude" for word in before):
        return "magnitude", None, end
    # "three Turkish police officers", "12 of the 40 passengers"
    found: tuple[str | None, str | None, int] = (None, None, end)
    for place in range(end, min(end + 4, len(words))):
        word = words[place]
        if place in taken or not (word.text[0].isalpha() or word.text[0] in "%-"):
            break
        if word.text in lexicon.scope_of and found[0] is not None:
            break
        unit = lexicon.unit_of.get(lexicon.stem(word.text))
        if unit is not None:
            found = (unit, lexicon.stem(word.text), place + 1)
        elif found[0] is not None or word.text in lexicon.stop - {"other", "of", "the", "more"}:
            break
    return found


def _scope(
    words: list[_Word], first: int, last: int, taken: frozenset[int], lexicon: CorroborationLexicon
) -> str | None:
    """What happened to those counted: the nearest word for it, sought behind and before as far as the next number."""
    nearest: tuple[int, str] | None = None
    behind = last - 1 if last - 1 not in taken else last  # A noun may tell it, too: "12 dead".
    for step, places in ((1, range(behind, len(words))), (-1, range(first - 1, -1, -1))):
        for distance, place in enumerate(places):
            text = words[place].text
            if distance > _NEAR or text in _BREAKS or place in taken:
                break
            scope = lexicon.scope_of.get(text)
            if scope is None:
                continue
            # "killing 12 and injuring 30": a participle before a number governs it, one after it begins the next.
            if step == 1 and text.endswith("ing") and text != "missing":
                break
            reach = distance + (0 if step == 1 else 0 if text.endswith(("ing", "ed")) else 1)
            if nearest is None or reach < nearest[0]:
                nearest = (reach, scope)
            break
    return nearest[1] if nearest else None
