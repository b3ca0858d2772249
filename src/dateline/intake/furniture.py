"""Tells page furniture from reporting, line by line, by how it speaks; its knowledge is in ``furniture.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec import Struct

from dateline.errors import LexiconError
from dateline.lexicon.tables import read_table
from dateline.model import FurnitureSort

LONGEST = 1500
"""A line longer than this, in characters, is a text and no furniture."""

BRIDGE = 4
"""How many lines in the site's own voice may stand between two lines of an appeal."""

_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|(?<!\w)‘(?:[^’]|’(?=\w))*(?:’|$)|«[^»]*(?:»|$)")
_SPACES = re.compile(r"\s+")
_SPREADING: frozenset[FurnitureSort] = frozenset({"appeal", "comments", "registration", "newsletter"})


class FurnitureRule(Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which furniture speaks, with lines that it finds and lines that it must leave alone."""

    name: str
    sort: FurnitureSort
    sure: Literal["clear", "hint"]
    find: str
    words: int
    examples: tuple[str, ...]
    never: tuple[str, ...]


class FurnitureTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``furniture.toml``."""

    guard_words: int
    guard: str
    voice: str
    rule: tuple[FurnitureRule, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line by itself looks like: the sort that it speaks like, how sure, and whether the site speaks in it."""

    sort: FurnitureSort | None = None
    clear: bool = False
    voice: bool = False


@dataclass(frozen=True, slots=True)
class FurnitureJudge:
    """Judges lines by the rules of a language."""

    rules: tuple[tuple[FurnitureRule, re.Pattern[str]], ...]
    guard: re.Pattern[str]
    voice: re.Pattern[str]
    guard_words: int

    @classmethod
    def load(cls, language: str = "en") -> FurnitureJudge:
        """The judge of a language, its rules compiled."""
        path = f"languages/{language}/furniture.toml"
        table = read_table(path, FurnitureTable)
        rules = tuple((rule, compile_rule(path, rule.name, rule.find)) for rule in table.rule)
        return cls(rules, re.compile(table.guard), re.compile(table.voice), table.guard_words)

    def judge_line(self, line: str) -> Verdict:
        """What a line looks like by itself.

        >>> FurnitureJudge.load().judge_line("Sign up to our free newsletter").sort
        'newsletter'
        """
        if len(line) > LONGEST:
            return Verdict()
        plain = _SPACES.sub(" ", _QUOTED.sub(" ", line).replace("’", "'")).strip()
        words = plain.count(" ") + 1
        if not plain or (words > self.guard_words and self.guard.search(plain)):
            return Verdict()
        voice = bool(self.voice.search(plain))
        fitting = [rule for rule, find in self.rules if words <= rule.words and find.search(plain)]
        best = next((rule for rule in fitting if rule.sure == "clear"), next(iter(fitting), None))
        return Verdict(best.sort, best.sure == "clear", voice) if best else Verdict(voice=voice)

    def find_furniture(self, lines: Sequence[str]) -> list[FurnitureSort | None]:
        """For each line the sort of furniture that it is, or None where it is (or may be) reporting.

        Hints count beside other hints or clear lines; lines in the site's voice count between two lines of an appeal.
        """
        verdicts = [self.judge_line(line) for line in lines]
        sorts = [verdict.sort if verdict.clear else None for verdict in verdicts]
        for group in _groups(verdicts):
            clear = next((verdicts[number].sort for number in group if verdicts[number].clear), None)
            hints = [number for number in group if verdicts[number].sort]
            if clear or (len(hints) > 1 and hints[-1] - hints[0] < len(hints)):
                for number in range(hints[0], hints[-1] + 1):
                    sorts[number] = sorts[number] or verdicts[number].sort or clear
        return sorts


def _groups(verdicts: Sequence[Verdict]) -> Iterator[list[int]]:
    """The runs of lines that the site may be speaking in: lines that look like its prompts, and its voice between."""
    group: list[int] = []
    voices = 0
    for number, verdict in enumerate(verdicts):
        prompt = verdict.sort in _SPREADING
        voices = 0 if prompt else voices + 1
        if prompt or (verdict.voice and not verdict.sort and voices <= BRIDGE):
            group.append(number)
            continue
        if group:
            yield group
        group = []
    if group:
        yield group


def compile_rule(path: str, name: str, find: str) -> re.Pattern[str]:
    """The pattern of a rule.

    Raises LexiconError where it does not compile.
    """
    try:
        return re.compile(find)
    except re.error as error:
        raise LexiconError(
            f'{path}, rule "{name}"', f"the pattern does not compile ({error})", "Mend its find line."
        ) from None
