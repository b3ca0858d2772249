"""Grows gradient-boosted trees with numpy, for the training commands; not needed at run time.

Each tree asks the same question of all nodes on one level, so a tree of depth four is four questions and sixteen
values: little to store, quick to ask of many rows at once, and slow to learn by heart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

BINS = 32


class Grown(NamedTuple):
    """Trees of one depth: the column and the least value of each question, and the value of each leaf, by tree.

    A row goes to the leaf whose number has bit ``level`` set where its value in the column is at least that.
    """

    columns: np.ndarray
    least: np.ndarray
    values: np.ndarray
    bias: float

    def answer(self, rows: np.ndarray) -> np.ndarray:
        """The log odds of each row."""
        leaf = np.zeros((len(rows), len(self.values)), dtype=np.int64)
        for level in range(self.columns.shape[1]):
            leaf |= (rows[:, self.columns[:, level]] >= self.least[:, level]).astype(np.int64) << level
        return np.asarray(self.bias + self.values[np.arange(len(self.values)), leaf].sum(axis=1))


def grow(
    rows: np.ndarray,
    labels: np.ndarray,
    *,
    trees: int = 150,
    depth: int = 4,
    rate: float = 0.1,
    ridge: float = 10.0,
    heft: np.ndarray | None = None,
) -> Grown:
    """Trees that give the log odds of the labels, one after another on what those before it leave."""
    edges = [_edges(rows[:, column]) for column in range(rows.shape[1])]
    binned = np.stack([np.searchsorted(edge, rows[:, column], side="right") for column, edge in enumerate(edges)])
    wanted = labels.astype(np.float64)
    weight = np.ones(len(rows)) if heft is None else heft
    bias = float(np.log((weight @ wanted) / (weight @ (1 - wanted))))
    odds = np.full(len(rows), bias)
    columns, least, values = [], [], []
    for _ in range(trees):
        chance = 1 / (1 + np.exp(-odds))
        slope, bend = (wanted - chance) * weight, np.maximum(1e-6, chance * (1 - chance)) * weight
        asked, leaf = _questions(binned, slope, bend, edges, depth, ridge)
        leaves = 1 << depth
        value = rate * np.bincount(leaf, slope, leaves) / (np.bincount(leaf, bend, leaves) + ridge)
        odds += value[leaf]
        columns.append([column for column, _ in asked])
        least.append([edges[column][cut] for column, cut in asked])
        values.append(value)
    return Grown(np.array(columns), np.array(least, dtype=np.float32), np.array(values, dtype=np.float32), bias)


def _edges(column: np.ndarray) -> np.ndarray:
    """The values between which the column falls into bins of about the same size."""
    found = np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1]))
    return found[found > column.min()] if len(found) > 1 else np.array([column.max()])


def _questions(
    binned: np.ndarray, slope: np.ndarray, bend: np.ndarray, edges: list[np.ndarray], depth: int, ridge: float
) -> tuple[list[tuple[int, int]], np.ndarray]:
    """The question of each level that parts the rows best, and the leaf that each row comes to."""
    leaf = np.zeros(binned.shape[1], dtype=np.int64)
    asked: list[tuple[int, int]] = []
    for level in range(depth):
        best = (-np.inf, 0, 0)
        for column, edge in enumerate(edges):
            if len(edge) == 0:
                continue
            gain = _gains(binned[column], leaf, slope, bend, len(edge) + 1, 1 << level, ridge)
            cut = int(gain.argmax())
            best = max(best, (float(gain[cut]), column, cut))
        _, column, cut = best
        asked.append((column, cut))
        leaf |= (binned[column] > cut).astype(np.int64) << level
    return asked, leaf


def _gains(
    bins: np.ndarray, leaf: np.ndarray, slope: np.ndarray, bend: np.ndarray, many: int, leaves: int, ridge: float
) -> np.ndarray:
    """How much each cut of a column would bring, over all leaves together."""
    place = leaf * many + bins
    first = np.bincount(place, slope, leaves * many).reshape(leaves, many)
    second = np.bincount(place, bend, leaves * many).reshape(leaves, many)
    left, low = first.cumsum(axis=1)[:, :-1], second.cumsum(axis=1)[:, :-1]
    right, high = first.sum(axis=1, keepdims=True) - left, second.sum(axis=1, keepdims=True) - low
    return np.asarray((left**2 / (low + ridge) + right**2 / (high + ridge)).sum(axis=0))
