"""What every part of a ledger stands on: the open file, one moment of it to read, and one transaction to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dateline.ledger import actors, beside, outlets
from dateline.ledger.files import told, viewing
from dateline.ledger.files import writing as transaction
from dateline.ledger.marks import sound
from dateline.lexicon.aliases import Aliases
from dateline.model import ActorLine, Judgement, Place, Toponym


class Shelf:
    """An open ledger file."""

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._database = database
        self.path = path

    @contextmanager
    def _view(self) -> Iterator[sqlite3.Connection]:
        with told(self.path), viewing(self._database):
            yield self._database

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with told(self.path), transaction(self._database, self.path):
            yield self._database


class OutletShelf(Shelf):
    """The outlets of a ledger: what their reports say of places."""

    def last(self) -> int:
        """The row of the edition that was added last; 0 where there is none."""
        with self._view() as database:
            return outlets.last(database)

    def toponyms_of(self, publisher: str, *, until: int | None = None) -> list[tuple[Toponym, ...]]:
        """The toponyms of each of an outlet's newest reports, of those up to a row where one is given."""
        with self._view() as database:
            return outlets.toponyms_of(database, publisher, until)

    def homes(self) -> Iterator[tuple[str, str | None, Place | None]]:
        """Id, outlet and the home that it was read with, of each current edition; it may be replaced meanwhile."""
        row = 0
        while True:
            with self._view() as database:
                found = list(outlets.homes(database, row))
            if not found:
                return
            yield from ((id, publisher, home) for _, id, publisher, home in found)
            row = found[-1][0]


class ActorShelf(OutletShelf):
    """The people and bodies of a ledger: what they go by, and what people have judged of them."""

    def also_named(self, name: str) -> tuple[str, ...]:
        """The other names of whoever goes by this one: aliases, spellings, and what people have judged the same.

        Aliases are those that Dateline knows, and yours in ``press.ledger.aliases.toml`` beside the ledger. Raises
        LexiconError where that file cannot be used.
        """
        own = self.path.with_name(f"{self.path.name}.aliases.toml")
        found = dict.fromkeys((name, *Aliases.load(own).of_name(name)))
        with self._view() as database:
            return tuple(each for each in actors.all_names(database, found) if each != name)

    def actors_named(self, name: str, *, limit: int) -> tuple[ActorLine, ...]:
        """The people and bodies that go by this name, each as one report knows it, the last added first."""
        with self._view() as database:
            return actors.lines_named(database, (name, *self.also_named(name)), limit)

    def actors(self, ids: Iterable[str]) -> tuple[ActorLine, ...]:
        """The people and bodies of these ids, each as one report knows it; ids that are unknown are left out."""
        with self._view() as database:
            return actors.lines_of(database, ids)

    def judge_actors(self, judgements: Sequence[Judgement]) -> None:
        """Keeps what people judged of actors, each in place of what the same one had said of the same two."""
        with self._transaction() as database:
            beside.judge(database, judgements, actors.TABLE)

    def unjudge_actors(self, a: str, b: str, by: str) -> bool:
        """Takes back what somebody judged of two actors; whether there was anything to take back."""
        with self._transaction() as database:
            return beside.unjudge(database, a, b, by, actors.TABLE)

    def actor_judgements(self, ids: Iterable[str]) -> tuple[Judgement, ...]:
        """What people judged of any of these actors."""
        with self._view() as database:
            return beside.judgements(database, ids, actors.TABLE)

    def actors_joined(self, id: str) -> dict[str, Judgement]:
        """The ids of the actors that people have judged the same as this one or as one of these; what led to each."""
        with self._view() as database:
            return actors.joined(database, [sound(id)])
