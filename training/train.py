"""Trains the reader's network, and goes on where it was killed.

    python -m training.train --data BENCH --encoder MINILM --out RUN [--config training/config.toml] [--steps N]

BENCH is the folder of the development data, MINILM the unpacked folder of all-minilm-l6-v2 (model.safetensors and
tokenizer.json), RUN a folder for the log and the checkpoints; a run that is started again with the same RUN goes on
from its last checkpoint. Every epoch ends with a table of scores on the development data.
"""

from __future__ import annotations

import argparse
import os
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.annotated import CODED, EXCERPTS, INVENTED, annotated_rows, held_out
from training.antecedents import with_antecedents
from training.data import Document, Heads, Row, Window, collate, epoch_windows, in_batches, read_documents, read_rows
from training.evaluate import Development, Run, show
from training.network import Reader, load_encoder, losses, widened
from training.swap import Swap, large_places
from training.teachers import Teachers

CHECKPOINT = "checkpoint.pt"
APART = ("links", "roles", "anchors", "antecedents", "told", "layers")
"""The losses that are no labels of words: links between them, and what teachers make of them."""

ANNOTATED = ("names", "ledger", "annotated", "invented")
"""The datasets whose reports tell of the places and times of events."""

GAZETTEER = Path(__file__).parents[1] / "src/dateline/data/places/gazetteer.sqlite"


