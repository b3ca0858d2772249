"""Writes a checkpoint whose weights are the mean of those of others, which often reads better than any of them.

    python -m training.mix RUN/checkpoint.pt:0.6 start.pt:0.4 --out mixed.pt

All must go back to one network, from which each was trained on: the mean of strangers is nothing. Heads and kinds of
link that only the first has are its own in the mean.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from training.network import widened


def mix(states: Sequence[dict[str, Tensor]], shares: Sequence[float]) -> dict[str, Tensor]:
    """The mean of some states, each counted by its share; what one has not that the first has counts as the first's."""
    whole, same = sum(shares), [widened(states[0], state) for state in states]
    return {
        name: sum((state[name] * (share / whole) for state, share in zip(same, shares, strict=True)), torch.zeros(()))
        for name in states[0]
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", nargs="+", help="a checkpoint, a colon, and its share")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    given = [one.rpartition(":") for one in options.checkpoint]
    states = [torch.load(path, weights_only=True)["average"] for path, _, _ in given]
    torch.save({"average": mix(states, [float(share) for _, _, share in given])}, options.out)


if __name__ == "__main__":
    main()
