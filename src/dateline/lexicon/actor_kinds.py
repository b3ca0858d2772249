"""Tells what kind of participant words speak of: state, military, rebel, civil or international."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from dateline.lexicon.tables import read_table
from dateline.model import ActorKind

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_LONGEST = 3
RANK = "general"


class _Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """The words and the names of one kind."""

    kind: ActorKind
    words: frozenset[str]
    names: frozenset[str]


class KindTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``actor_kinds.toml``; the kinds in the order in which they decide."""

    bygone: frozenset[str]
    not_ranks: frozenset[str]
    leading: frozenset[str]
    firm: frozenset[str]
    kind: tuple[_Kind, ...]

    def named(self, name: str) -> ActorKind | None:
        """The kind of what has this very name, with or without its article."""
        plain = name.replace("’", "'").removeprefix("the ").removeprefix("The ")
        return next((each.kind for each in self.kind if plain in each.names), None)

    def told_by(self, phrase: str, *, of_country: bool = False) -> ActorKind | None:
        """The kind that a role or a description tells; None where it tells none, or says that it is over.

        ``of_country`` says that it is that of a person of a country, so that a leader is the country's.

        >>> kinds = open_kinds()
        >>> kinds.told_by("a commander of the rebels"), kinds.told_by("Russian defence minister")
        ('rebel', 'state')
        >>> kinds.told_by("attorney general"), kinds.told_by("former president"), kinds.told_by("UN envoy")
        ('state', None, 'international')
        >>> kinds.told_by("Ministry of Women and Family"), kinds.told_by("wife of the minister")
        ('state', 'civil')
        """
        printed = [word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(phrase)]
        lower = [word.lower() for word in printed]
        if self.bygone & set(lower):
            return None
        words = set(_runs([_singular(word) for word in lower])) | set(_runs(lower))
        if self.not_ranks & set(lower):
            words.discard(RANK)
        names = set(_runs(printed))
        told = next((each.kind for each in self.kind if each.words & words or each.names & names), None)
        if told == "civil" and self.firm & set(_runs(_head(lower))):
            return "state"
        return told or ("state" if of_country and self.leading & words else None)


def _head(words: list[str]) -> list[str]:
    """The words before the first "of" or "for": what a body or an office is."""
    return words[: next((at for at, word in enumerate(words) if at and word in ("of", "for")), len(words))]


def _runs(words: list[str]) -> list[str]:
    """The words, and each two and three in a row."""
    return [
        " ".join(words[at : at + length]) for length in range(1, _LONGEST + 1) for at in range(len(words) - length + 1)
    ]


def _singular(word: str) -> str:
    if word.endswith("men"):
        return f"{word[:-3]}man"
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def open_kinds(language: str = "en") -> KindTable:
    """The table of a language, opened once."""
    return read_table(f"languages/{language}/actor_kinds.toml", KindTable)
