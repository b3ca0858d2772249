"""A ledger from a stranger is data and never code, and what is wrong in it is told as one clear error."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

import pytest

import dateline
from dateline.errors import LedgerError
from dateline.ledger import Ledger
from dateline.model import Question
from tests.desk.press import write_press


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_press(tmp_path / "strangers.ledger")


def change(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            database.execute(statement, values)


HARM = [
    pytest.param("CREATE TRIGGER harm AFTER INSERT ON judgement BEGIN DELETE FROM edition; END", id="a trigger"),
    pytest.param("CREATE TRIGGER harm AFTER UPDATE ON event BEGIN DELETE FROM edition; END", id="a trigger on update"),
    pytest.param("CREATE VIEW harm AS SELECT * FROM edition", id="a view"),
    pytest.param("CREATE TABLE harm (a)", id="a table"),
    pytest.param("CREATE VIRTUAL TABLE harm USING fts5 (a)", id="a virtual table"),
    pytest.param("CREATE INDEX harm ON event (abs(row))", id="an index on an expression"),
    pytest.param("ALTER TABLE edition ADD COLUMN harm TEXT AS (upper(id))", id="a column that is computed"),
    pytest.param("DROP TABLE refusal", id="a table gone"),
    pytest.param("DROP INDEX event_time", id="an index gone"),
    pytest.param(
        "UPDATE sqlite_master SET type = 'view', rootpage = 0, sql = 'CREATE VIEW refusal AS WITH RECURSIVE n (x) AS"
        " (VALUES (1) UNION ALL SELECT x + 1 FROM n) SELECT x digest, x origin, x what, x todo, x at FROM n'"
        " WHERE name = 'refusal'",
        id="a view without end in place of a table",
    ),
]


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("statement", HARM)
def test_tables_that_no_ledger_has_are_told_and_nothing_of_them_is_run(path: Path, statement: str, write: bool) -> None:
    change(path, statement)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=r"no sound ledger: it(s| has) "):
        Ledger.open(path, write=write)
    assert path.read_bytes() == before


def test_a_trigger_is_found_before_an_older_ledger_is_brought_up_to_date(path: Path) -> None:
    change(
        path, "DROP TABLE actor", "DROP TABLE actor_judgement", "DROP INDEX event_time",
        "CREATE INDEX event_time ON event (type, width, first, last, status, main) WHERE current",
        "PRAGMA user_version = 1",
        "CREATE TRIGGER harm AFTER INSERT ON judgement BEGIN DELETE FROM edition; END",
    )  # fmt: skip
    with pytest.raises(LedgerError, match="it has a trigger that no ledger has"):
        Ledger.open(path)
    change(path, "DROP TRIGGER harm")
    with Ledger.open(path) as ledger:
        assert ledger.ask(Question()).total


def test_statistics_that_sqlite_keeps_are_no_matter(path: Path) -> None:
    change(path, "ANALYZE")
    with Ledger.open(path) as ledger:
        assert ledger.ask(Question()).total


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("UPDATE reading SET json = ?", zlib.compress(bytes(300_000_000), 1)),
        ("UPDATE reading SET json = ?", b"\xff\xff"),
        ("UPDATE reading SET json = ?", "text"),
        ("UPDATE reading SET json = ?", zlib.compress(b'{"dateline": 1}')),
        ("UPDATE event SET json = ?", b"\0\xff"),
        ("UPDATE event SET json = ?", zlib.compressobj(1, zlib.DEFLATED, -12).compress(b"{}")),
        ("UPDATE event SET json = CAST(? AS TEXT)", b"x"),
        ("UPDATE edition SET headline = ?", b"\xff"),
        ("UPDATE edition SET headline = CAST(? AS TEXT)", b"\xff\xfe"),
        ("UPDATE edition SET id = ? || row", b"\xff"),
        ("UPDATE edition SET report = ?", b"1"),
        ("UPDATE sentence SET start = ?", "one"),
        ("UPDATE sentence SET end = ?", -5),
        ("UPDATE sentence SET words = ?", b"words"),
        ("UPDATE event SET id = CAST(? || row AS BLOB)", b"1"),
        ("UPDATE judgement SET verdict = ?", "perhaps"),
        ("UPDATE judgement SET confidence = ?", "sure"),
        ("UPDATE actor SET roles = ?", "{"),
        ("UPDATE actor SET name = ?", b"x"),
        ("DELETE FROM reading WHERE ? = 1", 1),
    ],
)
def test_a_cell_that_holds_what_it_cannot_is_told(path: Path, statement: str, value: object) -> None:
    with Ledger.open(path) as ledger:
        event = ledger.ask(Question(who="Quill")).entries[0]
    change(path, "UPDATE reading SET json = json" if "OR" in statement else "SELECT 1")
    change(path, statement, values=(value,))
    with pytest.raises(LedgerError, match=r"damaged|no such|nothing"):
        look_at_all(path, event.id, event.report.report)


def look_at_all(path: Path, event: str, report: str) -> None:
    dateline.ask(path)
    dateline.said(path)
    dateline.timeline(path)
    dateline.show(path, "Ada Quill")
    for id in (event, report):
        dateline.show(path, id)
    with Ledger.open(path) as ledger:
        for edition in ledger.editions():
            ledger.reading(edition.id)
        ledger.judgements()
        ledger.refusals()


def test_a_value_beyond_all_bounds_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.ledger.trusting.LONGEST_VALUE", 100_000)
    change(path, "UPDATE edition SET headline = replace(hex(zeroblob(100000)), '0', 'x')")
    with pytest.raises(LedgerError, match="damaged"):
        dateline.ask(path)


def test_words_of_a_ledger_stay_words(path: Path) -> None:
    """What a stranger wrote into a ledger goes through the same doors as what a page said."""
    change(path, "UPDATE edition SET publisher = ?", values=("<script>alert(1)</script>\x1b[2J",))
    [first, *_] = dateline.ask(path).entries
    assert first.report.publisher == "<script>alert(1)</script>\x1b[2J"
