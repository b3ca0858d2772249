"""Ranks the happenings of one answer and folds them for the eye: what is a repeat, a detail or background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple, get_args

from dateline.corroboration import rank_happenings
from dateline.corroboration.groups import MACHINES
from dateline.ledger import Ledger
from dateline.model import Happening, Rank

FEW = 10
"""So many happenings need no folding."""


def rank(ledger: Ledger, happenings: Sequence[Happening]) -> tuple[Happening, ...]:
    """The happenings as they stand, each with its rank; what people judged to be different is no repeat."""
    ranked = rank_happenings(happenings)
    repeats = [entry.id for one in ranked if one.rank == "repeat" for entry in one.entries]
    parted = {
        (one.a, one.b)
        for one in ledger.judgements(repeats)
        if one.verdict == "different" and not one.by.startswith(MACHINES)
    }
    return rank_happenings(happenings, parted) if parted else ranked


class Fold(NamedTuple):
    """A main happening with what is folded beneath it; without a head, some that stand at this place in time alone."""

    head: Happening | None
    folded: tuple[Happening, ...]


def fold(
    happenings: Sequence[Happening], *, whole: bool = False, part: Callable[[Happening], object] = lambda _: None
) -> tuple[Fold, ...]:
    """The happenings of one answer in their order, each of them once, what is not main folded.

    Nothing is folded where they are few, where none is main, or with ``whole``. Those that are folded beneath no other
    are folded together where they stand in a row, as far as ``part`` says the same of them.
    """
    main = {one.id for one in happenings if one.rank == "main"}
    if whole or len(happenings) <= FEW or not main:
        return tuple(Fold(one, ()) for one in happenings)
    beneath: dict[str, list[Happening]] = {id: [] for id in main}
    for one in happenings:
        if one.under in main:
            beneath[one.under].append(one)
    folds: list[Fold] = []
    for one in happenings:
        if one.id in main:
            folds.append(Fold(one, tuple(beneath[one.id])))
        elif one.under not in main:
            last = folds[-1] if folds else None
            if last is not None and last.head is None and part(last.folded[-1]) == part(one):
                folds[-1] = Fold(None, (*last.folded, one))
            else:
                folds.append(Fold(None, (one,)))
    return tuple(folds)


def tell_folded(folded: Sequence[Happening]) -> str:
    """What is folded, in words: "2 repeats, 1 detail"."""
    counts = Counter(one.rank for one in folded)
    words: dict[Rank, tuple[str, str]] = {"background": ("of background", "of background")}
    told = []
    for rank in reversed(get_args(Rank)):
        if counts[rank]:
            one, many = words.get(rank, (rank, f"{rank}s"))
            told.append(f"{counts[rank]:,} {one if counts[rank] == 1 else many}")
    return ", ".join(told)
