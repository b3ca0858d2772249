"""Searches the gazetteer, and builds a larger one from GeoNames dumps and from tables of one's own places."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from dateline.desk.reading import AnyPath, chosen_places
from dateline.errors import SettingError
from dateline.lexicon.gazetteer import Gazetteer, GazetteerEntry, shipped_file
from dateline.lexicon.place_building import Building, PlaceBuilder
from dateline.model import Place


class Found(Struct, frozen=True):
    """A place of the gazetteer, with its kind, the people who live there, and the units that it lies in.

    ``kind`` is country, region, district, town, area, water, land or site.
    """

    place: Place
    kind: str
    population: int
    region: str | None
    district: str | None


def search_places(name: str, *, places: AnyPath | None = None, limit: int = 20) -> tuple[Found, ...]:
    """The places of a name: those whose main name it is, those that have it as another, those with one that begins so.

    Among each, those of most people come first.

    ``places`` is a gazetteer made by ``build_places``; the setting DATELINE_PLACES names the usual one, else it is the
    one that ships. Raises LexiconError where that cannot be opened.
    """
    gazetteer = Gazetteer.open(chosen_places(places))
    try:
        bearers = gazetteer.look_up(name)
        rest = gazetteer.search(name, limit + len(bearers))
        best = {entry.row: entry for entry in (*rest, *bearers)}
        rows = dict.fromkeys([*(entry.row for entry in bearers), *(entry.row for entry in rest)])
        return tuple(_found(best[row]) for row in list(rows)[: max(0, limit)])
    finally:
        gazetteer.close()


def build_places(
    dumps: AnyPath | Iterable[AnyPath] = (),
    to: AnyPath = "world.places",
    *,
    own: Iterable[AnyPath] = (),
    shipped: bool = True,
    progress: Callable[[Building], object] | None = None,
) -> Path:
    """The path of a gazetteer made from GeoNames' dumps and tables of one's own places.

    ``dumps`` are dumps of places (allCountries.txt, RU.txt, …), admin1CodesASCII.txt, admin2Codes.txt,
    alternateNamesV2.txt and hierarchy.txt, or zips of one of these. ``own`` are CSV files with the columns name, lat
    and lon (and also, country, feature, population, id). The places of the gazetteer that ships are taken over unless
    ``shipped`` is false. ``progress`` is called now and then. What was stopped goes on when it is asked again.

    Raises LexiconError, with the number of the line, where a file is not what it should be; SettingError where there is
    nothing to build from.
    """
    listed = [dumps] if isinstance(dumps, str | os.PathLike) else list(dumps)
    paths, tables = [Path(path) for path in listed], [Path(path) for path in own]
    if not paths and not tables:
        raise SettingError("places", "there is nothing to build from", "Name a dump of GeoNames', or a CSV with --own.")
    target = Path(to)
    if any(target.resolve() == path.resolve() for path in (*paths, *tables)):
        raise SettingError(str(to), "this is one of the files to read", "Name another file with --to.")
    if shipped:
        with shipped_file() as base:
            PlaceBuilder(target, paths, tables, base, progress).build()
    else:
        PlaceBuilder(target, paths, tables, None, progress).build()
    return target


def _found(entry: GazetteerEntry) -> Found:
    return Found(entry.place, entry.kind, entry.population, entry.region, entry.district)
