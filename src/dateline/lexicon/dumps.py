"""Reads the files that GeoNames publishes, line by line, and says of a bad line which it is and what is wrong.

The kind of a file is told by its name, as GeoNames names them: ``admin1CodesASCII.txt``, ``admin2Codes.txt``,
``alternateNames.txt`` or ``alternateNamesV2.txt``, ``hierarchy.txt``; any other is a dump of places, such as
``allCountries.txt`` or ``RU.txt``. Each may be packed, one file in a ``.zip``. Their columns are described in
GeoNames' readme.txt (download.geonames.org/export/dump).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Literal

from msgspec import Struct

from dateline.errors import LexiconError
from dateline.lexicon.features import CLASSES
from dateline.lexicon.gazetteer_file import MOST_PEOPLE
from dateline.lexicon.place_names import plain_name, worth_keeping

Kind = Literal["places", "admin1", "admin2", "alternates", "hierarchy"]

COLUMNS: dict[Kind, tuple[int, ...]] = {
    "places": (19,),
    "admin1": (4,),
    "admin2": (4,),
    "alternates": (10, 8),
    "hierarchy": (3, 2),
}
"""How many columns a file of each kind may have: its newest form first."""

OWN_ROWS = 1_000_000_000
"""GeoNames' ids lie under this number; the rows of places that have none lie above."""

LONGEST_LINE = 1_000_000

NOT_NAMES = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "abbr"})
"""What alternateNames has instead of a language where a line is no name: a link, a post code, a code of an airport."""

