"""What an entry tells, laid out for comparing: the stems of its trigger, names, numbers, days and coordinates."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from math import asin, cos, log, radians, sin, sqrt
from operator import mul
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dateline.corroboration.lexicon import CorroborationLexicon, open_lexicon
from dateline.model import Direction, Entry, EventSlot, Participant, Where, cosine, direction
from dateline.model.timex_values import grain, interval

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MOST_SIZE = 6.0
"""No word says more than one that stands in 1 of e^6 reports: a misspelling is not worth more than a name."""

MOST_RETOLD = 6
"""The most words beside the trigger's that an event is compared by."""

SPEECH = ("say", "announce", "report", "confirm")
"""The families of reporting words: reports are full of them, and only the same speaker makes one happening of two."""


class Facts(Struct, frozen=True, gc=False):
    """What one entry tells. ``heads`` are the stems of its trigger, ``families`` what they belong to.

    ``light`` holds where the trigger's words lend themselves to anything ("made", "took"). ``words`` weighs the other
    words of its sentence, ``actors`` and ``recipients`` are key words of names, ``days`` the first and last day.
    ``lands`` are the countries whose names or people stand among the actors, and among the recipients. ``embedding`` is
    the event's, brought to a length of 1. ``retold`` has the same with the words of other mentions for the trigger's.
    """

    heads: frozenset[str]
    families: frozenset[str]
    light: bool
    speech: bool
    rarity: float
    words: dict[str, float]
    names: frozenset[str]
    around: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    numbers: tuple[EventSlot, ...]
    days: tuple[date, date] | None
    exact: bool
    published: date | None
    where: Where | None
    lands: tuple[frozenset[str], frozenset[str]]
    embedding: Direction
    retold: tuple[Facts, ...] = ()


@lru_cache(maxsize=1 << 13)
def facts_of(entry: Entry) -> Facts:
    """What an entry tells, worked out once."""
    return lay_out(entry, open_lexicon())


def lay_out(entry: Entry, lexicon: CorroborationLexicon) -> Facts:
    """What an entry tells, by the words of a lexicon."""
    event, text = entry.event, entry.words
    start = max(0, event.trigger.start - entry.sentence.start)
    end = max(start, event.trigger.end - entry.sentence.start)
    around = _WORD.findall(text[:start]) + _WORD.findall(text[end:])
    stems = [lexicon.stem(word) for word in around]
    days = interval(event.when.value) if event.when else None
    facts = Facts(
        **_trigger(text[start:end], lexicon),
        words=weigh([word for word in around if word.lower() not in lexicon.stop], lexicon),
        names=frozenset(word.lower() for word in around if word[:1].isupper() and word.lower() not in lexicon.stop),
        around=frozenset(stems),
        actors=_keys(event.actors, lexicon),
        recipients=_keys(event.recipients, lexicon),
        numbers=tuple(slot for slot in event.slots if slot.low is not None),
        days=days,
        exact=event.when is not None and days is not None and grain(event.when.value) == "day",
        published=_day(entry.report.published),
        where=event.where,
        lands=(lands_of(event.actors, lexicon), lands_of(event.recipients, lexicon)),
        embedding=direction(event.embedding),
    )
    retold = {each["heads"]: each for each in (_trigger(words, lexicon) for words in event.also_words[:MOST_RETOLD])}
    others = (replace(facts, **each) for heads, each in retold.items() if heads != facts.heads)
    return replace(facts, retold=tuple(others)) if retold else facts


def _trigger(words: str, lexicon: CorroborationLexicon) -> dict[str, Any]:
    """What the words of a mention tell of what happened: the fields of Facts that hang on them alone."""
    heads = head_stems(words, lexicon)
    families = _families(heads, words, lexicon)
    return {
        "heads": heads,
        "families": frozenset(families),
        "light": bool(heads) and heads <= lexicon.light,
        "speech": any(family in SPEECH for family in families),
        "rarity": max((size_of(head, lexicon) for head in heads), default=0.0),
    }


def nearness(one: Facts, other: Facts) -> float | None:
    """The cosine of two events' embeddings, from -1 to 1; None where one has none."""
    return cosine(one.embedding, other.embedding)


def gist_of(facts: Facts) -> str:
    """What happened in one word: the family of the trigger, else its first stem."""
    return min(facts.families) if facts.families else min(facts.heads, default="")


