"""Scores what Dateline makes of the gold cases, and tells what is wrong with each.

python -m eval.corroboration [--case WORDS] [--gathered] [--unseen]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from eval.corroboration.answering import answer, read_case
from eval.corroboration.cases import HERE, read_cases
from eval.corroboration.scoring import add_up, score


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", default="", help="only the cases that have these words in their name")
    parser.add_argument("--gathered", action="store_true", help="gather the marked words by hand first")
    parser.add_argument("--unseen", action="store_true", help="the cases that nothing was fitted to")
    options = parser.parse_args(arguments)
    scored = []
    for case in read_cases(HERE / "unseen" if options.unseen else HERE):
        if options.case not in case.name:
            continue
        scored.append(score(case, answer(case, read_case(case), gathered=options.gathered)))
        for note in scored[-1].notes:
            print(f"{case.name}: {note}")
    for name, value in add_up(scored).items():
        print(f"{name:>26} {value:6.1f}")


if __name__ == "__main__":
    main()
