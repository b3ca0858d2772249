"""Compares what is new in a ledger with what it holds: finds copies, judges pairs of events, gathers happenings.

The cost of a report does not grow with the ledger: each event meets a bounded number of others that share a blocking
key, each text a bounded number of those that share words, and only the happenings that this touches are gathered anew.
Nothing is kept but in the ledger: an event counts as compared once all that came of it is written, so that whoever is
interrupted goes on where this stopped. What is remembered of reports saves reading them again, and decides nothing.
"""

from __future__ import annotations

import gc
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from msgspec.structs import replace

from dateline.corroboration import (
    Context,
    compare_prints,
    find_groups,
    find_keys,
    find_profile,
    find_subjects,
    judge_pair,
    take_print,
)
from dateline.corroboration.moments import is_earlier
from dateline.corroboration.pairs import BY, Profile
from dateline.corroboration.shingles import LEAST_SHARE, Print, sample
from dateline.ledger import Ledger
from dateline.model import Entry, Judgement

AT_ONCE = 1_000
"""How many events are compared between two commits: the more there are, the fewer pages of the file are written."""

COMPANY = 40
"""With how many others an event is compared: those that share most keys with it."""

LIKELY_COPIES = 8
"""With how many texts a text is compared word for word: those that share most shingles with it."""

FEWEST_SHARED = 2
"""A text that shares fewer sampled shingles is not looked at: so many stand in some twenty words, one sentence."""

REACH = 200
"""How far happenings are followed along "same": past so many events, and as many again as are compared at once, the
happenings are taken as they stand; and so are those that are larger than this."""

REMEMBERED = 1_000
"""How many reports' words are remembered between batches; the news of a week is compared with itself most."""

REMEMBERED_WORDS = 2_000_000
"""Of how many words of text the prints are remembered, eight bytes each: those of some thousands of reports."""

Pair = tuple[str, str]


def corroborate(ledger: Ledger) -> int:
    """How many events were compared: all that are new in a ledger that is open for writing."""
    return Corroborator(ledger).compare_new()


@dataclass(frozen=True, slots=True)
class _About:
    """What a report is about, as its events are found and judged by."""

    subjects: tuple[str, ...]
    profile: Profile


class _Profiles(Mapping[str, Profile]):
    """The profiles of editions, each worked out when it is first asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._kept: OrderedDict[str, _About] = OrderedDict()

    def about(self, edition: str, text: str | None = None) -> _About:
        """What an edition is about; its text is taken from the ledger where it is not at hand."""
        found = self._kept.pop(edition, None)
        if found is None:
            text = self._ledger.report(edition).text if text is None else text
            found = _About(find_subjects(text), find_profile(text))
        self._kept[edition] = found
        if len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)
        return found

    def __getitem__(self, edition: str) -> Profile:
        return self.about(edition).profile

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


class _Prints:
    """The prints of editions, each taken when it is first asked for; the longest unused are forgotten."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._kept: OrderedDict[str, Print] = OrderedDict()
        self._words = 0

    def of(self, edition: str, text: str | None = None) -> Print:
        """The print of an edition; its text is taken from the ledger where it is not at hand."""
        found = self._kept.get(edition)
        if found is None:
            found = take_print(self._ledger.report(edition).text if text is None else text)
            self._words += len(found.hashes)
            self._kept[edition] = found
        self._kept.move_to_end(edition)
        while self._words > REMEMBERED_WORDS and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._words -= len(oldest.hashes)
        return found


