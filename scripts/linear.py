"""Fits linear models by gradient descent with numpy, for the training commands; not needed at run time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

BIAS = "bias"
Weights = dict[str, dict[str, float]]


def fit(
    rows: Sequence[Sequence[str]],
    labels: Sequence[str],
    importance: Sequence[float] | None = None,
    *,
    beside: Sequence[Mapping[str, float]] | None = None,
    ridge: float = 1.0,
    least: int = 2,
    steps: int = 250,
    rate: float = 0.1,
) -> Weights:
    """The weights of a softmax regression with an L2 penalty; features seen fewer than ``least`` times are left out.

    ``beside`` has what else speaks for the classes of each row, as log odds: the weights are what is to be added. Where
    the labels are "yes" and "no", only the difference is kept, under "yes".
    """
    counts = Counter(feature for row in rows for feature in set(row))
    names = [BIAS, *sorted(feature for feature, count in counts.items() if count >= least and feature != BIAS)]
    column = {name: number for number, name in enumerate(names)}
    classes = sorted(set(labels))
    held = [[0, *sorted({column[feature] for feature in row if feature in column and feature != BIAS})] for row in rows]
    wanted = np.eye(len(classes), dtype=np.float32)[[classes.index(label) for label in labels]]
    heft = np.asarray(importance if importance is not None else [1.0] * len(rows), dtype=np.float32)[:, None]
    told = [[each.get(label, 0.0) for label in classes] for each in beside or [{}] * len(rows)]
    weights = _descend(held, len(names), wanted, heft, np.asarray(told, dtype=np.float32), ridge, steps, rate)
    return _named(weights, names, classes)


def _descend(
    held: list[list[int]], size: int, wanted: np.ndarray, heft: np.ndarray, told: np.ndarray, ridge: float, steps: int,
    rate: float,
) -> np.ndarray:  # fmt: skip
    """Adam over all rows at once, in single precision; ``held`` has the columns of the features that each row holds.

    ``told`` is added to the scores of each row.
    """
    columns = np.array([column for row in held for column in row], dtype=np.int64)
    firsts = np.cumsum([0, *(len(row) for row in held[:-1])])
    row_of = np.repeat(np.arange(len(held)), [len(row) for row in held])
    weights = np.zeros((size, wanted.shape[1]), dtype=np.float32)
    mean: np.ndarray = np.zeros_like(weights)
    square: np.ndarray = np.zeros_like(weights)
    shrink = np.full((size, 1), ridge, dtype=np.float32)
    shrink[0] = 0
    for step in range(1, steps + 1):
        scores = np.add.reduceat(weights[columns], firsts, axis=0) + told
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        off = ((chances - wanted) * heft)[row_of]
        counted = np.stack([np.bincount(columns, each, size) for each in off.T], axis=1)
        slope = counted.astype(np.float32) + shrink * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        pace = rate * (0.02 ** (step / steps))
        weights -= pace * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def _named(weights: np.ndarray, names: list[str], classes: list[str]) -> Weights:
    found: Weights = {}
    for name, row in zip(names, weights, strict=True):
        if classes == ["no", "yes"]:
            values = {"yes": round(float(row[1] - row[0]), 3)}
        else:
            values = {label: round(float(value), 3) for label, value in zip(classes, row, strict=True)}
        kept = {label: value for label, value in values.items() if abs(value) >= 0.02}
        if kept:
            found[name] = kept
    return found
