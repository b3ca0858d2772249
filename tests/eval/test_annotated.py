"""The annotations of times and places hold together, and are refused for texts that they are not of."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from dateline.model import EventType, Status
from dateline.model.timex_values import grain
from eval import annotated


@pytest.mark.parametrize("layer, spans", [("places", "toponyms"), ("times", "timexes")])
def test_annotations_stand_in_order_and_apart(layer: str, spans: str) -> None:
    rows = [json.loads(line) for line in (annotated.FOLDER / f"{layer}.jsonl").read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 40
    for row in rows:
        assert all(each["start"] < each["end"] for each in row[spans])
        assert all(one["end"] <= other["start"] for one, other in pairwise(row[spans]))
        for each in row[spans]:
            if layer == "times":
                assert each["type"] in ("DATE", "TIME", "DURATION", "SET") and each["value"]
            else:
                assert (each["lat"] is None) == (each["lon"] is None)
                assert each["lat"] is None or (-90 <= each["lat"] <= 90 and -180 <= each["lon"] <= 180)


def test_no_two_events_of_a_report_share_a_mention() -> None:
    rows = [json.loads(line) for line in (annotated.FOLDER / "events.jsonl").read_text("utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 90
    for row in rows:
        mentions = [tuple(mention) for event in row["events"] for mention in (event["trigger"], *event["also"])]
        assert len(set(mentions)) == len(mentions) and all(start < end for start, end in mentions)
        for event in row["events"]:
            assert event["type"] in get_args(EventType) and event["status"] in get_args(Status)
            assert event["when"] is None or grain(event["when"]["value"]) or "/" in event["when"]["value"]
            assert event["where"] is None or (abs(event["where"]["lat"]) <= 90 and abs(event["where"]["lon"]) <= 180)


def test_gold_is_made_for_the_texts_that_were_annotated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "He left Oslo."
    row = {"id": "a", "published": "2022-07-01", "text": hashlib.sha256(text.encode()).hexdigest()[:16]}
    row["toponyms"] = [{"start": 8, "end": 12, "kind": "literal", "lat": 59.9, "lon": 10.7}]  # type: ignore[assignment]
    monkeypatch.setattr(annotated, "FOLDER", tmp_path)
    (tmp_path / "places.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    texts, gold = tmp_path / "names.jsonl", tmp_path / "gold.jsonl"
    texts.write_text(json.dumps({"id": "a", "text": text}) + "\n", "utf-8")
    annotated.main([str(texts), "places", str(gold)])
    assert json.loads(gold.read_text("utf-8"))["toponyms"][0]["name"] == "Oslo"
    assert "1 reports, 1 toponyms" in capsys.readouterr().out

    events = {**row, "events": row.pop("toponyms"), "until": 7}
    (tmp_path / "events.jsonl").write_text(json.dumps(events) + "\n", "utf-8")
    annotated.main([str(texts), "events", str(gold)])
    made = json.loads(gold.read_text("utf-8"))
    assert (made["text"], made["events"], made["statements"]) == ("He left", events["events"], [])

    texts.write_text(json.dumps({"id": "a", "text": "He left Bergen."}) + "\n", "utf-8")
    with pytest.raises(SystemExit, match=r"the text of a is missing or is another one\. Give the names data"):
        annotated.main([str(texts), "places", str(gold)])
