"""Judges whether two entries tell of the same happening: what speaks for it and against it, weighed by a linear model.

Vetoes come first: days, places or numbers that cannot be of one happening part two entries whatever else they share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import product
from math import exp
from typing import NamedTuple

from msgspec import Struct

from dateline.corroboration.facts import (
    Facts,
    apart,
    facts_of,
    gist_of,
    holds,
    kilometres,
    likeness,
    nearness,
    text_words,
    weigh,
)
from dateline.corroboration.lexicon import open_lexicon
from dateline.model import Entry, EventSlot, Judgement, Verdict

BY = "corroboration.en/8"
"""The name that judgements of this room bear."""

MOST_DAYS = 2
"""Two reports may differ by so many days about one happening: a time zone, a slip, the day of the news."""

MOST_KILOMETRES = 300.0
"""Towns that lie farther apart are not the scene of one happening."""

CAREFUL = -1.6
"""What is added to the log odds of entries that nothing shows to be of one time: a player is arrested this year as
another was last year, and a false join hides one of the two. So that on ECB+'s development topics, whose reports have
no dates, more than four joined pairs in five are right."""

NEAR, WEIGHT = 0.7, 5.0
"""Embeddings of a nearer cosine speak for one happening, all others against it: the difference counts so often in log
odds. The weight is chosen on ECB+'s development topics, where 4 to 6 do alike: on the training topics, which they were
learned from, embeddings flatter. They are to part more than they join: from .7 on are most of one happening there."""

MUCH = 1.0
"""Log odds of embeddings from which on, for or against, they are told among the reasons."""

NEWS = 3
"""For so many days a story is the news."""

REMEMBERED = 20_000
"""Of so many pairs of editions the likeness is remembered."""

MOST_PUBLISHED = 60
"""Without a date of their own, events of reports so many days apart are compared no more."""


class Profile(Struct, frozen=True, gc=False):
    """What a report is about: its words, and among them its names, each weighed by how rare it is."""

    words: dict[str, float]
    cast: dict[str, float]


class Likeness(NamedTuple):
    """How much two reports are about the same, by their words and by their names; both 1 within one report."""

    words: float
    cast: float


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the reports that entries stand in: the profile of each edition.

    ``undated`` is added to the log odds of entries that nothing shows to be of one time. ``strict`` forbids that places
    far apart are of one happening; else that only speaks against it. ``known`` remembers the likeness of two editions:
    most pairs of events are of reports that were compared for another pair just before.
    """

    profiles: Mapping[str, Profile] = field(default_factory=dict)
    undated: float = CAREFUL
    strict: bool = True
    known: dict[tuple[str, str], Likeness] = field(default_factory=dict, compare=False, repr=False)

    def likeness(self, a: Entry, b: Entry) -> Likeness:
        """How much the reports of two entries are about the same; by headline and sentence where more is not known."""
        if a.report.edition == b.report.edition:
            return Likeness(1.0, 1.0)
        editions = (a.report.edition, b.report.edition)
        found = self.known.get(editions)
        if found is None:
            mine, theirs = (self.profiles.get(edition) for edition in editions)
            one, other = mine or _own_profile(a), theirs or _own_profile(b)
            found = Likeness(likeness(one.words, other.words), likeness(one.cast, other.cast))
            if mine and theirs:  # What an event's own words tell is no likeness of the reports.
                if len(self.known) >= REMEMBERED:
                    self.known.clear()
                self.known[editions] = found
        return found


NO_CONTEXT = Context()


def find_profile(text: str) -> Profile:
    """The words of a report, each weighed by how rare it is: what a Context knows the report by."""
    lexicon = open_lexicon()
    words = text_words(text, lexicon)
    names = [word for word in words if word[0].isupper() or word[0].isdigit()]
    return Profile(weigh(words, lexicon), weigh(names, lexicon))


@lru_cache(maxsize=1 << 12)
def _own_profile(entry: Entry) -> Profile:
    return find_profile(f"{entry.report.headline or ''} {entry.words}")


