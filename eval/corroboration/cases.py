"""The cases of the gold set, as they are written in its TOML files; README.md says what each key means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.intake.sources import Parcel
from dateline.model import LabelKind, Relation, Slot

HERE = Path(__file__).parent
_MARK = re.compile(r"\[tells: ([^\]]+)\]")


class Differ(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that the reports of a case differ about."""

    slot: Slot
    relation: Relation
    what: str | None = None


class Written(Struct, frozen=True, forbid_unknown_fields=True):
    """One short report, with the words that tell of the case's happening in ``[tells: …]``."""

    id: str
    publisher: str
    published: str
    text: str

    @property
    def words(self) -> str:
        """The text without its marks."""
        return _MARK.sub(r"\1", self.text).strip()

    def parcel(self, case: str) -> Parcel:
        """The report as ``dateline add`` finds it in a line of JSON."""
        headline, _, body = self.words.partition("\n")
        slug = re.sub(r"\W+", "-", case)
        return Parcel(
            f"{case}, {self.id}",
            body.strip().encode(),
            as_="text",
            charset="utf-8",
            title=headline,
            published=self.published,
            address=f"https://gold.example/{slug}/{self.id}",
            publisher=self.publisher,
        )

    def told_at(self, text: str) -> tuple[int, int]:
        """Where the marked words stand in the text that was read.

        Raises ValueError where they do not stand there.
        """
        mark = _MARK.search(self.text)
        if mark is None:
            raise ValueError(f"no words of {self.publisher} are marked")
        before = self.text[: mark.start()].rpartition("\n")[2][-30:]
        after = self.text[mark.end() :].partition("\n")[0][:10]
        return (start := text.index(f"{before}{mark[1]}{after}") + len(before)), start + len(mark[1])


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """Two or three reports, and what is true of them."""

    name: str
    kinds: tuple[str, ...]
    origins: tuple[str, ...]
    differ: tuple[Differ, ...]
    report: tuple[Written, ...]
    labels: dict[str, tuple[LabelKind, ...]] = {}
    copies: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    def copied(self) -> frozenset[tuple[str, str]]:
        """The pairs of a copy and what it copies."""
        return frozenset((pair.split()[0], pair.split()[2]) for pair in self.copies)

    def kept_apart(self) -> frozenset[tuple[str, str]]:
        """The pairs of reports that tell of two happenings."""
        return frozenset((pair.split()[0], pair.split()[1]) for pair in self.apart)


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    case: tuple[Case, ...]


def read_cases(folder: Path = HERE) -> Iterator[Case]:
    """All cases of a folder, file by file."""
    for path in sorted(folder.glob("*.toml")):
        if path.name != "scores.toml":
            yield from msgspec.toml.decode(path.read_bytes(), type=_File).case
