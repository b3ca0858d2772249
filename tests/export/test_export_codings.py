"""Tables of event data: their columns in order, and nothing filled in that nobody knows."""

from __future__ import annotations

import csv
import io
from typing import get_args

import pytest
from msgspec.structs import replace

from dateline.export.codings import GDELT_COLUMNS, PLOVER_COLUMNS, QUADS, export_gdelt, export_plover
from dateline.model import Cameo, Entry, EventSlot, EventType, Span
from tests.export.entries import make_entry, make_hostile


def read_rows(written: bytes) -> list[dict[str, str]]:
    """The rows of a table that knows no quotation marks, each of as many cells as there are columns."""
    reader = csv.reader(io.StringIO(written.decode(), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    columns, *rows = list(reader)
    assert {len(row) for row in rows} <= {len(columns)}
    return [dict(zip(columns, row, strict=True)) for row in rows]


def read_gdelt(*entries: Entry) -> list[dict[str, str]]:
    return read_rows(b"".join(export_gdelt(entries)))


def read_plover(*entries: Entry) -> list[dict[str, str]]:
    return read_rows(b"".join(export_plover(entries)))


def test_gdelt_begins_with_its_61_columns() -> None:
    assert GDELT_COLUMNS[:5] == ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate")
    assert GDELT_COLUMNS[25:31] == (
        "IsRootEvent",
        "EventCode",
        "EventBaseCode",
        "EventRootCode",
        "QuadClass",
        "GoldsteinScale",
    )
    assert GDELT_COLUMNS[59:62] == ("DATEADDED", "SOURCEURL", "Status")
    assert len(set(GDELT_COLUMNS)) == len(GDELT_COLUMNS)
    assert len(set(PLOVER_COLUMNS)) == len(PLOVER_COLUMNS)


def test_gdelt_is_filled_with_what_is_known() -> None:
    (row,) = read_gdelt(make_entry())
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == ("20230915", "202309", "2023")
    assert (row["Actor1Name"], row["Actor2Name"]) == ("Ada Quill", "Rob Stone")
    assert (row["EventRootCode"], row["QuadClass"]) == ("04", "1")
    assert (row["ActionGeo_FullName"], row["ActionGeo_Lat"], row["ActionGeo_Long"]) == ("Exampleville", "1.5", "-2.25")
    assert (row["Status"], row["SourceKind"], row["OnTheWordOf"]) == ("happened", "attributed", "police")


def test_no_score_is_invented() -> None:
    (gdelt,) = read_gdelt(make_entry())
    assert {gdelt[name] for name in ("GoldsteinScale", "AvgTone", "FractionDate", "EventCode", "Actor1Code")} == {""}
    (plover,) = read_plover(make_entry())
    assert {plover[name] for name in ("Intensity", "Contexts", "Actor Country", "GeoNames ID", "Version")} == {""}


@pytest.mark.parametrize("type_", [*QUADS])
def test_a_type_has_its_quarter_and_a_root_only_where_one_became_it(type_: EventType) -> None:
    (plover,), (gdelt,) = read_plover(make_entry(type=type_)), read_gdelt(make_entry(type=type_))
    assert plover["Quad Code"] in ("V-Coop", "M-Coop", "V-Conf", "M-Conf")
    assert (gdelt["EventRootCode"] == "") is (type_ in ("REQUEST", "ASSAULT"))


def test_every_type_but_other_has_its_quarter() -> None:
    assert set(QUADS) == set(get_args(EventType)) - {"OTHER"}


def test_codes_and_actors_are_told_as_far_as_they_are_known() -> None:
    entry = make_entry(type="ASSAULT", actors=("Russia",), recipients=("rebels",))
    russia = replace(entry.event.actors[0], kind="state", country="Russia")
    rebels = replace(entry.event.recipients[0], kind="rebel", country="Romania", role="fighters")
    slot = EventSlot("weapon", "drone", None, 24.0, 99.0, "dozens", Span(0, 6))
    event = replace(
        entry.event, mode="drone", cameo=Cameo("19", "1952"), actors=(russia,), recipients=(rebels,), slots=(slot,)
    )
    (row,) = read_gdelt(replace(entry, event=event))
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("1952", "195", "19")
    assert row["QuadClass"] == "4"
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["Actor1Type1Code"]) == ("RUS", "RUS", "")
    assert (row["Actor2Code"], row["Actor2CountryCode"], row["Actor2Type1Code"]) == ("ROMREB", "ROM", "REB")
    assert row["Slots"] == "weapon drone 24..99 (dozens)"
    (row,) = read_plover(replace(entry, event=event))
    assert (row["Actor Country"], row["Recipient Country"], row["Recipient Sectors"]) == ("RUS", "ROU", "REB")
    assert (row["Recipient Title"], row["CAMEO Code"]) == ("fighters", "1952")


def test_a_type_that_was_corrected_has_the_code_of_that_type() -> None:
    entry = make_entry(type="CONSULT")
    older = replace(entry, event=replace(entry.event, type="MOBILIZE", mode=None, cameo=None))
    (row,) = read_gdelt(older)
    assert (row["EventCode"], row["EventRootCode"]) == ("", "15")


def test_what_plover_has_no_type_for_is_left_out() -> None:
    assert read_gdelt(make_entry(type="OTHER")) == []
    assert read_plover(make_entry(type="OTHER")) == []


@pytest.mark.parametrize(
    ("value", "dates"),
    [
        ("2023-09", ("", "202309", "2023")),
        ("2023", ("", "", "2023")),
        ("2023-W37", ("", "202309", "2023")),
        ("2022-12-30/2023-01-02", ("", "", "")),
        ("PAST_REF", ("", "", "")),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(value: str, dates: tuple[str, str, str]) -> None:
    (row,) = read_gdelt(make_entry(when=("Friday", value)))
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == dates
    (row,) = read_plover(make_entry(when=("Friday", value)))
    assert row["Event Date"] == ""


def test_gdelt_has_a_row_for_each_pair() -> None:
    rows = read_gdelt(make_entry(actors=("Ada Quill", "Bo"), recipients=("Rob Stone", "Jo")))
    assert [(row["Actor1Name"], row["Actor2Name"]) for row in rows] == [
        ("Ada Quill", "Rob Stone"), ("Ada Quill", "Jo"), ("Bo", "Rob Stone"), ("Bo", "Jo"),
    ]  # fmt: skip
    assert len({row["GLOBALEVENTID"] for row in rows}) == 4
    assert {row["Event"] for row in rows} == {"0123456789abcdef"}


def test_gdelt_lists_the_names_where_the_pairs_are_too_many() -> None:
    crowd = tuple(f"Guest {number}" for number in range(11))
    (row,) = read_gdelt(make_entry(actors=crowd, recipients=crowd))
    assert row["Actor1Name"] == "; ".join(crowd)
    assert len(read_gdelt(make_entry(actors=crowd[:10], recipients=crowd[:10]))) == 100


def test_plover_has_a_row_for_each_entry_with_names_in_lists() -> None:
    (row,) = read_plover(make_entry(actors=("Ada Quill", "Bo; Co"), type="ASSAULT", status="denied"))
    assert row["Actor Name"] == "Ada Quill; Bo, Co"
    assert (row["Event Type"], row["Status"], row["Publication Date"]) == ("ASSAULT", "denied", "2023-09-17")


def test_hostile_words_keep_to_their_cells() -> None:
    hostile = make_hostile()
    assert len(read_plover(*hostile)) == len(hostile)
    assert {row["Event"] for row in read_gdelt(*hostile)} == {entry.id for entry in hostile}
    assert not [row for row in read_plover(*hostile) if row["Sentence"].startswith(("=", "+", "-", "@"))]