class Corroborator:
    """Compares new events of one ledger, batch after batch, and remembers what the reports are about."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._profiles = _Profiles(ledger)
        self._prints = _Prints(ledger)
        self._context = Context(self._profiles)

    def compare_new(self) -> int:
        """How many events were compared: all that are new."""
        count = 0
        while ids := self._ledger.unblocked(AT_ONCE):
            with _uncollected():
                self._compare(ids)
            count += len(ids)
        return count

    def _compare(self, ids: Sequence[str]) -> None:
        """Writes all that comes of comparing some events; the keys last, for they say that it is done."""
        ledger = self._ledger
        entries = ledger.entries(ids)
        with ledger.together():
            for edition in dict.fromkeys(entry.report.edition for entry in entries):
                self._find_copies(edition)
        keys = {entry.id: find_keys(entry, self._profiles.about(entry.report.edition).subjects) for entry in entries}
        before = ledger.judgements(ids)
        judged = self._judge(entries, self._company(entries, keys, before))
        ours = {_pair(one.a, one.b) for one in before if one.by == BY}
        with ledger.together():
            ledger.judge([one for pair, one in judged.items() if one.verdict == "same" or pair in ours])
            self._gather(entries, judged)
            ledger.put_blocks(keys)

    def _find_copies(self, edition: str) -> None:
        report = self._ledger.report(edition)
        self._profiles.about(edition, report.text)
        mine = self._prints.of(edition, report.text)
        hashes = sample(mine)
        copies = []
        for other in self._ledger.sharing_shingles(hashes, limit=LIKELY_COPIES + 1):
            # The shingles are a sample: what shares half of the least share in it may share the whole of it in words.
            fewest = max(FEWEST_SHARED, LEAST_SHARE / 2 * min(len(hashes), other.shingles))
            if other.shared < fewest or other.report == report.id:
                continue
            copy = compare_prints(mine, self._prints.of(other.edition))
            if copy is None:
                continue
            ours_is_first = is_earlier(report.published, other.published)
            if ours_is_first is None:  # Nobody knows when: who cut the other's text is the copy, else who came later.
                ours_is_first = copy.cut == "other"
            pair = (other.edition, edition) if ours_is_first else (edition, other.edition)
            copies.append((*pair, round(copy.share, 3)))
        self._ledger.put_copies(copies)
        self._ledger.put_shingles({edition: hashes})

    def _company(
        self, entries: Sequence[Entry], keys: Mapping[str, Sequence[str]], before: Iterable[Judgement]
    ) -> list[Pair]:
        """The pairs of ids to judge, each once: those that share a key, and those that were judged before."""
        pairs: dict[Pair, None] = {_pair(one.a, one.b): None for one in before if one.by == BY}
        holders: dict[str, list[str]] = {}
        earlier = self._ledger.with_blocks(keys, limit=COMPANY)
        for _, report in groupby(entries, key=lambda entry: entry.report.report):
            told = list(report)
            for entry in told:
                here = Counter(other for key in keys[entry.id] for other in holders.get(key, ())[-4 * COMPANY :])
                nearest = sorted(here, key=lambda other: (-here[other], other))[:COMPANY]
                for other in (*nearest, *earlier[entry.id]):
                    if other != entry.id:
                        pairs[_pair(entry.id, other)] = None
            for entry in told:
                for key in keys[entry.id]:
                    holders.setdefault(key, []).append(entry.id)
        return list(pairs)

    def _judge(self, entries: Iterable[Entry], pairs: Iterable[Pair]) -> dict[Pair, Judgement]:
        """Judgements of the pairs that are of two reports: what one report tells apart is not the same."""
        known = {entry.id: entry for entry in entries}
        pairs = list(pairs)
        missing = dict.fromkeys(id for pair in pairs for id in pair if id not in known)
        # What an event tells is remembered by the entry, and does not depend on the happening that it has come to.
        known.update((entry.id, replace(entry, happening=None)) for entry in self._ledger.entries(missing))
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return {
            (a, b): judge_pair(known[a], known[b], context=self._context, at=at)
            for a, b in pairs
            if a in known and b in known and known[a].report.report != known[b].report.report
        }

    def _gather(self, entries: Sequence[Entry], judged: Mapping[Pair, Judgement]) -> None:
        """Puts the new events into happenings, and anew those that they touch."""
        linked, large, before = self._reached([entry.id for entry in entries])
        inside = set(linked)
        said = {_pair(one.a, one.b): one for one in before}
        more = self._strangers(entries, said, judged)
        # A judgement against is kept only where it keeps events of one knot apart; others are without number.
        against = [one for pair, one in judged.items() if pair not in said and inside.issuperset(pair)]
        self._ledger.judge([*against, *more])
        groups = find_groups(linked, [*before, *against, *more])
        self._ledger.regroup({**groups, **_joining(groups, large, judged)})

    def _reached(self, seeds: Sequence[str]) -> tuple[list[str], dict[str, tuple[str, ...]], list[Judgement]]:
        """The events and all that hang together with them by "same", and by being in one happening now.

        Happenings of more than REACH events stand by themselves: they are not gathered anew. With them come the
        judgements that bear on any of these events.
        """
        found: dict[str, None] = dict.fromkeys(seeds)
        frontier = list(seeds)
        asked: set[str] = set()
        said: dict[tuple[str, str, str], Judgement] = {}
        while frontier and len(found) < 2 * len(seeds) + REACH:
            asked.update(frontier)
            told = self._ledger.judgements(frontier)
            said.update(((one.a, one.b, one.by), one) for one in told)
            same = [one for one in told if one.verdict == "same"]
            frontier = [id for id in dict.fromkeys(id for one in same for id in (one.a, one.b)) if id not in found]
            found.update(dict.fromkeys(frontier))
        groups = {happening: self._ledger.group(happening) for happening in self._ledger.happenings_of(found)}
        large = {happening: group for happening, group in groups.items() if len(group) > REACH}
        standing = {id for group in large.values() for id in group}
        for happening, group in groups.items():
            if happening not in large:
                found.update(dict.fromkeys(group))
        linked = [id for id in found if id not in standing]
        rest = self._ledger.judgements([id for id in linked if id not in asked])
        said.update(((one.a, one.b, one.by), one) for one in rest)
        inside = set(linked)
        return linked, large, [said[key] for key in sorted(said) if key[0] in inside or key[1] in inside]

    def _strangers(
        self,
        entries: Sequence[Entry],
        said: Mapping[Pair, Judgement],
        judged: Mapping[Pair, Judgement],
    ) -> list[Judgement]:
        """Judgements of pairs that hang together through others, and that nobody has compared yet."""
        links: dict[str, list[str]] = {}
        for one in said.values():
            if one.verdict == "same":
                links.setdefault(one.a, []).append(one.b)
                links.setdefault(one.b, []).append(one.a)
        pairs: dict[Pair, None] = {}
        for entry in entries:
            near = dict.fromkeys(links.get(entry.id, ()))
            second = (far for other in near for far in links.get(other, ()))
            strangers = [far for far in dict.fromkeys(second) if far != entry.id and far not in near]
            fresh = [_pair(entry.id, far) for far in strangers]
            pairs.update(dict.fromkeys([pair for pair in fresh if pair not in said and pair not in judged][:COMPANY]))
        return list(self._judge(entries, pairs).values())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Work without the search for rings of garbage, which are not made here.

    Each search goes through all that is remembered, and what a batch makes is gone with the batch.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _joining(
    groups: Mapping[str, Sequence[str]], large: Mapping[str, Sequence[str]], judged: Mapping[Pair, Judgement]
) -> dict[str, tuple[str, ...]]:
    """The events that join large happenings: those alone that are the same as most of what they meet there."""
    place = {event: happening for happening, members in large.items() for event in members}
    free = {event: alone for alone, group in groups.items() if len(group) == 1 for event in group}
    votes: dict[str, Counter[str]] = {}
    for pair, one in judged.items():
        for mine, other in (pair, pair[::-1]):
            if mine in free and other in place:
                votes.setdefault(mine, Counter())[place[other]] += 1 if one.verdict == "same" else -1
    joining: dict[str, tuple[str, ...]] = {}
    for event, counts in sorted(votes.items()):
        happening, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if count > 0:
            joining[happening] = (*joining.get(happening, ()), event)
    return joining


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a <= b else (b, a)
