"""Entries as the tables of event data that political scientists know: PLOVER (POLECAT's columns) and GDELT's.

Only what a report says is filled in. There is no Goldstein score, no intensity and no tone: nothing that was read tells
them. What PLOVER has no type for (OTHER) is no event of these codings and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from dateline.export.cells import Row, row_of
from dateline.export.tables import show_cell
from dateline.lexicon.country_codes import alpha3, cameo_country
from dateline.model import ActorKind, Entry, EventType, Participant

QUADS: dict[EventType, str] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "V-Coop"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "M-Coop"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "V-Conf"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "M-Conf"),
}
"""PLOVER's four quarters: verbal and material, cooperation and conflict. A type has its quarter by definition."""

QUAD_CLASSES: dict[str, str] = {
    **dict.fromkeys(("01", "02", "03", "04", "05"), "1"),
    **dict.fromkeys(("06", "07", "08"), "2"),
    **dict.fromkeys(("09", "10", "11", "12", "13"), "3"),
    **dict.fromkeys(("14", "15", "16", "17", "18", "19", "20"), "4"),
}
"""GDELT's QuadClass by CAMEO's root: verbal and material cooperation, verbal and material conflict."""

SECTORS: dict[ActorKind, str] = {
    "state": "GOV", "military": "MIL", "rebel": "REB", "civil": "CVL", "international": "IGO",
}  # fmt: skip
"""The letters that CAMEO and POLECAT have for what an actor acts as."""

PLOVER_COLUMNS: tuple[str, ...] = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
    "Status", "First Day", "Last Day", "Source Kind", "On The Word Of", "Confidence", "Headline", "Sentence", "Origin",
    "Edition", "Trigger Start", "Trigger End", "Happening", "Slots", "CAMEO Root", "CAMEO Code",
)  # fmt: skip
"""POLECAT's columns in its order; after them, from "Status" on, what Dateline knows and POLECAT has no column for."""

_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip

GDELT_COLUMNS: tuple[str, ...] = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{number}{name}" for number in "12" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
    "Status", "SourceKind", "OnTheWordOf", "Confidence", "Publisher", "Published", "PloverType", "PloverMode",
    "Sentence", "Edition", "TriggerStart", "TriggerEnd", "Event", "Happening", "Slots",
)  # fmt: skip
"""The 61 columns of GDELT 2.0's events in their order; after them, from "Status" on, what Dateline knows besides."""

MOST_PAIRS = 100
"""The most rows that one event becomes: a list of a hundred guests who met a hundred others would be ten thousand."""

Cells = dict[str, object]


def export_plover(entries: Iterable[Entry], *, raw: bool = False) -> Iterator[bytes]:
    """The entries of PLOVER's types with POLECAT's columns, a row each, cells parted by tabs."""
    yield _line(PLOVER_COLUMNS)
    for entry in entries:
        if entry.event.type in QUADS:
            event = entry.event
            cells = _plover(row_of(entry)) | _sides(event.actors, "Actor") | _sides(event.recipients, "Recipient")
            yield _row(PLOVER_COLUMNS, cells, raw=raw)


def _sides(participants: Iterable[Participant], side: str) -> Cells:
    """What POLECAT's columns tell of the actors or the recipients, as far as the report does."""
    some = tuple(participants)
    sectors = tuple(dict.fromkeys(SECTORS[one.kind] for one in some if one.kind))
    countries = (alpha3(one.country) for one in some if one.country)
    return {
        f"{side} Country": tuple(dict.fromkeys(filter(None, countries))),
        f"Primary {side} Sector": sectors[:1],
        f"{side} Sectors": sectors,
        f"{side} Title": tuple(dict.fromkeys(one.role for one in some if one.role)),
    }


def _plover(row: Row) -> Cells:
    return {
        "Event ID": row.id,
        "Event Date": row.first if row.first == row.last else None,
        "Event Type": row.type,
        "Event Mode": row.mode,
        "Quad Code": QUADS[row.type],
        "Actor Name": row.actors,
        "Recipient Name": row.recipients,
        "Placename": row.where,
        "Latitude": row.lat,
        "Longitude": row.lon,
        "Raw Placename": row.where_words,
        "Source": row.publisher,
        "Publication Date": _publication_day(row),
        "Status": row.status,
        "First Day": row.first,
        "Last Day": row.last,
        "Source Kind": row.source_kind,
        "On The Word Of": row.source,
        "Confidence": row.confidence,
        "Headline": row.headline,
        "Sentence": row.words,
        "Origin": row.origin,
        "Edition": row.edition,
        "Trigger Start": row.start,
        "Trigger End": row.end,
        "Happening": row.happening,
        "Slots": row.slots,
        "CAMEO Root": row.cameo_root,
        "CAMEO Code": row.cameo,
    }