def judge_pair(a: Entry, b: Entry, *, context: Context = NO_CONTEXT, at: str | None = None) -> Judgement:
    """Whether two entries tell of the same happening, how sure that is, and because of what, in words.

    Of an unsure judgement the confidence is the chance that they are the same.
    ``at`` is the time to write on the judgement, now where None.
    """
    first, second = (a, b) if a.id <= b.id else (b, a)
    when = at or datetime.now(UTC).isoformat(timespec="seconds")
    one, other = facts_of(first), facts_of(second)
    veto = find_veto(one, other, strict=context.strict)
    if veto is not None:
        return Judgement(first.id, second.id, "different", BY, 0.99, veto, when)
    weights = open_lexicon().weights
    found = features(first, second, one, other, context.likeness(first, second))
    embedded = embedded_odds(one, other)
    lean = embedded + (0.0 if of_one_time(one, other) else context.undated)
    chance = probability(weights.pair, found, lean)
    verdict: Verdict = "same" if chance >= weights.same else "different" if chance <= weights.different else "unsure"
    confidence = 1 - chance if verdict == "different" else chance
    return Judgement(first.id, second.id, verdict, BY, round(confidence, 3), _because(found, embedded), when)


def of_one_time(one: Facts, other: Facts) -> bool:
    """Whether two entries are told of one day, or in reports of the same days: what is alike then is seldom two."""
    if one.exact and other.exact and one.days and other.days:
        return apart(one.days, other.days) == 0
    if one.published is None or other.published is None:
        return False
    return abs((one.published - other.published).days) <= NEWS


def probability(weights: Mapping[str, float], found: list[str], lean: float = 0.0) -> float:
    """The chance of one happening by the model's weights; ``lean`` is added to its log odds."""
    total = lean + weights.get("bias", 0.0) + sum(weights.get(name, 0.0) for name in found)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def embedded_odds(one: Facts, other: Facts) -> float:
    """The log odds that the embeddings of two entries add; none where one has none."""
    near = nearness(one, other)
    return 0.0 if near is None else WEIGHT * (near - NEAR)


def find_veto(one: Facts, other: Facts, *, strict: bool = True) -> str | None:
    """Why two entries cannot be of one happening, in words; None where nothing forbids it.

    Places far apart forbid it only where that is ``strict``.
    """
    if one.days and other.days and one.exact and other.exact:
        days = apart(one.days, other.days)
        if days > MOST_DAYS:
            return f"the days are {days} days apart"
    if one.days and other.days and apart(one.days, other.days) > 31:
        return "the times are more than a month apart"
    if not (one.days and other.days) and one.published and other.published:
        days = abs((one.published - other.published).days)
        if days > MOST_PUBLISHED:
            return f"the reports are {days} days apart"
    far = _place_veto(one, other) if strict else None
    return _turned_veto(one, other) or far or _number_veto(one.numbers, other.numbers)


def _turned_veto(one: Facts, other: Facts) -> str | None:
    """ "Russia expelled Czech diplomats" is the answer to "Czechia expelled Russian diplomats", and not the same."""
    doers, done_to = one.lands
    turned = doers and done_to and not doers & done_to and other.lands == (done_to, doers)
    return "each land does to the other what the other does to it" if turned else None


def _place_veto(one: Facts, other: Facts) -> str | None:
    if one.where is None or other.where is None or one.where.name == other.where.name:
        return None
    if holds(one.where.name, other.where.name) or holds(other.where.name, one.where.name):
        return None
    if "," not in one.where.name and "," not in other.where.name:
        return None  # Two countries: a meeting of their leaders may be told of either.
    if one.actors & other.actors or one.recipients & other.recipients:
        return None  # The same people did it: one of the places may be misprinted, or misread. It weighs, no more.
    distance = kilometres(one.where, other.where)
    if distance is None or distance <= MOST_KILOMETRES:
        return None
    return f"{one.where.name} and {other.where.name} are {distance:,.0f} km apart"


