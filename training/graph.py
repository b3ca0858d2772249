"""The network as an ONNX graph, written with onnxruntime's fused operators and in whole numbers of eight bits.

What torch writes is taken apart into some seven hundred small operators; here each layer is eleven, and a pass takes
seven eighths of the time. The arithmetic is the network's own: the same inputs, the same outputs under the same names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save_model

from dateline.model import EMBEDDED
from dateline.reading.tags.pieces import FEATURES
from training.data import LINKS, SAME
from training.network import DISTANCES, EMBEDDED_AFTER, HEAD, LONGEST, WIDTH, Reader

MICROSOFT = "com.microsoft"
EPSILON = 1e-12
FLOATS, WHOLE, REDUCED = 32, 8, 7
"""The bits of weights that are not made smaller, of those that are, and of those for processors without VNNI."""
EMBEDDING = ["window", "piece", EMBEDDED]
"""The shape of the embeddings that a graph gives."""
Weights = dict[str, np.ndarray]
KINDS = LINKS[:SAME]
"""The kinds of link that the reader asks for; those between mentions of one event only help in training."""


class Graph:
    """The nodes and constants of a graph as they are written, one after another."""

    def __init__(self, bits: int) -> None:
        self.limit = 2 ** (bits - 1) - 1 if bits < FLOATS else 0
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def constant(self, name: str, value: np.ndarray) -> str:
        """Keeps a constant, and answers with its name."""
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(self, kind: str, *inputs: str, out: str, domain: str = "", **settings: Any) -> str:
        """Writes an operator with one output, and answers with the output's name."""
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=f"{out}:{kind}", domain=domain, **settings))
        return out

    def narrowed(self, name: str, table: np.ndarray, axis: int) -> tuple[str, str]:
        """A table in eight bits, and the scale of each of its rows or columns."""
        scale = np.maximum(np.abs(table).max(axis=1 - axis, keepdims=True), 1e-8) / self.limit
        whole = np.rint(table / scale).clip(-self.limit, self.limit).astype(np.int8)
        scales = scale.astype(np.float32)
        return self.constant(name, whole), self.constant(f"{name}.scale", scales if axis == 0 else scales.ravel())

    def linear(self, name: str, given: str, weight: np.ndarray, bias: np.ndarray | None) -> str:
        """A layer's product: by a matrix as torch keeps it, turned round."""
        last = [self.constant(f"{name}.bias", bias)] if bias is not None else []
        if not self.limit:
            product = self.node("MatMul", given, self.constant(name, weight.T), out=f"{name}.out")
            return self.node("Add", product, last[0], out=f"{name}.sum") if last else product
        matrix, scale = self.narrowed(name, weight.T, 1)
        zero = self.constant(f"{name}.zero", np.zeros(len(weight), dtype=np.int8))
        return self.node(
            "DynamicQuantizeMatMul", given, matrix, scale, zero, *last, out=f"{name}.out", domain=MICROSOFT
        )

    def embedded(self, name: str, table: np.ndarray, numbers: str) -> str:
        """The rows of a table that some numbers name."""
        if not self.limit:
            return self.node("Gather", self.constant(name, table), numbers, out=f"{name}.out")
        whole, scale = self.narrowed(name, table, 0)
        rows = self.node("Gather", whole, numbers, out=f"{name}.rows")
        rows = self.node("Cast", rows, out=f"{name}.floats", to=TensorProto.FLOAT)
        return self.node("Mul", rows, self.node("Gather", scale, numbers, out=f"{name}.scales"), out=f"{name}.out")

    def normed(self, name: str, *parts: str, weights: Weights) -> str:
        """The sum of some vectors, normalised.

        Sum, not Add: onnxruntime fuses an Add and a LayerNormalization into an operator that takes five times as long.
        """
        total = self.node("Sum", *parts, out=f"{name}.sum")
        own = [self.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.node("LayerNormalization", total, *own, out=f"{name}.out", epsilon=EPSILON)


def _embeddings(graph: Graph, weights: Weights, length: str) -> str:
    """The pieces as vectors: the word, its features and its place."""
    sizes = list(FEATURES.values())
    tables = [weights[f"encoder.features.{number}.weight"] for number in range(len(sizes))]
    every = np.zeros((1, WIDTH), dtype=np.float32)
    for table in tables:
        every = (every[:, None] + table[None]).reshape(-1, WIDTH)
    steps = np.array([math.prod(sizes[number + 1 :]) for number in range(len(sizes))], dtype=np.int64)
    number = graph.node("Mul", "features", graph.constant("feature_steps", steps), out="feature_parts")
    axis = graph.constant("last_axis", np.array([-1], dtype=np.int64))
    number = graph.node("ReduceSum", number, axis, out="feature_number", keepdims=0)
    words = graph.embedded("encoder.words", weights["encoder.words.weight"], "ids")
    about = graph.node("Gather", graph.constant("encoder.features", every), number, out="feature_rows")
    places = graph.constant("encoder.places", weights["encoder.places.weight"])
    zero = graph.constant("zero", np.array([0], dtype=np.int64))
    rows = graph.node("Slice", places, zero, length, zero, out="place_rows")
    return graph.normed("encoder.norm", words, about, rows, weights=weights)


def _layer(graph: Graph, name: str, hidden: str, weights: Weights) -> str:
    """One layer of the encoder."""

    def linear(part: str, given: str) -> str:
        return graph.linear(f"{name}.{part}", given, weights[f"{name}.{part}.weight"], weights[f"{name}.{part}.bias"])

    heads = len(weights[f"{name}.attend.bias"]) // (3 * HEAD)
    seen = linear("gather", _attention(graph, name, linear("attend", hidden), heads))
    hidden = graph.normed(f"{name}.first_norm", seen, hidden, weights=weights)
    wide = graph.node("Gelu", linear("widen", hidden), out=f"{name}.wide", domain=MICROSOFT)
    return graph.normed(f"{name}.second_norm", linear("narrow", wide), hidden, weights=weights)


def _attention(graph: Graph, name: str, three: str, heads: int) -> str:
    """What each piece gathers by so many heads; a batch without padding takes the quicker way that knows no mask."""
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [three], parts, axis=2, num_outputs=3, name=f"{name}.three:Split"))
    ways = {}
    for way, mask in (("then_branch", []), ("else_branch", ["", "barred"])):
        out = f"{name}.{way}"
        node = helper.make_node(
            "MultiHeadAttention", [*parts, *mask], [out], name=f"{out}:MultiHeadAttention", domain=MICROSOFT,
            num_heads=heads,
        )  # fmt: skip
        ways[way] = helper.make_graph([node], out, [], [helper.make_tensor_value_info(out, TensorProto.FLOAT, None)])
    return graph.node("If", "full", out=f"{name}.seen", **ways)


