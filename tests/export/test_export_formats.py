"""What holds for all formats: they are streams, the same each time, and whole however large or strange the words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from time import monotonic
from typing import Any

import pytest
from msgspec.structs import replace

from dateline.export import FORMATS, Format, parquet
from dateline.model import Entry, ReportLine
from tests.export.entries import make_entry, make_happening, make_page, make_quote

ALL = pytest.mark.parametrize("format", FORMATS.values(), ids=list(FORMATS))


def thing_of(entry: Entry, takes: str) -> Any:
    """What a format of this kind takes, made of one entry."""
    made: dict[str, Any] = {
        "entries": entry,
        "happenings": make_happening(entry),
        "quotes": make_quote(f"{entry.words} police said.", said=entry.words),
        "pages": make_page(entry, quotes=[make_quote()]),
    }
    return made[takes]


@ALL
def test_a_format_never_waits_for_the_end(format: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(parquet, "BATCH", 10)

    def without_end() -> Iterator[Any]:
        number = 0
        while True:
            number += 1
            yield thing_of(replace(make_entry(status="planned"), id=f"{number:016x}"), format.takes)

    assert len(list(islice(format.write(without_end()), 20))) == 20


@ALL
def test_nothing_makes_a_whole_file(format: Format) -> None:
    pytest.importorskip("pyarrow")
    # A file of lines has none; all others have a head, and an end where they need one.
    assert bool(b"".join(format.write([]))) is (format.name not in ("jsonl", "ftm", "annotations"))


@ALL
@pytest.mark.parametrize("words", ["storm ", " ", "\n", "\\", "=", "<", "\0", "é", "before "])
def test_words_of_a_hundred_kilobytes_take_no_time(format: Format, words: str) -> None:
    pytest.importorskip("pyarrow")
    long = words * (100_000 // len(words))
    line = ReportLine("r1", "ed1", long, long, long, f"https://news.example/{long}")
    entry = make_entry(
        f"{long}x", trigger=long, actors=(long,), recipients=(long,), when=(long, "2023-09-15"),
        where=(long, 1.5, -2.25), source=long, status="planned", line=line,
    )  # fmt: skip
    began = monotonic()
    assert b"".join(format.write([thing_of(entry, format.takes)]))
    assert monotonic() - began < 10
