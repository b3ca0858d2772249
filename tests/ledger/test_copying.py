"""A copy is the ledger as it stood at one moment, whoever writes meanwhile; and it is there whole or not at all."""

from __future__ import annotations

import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dateline.desk import backup
from dateline.errors import LedgerError
from dateline.ledger import Ledger, copying, schema
from dateline.model import Question, Taken
from tests.ledger.made import made_reading


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "press.ledger"
    fill(path, 0, 5)
    return path


def fill(path: Path, start: int, end: int) -> None:
    with Ledger.open(path, write=True) as ledger:
        ledger.put([Taken(str(seed), made_reading(seed)) for seed in range(start, end)])


def held(path: Path) -> int:
    with Ledger.open(path) as ledger:
        assert ledger.ask(Question()).total == 15 * len(ledger.editions())
        return len(ledger.editions())


def test_a_copy_is_one_file_with_all_that_is_there(path: Path, tmp_path: Path) -> None:
    (tmp_path / "press.ledger.aliases.toml").write_text("[aliases]\n")
    to = tmp_path / "copy" / "old.ledger"
    to.parent.mkdir()
    assert backup(path, to) == to.stat().st_size
    assert sorted(each.name for each in to.parent.iterdir()) == ["old.ledger", "old.ledger.aliases.toml"]
    with Ledger.open(path) as one, Ledger.open(to) as other:
        assert one.ask(Question()) == other.ask(Question())
    fill(path, 5, 8)
    backup(path, to)
    assert held(to) == 8
    fill(to, 8, 9)
    assert (held(to), held(path)) == (9, 8)


def test_a_ledger_is_copied_while_it_is_written_to(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "PAGES", 1)
    fill(path, 5, 30)
    begun, done = threading.Event(), threading.Event()

    def write() -> None:
        begun.wait(10)
        for seed in range(30, 36):
            fill(path, seed, seed + 1)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen: list[tuple[int, int]] = []

    def passed(copied: int, of: int) -> None:
        seen.append((copied, of))
        if copied * 2 > of and not done.is_set():
            begun.set()
            done.wait(30)

    with Ledger.open(path) as ledger:
        backup(ledger, tmp_path / "copy.ledger", progress=passed)
    writer.join()
    assert done.is_set() and seen == sorted(seen)
    assert (held(tmp_path / "copy.ledger"), held(path)) == (30, 36)


@pytest.mark.parametrize("version", [1, len(schema.STEPS) + 5])
def test_a_ledger_of_any_schema_is_copied_as_it_is(path: Path, tmp_path: Path, version: int) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {version}")
    backup(path, tmp_path / "copy.ledger")
    for each in (path, tmp_path / "copy.ledger"):
        with closing(sqlite3.connect(each)) as database:
            assert database.execute("PRAGMA user_version").fetchone() == (version,)


def test_nothing_else_is_written_over(path: Path, tmp_path: Path) -> None:
    def told(source: Path, to: Path) -> str:
        with pytest.raises(LedgerError) as caught:
            backup(source, to)
        return str(caught.value)

    notes = tmp_path / "notes.txt"
    notes.write_text("Kim left. " * 20)
    assert "there is a file here that is no ledger" in told(path, notes)
    assert notes.read_text() == "Kim left. " * 20
    assert "this is the ledger itself" in told(path, path)
    assert f"Name a file in it, such as {tmp_path / 'press.ledger'}." in told(path, tmp_path)
    assert "there is no ledger here" in told(tmp_path / "none.ledger", tmp_path / "copy.ledger")
    assert "a file of another kind" in told(notes, tmp_path / "copy.ledger")
    assert "cannot be opened" in told(path, tmp_path / "none" / "copy.ledger")
    with Ledger.open(tmp_path / "busy.ledger", write=True) as busy:
        busy.put([Taken("1", made_reading(1))])
        assert "somebody has this ledger open" in told(path, tmp_path / "busy.ledger")
    assert not list(tmp_path.glob("*.undone*"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; where none may be made, nothing is tested."""
    disk = tmp_path / "disk"
    disk.mkdir()
    try:
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if made.returncode:
        pytest.skip("no file system may be mounted here")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_disk_that_is_full_costs_the_copy_and_not_the_one_before(path: Path, small_disk: Path) -> None:
    backup(path, small_disk / "copy.ledger")
    fill(path, 5, 100)
    with pytest.raises(LedgerError, match="the disk is full"):
        backup(path, small_disk / "copy.ledger")
    assert [each.name for each in small_disk.iterdir()] == ["copy.ledger"]
    assert held(small_disk / "copy.ledger") == 5


def test_a_ledger_on_a_full_disk_keeps_what_it_has(small_disk: Path) -> None:
    path, put = small_disk / "press.ledger", 0
    with pytest.raises(LedgerError, match="the disk is full"):
        for seed in range(500):
            fill(path, seed, seed + 1)
            put = seed + 1
    assert 0 < held(path) == put
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
