"""Tells what changed between two editions of a report: blocks added, removed, reworded; events that went and came."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from dateline.ledger import Ledger
from dateline.model import Block, Change, Edition, Entry, Piece, Reading, Revision

MOST_BLOCKS = 1_000
"""Of more blocks than this that differ, only whole ones are compared: finding the order costs their square."""

MOST_WORDS = 2_000
"""The longest blocks that are compared word by word, for the same reason."""

ALIKE = 0.4
"""Two blocks that share so much of their words are one that was reworded."""

_WORD = re.compile(r"\s*\S+")
Printed = tuple[Block, str]


def find_revision(ledger: Ledger, before: Edition, after: Edition) -> Revision:
    """What changed from one edition to the next."""
    old, new = ledger.reading(before.id), ledger.reading(after.id)
    gone, came = _differing(ledger.entries_of(before.id), ledger.entries_of(after.id))
    return Revision(before, after, find_changes(old, new), gone, came)


def find_changes(before: Reading, after: Reading) -> tuple[Change, ...]:
    """The blocks that are added, removed or reworded, in the order of the later text. Page furniture is left out."""
    old, new = _blocks(before), _blocks(after)
    first = _same_at_start(old, new)
    last = _same_at_start(old[first:][::-1], new[first:][::-1])
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    if len(old) + len(new) > MOST_BLOCKS:
        return tuple(_by_number(old, new))
    return tuple(_in_order(old, new))


def _blocks(reading: Reading) -> list[Printed]:
    return [(block, " ".join(block.span.of(reading.text).split())) for block in reading.report.blocks if block.readable]


def _same_at_start(one: Sequence[Printed], other: Sequence[Printed]) -> int:
    count = 0
    for (_, mine), (_, theirs) in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _by_number(old: Sequence[Printed], new: Sequence[Printed]) -> Iterator[Change]:
    left, come = Counter(words for _, words in old), Counter(words for _, words in new)
    for block, words in old:
        if come[words] > 0:
            come[words] -= 1
        else:
            yield _removed(block, words)
    for block, words in new:
        if left[words] > 0:
            left[words] -= 1
        else:
            yield _added(block, words)


def _in_order(old: Sequence[Printed], new: Sequence[Printed]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, [words for _, words in old], [words for _, words in new], autojunk=False)
    for _, first, last, start, end in (each for each in matcher.get_opcodes() if each[0] != "equal"):
        yield from _reworded(old[first:last], new[start:end])


def _reworded(old: Sequence[Printed], new: Sequence[Printed]) -> Iterator[Change]:
    """Pairs blocks that share much of their words, in order; of the others, those that went before those that came."""
    waiting, coming = list(old), []
    for block, words in new:
        at = next((at for at, (_, other) in enumerate(waiting[:20]) if _likeness(other, words) >= ALIKE), None)
        if at is None:
            coming.append(_added(block, words))
            continue
        yield from (_removed(*each) for each in waiting[:at])
        yield from coming
        yield Change("changed", block.kind, tuple(_pieces(waiting[at][1], words)))
        coming = []
        del waiting[: at + 1]
    yield from (_removed(*each) for each in waiting)
    yield from coming


def _likeness(one: str, other: str) -> float:
    mine, theirs = Counter(one.lower().split()), Counter(other.lower().split())
    return 2 * (mine & theirs).total() / max(1, mine.total() + theirs.total())


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > 2 * MOST_WORDS:
        yield Piece(before, "before")
        yield Piece(after, "after")
        return
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("".join(new[start:end]).strip())
            continue
        if first < last:
            yield Piece("".join(old[first:last]).strip(), "before")
        if start < end:
            yield Piece("".join(new[start:end]).strip(), "after")


def _added(block: Block, words: str) -> Change:
    return Change("added", block.kind, (Piece(words, "after"),))


def _removed(block: Block, words: str) -> Change:
    return Change("removed", block.kind, (Piece(words, "before"),))


def _differing(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries that only one edition has. Those whose cells are all the same are one, wherever they stand."""
    left, come = Counter(map(_told, old)), Counter(map(_told, new))
    return tuple(_without(old, come)), tuple(_without(new, left))


def _without(entries: Sequence[Entry], others: Counter[tuple[object, ...]]) -> Iterator[Entry]:
    others = others.copy()
    for entry in entries:
        if others[_told(entry)] > 0:
            others[_told(entry)] -= 1
        else:
            yield entry


def _told(entry: Entry) -> tuple[object, ...]:
    event = entry.event
    return (
        entry.words_of(event.trigger).lower(),
        event.type,
        tuple(one.name for one in event.actors),
        tuple(one.name for one in event.recipients),
        event.when.value if event.when else None,
        event.where.name if event.where else None,
        event.status,
        event.source.name,
    )