def _number_veto(mine: tuple[EventSlot, ...], theirs: tuple[EventSlot, ...]) -> str | None:
    """Measures that tell one happening from another: magnitudes half a degree apart, sums of money twice as large.

    Counts of people never forbid: tolls rise, and reports differ about them.
    """
    for unit, differ in (("magnitude", _by_half), ("money", _by_far)):
        ours = [number for number in mine if number.kind == unit]
        others = [number for number in theirs if number.kind == unit]
        if ours and others and all(differ(x, y) for x in ours for y in others):
            return f"the numbers differ ({unit}: {ours[0].interval[0]:,g} and {others[0].interval[0]:,g})"
    return None


def _by_half(x: EventSlot, y: EventSlot) -> bool:
    return max(x.interval[0], y.interval[0]) - min(x.interval[1], y.interval[1]) > 0.5


def _by_far(x: EventSlot, y: EventSlot) -> bool:
    return x.unit == y.unit and max(x.interval[0], y.interval[0]) > 2 * min(x.interval[1], y.interval[1])


def _bin(value: float, *edges: float) -> int:
    return sum(value >= edge for edge in edges)


def features(a: Entry, b: Entry, one: Facts, other: Facts, alike: Likeness) -> list[str]:
    """What the model weighs of two entries; ``alike`` is the likeness of their reports.

    Of all mentions of both, those are weighed whose words for what happened are most alike.
    """
    wording, one, other = _most_alike(one, other)
    same_report = a.report.edition == b.report.edition
    story = "own" if same_report else str(_bin(alike.words, 0.05, 0.1, 0.15, 0.2, 0.3, 0.45))
    cast = "own" if same_report else str(_bin(alike.cast, 0.05, 0.12, 0.2, 0.3, 0.45, 0.6))
    rare = str(_bin(one.rarity if wording == "same" else min(one.rarity, other.rarity), 1.5, 2.5, 3.5, 5.0))
    sentence = str(_bin(likeness(one.words, other.words), 0.02, 0.06, 0.12, 0.2, 0.35, 0.6))
    actors = _shared(one.actors, other.actors)
    recipients = _shared(one.recipients, other.recipients)
    crossed = bool(one.actors & other.recipients or one.recipients & other.actors)
    names = _shared(one.names, other.names)
    found = [
        f"wording={wording}",
        f"story={story}",
        f"cast={cast}",
        f"cast={cast} story={story}",
        f"sentence={sentence}",
        f"wording={wording} story={story}",
        f"wording={wording} cast={cast}",
        f"wording={wording} sentence={sentence}",
        f"wording={wording} rare={rare}",
        f"actors={actors}",
        f"recipients={recipients}",
        f"names={names}",
        f"wording={wording} actors={actors}",
        f"wording={wording} recipients={recipients}",
        f"wording={wording} names={names}",
        f"type={_types(a, b)} wording={wording}",
        f"when={_times(one, other)}",
        f"where={_places(one, other)}",
        f"numbers={_numbers(one.numbers, other.numbers)}",
        f"status={'same' if a.event.status == b.event.status else 'other'}",
        words_for(one, other),
    ]
    if crossed:
        found.append(f"crossed wording={wording}")
    if one.light or other.light:
        found.append(f"light wording={wording} story={story}")
    if one.speech and other.speech:
        found += [f"speech {each}" for each in (f"actors={actors}", f"sentence={sentence}", f"cast={cast}")]
    if wording not in ("same", "family") and (one.heads & other.around or other.heads & one.around):
        found.append("head stands in the other sentence")
    return found


def words_for(one: Facts, other: Facts) -> str:
    """The words for what happened in both: of some it is well known that they are said of one thing, or of many."""
    mine, theirs = sorted((gist_of(one), gist_of(other)))
    return f"both {mine}" if mine == theirs else f"{mine} and {theirs}"


def _wording(one: Facts, other: Facts) -> str:
    """How the two triggers stand to each other: the same words, some of them, one family, alike in letters, other."""
    if one.heads == other.heads:
        return "same"
    if one.heads & other.heads:
        return "part"
    if one.families & other.families:
        return "family"
    if any(_begin_alike(x, y) for x in one.heads for y in other.heads):
        return "alike"
    return "families" if one.families and other.families else "other"


LIKENESS = {"same": 0, "part": 1, "family": 2, "alike": 3, "families": 4, "other": 4}
"""How far from alike words for what happened are, by what ``_wording`` says of them."""