def export_gdelt(entries: Iterable[Entry], *, raw: bool = False) -> Iterator[bytes]:
    """The entries of PLOVER's types with GDELT's columns: a row for each pair of actor and recipient."""
    yield _line(GDELT_COLUMNS)
    for entry in entries:
        if entry.event.type not in QUADS:
            continue
        row = row_of(entry)
        common = _gdelt(row, mentions=1 + len(entry.event.also))
        known = {" ".join(one.name.split()): one for one in (*entry.event.actors, *entry.event.recipients)}
        for id, actor, recipient in _pairs(row):
            cells = {**common, "GLOBALEVENTID": id, "Actor1Name": actor, "Actor2Name": recipient}
            cells |= _actor_codes("Actor1", known.get(str(actor))) | _actor_codes("Actor2", known.get(str(recipient)))
            yield _row(GDELT_COLUMNS, cells, raw=raw)


def _actor_codes(side: str, one: Participant | None) -> Cells:
    """CAMEO's codes of an actor: its country, what it acts as, and both in one."""
    if one is None:
        return {}
    country = cameo_country(one.country) if one.country else None
    sector = SECTORS[one.kind] if one.kind else None
    if one.kind == "state" and one.country == one.name:
        sector = None  # A country as such has its letters alone.
    whole = f"{country or ''}{sector or ''}"
    return {f"{side}Code": whole or None, f"{side}CountryCode": country, f"{side}Type1Code": sector}


def _pairs(row: Row) -> Iterator[tuple[str, object, object]]:
    """An id, an actor and a recipient for each row of an event; lists of both in one row where pairs are too many."""
    if len(row.actors) * len(row.recipients) > MOST_PAIRS:
        yield row.id, row.actors, row.recipients
        return
    several = len(row.actors) > 1 or len(row.recipients) > 1
    for number, (actor, recipient) in enumerate(product(row.actors or (None,), row.recipients or (None,)), 1):
        yield f"{row.id}.{number}" if several else row.id, actor, recipient


def _gdelt(row: Row, *, mentions: int) -> Cells:
    return {
        **_gdelt_dates(row),
        "EventCode": row.cameo,
        "EventBaseCode": row.cameo[:3] if row.cameo else None,
        "EventRootCode": row.cameo_root,
        # All roots that ASSAULT was made of are material conflict.
        "QuadClass": QUAD_CLASSES.get(row.cameo_root or "", "4" if row.type == "ASSAULT" else ""),
        "NumMentions": mentions,
        "NumSources": 1,
        "NumArticles": 1,
        "ActionGeo_FullName": row.where,
        "ActionGeo_Lat": row.lat,
        "ActionGeo_Long": row.lon,
        "SOURCEURL": row.origin,
        "Status": row.status,
        "SourceKind": row.source_kind,
        "OnTheWordOf": row.source,
        "Confidence": row.confidence,
        "Publisher": row.publisher,
        "Published": row.published,
        "PloverType": row.type,
        "PloverMode": row.mode,
        "Slots": row.slots,
        "Sentence": row.words,
        "Edition": row.edition,
        "TriggerStart": row.start,
        "TriggerEnd": row.end,
        "Event": row.id,
        "Happening": row.happening,
    }


def _gdelt_dates(row: Row) -> Cells:
    """The date as far as it is known: the day only where it is one day, the month only where it lies in one."""
    first, last = row.first, row.last
    if first is None or last is None or first.year != last.year:
        return {}
    dates: Cells = {"Year": f"{first.year:04}"}
    if first.month == last.month:
        dates["MonthYear"] = f"{first.year:04}{first.month:02}"
    if first == last:
        dates["SQLDATE"] = f"{first.year:04}{first.month:02}{first.day:02}"
    return dates


def _publication_day(row: Row) -> str | None:
    day = (row.published or "")[:10]
    return day if re.fullmatch(r"\d{4}-\d\d-\d\d", day, re.ASCII) else None


def _row(columns: Iterable[str], cells: Cells, *, raw: bool) -> bytes:
    return _line(_cell(cells.get(name), raw=raw) for name in columns)


def _cell(value: object, *, raw: bool) -> str:
    """A cell without tabs and ends of lines: these tables know no quotation marks."""
    if isinstance(value, tuple):
        value = tuple(re.sub(r"\s*;\s*", ", ", str(each)) for each in value)
    return " ".join(show_cell(value, raw=raw).split())


def _line(cells: Iterable[str]) -> bytes:
    return "\t".join(cells).encode() + b"\n"
