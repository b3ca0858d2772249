import hashlib
import sqlite3
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import LexiconError
from dateline.lexicon.gazetteer import MOST_CANDIDATES, SHIPPED, Gazetteer, GazetteerEntry, fold
from dateline.lexicon.gazetteer_file import PlaceRecord, write_gazetteer
from dateline.lexicon.place_names import latin_names, worth_keeping
from dateline.lexicon.tables import data_file
from scripts.build_gazetteer import Town, english_names, middle

RECORDS = [
    PlaceRecord(1, "Freedonia", "FD", "PCLI", 10.0, 20.0, 900_000, known_as=("Republic of Freedonia",)),
    PlaceRecord(2, "Upper Freedonia", "FD", "ADM1", 11.0, 21.0, 400_000),
    PlaceRecord(3, "São Marco", "FD", "PPL", 11.1, 21.1, 5_000, region=2, also=("Markstadt",)),
    PlaceRecord(4, "Markstadt", "SY", "PPL", -5.0, -7.25, 800),
    PlaceRecord(1_000_000_001, "Gulf of Marx", None, "GULF", 0.5, -0.5, slug="dateline:gulf-of-marx"),
]


@pytest.fixture(scope="module")
def shipped() -> Iterator[Gazetteer]:
    gazetteer = Gazetteer.open()
    yield gazetteer
    gazetteer.close()


@pytest.fixture
def small(tmp_path: Path) -> Gazetteer:
    write_gazetteer(tmp_path / "small.sqlite", RECORDS, {"sources": "a test"})
    return Gazetteer.open(tmp_path / "small.sqlite")


def likeliest(gazetteer: Gazetteer, name: str, kind: str) -> GazetteerEntry:
    return next(entry for entry in gazetteer.look_up(name) if entry.kind == kind)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("São Paulo", "sao paulo"),
        ("KOMSOMOLSK-ON-AMUR", "Komsomolsk on Amur"),
        ("Port St. Lucie", "Port Saint Lucie"),
        ("Mt. Vernon", "Mount Vernon"),
        ("Queen Anne’s County", "Queen Anne's County"),
        ("The Gambia", "Gambia"),
        ("Łódź", "Lodz"),
        ("İstanbul", "Istanbul"),
    ],
)
def test_what_makes_no_difference_to_a_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name) or fold(name).startswith("the ")


def test_main_names_come_before_alternates_and_large_before_small(small: Gazetteer) -> None:
    found = small.look_up("markstadt")
    assert [(entry.place.name, entry.alternate) for entry in found] == [("Markstadt", False), ("São Marco", True)]


def test_an_entry_tells_its_place_and_where_it_lies(small: Gazetteer) -> None:
    (entry,) = small.look_up("Sao Marco")
    assert (entry.place.id, entry.place.lat, entry.place.lon, entry.kind) == ("geonames:3", 11.1, 21.1, "town")
    assert (entry.region, entry.region_row, entry.district) == ("Upper Freedonia", 2, None)
    assert small.entry(3) == entry


def test_a_place_of_our_own_keeps_its_id(small: Gazetteer) -> None:
    (entry,) = small.look_up("the Gulf of Marx")
    assert (entry.place.id, entry.place.country, entry.kind) == ("dateline:gulf-of-marx", None, "water")


def test_search_finds_beginnings_of_any_name(small: Gazetteer) -> None:
    assert [entry.place.name for entry in small.search("mark")] == ["São Marco", "Markstadt"]
    assert [entry.place.name for entry in small.search("republic of f")] == ["Freedonia"]
    assert small.search("") == small.search("mark", limit=0) == small.search("zzz") == ()


def test_the_same_records_make_the_same_bytes(tmp_path: Path) -> None:
    for name, records in (("one", RECORDS), ("other", RECORDS[::-1])):
        write_gazetteer(tmp_path / name, records, {"sources": "a test"})
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database " * 200)
    sqlite3.connect(tmp_path / "other").execute("CREATE TABLE x (y)").connection.close()
    for name in ("missing", "text", "other"):
        with pytest.raises(LexiconError, match=name):
            Gazetteer.open(tmp_path / name)


def test_a_gazetteer_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer"
    write_gazetteer(path, RECORDS, {})
    sqlite3.connect(path).execute("PRAGMA user_version = 99").connection.close()
    with pytest.raises(LexiconError, match="format 99"):
        Gazetteer.open(path)


