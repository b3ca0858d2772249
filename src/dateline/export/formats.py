"""The formats that a ledger is exported to, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

from msgspec import Struct

from dateline.errors import SettingError
from dateline.export.annotations import export_annotations
from dateline.export.calendars import export_icalendar
from dateline.export.claims import export_claims
from dateline.export.codings import export_gdelt, export_plover
from dateline.export.graphs import export_graphml
from dateline.export.investigations import export_ftm
from dateline.export.parquet import export_parquet
from dateline.export.places import export_geojson, export_kml
from dateline.export.tables import export_csv, export_jsonl
from dateline.export.timelines import export_timelinejs

Takes = Literal["entries", "happenings", "quotes", "pages"]


class Format(Struct, frozen=True):
    """A format: its name, the suffix of its files, what it is made from, what makes it, and a line on it.

    ``raw`` says that cells which a spreadsheet would run get an apostrophe, and that they may be had without.
    ``binary`` says that it is nothing for a terminal.
    """

    name: str
    suffix: str
    takes: Takes
    export: Callable[..., Iterator[bytes]]
    about: str
    raw: bool = False
    binary: bool = False

    def write(self, things: Any, *, raw: bool = False) -> Iterator[bytes]:
        """The bytes of a file of this format, piece by piece."""
        return self.export(things, raw=raw) if self.raw else self.export(things)


_TABLE = (
    Format("csv", ".csv", "entries", export_csv, "a table for spreadsheets, a row an event", raw=True),
    Format("jsonl", ".jsonl", "entries", export_jsonl, "JSON Lines: each event as the ledger keeps it, with its spans"),
    Format("parquet", ".parquet", "entries", export_parquet, "the table, typed, for analysis (pyarrow)", binary=True),
    Format("timelinejs", ".json", "happenings", export_timelinejs, "TimelineJS: a slide a happening, with its reports"),
    Format("geojson", ".geojson", "entries", export_geojson, "GeoJSON: the events that have coordinates"),
    Format("kml", ".kml", "entries", export_kml, "KML for globes: the events that have coordinates"),
    Format("icalendar", ".ics", "entries", export_icalendar, "iCalendar: what is planned"),
    Format("graphml", ".graphml", "pages", export_graphml, "GraphML: who did what to whom, and who said what"),
    Format("ftm", ".ftm.json", "pages", export_ftm, "FollowTheMoney: articles, events, mentions and notes"),
    Format("gdelt", ".gdelt.tsv", "entries", export_gdelt, "GDELT's columns, a row a pair of actors", raw=True),
    Format("plover", ".plover.tsv", "entries", export_plover, "POLECAT's columns with PLOVER's types", raw=True),
    Format("claims", ".jsonld", "quotes", export_claims, "schema.org Claims (JSON-LD): who said what, and where"),
    Format("annotations", ".annotations.jsonl", "pages", export_annotations, "W3C Web Annotations, one a cell"),
)

FORMATS: dict[str, Format] = {format.name: format for format in _TABLE}


def find_format(name: str) -> Format:
    """The format of a name. Raises SettingError, saying which there are, where there is none."""
    found = FORMATS.get(name.strip().lower())
    if found is None:
        raise SettingError(f'"{name}"', "there is no such format", f"Give one of {', '.join(FORMATS)}.")
    return found