def head_stems(trigger: str, lexicon: CorroborationLexicon) -> frozenset[str]:
    """The stems of the words of a trigger that tell what happened; all of them where none does.

    >>> sorted(head_stems("checked into", open_lexicon()))
    ['check']
    """
    words = _WORD.findall(trigger)
    telling = [word for word in words if word.lower() not in lexicon.stop] or words
    stems = [lexicon.stem(word) for word in telling]
    heavy = [stem for stem in stems if stem not in lexicon.light]
    return frozenset(heavy or stems)


def _families(heads: frozenset[str], trigger: str, lexicon: CorroborationLexicon) -> list[str]:
    phrase = " ".join(lexicon.stem(word) for word in _WORD.findall(trigger))
    whole = lexicon.family_of.get(phrase)
    if whole is not None:
        return [whole]
    return [lexicon.family_of[head] for head in sorted(heads) if head in lexicon.family_of]


def size_of(word: str, lexicon: CorroborationLexicon) -> float:
    """How much it says that two reports have a word in common: the rarer, the more."""
    return min(_MOST_SIZE, lexicon.rarity(word))


def weigh(words: list[str], lexicon: CorroborationLexicon) -> dict[str, float]:
    """The words of a text by stem, each weighed by its rarity and number, to a length of 1."""
    counts: dict[str, int] = {}
    for word in words:
        key = lexicon.stem(word)
        counts[key] = counts.get(key, 0) + 1
    weighed = {key: (1 + log(count)) * size_of(key, lexicon) for key, count in counts.items()}
    length = sqrt(sum(value * value for value in weighed.values())) or 1.0
    return {key: value / length for key, value in weighed.items()}


def text_words(text: str, lexicon: CorroborationLexicon) -> list[str]:
    """The words of a text but the stop words and single letters."""
    return [word for word in _WORD.findall(text) if len(word) > 1 and word.lower() not in lexicon.stop]


def likeness(one: dict[str, float], other: dict[str, float]) -> float:
    """The cosine of two weighed bags of words."""
    if len(one) > len(other):
        one, other = other, one
    common = list(filter(other.__contains__, one))
    return float(sum(map(mul, map(one.__getitem__, common), map(other.__getitem__, common))))


def _keys(participants: tuple[Participant, ...], lexicon: CorroborationLexicon) -> frozenset[str]:
    """The words that names of the participants are known by; a generic word ("police") only where there is no other.

    "Kim Jong-un" and "Kim Jong Un" are known by the same three.
    """
    found: list[str] = []
    for participant in participants:
        words = [word.lower() for word in _WORD.findall(participant.name.replace("-", " "))]
        own = [word for word in words if word not in lexicon.generic and word not in lexicon.stop]
        found += [lexicon.stem(word) for word in own]
    return frozenset(found)


def lands_of(participants: tuple[Participant, ...], lexicon: CorroborationLexicon) -> frozenset[str]:
    """The countries that the participants' names speak of: Russia for "18 Russian diplomats"."""
    words = (word.lower() for one in participants for word in _WORD.findall(one.name) if word[0].isupper())
    return frozenset(lexicon.land_of[word] for word in words if word in lexicon.land_of)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def apart(one: tuple[date, date], other: tuple[date, date]) -> int:
    """How many days lie between two stretches of days; 0 where they overlap.

    >>> apart((date(2023, 9, 13), date(2023, 9, 13)), (date(2023, 9, 15), date(2023, 9, 17)))
    2
    """
    if one[1] < other[0]:
        return (other[0] - one[1]).days
    if other[1] < one[0]:
        return (one[0] - other[1]).days
    return 0


def kilometres(one: Where, other: Where) -> float | None:
    """The distance of two places on the ground; None where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, south = radians(one.lat), radians(other.lat)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(half)))


def holds(wide: str, narrow: str) -> bool:
    """Whether a place's full name says that it lies in another: "Vostochny Cosmodrome, Russia" in "Russia".

    >>> holds("Russia", "Vostochny Cosmodrome, Russia"), holds("Amur, Russia", "Russia")
    (True, False)
    """
    wide_parts = [part.strip().casefold() for part in wide.split(",")]
    narrow_parts = [part.strip().casefold() for part in narrow.split(",")]
    return len(wide_parts) < len(narrow_parts) and narrow_parts[-len(wide_parts) :] == wide_parts


def day_of(value: date, after: int) -> date | None:
    """The day so many days after one; None past the ends of the calendar."""
    try:
        return value + timedelta(after)
    except OverflowError:
        return None
