"""Teaches the upper layers of a trained network the ledger's events, without its forgetting names and attributions.

    python -m training.tune --data BENCH --encoder MINILM --start start.pt --out tuned/checkpoint.pt [--epochs N]
        [--without 0]

The lower layers stay as they are, so that their output is worked out once. What the heads of names and attributions,
and the links of these, said of the texts before is what they are held to; only the events of the texts are learned
from: the ledger's, and those of ``training.annotated``; with --without, not from those of one half of the reports.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from dateline.reading.tags.pieces import windows
from training.annotated import annotated_rows, half_of
from training.data import ROLES, SAME, Document, Heads, Window, collate, in_batches, read_documents, read_rows
from training.network import Reader, bar, dropping, keep, losses, widened
from training.train import open_tokenizer, read_config

TAUGHT = ("happenings", "status", "types")
HELD = ("names", "attribution")
CONFIG = Path(__file__).with_name("tune.toml")


@dataclass(frozen=True)
class Kept:
    """A batch as the lower layers leave it, what is taught of it, and what the network said of it before."""

    hidden: Tensor
    barred: Tensor
    mask: Tensor
    labels: dict[str, Tensor]
    roles: Tensor
    pairs: Tensor
    said: dict[str, Tensor]


class Tuning:
    """The network, the layers and heads that learn, and their averaged copy."""

    def __init__(self, config: dict[str, Any], start: dict[str, Tensor]) -> None:
        torch.manual_seed(config["seed"])
        self.config = config
        self.reader = Reader(Heads.of(config["heads"]), config["network"]).eval()
        self.reader.load_state_dict(widened(self.reader.state_dict(), start))
        settings, upper = config["optimiser"], self.reader.encoder.layers[config["lower"] :]
        slow = [*upper.parameters(), *(each for head in HELD for each in self.reader.heads[head].parameters())]
        fast = [each for head in TAUGHT for each in self.reader.heads[head].parameters()]
        fast += self.reader.links.parameters()
        self.taught = [*slow, *fast]
        for weight in self.reader.parameters():
            weight.requires_grad_(False)
        for weight in self.taught:
            weight.requires_grad_(True)
        rates = ((slow, settings["encoder_rate"]), (fast, settings["head_rate"]))
        self.optimiser = torch.optim.AdamW(
            [{"params": weights, "lr": rate, "base": rate} for weights, rate in rates],
            weight_decay=settings["weight_decay"],
        )
        self.average = [weight.detach().clone() for weight in self.taught]

    @torch.no_grad()
    def lower(self, batch: Sequence[Window]) -> Kept:
        """What does not change while the upper layers learn."""
        arrays, encoder = collate(batch, TAUGHT), self.reader.encoder
        ids, features, mask = map(torch.from_numpy, (arrays.ids, arrays.features, arrays.mask))
        barred = bar(mask, torch.float32)
        hidden = encoder.rise(encoder.embed(ids, features), barred, keep, end=self.config["lower"])
        top = self.upper(hidden, barred, None)
        said = {head: self.reader.heads[head](top) for head in HELD} | {"links": self.reader.links(top)[:, :ROLES]}
        links = torch.from_numpy(arrays.links)
        return Kept(
            hidden.half(), barred, mask, {name: torch.from_numpy(rows) for name, rows in arrays.labels.items()},
            links[links[:, 1] >= ROLES], torch.from_numpy(arrays.pairs),
            {name: value.half() for name, value in said.items()},
        )  # fmt: skip

    def upper(self, hidden: Tensor, barred: Tensor, seed: int | None) -> Tensor:
        """The pieces as the upper layers leave them; with a seed, after dropping some of what they are told."""
        drop = dropping(self.config["network"]["inner_dropout"], seed)
        return self.reader.encoder.rise(hidden, barred, drop, first=self.config["lower"])

    def loss(self, kept: Kept, seed: int) -> Tensor:
        """How far the network is from what is taught of a batch, and from what it said before, a piece."""
        weights, mask = self.config["weights"], kept.mask
        top = self.upper(kept.hidden.float(), kept.barred, seed)
        told = dropping(self.config["network"]["dropout"], seed + 1)(top)
        scores = {head: self.reader.heads[head](told) for head in TAUGHT} | {"links": self.reader.links(told)}
        found = losses(scores, kept.labels, kept.roles, mask, self.config["optimiser"]["smoothing"])
        loss = sum((weights[name] * value for name, value in found.items() if name != "links"), torch.zeros(()))
        for head in HELD:
            loss = loss + weights["kept"] * (_apart(kept.said[head].float(), self.reader.heads[head](top)) * mask).sum()
        if len(kept.pairs):
            window, later, earlier, one = kept.pairs.T
            given = scores["links"][window, SAME, later, earlier]
            lost = nn.functional.binary_cross_entropy_with_logits(given, one.float(), reduction="sum")
            loss = loss + weights["pairs"] * lost
        links = _apart(kept.said["links"].float() + kept.barred, self.reader.links(top)[:, :ROLES] + kept.barred)
        return (loss + weights["links"] * (links * mask[:, None, :]).sum()) / mask.sum()

    def run(self, batches: Sequence[Kept], epochs: int) -> Iterator[str]:
        """Learns; yields a line an epoch."""
        settings, step, total = self.config["optimiser"], 0, epochs * len(batches)
        for epoch in range(epochs):
            order, lost = list(range(len(batches))), 0.0
            random.Random(epoch).shuffle(order)  # noqa: S311
            for number in order:
                pace = min(1.0, (step + 1) / (settings["warm_up"] * total)) * max(0.02, 1 - step / total)
                for group in self.optimiser.param_groups:
                    group["lr"] = group["base"] * pace
                loss = self.loss(batches[number], self.config["seed"] * 100_003 + 2 * step)
                self.optimiser.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(self.taught, settings["clip"])
                self.optimiser.step()
                step += 1
                decay = min(settings["average"], (1 + step) / (10 + step))
                with torch.no_grad():
                    for ours, theirs in zip(self.average, self.taught, strict=True):
                        ours.lerp_(theirs, 1 - decay)
                lost += loss.item()
            yield f"epoch {epoch + 1} of {epochs}, {time.ctime()}: loss {lost / len(batches):.4f} a piece"

    def averaged(self) -> dict[str, Tensor]:
        """The network's weights, those that learn averaged over their last steps."""
        with torch.no_grad():
            for weight, mean in zip(self.taught, self.average, strict=True):
                weight.copy_(mean)
        return self.reader.state_dict()


