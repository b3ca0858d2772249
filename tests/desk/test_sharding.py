"""Adding by way of shards: what was finished is not read again, and the ledger comes out as by plain adding."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from benchmarks.crash import cheap, write_reports
from dateline.desk import sharding, units
from dateline.desk.adding import Progress, add
from dateline.desk.sharding import MANIFEST, Sharded, add_by_shards, finished
from dateline.desk.units import find_units
from dateline.engine import Failed, run
from dateline.errors import InputError, SettingError
from dateline.intake.sources import Parcel
from dateline.ledger import Ledger
from dateline.model import Refused, Taken, Tally
from dateline.model.shards import ManifestLine

TEXT = "Mayor Ada Quill opened the new bridge number {} in Exampleville on Friday. Bo Stone watched from the bank."


def deadly(parcel: Parcel) -> Taken | Refused:
    """Reads cheaply; one page ends whoever reads it."""
    if b"number 3 " in parcel.data:
        os.kill(os.getpid(), signal.SIGKILL)
    return cheap(parcel)


def write_lines(path: Path, numbers: range) -> Path:
    rows = [{"url": f"https://x.example/{n}", "text": TEXT.format(n), "published": "2023-09-17"} for n in numbers]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def contents(ledger: Path) -> dict[str, Any]:
    """All that a ledger holds, but for the time when it was added."""
    with Ledger.open(ledger) as book:
        editions = sorted(edition.id for edition in book.editions())
        return {
            "readings": [book.reading(id) for id in editions],
            "current": sorted(edition.id for edition in book.editions() if edition.current),
            "refused": sorted((one.digest, one.origin, one.what) for one in book.refusals()),
            "judged": sorted((one.a, one.b, one.verdict, one.because) for one in book.judgements()),
            "happenings": sorted(book.group(each) for each in book.groups(limit=100_000)),
        }


def by_shards(source: Path, folder: Path, **settings: Any) -> Sharded:
    settings = {"workers": 1, "work": cheap, **settings}
    return add_by_shards([str(source)], folder / "press.ledger", str(folder / "shards"), **settings)


class Here:
    """Stands in for the processes that read apart, which take seconds to start."""

    def __init__(self, work: Callable[[Parcel], Taken | Refused], **_: object) -> None:
        self._work = work

    def run(self, items: Iterable[Parcel]) -> Iterator[Taken | Refused | Failed[Parcel]]:
        return run(self._work, items, workers=1)

    def close(self) -> None:
        return None


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All is read in this process."""
    sharding._readers.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(sharding, "Standing", Here)
        yield
    sharding._readers.cache_clear()


@pytest.fixture(autouse=True)
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(units.RANGES, "lines", 12_000)


@pytest.mark.usefixtures("here")
def test_it_comes_out_as_by_plain_adding(tmp_path: Path) -> None:
    write_reports(tmp_path / "news.jsonl", 50, seed=4)
    plain = add(tmp_path / "news.jsonl", tmp_path / "plain.ledger", workers=1, work=cheap)
    seen: list[Progress] = []
    done = by_shards(tmp_path / "news.jsonl", tmp_path, progress=seen.append)
    assert (done.tally, done.reused, done.failed) == (plain, 0, ())
    assert len(done.lines) > 1
    made, expected = contents(tmp_path / "press.ledger"), contents(tmp_path / "plain.ledger")
    where = [origin for _, origin, _ in made.pop("refused")]
    assert len(expected.pop("refused")) == len(where) == 1
    assert made == expected
    assert " from byte " in where[0]
    assert [now.at for now in seen] == sorted(now.at for now in seen)
    assert seen[-1].at == seen[-1].total == (tmp_path / "news.jsonl").stat().st_size


@pytest.mark.usefixtures("here")
def test_what_is_finished_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_lines(tmp_path / "news.jsonl", range(20))
    first = by_shards(source, tmp_path)
    shards = sorted((tmp_path / "shards").glob("*.parquet"))
    assert [line.shard for line in first.lines] == [path.name for path in shards]
    times = [path.stat().st_mtime_ns for path in shards]
    again = by_shards(source, tmp_path)
    assert (again.tally, again.reused) == (Tally(known=20), len(shards))
    assert [path.stat().st_mtime_ns for path in shards] == times
    monkeypatch.setattr(sharding, "code", lambda: "another")
    assert by_shards(source, tmp_path).reused == 0
    monkeypatch.undo()
    shards[0].write_bytes(shards[0].read_bytes()[:-50])  # as a disk that fails leaves it
    assert finished(str(shards[0])) is None
    mended = by_shards(source, tmp_path)
    assert (mended.tally, mended.reused) == (Tally(known=20), 0)
    assert by_shards(source, tmp_path, published="2023-09-18").reused == 0
    assert by_shards(source, tmp_path, published="2023-09-18").reused == len(shards)


