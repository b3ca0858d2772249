"""Judges whether a phrase that a rule found names a time at all: "May" the name, "2000 soldiers", "a second term"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from dateline.model import Name, NameType, Parse, ReportKind, Token
from dateline.reading.timexes.finding import Candidate
from dateline.reading.timexes.rules import Words

_NAMES: frozenset[NameType] = frozenset({"Person", "Organization", "Location", "Facility", "Product"})
_BEFORE = re.compile(r"(\w+)\W{0,3}$")
_AFTER = re.compile(r"[^\w\n]{0,3}(\w+)")
_COUNTED = re.compile(r"[ \u00a0-]?(\w+)")
"""The word that a figure may count: "2000 soldiers", but not "in 2009, more than 60 officers"."""

_YEAR_AFTER = re.compile(r"\s?[-–—]\s?\d|\s*(?:\n|$)|[)\]]")
_YEAR_BEFORE = re.compile(r"[(\[–—/-]\s?$|(?:^|\n)\s{0,9}$")
_SUM_BEFORE = re.compile(r"(?:[$£€¥₹₦₱₩₽฿₺₴₫₪]|\b(?:Rs|Tk|Ksh|Sh|USD|EUR|GBP|INR|NGN)\.?)\s?$")
"""What makes four figures a sum of money: "notes of ₹500 and ₹2000"."""

WINDOW = 24
"""How many characters around a phrase are looked at."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the phrases of one report."""

    text: str
    words: Words
    kind: ReportKind
    parse: Parse | None
    names: tuple[Name, ...]

    def names_a_time(self, candidate: Candidate) -> bool:
        """Whether a phrase names a time here."""
        phrase = candidate.span.of(self.text)
        if not any(letter.isdigit() for letter in phrase) and self._in_a_name(candidate):
            return False
        judge = _JUDGES.get(candidate.rule.read)
        return judge is None or judge(self, candidate)

    def _in_a_name(self, candidate: Candidate) -> bool:
        """Whether the phrase is a part of a longer name: "Theresa May", "the Sunday Times"."""
        index = bisect_right(self.names, candidate.start, key=lambda name: name.start) - 1
        if index >= 0 and self.names[index].type in _NAMES and self.names[index].end >= candidate.end:
            return self.names[index].span != candidate.span
        if self.parse is None or self.names:
            return False
        tokens = self.parse.within(candidate.span)
        return bool(tokens) and all(token.entity == "Person" for token in tokens)

    def before(self, candidate: Candidate) -> str:
        """The word before a phrase; "" where none stands near."""
        match = _BEFORE.search(self.text, max(0, candidate.start - WINDOW), candidate.start)
        return match[1] if match else ""

    def after(self, candidate: Candidate) -> str:
        """The word after a phrase, on the same line; "" where none stands near."""
        match = _AFTER.match(self.text, candidate.end, candidate.end + WINDOW)
        return match[1] if match else ""

    def follows_preposition(self, candidate: Candidate) -> bool:
        """Whether a preposition of time, or a word such as "last", stands before."""
        return self.before(candidate).lower() in self.words.leads.before

    def token(self, candidate: Candidate) -> Token | None:
        """The last token of a phrase."""
        tokens = self.parse.within(candidate.span) if self.parse else ()
        return tokens[-1] if tokens else None

    def has_capital(self, candidate: Candidate) -> bool:
        """Whether words that only a capital makes a time have it."""
        for name in ("months", "weekdays", "holidays"):
            word = candidate.fields.get(name, "")
            if word.rstrip(".").lower() in self.words.capital.words and not word[0].isupper():
                return False
        return True

    def is_month(self, candidate: Candidate) -> bool:
        """Whether a month is no modal, march or name, and an abbreviation stands where a time does."""
        month = candidate.fields["months"]
        if not self.has_capital(candidate):
            return False
        if "year" in candidate.fields or candidate.end - candidate.start > len(month):
            return True
        if month.lower() in ("may", "march"):
            return self._is_may_or_march(candidate)
        return len(month) > 4 or month.lower() in ("june", "july") or self.follows_preposition(candidate)

    def _is_may_or_march(self, candidate: Candidate) -> bool:
        """Whether "May" is no modal, and "March" no march: "the Long March", "the March to the Sea"."""
        token, before = self.token(candidate), self.before(candidate)
        if token is not None and token.tag in ("MD", "VB", "VBP", "VBD"):
            return False
        if not before or self.follows_preposition(candidate):
            return True
        if before.lower() == "the":
            return token is None or token.dep in ("compound", "nmod", "amod")
        return not before[0].isupper()

    def is_weekday(self, candidate: Candidate) -> bool:
        """Whether an abbreviated weekday stands where a time does."""
        day = candidate.fields["weekdays"]
        if not self.has_capital(candidate):
            return False
        if candidate.fields.get("pointers", "").lower() in ("that", "the"):  # "they said that Sun was held"
            return day.lower().endswith("day")
        spelled = day.lower().endswith("day") or candidate.end - candidate.start > len(day) + 1
        around = self.text[max(0, candidate.start - 1) : candidate.end + 1]
        bracketed = around[:1] == "(" and around[-1:] == ")"
        return spelled or bracketed or self.follows_preposition(candidate)

    def is_season(self, candidate: Candidate) -> bool:
        """Whether "fall" and "spring" are seasons, and no season is a part of a name ("the Winter Olympics")."""
        season, phrase, after = candidate.fields["seasons"], candidate.span.of(self.text), self.after(candidate)
        if "year" in candidate.fields or "yearpointer" in candidate.fields:
            return True
        if self.kind == "news" and season[0].isupper() and after[:1].isupper() and after.lower() != "of":
            return False
        if season.lower() not in ("spring", "fall"):
            return True
        token = self.token(candidate)
        if token is not None and token.pos not in ("NOUN", "PROPN"):
            return False
        # "after the fall of Kabul", "she survived the fall"
        if after == "of":
            return False
        bare = phrase.lower() in (season.lower(), "the fall")
        return not bare or season[0].isupper() or self.follows_preposition(candidate)

    def is_decade(self, candidate: Candidate) -> bool:
        """Whether tens are no age ("in his early 30s")."""
        return "tens" not in candidate.fields or self.before(candidate).lower() not in self.words.leads.owners

    def is_rate(self, candidate: Candidate) -> bool:
        """Whether a rate is no part of a name ("the Daily News") and no newspaper ("a source told Al-Rai daily")."""
        if "rates" in candidate.fields and self._of_a_paper(candidate):
            return False
        if "rates" not in candidate.fields or not self.text[candidate.start].isupper():
            return True
        return not self.after(candidate)[:1].isupper() and not self.before(candidate)[:1].isupper()

    def _of_a_paper(self, candidate: Candidate) -> bool:
        """Whether a rate follows the name of a paper, or is the object of telling: "told the daily that it began"."""
        if candidate.span.of(self.text).lower() != "daily":
            return False
        index = bisect_right(self.names, candidate.start, key=lambda name: name.start) - 1
        named = index >= 0 and 0 <= candidate.start - self.names[index].end <= 1
        token = self.token(candidate)
        told = token is not None and token.pos == "NOUN" and token.dep in ("dobj", "dative", "nsubj", "pobj")
        return told or (named and self.names[index].type in ("Organization", "Misc", "Product", "Person"))

    def is_year(self, candidate: Candidate) -> bool:
        """Whether four figures are a year and no count of things."""
        year = candidate.fields.get("year", "")
        if not year.isdigit() or candidate.rule.name == "years":
            return True
        counted = _COUNTED.match(self.text, candidate.end, candidate.end + WINDOW)
        if counted and counted[1].lower() in self.words.counted.words:
            return False
        start = max(0, candidate.start - WINDOW)
        if self.before(candidate).lower() in self.words.counting.words:
            return False
        if _SUM_BEFORE.search(self.text, start, candidate.start):
            return False
        if 1900 <= int(year) < 2050 and year != "2000":
            return True
        led = candidate.end - candidate.start > len(year) or self.before(candidate).lower() in self.words.leads.years
        return led or bool(
            _YEAR_AFTER.match(self.text, candidate.end) or _YEAR_BEFORE.search(self.text, start, candidate.start)
        )

    def is_amount(self, candidate: Candidate) -> bool:
        """Whether a number and a unit are no ordinal, fraction or age."""
        unit, number = candidate.fields.get("units", "").lower(), candidate.fields.get("numbers", "").lower()
        phrase = candidate.span.of(self.text)
        if unit == "second" and not number[:1].isdigit():
            return number not in ("a", "one") and "-" in phrase
        plural = unit.endswith("s")
        if plural and number in ("a", "an", "a single", "one"):
            return False
        # "a two year old girl", "three quarters of the vote"
        return not unit.startswith("quarter") and (plural or not phrase.endswith(" old"))


_JUDGES: dict[str, Callable[[Judge, Candidate], bool]] = {
    "amount": Judge.is_amount,
    "decade": Judge.is_decade,
    "every": Judge.is_rate,
    "holiday": Judge.has_capital,
    "month": Judge.is_month,
    "season": Judge.is_season,
    "weekday": Judge.is_weekday,
    "year": Judge.is_year,
}
"""What is to be judged of each way of reading."""
