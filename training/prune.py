"""Makes a network smaller: of each layer the heads of attention and the inner numbers that matter least go.

    python -m training.prune --data BENCH --encoder MINILM --start mixed/checkpoint.pt --out small/checkpoint.pt
        --config training/fifth.toml [--heads 0.65] [--inner 0.5]

How much one matters is how steeply the loss of what is taught falls and rises with it: the sum of the squared slopes
over some batches (after Michel, Levy and Neubig 2019, "Are Sixteen Heads Really Better than One?"). The shares that
stay are those of all layers together. Prints the sizes of the layers, for the configuration of the run that follows.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.data import Heads, Window, collate, epoch_windows, in_batches, read_documents
from training.network import HEAD, WHOLE, WIDTH, Reader, losses
from training.train import APART, open_tokenizer, read_config, rows_of

BATCHES = 110
"""How many batches what matters is weighed on: some minutes of work."""

EVEN = 32
"""The inner numbers of a layer are a multiple of this, which the processor multiplies as fast as a few less."""

Scores = list[tuple[Tensor, Tensor]]
"""How much each head of attention and each inner number of each layer matters."""


def weigh(reader: Reader, batches: Sequence[Sequence[Window]], config: dict[str, Any]) -> Scores:
    """How much each part of each layer matters for what some batches teach."""
    weights, found = config["weights"], [(torch.zeros(heads), torch.zeros(inner)) for heads, inner in WHOLE]
    tagged = [name for name in weights if name not in APART]
    for batch in batches:
        arrays = collate(batch, tagged)
        ids, features, mask = map(torch.from_numpy, (arrays.ids, arrays.features, arrays.mask))
        gates = [
            (torch.ones(heads, requires_grad=True), torch.ones(inner, requires_grad=True)) for heads, inner in WHOLE
        ]
        hooks = []
        for layer, (heads, inner) in zip(reader.encoder.layers, gates, strict=True):
            hooks += [_gated(layer.gather, heads.repeat_interleave(HEAD)), _gated(layer.narrow, inner)]
        scores = reader(ids, features, mask)
        labels = {name: torch.from_numpy(rows) for name, rows in arrays.labels.items()}
        lost = losses(scores, labels, torch.from_numpy(arrays.links), mask, 0.0)
        loss = sum((weights[name] * value for name, value in lost.items()), torch.zeros(())) / mask.sum()
        slopes = torch.autograd.grad(loss, [gate for pair in gates for gate in pair])
        for total, slope in zip((part for pair in found for part in pair), slopes, strict=True):
            total += slope**2
        for hook in hooks:
            hook.remove()
    return found


def _gated(product: nn.Module, gate: Tensor) -> Any:
    """Lets a gate on each number that a product is given."""
    return product.register_forward_pre_hook(lambda _, given: (given[0] * gate,))


def sizes_of(scores: Scores, heads: float, inner: float) -> list[tuple[int, int]]:
    """The sizes of the layers when such shares of all heads and of all inner numbers stay, those that matter most."""
    least = [torch.cat([own[part] for own in scores]).quantile(1 - share) for part, share in ((0, heads), (1, inner))]
    found = []
    for own in scores:
        kept, within = (int((each >= bound).sum()) for each, bound in zip(own, least, strict=True))
        found.append((max(1, kept), max(EVEN, round(within / EVEN) * EVEN)))
    return found


def cut(state: dict[str, Tensor], scores: Scores, sizes: Sequence[tuple[int, int]]) -> dict[str, Tensor]:
    """The state of the network without what matters least."""
    small = dict(state)
    for number, ((heads, inner), size) in enumerate(zip(scores, sizes, strict=True)):
        name = f"encoder.layers.{number}"
        parts = zip((heads, inner), size, strict=True)
        own, numbers = (each.topk(count).indices.sort().values for each, count in parts)
        columns = (own[:, None] * HEAD + torch.arange(HEAD)).flatten()
        rows = torch.cat([columns + part * WIDTH for part in range(3)])
        for part, kept in (("attend", rows), ("widen", numbers)):
            for end in ("weight", "bias"):
                small[f"{name}.{part}.{end}"] = state[f"{name}.{part}.{end}"][kept]
        small[f"{name}.gather.weight"] = state[f"{name}.gather.weight"][:, columns]
        small[f"{name}.narrow.weight"] = state[f"{name}.narrow.weight"][:, numbers]
    return small


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--encoder", "--start", "--out", "--config"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--heads", type=float, default=0.65)
    parser.add_argument("--inner", type=float, default=0.5)
    options = parser.parse_args(arguments)
    config = read_config(options.config)
    config["network"].pop("layers", None)
    tokenizer, heads = open_tokenizer(options.encoder / "tokenizer.json"), Heads.of(config["heads"])
    state = torch.load(options.start, weights_only=True)["average"]
    reader = Reader(heads, config["network"]).eval().requires_grad_(False)
    reader.load_state_dict(state)
    rows = rows_of(config, options.data)
    documents = [document for name, found in rows.items() for document in read_documents(name, found, tokenizer, heads)]
    shares = {dataset["name"]: dataset["share"] for dataset in config["dataset"]}
    found = epoch_windows(documents, shares, config["windows"], config["seed"])
    scores = weigh(reader, in_batches(found, config["windows"]["batch"], config["seed"])[:BATCHES], config)
    sizes = sizes_of(scores, options.heads, options.inner)
    print(f"layers = {[list(size) for size in sizes]}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"average": cut(state, scores, sizes)}, options.out)


if __name__ == "__main__":
    main()
