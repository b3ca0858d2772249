"""Documents in TimeML become gold rows: the text just as it stands, and where each expression lies in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import predict, timeml
from benchmarks.timeml import timeml_rows
from dateline.errors import InputError

DOCUMENT = """<?xml version="1.0" ?>
<TimeML><DOCID>wire_1</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2023-09-17" functionInDocument="CREATION_TIME">17 September</TIMEX3></DCT>
<TITLE>Two held</TITLE>
<TEXT>
Police &amp; troops <EVENT eid="e1" class="OCCURRENCE">arrested</EVENT> two men <s>on
<TIMEX3 tid="t1" type="DATE" value="2023-09-15">Friday</TIMEX3></s>, and one in <TIMEX3 tid="t2" type="DATE"
value="2023-07">late <EVENT eid="e2">July</EVENT></TIMEX3>.
</TEXT>
<MAKEINSTANCE eventID="e1" eiid="ei1"/></TimeML>
"""
OLDER = """<TimeML><TIMEX3 tid="t9" type="TIME" value="1998-02-13T11:07:00" functionInDocument="PUBLICATION_TIME">13 Feb
1998</TIMEX3> He left <TIMEX3 tid="t1" type="DATE" value="1998-02-12">yesterday</TIMEX3>.</TimeML>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "more").mkdir()
    (tmp_path / "wire_1.tml").write_text(DOCUMENT, "utf-8")
    (tmp_path / "more" / "older.XML").write_text(OLDER, "utf-8")
    (tmp_path / "notes.txt").write_text("no TimeML", "utf-8")
    return tmp_path


def test_the_words_of_each_mark_stand_where_it_says(folder: Path) -> None:
    older, wire = timeml_rows(folder)
    assert (older["id"], older["published"]) == ("older", "1998-02-13")
    assert (wire["id"], wire["published"]) == ("wire_1", "2023-09-17")
    assert wire["text"].startswith("\nPolice & troops arrested two men on\nFriday, and")
    words = [(wire["text"][each["start"] : each["end"]], each["value"]) for each in wire["timexes"]]
    assert words == [("Friday", "2023-09-15"), ("late July", "2023-07")]
    assert [wire["text"][each["start"] : each["end"]] for each in wire["events"]] == ["arrested", "July"]
    assert [older["text"][each["start"] : each["end"]] for each in older["timexes"]] == ["13 Feb\n1998", "yesterday"]


def test_a_folder_is_predicted_and_written_as_gold(folder: Path, tmp_path: Path) -> None:
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    timeml.main([str(folder), str(gold)])
    predict.main(["times", str(folder), str(found)])
    rows = {row["id"]: row for row in map(json.loads, gold.read_text("utf-8").splitlines())}
    for line in found.read_text("utf-8").splitlines():
        row = json.loads(line)
        told = {(each["start"], each["end"]): each["value"] for each in rows[row["id"]]["timexes"]}
        assert {(each["start"], each["end"]): each["value"] for each in row["timexes"]}.items() >= (
            {place: value for place, value in told.items() if "T" not in value}.items()
        )


def test_what_is_no_timeml_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no TimeML in this folder"):
        list(timeml_rows(tmp_path))
    (tmp_path / "broken.tml").write_text("<TimeML><TEXT>", "utf-8")
    with pytest.raises(InputError, match="this is no XML"):
        list(timeml_rows(tmp_path))
