"""Opens the gazetteer: the places that Dateline knows, by name.

The gazetteer is one SQLite file, opened read-only where it lies and never loaded whole: the shipped one is built by
``python -m scripts.build_gazetteer``. A name is looked up by its key (see ``fold``), in which case, accents, hyphens
and full stops make no difference.
"""

from __future__ import annotations

import re
import sqlite3
import struct
import unicodedata
from collections import OrderedDict
from contextlib import AbstractContextManager, ExitStack, closing
from functools import lru_cache
from importlib.resources import as_file
from pathlib import Path
from typing import Any

from msgspec import Struct

from dateline.errors import LexiconError
from dateline.lexicon.features import kind_of
from dateline.lexicon.tables import data_file
from dateline.model import Place

FORMAT = 1
"""The version of the file's tables; kept in SQLite's user_version."""

SHIPPED = ("places", "gazetteer.sqlite")

LONGEST_KEY = 80
"""No place has a longer key, so longer names are not looked up."""

MOST_CANDIDATES = 250
"""The most places that are kept of one name: the likeliest, for names such as San José that thousands bear."""

SCALE = 100_000
"""Degrees are kept in parts of so many."""

OWN = 1_500_000_000
"""Rows from here on are places that the user wrote down."""

_REMEMBERED = 2_000
_DROPPED = re.compile(r"[.'’‘ʼʻ`´\"“”()]")
_GAP = re.compile(r"[\s\-‐‑‒–—/,·]+")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "e", "ß": "ss"}
)
_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "&": "and"}


class GazetteerEntry(Struct, frozen=True):
    """A place that the gazetteer knows, and what helps to choose between places of one name.

    ``row`` is the entry's number in the file, ``region_row`` and ``district_row`` those of the first- and second-order
    units that it lies in. ``alternate`` tells that the name looked up is not the entry's main one.
    """

    row: int
    place: Place
    population: int
    region: str | None
    region_row: int | None
    district: str | None
    district_row: int | None
    alternate: bool = False

    @property
    def kind(self) -> str:
        """What sort of place this is: country, region, district, town, area, water, land or site."""
        return kind_of(self.place.feature)


@lru_cache(maxsize=1 << 13)
def fold(name: str) -> str:
    """The key that a name is looked up by: lower case, without accents, full stops, apostrophes and hyphens.

    >>> fold("Komsomolsk-on-Amur"), fold("São Paulo"), fold("St. John's"), fold("The Hague")
    ('komsomolsk on amur', 'sao paulo', 'saint johns', 'hague')
    """
    plain = name.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS).casefold()
    words = plain.split()
    if not (plain.isascii() and "".join(words).isalnum()):  # most names are plain words, and quickly done
        words = _GAP.sub(" ", _DROPPED.sub("", plain)).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(_WORDS.get(word, word) for word in words) if len(words) > 1 else "".join(words)


def shipped_file() -> AbstractContextManager[Path]:
    """The gazetteer that ships with Dateline, as a file, for as long as it is needed."""
    return as_file(data_file(*SHIPPED))