def buckets() -> np.ndarray:
    """The bucket of each distance that a link can span, the furthest back first."""
    steps = np.arange(-LONGEST + 1, LONGEST)
    size = np.abs(steps).astype(np.float32)
    bucket = np.where(size < 8, size, 8 + np.log2(np.maximum(size, 8) / 8) * 4).clip(max=DISTANCES - 1).astype(int)
    found: np.ndarray = bucket + (steps < 0) * DISTANCES
    return found


def _links(graph: Graph, leave: str, reach: str, length: str, weights: Weights, width: int) -> None:
    """The scores of the links, as ``training.network.Links`` makes them."""
    shape = graph.constant("link_shape", np.array([0, 0, len(KINDS), width], dtype=np.int64))
    leave = graph.node("Reshape", leave, shape, out="leave_parts")
    reach = graph.node("Reshape", reach, shape, out="reach_parts")
    leave = graph.node("Transpose", leave, out="leave_turned", perm=[0, 2, 1, 3])
    reach = graph.node("Transpose", reach, out="reach_turned", perm=[0, 2, 3, 1])
    scores = graph.node("FusedMatMul", leave, reach, out="link_scores", domain=MICROSOFT, alpha=width**-0.5)
    table = graph.constant("link_distances", weights["links.distance"][:, buckets()])
    first, one, middle = (graph.constant(f"number_{n}", np.array(n, dtype=np.int64)) for n in (0, 1, LONGEST - 1))
    last = graph.node("Squeeze", length, out="length_number")
    to = graph.node("Range", first, last, one, out="link_to")
    column = graph.constant("column", np.array([1], dtype=np.int64))
    start = graph.node("Unsqueeze", to, column, out="link_from")
    apart = graph.node("Add", graph.node("Sub", to, start, out="steps"), middle, out="step_rows")
    graph.node("Add", scores, graph.node("Gather", table, apart, out="distances", axis=1), out="links")


def _after(layer: int) -> str:
    """The name of what a layer makes of the pieces, by its number from 1."""
    return f"encoder.layers.{layer - 1}.second_norm.out"


