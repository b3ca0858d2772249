"""Opens the registry of origins: news agencies, broadcasters and mouthpieces, their names, and who controls them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from msgspec import Struct

from dateline.lexicon.tables import read_own, read_table

Kind = Literal["agency", "broadcaster", "paper", "ministry", "other"]
Control = Literal["independent", "public", "state-owned", "state-controlled", "party"]

SHIPPED = "origins.toml"
STATE: frozenset[Control] = frozenset({"state-owned", "state-controlled"})
"""The kinds of control by which a state decides what is printed, or could. A public broadcaster is not among them."""

_LONGEST = 8
_WORD = re.compile(r"[^\W_]+(?:[/.&'-][^\W_]+)*")


class OriginEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """One origin: its main name, country (ISO 3166), the names it is printed under, and who controls it.

    ``source`` is the public source of that classification, in a few words.
    """

    name: str
    country: str
    kind: Kind
    control: Control
    source: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()

    @property
    def state(self) -> str | None:
        """The country whose state or ruling party controls it; None where none does."""
        rules = self.control in STATE or (self.control == "party" and self.country in _PARTY_STATES)
        return self.country if rules else None


_PARTY_STATES = frozenset({"CN", "CU", "KP", "LA", "VN"})
"""Where one party rules by law, its papers speak for the state."""


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    origin: tuple[OriginEntry, ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """Finds origins by name, by web address, and in credit lines."""

    entries: tuple[OriginEntry, ...]
    by_name: dict[str, OriginEntry]
    by_domain: dict[str, OriginEntry]

    @classmethod
    def load(cls, extra: str | Path | None = None) -> Origins:
        """The registry that ships with Dateline, and a file of your own before it.

        Raises LexiconError where the file cannot be used.
        """
        shipped = read_table(SHIPPED, _Table).origin
        if extra is None:
            return cls.of(shipped)
        mine = read_own(Path(extra), _Table, "Mend it after data/origins.toml.")
        return cls.of((*mine.origin, *shipped))

    @classmethod
    def of(cls, entries: Iterable[OriginEntry]) -> Origins:
        """The registry of these entries; of two with one name, the first has it."""
        kept = tuple(entries)
        by_name: dict[str, OriginEntry] = {}
        by_domain: dict[str, OriginEntry] = {}
        for entry in kept:
            for name in (entry.name, *entry.aliases):
                by_name.setdefault(fold_name(name), entry)
            for domain in entry.domains:
                by_domain.setdefault(domain.lower(), entry)
        return cls(kept, by_name, by_domain)

    def named(self, text: str) -> OriginEntry | None:
        """The origin of this name, in whatever case: "North Korea's state media" is KCNA."""
        return self.by_name.get(fold_name(text))

    def of_domain(self, host: str) -> OriginEntry | None:
        """The origin that a host belongs to, subdomains included.

        >>> Origins.load().of_domain("english.news.cn").name
        'Xinhua'
        """
        parts = host.lower().rstrip(".").split(".")
        return next((found for at in range(len(parts)) if (found := self.by_domain.get(".".join(parts[at:])))), None)

    def in_credit(self, words: str) -> OriginEntry | None:
        """The agency that a credit line or dateline names: "(Ann Otu/Reuters)", "MOSCOW (AP) —", "Photo: Xinhua".

        Short names (AP, TASS, ANI) count only as they are printed, in capitals; the longest name wins.
        """
        tokens = [match[0] for match in _WORD.finditer(words.replace("’", "'")[:500])]
        whole = [[token] if fold_name(token) in self.by_name else token.split("/") for token in tokens]
        parts = [part for token in whole for part in token]
        for length in range(min(_LONGEST, len(parts)), 0, -1):
            for first in range(len(parts) - length + 1):
                name = " ".join(parts[first : first + length])
                found = self.by_name.get(fold_name(name))
                if found is not None and _as_printed(name, found):
                    return found
        return None


def fold_name(name: str) -> str:
    """A name as it is looked up: case, apostrophes and a leading "the" make no difference."""
    folded = " ".join(name.replace("’", "'").casefold().split()).strip(" .,;:()[]")
    return folded.removeprefix("the ")


def _as_printed(name: str, entry: OriginEntry) -> bool:
    """Whether a short or everyday word is printed as the name is: "MAP" and "Beta", and not "map" and "beta"."""
    bare = name[4:] if name[:4].lower() == "the " else name
    return len(bare.split()) > 1 or bare in (entry.name, *entry.aliases) or (bare.isupper() and len(bare) > 4)
