"""Maps: GeoJSON by the rules of RFC 7946, KML by a schema of the part of KML 2.2 that we write."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from lxml import etree

from dateline.export.places import export_geojson, export_kml
from dateline.model import Entry
from tests.export.entries import make_entry, make_hostile

KML = "{http://www.opengis.net/kml/2.2}"
SCHEMA = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.opengis.net/kml/2.2"
  xmlns="http://www.opengis.net/kml/2.2" elementFormDefault="qualified">
<xs:simpleType name="time"><xs:union memberTypes="xs:dateTime xs:date xs:gYearMonth xs:gYear"/></xs:simpleType>
<xs:simpleType name="spot"><xs:restriction base="xs:string">
  <xs:pattern value="-?[0-9]+(\\.[0-9]+)?,-?[0-9]+(\\.[0-9]+)?"/></xs:restriction></xs:simpleType>
<xs:element name="kml"><xs:complexType><xs:sequence>
 <xs:element name="Document"><xs:complexType><xs:sequence>
  <xs:element name="name" type="xs:string"/><xs:element name="description" type="xs:string"/>
  <xs:element name="Placemark" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
   <xs:element name="name" type="xs:string"/><xs:element name="description" type="xs:string"/>
   <xs:choice minOccurs="0">
    <xs:element name="TimeStamp"><xs:complexType><xs:sequence><xs:element name="when" type="time"/></xs:sequence>
    </xs:complexType></xs:element>
    <xs:element name="TimeSpan"><xs:complexType><xs:sequence><xs:element name="begin" type="time"/>
     <xs:element name="end" type="time"/></xs:sequence></xs:complexType></xs:element>
   </xs:choice>
   <xs:element name="ExtendedData"><xs:complexType><xs:sequence>
    <xs:element name="Data" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
     <xs:element name="value"/></xs:sequence><xs:attribute name="name" type="xs:string" use="required"/>
    </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
   <xs:element name="Point"><xs:complexType><xs:sequence><xs:element name="coordinates" type="spot"/></xs:sequence>
   </xs:complexType></xs:element>
  </xs:sequence><xs:attribute name="id" type="xs:ID"/></xs:complexType></xs:element>
 </xs:sequence></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element></xs:schema>
"""


def read_geojson(*entries: Entry) -> list[dict[str, Any]]:
    """The features, each found to be what RFC 7946 asks for."""
    whole = json.loads(b"".join(export_geojson(entries)))
    assert set(whole) == {"type", "attribution", "features"}
    assert whole["type"] == "FeatureCollection"
    for feature in whole["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        assert feature["geometry"]["type"] == "Point"
        lon, lat = feature["geometry"]["coordinates"]
        assert -180 <= lon <= 180
        assert -90 <= lat <= 90
    found: list[dict[str, Any]] = whole["features"]
    return found


def read_kml(*entries: Entry) -> Any:
    """The Placemarks of a document that the schema allows."""
    root = etree.fromstring(b"".join(export_kml(entries)), etree.XMLParser(huge_tree=True))
    etree.XMLSchema(etree.fromstring(SCHEMA)).assertValid(root)
    return root.findall(f".//{KML}Placemark")


def test_a_point_is_longitude_first() -> None:
    (feature,) = read_geojson(make_entry())
    assert feature["geometry"]["coordinates"] == [-2.25, 1.5]
    assert (feature["properties"]["where"], feature["properties"]["first"]) == ("Exampleville", "2023-09-15")


@pytest.mark.parametrize(
    "spot", [(None, None), (1.5, None), (91.0, 0.0), (0.0, -180.5), (math.nan, 0.0), (0.0, math.inf)]
)
def test_what_has_no_place_on_the_globe_is_left_out(spot: tuple[float | None, float | None]) -> None:
    assert read_geojson(make_entry(where=("Exampleville", *spot))) == []
    assert read_kml(make_entry(where=("Exampleville", *spot))) == []


def test_hostile_words_break_no_map() -> None:
    hostile = make_hostile()
    assert len(read_geojson(*hostile)) == len(hostile)
    assert len(read_kml(*hostile)) == len(hostile)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("2023-09-15", ["2023-09-15"]),
        ("2023-09", ["2023-09-01", "2023-09-30"]),
        ("2023-09-12/2023-09-17", ["2023-09-12", "2023-09-17"]),
        ("PAST_REF", []),
    ],
)
def test_kml_tells_the_time(value: str, told: list[str]) -> None:
    (mark,) = read_kml(make_entry(when=("Friday", value)))
    times = [*mark.iter(f"{KML}when"), *mark.iter(f"{KML}begin"), *mark.iter(f"{KML}end")]
    assert [time.text for time in times] == told


def test_a_balloon_shows_words_and_never_runs_them() -> None:
    (mark,) = read_kml(make_entry("<script>alert(1)</script> met"))
    assert "<script>" not in mark.findtext(f"{KML}description")
    assert "&lt;script&gt;" in mark.findtext(f"{KML}description")


def test_a_small_coordinate_is_written_out() -> None:
    (mark,) = read_kml(make_entry(where=("Exampleville", 0.00001, -0.00002)))
    assert mark.findtext(f".//{KML}coordinates") == "-0.00002,0.00001"


def test_what_was_denied_says_so_on_the_map() -> None:
    (mark,) = read_kml(make_entry(status="denied"))
    assert mark.findtext(f"{KML}name").startswith("[denied] Ada Quill · met · Rob Stone")
