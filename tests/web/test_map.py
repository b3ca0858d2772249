"""The map: each place once, countries known for countries, and a question of any kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.desk.corroborating import corroborate
from dateline.desk.mapping import find_places
from dateline.ledger import Ledger
from tests.desk.press import taken
from tests.ledger.made import Told, place, reading_of
from tests.web.visiting import visitor, words_of

BAY = place("Vostok Bay", "RU", 51.9, 128.3)
RUSSIA = place("Russia", "RU", 60.0, 100.0, feature="PCLI")


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    told = [
        Told("Ada Quill", "met", "Rob Stone", when="2023-09-13", where=BAY),
        Told("Ada Quill", "visited", "Dina Sato", when="2023-09-14", where=BAY),
        Told("Rob Stone", "attacked", "Dina Sato", "ASSAULT", "2024-01-02", where=RUSSIA, status="possible"),
        Told("Bo Lindt", "thanked", "Ada Quill", where=RUSSIA),
        Told("Bo Lindt", "warned", "Ada Quill", when="2023-09-13"),
    ]
    path = tmp_path / "atlas.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.put([taken(reading_of(told, origin="https://one.example/1"))])
        corroborate(ledger)
    return path


def found(path: Path, **question: object) -> list[tuple[str, bool, int]]:
    spots = find_places(path, **question).spots  # type: ignore[arg-type]
    return [(spot.name, spot.exact, len(spot.entries)) for spot in spots]


def test_each_place_stands_once_and_a_country_is_no_spot(atlas: Path) -> None:
    assert found(atlas) == [("Russia", False, 2), ("Vostok Bay", True, 2)]


@pytest.mark.parametrize(
    ("question", "spots"),
    [
        ({"who": "quill"}, [("Vostok Bay", True, 2)]),
        ({"when": "2023-09-13"}, [("Vostok Bay", True, 1)]),
        ({"type": "ASSAULT"}, [("Russia", False, 1)]),
        ({"status": "possible"}, [("Russia", False, 1)]),
        ({"where": "51.9,128.3,5"}, [("Vostok Bay", True, 2)]),
        ({"when": "2022"}, []),
        ({"when": "2024-01", "who": "stone"}, [("Russia", False, 1)]),
    ],
)
def test_the_map_is_sifted(atlas: Path, question: dict[str, object], spots: list[tuple[str, bool, int]]) -> None:
    assert found(atlas, **question) == spots


def test_the_latest_are_shown_and_it_is_said_that_there_are_more(atlas: Path) -> None:
    few = find_places(atlas, most=1)
    assert [spot.name for spot in few.spots] == ["Russia"] and not few.whole
    assert find_places(atlas, most=5).whole
    assert not find_places(atlas, most=1, who="quill").whole


def test_the_page_is_of_use_without_the_picture(atlas: Path) -> None:
    page = visitor(atlas).get("/map")
    said = words_of(page.text)
    assert page.status_code == 200
    assert "2 places" in said and "somewhere in Russia" in said and "Vostok Bay 2 events" in said
    assert "GeoNames" in said and "Natural Earth" in said
    assert "Vostok Bay" not in words_of(visitor(atlas).get("/map?type=assault").text)


def test_the_picture_is_drawn_from_what_the_list_says(atlas: Path) -> None:
    answer = visitor(atlas).get("/map.json?when=2024-01").json()
    [spot] = answer["spots"]
    assert (spot["name"], spot["exact"], spot["sure"]) == ("Russia", False, False)
    [event] = spot["events"]
    assert (event["when"], event["first"], event["last"]) == ("2 Jan 2024", "2024-01-02", "2024-01-02")


@pytest.mark.parametrize("query", ["type=dance", "when=soon", "where=99,999", "bad=1", "limit=-1", "limit=99999"])
def test_what_makes_no_sense_is_refused(atlas: Path, query: str) -> None:
    for path in ("/map", "/map.json"):
        assert visitor(atlas).get(f"{path}?{query}").status_code == 400


def test_a_hostile_name_is_only_a_name(tmp_path: Path) -> None:
    path = tmp_path / "odd.ledger"
    odd = place("<img src=x onerror=alert(1)>\u202ebay", "RU", 1.0, 2.0)
    with Ledger.open(path, write=True) as ledger:
        ledger.put([taken(reading_of([Told("Ada Quill", "met", "Rob Stone", where=odd)]))])
        corroborate(ledger)
    page = visitor(path).get("/map").text
    assert "<img" not in page and "\u202e" not in page and "&lt;img src=x" in page
    assert "\u202e" not in visitor(path).get("/map.json").text


def test_all_that_the_picture_needs_is_served_with_its_licence(press: Path) -> None:
    client = visitor(press)
    page = client.get("/map").text
    files = ["leaflet/leaflet.css", "leaflet/leaflet.js", "topojson-client/topojson-client.min.js"]
    for file in files:
        assert f"/static/vendor/{file}" in page
    files += [f"world-atlas/countries-{scale}.json" for scale in ("110m", "50m")]
    for file in files:
        assert client.get(f"/static/vendor/{file}").status_code == 200
        assert client.get(f"/static/vendor/{file.split('/')[0]}/LICENSE").status_code == 200
