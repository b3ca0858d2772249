"""Reads bylines: whether a line is one, and the names in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.intake.facts.timestamps import PublicationTable
from dateline.lexicon.tables import read_table

LONGEST = 200
"""A byline is no longer than this, in characters."""

_LEAD = re.compile(
    r"[\W_]*(?:(?:by|(?:written|reported|reporting|story|text|words) by|authors?)\s*[:\-]?\s+)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"reporting from [A-Z]|"
    r"\W*(?:additional )?(?:(?:reporting|writing|editing|compiled|written|reported|edited|translated) by\b)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:[;|•·(/–—\d@]|\b(?:in|at|for|reports|published|updated|editing|writing|compiled|with additional)\b)",
    re.IGNORECASE,
)
_BY = re.compile(r"(?<=\W)by\s+(?=[A-Z])")
_PLACE = re.compile(r" in [A-Z][\w’' -]{2,30}$")
_BETWEEN = re.compile(r"\s*(?:,|&|\band\b|\bwith\b)\s*", re.IGNORECASE)
_PART = re.compile(r"(?:[^\W\d_][\w.'’-]*)")
_PARTICLES = frozenset(
    {"de", "da", "di", "do", "dos", "du", "del", "della", "der", "den", "van", "von", "bin", "ibn", "al", "el", "ul",
     "la", "le", "y", "e", "ben", "bint", "abu", "ter", "ten", "ni", "af", "av"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BylineReader:
    """Reads bylines by the words of a language."""

    outlets: frozenset[str]

    @classmethod
    def load(cls, language: str = "en") -> BylineReader:
        """The reader of a language."""
        table = read_table(f"languages/{language}/publication.toml", PublicationTable)
        return cls(frozenset(table.outlet_words))

    def is_byline(self, line: str) -> bool:
        """Whether a line is a byline that says so ("By Ann Otu, Example News").

        >>> reader = BylineReader.load()
        >>> reader.is_byline("By Ann Otu and Musa Bello"), reader.is_byline("By Friday the troops had left")
        (True, False)
        """
        if len(line) > LONGEST:
            return False
        if _TAIL.match(line):
            return True
        lead = _LEAD.match(line)
        return bool(lead and not line.rstrip().endswith((".", "!", "?")) and self._parts(line[lead.end() :]))

    def is_name_line(self, line: str) -> bool:
        """Whether a line is nothing but names: a byline where it stands beside a date, and only there."""
        if len(line) > 80:
            return False
        parts = [_PLACE.sub("", part) for part in _BETWEEN.split(line.strip()) if part]
        return (
            bool(parts) and self._is_person(parts[0]) and all(self._is_person(p) or self._is_outlet(p) for p in parts)
        )

    def is_role_line(self, line: str) -> bool:
        """Whether a short line tells an author's post or paper ("Africa correspondent", "Example News, Seoul")."""
        words = [word.lower() for word in _PART.findall(line[:80])]
        return 0 < len(words) <= 6 and len(line) < 60 and any(word in self.outlets for word in words)

    def read_names(self, line: str) -> tuple[str, ...]:
        """The names in a byline, cleaned of "By", posts, papers and places; the paper where there is no person.

        >>> BylineReader.load().read_names("By Ann Otu and Musa Bello, BBC News")
        ('Ann Otu', 'Musa Bello')
        """
        line = line[:LONGEST].strip()
        lead = _LEAD.match(line) or _BY.search(line)  # "September 17, 2023 by Ann Otu"
        parts = self._parts(line[lead.end() :] if lead else line)
        people = tuple(part for part in parts if self._is_person(part))
        return people or tuple(parts[:1])

    def _parts(self, rest: str) -> list[str]:
        cut = _CUT.search(rest)
        parts = [part.strip(" .,:") for part in _BETWEEN.split(rest[: cut.start()] if cut else rest)]
        if not parts or not (self._is_person(parts[0]) or self._is_outlet(parts[0])):
            return []
        return [part for part in parts if self._is_person(part) or self._is_outlet(part)]

    def _is_person(self, part: str) -> bool:
        """Whether words look like the name of one person: two to five, capitalised but for "van" and the like."""
        words = part.split()
        if not 2 <= len(words) <= 5 or not all(_PART.fullmatch(word) for word in words):
            return False
        if self._is_outlet(part):
            return False
        return words[0][0].isupper() and all(word[0].isupper() or word.lower() in _PARTICLES for word in words)

    def _is_outlet(self, part: str) -> bool:
        words = part.split()
        return (
            0 < len(words) <= 5
            and words[0][0].isupper()
            and any(word.lower().strip(".") in self.outlets for word in words)
        )
