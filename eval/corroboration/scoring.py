"""How much of a case is right: the number of origins, their labels, the copies, what is one, and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from msgspec import Struct

from dateline.lexicon.origins import fold_name
from dateline.model import Happening, Root
from eval.corroboration.answering import Answered
from eval.corroboration.cases import Case, Differ

_ALWAYS = frozenset({"contradicts", "updated"})


class Scored(Struct, frozen=True):
    """The counts of one case, or of many: right ones and all of each kind, and notes on what is wrong."""

    counts: dict[str, tuple[int, int]]
    notes: tuple[str, ...] = ()


def score(case: Case, answered: Answered) -> Scored:
    """What is right of a case."""
    one = answered.happening
    notes: list[str] = []
    counted = one is not None and one.independent == len(case.origins)
    if not counted:
        notes.append(f"origins {[root.name for root in one.roots] if one else None}, not {list(case.origins)}")
    pairs = list(combinations((report.id for report in case.report), 2))
    linked = [bool(answered.places[a] & answered.places[b]) for a, b in pairs]
    together = [joined != (pair in case.kept_apart()) for pair, joined in zip(pairs, linked, strict=True)]
    if not all(together):
        notes.append(f"wrongly together or apart: {[p for p, ok in zip(pairs, together, strict=True) if not ok]}")
    named, labelled, of_labels = _labels(case, one, notes)
    right, told, wanted = _differences(case, answered.shared, notes)
    copies, found = case.copied(), _through(answered.copies)
    if copies != found:
        notes.append(f"copies {sorted(found)}, not {sorted(copies)}")
    return Scored(
        {
            "independence": (int(counted), 1),
            "origins named": (named, len(case.origins)),
            "labels": (labelled, of_labels),
            "copies precision": (len(copies & found), len(found)),
            "copies recall": (len(copies & found), len(copies)),
            "pairs together or apart": (sum(together), len(pairs)),
            "differences precision": (right, told),
            "differences recall": (right, wanted),
        },
        tuple(notes),
    )


def _through(copies: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """The pairs of copies, and with them those that follow: a copy of a copy is one of the first print."""
    found = set(copies)
    while more := {(a, d) for a, b in found for c, d in found if b == c} - found:
        found |= more
    return frozenset(found)


def _labels(case: Case, one: Happening | None, notes: list[str]) -> tuple[int, int, int]:
    """How many origins are there by name, and how many labels of all given or due are right."""
    left = list(one.roots if one else ())
    named = right = due = 0
    for origin in case.origins:
        root = next((each for each in left if _is_named(each, origin)), None)
        wanted = set(case.labels.get(origin, ()))
        found = {label.kind for label in root.labels} if root else set()
        if root is not None:
            left.remove(root)
            named += 1
        right += len(wanted & found)
        due += len(wanted | found)
        if wanted != found:
            notes.append(f"labels of {origin}: {sorted(found)}, not {sorted(wanted)}")
    return named, right, due


def _is_named(root: Root, origin: str) -> bool:
    mine, theirs = fold_name(root.name), fold_name(origin)
    return mine in theirs or theirs in mine


def _differences(case: Case, shared: Iterable[Happening], notes: list[str]) -> tuple[int, int, int]:
    """How many differences are right, how many were told, and how many there are."""
    told = {
        Differ(each.slot, each.relation, each.what if each.slot == "number" else None)
        for one in shared
        for each in one.disagreements
        if each.relation in _ALWAYS or each.slot == "number"
    }
    wanted = set(case.differ)
    if told != wanted:
        notes.append(f"differences: too many {_line(told - wanted)}, missing {_line(wanted - told)}")
    return len(told & wanted), len(told), len(wanted)


def _line(some: Iterable[Differ]) -> list[str]:
    return sorted(" ".join(filter(None, (each.slot, each.what, each.relation))) for each in some)


def add_up(scored: Iterable[Scored]) -> dict[str, float]:
    """The shares of all cases together, in percent; of what never was due, 100."""
    right: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for one in scored:
        for name, (good, of) in one.counts.items():
            right[name] += good
            whole[name] += of
    return {name: round(100 * right[name] / whole[name], 1) if whole[name] else 100.0 for name in whole}
