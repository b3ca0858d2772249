"""Linear models whose weights are data: the score of each class is the sum of the weights of the features that hold."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import exp, log

from dateline.reading.events.lexicon import Weights

BIAS = "bias"

STEPS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
"""What a chance is measured against where it is a feature."""

_MODELS_AT_MOST = 64
"""So many models are kept laid out; then it begins anew: whoever trains makes new ones without end."""

_LAID_OUT: dict[int, tuple[Weights, dict[str, float]]] = {}
"""Models of one class without their tables, by the identity of each; it is kept, so that no other can have it."""


def score(weights: Weights, features: Iterable[str]) -> dict[str, float]:
    """The sum of each class's weights over the features, the bias included."""
    totals: defaultdict[str, float] = defaultdict(float, weights.get(BIAS, {}))
    for found in filter(None, map(weights.get, features)):
        for label, weight in found.items():
            totals[label] += weight
    return dict(totals)


def probabilities(weights: Weights, features: Iterable[str]) -> dict[str, float]:
    """The probability of each class (softmax), the likeliest first; ties in order of the alphabet."""
    return shares(score(weights, features))


def shares(totals: Mapping[str, float]) -> dict[str, float]:
    """The probability of each class from its score (softmax), the likeliest first; ties in order of the alphabet."""
    if not totals:
        return {}
    top = max(totals.values())
    raised = {label: exp(total - top) for label, total in totals.items()}
    whole = sum(raised.values())
    return {label: raised[label] / whole for label in sorted(sorted(raised), key=raised.__getitem__, reverse=True)}


def chance(weights: Weights, features: Iterable[str]) -> float:
    """The probability that a model of one class ("yes") gives."""
    return chance_of(odds(weights, features))


def odds(weights: Weights, features: Iterable[str]) -> float:
    """The log odds that a model of one class ("yes") gives."""
    known = _LAID_OUT.get(id(weights))
    flat = known[1] if known is not None else _lay_out(weights)
    total = flat.get(BIAS, 0.0)
    for weight in filter(None, map(flat.get, features)):
        total += weight
    return total


def _lay_out(weights: Weights) -> dict[str, float]:
    flat = {feature: found["yes"] for feature, found in weights.items() if "yes" in found}
    if len(_LAID_OUT) >= _MODELS_AT_MOST:
        _LAID_OUT.clear()
    _LAID_OUT[id(weights)] = weights, flat
    return flat


def chance_of(odds: float) -> float:
    """The probability of some log odds."""
    return 1 / (1 + exp(-30.0 if odds > 30 else 30.0 if odds < -30 else -odds))


def odds_of(chance: float) -> float:
    """The log odds of a probability; those of one near 0 or 1 are bounded."""
    near = max(1e-4, min(1 - 1e-4, chance))
    return log(near / (1 - near))


def steps(chance: float, name: str = "") -> tuple[str, ...]:
    """A chance as features: what it is above of, told apart from other chances by a name."""
    return _above(bisect_left(STEPS, chance), name)


@lru_cache(4096)
def _above(number: int, name: str) -> tuple[str, ...]:
    """The features of a chance that is above so many steps; a report asks for few of them, and often."""
    return tuple(f"{name} above {step}".strip() for step in STEPS[:number])
