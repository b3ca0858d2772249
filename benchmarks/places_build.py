"""What it costs to build a gazetteer from GeoNames' dumps, as they grow: CPU time, disk, memory, and bytes a place.

    python -m benchmarks.places_build [--sizes 1000000 5000000] [--folder FOLDER] [--seed 7]

The dumps are made by dice, in GeoNames' form: places of the sorts that allCountries.txt has, with ids in no order and
names that several places bear, and four lines of alternateNamesV2.txt for every three places, in ten scripts and codes.
Each build runs to its end, by itself, without the gazetteer that ships. From the last two sizes it is reckoned what all
of GeoNames would take. The folder needs 200 bytes a place of the largest size, and is emptied of what was made.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from dateline.desk.places import build_places
from dateline.lexicon.place_building import Building

ALL_COUNTRIES = 13_500_000
"""How many places GeoNames has."""

MEASURES = ("CPU s", "gazetteer MB", "most disk MB", "memory MB")

SYLLABLES = [
    "ka", "ro", "ma", "lin", "ville", "ton", "bar", "es", "san", "ta", "el", "dor", "po", "vi", "gra", "no", "sk",
    "burg", "ham", "lo", "mi", "re", "chi", "qu", "ar", "en", "ost", "wes", "nor", "sud", "al", "be", "cu", "di",
    "fa", "go",
]  # fmt: skip
SORTS = [
    "Hill", "Creek", "Church", "School", "River", "Lake", "Park", "Cerro", "Rio", "Mount", "Cape", "Bay", "Farm",
    "Bridge", "Quebrada", "Ostrov", "Gora", "Sungai", "Kampung", "Dorf",
]  # fmt: skip
FEATURES = {
    "P PPL": 36, "H STM": 12, "T MT": 10, "T HLL": 6, "S SCH": 6, "H LK": 6, "S FRM": 5, "S CH": 4, "L LCTY": 4,
    "A ADM3": 4, "S HTL": 3, "V FRST": 2, "R RD": 2,
}  # fmt: skip
COUNTRIES = ["US", "CN", "IN", "RU", "ID", "MX", "NO", "IR", "PK", "TH", "BR", "DE", "FR", "NP", "CA"]
LANGUAGES = ("en", "", "ru", "zh", "fa", "link", "wkdt", "de", "fr", "es", "ar", "post")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000_000, 5_000_000], help="how many places")
    parser.add_argument("--folder", type=Path, help="where the dumps and the gazetteers are made; a temporary one else")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        print(json.dumps(alone(options.folder)))
        return
    found = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            make_dumps(Path(folder), size, Random(options.seed))  # noqa: S311 (dice for a benchmark)
            found.append(measured(Path(folder)))
        print(f"{size:>12,} places: {told(found[-1])}; {found[-1]['gazetteer MB'] / size * 1e6:.0f} bytes a place")
    if len(found) > 1:
        whole = reckoned(options.sizes[-2:], found[-2:], ALL_COUNTRIES)
        print(f"{ALL_COUNTRIES:>12,} places: {told(whole)}, reckoned from these")


def make_dumps(folder: Path, places: int, dice: Random) -> None:
    """Writes allCountries.txt, of so many places, and alternateNamesV2.txt, of a third more lines."""
    with (folder / "allCountries.txt").open("w", encoding="utf-8") as dump:
        dump.writelines(_places(places, dice))
    with (folder / "alternateNamesV2.txt").open("w", encoding="utf-8") as dump:
        dump.writelines(_alternates(places, places * 4 // 3, dice))


def measured(folder: Path) -> dict[str, float]:
    """What the build of the dumps in a folder costs, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.places_build", "--inside", "--folder", str(folder)]
    figures: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return figures


def alone(folder: Path) -> dict[str, float]:
    """What the build costs in this process."""
    to = folder / "all.places"
    most = waiting = 0

    def tell(building: Building) -> None:
        nonlocal most, waiting
        sizes = {path: path.stat().st_size for path in Path(f"{to}.building").iterdir()}
        waiting = sum(size for path, size in sizes.items() if path.suffix == ".zst")
        most = max(most, sum(sizes.values()))

    dumps = [folder / "allCountries.txt", folder / "alternateNamesV2.txt"]
    build_places(dumps, to, shipped=False, progress=tell)
    size, memory = to.stat().st_size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return dict(
        zip(
            MEASURES,
            (time.process_time(), size / 1e6, max(most, size + waiting) / 1e6, memory * 1024 / 1e6),
            strict=True,
        )
    )


def reckoned(sizes: Sequence[int], found: Sequence[dict[str, float]], size: int) -> dict[str, float]:
    """What so many places would cost, if cost goes on growing as it does between two sizes.

    >>> reckoned([1, 3], [{"s": 5.0}, {"s": 9.0}], 10)
    {'s': 23.0}
    """
    (one, other), (less, more) = sizes, found
    return {name: more[name] + (more[name] - less[name]) / (other - one) * (size - other) for name in more}


def told(figures: dict[str, float]) -> str:
    """Figures as they are printed."""
    return ", ".join(f"{name} {value:,.0f}" for name, value in figures.items())


def _places(count: int, dice: Random) -> Iterator[str]:
    """The lines of a dump of places, country by country, as GeoNames has them."""
    kinds = [kind.replace(" ", "\t") for kind, share in FEATURES.items() for _ in range(share)]
    for number in range(count):
        name, kind = _name(dice), dice.choice(kinds)
        also = "" if dice.random() < 0.65 else ",".join(_name(dice) for _ in range(dice.randint(1, 3)))
        people = dice.randrange(1_000) if kind[0] == "P" and dice.random() < 0.3 else 0
        country = COUNTRIES[number * len(COUNTRIES) // count]
        units = f"{dice.randint(1, 40):02d}\t{dice.randrange(999):03d}"
        yield (
            f"{number * 7919 % count + 1}\t{name}{'é' if number % 50 == 0 else ''}\t{name}\t{also}"
            f"\t{dice.uniform(-85, 85):.5f}\t{dice.uniform(-180, 180):.5f}\t{kind}\t{country}\t\t{units}\t\t\t{people}"
            f"\t\t{dice.randrange(900)}\tAsia/Tokyo\t2020-01-01\n"
        )


def _alternates(places: int, count: int, dice: Random) -> Iterator[str]:
    """The lines of a file of alternate names."""
    others = {
        "link": "https://example.org/{}",
        "wkdt": "Q{}",
        "post": "{}",
        "ru": "Москва {}",
        "zh": "北京",
        "ar": "دمشق",
    }
    for number in range(1, count + 1):
        language = dice.choice(LANGUAGES)
        name = others[language].format(number) if language in others else _name(dice)
        usual = "1" if dice.random() < 0.1 else ""
        yield f"{number}\t{dice.randint(1, places)}\t{language}\t{name}\t{usual}\t\t\t\t\t\n"


def _name(dice: Random) -> str:
    """A name of one word or two: "Katonville", "Cerro Lobar", "Lodor Creek"."""
    word = dice.choice(SYLLABLES) + dice.choice(SYLLABLES)
    longer = (word + dice.choice(SYLLABLES) + dice.choice(SYLLABLES)).capitalize()
    shape = dice.random()
    if shape < 0.35:
        return longer
    if shape < 0.7:
        return f"{dice.choice(SORTS)} {longer}"
    return f"{word.capitalize()} {dice.choice(SORTS)}"


if __name__ == "__main__":
    main()
