"""Learns what the mentions of one happening have in common: an embedding of each, by which they lie near each other.

    python -m training.embed --data BENCH --encoder MINILM --start mixed/checkpoint.pt --out embedded/checkpoint.pt
        --config training/fifth.toml [--without 0]

Nothing else of the network changes: what some of its layers make of a mention's words is turned and narrowed by one
matrix. With ``--into reader.onnx`` that file is given it too, and all else in it stays to the bit. It is learned from
ECB+'s training topics, whose reports tell of the same happenings, and, as these are few, from the mentions within each
of the annotated reports; with ``--without``, of those of one half (for ``scripts.train_events``, which asks how near
mentions lie that were not learned from). A minute of work.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dateline.model import EMBEDDED
from dateline.reading.tags.pieces import windows
from training import graph
from training.annotated import half_of
from training.data import Document, Heads, Row, Window, collate, read_documents
from training.network import Reader, widened
from training.train import open_tokenizer, read_config, rows_of

EPOCHS, RATE, DECAY, DROPPED = 60, 1e-3, 0.05, 0.3

SHARPNESS = 10.0
"""What a cosine is multiplied by where a mention is asked which of all others are of its happening."""

SURENESS = 4.0
"""How much more it weighs whether each pair is rightly told, by one bound for all."""

REPORTS, WITHIN = 3, 0.5
"""So many annotated reports beside each topic, and what all of them together weigh."""

Mention = tuple[int, int, str]
"""Where a mention starts and ends in its text, and what it tells of."""

Group = tuple[Tensor, Tensor]
"""Mentions that are held against each other: what the network makes of each, and the number of what it tells of."""


def across(rows: Sequence[Row]) -> Iterator[tuple[str, Row, list[Mention]]]:
    """The topic, the report and the mentions of each of ECB+'s reports."""
    for row in rows:
        yield row["topic"], row, [(each["start"], each["end"], each["cluster"]) for each in row["events"]]


def within(rows: Sequence[Row]) -> Iterator[tuple[str, Row, list[Mention]]]:
    """Each annotated report as a topic of its own, and its mentions."""
    for row in rows:
        told = [
            (mention, str(n)) for n, event in enumerate(row["events"]) for mention in (event["trigger"], *event["also"])
        ]
        yield row["id"], row, [(start, end, event) for (start, end), event in told]


@torch.no_grad()
def states(reader: Reader, document: Document, mentions: Sequence[Mention], limit: int) -> Iterator[tuple[Tensor, str]]:
    """What some of the layers make of each mention, the mean of its words, and what it tells of."""
    for start, end in windows(document.pieces, limit):
        arrays = collate([Window(document, start, end)])
        ids, features, mask = map(torch.from_numpy, (arrays.ids, arrays.features, arrays.mask))
        hidden = reader.lower(reader.layers(ids, features, mask))[0]
        for *span, event in mentions:
            words = document.words_in(*span)
            words = words[(words >= start) & (words < end)]
            if len(words):
                yield hidden[torch.from_numpy(words - start + 1)].mean(0), event


def gather(
    reader: Reader, dataset: str, found: Iterator[tuple[str, Row, list[Mention]]], tokenizer: Any, config: Row
) -> list[Group]:
    """The mentions of each topic."""
    topics: dict[str, list[tuple[Tensor, str]]] = {}
    heads = Heads.of(config["heads"])
    for topic, row, mentions in found:
        for document in read_documents(dataset, [row], tokenizer, heads):
            topics.setdefault(topic, []).extend(states(reader, document, mentions, config["windows"]["read"]))
    groups = []
    for told in topics.values():
        numbers = {event: number for number, event in enumerate(dict.fromkeys(event for _, event in told))}
        if len(told) > 1:
            groups.append((torch.stack([state for state, _ in told]), torch.tensor([numbers[e] for _, e in told])))
    return groups


