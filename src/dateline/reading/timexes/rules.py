"""The rules and word lists of time expressions, as typed tables, and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct

from dateline.errors import LexiconError
from dateline.lexicon.tables import read_table
from dateline.lexicon.zones import Zones
from dateline.model import ReportKind, TimexMod, TimexType

Fields = dict[str, str]
"""The words that a rule captured, by the name of the list they belong to."""


class Pointer(Struct, frozen=True, rename={"origin": "from"}):
    """What a word such as "next" points to: so many units on, from the publication or from the time in focus."""

    by: int
    origin: Literal["publication", "focus"]
    stretch: bool = False


class Holiday(Struct, frozen=True):
    """A day of every year: of a month, the nth weekday of a month (-1 the last), or days from Easter Sunday."""

    names: tuple[str, ...]
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int = 1
    easter: int | None = None


class WordSet(Struct, frozen=True):
    """A set of words that decide whether a phrase names a time at all."""

    words: frozenset[str]


class Leads(Struct, frozen=True):
    """The words before a time, before a year of any number, before what is somebody's, and before a stretch."""

    before: frozenset[str]
    years: frozenset[str]
    owners: frozenset[str]
    during: frozenset[str]


class Cues(Struct, frozen=True):
    """The lemmas that tell whether a sentence looks forward."""

    future: frozenset[str]
    plans: frozenset[str]
    infinitives: frozenset[str]
    scheduled: frozenset[str]
    ends: frozenset[str]
    delays: frozenset[str]
    saying: frozenset[str]


class Words(Struct, frozen=True):
    """The words that time expressions are made of, as ``timex_words.toml`` lists them."""

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, str]
    parts: dict[str, str]
    units: dict[str, str]
    short_units: dict[str, str]
    numbers: dict[str, str]
    ordinals: dict[str, int]
    tens: dict[str, int]
    pointers: dict[str, Pointer]
    rates: dict[str, str]
    mods: dict[str, TimexMod]
    cues: Cues
    leads: Leads
    counted: WordSet
    counting: WordSet
    capital: WordSet
    news: WordSet
    shapes: dict[str, str]

    def lists(self) -> dict[str, list[str]]:
        """The words of every list, by the list's name."""
        return {
            name: list(getattr(self, name))
            for name in self.__struct_fields__
            if name not in ("cues", "mods", "leads", "counted", "counting", "capital", "news", "shapes")
        }


class _Rule(Struct, frozen=True, rename={"settings": "with"}):
    name: str
    type: TimexType
    on: tuple[str, ...]
    find: str
    read: str
    examples: dict[str, str]
    settings: dict[str, str] = {}
    kind: ReportKind | None = None
    looks: Literal["forward"] | None = None


class _Rules(Struct, frozen=True, rename={"rules": "rule"}):
    rules: tuple[_Rule, ...]
    published: str = ""


class _Holidays(Struct, frozen=True):
    holidays: tuple[Holiday, ...]


@dataclass(frozen=True, slots=True)
class TimexRule:
    """One shape of time expression: its pattern, the way its value is read, and examples of it.

    The pattern is for text in small letters (``folded``): it is several times as fast as one that minds no case.
    """

    name: str
    type: TimexType
    pattern: re.Pattern[str]
    read: str
    settings: Mapping[str, str]
    kind: ReportKind | None
    forward: bool
    """Whether the rule holds only where the sentence does not look back."""
    examples: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TimexRules:
    """All rules of a language, the words they are made of, and which word in a text wakes which rules."""

    rules: tuple[TimexRule, ...]
    words: Words
    holidays: Mapping[str, Holiday] = field(repr=False)
    wakes: Mapping[str, tuple[int, ...]] = field(repr=False)
    news: re.Pattern[str] = field(repr=False)
    """The words that news is full of, and histories are not."""
    zones: Zones = field(repr=False)
    mods: re.Pattern[str] = field(repr=False)
    """What an expression may begin with that tells a part of it, or how exact it is."""
    published: str
    """The day of publication that the rules' examples are read against."""

    @classmethod
    def load(cls, language: str = "en") -> TimexRules:
        """The rules of a language, compiled. Raises LexiconError where a rule cannot be used."""
        folder = f"languages/{language}/"
        words = read_table(f"{folder}timex_words.toml", Words)
        calendar = read_table(f"{folder}timex_holidays.toml", _Holidays).holidays
        holidays = {name: holiday for holiday in calendar for name in holiday.names}
        lists = {**words.lists(), "holidays": list(holidays)}
        tables = [(path, read_table(path, _Rules)) for path in (f"{folder}timexes.toml", f"{folder}timex_amounts.toml")]
        rules = [(path, rule) for path, table in tables for rule in table.rules]
        return cls(
            rules=tuple(_compiled(rule, lists, words.shapes, path) for path, rule in rules),
            words=words,
            holidays=holidays,
            wakes=_wakes([rule for _, rule in rules], lists),
            news=re.compile(rf"\b(?:{'|'.join(sorted(words.news.words))})\b"),
            zones=Zones.load(language),
            mods=re.compile(rf"(?:the )?(?:very )?({'|'.join(sorted(words.mods, key=len, reverse=True))})\b"),
            published=tables[0][1].published,
        )

    def mod(self, phrase: str) -> TimexMod | None:
        """TIMEX3's modifier of an expression, by the words that it begins with: "late 2019" is the END of 2019."""
        match = self.mods.match(folded(phrase))
        return self.words.mods[match[1]] if match else None


