"""Judges whether a phrase that a rule found names a time at all: "May" the name, "2000 soldiers", "a second term"."""

from __future__ import annotations

import re
from bisect import bisect_right

from dateline.model import Name, NameType, Parse, Token
from dateline.reading.timexes.finding import Candidate
from dateline.reading.timexes.rules import Words

_NAMES: frozenset[NameType] = frozenset({"Person", "Organization", "Location", "Facility", "Product"})
_BEFORE = re.compile(r"(\w+)\W{0,3}$")
_AFTER = re.compile(r"[^\w\n]{0,3}(\w+)")
_YEAR_CUE_AFTER = re.compile(r"\s?[-–—]\s?\d|\s*(?:\n|$)|[)\]]")
_ON = frozenset({"on", "in", "by", "since", "until", "of", "from", "last", "next", "during", "throughout"})
_NOT_OF_A_TIME = frozenset({"his", "her", "their", "its", "my", "our", "your"})
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|of|since|by|until|till|from|to|during|between|before|after|around|about|circa|ca\.|and|or|late|early|"
    r"the|for|ending|until|through|as of)\s{1,3}|[(\[–—/-]\s?|(?:^|\n)\s{0,9})$",
    re.IGNORECASE,
)
WINDOW = 24
"""How many characters around a phrase are looked at."""


def names_a_time(candidate: Candidate, text: str, words: Words, parse: Parse | None, names: tuple[Name, ...]) -> bool:
    """Whether a phrase names a time here."""
    phrase = text[candidate.start : candidate.end]
    if not any(letter.isdigit() for letter in phrase) and _in_a_name(candidate, parse, names):
        return False
    judge = {
        "month": _is_month,
        "weekday": _is_weekday,
        "season": _is_season,
        "year": _is_year,
        "amount": _is_amount,
        "decade": _is_decade,
        "every": _is_rate,
        "holiday": _is_capital,
    }.get(candidate.rule.read)
    return judge is None or judge(candidate, text, words, parse)


def _in_a_name(candidate: Candidate, parse: Parse | None, names: tuple[Name, ...]) -> bool:
    """Whether the phrase is a part of a longer name: "Theresa May", "the Sunday Times"."""
    index = bisect_right(names, candidate.start, key=lambda name: name.start) - 1
    if index >= 0 and names[index].type in _NAMES and names[index].end >= candidate.end:
        return names[index].span != candidate.span
    if parse is None or names:
        return False
    words = parse.within(candidate.span)
    return bool(words) and all(word.entity == "PERSON" for word in words)


def _token(candidate: Candidate, parse: Parse | None) -> Token | None:
    words = parse.within(candidate.span) if parse else ()
    return words[-1] if words else None


def _is_month(candidate: Candidate, text: str, words: Words, parse: Parse | None) -> bool:
    if not _is_capital(candidate, text, words, parse):
        return False
    month = candidate.fields["months"]
    if "year" in candidate.fields or candidate.end - candidate.start > len(month):
        return True
    if month.lower() in ("may", "march"):
        return _is_may_or_march(candidate, text, parse)
    return len(month) > 4 or month.lower() in ("may", "june", "july") or _after_preposition(candidate, text)


def _is_may_or_march(candidate: Candidate, text: str, parse: Parse | None) -> bool:
    """Whether "May" is no modal, and "March" no march: "the Long March", "the March to the Sea"."""
    token = _token(candidate, parse)
    if token is not None and token.tag in ("MD", "VB", "VBP", "VBD"):
        return False
    before = _BEFORE.search(text, max(0, candidate.start - WINDOW), candidate.start)
    if before is None or before[1].lower() in _ON:
        return True
    if before[1][0].isupper() and before[1].lower() != "the":
        return False
    return before[1].lower() != "the" or token is None or token.dep in ("compound", "nmod", "amod")


