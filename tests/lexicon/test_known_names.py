"""What names are known for: the shipped counts, and the command that collects them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.lexicon.known_names import KnownNames, plain_key
from scripts.collect_names import main


def test_the_shipped_names_say_what_they_are_known_for() -> None:
    kinds = ("Person", "Organization", "Location")
    told = KnownNames.load().log_chances(plain_key("the United Nations"), kinds)
    assert told is not None
    assert max(told) == told[1]
    assert KnownNames.load().log_chances(plain_key("Kolvrin Brzkwyn"), kinds) is None


def test_names_are_counted_once_a_report_and_without_dates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Oslo's mayor left Oslo on Monday."
    places = [{"start": 0, "end": 6, "type": "Location"}, {"start": 18, "end": 22, "type": "Location"}]
    row = {"id": "a", "text": text, "names": [*places, {"start": 26, "end": 32, "type": "Date"}]}
    gold, out = tmp_path / "names.jsonl", tmp_path / "known.json"
    gold.write_text(json.dumps(row) + "\n" + json.dumps({**row, "id": "b"}) + "\n", "utf-8")
    main([str(gold), "--out", str(out)])
    assert json.loads(out.read_text("utf-8"))["names"] == {"oslo": {"Location": 2}}
    assert "1 names" in capsys.readouterr().out
