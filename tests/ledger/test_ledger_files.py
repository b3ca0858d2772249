"""The file that a ledger is: who may open it, what is told when it cannot be, and what others see meanwhile."""

import multiprocessing
import os
import sqlite3
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Event as Signal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dateline.errors import LedgerError
from dateline.ledger import Ledger, files, schema
from dateline.model import Question, Taken
from tests.ledger.made import made_reading

NEWEST = len(schema.STEPS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "press.ledger"


def fill(path: Path, count: int = 3, start: int = 0) -> None:
    with Ledger.open(path, write=True) as ledger:
        ledger.put([Taken(str(seed), made_reading(seed)) for seed in range(start, start + count)])


def told(path: Path, *, write: bool = False, wait: float = 0.1) -> str:
    with pytest.raises(LedgerError) as caught:
        Ledger.open(path, write=write, wait=wait)
    return str(caught.value)


def test_a_ledger_that_is_not_there_is_told(path: Path) -> None:
    assert "there is no ledger here" in told(path)
    assert not path.exists()
    assert "this is a folder" in told(path.parent, write=True)
    assert "cannot be opened" in told(path / "deeper", write=True)


def test_a_file_of_another_kind_is_told_and_left_as_it_was(path: Path) -> None:
    path.write_bytes(b"Kim met Putin. " * 100)
    before = path.read_bytes()
    for write in (False, True):
        assert "this is no ledger but a file of another kind" in told(path, write=write)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_told_and_left_as_it_was(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (words)")
    other.close()
    before = path.read_bytes()
    for write in (False, True):
        assert "a database of another program" in told(path, write=write)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_ledger_when_it_is_written_to(path: Path) -> None:
    path.touch()
    assert "there is nothing in this ledger yet" in told(path)
    fill(path)
    with Ledger.open(path) as ledger:
        assert ledger.ask(Question()).total == 45


def test_a_newer_ledger_is_told_in_these_words(path: Path) -> None:
    fill(path)
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 7")
    database.close()
    for write in (False, True):
        kept = f"kept by a newer Dateline (schema 7; this one reads up to {NEWEST})"
        assert told(path, write=write) == f"{path}: {kept}. Upgrade Dateline to open it."


@pytest.mark.parametrize("write", [False, True])
def test_an_older_ledger_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch, write: bool) -> None:
    fill(path)
    step = "ALTER TABLE event ADD COLUMN weight REAL NOT NULL DEFAULT 0.5;\nCREATE INDEX heavy ON event (weight);\n"
    monkeypatch.setattr(files, "STEPS", (*schema.STEPS, step))
    with Ledger.open(path, write=write) as ledger:
        assert ledger.ask(Question(limit=1000)).total == 45
        assert ledger._database.execute("SELECT DISTINCT weight FROM event").fetchall() == [(0.5,)]
        assert ledger._database.execute("PRAGMA user_version").fetchone() == (NEWEST + 1,)
    fill(path, start=3)
    monkeypatch.undo()
    assert f"kept by a newer Dateline (schema {NEWEST + 1}; this one reads up to {NEWEST})" in told(path)


def test_a_step_that_fails_leaves_the_older_ledger(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path)
    monkeypatch.setattr(files, "STEPS", (*schema.STEPS, "CREATE TABLE more (x);\nALTER TABLE nothing ADD COLUMN y;\n"))
    assert "SQLite refuses" in told(path, write=True)
    monkeypatch.undo()
    with Ledger.open(path, write=True) as ledger:
        assert ledger._database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'more'").fetchone() == (0,)
        assert ledger.ask(Question()).total == 45


def test_a_full_disk_gives_one_error_and_loses_nothing(path: Path) -> None:
    fill(path)
    with Ledger.open(path, write=True) as ledger:
        (pages,) = ledger._database.execute("PRAGMA page_count").fetchone()
        ledger._database.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(LedgerError, match="the disk is full"):
            ledger.put([Taken(str(seed), made_reading(seed)) for seed in range(3, 60)])
        assert ledger.ask(Question()).total == 45
        ledger._database.execute(f"PRAGMA max_page_count = {pages * 100}")
        assert ledger.put([Taken("3", made_reading(3))]).added == 1
        assert ledger._database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_damaged_file_is_told(path: Path) -> None:
    fill(path, 20)
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(bytes(data))
    with pytest.raises(LedgerError, match="damaged"), Ledger.open(path) as ledger:
        ledger.ask(Question(limit=1000))


def test_a_ledger_opened_for_reading_is_not_written_to(path: Path) -> None:
    fill(path)
    with Ledger.open(path) as ledger, pytest.raises(LedgerError, match="opened for reading only"):
        ledger.put([Taken("9", made_reading(9))])


def test_another_writer_is_waited_for_and_then_told(path: Path) -> None:
    fill(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger.open(path, write=True, wait=0.05) as ledger:
        with pytest.raises(LedgerError, match="another program is writing to it"):
            ledger.put([Taken("9", made_reading(9))])
        assert ledger.ask(Question()).total == 45
        other.execute("ROLLBACK")
        assert ledger.put([Taken("9", made_reading(9))]).added == 1
    other.close()


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder that anybody may look into, while this process may not write to what it does not own."""
    if os.geteuid() != 0:
        with TemporaryDirectory() as folder:
            yield Path(folder)
        return
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        os.seteuid(0)


def test_a_file_and_folder_that_may_not_be_written_to_can_be_read(nobody: Path) -> None:
    path = nobody / "press.ledger"
    fill(path)
    with Ledger.open(path) as ledger:
        expected = ledger.ask(Question())
    path.chmod(0o444)
    nobody.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(65534)
    assert "it may not be written to" in told(path, write=True)
    with Ledger.open(path) as ledger:
        assert ledger.ask(Question()) == expected
    assert "cannot be opened" in told(nobody / "new.ledger", write=True)
    if os.getuid() != 0:
        nobody.chmod(0o755)


def test_the_log_beside_the_file_stays_short(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST_LOG", 1 << 20)
    log = Path(f"{path}-wal")
    longest = 0
    with Ledger.open(path, write=True) as ledger, Ledger.open(path) as reader:
        for start in range(0, 200, 20):
            ledger.put([Taken(str(seed), made_reading(seed)) for seed in range(start, start + 20)])
            assert reader.ask(Question()).total == (start + 20) * 15
            longest = max(longest, log.stat().st_size)
    assert longest <= 1 << 20


def _read_on(path: str, stop: Signal, answers: "multiprocessing.Queue[object]") -> None:
    """Asks again and again; reports how many events it saw at last, or what went wrong."""
    seen = asked = 0
    try:
        while not stop.is_set():
            with Ledger.open(path) as ledger:
                for _ in range(5):
                    answer = ledger.ask(Question(who="Quill", limit=3))
                    total = ledger.ask(Question(limit=1)).total
                    if total < seen or total % 15 or len(answer.entries) < 3:
                        raise AssertionError(f"saw {total} after {seen}")
                    seen, asked = total, asked + 1
        answers.put((seen, asked))
    except BaseException as error:
        answers.put(repr(error))


def test_two_processes_read_while_one_writes(path: Path) -> None:
    fill(path)
    context = multiprocessing.get_context("spawn")
    stop, answers = context.Event(), context.Queue()
    readers = [context.Process(target=_read_on, args=(str(path), stop, answers)) for _ in range(2)]
    for reader in readers:
        reader.start()
    until, count = time.monotonic() + 4, 3
    while time.monotonic() < until and count < 400:
        fill(path, 5, count)  # Opened and closed each time, which is when SQLite takes its log away.
        count += 5
    stop.set()
    found = [answers.get(timeout=30) for _ in readers]
    for reader in readers:
        reader.join(30)
    assert all(isinstance(each, tuple) and each[1] > 0 for each in found), found


def _write_on(path: str, start: int) -> None:
    for seed in range(start, start + 20):
        fill(Path(path), 1, seed)


def test_two_processes_make_one_ledger_at_the_same_time(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_on, args=(str(path), start)) for start in (0, 10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Ledger.open(path) as ledger:
        assert len(ledger.editions()) == 30
        assert ledger.ask(Question()).total == 450
        assert ledger._database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _write_and_tell(path: str, told: "multiprocessing.Queue[int]") -> None:
    with Ledger.open(path, write=True) as ledger:
        for seed in range(1_000):
            ledger.put([Taken(str(seed), made_reading(seed))])
            told.put(seed)


def test_a_writer_that_is_killed_loses_nothing_that_it_had_told(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    for wait in (0.05, 0.15, 0.25):
        answers = context.Queue()
        writer = context.Process(target=_write_and_tell, args=(str(path), answers))
        writer.start()
        last = answers.get(timeout=30)
        time.sleep(wait)
        writer.kill()
        writer.join(30)
        with Ledger.open(path, write=True) as ledger:
            count = len(ledger.editions())
            assert count > last
            assert ledger.known([str(seed) for seed in range(1_000)]) == {str(seed) for seed in range(count)}
            assert ledger.ask(Question()).total == count * 15
            assert ledger._database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert ledger._database.execute("PRAGMA foreign_key_check").fetchall() == []
