"""Joins and parts events by hand, beside what the rules judge; and takes it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice, product

from dateline.desk.naming import find_one
from dateline.desk.opening import AnyLedger, opened
from dateline.errors import SettingError
from dateline.ledger import Ledger
from dateline.model import Judged, Judgement, Kept, Verdict

HAND = "hand"
"""Who judges where nobody says so."""

MOST = 10_000
"""The most pairs of events that one judgement of two happenings may come to."""

FAR = 1_000
"""How many events are followed along judgements of "same": in a ledger of one affair that may be most of it."""

Pair = tuple[str, str]


def judge(
    ledger: AnyLedger = "press.ledger",
    verdict: Verdict = "same",
    a: str = "",
    b: str = "",
    *,
    by: str = HAND,
    because: str = "judged by hand",
    undo: bool = False,
) -> Judged:
    """What judging two events came to: they are "same", "different" or "unsure", and no rule overrules it.

    ``a`` and ``b`` are ids of events, or of happenings, whose events are then judged together; or both are ids of
    actors, who are one person or body or are not. A beginning is enough.
    With ``undo`` what the same person has judged so of these events, or of the events of these happenings, is taken
    back; two happenings that were joined are one, whose id then stands for both.

    Raises SettingError where both are one event, where an id fits several, or where there is nothing to take back;
    LedgerError where there is no such event, or the ledger cannot be written.
    """
    from dateline.corroboration.groups import MACHINES

    if by.startswith(MACHINES) or not by.strip():
        raise SettingError(f'by "{by}"', "this is no name of a person", "Give another name.")
    with opened(ledger, write=True) as book:
        kind, id = find_one(book, a, "event", "happening", "actor")
        if kind == "actor":
            return _judge_actors(book, verdict, id, b, by=by, because=because, undo=undo)
        one, other = _events(book, kind, id), _events(book, *find_one(book, b, "event", "happening"))
        with book.together():  # a judgement and the happenings that follow from it are kept at once
            before = near(book, [*one, *other])
            if undo:
                done = _undo(book, {*one, *other}, verdict, by)
            else:
                if set(one) & set(other):
                    raise SettingError(f"{a} and {b}", "these are one and the same already", "Name two that are not.")
                at = datetime.now(UTC).isoformat(timespec="seconds")
                pairs = _pairs(one, other, verdict)
                done = tuple(Judgement(first, second, verdict, by, 1.0, because, at) for first, second in pairs)
                book.judge(done)
            regroup(book, before, [*one, *other])
        entries = book.entries([*one, *other])
        return Judged(done, undo, {entry.id: entry.happening for entry in entries if entry.happening})


def _judge_actors(ledger: Ledger, verdict: Verdict, a: str, b: str, *, by: str, because: str, undo: bool) -> Judged:
    """Judges two actors of reports, or takes that back; no happening changes by it."""
    one, other = _pair(a, find_one(ledger, b, "actor")[1])
    if one == other:
        raise SettingError(f"{a} and {b}", "these are one and the same already", "Name two that are not.")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    kept = [each for each in ledger.actor_judgements([one]) if (each.a, each.b, each.by) == (one, other, by)]
    if not undo:
        mine = Judgement(one, other, verdict, by, 1.0, because, at)
        ledger.judge_actors([mine])
        return Judged((mine,), undone=False, happenings={})
    done = tuple(each for each in kept if each.verdict == verdict)
    if not done:
        what = f"no judgement of these as {verdict} by {by} is kept"
        raise SettingError("judge --undo", what, "`dateline show ACTOR` lists the judgements of an actor, and by whom.")
    ledger.unjudge_actors(one, other, by)
    return Judged(done, undone=True, happenings={})


def _events(ledger: Ledger, kind: Kept, id: str) -> tuple[str, ...]:
    return ledger.group(id) if kind == "happening" else (id,)


def _pairs(one: tuple[str, ...], other: tuple[str, ...], verdict: Verdict) -> list[Pair]:
    """The pairs that a judgement of two happenings stands for: a star joins all, to part them takes every pair."""
    if verdict == "same":
        hub = min(*one, *other)
        return [_pair(hub, event) for event in sorted({*one, *other}) if event != hub]
    pairs = sorted({_pair(*each) for each in islice(product(one, other), MOST + 1)})
    if len(pairs) > MOST:
        raise SettingError("judge", f"the two happenings have more than {MOST:,} pairs of events", "Judge events.")
    return pairs


def _undo(ledger: Ledger, events: set[str], verdict: Verdict, by: str) -> tuple[Judgement, ...]:
    """Takes back what somebody judged of these events and each other, and answers with it."""
    found = tuple(
        each
        for each in ledger.judgements(sorted(events))
        if each.a in events and each.b in events and each.by == by and each.verdict == verdict
    )
    if not found:
        what = f"no judgement of these as {verdict} by {by} is kept"
        raise SettingError("judge --undo", what, "`dateline show EVENT` lists the judgements of an event, and by whom.")
    for each in found:
        ledger.unjudge(each.a, each.b, by)
    return found


def near(ledger: Ledger, events: Iterable[str]) -> list[str]:
    """The events, all that hang together with them by judgements of "same", and all that are in one happening with any.

    Whether events are one happening depends on all that could have drawn them elsewhere: those that hang together are
    followed to the end, or past FAR, so that what is taken back leaves everything as it was.
    """
    found = dict.fromkeys(events)
    frontier = list(found)
    while frontier:
        happenings = dict.fromkeys(entry.happening for entry in ledger.entries(frontier) if entry.happening)
        reached = dict.fromkeys(event for happening in happenings for event in ledger.group(happening))
        if len(found) < FAR:
            same = (each for each in ledger.judgements([*frontier, *reached]) if each.verdict == "same")
            reached.update(dict.fromkeys(event for each in same for event in (each.a, each.b)))
        frontier = [event for event in reached if event not in found]
        found.update(dict.fromkeys(frontier))
    return list(found)


def regroup(ledger: Ledger, before: list[str], events: list[str]) -> None:
    """Gathers anew all events that the judgement may have moved."""
    from dateline.corroboration import find_groups

    moved = list(dict.fromkeys([*before, *near(ledger, events)]))
    ledger.regroup(find_groups(moved, ledger.judgements(moved)))


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)
