"""What events carry is shown on every page and in every table."""

from __future__ import annotations

import csv
import io
import json
from functools import cache

import pytest
from msgspec.structs import replace

import dateline
from dateline.export.html import export_html
from dateline.export.parquet import export_parquet
from dateline.export.places import export_geojson
from dateline.export.slots import lay_flat, tell_slot
from dateline.export.tables import export_csv
from dateline.model import Cameo, Entry, EventSlot, Reading, Span
from tests.export.entries import make_entry

TEXT = "Rebels fired at least 12 rockets at Sidra on Monday, killing dozens of people, police said."
KILLED = EventSlot("casualties", "person", None, 24.0, 99.0, "dozens", Span(0, 6), "killed")


@cache
def reading() -> Reading:
    return dateline.read(TEXT, published="2023-09-17")


def told() -> Entry:
    entry = make_entry()
    return replace(entry, event=replace(entry.event, slots=(KILLED,), cameo=Cameo("04", "046")))


def test_the_page_of_a_report_leads_from_each_slot_to_its_words() -> None:
    page = export_html(reading())
    slot = next(slot for event in reading().events for slot in event.slots if slot.kind == "casualties")
    assert f'<a href="#at-{slot.span.start}" class="slot">dozens killed</a>' in page
    assert f'id="at-{slot.span.start}"' in page


def test_csv_has_slots_and_code() -> None:
    [row] = csv.DictReader(io.StringIO(b"".join(export_csv([told()])).decode(), newline=""))
    assert (row["slots"], row["cameo_root"], row["cameo"]) == ("casualties killed person 24..99 (dozens)", "04", "046")


def test_points_have_slots() -> None:
    [feature] = json.loads(b"".join(export_geojson([told()])))["features"]
    assert feature["properties"]["slots"] == ["casualties killed person 24..99 (dozens)"]


def test_parquet_has_slots_as_a_list() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(b"".join(export_parquet([told()]))))
    assert table.column("slots").to_pylist() == [["casualties killed person 24..99 (dozens)"]]
    assert table.column("cameo").to_pylist() == ["046"]


@pytest.mark.parametrize(
    ("slot", "words", "flat"),
    [
        (KILLED, "dozens killed", "casualties killed person 24..99 (dozens)"),
        (replace(KILLED, unit="child", number=1.0, low=1.0, high=1.0, words="one"), "one child killed",
         "casualties killed child 1 (one)"),
        (EventSlot("people", "person", 5.0, 5.0, None, "at least five", Span(0, 13)), "at least five people",
         "people person 5.. (at least five)"),
        (EventSlot("weapon", "knife", None, None, None, "machetes", Span(0, 8)), "machetes", "weapon knife (machetes)"),
        (EventSlot("vehicle", "bus", 1.0, 1.0, 1.0, "a bus", Span(0, 5)), "a bus", "vehicle bus 1 (a bus)"),
        (EventSlot("magnitude", "magnitude", 6.1, 6.1, 6.1, "magnitude\n6.1", Span(0, 13)), "magnitude 6.1",
         "magnitude 6.1 (magnitude 6.1)"),
        (EventSlot("other", None, 3.0, 3.0, 3.0, "three", Span(0, 5)), "three", "other 3 (three)"),
    ],
)  # fmt: skip
def test_a_slot_in_words_and_in_a_cell(slot: EventSlot, words: str, flat: str) -> None:
    assert (tell_slot(slot), lay_flat(slot)) == (words, flat)
