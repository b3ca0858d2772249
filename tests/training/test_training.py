"""The training still runs: a small network learns twenty sentences for a few steps, and goes on where it stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
tokenizers = pytest.importorskip("tokenizers")

PEOPLE = ["Ada", "Ben", "Cleo", "Dan", "Eve"]
ROWS: list[dict[str, Any]] = [
    {"id": f"{person}{number}", "text": text, "names": [{"start": 0, "end": len(person), "type": "Person"}]}
    for person in PEOPLE
    for number, text in enumerate(f"{person} {verb} the river." for verb in ("saw", "left", "crossed", "painted"))
]


def config() -> dict[str, Any]:
    from training.train import read_config

    settings = read_config(Path(__file__).parents[2] / "training" / "config.toml")
    settings["steps"], settings["dataset"] = 6, [{"name": "names", "share": 1.0}]
    settings["windows"]["batch"] = 128
    return settings


def small_tokenizer() -> Any:
    words = sorted({word for row in ROWS for word in row["text"].lower().strip(".").split()})
    vocabulary = {"[UNK]": 0, ".": 200, **{word: 201 + number for number, word in enumerate(words)}}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return tokenizer


def test_it_learns_and_goes_on_from_its_checkpoint(tmp_path: Path) -> None:
    from training.data import Heads, read_documents
    from training.train import Training

    settings = config()
    documents = read_documents("names", ROWS, small_tokenizer(), Heads.of(settings["heads"]))
    training = Training(settings, documents, None, tmp_path)
    batches = training.batches()
    told = [training.learn(batches[:4])["names"] for _ in range(6)]
    assert told[-1] < told[0]
    training.save()
    again = Training(settings, documents, None, tmp_path)
    assert again.resume()
    assert again.step == 6
    assert again.learn(batches[:4]) == pytest.approx(training.learn(batches[:4]))
