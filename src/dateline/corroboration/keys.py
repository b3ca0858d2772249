"""Blocking: the keys that entries of one happening share, so that only those with a key in common are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import log

from dateline.corroboration.facts import Facts, apart, facts_of, gist_of, size_of, text_words
from dateline.corroboration.lexicon import open_lexicon
from dateline.model import Entry

MOST_KEYS = 12
"""The most keys of an entry."""

WINDOW = 8
"""Days of a window; windows overlap by half, so that what lies four days apart or less shares one."""

MOST_COMPANY = 80
"""The most other entries that an entry is compared with: those that share most keys."""

_NAMES = 2
_SUBJECTS = 3


def find_subjects(text: str) -> tuple[str, ...]:
    """The three names that a report speaks of most, the rarer counting for more: what its events are found by.

    >>> find_subjects("Putin met Kim at Vostochny. Kim praised Vostochny, said Putin.")[:2]
    ('vostochny', 'kim')
    """
    lexicon = open_lexicon()
    counts: Counter[str] = Counter()
    for word in text_words(text, lexicon):
        if word[0].isupper() and word.lower() not in lexicon.generic:
            counts[lexicon.stem(word)] += 1
    worth = {word: log(1 + count) * size_of(word, lexicon) for word, count in counts.items()}
    return tuple(sorted(worth, key=lambda word: (-worth[word], word))[:_SUBJECTS])


def find_keys(entry: Entry, subjects: Sequence[str] = ()) -> tuple[str, ...]:
    """The blocking keys of an entry, at most twelve: windows of days, each with what happened and a name or a place.

    ``subjects`` are those of its report (``find_subjects``); where none are given, its headline and sentence tell them.
    """
    facts = facts_of(entry)
    windows = _windows(facts)
    about = list(subjects[:_SUBJECTS]) or list(find_subjects(f"{entry.report.headline or ''} {entry.words}"))
    names = [name for name in _best_names(facts) if name not in about][:_NAMES]
    what = gist_of(facts)
    pairs = [f"{what}|{name}" for name in about[:2]]
    pairs += [f"{what}|{name}" for name in names]
    pairs += ["&".join(sorted(about[:2]))] if len(about) > 1 else []
    pairs += [f"{what}|{name}" for name in about[2:]]
    if facts.where is not None:
        pairs.append(f"{what}|@{facts.where.name.partition(',')[0].casefold()}")
    if len(about) > 2:
        pairs += ["&".join(sorted((about[0], about[2]))), "&".join(sorted(about[1:]))]
    if not pairs:
        words = sorted(facts.words, key=lambda word: (-facts.words[word], word))
        pairs = [f"{what}|{word}" for word in words[: _NAMES + 1]]
    return tuple(f"{window}|{pair}" for pair in dict.fromkeys(pairs) for window in windows)[:MOST_KEYS]


def _windows(facts: Facts) -> tuple[str, ...]:
    """The windows of the day of the news, or of the event where that lies far off.

    A report without a date of publication goes into one window with its like: its "Sunday" could be any.
    """
    day = facts.published
    if day is None:
        return ("-",)
    if (
        facts.days is not None
        and (facts.days[1] - facts.days[0]).days <= WINDOW
        and apart(facts.days, (day, day)) > WINDOW
    ):
        day = facts.days[0]
    return _both_windows(day)


def _both_windows(day: date) -> tuple[str, ...]:
    number = day.toordinal()
    return f"a{number // WINDOW}", f"b{(number + WINDOW // 2) // WINDOW}"


def _best_names(facts: Facts) -> list[str]:
    """The rarest words of the participants' names and, where they are few, of the names around the trigger."""
    lexicon = open_lexicon()

    def rarest(words: Iterable[str]) -> list[str]:
        return sorted(words, key=lambda word: (-size_of(word, lexicon), word))

    own = rarest(facts.actors | facts.recipients)
    around = rarest({lexicon.stem(word) for word in facts.names if word not in lexicon.generic} - set(own))
    return [*own[:2], *around, *own[2:]]


def candidate_pairs(
    entries: Iterable[Entry], subjects: Mapping[str, Sequence[str]] | None = None, *, most: int = MOST_COMPANY
) -> Iterator[tuple[str, str]]:
    """The pairs of ids that share a key, each once, as a ledger finds them: an entry meets those that came before it.

    ``subjects`` holds those of each edition.
    """
    holders: dict[str, list[str]] = {}
    for entry in entries:
        keys = find_keys(entry, (subjects or {}).get(entry.report.edition, ()))
        shared = Counter(other for key in keys for other in holders.get(key, ())[-4 * most :])
        best = sorted(shared, key=lambda other: (-shared[other], other))[:most]
        for other in best:
            yield min(entry.id, other), max(entry.id, other)
        for key in keys:
            holders.setdefault(key, []).append(entry.id)