class Gazetteer:
    """Looks places up by name in one read-only file."""

    def __init__(self, database: sqlite3.Connection, where: str, stack: ExitStack) -> None:
        self._database = database
        self._where = where
        self._stack = stack
        self._remembered: OrderedDict[str, tuple[GazetteerEntry, ...]] = OrderedDict()

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """The gazetteer in a file; the shipped one where none is given.

        Raises LexiconError where the file is missing, is no gazetteer, or has a format that this Dateline cannot read.
        """
        stack = ExitStack()
        file = path or stack.enter_context(shipped_file())
        mend = "Give a file made by `dateline places build`." if path else "Install Dateline anew."
        if not file.is_file():
            raise LexiconError(str(file), "the gazetteer is missing", mend)
        try:
            database = _connect(file)
            stack.enter_context(closing(database))
            (found,) = database.execute("PRAGMA user_version").fetchone()
            database.execute("SELECT places FROM name WHERE key = ''").fetchone()
            database.execute(f"{_ENTRIES} WHERE p.row = 0").fetchone()
        except sqlite3.DatabaseError as error:
            stack.close()
            raise LexiconError(str(file), f"this is no gazetteer ({error})", mend) from error
        if found != FORMAT:
            stack.close()
            what = f"the gazetteer is of format {found}, and this Dateline reads format {FORMAT}"
            raise LexiconError(str(file), what, mend)
        return cls(database, str(file), stack)

    def look_up(self, name: str) -> tuple[GazetteerEntry, ...]:
        """The places of a name, those that bear it as their main name first, then the more populous."""
        key = fold(name)
        found = self._remembered.get(key)
        if found is None:
            found = self._entries(self._postings(key)) if 1 < len(key) <= LONGEST_KEY else ()
            self._remembered[key] = found
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def opens(self, words: str) -> bool:
        """Whether any place has a name that begins with these words; the last of them may be cut short.

        What opens no name need not be looked up, nor anything longer.
        """
        key = fold(f"{words} x")[:-2]  # as in a longer name, where "st" stands for "saint"
        rows = self._ask("SELECT key FROM name WHERE key >= ? LIMIT 1", (key,)) if len(key) <= LONGEST_KEY else []
        return bool(rows) and str(rows[0][0]).startswith(key)

    def knows(self, name: str) -> bool:
        """Whether any place has this name."""
        return bool(self.look_up(name))

    def search(self, prefix: str, limit: int = 20) -> tuple[GazetteerEntry, ...]:
        """The places one of whose names begins so, the more populous first."""
        key = fold(prefix)
        if not key or limit < 1:
            return ()
        query = "SELECT places FROM name WHERE key >= ? AND key < ? ORDER BY key LIMIT 2000"
        best: dict[int, GazetteerEntry] = {}
        for (blob,) in self._ask(query, (key, key + "\U0010ffff")):
            for entry in self._entries(blob[:80]):
                best.setdefault(entry.row, entry)
        return tuple(sorted(best.values(), key=lambda entry: (-entry.population, entry.row))[:limit])

    def entry(self, row: int) -> GazetteerEntry | None:
        """The entry with this number, or None."""
        return next(iter(self._entries(struct.pack("<I", row << 1))), None)

    def about(self) -> dict[str, str]:
        """What the file says of itself: when it was made, from what, and how many places and names it has."""
        return dict(self._ask("SELECT key, value FROM about ORDER BY key"))

    def mark(self) -> str:
        """What tells this gazetteer from others, in a few characters: empty for the one that ships."""
        return self.about().get("contents", "")

    def close(self) -> None:
        """Closes the file; the gazetteer cannot be asked any more."""
        self._stack.close()

    def _postings(self, key: str) -> bytes:
        rows = self._ask("SELECT places FROM name WHERE key = ?", (key,))
        return bytes(rows[0][0]) if rows else b""

    def _entries(self, blob: bytes) -> tuple[GazetteerEntry, ...]:
        """The entries of a posting list: four bytes a place, the lowest bit set where the name is an alternate."""
        count = min(len(blob) // 4, MOST_CANDIDATES)
        numbers = struct.unpack(f"<{count}I", blob[: count * 4])
        marks = ",".join("?" * count)
        rows = self._ask(f"{_ENTRIES} WHERE p.row IN ({marks})", tuple(number >> 1 for number in numbers))
        by_row = {row[0]: row for row in rows}
        return tuple(_entry(by_row[number >> 1], bool(number & 1)) for number in numbers if number >> 1 in by_row)

    def _ask(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            mend = "The file was changed or is damaged: make it anew, or install Dateline anew."
            raise LexiconError(self._where, f"the gazetteer cannot be read ({error})", mend) from error


_ENTRIES = (
    "SELECT p.row, p.slug, p.name, p.country, p.feature, p.lat, p.lon, p.population,"
    " p.region, p.district, r.name, d.name"
    " FROM place p LEFT JOIN place r ON r.row = p.region LEFT JOIN place d ON d.row = p.district"
)


def _connect(file: Path) -> sqlite3.Connection:
    address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _entry(row: tuple[Any, ...], alternate: bool) -> GazetteerEntry:
    number, slug, name, country, feature, lat, lon, population, region, district, region_name, district_name = row
    place = Place(slug or f"geonames:{number}", name, country, feature, lat / SCALE, lon / SCALE)
    return GazetteerEntry(number, place, population, region_name, region, district_name, district, alternate)
