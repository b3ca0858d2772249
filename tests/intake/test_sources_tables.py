"""Parquet, lists of files, stores, and files that are cut into ranges."""

from __future__ import annotations

import gzip
import json
import sys
from datetime import date
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from dateline.intake.sources import Parcel, count_rows, find_in_file, find_parcels
from dateline.model import Refused
from dateline.storage import write_whole
from tests.intake.test_sources_archives import http, page, record, story

ROWS = [
    {"link": f"https://news.example/{n}", "body": f"The mayor opened bridge {n}.", "published": date(2023, 9, n + 1)}
    for n in range(9)
]
FIELDS = {"url": "link", "text": "body"}


def write_table(path: Path, rows: list[dict[str, object]]) -> Path:
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=4)
    return path


def addresses(found: object) -> list[str | None]:
    return [one.address for one in found if isinstance(one, Parcel)]  # type: ignore[attr-defined]


def test_the_rows_of_a_table_are_reports(tmp_path: Path) -> None:
    path = write_table(tmp_path / "news.parquet", [*ROWS, {"link": "x", "body": None, "published": None}])
    *found, last = find_parcels(str(path), fields=FIELDS)
    assert addresses(found) == [row["link"] for row in ROWS]
    first = found[0]
    assert isinstance(first, Parcel)
    assert (first.data, first.published) == (b"The mayor opened bridge 0.", "2023-09-01")
    assert isinstance(last, Refused) and last.origin == f"{path}, row 10"
    assert 'no text in it (under "body" or "html")' in last.what


def test_a_table_is_cut_at_rows(tmp_path: Path) -> None:
    path = str(write_table(tmp_path / "news.parquet", ROWS))
    with Path(path).open("rb") as file:
        assert count_rows(file) == (4, 4, 1)
    parts = [list(find_in_file(path, FIELDS, range_=cut)) for cut in ((0, 3), (3, 8), (8, 9))]
    assert [len(part) for part in parts] == [3, 5, 1]
    assert [one for part in parts for one in part] == list(find_in_file(path, FIELDS))


def test_what_is_no_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.parquet"
    path.write_bytes(b"PAR1 not at all PAR1")
    (refused,) = find_parcels(str(path))
    assert isinstance(refused, Refused) and "damaged, or none" in refused.what
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    (refused,) = find_parcels(str(path))
    assert isinstance(refused, Refused) and refused.todo == "Install it with `pip install 'dateline[parquet]'`."


@pytest.mark.parametrize("length", [1, 7, 60, 61, 500, 10_000])
def test_lines_are_cut_so_that_each_is_read_once(tmp_path: Path, length: int) -> None:
    path = tmp_path / "news.jsonl"
    lines = [json.dumps({"url": f"https://news.example/{n}", "text": "x" * (n * 7 % 50)}) for n in range(1, 30)]
    path.write_text("\n".join(lines))
    size = path.stat().st_size
    found = [one for start in range(0, size, length) for one in find_in_file(str(path), range_=(start, start + length))]
    assert addresses(found) == addresses(find_parcels(str(path)))
    assert len({one.digest for one in found}) == len(found)


@pytest.mark.parametrize("length", [100, 333, 5_000, 1_000_000])
def test_an_archive_is_cut_so_that_each_record_is_read_once(tmp_path: Path, length: int) -> None:
    path = tmp_path / "news.warc.gz"
    decoy = record(http(page(99) + b"\x1f\x8b\x08 WARC/1.0\r\n" * 200), "https://example.org/99")
    path.write_bytes(b"".join(gzip.compress(each, 0) for each in (*map(story, range(8)), decoy, story(9))))
    size = path.stat().st_size
    found = [one for start in range(0, size, length) for one in find_in_file(str(path), range_=(start, start + length))]
    assert addresses(found) == addresses(find_parcels(str(path)))
    assert len(found) == 10


def test_a_list_stands_for_the_files_in_it(tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.jsonl").write_text(json.dumps({"url": f"https://news.example/{n}", "text": "Kim left."}))
    (tmp_path / "warc.paths").write_text(f"2.jsonl\n\n{tmp_path}/0.jsonl\nnone.jsonl\n")
    *found, none = find_parcels(str(tmp_path / "warc.paths"))
    assert addresses(found) == ["https://news.example/2", "https://news.example/0"]
    assert isinstance(none, Refused) and none.what == "there is no such file"
    (tmp_path / "warc.paths.gz").write_bytes(gzip.compress(b"1.jsonl\n"))
    assert addresses(find_parcels(str(tmp_path / "warc.paths.gz"))) == ["https://news.example/1"]
    (tmp_path / "warc.paths.gz").write_bytes(b"\x1f\x8b\x08 broken")
    (refused,) = find_parcels(str(tmp_path / "warc.paths.gz"))
    assert isinstance(refused, Refused) and "the list cannot be read" in refused.what


def test_files_in_a_store_are_read_as_those_of_a_folder(tmp_path: Path) -> None:
    with write_whole("memory://press/2023/news.jsonl.gz") as file:
        file.write(gzip.compress(b'{"url": "https://news.example/1", "text": "Kim left."}'))
    with write_whole("memory://press/2023/notes.doc") as file:
        file.write(b"no report")
    for source in ("memory://press/2023", "memory://press/*/*.gz", "memory://press/2023/news.jsonl.gz"):
        assert addresses(find_parcels(source)) == ["https://news.example/1"]
    (refused,) = find_parcels("memory://press/none.jsonl")
    assert isinstance(refused, Refused) and refused.what == "there is no such file"
