"""Shards are asked as a ledger is: the same entries, in the same order."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from msgspec.structs import replace

from dateline.desk import ask_readings
from dateline.errors import DatelineError, InputError, LedgerError, SettingError
from dateline.intake.sources import find_parcels
from dateline.ledger import Ledger
from dateline.ledger.shards.asking import ask_shards
from dateline.ledger.shards.writing import ShardWriter
from dateline.model import Answer, Question, Reading, Refused, Taken, Tally
from dateline.model.shards import ManifestLine
from dateline.storage import write_whole
from tests.desk.press import first_print, second_print, taken, wire_print
from tests.ledger.made import made_reading

QUESTIONS = [
    Question(),
    Question(who="Quill"),
    Question(who="ada QUILL", order="-when", limit=7, offset=2),
    Question(whom="Stone", type="CONSULT"),
    Question(said_by="coast courier"),
    Question(when="2020", order="published"),
    Question(when="2019-03/2021-06", who="sato", order="-published"),
    Question(status="denied", main=True),
    Question(where="51.9,128.3,4000"),
    Question(where="10,179.95,900"),
    Question(where="89,0,2000"),
    Question(where="rivertown"),
    Question(where="Russia"),
    Question(publisher="the examplia", limit=3),
    Question(words="harbour"),
    Question(words='bridg* "quill met" OR budget -winter', order="-published"),
    Question(words="Ävsnitt OR hárbour", who="stone"),
    Question(who="nobody at all"),
    Question(limit=0),
    Question(offset=10_000),
]


def write_shard(name: str, answers: list[Taken | Refused]) -> str:
    with write_whole(name) as file:
        writer = ShardWriter(
            file, ManifestLine(shard="s", parts=(), dateline="0", code="c", settings={}), "2023-09-20T09:00:00+00:00"
        )
        for answer in answers:
            writer.add(answer)
        writer.close(1.0)
    return name


def plain(answer: Answer) -> Answer:
    return replace(answer, entries=tuple(replace(entry, happening=None) for entry in answer.entries))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ledger, list[str]]:
    """A ledger and two shards with the same readings; the second has old and repeated ones too."""
    folder = tmp_path_factory.mktemp("shards")
    readings = [made_reading(seed) for seed in range(40)]
    first = [Taken(f"a{n}", reading) for n, reading in enumerate(readings[:25])]
    more: list[Reading] = [*readings[20:], first_print(), wire_print(), second_print(), first_print()]
    second = [Taken(f"b{n}", reading) for n, reading in enumerate(more)]
    ledger = Ledger.open(folder / "press.ledger", write=True)
    ledger.put(first)
    ledger.put(second)
    files = [write_shard(str(folder / f"{n}.parquet"), list(part)) for n, part in enumerate((first, second))]
    return ledger, files


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_shards_answer_as_a_ledger_does(both: tuple[Ledger, list[str]], question: Question) -> None:
    ledger, files = both
    assert ask_shards(files, question) == plain(ledger.ask(question))


def test_the_questions_have_answers(both: tuple[Ledger, list[str]]) -> None:
    assert sum(both[0].ask(question).total > 0 for question in QUESTIONS) >= 15


def test_shards_fold_into_a_ledger(both: tuple[Ledger, list[str]], tmp_path: Path) -> None:
    ledger, files = both
    stray = Refused("d", "line 9", "this is no JSON", "Mend it.", "2023-09-20T09:00:00+00:00")
    more = write_shard(str(tmp_path / "more.parquet"), [stray])
    with Ledger.open(tmp_path / "other.ledger", write=True) as other:
        for name in (*files, more):
            found = list(find_parcels(name))
            other.put([one for one in found if isinstance(one, Taken)], [x for x in found if isinstance(x, Refused)])
        editions = [edition.id for edition in ledger.editions()]
        assert [edition.id for edition in other.editions()] == editions
        assert [other.reading(id) for id in editions] == [ledger.reading(id) for id in editions]
        assert other.ask(Question()) == ledger.ask(Question())
        assert other.refusals() == (stray,)


def test_shards_in_a_store_are_asked_there(both: tuple[Ledger, list[str]]) -> None:
    write_shard("memory://asked/shards/a.parquet", [taken(first_print())])
    asked = ask_readings("memory://asked/shards/*.parquet", who="quill")
    assert [entry.words.partition(" met")[0] for entry in asked.entries] == ["Ada Quill"]


def test_a_half_character_is_refused_as_in_a_ledger(tmp_path: Path) -> None:
    broken = first_print()
    broken = replace(broken, report=replace(broken.report, publisher="half \ud800"))
    (found,) = find_parcels(write_shard(str(tmp_path / "a.parquet"), [Taken("d", broken)]))
    assert isinstance(found, Refused) and found.what == "its text holds half of a character"
    with Ledger.open(tmp_path / "press.ledger", write=True) as ledger:
        assert ledger.put([Taken("d", broken)]) == Tally(refused=1)


def test_what_is_no_shard_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(*names: str) -> str:
        with pytest.raises(DatelineError) as caught:
            ask_readings(list(names))
        return str(caught.value)

    table = str(tmp_path / "it's a table.parquet")
    pyarrow.parquet.write_table(pyarrow.table({"kind": ["event"]}), table)
    assert "this is no shard of readings" in told(table)
    (tmp_path / "text.parquet").write_text("Kim left.")
    assert "this cannot be asked" in told(str(tmp_path / "text.parquet"))
    with pytest.raises(InputError, match="there is no such file"):
        ask_readings(str(tmp_path / "none*.parquet"))
    schema = pyarrow.schema([("kind", pyarrow.string())], metadata={"dateline.shard": '{"version": 9}'})
    newer = str(tmp_path / "newer.parquet")
    pyarrow.parquet.write_table(pyarrow.table({"kind": ["event"]}, schema=schema), newer)
    assert "this shard is of version 9, and this Dateline knows version 1" in told(newer)
    (refused,) = find_parcels(newer)
    assert isinstance(refused, Refused) and "version 9" in refused.what
    shard = write_shard(str(tmp_path / "shard.parquet"), [taken(first_print())])
    with pytest.raises(SettingError, match="no such order"):
        ask_readings(shard, order="sideways")  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(SettingError, match=r"pip install 'dateline\[analytics\]'"):
        ask_readings(shard)


def test_a_shard_with_a_spoilt_reading_is_refused_in_part(tmp_path: Path) -> None:
    name = write_shard(str(tmp_path / "a.parquet"), [taken(first_print()), taken(wire_print())])
    table = pyarrow.parquet.read_table(name)
    cells = table.column("reading").to_pylist()
    cells[0] = '{"dateline": 1, "text": 5}'
    at = table.schema.get_field_index("reading")
    kept = pyarrow.parquet.ParquetFile(name).metadata.metadata
    table = table.set_column(at, "reading", pyarrow.array(cells, pyarrow.string()))
    pyarrow.parquet.write_table(table.replace_schema_metadata(kept), name)
    spoilt, whole = find_parcels(name)
    assert isinstance(spoilt, Refused) and "this is no reading" in spoilt.what
    assert isinstance(whole, Taken) and whole.reading == wire_print()


def test_a_ledger_error_names_the_files(tmp_path: Path) -> None:
    good = write_shard(str(tmp_path / "a.parquet"), [taken(first_print())])
    (tmp_path / "b.parquet").write_bytes(b"")
    with pytest.raises(LedgerError, match=r"a\.parquet and 1 more"):
        ask_readings([good, str(tmp_path / "b.parquet")])
