"""Ledgers: questions of every kind to a sound one, and files from a stranger that only look like one."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, get_args

import dateline
from benchmarks import fuzz_web
from benchmarks.fuzz import kinds, seeds
from benchmarks.fuzz.dice import bent
from dateline.desk.asking import ask, said
from dateline.desk.showing import show
from dateline.errors import DatelineError
from dateline.ledger import Ledger
from dateline.model import EventType, Order, Question, Status

_GRAMMAR = tuple(
    word.encode() for word in (
        '"', "OR", "AND", "NOT", "NEAR(", "*", "^", "-", "(", ")", "{", "}", ":", "words:", "+", "“", "kim", "train",
        "''", ";",
        "2023", "2023-09", "2023-09-13/2023-09-17", "/", "..", "XXXX", "2023-W37", "P1D", "51.9,128.3,50", ",", "km",
        "RU", "Russia",
        "Kim Jong Un", "--", "%", "_", "\\", "(SELECT 1)",
    )
)  # fmt: skip
_SOUND = (
    b"kim",
    b"Kim Jong Un",
    b'train "armoured train" -china',
    b"2023-09-13/2023-09-17",
    b"51.9,128.3,50",
    b"Russia",
    b"kcna",
)
_CELLS: tuple[Any, ...] = (
    None, 0, -1, 1 << 62, -(1 << 63), 1.5, float("inf"), "", "x", "\u202ex", "\0", "é" * 5_000, b"", b"\0\xff",
    b"x" * 3_000,
    "9999-99-99", "2023-09-17", "javascript:alert(1)", "<script>alert(1)</script>", "denied", "ASSAULT", '{"a":', "[]",
)  # fmt: skip
_SCHEMA = (
    "CREATE TRIGGER harm AFTER INSERT ON page BEGIN DELETE FROM edition; END",
    "CREATE VIEW harm AS SELECT * FROM edition",
    "ALTER TABLE edition ADD COLUMN more TEXT",
    "DROP TABLE {table}",
    "DELETE FROM {table}",
    "CREATE INDEX harm ON event (abs(row))",
    "PRAGMA user_version = {number}",
    "PRAGMA application_id = {number}",
    "UPDATE sqlite_master SET sql = 'CREATE TABLE {table} (row)' WHERE name = '{table}'",
    "UPDATE sqlite_master SET rootpage = {number} WHERE name = '{table}'",
    "ALTER TABLE {table} RENAME TO gone",
    "CREATE TABLE more (a)",
)  # fmt: skip


class Poison(NamedTuple):
    """What was done to a sound ledger: cells changed by SQL, or bytes of the file changed in place."""

    statements: tuple[tuple[str, tuple[Any, ...]], ...]
    bytes_at: tuple[tuple[int, bytes], ...]


def ledger_kinds(folder: Path) -> tuple[kinds.Kind, ...]:
    """Questions, and poisoned files."""
    sound = _sound_ledger(folder)
    return (
        kinds.Kind("query", _make_question, lambda question: _ask(sound(), question)),
        kinds.Kind("ledger", lambda dice: _make_poison(dice, sound()), lambda poison: _open(sound(), poison)),
    )


def _sound_ledger(folder: Path) -> Callable[[], Path]:
    def sound() -> Path:
        path = folder / "sound.ledger"
        if not path.exists():
            dateline.add(Path(__file__).parent.parent.parent / "examples", path, workers=1)
            with closing(sqlite3.connect(path)) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path

    return sound


def _words(dice: Random) -> str | None:
    """Words to ask for, or none: half of the parts of a question are left out."""
    turn = dice.random()
    if turn < 0.55:
        return None
    if turn < 0.65:
        return dice.choice(fuzz_web.ODD)
    if turn < 0.7:
        return "".join(chr(dice.randrange(0x110000)) for _ in range(20))
    return bent(dice, dice.choice(_SOUND), (*_GRAMMAR, *seeds.WORDS), _SOUND)[:2_000].decode("utf-8", "replace")


def _make_question(dice: Random) -> Question:
    names = ("who", "whom", "when", "where", "said_by", "publisher", "words")
    others: dict[str, tuple[Any, ...]] = {
        "type": (None, None, None, *get_args(EventType), "x"),
        "status": (None, None, None, *get_args(Status), ""),
        "main": (False, False, True),
        "order": (*get_args(Order), *get_args(Order), "by"),
        "limit": (0, 1, 5, 50, -1, 1 << 61, 1 << 80),
        "offset": (0, 0, 0, 1, 100, -1, 1 << 61),
    }
    fields = {name: _words(dice) for name in names} | {name: dice.choice(some) for name, some in others.items()}
    return Question(**fields)


def _ask(path: Path, question: Question) -> None:
    fields = {name: getattr(question, name) for name in question.__struct_fields__}
    asked: tuple[Callable[[], object], ...] = (
        lambda: ask(path, **fields),
        lambda: said(path, question.who, words=question.words),
        lambda: show(path, question.who or question.words or ""),
    )
    for one in asked:
        try:
            one()
        except DatelineError as error:
            kinds.check_error(error)


def _make_poison(dice: Random, sound: Path) -> Poison:
    with closing(sqlite3.connect(sound)) as database:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        tables = sorted(name for (name,) in database.execute(query))
        statements = tuple(_statement(dice, database, tables) for _ in range(dice.choice((0, 1, 1, 2, 5))))
    size = sound.stat().st_size
    spots = dice.choice((0, 0, 1, 4, 40)) if statements else dice.choice((1, 4, 40, 400))
    places = ((dice.randrange(100) if dice.random() < 0.15 else dice.randrange(size)) for _ in range(spots))
    return Poison(statements, tuple((at, dice.randbytes(dice.choice((1, 2, 8)))) for at in places))


def _statement(dice: Random, database: sqlite3.Connection, tables: list[str]) -> tuple[str, tuple[Any, ...]]:
    table = dice.choice(tables)
    if dice.random() < 0.25:
        return dice.choice(_SCHEMA).format(table=table, number=dice.choice((0, 1, 2, 99, -1, 1 << 30))), ()
    column = dice.choice([row[1] for row in database.execute(f"PRAGMA table_info({table})")])
    kept = database.execute(f"SELECT {column} FROM {table} ORDER BY random() LIMIT 1").fetchone()
    value: Any = dice.choice(_CELLS)
    if kept is not None and isinstance(kept[0], bytes) and dice.random() < 0.7:
        value = bent(dice, kept[0], seeds.KEYS, ())
    where = "" if dice.random() < 0.4 else f" WHERE rowid % 3 = {dice.randrange(3)}"
    return f"UPDATE OR IGNORE {table} SET {column} = ?{where}", (value,)


def _open(sound: Path, poison: Poison) -> None:
    path = sound.with_name("poisoned.ledger")
    for part in sound.parent.glob(f"{path.name}*"):
        part.unlink()
    shutil.copy(sound, path)
    _spoil(path, poison)
    for one in (_look_at, _write_to):
        try:
            one(path)
        except DatelineError as error:
            kinds.check_error(error)


def _spoil(path: Path, poison: Poison) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA writable_schema = ON")
        for statement, values in poison.statements:
            try:
                database.execute(statement, values)
            except (sqlite3.Error, OverflowError, UnicodeEncodeError):
                continue  # nobody could have written such a file
        with suppress(sqlite3.Error):
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        for at, changed in poison.bytes_at:
            file.seek(at)
            file.write(changed)


def _look_at(path: Path) -> None:
    """Asks all that a reader of a ledger asks first."""
    found = ask(path, limit=20)
    ask(path, who="kim", words="train")
    said(path)
    dateline.timeline(path)
    for entry in found.entries[:3]:
        show(path, entry.id)
        show(path, entry.report.report)
    for entry in found.entries[:1]:
        dateline.show_editions(path, entry.report.report)
    with Ledger.open(path) as ledger:
        ledger.refusals()
        for edition in ledger.editions()[:2]:
            ledger.reading(edition.id)


def _write_to(path: Path) -> None:
    """Adds a judgement and takes it back."""
    with Ledger.open(path, write=True, wait=1) as ledger:
        entries = ledger.ask(Question(limit=2)).entries
    if len(entries) == 2:
        dateline.judge(path, "same", entries[0].id, entries[1].id, by="Ann")