def apart(vectors: Tensor, events: Tensor, bound: Tensor) -> Tensor:
    """How wrongly mentions lie: pair by pair, and, of each mention that has others of its event, among all others.

    The second is the supervised contrastive loss (Khosla et al. 2020). ``bound`` has what a cosine is multiplied by and
    what is added, to be the log odds of one event.
    """
    others = ~torch.eye(len(events), dtype=torch.bool)
    same, cosine = (events[:, None] == events[None]) & others, vectors @ vectors.T
    odds = bound[0] * cosine + bound[1]
    pairs = F.binary_cross_entropy_with_logits(odds[others], same[others].float())
    likely = (cosine * SHARPNESS).masked_fill(~others, -1e9).log_softmax(-1)
    some = same.any(1)
    if not some.any():
        return SURENESS * pairs
    return SURENESS * pairs - ((likely * same).sum(1)[some] / same.sum(1)[some]).mean()


def learn(topics: Sequence[Group], reports: Sequence[Group], seed: int, epochs: int = EPOCHS) -> tuple[Tensor, Tensor]:
    """The matrix and the bias that make embeddings of states."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311
    every = torch.cat([each for each, _ in topics])
    mean, spread = every.mean(0), every.std(0)
    turn = nn.Linear(every.shape[1], EMBEDDED)
    drop = nn.Dropout(DROPPED)
    bounds = [nn.Parameter(torch.tensor([8.0, -5.0])) for _ in range(2)]
    optimiser = torch.optim.AdamW([*turn.parameters(), *bounds], lr=RATE, weight_decay=DECAY)

    def loss(group: Group, bound: Tensor) -> Tensor:
        return apart(F.normalize(turn(drop((group[0] - mean) / spread)), dim=-1), group[1], bound)

    order, steps = list(topics), epochs * len(topics)
    for step in range(steps):
        if step % len(order) == 0:
            chance.shuffle(order)
        lost = loss(order[step % len(order)], bounds[0])
        for report in chance.sample(list(reports), min(REPORTS, len(reports))):
            lost = lost + WITHIN / REPORTS * loss(report, bounds[1])
        optimiser.zero_grad()
        lost.backward()
        optimiser.param_groups[0]["lr"] = RATE * max(0.02, 1 - step / steps)
        optimiser.step()
    weight = turn.weight.detach() / spread
    return weight, turn.bias.detach() - weight @ mean


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--encoder", "--start", "--out", "--config"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--into", type=Path, help="an ONNX file, as training.export --reduced writes it")
    parser.add_argument("--without", type=int, choices=(0, 1), help="the half of the annotated reports to leave out")
    options = parser.parse_args(arguments)
    config = read_config(options.config)
    tokenizer = open_tokenizer(options.encoder / "tokenizer.json")
    reader = Reader(Heads.of(config["heads"]), config["network"]).eval()
    state = widened(reader.state_dict(), torch.load(options.start, weights_only=True)["average"])
    reader.load_state_dict(state)
    rows = rows_of(config, options.data)
    topics = gather(reader, "corroboration", across(rows["corroboration"]), tokenizer, config)
    told = (row for name in ("names", "ledger", "annotated", "invented") for row in rows.get(name, ()))
    annotated = [row for row in told if "events" in row and half_of(row["id"]) != options.without]
    reports = gather(reader, "annotated", within(annotated), tokenizer, config)
    weight, bias = learn(topics, reports, config["seed"])
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"average": {**state, "embed.weight": weight, "embed.bias": bias}}, options.out)
    if options.into:
        weights = {"embed.weight": weight.numpy(), "embed.bias": bias.numpy()}
        onnx.save_model(graph.give_embedding(onnx.load(options.into), weights, graph.REDUCED), options.into)
    of_topics, of_reports = (sum(len(events) for _, events in groups) for groups in (topics, reports))
    print(f"learned from {of_topics} mentions across reports and {of_reports} within")


if __name__ == "__main__":
    main()