def _apart(before: Tensor, now: Tensor) -> Tensor:
    """How far two rows of scores are from each other, as the divergence of Kullback and Leibler."""
    likely = before.softmax(-1)
    return (likely * (likely.clamp(min=1e-6).log() - now.log_softmax(-1))).sum(-1)


def cut(documents: Sequence[Document], config: dict[str, Any]) -> Iterator[list[Window]]:
    """The windows of the documents in batches of like length."""
    for limit in config["limits"]:
        found = [Window(document, *place) for document in documents for place in windows(document.pieces, limit)]
        yield from in_batches(found, config["batch"], config["seed"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--encoder", "--start", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--epochs", type=int, help="other than the configuration's")
    parser.add_argument("--without", type=int, choices=(0, 1), help="the half of the reports to leave out")
    options = parser.parse_args(arguments)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    config = read_config(options.config)
    torch.set_num_threads(1)
    tokenizer, heads = open_tokenizer(options.encoder / "tokenizer.json"), Heads.of(config["heads"])
    ledger = read_rows(options.data / "ledger/train.jsonl")
    others = annotated_rows(read_rows(options.data / "names/train.jsonl"))
    own, annotated = (
        read_documents(name, (row for row in rows if half_of(row["id"]) != options.without), tokenizer, heads)
        for name, rows in (("ledger", ledger), ("annotated", others))
    )
    documents = [*own * config["ledger"], *annotated]
    tuning = Tuning(config, torch.load(options.start, weights_only=True)["average"])
    batches = [tuning.lower(batch) for batch in cut(documents, config)]
    for line in tuning.run(batches, options.epochs or config["epochs"]):
        print(line, flush=True)
    torch.save({"average": tuning.averaged()}, options.out)


if __name__ == "__main__":
    main()
