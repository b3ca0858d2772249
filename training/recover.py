"""Writes a checkpoint from the network that ships, so that training can go on from it where no checkpoint is at hand.

    python -m training.recover --model src/dateline/data/models/reader/reader.onnx --out RUN/start.pt

Each weight comes back as what its eight bits stand for; the F1 of names changes by 0.1 or so.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from dateline.reading.tags.pieces import FEATURES
from training.data import Heads
from training.graph import buckets
from training.network import DISTANCES, Reader
from training.train import read_config


def recover(model: Any, config: dict[str, Any]) -> dict[str, Tensor]:
    """The state of the network that a graph of ``training.graph`` holds."""
    stored = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    reader = Reader(Heads.of(config["heads"]), config["network"])
    for head in set(reader.heads) - {output.name for output in model.graph.output}:
        del reader.heads[head]
    shapes = {name: value.shape for name, value in reader.named_parameters()}
    state: dict[str, np.ndarray] = {}
    for name in shapes:
        layer, _, part = name.rpartition(".")
        if name in stored:
            state[name] = stored[name]
        elif part == "weight" and layer in stored:
            state[name] = _whole(stored, layer)
        elif layer == "embed":  # written before there was any
            state[name] = np.zeros(shapes[name], dtype=np.float32)
    state |= _features(stored["encoder.features"]) | _heads(stored, [name for name in shapes if name not in state])
    distance = np.zeros((len(stored["link_distances"]), 2 * DISTANCES), dtype=np.float32)
    distance[:, buckets()] = stored["link_distances"]
    state["links.distance"] = distance
    return {name: torch.from_numpy(state[name].copy()) for name in shapes}


def _whole(stored: dict[str, np.ndarray], layer: str) -> np.ndarray:
    """A layer's weights as torch keeps them: matrices are turned in the graph, tables are not."""
    value = stored[layer].astype(np.float32) * stored.get(f"{layer}.scale", np.float32(1))
    return value if layer in ("encoder.words", "encoder.places") else value.T


def _features(every: np.ndarray) -> dict[str, np.ndarray]:
    """The table of each feature, from that of all features together; what they have in common goes to the first."""
    sizes = list(FEATURES.values())
    found = {}
    for number, size in enumerate(sizes):
        rows = every[:: math.prod(sizes[number + 1 :])][:size]
        found[f"encoder.features.{number}.weight"] = rows - (every[0] if number else 0)
    return found


def _heads(stored: dict[str, np.ndarray], names: Sequence[str]) -> dict[str, np.ndarray]:
    """The heads' weights and biases, which the graph keeps side by side."""
    layers = [name.removesuffix(".weight") for name in names if name.endswith(".weight") and "features" not in name]
    edges = np.cumsum(stored["head_sizes"])[:-1]
    parts = {"weight": np.split(_whole(stored, "heads"), edges), "bias": np.split(stored["heads.bias"], edges)}
    return {f"{layer}.{part}": rows[n] for n, layer in enumerate(layers) for part, rows in parts.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--model", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    options = parser.parse_args(arguments)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"average": recover(onnx.load(str(options.model)), read_config(options.config))}, options.out)


if __name__ == "__main__":
    main()
