"""The training still runs: a small network learns twenty sentences for a few steps, and goes on where it stopped.

Run as training/README.md says, with torch and onnx; without them the tests are skipped.
"""

from __future__ import annotations

import hashlib
import json
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
            layers = reader.layers(*map(torch.from_numpy, given))
            wanted["embedding"] = reader.embed(reader.lower(layers))
        found = session.run([*outputs, "embedding"], dict(zip(("ids", "features", "mask"), given, strict=True)))
        wanted["links"] = wanted["links"][:, : len(graph.KINDS)]  # the other kinds only help in training
        for name, scores in zip([*outputs, "embedding"], found, strict=True):
            assert scores == pytest.approx(wanted[name].numpy(), abs=1e-3), name


def test_a_network_in_eight_bits_comes_back_as_it_went() -> None:
    graph = pytest.importorskip("training.graph", reason="needs onnx")
    from training.network import widened
    from training.recover import recover

    reader, outputs = new_reader()
    state = recover(graph.build(reader, outputs, 8), config())
    found = reader.state_dict()
    wanted = {name: found[name][: len(value)].clone() for name, value in state.items()}
    reader.load_state_dict(widened(reader.state_dict(), state))
    again = recover(graph.build(reader, outputs, 8), config())
    for name, value in state.items():
        step = float(wanted[name].abs().max()) / 127
        if "features" not in name and name != "links.distance":  # of these only sums are kept
            assert float((value - wanted[name]).abs().max()) <= step, name
        assert float((again[name] - value).abs().max()) <= 1e-5, name


def test_a_graph_that_was_written_is_given_another_embedding_and_nothing_else() -> None:
    numpy, graph = pytest.importorskip("numpy"), pytest.importorskip("training.graph", reason="needs onnx")
    from training.recover import recover

    reader, outputs = new_reader()
    model = graph.build(reader, outputs, graph.REDUCED)
    weights = {"embed.weight": numpy.full((32, 768), 0.5, numpy.float32), "embed.bias": numpy.ones(32, numpy.float32)}
    given = graph.give_embedding(graph.give_embedding(model, weights, graph.REDUCED), weights, graph.REDUCED)
    before, after = recover(model, config()), recover(given, config())
    assert float((after["embed.weight"] - 0.5).abs().max()) < 1e-6 and float(after["embed.bias"].min()) == 1
    assert all((before[name] == after[name]).all() for name in before if not name.startswith("embed."))
    assert [node.name for node in given.graph.node] == [node.name for node in model.graph.node]


def test_embeddings_learn_which_mentions_are_of_one_event() -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from training.embed import learn

    torch.manual_seed(1)
    kinds = torch.randn(6, 384)
    noise = 4 * torch.randn(1, 384)  # what all mentions of a topic share tells nothing

    def topic(size: int) -> tuple[Any, Any]:
        events = torch.arange(6).repeat(size)
        return kinds[events] + 0.3 * torch.randn(len(events), 384) + noise, events

    weight, bias = learn([topic(4), topic(5)], [topic(2)], seed=3, epochs=30)
    states, events = topic(3)
    vectors = torch.nn.functional.normalize(states @ weight.T + bias, dim=-1)
    near = vectors @ vectors.T
    same = (events[:, None] == events[None]) & ~torch.eye(len(events), dtype=torch.bool)
    assert float(near[same].min()) > float(near[events[:, None] != events[None]].max())


def new_reader() -> tuple[Any, list[str]]:
    torch = pytest.importorskip("torch")
    from training.data import SAID, Heads
    from training.network import Reader

    torch.manual_seed(7)
    heads = Heads.of(config()["heads"])
    reader = Reader(heads, config()["network"]).eval()
    torch.nn.init.normal_(reader.links.distance)
    return reader, [*heads.labels, *SAID, "links"]


