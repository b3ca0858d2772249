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


def test_the_graph_computes_what_the_network_does() -> None:
    numpy, torch = pytest.importorskip("numpy"), pytest.importorskip("torch")
    onnxruntime = pytest.importorskip("onnxruntime")
    graph = pytest.importorskip("training.graph", reason="needs onnx")
    reader, outputs = new_reader()
    ids = numpy.arange(1000, 1024, dtype=numpy.int64).reshape(2, 12)
    features = numpy.stack([ids % size for size in (10, 5, 5, 5)], axis=-1)
    mask = numpy.ones_like(ids)
    padded = mask.copy()
    padded[1, 9:] = 0
    made = graph.build(reader, outputs, graph.FLOATS).SerializeToString()
    session = onnxruntime.InferenceSession(made, providers=["CPUExecutionProvider"])
    for given in ((ids, features, mask), (ids, features, padded)):
        with torch.inference_mode():
            wanted = reader(*map(torch.from_numpy, given))
        found = session.run(outputs, dict(zip(("ids", "features", "mask"), given, strict=True)))
        for name, scores in zip(outputs, found, strict=True):
            assert scores == pytest.approx(wanted[name].numpy(), abs=1e-3), name


def test_a_network_in_eight_bits_comes_back_as_it_went() -> None:
    graph = pytest.importorskip("training.graph", reason="needs onnx")
    from training.recover import recover

    reader, outputs = new_reader()
    state = recover(graph.build(reader, outputs, 8), config())
    wanted = reader.state_dict()
    reader.load_state_dict(state)
    again = recover(graph.build(reader, outputs, 8), config())
    for name, value in state.items():
        step = float(wanted[name].abs().max()) / 127
        if "features" not in name and name != "links.distance":  # of these only sums are kept
            assert float((value - wanted[name]).abs().max()) <= step, name
        assert float((again[name] - value).abs().max()) <= 1e-5, name


def new_reader() -> tuple[Any, list[str]]:
    torch = pytest.importorskip("torch")
    from training.data import Heads
    from training.network import Reader

    torch.manual_seed(7)
    heads = Heads.of(config()["heads"])
    reader = Reader(heads, config()["network"]).eval()
    torch.nn.init.normal_(reader.links.distance)
    return reader, [*heads.labels, "status", "links"]


def test_names_are_swapped_alike_throughout_a_report() -> None:
    import random

    from training.data import Heads
    from training.swap import Swap

    text = "Ada Stone met Ben Wood in Oslo. Stone left Oslo."
    forms = [("Ada Stone", "Person"), ("Ben Wood", "Person"), ("Oslo", "Location"), ("Stone", "Person")]
    starts = [(text.index(form), form, kind) for form, kind in forms[:3]]
    starts += [(text.rindex(form), form, kind) for form, kind in (forms[3], forms[2])]
    names = [{"start": start, "end": start + len(form), "type": kind} for start, form, kind in starts]
    settings = {"kinds": ["Person", "Location"], "untouched": 0.0, "share": 1.0, "gazetteer": 1.0}
    swap = Swap([{"id": "a", "text": text, "names": names}], None, Heads({}), settings, ["Lima", "Quito"])
    found = {}
    for seed in range(8):
        row = swap.renamed(swap.rows[0], random.Random(seed))  # noqa: S311
        one, two, place, alone, again = (row["text"][name["start"] : name["end"]] for name in row["names"])
        assert [name["type"] for name in row["names"]] == ["Person", "Person", "Location", "Person", "Location"]
        assert row["text"] == f"{one} met {two} in {place}. {alone} left {again}."
        assert one.endswith(f" {alone}")
        assert place == again
        assert place in ("Lima", "Quito")
        found[one] = seed
    assert len(found) > 1
