"""Finds what makes a line a caption: the credit it ends in, or words that only captions open with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgspec import Struct

from dateline.intake.furniture import compile_rule
from dateline.lexicon.tables import read_table
from dateline.model import Span

TAIL = 200
"""How far from its end the credit of a caption is looked for, in characters."""

_NAME_PARTS = re.compile(r"\s*(?:/|,|\||\bvia\b|\bfor\b)\s*")


class CreditRule(Struct, frozen=True, forbid_unknown_fields=True):
    """One form of credit; with ``agency`` one of its parts must be an agency that we know."""

    name: str
    find: str
    examples: dict[str, str]
    agency: bool = False


class OpeningRule(Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which captions open, with lines that are captions and lines that are not."""

    name: str
    find: str
    examples: tuple[str, ...]
    never: tuple[str, ...]


class CaptionTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``captions.toml``."""

    agencies: frozenset[str]
    credit: tuple[CreditRule, ...]
    opening: tuple[OpeningRule, ...]


@dataclass(frozen=True, slots=True)
class CaptionFinder:
    """Finds the credits and openings of captions by the rules of a language."""

    agencies: frozenset[str]
    credits: tuple[tuple[CreditRule, re.Pattern[str]], ...]
    openings: tuple[re.Pattern[str], ...]

    @classmethod
    def load(cls, language: str = "en") -> CaptionFinder:
        """The finder of a language, its rules compiled."""
        path = f"languages/{language}/captions.toml"
        table = read_table(path, CaptionTable)
        return cls(
            table.agencies,
            tuple((rule, compile_rule(path, rule.name, rule.find)) for rule in table.credit),
            tuple(compile_rule(path, rule.name, rule.find) for rule in table.opening),
        )

    def find_credit(self, line: str) -> Span | None:
        """Where in a line the credit stands that it ends in.

        >>> line = "Two leaders shake hands (AP)"
        >>> CaptionFinder.load().find_credit(line).of(line)
        '(AP)'
        """
        stripped = line.rstrip()
        if stripped.strip("()[] ") in self.agencies:  # a line of its own under a picture: "Reuters"
            return Span(len(line) - len(line.lstrip()), len(stripped))
        for rule, find in self.credits:
            match = find.search(stripped, max(0, len(stripped) - TAIL))
            if match and (not rule.agency or self._names_agency(match["credit"])):
                return Span(*match.span("credit"))
        return None

    def opens(self, line: str) -> bool:
        """Whether a line opens as only captions do ("FILE PHOTO: …")."""
        return any(find.search(line[:300]) for find in self.openings)

    def _names_agency(self, credit: str) -> bool:
        parts = _NAME_PARTS.split(credit.strip("()[]. "))
        return any(part in self.agencies for part in parts)