_FEATURE = re.compile(r"[A-Z0-9.]{0,10}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ID = re.compile(r"[0-9]{1,9}")
_COUNTRY = re.compile(r"(?:[A-Z]{2})?")


class DumpPlace(Struct):
    """A place of a dump; ``admin1`` and ``admin2`` are codes such as "US.TX" and "US.TX.453", or empty."""

    row: int
    name: str
    country: str | None
    feature: str
    lat: float
    lon: float
    population: int
    admin1: str
    admin2: str
    also: tuple[str, ...]


class DumpName(Struct):
    """Another name of a place; ``main`` where it is the usual one in English."""

    row: int
    name: str
    main: bool


class DumpFile:
    """One file of GeoNames', read forward from any byte that a line begins at.

    ``line`` and ``offset`` tell after each line which was read last and where the next begins.
    """

    def __init__(self, path: Path, *, line: int = 0, offset: int = 0) -> None:
        self.path = path
        self.kind = kind_of_dump(path)
        self.line = line
        self.offset = offset

    def lines(self) -> Iterator[list[str]]:
        """The columns of each line.

        Raises LexiconError, with the number of the line, where it is not UTF-8, has not as many columns as it should,
        or is the last and broken off; and where the file cannot be read.
        """
        allowed, kind = COLUMNS[self.kind], self.kind
        for raw in raw_lines(self.path, self.offset):
            self.line += 1
            self.offset += len(raw)
            if kind == "hierarchy" and raw.startswith(b"#"):
                continue
            columns = self._decoded(raw).split("\t")
            if len(columns) not in allowed:
                self._refuse_columns(raw, len(columns))
            yield columns
        if self.line == 0:
            raise LexiconError(str(self.path), "the file is empty", "Fetch it anew.")

    def places(self) -> Iterator[DumpPlace]:
        """The places of a dump; ``also`` are the names of its fourth column that are worth keeping."""
        for columns in self.lines():
            yield self._place(columns)

    def units(self) -> Iterator[tuple[str, int]]:
        """The code of each unit and its id, of a file of admin codes."""
        for code, _name, _ascii, row in self.lines():
            if not code.isascii() or "." not in code:
                raise self.refused(f"{_short(code)} is no code of a unit such as US.TX")
            yield code, self._number(row)

    def names(self) -> Iterator[DumpName]:
        """The names of a file of alternate names that are worth keeping."""
        for columns in self.lines():
            row, language, name = self._number(columns[1]), columns[2], columns[3]
            colloquial, historic = columns[6] == "1", columns[7] == "1"  # "the Big Apple"; "Constantinople"
            if language in NOT_NAMES or colloquial or (historic and language != "en"):
                continue
            name = plain_name(name)
            if worth_keeping(name):
                yield DumpName(row, name, language == "en" and not historic and "1" in (columns[4], columns[5]))

    def parents(self) -> Iterator[tuple[int, int]]:
        """Who holds whom by administration: the ids of the outer place and of the inner."""
        for columns in self.lines():
            if len(columns) == 2 or columns[2] in ("ADM", ""):
                yield self._number(columns[0]), self._number(columns[1])

    def refused(self, what: str) -> LexiconError:
        """The error that the line read last is a bad one."""
        return LexiconError(f"{self.path}, line {self.line}", what, "Fetch the file anew, or mend the line.")

    def _place(self, columns: list[str]) -> DumpPlace:
        number, name, ascii_name, also, lat, lon, sort, feature, country, _cc2, admin1, admin2 = columns[:12]
        population, day = columns[14], columns[18].rstrip()
        row = self._number(number)
        try:
            at = (float(lat), float(lon))
        except ValueError:
            raise self.refused(f"{_short(lat)}, {_short(lon)} are no degrees") from None
        if not (-90 <= at[0] <= 90 and -180 <= at[1] <= 180):
            raise self.refused(f"{lat}, {lon} lie not on the earth")
        if not _FEATURE.fullmatch(feature) or (sort and sort not in CLASSES):
            raise self.refused(f"{_short(sort)} {_short(feature)} is no class and code of a feature")
        if not _COUNTRY.fullmatch(country):
            raise self.refused(f"{_short(country)} is no code of a country")
        if not name:
            raise self.refused("the place has no name")
        if day and not _DAY.fullmatch(day):
            raise self.refused("the line breaks off: its last column is no day")
        people = self._number(population, 0, MOST_PEOPLE, "more people than there are") if population else 0
        first = f"{country}.{admin1}" if admin1 and admin1 != "00" else ""
        second = f"{first}.{admin2}" if first and admin2 else ""
        others = [ascii_name, *also.split(",")] if also else [ascii_name]
        return DumpPlace(
            row, plain_name(name), country or None, feature or CLASSES.get(sort, "RGN"), *at, people, first, second,
            tuple(dict.fromkeys(other for other in map(plain_name, others) if worth_keeping(other))),
        )  # fmt: skip

    def _number(self, text: str, least: int = 1, most: int = OWN_ROWS - 1, other: str = "no GeoNames id") -> int:
        if not (text.isdigit() and text.isascii()):
            raise self.refused(f"{_short(text)} is no number")
        if len(text) > 20 or not least <= int(text) <= most:
            raise self.refused(f"{_short(text)} is {other}")
        return int(text)

    def _decoded(self, raw: bytes) -> str:
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            column = raw[: error.start].count(b"\t") + 1
            raise self.refused(f"column {column} is not UTF-8 (byte 0x{raw[error.start]:02x})") from None
        return text.rstrip("\r\n")

    def _refuse_columns(self, raw: bytes, found: int) -> None:
        wanted = COLUMNS[self.kind][0]
        if not raw.endswith(b"\n") and found < wanted and self.line > 1:
            raise self.refused(f"the file breaks off in the middle of this line ({found} of {wanted} columns)")
        what = {
            "places": "a dump of places",
            "alternates": "a file of alternate names",
            "hierarchy": "hierarchy.txt",
        }.get(self.kind, "a file of admin codes")
        raise self.refused(f"{found} column{'s' * (found != 1)}, where {what} has {wanted}")


def kind_of_dump(path: Path) -> Kind:
    """The kind of a file of GeoNames', told by its name.

    >>> kind_of_dump(Path("allCountries.zip")), kind_of_dump(Path("admin2Codes.txt"))
    ('places', 'admin2')
    """
    name = path.name.lower()
    if name.startswith("admin1"):
        return "admin1"
    if name.startswith("admin2"):
        return "admin2"
    if name.startswith("alternatenames"):
        return "alternates"
    return "hierarchy" if name.startswith("hierarchy") else "places"


def open_dump(path: Path) -> IO[bytes]:
    """The bytes of a file, unpacked where it is a zip of one file (GeoNames adds a readme.txt to some)."""
    if path.suffix.lower() != ".zip":
        return path.open("rb", buffering=1 << 20)
    archive, inside = _unpacking(path)
    return archive.open(inside)


def raw_lines(path: Path, offset: int = 0) -> Iterator[bytes]:
    """The lines of a file, unpacked, from a byte on; a line longer than ``LONGEST_LINE`` comes in pieces.

    Raises LexiconError where the file cannot be read, or is damaged.
    """
    try:
        with open_dump(path) as stream:
            stream.seek(offset)
            while raw := stream.readline(LONGEST_LINE):
                yield raw
    except (OSError, zipfile.BadZipFile, EOFError, RuntimeError) as error:
        raise LexiconError(str(path), f"the file cannot be read ({error})", "Fetch it anew.") from error
    except zlib.error as error:
        raise LexiconError(str(path), f"the archive is damaged ({error})", "Fetch it anew.") from error


def size_of_dump(path: Path) -> int:
    """How many bytes there are to read, unpacked."""
    if path.suffix.lower() != ".zip":
        return path.stat().st_size
    archive, inside = _unpacking(path)
    with archive:
        return archive.getinfo(inside).file_size


def _unpacking(path: Path) -> tuple[zipfile.ZipFile, str]:
    """An archive, opened, and the name of the one file in it."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise LexiconError(str(path), f"the archive is damaged ({error})", "Fetch it anew.") from error
    inside = [name for name in archive.namelist() if name.lower().endswith(".txt") and name != "readme.txt"]
    if len(inside) != 1:
        archive.close()
        raise LexiconError(
            str(path), f"the archive holds {len(inside)} files, not one", "Unpack it, and name the file."
        )
    return archive, inside[0]


def find_units(path: Path) -> Iterator[tuple[str, int]]:
    """The code and the id of each first- and second-order unit that a dump of places itself has.

    Lines are glanced at only: reading them in earnest tells what is wrong with one.
    """
    for raw in raw_lines(path):
        if b"\tADM1\t" in raw or b"\tADM2\t" in raw:
            columns = raw.decode("utf-8", "replace").split("\t")
            if len(columns) == 19 and _ID.fullmatch(columns[0]) and columns[10]:
                code = f"{columns[8]}.{columns[10]}"
                if columns[7] == "ADM2" and columns[11]:
                    code += f".{columns[11]}"
                if columns[7] == "ADM1" or columns[11]:
                    yield code, int(columns[0])


def _short(text: str) -> str:
    """Words of a line as an error may show them."""
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
