"""Prints the part of ``constraints.txt`` that the product itself needs, with its hashes, without its tests' packages.

python -m scripts.needed [--extra parquet]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence

from packaging.utils import canonicalize_name

from scripts.sbom import ROOT, needed


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--extra", action="append", default=[])
    names = needed("dateline", parser.parse_args(arguments).extra)
    for part in re.split(r"\n(?=\S)", (ROOT / "constraints.txt").read_text().strip()):
        if canonicalize_name(re.split("==", part)[0]) in names:
            print(part)


if __name__ == "__main__":
    main()
