"""Parts events of a happening from the rest of it by hand, and takes back what was judged at one go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice, product

from dateline.desk.judging import HAND, MOST, near, regroup
from dateline.desk.naming import find_one
from dateline.desk.opening import AnyLedger, opened
from dateline.errors import SettingError
from dateline.ledger import Ledger
from dateline.model import Judged, Judgement, Verdict


def part(
    ledger: AnyLedger,
    happening: str,
    events: Iterable[str],
    *,
    by: str = HAND,
    because: str = "judged by hand",
) -> Judged:
    """What it came to that these events of a happening were judged different from all its others.

    Raises SettingError where they are not some of its events, or all of them; LedgerError where there is no such
    happening, or the ledger cannot be written.
    """
    _check_person(by)
    with opened(ledger, write=True) as book:
        _, whole = find_one(book, happening, "happening")
        members = book.group(whole)
        apart = [each for each in members if each in set(events)]
        rest = [each for each in members if each not in set(apart)]
        if not apart or not rest:
            todo = "Tick some of the reports that tell of it, and not all of them."
            raise SettingError("part", "there is nothing to part from something else", todo)
        pairs = list(islice(product(apart, rest), MOST + 1))
        if len(pairs) > MOST:
            raise SettingError("part", f"these are more than {MOST:,} pairs of events", "Part fewer at once.")
        at = datetime.now(UTC).isoformat(timespec="seconds")
        done = tuple(Judgement(min(pair), max(pair), "different", by, 1.0, because, at) for pair in pairs)
        before = near(book, members)
        book.judge(done)
        return _regrouped(book, before, members, done, undone=False)


def take_back(ledger: AnyLedger, happening: str, verdict: Verdict, *, by: str, at: str) -> Judged:
    """What it came to that the judgements were taken back that somebody made at one moment of a happening's events.

    Raises SettingError where there are none; LedgerError where there is no such happening, or nobody may write.
    """
    _check_person(by)
    with opened(ledger, write=True) as book:
        _, whole = find_one(book, happening, "happening")
        members = book.group(whole)
        made = _made_at_once(book, members, (verdict, by, at))
        if not made:
            raise SettingError("undo", "this judgement is not kept any more", "Load the page again.")
        events = list(dict.fromkeys([*members, *(event for each in made for event in (each.a, each.b))]))
        before = near(book, events)
        for each in made:
            book.unjudge(each.a, each.b, by)
        return _regrouped(book, before, events, tuple(made), undone=True)


def _made_at_once(book: Ledger, members: Iterable[str], made: tuple[Verdict, str, str]) -> list[Judgement]:
    """What was judged at one moment of these events, and of those that it parted or joined with them.

    A happening that was parted may have come to more than two: those that are elsewhere now are found through others.
    """
    found: dict[tuple[str, str], Judgement] = {}
    events = dict.fromkeys(members)
    frontier = list(events)
    while frontier:
        more = [each for each in book.judgements(frontier) if (each.verdict, each.by, each.at) == made]
        found.update({(each.a, each.b): each for each in more})
        frontier = [event for each in more for event in (each.a, each.b) if event not in events]
        events.update(dict.fromkeys(frontier))
    return list(found.values())


def hand_judgements(ledger: AnyLedger, events: Iterable[str]) -> tuple[Judgement, ...]:
    """What people, and no rule, have judged of these events, the latest first."""
    from dateline.corroboration.groups import MACHINES

    with opened(ledger) as book:
        found = (each for each in book.judgements(events) if not each.by.startswith(MACHINES))
        return tuple(sorted(found, key=lambda each: (each.at, each.a, each.b), reverse=True))


def _check_person(by: str) -> None:
    from dateline.corroboration.groups import MACHINES

    if by.startswith(MACHINES) or not by.strip():
        raise SettingError(f'by "{by}"', "this is no name of a person", "Give another name.")


def _regrouped(
    book: Ledger, before: list[str], events: Iterable[str], done: tuple[Judgement, ...], *, undone: bool
) -> Judged:
    touched = list(events)
    regroup(book, before, touched)
    entries = book.entries(touched)
    return Judged(done, undone, {entry.id: entry.happening for entry in entries if entry.happening})
