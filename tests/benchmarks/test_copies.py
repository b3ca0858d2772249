"""The benchmark of copies: its index, its own look at shared runs, and its archive."""

import json
from pathlib import Path

import pytest

from benchmarks import copies

LINES = [
    "The ferry left the harbour of Avalon shortly after dawn on Tuesday with sixty people aboard and struck sand.",
    "Fishermen pulled most of them from the water before the coast guard came, and the mayor opened the town hall.",
    "An inquiry will look at the charts that the crew used, the ministry of transport said in the evening of that day.",
    "Shares of the Gadget Works rose by a tenth after the company told investors that its new kettle had sold well.",
    "Rival makers fell, and analysts who had feared that dear copper would eat into profits took back what they said.",
]


def test_a_copy_is_found_among_other_texts() -> None:
    index = copies.CopyIndex()
    assert index.add("\n".join(LINES[:3])) == []
    assert index.add("\n".join(LINES[3:])) == []
    assert index.add("\n".join(LINES[:2])) == [0]
    assert index.add(LINES[4] + "\n" + LINES[3]) == [1]


def test_a_shared_run_is_looked_for_word_by_word() -> None:
    words = LINES[0].split()
    assert copies.share_a_run(LINES[0], " ".join(words[3:11]))
    assert not copies.share_a_run(LINES[0], " ".join(words[3:10]) + " again")


def test_the_archive_has_copies_and_texts_that_share_no_sentences() -> None:
    texts = list(copies.make_archive(LINES * 4, 200, seed=1))
    assert texts == list(copies.make_archive(LINES * 4, 200, seed=1))
    index = copies.CopyIndex()
    found = [text for text in texts if index.add(text)]
    assert 0.3 * copies.COPIED * 200 < len(found) < 3 * copies.COPIED * 200
    many, words, seconds = copies.pace(texts)
    assert (many, words) == (200, sum(len(text.split(" ")) for text in texts))
    assert seconds > 0


def test_the_command_scores_with_the_tool_that_it_is_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "names").mkdir()
    (tmp_path / "corroboration").mkdir()
    rows = [{"id": f"r{number}", "text": "\n".join(LINES)} for number in range(2)]
    (tmp_path / "names/train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    tool = "import shutil, sys\nshutil.copy(*sys.argv[2:]) if sys.argv[1] == 'make' else print('scored')\n"
    (tmp_path / "corroboration/copies.py").write_text(tool)
    copies.main(["--bench", str(tmp_path), "--sizes", "20"])
    told = capsys.readouterr().out
    assert "scored" in told
    assert "1 pairs, 0 of them without 8 words in a row in common" in told
    assert "20 texts of" in told