def test_a_cut_file_is_refused_and_no_traceback(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    write_gazetteer(whole, RECORDS, {})
    (tmp_path / "cut").write_bytes(whole.read_bytes()[:5000])
    with pytest.raises(LexiconError):
        Gazetteer.open(tmp_path / "cut").look_up("Freedonia")


@pytest.mark.parametrize(
    ("name", "kind", "country", "lat", "lon"),
    [
        ("Russia", "country", "RU", 60, 100),
        ("Vladivostok", "town", "RU", 43.1, 131.9),
        ("Primorye", "region", "RU", 45, 135),
        ("Russky Island", "land", "RU", 43.0, 131.8),
        ("Vostochny Cosmodrome", "site", "RU", 51.9, 128.3),
        ("Khasan", "town", "RU", 42.4, 130.6),
        ("West Bank", "region", "PS", 32.0, 35.25),
        ("Taiwan Strait", "water", None, 24.5, 119.5),
        ("Burma", "country", "MM", 21, 96),
        ("Texas", "region", "US", 31.3, -99.3),
        ("Vladivostok International Airport", "site", "RU", 43.4, 132.1),
        ("Dulles International Airport", "site", "US", 38.9, -77.4),
    ],
)
def test_the_shipped_gazetteer_knows(
    shipped: Gazetteer, name: str, kind: str, country: str | None, lat: float, lon: float
) -> None:
    place = likeliest(shipped, name, kind).place
    assert place.country == country
    assert place.lat == pytest.approx(lat, abs=1.5)
    assert place.lon == pytest.approx(lon, abs=1.5)


def test_countries_come_with_their_geonames_ids(shipped: Gazetteer) -> None:
    assert likeliest(shipped, "North Korea", "country").place.id == "geonames:1873107"
    assert likeliest(shipped, "Washington", "town").place.id == "geonames:4140963"


def test_a_name_of_hundreds_has_its_limit(shipped: Gazetteer) -> None:
    assert 50 < len(shipped.look_up("San Antonio")) <= MOST_CANDIDATES


@given(st.text(max_size=100))
def test_any_text_can_be_looked_up(shipped: Gazetteer, name: str) -> None:
    for entry in shipped.look_up(name):
        assert -90 <= entry.place.lat <= 90 and -180 <= entry.place.lon <= 180
        assert entry.place.feature and entry.place.name and entry.kind


def test_the_card_is_that_of_the_file_and_names_its_licence() -> None:
    card = tomllib.loads(data_file("places", "card.toml").read_text("utf-8"))
    content = data_file(*SHIPPED).read_bytes()
    assert card["sha256"] == hashlib.sha256(content).hexdigest()
    assert {"origin", "licence", "made"} <= set(card) and "CC BY 4.0" in card["licence"]
    assert len(content) < 25_000_000


def test_the_file_says_of_itself_what_it_holds(shipped: Gazetteer) -> None:
    card = tomllib.loads(data_file("places", "card.toml").read_text("utf-8"))
    assert shipped.about()["places"] == str(card["places"])
    assert "GeoNames" in shipped.about()["attribution"]


@pytest.mark.parametrize("name", ["Kiev", "al-Quds", "Nueva York"])
def test_other_names_worth_keeping(name: str) -> None:
    assert worth_keeping(name)


@pytest.mark.parametrize("name", ["VVO", "beulladiboseutokeu", "Владивосток", "Paris, TX", "X1", "Ab"])
def test_other_names_left_out(name: str) -> None:
    assert not worth_keeping(name)


def test_each_key_is_kept_once() -> None:
    assert list(latin_names(["Köln", "Koln", "Cologne", "KOLN", "Cologne"])) == ["Cologne"]


def test_a_region_is_also_known_without_the_word_for_its_sort() -> None:
    assert "Amur" in english_names(["Amur Oblast"], 1)
    assert "Texas" not in english_names(["Texas County"], 2)


def test_the_middle_of_a_region_is_that_of_its_land_not_of_its_towns() -> None:
    crowded = [Town(0.1, 0.1, 1, ())] * 9 + [Town(0.1, 10.1, 1, ())]
    assert middle(crowded) == pytest.approx((0.1, 5.1))
    assert middle([Town(65, 179.9, 1, ()), Town(65, -179.9, 1, ())]) == pytest.approx((65, 180))
    assert middle([]) is None