def _embedding(graph: Graph, weights: Weights) -> None:
    """An embedding a piece, from what some of the layers make of it."""
    lower = graph.node("Concat", *map(_after, EMBEDDED_AFTER), out="embed.lower", axis=-1)
    embedded = graph.linear("embed", lower, weights["embed.weight"], weights["embed.bias"])
    graph.node("Identity", embedded, out="embedding")


def build(reader: Reader, outputs: Sequence[str], bits: int) -> Any:
    """The graph of a network: with weights of so many bits, or in floats."""
    weights = {name: value.numpy() for name, value in reader.state_dict().items()}
    for name in ("links.leave", "links.reach"):
        for part in ("weight", "bias"):
            weights[f"{name}.{part}"] = weights[f"{name}.{part}"][: len(KINDS) * reader.links.width]
    weights["links.distance"] = weights["links.distance"][: len(KINDS)]
    graph = Graph(bits)
    shape = graph.node("Shape", "ids", out="length", start=1, end=2)
    hidden = _embeddings(graph, weights, shape)
    graph.node("Cast", "mask", out="barred", to=TensorProto.INT32)
    graph.node("Cast", graph.node("ReduceMin", "mask", out="least", keepdims=0), out="full", to=TensorProto.BOOL)
    for number in range(len(reader.encoder.layers)):
        hidden = _layer(graph, f"encoder.layers.{number}", hidden, weights)
    _embedding(graph, weights)
    heads = [name for name in outputs if name != "links"]
    rows = [*(f"heads.{name}" for name in heads), "links.leave", "links.reach"]
    matrix = np.concatenate([weights[f"{row}.weight"] for row in rows])
    bias = np.concatenate([weights[f"{row}.bias"] for row in rows])
    every = graph.linear("heads", hidden, matrix, bias)
    sizes = graph.constant("head_sizes", np.array([len(weights[f"{row}.bias"]) for row in rows], dtype=np.int64))
    split = helper.make_node("Split", [every, sizes], [*heads, "leave", "reach"], axis=2, name="heads:Split")
    graph.nodes.append(split)
    _links(graph, "leave", "reach", shape, weights, reader.links.width)
    return _model(graph, {name: len(weights[f"heads.{name}.bias"]) for name in heads}, [*outputs, "embedding"])


def _model(graph: Graph, sizes: dict[str, int], outputs: Sequence[str]) -> Any:
    whole, floats = TensorProto.INT64, TensorProto.FLOAT
    shapes = {name: ["window", "piece", size] for name, size in sizes.items()}
    shapes["embedding"] = EMBEDDING
    shapes["links"] = ["window", len(KINDS), "piece", "piece"]
    inputs = {"ids": ["window", "piece"], "features": ["window", "piece", len(FEATURES)], "mask": ["window", "piece"]}
    made = helper.make_graph(
        graph.nodes, "reader",
        [helper.make_tensor_value_info(name, whole, shape) for name, shape in inputs.items()],
        [helper.make_tensor_value_info(name, floats, shapes[name]) for name in outputs],
        list(graph.constants.values()),
    )  # fmt: skip
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=8, producer_name="dateline")


def give_embedding(model: Any, weights: Weights, bits: int) -> Any:
    """A graph that was written before with another embedding, or without any; all else in it stays to the bit."""
    graph = Graph(bits)
    _embedding(graph, weights)
    given = {node.name for node in graph.nodes}
    old = model.graph
    nodes = [node for node in old.node if node.name not in given]
    after = next(number for number, node in enumerate(nodes) if _after(max(EMBEDDED_AFTER)) in node.output) + 1
    constants = [each for each in old.initializer if each.name not in graph.constants]
    outputs = [output for output in old.output if output.name != "embedding"]
    made = helper.make_graph(
        [*nodes[:after], *graph.nodes, *nodes[after:]], old.name, list(old.input),
        [*outputs, helper.make_tensor_value_info("embedding", TensorProto.FLOAT, EMBEDDING)],
        [*constants, *graph.constants.values()],
    )  # fmt: skip
    return helper.make_model(
        made, opset_imports=list(model.opset_import), ir_version=model.ir_version, producer_name=model.producer_name
    )


def write(reader: Reader, outputs: Sequence[str], path: Path, bits: int) -> None:
    """Writes a network as an ONNX file."""
    model = build(reader, outputs, bits)
    checker.check_model(model)
    save_model(model, str(path))