def _most_alike(one: Facts, other: Facts) -> tuple[str, Facts, Facts]:
    """The tellings of two entries with the most alike words for what happened, and how these stand to each other.

    Of equals those of the triggers.
    """
    tellings = product((one, *one.retold), (other, *other.retold))
    return min(((_wording(*pair), *pair) for pair in tellings), key=lambda told: LIKENESS[told[0]])


def _begin_alike(x: str, y: str) -> bool:
    return len(x) >= 4 and len(y) >= 4 and (x.startswith(y[:5]) or y.startswith(x[:5]))


def _shared(mine: frozenset[str], theirs: frozenset[str]) -> str:
    if not mine or not theirs:
        return "none" if not mine and not theirs else "one"
    both = len(mine & theirs)
    if not both:
        return "apart"
    return "all" if both == min(len(mine), len(theirs)) else "some"


def _types(a: Entry, b: Entry) -> str:
    one, other = a.event.type, b.event.type
    if one == other:
        return "both other" if one == "OTHER" else "same"
    return "half" if "OTHER" in (one, other) else "apart"


def _times(one: Facts, other: Facts) -> str:
    if one.days and other.days:
        days = apart(one.days, other.days)
        sure = "exact" if one.exact and other.exact else "wide"
        return f"{sure} {_bin(days, 1, 2, 4)}"
    if one.published and other.published:
        return f"published {_bin(abs((one.published - other.published).days), 2, 5, 15)}"
    return "unknown"


def _places(one: Facts, other: Facts) -> str:
    if one.where is None or other.where is None:
        return "unknown"
    if one.where.name == other.where.name:
        return "same town" if "," in one.where.name else "same land"
    if holds(one.where.name, other.where.name) or holds(other.where.name, one.where.name):
        return "within"
    distance = kilometres(one.where, other.where)
    return "other" if distance is None else "near" if distance < 50 else "far"


def _numbers(mine: tuple[EventSlot, ...], theirs: tuple[EventSlot, ...]) -> str:
    """Whether some count or amount is the same in both, or none is of those that could be."""
    comparable = [(x, y) for x in mine for y in theirs if x.kind == y.kind and x.fate == y.fate]
    if not comparable:
        return "unknown"
    return "same" if any(overlap(x, y) for x, y in comparable) else "apart"


def overlap(x: EventSlot, y: EventSlot) -> bool:
    """Whether the words of two slots allow one number."""
    return x.interval[0] <= y.interval[1] and y.interval[0] <= x.interval[1]


_SAID = {
    "wording=same": "the same word",
    "wording=part": "words in common",
    "wording=family": "words of one family",
    "actors=all": "the same actors",
    "actors=some": "actors in common",
    "recipients=all": "the same recipients",
    "recipients=some": "recipients in common",
    "names=all": "the same names in the sentence",
    "names=some": "names in common",
    "when=exact 0": "the same day",
    "when=wide 0": "times that agree",
    "where=same town": "the same place",
    "where=same land": "the same country",
    "where=within": "places one within the other",
    "where=near": "places near each other",
    "numbers=same": "the same numbers",
    "wording=other": "other words",
    "wording=families": "words for other things",
    "actors=apart": "other actors",
    "recipients=apart": "other recipients",
    "names=apart": "no name in common",
    "when=exact 1": "days one apart",
    "when=exact 2": "days that differ",
    "where=far": "places far apart",
    "numbers=apart": "numbers that differ",
}
"""What a feature says of two entries, in words."""


def _because(found: list[str], embedded: float) -> str:
    """The features that can be put into words, embeddings where they add much, and the likeness of the reports."""
    said = [_SAID[name] for name in found if name in _SAID]
    if abs(embedded) >= MUCH:
        said.append("words of like meaning" if embedded > 0 else "words of unlike meaning")
    story = next((name.partition("=")[2] for name in found if name.startswith("story=")), "0")
    said.append(
        "one report" if story == "own" else "reports on one subject" if int(story) >= 3 else "reports on other subjects"
    )
    return "; ".join(said)
