"""Whatever is read, every span of every layer is the very words, and the JSON is the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dateline
from benchmarks.fuzz.kinds import spans_of
from dateline.errors import DatelineError
from dateline.intake import plain_report
from dateline.model import Reading, Report, from_json, to_json
from dateline.reading.pipeline import read_layers
from tests.conftest import Readers

WORDS = st.sampled_from(
    [
        "Kim", "Jong", "Un", "met", "Mr", "Putin", "in", "Moscow", "on", "Friday", ",", ".", "“", "”", "said", "that",
        "police", "arrested", "he", "her", "the", "minister", "of", "Russia", "’s", "will", "not", "visit", "13",
        "September", "2023", "\n\n", "\r\n", "\u00a0", "e\u0301", "👩\u200d🚀", "🇺🇦", "\u202e", "(", ")", "—", "$5",
        "according", "to", "and", "attack", "killed", "If", "US",
    ]
)  # fmt: skip
NEWS = st.lists(WORDS, max_size=60).map(" ".join)


def check(reading: Reading) -> None:
    readable = [block.span for block in reading.report.blocks if block.readable]
    text = reading.text
    for span in spans_of(reading):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()
        assert any(block.covers(span) for block in readable), span
    for toponym in reading.toponyms:
        assert text[toponym.start : toponym.end] == toponym.name
    for block in reading.report.blocks:
        assert 0 <= block.start < block.end <= len(text)
    assert from_json(to_json(reading)) == reading


@given(st.one_of(NEWS, st.text(max_size=300)))
@settings(max_examples=80)
def test_every_span_of_any_text_is_the_very_words(readers: Readers, text: str) -> None:
    report: Report = plain_report(text, published="2023-09-17")
    reading = read_layers(report, readers.opened)
    check(reading)
    assert to_json(read_layers(report, readers.opened)) == to_json(reading)


SENTENCE = "Police arrested two men in Paris on Friday, the mayor Ana Ruiz said. "


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"👩‍🚀🇺🇦 {SENTENCE}", id="emoji"),
        pytest.param(SENTENCE.replace("a", "a\u0301"), id="combining marks"),
        pytest.param(f"Two held in Paris\r\n\r\n{SENTENCE}\r\n{SENTENCE}", id="CRLF"),
        pytest.param(SENTENCE.replace(" ", "\u00a0"), id="no-break spaces"),
        pytest.param(SENTENCE * 150, id="one long line"),
        pytest.param(SENTENCE + "x" * 1_000_000, id="a megabyte without a space"),
        pytest.param("<div>" * 200 + f"<p>{SENTENCE * 3}</p>" + "</div>" * 200, id="200 levels of HTML"),
        pytest.param(f"<html><body><p>{SENTENCE * 3}&nbsp;&lt;b&gt;&#x1F680;</p></body></html>", id="entities"),
        pytest.param(f"\ud800{SENTENCE}", id="a lone surrogate"),
    ],
)
def test_odd_pages_are_read(page: str) -> None:
    data = page.encode("utf-8", "replace")
    reading = dateline.read(data, published="2023-09-17")
    check(reading)
    assert "arrested" in reading.text.replace("\u0301", "")
    assert to_json(dateline.read(data, published="2023-09-17")) == to_json(reading)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><lolz>&c;</lolz>'
)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n\t ", id="blank"),
        pytest.param(bytes(range(256)) * 8, id="binary"),
        pytest.param(b"%PDF-1.7\n...", id="PDF"),
        pytest.param(LAUGHS.encode(), id="billion laughs"),
        pytest.param(
            "Die Regierung hat am Montag beschlossen, das Gesetz zu ändern und neu zu fassen.".encode(), id="German"
        ),
        pytest.param(b"<html><body><nav><a href='/'>Home</a></nav></body></html>", id="no report"),
    ],
)
def test_what_cannot_be_read_is_one_clear_error(data: bytes) -> None:
    with pytest.raises(DatelineError) as caught:
        dateline.read(data, origin="storm.html")
    assert caught.value.where == "storm.html"
    assert caught.value.what
    assert caught.value.todo.endswith(".")


def test_a_batch_goes_on_after_a_refusal(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.pdf"
    good.write_text(SENTENCE)
    bad.write_bytes(b"%PDF-1.7")
    answers = list(dateline.read_all([str(bad), str(good), str(tmp_path / "none.txt")]))
    assert [type(answer).__name__ for answer in answers] == ["Refusal", "Reading", "Refusal"]