def open_tokenizer(path: Path) -> Any:
    """The encoder's tokeniser, without padding and without a longest text."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def groups(reader: Reader, settings: dict[str, Any]) -> list[dict[str, Any]]:
    """The weights in groups with rates of their own: the lower in the encoder the slower; norms do not decay."""
    found: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, weight in reader.named_parameters():
        if not weight.requires_grad:
            continue
        rate = settings["head_rate"]
        if name.startswith("encoder.") and ".features." not in name:
            layer = int(name.split(".")[2]) if ".layers." in name else -1
            rate = settings["encoder_rate"] * settings["layer_decay"] ** (5 - layer)
        decay = settings["weight_decay"] if weight.dim() > 1 else 0.0
        found.setdefault((rate, decay), []).append(weight)
    return [
        {"params": weights, "lr": rate, "base": rate, "weight_decay": decay} for (rate, decay), weights in found.items()
    ]


def as_run(reader: Reader) -> Run:
    """A network in torch as the evaluation calls it."""

    def run(ids: np.ndarray, features: np.ndarray, mask: np.ndarray) -> dict[str, np.ndarray]:
        with torch.inference_mode():
            scores = reader(torch.from_numpy(ids), torch.from_numpy(features), torch.from_numpy(mask))
        return {name: value.numpy() for name, value in scores.items()}

    return run


class Training:
    """A run: the network, its averaged copy, the optimiser, and how far it has come."""

    def __init__(
        self,
        config: dict[str, Any],
        documents: Sequence[Document],
        encoder: Path | None,
        out: Path,
        renewed: Callable[[int], Sequence[Document]] = lambda seed: (),
        teachers: Teachers | None = None,
    ) -> None:
        torch.manual_seed(config["seed"])
        self.config, self.documents, self.out, self.renewed = config, documents, out, renewed
        self.teachers = teachers
        self.heads = Heads.of(config["heads"])
        self.reader = Reader(self.heads, config["network"])
        for name, weight in self.reader.named_parameters() if "learned" in config["network"] else ():
            weight.requires_grad_(name.startswith(tuple(config["network"]["learned"])))
        self.average = Reader(self.heads, config["network"]).eval()
        if encoder:
            load_encoder(self.reader.encoder, encoder)
        self.average.load_state_dict(self.reader.state_dict())
        self.optimiser = torch.optim.AdamW(
            groups(self.reader, config["optimiser"]), betas=(0.9, 0.98), eps=1e-6, fused=True
        )
        self.taught = [weight for weight in self.reader.parameters() if weight.requires_grad]
        self.workers = ThreadPoolExecutor(config["threads"])
        self.step = self.epoch = self.batch = 0

    def save(self) -> None:
        """Writes a checkpoint; a kill while it is written leaves the one before it."""
        state = {name: getattr(self, name).state_dict() for name in ("reader", "average", "optimiser")}
        torch.save({**state, "at": (self.step, self.epoch, self.batch)}, self.out / "new.pt")
        (self.out / "new.pt").replace(self.out / CHECKPOINT)

    def resume(self) -> bool:
        """Goes back to the last checkpoint, where there is one."""
        if not (self.out / CHECKPOINT).exists():
            return False
        state = torch.load(self.out / CHECKPOINT, weights_only=True)
        for name in ("reader", "average", "optimiser"):
            getattr(self, name).load_state_dict(state[name])
        self.step, self.epoch, self.batch = state["at"]
        return True

    def start_from(self, checkpoint: Path) -> None:
        """Takes over the averaged weights of another run."""
        found = torch.load(checkpoint, weights_only=True)["average"]
        self.reader.load_state_dict(widened(self.reader.state_dict(), found))
        self.average.load_state_dict(self.reader.state_dict())

    def batches(self) -> list[list[Window]]:
        """The batches of the current epoch, always the same for the same seed."""
        shares = {dataset["name"]: dataset["share"] for dataset in self.config["dataset"]}
        seed = self.config["seed"] + self.epoch
        found = epoch_windows([*self.documents, *self.renewed(seed)], shares, self.config["windows"], seed)
        return in_batches(found, self.config["windows"]["batch"], seed)

    def learn(self, part: Sequence[Sequence[Window]]) -> dict[str, float]:
        """Takes one step on some batches, each worked on by one thread; answers with the loss of each head, a piece.

        Batches are handed to whichever thread is free, and their gradients added in their order: a busy machine slows
        the run but does not change it.
        """
        settings = self.config["optimiser"]
        seeds = [self.config["seed"] * 100_003 + self.step * 64 + number for number in range(len(part))]
        worked = list(self.workers.map(self.work, part, seeds))
        size = sum(pieces for _, _, pieces in worked)
        for weights in zip(self.taught, *(gradients for gradients, _, _ in worked), strict=True):
            weight, *found = weights
            weight.grad = sum(found[1:], found[0]).div_(size)
        nn.utils.clip_grad_norm_(self.taught, settings["clip"])
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * self.pace()
        self.optimiser.step()
        self.step += 1
        self.follow(settings["average"])
        names = {name for _, found, _ in worked for name in found}
        return {name: sum(found.get(name, 0.0) for _, found, _ in worked) / size for name in sorted(names)}

    def work(self, windows: Sequence[Window], seed: int) -> tuple[list[Tensor], dict[str, float], int]:
        """The gradients of a batch, its losses and its number of pieces."""
        torch.set_num_threads(1)
        weights = self.config["weights"]
        tagged = [name for name in weights if name not in APART]
        arrays = collate(windows, tagged, self.config["noise"], seed)
        ids, features, mask = map(torch.from_numpy, (arrays.ids, arrays.features, arrays.mask))
        layers = self.reader.layers(ids, features, mask, seed)
        scores = self.reader.scores(layers[-1], seed)
        labels = {name: torch.from_numpy(rows) for name, rows in arrays.labels.items()}
        smoothing = self.config["optimiser"]["smoothing"]
        found = losses(scores, labels, torch.from_numpy(arrays.links), mask, smoothing)
        sizes = self.config["windows"]
        if self.teachers is not None and ids.shape[1] <= sizes.get("told", sizes["longest"]) + 2:
            found |= self.teachers.apart(ids, features, mask, layers, scores)
        loss = sum((weights[name] * value for name, value in found.items() if weights[name]), torch.zeros(()))
        if loss.requires_grad:
            gradients = torch.autograd.grad(loss, self.taught, materialize_grads=True)
        else:  # nothing of what learns is taught here
            gradients = tuple(map(torch.zeros_like, self.taught))
        return list(gradients), {name: value.item() for name, value in found.items()}, int(arrays.mask.sum())

    def pace(self) -> float:
        """The share of its rate that each weight learns at now: rising while warming up, then falling to nothing."""
        done, warm_up = self.step / self.config["steps"], self.config["optimiser"]["warm_up"]
        return done / warm_up + 1e-3 if done < warm_up else max(0.01, (1 - done) / (1 - warm_up))

    @torch.no_grad()
    def follow(self, decay: float) -> None:
        """Moves the averaged weights towards the network's."""
        decay = min(decay, (1 + self.step) / (10 + self.step))
        for ours, theirs in zip(self.average.parameters(), self.reader.parameters(), strict=True):
            if theirs.requires_grad:
                ours.lerp_(theirs, 1 - decay)

    def run(self) -> Iterator[str]:
        """Trains to the end; yields what there is to log, and checkpoints every few minutes."""
        saved = began = time.monotonic()
        pieces = 0
        total: dict[str, float] = {}
        while self.step < self.config["steps"]:
            batches = self.batches()
            while self.batch < len(batches) and self.step < self.config["steps"]:
                part = batches[self.batch : self.batch + self.config["windows"]["together"]]
                for name, value in self.learn(part).items():
                    total[name] = 0.95 * total.get(name, value) + 0.05 * value
                pieces += sum(len(window) for windows in part for window in windows)
                self.batch += len(part)
                if self.step % 50 == 0:
                    rate = pieces / (time.monotonic() - began)
                    shown = " ".join(f"{name} {value:.4f}" for name, value in total.items())
                    yield f"step {self.step} epoch {self.epoch} {self.batch}/{len(batches)} {rate:.0f} pieces/s {shown}"
                if time.monotonic() - saved > self.config["save_minutes"] * 60:
                    self.save()
                    saved = time.monotonic()
            self.epoch, self.batch = self.epoch + 1, 0
            self.save()
            saved = time.monotonic()
            yield "epoch"