def _is_weekday(candidate: Candidate, text: str, words: Words, parse: Parse | None) -> bool:
    if not _is_capital(candidate, text, words, parse):
        return False
    day = candidate.fields["weekdays"]
    return day.lower().endswith("day") or _after_preposition(candidate, text) or candidate.end - candidate.start > 8


def _is_capital(candidate: Candidate, text: str, words: Words, parse: Parse | None) -> bool:
    """Whether words that only a capital makes a time have it."""
    for name in ("months", "weekdays", "holidays"):
        word = candidate.fields.get(name, "")
        if word.rstrip(".").lower() in words.capital.words and not word[0].isupper():
            return False
    return True


def _after_preposition(candidate: Candidate, text: str) -> bool:
    before = _BEFORE.search(text, max(0, candidate.start - WINDOW), candidate.start)
    return before is not None and before[1].lower() in _ON


def _is_season(candidate: Candidate, text: str, words: Words, parse: Parse | None) -> bool:
    season = candidate.fields["seasons"]
    if "year" in candidate.fields or "yearpointer" in candidate.fields or season.lower() not in ("spring", "fall"):
        return True
    token = _token(candidate, parse)
    if token is not None and token.pos not in ("NOUN", "PROPN"):
        return False
    # "after the fall of Kabul", "his brother witnessed the fall"
    if text[candidate.end : candidate.end + 4] == " of ":
        return False
    pointed = candidate.end - candidate.start > len(season) and not text[candidate.start :].lower().startswith(
        "the fall"
    )
    return pointed or season[0].isupper() or _after_preposition(candidate, text)


def _is_decade(candidate: Candidate, text: str, words: Words, parse: Parse | None) -> bool:
    """ "in his early 30s" is an age."""
    if "tens" not in candidate.fields:
        return True
    before = _BEFORE.search(text, max(0, candidate.start - WINDOW), candidate.start)
    return not (before and before[1].lower() in _NOT_OF_A_TIME)


def _is_rate(candidate: Candidate, text: str, words: Words, parse: Parse | None) -> bool:
    """The Daily News and The Capital Weekly are no sets of times."""
    if "rates" not in candidate.fields or not text[candidate.start].isupper():
        return True
    after = _AFTER.match(text, candidate.end, candidate.end + WINDOW)
    before = _BEFORE.search(text, max(0, candidate.start - WINDOW), candidate.start)
    return not (after and after[1][0].isupper()) and not (before and before[1][0].isupper())


def _is_year(candidate: Candidate, text: str, words: Words, parse: Parse | None) -> bool:
    year = candidate.fields.get("year", "")
    if not year.isdigit() or candidate.rule.name == "years":
        return True
    after = _AFTER.match(text, candidate.end, candidate.end + WINDOW)
    if after and after[1].lower() in words.counted.words:
        return False
    before = _BEFORE.search(text, max(0, candidate.start - WINDOW), candidate.start)
    if before and before[1].lower() in words.counting.words:
        return False
    usual = 1900 <= int(year) < 2050 and year != "2000"
    if usual or _YEAR_CUE_AFTER.match(text, candidate.end):
        return True
    return bool(_YEAR_CUE.search(text, max(0, candidate.start - WINDOW), candidate.start + _lead(candidate)))


def _lead(candidate: Candidate) -> int:
    """How many characters of the phrase stand before its year."""
    return candidate.end - candidate.start - len(candidate.fields["year"])


def _is_amount(candidate: Candidate, text: str, words: Words, parse: Parse | None) -> bool:
    unit = candidate.fields.get("units", "").lower()
    number = candidate.fields.get("numbers", "").lower()
    if unit == "second" and not number[:1].isdigit():
        return number not in ("a", "one", "every") and "-" in text[candidate.start : candidate.end]
    if number in ("a", "an", "a single", "one") and unit.endswith("s"):
        return False
    # "a two year old girl", "three quarters of the vote" are no times.
    if not unit.endswith("s") and text[candidate.start : candidate.end].endswith(" old"):
        return False
    return not unit.startswith("quarter")
