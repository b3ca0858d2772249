"""The names that stand for one another: those that Dateline knows ("UN"), and the user's own beside a ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from msgspec import Struct

from dateline.lexicon.gazetteer import fold
from dateline.lexicon.tables import read_own, read_table


class Alias(Struct, frozen=True, forbid_unknown_fields=True):
    """One actor's main name, and others that it goes by."""

    name: str
    also: tuple[str, ...]


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    alias: tuple[Alias, ...] = ()


class _Known(Struct, frozen=True):
    """What is read of ``actors.toml`` here."""

    known: dict[str, str]


@dataclass(frozen=True, slots=True)
class Aliases:
    """Finds the other names of whoever goes by a name."""

    by_name: dict[str, tuple[str, ...]]

    @classmethod
    def load(cls, own: Path | None = None, language: str = "en") -> Aliases:
        """The names that Dateline knows, and those of a file of your own where there is one.

        Raises LexiconError where the file cannot be used.
        """
        if own is None or not own.exists():
            return _shipped(language)
        mine = read_own(own, _Table, 'Give each [[alias]] a name and also = ["…"].')
        return cls.of((*mine.alias, *_known(language)))

    @classmethod
    def of(cls, aliases: Iterable[Alias]) -> Aliases:
        """The aliases of these entries; a name in several stands for all that they list."""
        found: dict[str, dict[str, None]] = {}
        for alias in aliases:
            names = (alias.name, *alias.also)
            for name in names:
                found.setdefault(fold(name), {}).update(dict.fromkeys(names))
        return cls({name: tuple(others) for name, others in found.items()})

    def of_name(self, name: str) -> tuple[str, ...]:
        """All names of whoever goes by this one, this one among them; none where nothing is known of it."""
        return self.by_name.get(fold(name), ())


@cache
def _shipped(language: str) -> Aliases:
    return Aliases.of(_known(language))


@cache
def _known(language: str) -> tuple[Alias, ...]:
    known = read_table(f"languages/{language}/actors.toml", _Known).known
    return tuple(Alias(full, (short,)) for short, full in known.items())
