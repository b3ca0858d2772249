"""Gives an ONNX file that ships the links of another, and what the heads say; all else stays to the bit.

    python -m training.graft --from EXPORTED/reader.onnx --into READER.onnx

For a run from which nothing but links has learned (``learned`` in its configuration), on a network that ``recover``
brought back: the sums of its features' tables differ from those that ship in their last digits, and rounding to eight
bits makes that felt. Both files must have one shape but for their kinds of link, the new ones last.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import onnx

LINKED = ("heads", "head_sizes", "link_")
"""The beginnings of the names of what links are made of; the heads' weights stand with theirs."""


def graft(found: onnx.ModelProto, into: onnx.ModelProto) -> onnx.ModelProto:
    """The second network with the links of the first.

    Raises ValueError where the two have not the same parts.
    """
    parts = {each.name: each for each in found.graph.initializer}
    if parts.keys() != {each.name for each in into.graph.initializer}:
        raise ValueError("The two networks are not made of the same parts: export the first with this code.")
    grafted = onnx.ModelProto()
    grafted.CopyFrom(into)
    for each in grafted.graph.initializer:
        if each.name.startswith(LINKED):
            each.CopyFrom(parts[each.name])
    del grafted.graph.output[:]
    grafted.graph.output.extend(found.graph.output)
    return grafted


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", type=Path, required=True, dest="found")
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args(arguments)
    grafted = graft(onnx.load(str(options.found)), onnx.load(str(options.into)))
    onnx.checker.check_model(grafted)
    onnx.save(grafted, str(options.into))


if __name__ == "__main__":
    main()
