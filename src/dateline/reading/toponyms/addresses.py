"""Finds where an outlet is at home by the address that its page prints: "5050 Loop 286, Paris, TX 75460"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from dateline.lexicon.gazetteer import Gazetteer, GazetteerEntry
from dateline.model import Report
from dateline.reading.toponyms.words import PlaceWords

MOST_LINES = 300
"""How many blocks of furniture are gone through, and how much of each: addresses stand in short lines."""

_LINE = 1_000
_WORD = r"[A-Z][\w.'’-]*"
_ADDRESS = re.compile(
    rf"(?P<town>{_WORD}(?: {_WORD}){{0,4}}), (?P<region>{_WORD}(?: {_WORD})?),? "
    r"(?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b"
)


def find_address(report: Report, gazetteer: Gazetteer, words: PlaceWords) -> GazetteerEntry | None:
    """The town of the postal address in the furniture of a page; None where there is none, or addresses of several."""
    lines = [block.span.of(report.text)[:_LINE] for block in report.blocks if block.kind == "furniture"][:MOST_LINES]
    found = [town for line in lines for town in _towns(line, gazetteer, words)]
    counts = Counter(town.row for town in found)
    return found[0] if len(counts) == 1 else None


def _towns(line: str, gazetteer: Gazetteer, words: PlaceWords) -> Iterator[GazetteerEntry]:
    """The towns of the addresses in a line, as far as the gazetteer has them in the region that is named."""
    for match in _ADDRESS.finditer(line):
        short = match["region"]
        region = words.after_comma.get(short) or words.short.get(short) or short
        named = match["town"].split()
        for first in range(len(named)):  # "Main Street Paris, TX 75460"
            entries = gazetteer.look_up(" ".join(named[first:]))
            towns = [entry for entry in entries if entry.kind == "town" and entry.region == region]
            if towns:
                yield max(towns, key=lambda entry: entry.population)
                break
