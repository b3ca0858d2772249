"""Entries on the map: GeoJSON and KML. What has no coordinates is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

import msgspec

from dateline.export.cells import Row, clean, json_line, point_of, row_of, title_of, web_address, word_of
from dateline.export.times import show_time
from dateline.model import PLACE_CREDIT, Entry

_LEFT_TO_GEOMETRY = ("lat", "lon")


def export_geojson(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The entries that have coordinates as one GeoJSON FeatureCollection (RFC 7946), a Point each.

    Points are longitude first, WGS 84; the columns of the CSV are their properties.
    """
    yield b'{"type":"FeatureCollection","attribution":' + json_line(PLACE_CREDIT) + b',"features":['
    comma = b""
    for entry in entries:
        if point := point_of(entry):
            yield comma + json_line(_feature(row_of(entry), *point))
            comma = b",\n"
    yield b"]}\n"


def _feature(row: Row, lat: float, lon: float) -> dict[str, object]:
    cells = msgspec.structs.asdict(row)
    return {
        "type": "Feature",
        "id": row.id,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {name: value for name, value in cells.items() if name not in _LEFT_TO_GEOMETRY},
    }


def export_kml(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The entries that have coordinates as one KML 2.2 document, a Placemark each, with their time."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
    yield f"<name>Dateline</name>\n<description>{PLACE_CREDIT}</description>\n".encode()
    for entry in entries:
        if point := point_of(entry):
            yield "".join(_placemark(entry, row_of(entry), *point)).encode()
    yield b"</Document>\n</kml>\n"


def _placemark(entry: Entry, row: Row, lat: float, lon: float) -> Iterator[str]:
    """The Placemark, its elements in the order that the schema of KML asks for."""
    yield f'<Placemark id="e-{_xml(row.id)}">\n<name>{_xml(title_of(entry))}</name>\n'
    yield f"<description>{_xml(_balloon(entry, row))}</description>\n"
    if row.first and row.last:
        yield _time(row.first, row.last)
    yield "<ExtendedData>\n"
    for name in (
        "type",
        "status",
        "actors",
        "recipients",
        "when",
        "where",
        "source",
        "publisher",
        "published",
        "edition",
        "slots",
    ):
        value = getattr(row, name)
        if value:
            shown = "; ".join(value) if isinstance(value, tuple) else str(value)
            yield f'<Data name="{name}"><value>{_xml(shown)}</value></Data>\n'
    # The shortest way to write a float may be 1e-05, which xs:double allows and some readers of coordinates do not.
    yield f"</ExtendedData>\n<Point><coordinates>{_degrees(lon)},{_degrees(lat)}</coordinates></Point>\n</Placemark>\n"


def _balloon(entry: Entry, row: Row) -> str:
    """The description, which viewers show as HTML: nothing in a report can become markup in it."""
    lines = [escape(row.words), escape(word_of(entry))]
    if row.when:
        lines.append(escape(show_time(row.when)))
    if address := web_address(row.origin):
        lines.append(f'<a href="{escape(address)}">{escape(row.headline or address)}</a>')
    return "<br/>".join(lines)


def _time(first: date, last: date) -> str:
    if first == last:
        return f"<TimeStamp><when>{first.isoformat()}</when></TimeStamp>\n"
    return f"<TimeSpan><begin>{first.isoformat()}</begin><end>{last.isoformat()}</end></TimeSpan>\n"


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _xml(text: str) -> str:
    return escape(clean(text)).replace("\r", "&#13;")