@pytest.mark.usefixtures("here")
def test_a_file_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "news.jsonl", range(3))
    by_shards(source, tmp_path)
    write_lines(source, range(5))
    done = by_shards(source, tmp_path)
    assert (done.tally, done.reused, len(done.lines)) == (Tally(added=2, known=3), 0, 1)
    lines = (tmp_path / "shards" / MANIFEST).read_bytes().splitlines()
    assert [msgspec.json.decode(line, type=ManifestLine) for line in lines] == list(done.lines)
    assert (done.lines[0].reports, done.lines[0].events) == (5, 10)


def test_a_page_that_kills_is_refused_and_the_rest_go_on(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "news.jsonl", range(6))
    done = by_shards(source, tmp_path, work=deadly)
    assert done.tally == Tally(added=5, refused=1)
    (line,) = done.lines
    assert (line.reports, line.refused) == (5, 1)
    assert line.refusals == (f"{source}, line 4: reading it ended the reader (the worker was killed (SIGKILL))",)


@pytest.mark.usefixtures("here")
def test_shards_alone_make_no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The path decides where a unit ends: of one folder in a hundred the first file would be a unit of its own.
    monkeypatch.setattr(units, "_ends_unit", lambda _: False)
    source = write_lines(tmp_path / "news.jsonl", range(4))
    more = write_lines(tmp_path / "more.jsonl", range(2, 6))
    seen: list[Progress] = []
    done = add_by_shards([str(tmp_path)], None, str(tmp_path / "shards"), workers=1, work=cheap, progress=seen.append)
    assert (done.tally, sum(line.reports + line.again for line in done.lines)) == (None, 8)
    assert seen[-1].done == 6
    assert not (tmp_path / "press.ledger").exists()
    assert source.exists()
    monkeypatch.setattr(units, "_ends_unit", lambda _: True)
    apart: list[Progress] = []
    both = [str(source), str(more)]
    add_by_shards(both, None, str(tmp_path / "two"), workers=1, work=cheap, progress=apart.append)
    assert apart[-1].done == 8  # what stands in both is in both shards: the ledger would tell
    stored = add_by_shards([str(source)], None, f"memory://{tmp_path.name}/shards", workers=1, work=cheap)
    assert add(f"memory://{tmp_path.name}/shards", tmp_path / "b.ledger", workers=1) == Tally(added=4)
    assert stored.lines[0].reports == 4


def test_small_files_stand_together_and_one_more_changes_few_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "TOGETHER", 5)
    ends = units._ends_unit  # by the names alone: where pytest puts the folder would else decide, too
    monkeypatch.setattr(
        units, "_ends_unit", lambda file: ends(msgspec.structs.replace(file, name=Path(file.name).name))
    )
    for n in range(60):
        (tmp_path / f"{n:03}.txt").write_text(TEXT.format(n))
    before = find_units([str(tmp_path)])
    assert 5 < len(before) < 40
    assert sorted(part.path for unit in before for part in unit.parts) == sorted(map(str, tmp_path.iterdir()))
    (tmp_path / "000a.txt").write_text(TEXT.format(99))
    after = find_units([str(tmp_path), str(tmp_path / "*.txt")])
    assert len({unit.shard for unit in before} - {unit.shard for unit in after}) <= 1


@pytest.mark.usefixtures("here")
def test_what_cannot_be_done_is_told_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_lines(tmp_path / "news.jsonl", range(2))
    for settings, words in (
        ({"engine": "magic"}, "there is no such engine"),
        ({"cluster": "tcp://127.0.0.1:1"}, "only the engine dask has a cluster"),
        ({"published": "soon"}, "soon"),
    ):
        with pytest.raises(SettingError, match=words):
            by_shards(source, tmp_path, **settings)
    with pytest.raises(SettingError, match="fetched by one process"):
        add_by_shards(["https://news.example/"], None, str(tmp_path / "shards"))
    with pytest.raises(InputError, match="the file cannot be read"):
        by_shards(tmp_path / "none.jsonl", tmp_path)
    with monkeypatch.context() as patch, pytest.raises(InputError, match="may not start processes of their own"):
        patch.setattr(sharding, "current_process", lambda: SimpleNamespace(daemon=True))
        by_shards(source, tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        add_by_shards([str(source)], None, str(tmp_path / "file" / "shards"), workers=1, work=cheap)
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(SettingError, match="need the package pyarrow"):
        by_shards(source, tmp_path)
