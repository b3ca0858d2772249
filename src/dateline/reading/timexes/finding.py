"""Finds the phrases of a sentence that may name a time: a scan for trigger words, then the rules that they wake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.model import ReportKind, Span
from dateline.reading.timexes.rules import FIGURES, Fields, TimexRule, TimexRules

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d")

BACKWARD, ONWARD = 48, 64
"""How far before and after the word that wakes it a rule may match, in characters."""

_SPLICE = re.compile(r"(?:,|\s?[|@–—-])?\s{0,3}|,? (?:at|around|about) ", re.IGNORECASE)
"""What may stand between a day and a clock time that are one expression: "June 4, 2021 | 6:20pm", "9 a.m. Friday"."""

_SERIES = re.compile(r"\s?(?:[-–—/,]|,? ?(?:to|until|till|through|and|or|and the))\s?(?:the )?")
"""What stands between the members of a series that share a year: "from 5 March to 9 April 2018"."""

_THROUGH = re.compile(r"\s?[-–—]\s?| (?:to|until|till|through) ")
"""What stands between the ends of a range of weekdays."""

DAYS = frozenset({"day", "numeric", "weekday", "today", "holiday", "part"})
"""The ways of reading that give a day, to which a clock time can be spliced."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that a rule found, with the words it captured; whether it names a time is judged later."""

    start: int
    end: int
    rule: TimexRule
    fields: Fields

    @property
    def span(self) -> Span:
        """Where the phrase stands in the text."""
        return Span(self.start, self.end)


def find_candidates(rules: TimexRules, kind: ReportKind, text: str, small: str, sentence: Span) -> list[Candidate]:
    """The phrases of a sentence that the rules of this kind of report find, in order, none overlapping another.

    ``small`` is the text in small letters.
    """
    found = [
        candidate
        for index, window in sorted(_woken(rules, small, sentence).items())
        if rules.rules[index].kind in (None, kind)
        for candidate in _matches(rules.rules[index], text, small, window)
    ]
    return _running(text, _with_years(text, _spliced(text, _longest(found)))) if found else []


def _woken(rules: TimexRules, text: str, sentence: Span) -> dict[int, Span]:
    """The rules that the words of a sentence wake, and the stretch about those words where each may match."""
    woken: dict[int, Span] = {}
    wakes = rules.wakes
    if wakes.keys().isdisjoint(_WORD.findall(text, *sentence)) and not _FIGURE.search(text, *sentence):
        return woken
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        word = match[0]
        indexes = wakes.get(word, ())
        if word[0].isdigit():
            shapes = (
                wakes[name] for name, shape in FIGURES.items() if name in wakes and shape.match(text, match.start())
            )
            indexes = (*indexes, *(index for found in shapes for index in found))
        if not indexes:
            continue
        fresh = Span(max(sentence.start, match.start() - BACKWARD), min(sentence.end, match.end() + ONWARD))
        for index in indexes:
            before = woken.get(index)
            woken[index] = Span(before.start, fresh.end) if before else fresh
    return woken


def _matches(rule: TimexRule, text: str, small: str, window: Span) -> Iterator[Candidate]:
    for match in rule.pattern.finditer(small, window.start, window.end):
        groups = {name: text[slice(*match.span(name))] for name, words in match.groupdict().items() if words}
        if "last" in groups and "first" in groups:
            yield from _both_ends(rule, match, groups)
            continue
        extent = "span" if "span" in groups else "span2" if "span2" in groups else 0
        fields = {**rule.settings, **groups}
        for name, words in groups.items():
            fields.setdefault(name.removesuffix("2"), words)
        yield Candidate(match.start(extent), match.end(extent), rule, fields)


def _both_ends(rule: TimexRule, match: re.Match[str], groups: Fields) -> Iterator[Candidate]:
    """The two expressions of an elliptical range, each with what it borrows from the other."""
    first = {name: words for name, words in groups.items() if not name.endswith("2")}
    last = {**first, **{name[:-1]: words for name, words in groups.items() if name.endswith("2")}}
    last["since"] = first.get("year", "")
    yield Candidate(match.start("first"), match.end("first"), rule, first)
    yield Candidate(match.start("last"), match.end("last"), rule, last)


def _longest(found: list[Candidate]) -> list[Candidate]:
    """Of overlapping candidates the one that begins first, then the longest, then the one whose rule stands first."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
    return kept


def _spliced(text: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, a day and the clock time next to it made one."""
    kept: list[Candidate] = []
    for candidate in found:
        before = kept[-1] if kept else None
        if before and _splices(text, before, candidate):
            day, clock = (before, candidate) if candidate.rule.read == "clock" else (candidate, before)
            fields = {**clock.rule.settings, **clock.fields, **day.fields}
            kept[-1] = Candidate(before.start, candidate.end, day.rule, fields)
        else:
            kept.append(candidate)
    return kept


def _splices(text: str, one: Candidate, other: Candidate) -> bool:
    reads = {one.rule.read, other.rule.read}
    if "clock" not in reads or not reads & DAYS or ("hour" in one.fields and "hour" in other.fields):
        return False
    gap = text[one.end : other.start]
    if len(gap) > 8 or not _SPLICE.fullmatch(gap):
        return False
    # "Friday at 9 a.m." are two expressions, "June 4, 2021 at 6:20 AM" on top of a page is one.
    day = one if one.rule.read in DAYS else other
    return not gap.strip(" ,").isalpha() or "year" in day.fields


def _with_years(text: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, months without a year taking it from the end of their series ("between May and June 1918")."""
    kept = list(found)
    for index in range(len(kept) - 2, -1, -1):
        one, other = kept[index], kept[index + 1]
        if "year" not in other.fields or other.rule.read not in ("day", "month", "season"):
            continue
        if one.rule.read != other.rule.read or {"year", "pointers", "yearpointer"} & one.fields.keys():
            continue
        gap = text[one.end : other.start]
        if len(gap) <= 12 and _SERIES.fullmatch(gap):
            borrowed = {**one.fields, "year": other.fields["year"], "until": other.fields.get("months", "")}
            kept[index] = Candidate(one.start, one.end, one.rule, borrowed)
    return kept


def _running(text: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, the second weekday of a range marked as the one that follows the first ("Friday to Sunday")."""
    kept = list(found)
    for index in range(1, len(kept)):
        one, other = found[index - 1], found[index]
        if one.rule.read == other.rule.read == "weekday" and _THROUGH.fullmatch(text[one.end : other.start][:12]):
            kept[index] = Candidate(other.start, other.end, other.rule, {**other.fields, "through": "yes"})
    return kept