def read_config(path: Path) -> dict[str, Any]:
    """The configuration."""
    with path.open("rb") as file:
        return tomllib.load(file)


def rows_of(config: dict[str, Any], data: Path) -> dict[str, list[Row]]:
    """The rows of each dataset of a configuration, the names with the events of the same texts where it says so."""
    rows = {each["name"]: read_rows(data / each["file"]) for each in config["dataset"] if "file" in each}
    if config.get("annotated"):
        events = {row["id"]: row["events"] for row in annotated_rows(rows["names"])}
        rows["names"] = [row | ({"events": events[row["id"]]} if row["id"] in events else {}) for row in rows["names"]]
    own = {each["name"] for each in config["dataset"]} - rows.keys()
    if "annotated" in own:
        texts = [*rows["names"], *rows["attribution"], *read_rows(data / "places/dev.jsonl")]
        rows["annotated"] = list(annotated_rows(texts, EXCERPTS))
    for name, made_up in (("coded", CODED), ("invented", INVENTED)):
        if name in own:
            rows[name] = read_rows(made_up)
    return rows


def anchored(rows: Sequence[Row], anchors: Path) -> list[Row]:
    """The rows, their events with the words for their places and times as ``scripts.anchor_events`` wrote them down.

    Of reports that are held out nothing of places and times is told.
    """
    found = {row["id"]: row for row in read_rows(anchors)}
    told = []
    for row in rows:
        own = found.get(row["id"])
        if "events" not in row or own is None:
            told.append(row)
        elif held_out(row["id"]):
            told.append({**row, "held": True})
        else:
            spans = zip(row["events"], own["places"], own["times"], strict=True)
            told.append({**row, "events": [{**event, "anchors": [places, times]} for event, places, times in spans]})
    return told


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument("--start", type=Path, help="a checkpoint whose averaged weights a new run starts from")
    parser.add_argument(
        "--teacher", type=Path, nargs="+", help="checkpoints to learn the answers of, the first a whole network's"
    )
    parser.add_argument("--namer", type=Path, help="an ONNX file of a network that has a say in its answers of names")
    parser.add_argument("--anchors", type=Path, help="which words name the places and times of events")
    parser.add_argument("--steps", type=int, help="other than the configuration's")
    parser.add_argument("--no-scores", action="store_true", help="leave the development data alone after an epoch")
    options = parser.parse_args(arguments)
    config = read_config(options.config)
    config["steps"] = options.steps or config["steps"]
    torch.set_num_threads(config["threads"])
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "pid").write_text(f"{os.getpid()}\n", encoding="utf-8")
    tokenizer, heads = open_tokenizer(options.encoder / "tokenizer.json"), Heads.of(config["heads"])
    rows = rows_of(config, options.data)
    if options.anchors:
        rows |= {name: anchored(rows[name], options.anchors) for name in ANNOTATED if name in rows}
    renewed: Callable[[int], Sequence[Document]] = lambda seed: ()  # noqa: E731
    if config["weights"].get("antecedents"):
        rows |= {name: [with_antecedents(row) for row in rows[name] if "events" in row] for name in ANNOTATED}
    if "swap" in config:
        places = large_places(GAZETTEER, config["swap"]["people"])
        renewed = Swap(rows.pop("names"), tokenizer, heads, config["swap"], places)
    documents = [document for name, found in rows.items() for document in read_documents(name, found, tokenizer, heads)]
    development = Development(options.data, tokenizer, heads, config["windows"]["read"])
    teachers = Teachers.open(options.teacher, options.namer, config) if options.teacher else None
    encoder = None if options.start else options.encoder / "model.safetensors"
    training = Training(config, documents, encoder, options.out, renewed, teachers)
    resumed = training.resume()
    if options.start and not resumed:
        training.start_from(options.start)
    with (options.out / "log.txt").open("a", encoding="utf-8", buffering=1) as log:
        begun = "goes on" if resumed else "starts"
        log.write(f"{begun} at step {training.step} of {config['steps']}, {time.ctime()}\n")
        for line in training.run():
            if line == "epoch" and options.no_scores:
                line = f"epoch {training.epoch} done, {time.ctime()}"
            elif line == "epoch":
                table = development.score(as_run(training.average))
                line = f"epoch {training.epoch} done, {time.ctime()}\n{show(table)}"
            log.write(line + "\n")


if __name__ == "__main__":
    main()
