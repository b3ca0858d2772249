"""Tables are opened by the readers that others use: the csv module, json and pyarrow."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.errors import SettingError
from dateline.export import FORMATS
from dateline.export.cells import COLUMNS, clean
from dateline.export.tables import export_csv, export_jsonl
from dateline.model import Entry, Span, When
from tests.export.entries import BEFORE, HOSTILE, make_entry, make_hostile


def read_csv(entries: list[Entry], *, raw: bool = False) -> list[dict[str, str]]:
    csv.field_size_limit(1 << 24)
    text = b"".join(export_csv(entries, raw=raw)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_holds_every_cell_of_an_entry() -> None:
    (row,) = read_csv([make_entry()])
    assert tuple(row) == COLUMNS
    told = {name: row[name] for name in ("type", "mode", "trigger", "actors", "recipients", "when", "when_words")}
    assert told == {
        "type": "CONSULT", "mode": "meet", "trigger": "met", "actors": "Ada Quill", "recipients": "Rob Stone",
        "when": "2023-09-15", "when_words": "Friday",
    }  # fmt: skip
    assert (row["lat"], row["lon"], row["source"], row["main"]) == ("1.5", "-2.25", "police", "true")
    assert (BEFORE + row["words"])[int(row["start"]) : int(row["end"])] == "met"


def test_what_is_unknown_is_an_empty_cell() -> None:
    (row,) = read_csv([make_entry(when=None, where=None, source=None, actors=())])
    unknown = ("when", "first", "last", "where", "lat", "lon", "source", "source_words", "actors")
    assert [row[name] for name in unknown] == [""] * len(unknown)
    assert row["source_kind"] == "reporter"


def test_a_stretch_of_time_has_its_first_and_last_day() -> None:
    (row,) = read_csv([make_entry(when=("Friday", "2023-09"))])
    assert (row["first"], row["last"]) == ("2023-09-01", "2023-09-30")


@pytest.mark.parametrize("span", [Span(30, 25), Span(-9, 3), Span(0, 5), Span(500, 600)])
def test_a_span_that_leads_nowhere_has_no_words(span: Span) -> None:
    entry = make_entry()
    (row,) = read_csv([replace(entry, event=replace(entry.event, when=When(span, "2023")))])
    assert (row["when"], row["when_words"]) == ("2023", "")


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_runs_in_a_spreadsheet(words: str) -> None:
    (guarded,) = read_csv([make_entry(words)])
    (raw,) = read_csv([make_entry(words)], raw=True)
    assert (guarded["words"], raw["words"]) == (f"'{words}", words)


def test_a_minus_before_a_number_is_no_formula() -> None:
    (row,) = read_csv([make_entry(where=("Exampleville", -1.5, -2.25))])
    assert (row["lat"], row["lon"]) == ("-1.5", "-2.25")


def test_hostile_words_keep_to_their_cells() -> None:
    rows = read_csv(make_hostile(), raw=True)
    assert [row["headline"] for row in rows] == [clean(bad) for bad in HOSTILE]
    assert {row["type"] for row in rows} == {"CONSULT"}


def test_a_sentence_of_a_megabyte_is_one_cell() -> None:
    words = "storm " * 200_000
    assert read_csv([make_entry(words)])[0]["words"] == words


@given(st.text())
def test_any_words_come_back_from_the_csv(words: str) -> None:
    (row,) = read_csv([make_entry(f"x{words}")], raw=True)
    assert row["words"] == clean(f"x{words}")


def test_json_lines_hold_the_entry_as_the_ledger_answers_it() -> None:
    (line,) = b"".join(export_jsonl([make_entry()])).splitlines()
    told = json.loads(line)
    assert told["event"]["actors"] == [
        {"span": [21, 30], "name": "Ada Quill", "kind": None, "country": None, "role": None}
    ]
    assert told["report"]["publisher"] == "The Example"


def test_hostile_words_are_json_still() -> None:
    lines = b"".join(export_jsonl(make_hostile())).decode().split("\n")
    assert [json.loads(line)["report"]["headline"].count("half") for line in lines[:-1]].count(1) == 1


def read_parquet(entries: list[Entry]) -> Any:
    parquet = pytest.importorskip("pyarrow.parquet")
    return parquet.read_table(io.BytesIO(b"".join(FORMATS["parquet"].write(iter(entries)))))


def test_parquet_says_whose_points_it_holds() -> None:
    assert b"GeoNames" in read_parquet([]).schema.metadata[b"attribution"]


def test_parquet_holds_the_columns_typed() -> None:
    table = read_parquet([make_entry(), make_entry(when=None, where=None)])
    assert tuple(table.column_names) == COLUMNS
    first, second = table.to_pylist()
    assert (first["first"], first["actors"], first["lat"]) == (date(2023, 9, 15), ["Ada Quill"], 1.5)
    assert (second["first"], second["where"], second["lat"]) == (None, None, None)


def test_parquet_holds_hostile_words_and_none() -> None:
    assert read_parquet(make_hostile())["headline"].to_pylist() == [clean(bad) for bad in HOSTILE]
    assert read_parquet([]).num_rows == 0


def test_parquet_is_written_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    from dateline.export import parquet

    monkeypatch.setattr(parquet, "BATCH", 10)
    asked = 0

    def entries() -> Iterator[Entry]:
        nonlocal asked
        while asked < 100:
            asked += 1
            yield make_entry()

    pieces = parquet.export_parquet(entries())
    next(pieces)
    assert asked <= 20
    assert sum(1 for _ in pieces) >= 10


def test_parquet_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SettingError, match=r"needs the package pyarrow.*dateline\[parquet\]"):
        list(FORMATS["parquet"].write([]))