@pytest.mark.parametrize("name", ["config", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"])
def test_every_loss_of_a_run_is_weighed(name: str) -> None:
    from training.train import read_config

    settings = read_config(Path(__file__).parents[2] / "training" / f"{name}.toml")
    taught = {"told", "layers"} if "layers" in settings["network"] else set()
    taught |= {"coded"} & {each["name"] for each in settings["dataset"]}
    taught |= {"placed", "timed", "anchors"} if name == "eighth" else set()
    assert set(settings["weights"]) == {*settings["heads"], "status", "types", "dated", "links", "roles", *taught}


SIZES = [(7, 160), (12, 1536), (1, 32), (5, 64), (11, 1504), (2, 96)]


def given_pieces() -> tuple[Any, Any, Any]:
    torch = pytest.importorskip("torch")
    ids = torch.arange(1000, 1024).reshape(2, 12)
    mask = torch.ones_like(ids)
    mask[1, 9:] = 0
    return ids, torch.stack([ids % size for size in (10, 5, 5, 5)], dim=-1), mask


def test_a_network_that_was_cut_says_what_the_whole_one_does_without_what_went() -> None:
    torch = pytest.importorskip("torch")
    from training.data import Heads
    from training.network import WHOLE, Reader
    from training.prune import _gated, cut

    whole, _ = new_reader()
    chance = torch.Generator().manual_seed(3)
    scores = [(torch.rand(heads, generator=chance), torch.rand(inner, generator=chance)) for heads, inner in WHOLE]
    settings = {**config()["network"], "layers": SIZES}
    small = Reader(Heads.of(config()["heads"]), settings).eval()
    small.load_state_dict(cut(whole.state_dict(), scores, SIZES))
    for layer, own, size in zip(whole.encoder.layers, scores, SIZES, strict=True):
        heads, inner = ((each >= each.topk(count).values[-1]).float() for each, count in zip(own, size, strict=True))
        _gated(layer.gather, heads.repeat_interleave(32))
        _gated(layer.narrow, inner)
    with torch.inference_mode():
        wanted, found = whole(*given_pieces()), small(*given_pieces())
    for name, rows in wanted.items():
        assert torch.allclose(found[name], rows, atol=1e-4), name


def test_what_matters_least_goes() -> None:
    torch = pytest.importorskip("torch")
    from training.prune import sizes_of

    matters = [(torch.arange(12.0) + 12 * layer, torch.arange(1536.0) + 1536 * layer) for layer in range(6)]
    assert sizes_of(matters, 0.5, 0.5) == [(1, 32), (1, 32), (1, 32), (12, 1536), (12, 1536), (12, 1536)]


def test_what_a_network_matters_for_is_what_it_is_taught() -> None:
    torch = pytest.importorskip("torch")
    from training.data import Heads, read_documents
    from training.prune import weigh
    from training.train import Training

    settings = config()
    documents = read_documents("names", ROWS, small_tokenizer(), Heads.of(settings["heads"]))
    reader, _ = new_reader()
    for weight in (reader.encoder.layers[2].gather.weight[:, :32], reader.encoder.layers[4].narrow.weight[:, 5]):
        torch.nn.init.zeros_(weight)
    batches = Training(settings, documents, None, Path()).batches()[:2]
    scores = weigh(reader.requires_grad_(False), batches, settings)
    assert [(layer, head) for layer, (heads, _) in enumerate(scores) for head in range(12) if not heads[head]] == [
        (2, 0)
    ]
    assert [(layer, int(inner.argmin())) for layer, (_, inner) in enumerate(scores) if not inner.min()] == [(4, 5)]


def test_a_small_network_comes_nearer_to_what_the_whole_one_says(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from training.data import Heads, read_documents
    from training.teachers import Teachers
    from training.train import Training, read_config

    settings = read_config(Path(__file__).parents[2] / "training" / "fifth.toml")
    settings["steps"], settings["dataset"], settings["windows"]["batch"] = 6, [{"name": "names", "share": 1.0}], 128
    settings["network"]["layers"] = SIZES
    whole, _ = new_reader()
    torch.save({"average": whole.state_dict()}, tmp_path / "whole.pt")
    teachers = Teachers.open([tmp_path / "whole.pt"], None, settings)
    given = given_pieces()
    with torch.inference_mode():
        layers = whole.layers(*given)
        same = teachers.apart(*given, layers, whole.scores(layers[-1]))
    assert float(same["told"]) == pytest.approx(0, abs=1e-3) and float(same["layers"]) == 0
    documents = read_documents("names", ROWS, small_tokenizer(), Heads.of(settings["heads"]))
    training = Training(settings, documents, None, tmp_path, teachers=teachers)
    batches = training.batches()
    lost = [training.learn(batches[:4]) for _ in range(6)]
    assert lost[-1]["layers"] < lost[0]["layers"] and lost[-1]["told"] < lost[0]["told"]
    settings["windows"]["told"] = 1  # all windows are longer than the teachers are asked of
    assert {"told", "layers"}.isdisjoint(training.learn(batches[:4]))


def test_another_network_has_a_say_in_the_names_alone() -> None:
    torch = pytest.importorskip("torch")
    from training.teachers import Teachers
    from training.train import as_run

    whole, _ = new_reader()
    namer, _ = new_reader()
    torch.nn.init.normal_(namer.heads["names"].weight)
    given = given_pieces()
    (_, alone), (_, both) = Teachers((whole,)).said(*given), Teachers((whole,), as_run(namer)).said(*given)
    own, other = alone.pop("names"), namer(*given)["names"].softmax(-1)
    assert torch.allclose(both.pop("names"), (own + other) / 2, atol=1e-6)
    assert all(rows.equal(both[name]) for name, rows in alone.items())


def test_several_networks_tell_the_mean_of_their_answers_and_the_layers_of_the_first(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from training.data import Heads
    from training.network import WHOLE, Reader, bar, layer_sizes
    from training.teachers import Teachers
    from training.train import read_config

    settings = read_config(Path(__file__).parents[2] / "training" / "seventh.toml")
    settings["network"]["halves"] = False
    (whole, _), heads = new_reader(), Heads.of(settings["heads"])
    small = Reader(heads, {**settings["network"], "layers": SIZES}).eval()
    for name, reader in (("whole", whole), ("small", small)):
        torch.save({"average": reader.state_dict()}, tmp_path / f"{name}.pt")
    assert layer_sizes(whole.state_dict()) == list(WHOLE) and layer_sizes(small.state_dict()) == SIZES
    given = given_pieces()
    layers, likely = Teachers.open([tmp_path / "whole.pt", tmp_path / "small.pt"], None, settings).said(*given)
    assert layers[-1].equal(whole.layers(*given)[-1])
    told = [reader(*given) for reader in (whole, small)]
    mean = (told[0]["status"].softmax(-1) + told[1]["status"].softmax(-1)) / 2
    assert torch.allclose(likely["status"], mean, atol=1e-6)
    barred = bar(given[2], torch.float32)[:, 0]
    leads = [(each["links"][:, 2] + barred).softmax(-1) for each in told]
    assert torch.allclose(likely["2"], (leads[0] + leads[1]) / 2, atol=1e-6)


def test_a_network_is_asked_for_nothing_that_it_has_not_learned(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from training.data import SAME
    from training.teachers import Teachers

    (old, _), (new, _) = new_reader(), new_reader()
    torch.nn.init.normal_(new.heads["placed"].weight)
    state = {name: value for name, value in old.state_dict().items() if not name.startswith("heads.placed")}
    width = old.links.width
    state |= {
        name: value[: 4 * width] for name, value in state.items() if name.startswith(("links.leave", "links.reach"))
    }
    state["links.distance"] = state["links.distance"][:4]
    for name, weights in (("old", state), ("new", new.state_dict())):
        torch.save({"average": weights}, tmp_path / f"{name}.pt")
    given = given_pieces()
    _, likely = Teachers.open([tmp_path / "old.pt", tmp_path / "new.pt"], None, config()).said(*given)
    scores = new(*given)
    assert torch.allclose(likely["placed"], scores["placed"].softmax(-1), atol=1e-6)
    assert "4" in likely and str(SAME) not in likely  # links between mentions of one event are nobody's to tell


def test_the_words_for_places_and_times_are_taught_but_not_of_reports_held_out(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from training.annotated import held_out
    from training.data import ANCHORS, UNMARKED, Heads, Window, collate, read_documents
    from training.network import losses
    from training.train import anchored

    text = "Ben crossed the river. Eve saw the river."
    event = {"trigger": [4, 11], "also": [[27, 30]], "status": "happened", "type": "OTHER", "actors": [],
             "recipients": [], "where": {"name": "the river"}, "when": None}  # fmt: skip
    taught, held = (next(f"r{n}" for n in range(99) if held_out(f"r{n}") == wanted) for wanted in (False, True))
    anchors = tmp_path / "anchors.jsonl"
    spans = {"places": [[[16, 21], [35, 40]]], "times": [[]]}
    anchors.write_text("".join(json.dumps({"id": each, **spans}) + "\n" for each in (taught, held)), "utf-8")
    rows = anchored([{"id": each, "text": text, "events": [event]} for each in (taught, held)], anchors)
    own, other = read_documents("annotated", rows, small_tokenizer(), Heads.of(config()["heads"]))
    assert "placed" not in other.labels and not other.anchors
    verbs, rivers = ([own.pieces.starts.index(start) for start in starts] for starts in ((4, 27), (16, 35)))
    for head, label in (("placed", 1), ("timed", 0)):
        assert {at: int(each) for at, each in enumerate(own.labels[head]) if each != UNMARKED} == dict.fromkeys(
            verbs, label
        )
    wanted = [(kind, verb, ends) for verb in verbs for kind, ends in ((ANCHORS, tuple(rivers)), (ANCHORS + 1, ()))]
    assert sorted(own.anchors) == sorted(wanted)
    batch = collate([Window(own, 0, len(own.ids))], ["placed"])
    links = torch.from_numpy(batch.links[(batch.links[:, 1] >= ANCHORS) & (batch.links[:, 2] == verbs[0] + 1)])
    assert links[:, 3].tolist() == [rivers[0] + 1, rivers[1] + 1, 0]
    size = batch.ids.shape[1]
    scores = torch.zeros(1, ANCHORS + 2, size, size)
    found = losses({"links": scores}, {}, links, torch.from_numpy(batch.mask), 0.0)
    assert "antecedents" not in found  # which a run that weighs none would stumble over
    # Either river will do, so a link that knows nothing has twice the chance of being right.
    assert float(found["anchors"]) == pytest.approx(
        float(torch.log(torch.tensor(size / 2.0)) + torch.log(torch.tensor(float(size))))
    )


EVENTS: list[dict[str, Any]] = [
    {"trigger": [4, 7], "also": [], "status": "happened", "type": "OTHER", "actors": [{"span": [0, 3]}],
     "recipients": [], "where": None, "when": None},
]  # fmt: skip


LATER: list[dict[str, Any]] = [
    {"trigger": [4, 7], "also": [[12, 14]], "actors": [{"span": None}], "recipients": [{"span": [8, 14]}]}
]


def test_the_texts_of_annotated_events_are_those_that_were_annotated(tmp_path: Path) -> None:
    from training.annotated import annotated_rows, half_of

    text, annotations = "Ada saw the river.", tmp_path / "events.jsonl"
    row = {"id": "a", "text": hashlib.sha256(text.encode()).hexdigest()[:16], "events": EVENTS}
    annotations.write_text(json.dumps(row) + "\n", "utf-8")
    assert list(annotated_rows([{"id": "a", "text": text}], annotations)) == [{**row, "text": text}]
    annotations.write_text(json.dumps(row | {"until": 7}) + "\n", "utf-8")
    assert [each["text"] for each in annotated_rows([{"id": "a", "text": text}], annotations)] == ["Ada saw"]
    annotations.write_text(json.dumps(row | {"from": 4, "until": 14, "events": LATER}) + "\n", "utf-8")
    [part] = annotated_rows([{"id": "a", "text": text}], annotations)
    [event] = part["events"]
    assert (part["id"], part["text"]) == ("a@4", "saw the ri") and half_of(part["id"]) == half_of("a")
    assert (event["trigger"], event["also"], event["recipients"]) == ([0, 3], [[8, 10]], [{"span": [4, 10]}])
    assert event["actors"] == [{"span": None}]
    for others in ([{"id": "a", "text": "Ada saw a river."}], [{"id": "b", "text": text}]):
        with pytest.raises(ValueError, match=r"events\.jsonl:1: the text of a is missing or is another one"):
            list(annotated_rows(others, annotations))


def test_a_coded_sentence_teaches_its_event_alone() -> None:
    from training.data import LINKS, TYPES, UNMARKED, Heads, read_documents

    row = {"id": "a", "text": "Ben saw Ada left the river.", "trigger": [12, 16], "label": "RETREAT",
           "folded": False, "source_actor_span": [8, 11], "target_actor_span": [17, 26]}  # fmt: skip
    heads, tokenizer = Heads.of(config()["heads"]), small_tokenizer()
    taught, folded = (read_documents("coded", [each], tokenizer, heads)[0] for each in (row, row | {"folded": True}))
    left = next(at for at, start in enumerate(taught.pieces.starts) if start == 12)
    for name in ("happenings", "types", "coded"):
        assert [at for at, label in enumerate(taught.labels[name]) if label != UNMARKED] == [left]
    assert taught.labels["types"][left] == taught.labels["coded"][left] == TYPES.index("RETREAT")
    assert (folded.labels["types"] == UNMARKED).all() and folded.labels["coded"][left] == TYPES.index("RETREAT")
    parties = [(LINKS[kind], taught.text[taught.pieces.starts[end] :][:3]) for kind, _, end in taught.links]
    assert parties == [("event-actor", "Ada"), ("event-recipient", "riv")]  # the article is left out


def test_a_step_of_tuning_teaches_the_upper_layers_alone() -> None:
    from training.data import Heads, read_documents
    from training.train import read_config
    from training.tune import CONFIG, Tuning, cut

    settings = read_config(CONFIG)
    rows = [{"id": row["id"], "text": row["text"], "events": EVENTS} for row in ROWS if row["text"].startswith("Ada")]
    documents = read_documents("annotated", rows, small_tokenizer(), Heads.of(settings["heads"]))
    tuning = Tuning(settings, {})
    before = {name: value.clone() for name, value in tuning.reader.state_dict().items()}
    [batch] = [tuning.lower(batch) for batch in cut(documents, {**settings, "limits": [120]})]
    assert len(batch.roles) == 2 * len(rows)
    was = float(tuning.loss(batch, 0).detach())
    assert len(list(tuning.run([batch], 1))) == 1
    assert float(tuning.loss(batch, 0).detach()) < was
    lower = tuple(f"encoder.layers.{number}." for number in range(settings["lower"]))
    still = (
        *lower,
        "encoder.words",
        "encoder.places",
        "encoder.features",
        "encoder.norm",
        "embed",
        "heads.timexes",
        "heads.coded",
        "heads.mentions",
        "heads.placed",
        "heads.timed",
    )
    for name, value in tuning.reader.state_dict().items():
        assert value.equal(before[name]) == name.startswith(still), name


def test_mentions_are_paired_within_a_window() -> None:
    from training.data import Heads, Window, collate, read_documents

    text = "Ada saw the river. Ada left the river. Ada painted the river."
    mentions = {word: [text.index(word), text.index(word) + len(word)] for word in ("saw", "left", "painted")}
    event: dict[str, Any] = {"type": "OTHER", "status": "happened", "actors": [], "recipients": []}
    event |= {"where": None, "when": None}
    events = [
        {**event, "trigger": mentions["painted"], "also": [mentions["saw"]]},
        {**event, "trigger": mentions["left"], "also": []},
    ]
    heads = Heads.of({"happenings": ["event"]})
    [document] = read_documents("annotated", [{"id": "a", "text": text, "events": events}], small_tokenizer(), heads)
    found = collate([Window(document, 0, len(document.ids))], ("happenings",)).pairs.tolist()
    assert found == [[0, 7, 2, 0], [0, 12, 2, 1], [0, 12, 7, 0]]
    assert collate([Window(document, 0, 8)], ("happenings",)).pairs.tolist() == [[0, 7, 2, 0]]


def test_a_mean_is_written_where_there_was_no_folder(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from training.mix import main

    for name, value in (("a", 1.0), ("b", 5.0)):
        torch.save({"average": {"weight": torch.full((2,), value)}}, tmp_path / f"{name}.pt")
    out = tmp_path / "mixed" / "checkpoint.pt"
    main([f"{tmp_path / 'a.pt'}:0.75", f"{tmp_path / 'b.pt'}:0.25", "--out", str(out)])
    assert torch.load(out, weights_only=True)["average"]["weight"].tolist() == [2.0, 2.0]

    torch.save({"average": {"weight": torch.full((1,), 5.0)}}, tmp_path / "b.pt")  # one kind of link fewer
    main([f"{tmp_path / 'a.pt'}:0.75", f"{tmp_path / 'b.pt'}:0.25", "--out", str(out)])
    assert torch.load(out, weights_only=True)["average"]["weight"].tolist() == [2.0, 1.0]


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


def test_events_move_with_a_text_printed_anew_and_keep_their_words() -> None:
    import random

    from training.data import Heads
    from training.swap import Swap

    text = "In Oslo the Brexit talks of Ada Stone began. Stone left Oslo on Monday."
    names = [
        {"start": text.index(form), "end": text.index(form) + len(form), "type": kind}
        for form, kind in (("Oslo", "Location"), ("Brexit", "Misc"), ("Ada Stone", "Person"))
    ]

    def span(words: str) -> list[int]:
        return [text.rindex(words), text.rindex(words) + len(words)]

    party = {"span": span("Ada Stone"), "name": "Ada Stone"}
    event = {"trigger": span("talks"), "also": [span("Brexit")], "actors": [party], "recipients": [{"span": None}]}
    stone = {"span": span("Stone"), "name": "Ada Stone"}
    left = {"trigger": span("left"), "also": [], "actors": [stone], "recipients": []}
    left["anchors"] = [[[3, 7]], [span("Monday")]]
    antecedents = [[span("Stone"), [span("Ada Stone")]]]
    settings = {"kinds": ["Person", "Location", "Misc"], "untouched": 0.0, "share": 1.0, "gazetteer": 1.0}
    rows = [{"id": "a", "text": text, "names": names, "events": [event, left], "antecedents": antecedents}]
    swap = Swap(rows, None, Heads({}), settings, ["Antananarivo", "Ur"])
    for seed in range(8):
        row = swap.renamed(rows[0], random.Random(seed))  # noqa: S311
        place, kept, person = (row["text"][name["start"] : name["end"]] for name in row["names"])
        assert place in ("Antananarivo", "Ur") and kept == "Brexit"  # what tells of an event keeps its name
        (talks, gone), new = row["events"], row["text"]
        assert new[slice(*talks["trigger"])] == "talks" and new[slice(*gone["trigger"])] == "left"
        assert [new[slice(*each)] for each in talks["also"]] == ["Brexit"]
        assert new[slice(*talks["actors"][0]["span"])] == person and talks["recipients"] == [{"span": None}]
        assert new[slice(*gone["actors"][0]["span"])] == "Stone" and "anchors" not in talks
        assert [[new[slice(*each)] for each in kind] for kind in gone["anchors"]] == [[place], ["Monday"]]
        [[own, fuller]] = row["antecedents"]
        assert new[slice(*own)] == "Stone" and [new[slice(*each)] for each in fuller] == [person]


def test_the_halves_of_the_annotated_reports_are_alike_in_size_and_always_the_same() -> None:
    from training.annotated import ANNOTATIONS, half_of

    ids = [json.loads(line)["id"] for line in ANNOTATIONS.read_text("utf-8").splitlines()]
    first = sum(half_of(report) == 0 for report in ids)
    assert 0.45 < first / len(ids) < 0.55
    assert (half_of("af_allaf_20"), half_of("af_allaf_18")) == (1, 0)


def test_words_for_somebody_lead_to_those_that_name_him_more_fully() -> None:
    from training.antecedents import with_antecedents

    text = (
        "The minister, Ada Quill of Perú, left. Quill met the Bank of Peru in Lima; she said so. The bank of nobody "
        "knew. Ms. Quill and her guards stayed."
    )

    def party(words: str, name: str, before: str = "") -> dict[str, Any]:
        start = text.index(before + words) + len(before)
        return {"span": [start, start + len(words)], "name": name}

    events = [
        {"actors": [party("The minister", "Ada Quill"), party("Quill", "Ada Quill", "left. ")], "recipients": []},
        {"actors": [party("she", "Ada Quill")], "recipients": [party("the Bank of Peru", "Bank of Peru")]},
        {"actors": [{"span": None, "name": "Ada Quill"}], "recipients": [party("her guards", "guards of Ada Quill")]},
    ]
    found = with_antecedents({"text": text, "events": events})["antecedents"]
    words = {text[slice(*own)]: [text[slice(*each)] for each in fuller] for own, fuller in found}
    full = ["Ada Quill", "Quill", "Quill"]
    assert words == {
        "The minister": full,
        "Quill": ["Ada Quill"],
        "she": full,
        "the Bank of Peru": [],
        "her guards": ["Ada Quill"],
    }


def test_links_alone_learn_where_a_run_says_so_and_are_put_into_another_file(tmp_path: Path) -> None:
    torch, onnx = pytest.importorskip("torch"), pytest.importorskip("onnx")
    from training import graph
    from training.antecedents import with_antecedents
    from training.data import Heads, read_documents
    from training.graft import graft
    from training.train import Training

    settings = config()
    settings["network"]["learned"] = ["links."]
    settings["weights"] |= {"antecedents": 1.0, "happenings": 0.0, "roles": 0.0, "anchors": 0.0}
    for name in ("types", "status"):
        settings["weights"][name] = 0.0
    text = "Ada saw the river. She left the river."
    event = {
        "trigger": [23, 27], "also": [], "type": "OTHER", "status": "happened", "when": None, "where": None,
        "actors": [{"span": [19, 22], "name": "Ada"}], "recipients": [],
    }  # fmt: skip
    rows = [with_antecedents({"id": str(number), "text": text, "events": [event]}) for number in range(8)]
    settings["dataset"] = [{"name": "ledger", "share": 1.0}]
    documents = read_documents("ledger", rows, small_tokenizer(), Heads.of(settings["heads"]))
    training = Training(settings, documents, None, tmp_path)
    before = {name: value.clone() for name, value in training.reader.state_dict().items()}
    graph.write(training.reader, ["links"], tmp_path / "old.onnx", graph.REDUCED)
    told = [training.learn(training.batches()[:4])["antecedents"] for _ in range(6)]
    assert told[-1] < told[0]
    after = training.reader.state_dict()
    changed = {name for name, value in after.items() if not torch.equal(value, before[name])}
    assert changed and all(name.startswith("links.") for name in changed)
    graph.write(training.reader, ["links"], tmp_path / "new.onnx", graph.REDUCED)
    old, new = (onnx.load(str(tmp_path / name)) for name in ("old.onnx", "new.onnx"))
    for each in old.graph.initializer:
        if each.name == "encoder.features":
            each.raw_data = bytes(len(each.raw_data))  # as if recovered from other sums
    found = {each.name: each.raw_data for each in graft(new, old).graph.initializer}
    kept = {each.name: each.raw_data for each in old.graph.initializer}
    assert found["encoder.features"] == kept["encoder.features"] and found["heads"] != kept["heads"]
    assert found["heads"] == next(each.raw_data for each in new.graph.initializer if each.name == "heads")
    del new.graph.initializer[0]
    with pytest.raises(ValueError, match="not made of the same parts"):
        graft(new, old)
