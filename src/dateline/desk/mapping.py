"""Puts events on the map: the places that they name, each with what happened there."""

from __future__ import annotations

from typing import Unpack

from msgspec import Struct

from dateline.desk.asking import Sieve
from dateline.desk.opening import AnyLedger, opened
from dateline.model import Entry, Question

MOST = 1_500
"""The most events that one map is made from: the latest of those that answer."""


class Spot(Struct, frozen=True):
    """A place and the entries that name it, the latest first.

    ``exact`` is False where no more is known than the country: nothing need have happened at its middle.
    """

    name: str
    lat: float
    lon: float
    exact: bool
    entries: tuple[Entry, ...]


class Atlas(Struct, frozen=True):
    """The places of the events that answer a question, those with most events first.

    ``whole`` says that all events that answer were looked at, and not only the latest.
    """

    spots: tuple[Spot, ...]
    whole: bool


def find_places(ledger: AnyLedger = "press.ledger", *, most: int = MOST, **question: Unpack[Sieve]) -> Atlas:
    """The places of the latest events that answer a question, ``most`` at the most.

    Raises SettingError where a part of the question makes no sense, LedgerError where there is no such ledger.
    """
    with opened(ledger) as book:
        placed = book.placed(Question(**question), most=most)
    spots: dict[tuple[float, float, bool], list[Entry]] = {}
    for entry in placed.entries:
        where = entry.event.where
        if where is not None and where.lat is not None and where.lon is not None:
            spots.setdefault((where.lat, where.lon, entry.id in placed.spots), []).append(entry)
    found = [Spot(_name(entries), lat, lon, exact, tuple(entries)) for (lat, lon, exact), entries in spots.items()]
    return Atlas(tuple(sorted(found, key=lambda spot: (-len(spot.entries), spot.name, spot.lat))), placed.whole)


def _name(entries: list[Entry]) -> str:
    """The shortest of the names that the entries have for their place."""
    names = (entry.event.where.name for entry in entries if entry.event.where is not None)
    return min(names, key=lambda name: (len(name), name))