FIGURES: Mapping[str, re.Pattern[str]] = {
    "{year}": re.compile(r"\w{4}"),
    "{nth}": re.compile(r"\d{1,2}(?:st|nd|rd|th)\b"),
    "{hour}": re.compile(r"\d{1,2}(?:[:.]\d\d|\s{0,2}[ap]\.?m\b)"),
    "{parted}": re.compile(r"\d{1,2}[/.-]\d"),
    "{short}": re.compile(r"(?<=[’'])\d\d|\d0[’']?s"),
    "{joined}": re.compile(r"\d{1,3}[^\W\d]"),
}
"""What in a rule's ``on`` stands for figures of a shape: "1998", "12th", "9:30", "12/5", "'99" or "80s", "2hrs"."""


def _wakes(rules: Iterable[_Rule], lists: Mapping[str, list[str]]) -> dict[str, tuple[int, ...]]:
    """Which words wake which rules, by the rules' places in the order."""
    common = frozenset(word for name in ("months", "weekdays", "units", "ordinals") for word in lists[name])
    wakes: dict[str, list[int]] = {}
    for index, rule in enumerate(rules):
        for entry in rule.on:
            if entry in FIGURES:
                wakes.setdefault(entry, []).append(index)
                continue
            for phrase in lists[entry[1:-1]] if entry.startswith("{") else (entry,):
                wakes.setdefault(_telling_word(phrase, common), []).append(index)
    return {word: tuple(dict.fromkeys(indexes)) for word, indexes in wakes.items()}


def _telling_word(phrase: str, common: frozenset[str]) -> str:
    """The longest of a phrase's words that is not in every report: that which a text's own words are compared with."""
    return max(map(str, re.findall(r"\w+", phrase)), key=lambda word: (word not in common and len(word) > 2, len(word)))


_SLOT = re.compile(r"\{(=?)([a-z_]+)(\d?)\}")
KELVIN = "\u212a"
"""The sign of a unit whose small letter is a k: "wee\u212as" are no weeks."""

_CAPITAL = re.compile(r"\\.|\(\?P|[A-Z]")


def _small(match: re.Match[str]) -> str:
    """A capital of a pattern made small; what only looks like one ("\\W", "(?P") as it is."""
    return match[0].lower() if match[0].isalpha() else match[0]


def folded(text: str) -> str:
    """A text in small letters, each character in its place: what the rules' patterns are matched with.

    >>> folded("On İstanbul's Sunday")
    "on İstanbul's sunday"
    """
    small = text.lower()
    if len(small) == len(text) and KELVIN not in text:
        return small
    return "".join(letter if len(letter.lower()) > 1 or letter == KELVIN else letter.lower() for letter in text)


def _compiled(rule: _Rule, lists: Mapping[str, list[str]], shapes: Mapping[str, str], path: str) -> TimexRule:
    def fill(slot: re.Match[str]) -> str:
        silent, name, number = slot.groups()
        inner = _SLOT.sub(fill, shapes[name]) if name in shapes else _choice(name, lists[name], shapes["compound"])
        return f"(?:{inner})" if silent else f"(?P<{name}{number}>{inner})"

    try:
        source = _CAPITAL.sub(_small, _SLOT.sub(fill, rule.find)).replace(" ", r"(?:\s{1,3})")
        pattern = re.compile(rf"(?<![\w$£€¥])(?<!\d[.,/:])(?:{source})(?![\w%])(?![.,/:]\d)")
    except KeyError as error:
        raise LexiconError(
            f'{path}, rule "{rule.name}"', f"there is no list {error}", "Name a list or shape of timex_words.toml."
        ) from error
    except re.error as error:
        raise LexiconError(
            f'{path}, rule "{rule.name}"', f"the pattern does not compile ({error})", "Mend its find line."
        ) from error
    return TimexRule(
        rule.name, rule.type, pattern, rule.read, rule.settings, rule.kind, rule.looks == "forward", rule.examples
    )


def _choice(name: str, words: Iterable[str], compound: str) -> str:
    """A pattern for any one of the words, the longest tried first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    if name == "months":
        # "Sept. 17": an abbreviation may carry its full stop; "in July." must not.
        return "|".join(rf"{word}\b\.?" if len(word) <= 4 and word not in _SHORT_MONTHS else word for word in ordered)
    choice = "|".join(re.escape(word).replace(r"\ ", " ") for word in ordered)
    if name == "numbers":
        return rf"{compound}|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,2}}|[0-9]{{1,5}}(?:\.[0-9]{{1,2}})?|{choice}"
    return choice


_SHORT_MONTHS = ("may", "june", "july")
