"""What names are known by: titles, last words of organisations, months, currencies, as one typed table."""

from __future__ import annotations

import re

from msgspec import Struct

from dateline.model import NameType


class NameLexicon(Struct, frozen=True):
    """The word lists of ``data/languages/*/names.toml``; all in lower case but months, weekdays and currency codes."""

    titles: frozenset[str]
    rulers: frozenset[str]
    organizations: frozenset[str]
    facilities: frozenset[str]
    not_names: frozenset[str]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    currency_signs: tuple[str, ...]
    currency_codes: tuple[str, ...]
    currency_words: tuple[str, ...]
    scales: tuple[str, ...]
    kinds: dict[str, NameType]

    def is_title(self, word: str) -> bool:
        """Whether a word is a title, with or without its full stop."""
        return word.lower().rstrip(".") in self.titles


def date_pattern(lexicon: NameLexicon) -> re.Pattern[str]:
    """Finds calendar dates: weekdays, months, days with a month, years from 1000 to 2099, and spans of years."""
    month = rf"(?:{'|'.join(lexicon.months)})\b\.?"
    weekday = rf"(?:{'|'.join(lexicon.weekdays)})s?\b"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    days = rf"{day}(?:\s?[-–]\s?{day})?"
    year = r"(?:1\d{3}|20\d\d)"
    in_year = rf"(?:,?\s{year})?"
    dated = rf"(?:{days}\s(?:of\s)?{month}{in_year}|{month}\s{days}\b{in_year}|{month}(?:\sof)?\s{year}|{month})"
    alone = rf"(?:{year}(?:\s?[-–/]\s?(?:{year}|\d\d))?s?|\d{{4}}-\d\d-\d\d)"
    return re.compile(rf"(?<![\w$£€])(?<!\d[.,])(?:{weekday}(?:,?\s{dated})?|{dated}|{alone})(?![\w%]|,\d|\.\d)")


def money_pattern(lexicon: NameLexicon) -> re.Pattern[str]:
    """Finds amounts of money: "US$20 million", "Rs 50,000", "5,000 colones", "£24"."""

    def any_of(words: tuple[str, ...]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    amount = r"\d{1,15}(?:[.,]\d{1,15}){0,6}"
    signs, codes, scales = any_of(lexicon.currency_signs), any_of(lexicon.currency_codes), any_of(lexicon.scales)
    words = any_of(lexicon.currency_words)
    scaled = rf"{amount}(?:[\s-]?(?:{scales})\b)?"
    before = rf"(?:(?:(?:{codes})\s?)?(?:{signs})|(?:{codes})\.?)"
    return re.compile(
        rf"(?<!\w)(?:{before}\s?{scaled}|{scaled}\s(?:\w{{1,20}}\s)?(?:{words})\b|{scaled}\s(?:{codes})\b)(?!\w)"
    )
