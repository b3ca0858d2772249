"""Writes a checkpoint from the network that ships, so that training can go on where its own checkpoint is lost.

    python -m training.recover --encoder MINILM --model src/dateline/data/models/reader/reader.onnx --out RUN/start.pt

Weights come back as what their eight bits stand for. Those of the embeddings lie anywhere within a step of that; the
point nearest to what MiniLM published is taken, since training moves most of them little or not at all.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.data import Heads
from training.network import Reader, load_encoder
from training.train import read_config


def weights_of(model: Any) -> dict[str, Tensor]:
    """The weights of a network in eight bits as floats, by their names in torch."""
    stored = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    state: dict[str, Tensor] = {}
    for name, value in stored.items():
        if name.endswith("_quantized"):
            base = name.removesuffix("_quantized")
            zero = stored[base + "_zero_point"].astype(np.float32)
            whole = (value.astype(np.float32) - zero) * stored[base + "_scale"]
            state[base] = torch.from_numpy(whole)
        elif not name.endswith(("_scale", "_zero_point")):
            state[name] = torch.from_numpy(value.copy())
    return {key.removeprefix("reader."): value for key, value in _named(model, state).items()}


def _named(model: Any, state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The matrices under the names of the layers that multiply by them, turned as torch keeps them."""
    named = {}
    layers = {
        name.removesuffix("_quantized"): node.name
        for node in model.graph.node
        if node.op_type == "MatMulInteger"
        for name in node.input
    }
    for name, value in state.items():
        if not name.startswith("onnx::"):
            named[name] = value
            continue
        layer = layers[name].removeprefix("/reader/").removesuffix("/MatMul_quant").replace("/", ".")
        layer = layer if layer.startswith(("encoder.", "links.")) else f"heads.{layer}"
        named[f"reader.{layer}.weight"] = value.T.contiguous()
    return named


def nearest(shipped: Tensor, published: Tensor, step: float) -> Tensor:
    """The published weights, moved only as far as the shipped ones ask for."""
    return published.clamp(shipped - step / 2, shipped + step / 2)


def recover(path: Path, encoder: Path, config: dict[str, Any]) -> dict[str, Tensor]:
    """The state of the network that a file holds."""
    reader = Reader(Heads.of(config["heads"]), config["network"])
    load_encoder(reader.encoder, encoder)
    published = reader.state_dict()
    model = onnx.load(str(path))
    state = weights_of(model)
    for item in model.graph.initializer:
        if item.name in ("reader.encoder.words.weight_scale", "reader.encoder.places.weight_scale"):
            name = item.name.removeprefix("reader.").removesuffix("_scale")
            state[name] = nearest(state[name], published[name], float(numpy_helper.to_array(item)))
    reader.load_state_dict(state)
    return reader.state_dict()


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--encoder", "--model", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    options = parser.parse_args(arguments)
    state = recover(options.model, options.encoder / "model.safetensors", read_config(options.config))
    torch.save({"average": state}, options.out)


if __name__ == "__main__":
    main()
