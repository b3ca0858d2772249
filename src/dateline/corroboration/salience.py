"""How much a happening is what its reports are about: the chance that a summary of one of them would mention it.

Each telling is weighed by a linear model: where in its report it first stands, whether the headline speaks of it, who
takes part, how near its time is to the day of the news. Each doubling of the independent origins adds to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from math import exp, log2
from typing import Literal

from msgspec import Struct

from dateline.corroboration.facts import Facts, apart, facts_of, text_words
from dateline.corroboration.lexicon import open_lexicon
from dateline.lexicon.tables import read_json
from dateline.model import Entry

Lag = Literal["none", "future", "news", "weeks", "old"]
"""How a happening lies to the publication of its report: nobody knows, after it, near it, weeks before, long ago."""

NEWS, LONG_AGO = 7, 30
"""So many days around its publication a report tells news; what is older than so many is long ago."""

ORIGINS = 0.5
"""What each doubling of the independent origins adds to the log odds: set by hand, for want of annotated timelines."""

_FIRST = (120, 400, 800, 1600)


class Salience(Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``salience_weights.json``: from ``shown`` on a happening is one of the main ones of a timeline."""

    card: dict[str, str]
    shown: float
    weights: dict[str, float]


@cache
def open_salience() -> Salience:
    """The learned weights, opened once.

    Raises LexiconError where the file is missing or damaged.
    """
    return read_json("languages/en/salience_weights.json", Salience)


def find_salience(entries: Sequence[Entry], independent: int = 1, *, by: Salience | None = None) -> float:
    """The salience of a happening, from 0 to 1: that of its most salient telling, raised by its independent origins.

    It is told ``by`` the weights that ship, unless others are given.
    """
    weights = (by or open_salience()).weights
    best = max(sum(weights.get(name, 0.0) for name in ("bias", *features(entry))) for entry in entries)
    return round(1 / (1 + exp(-best - ORIGINS * log2(max(1, independent)))), 3)


def features(entry: Entry) -> list[str]:
    """What the model weighs of one telling."""
    event, facts = entry.event, facts_of(entry)
    first = min(span.start for span in (event.trigger, *event.also))
    found = [
        f"first={sum(first >= edge for edge in _FIRST)}",
        f"also={min(2, len(event.also))}",
        f"lag={find_lag(facts)}",
        "parties=both" if event.recipients else "parties=one" if event.actors else "parties=none",
    ]
    found += ["main"] if event.main else []
    found += ["other"] if event.type == "OTHER" else []
    headline = _headline_stems(entry.report.headline) if entry.report.headline else frozenset()
    found += ["headline tells it"] if headline & facts.heads else []
    found += ["headline names them"] if headline & (facts.actors | facts.recipients) else []
    return found


@lru_cache(maxsize=1 << 10)
def _headline_stems(headline: str) -> frozenset[str]:
    lexicon = open_lexicon()
    return frozenset(lexicon.stem(word.lower()) for word in text_words(headline.replace("-", " "), lexicon))


def find_lag(facts: Facts) -> Lag:
    """How the time of an event lies to the publication of its report."""
    if facts.days is None or facts.published is None:
        return "none"
    away = apart(facts.days, (facts.published, facts.published))
    if away <= NEWS:
        return "news"
    if facts.days[0] > facts.published:
        return "future"
    return "weeks" if away <= LONG_AGO else "old"


def is_background(entries: Sequence[Entry]) -> bool:
    """Whether all tellings that give a time give one that lies well before their report, and at least one does."""
    lags = {find_lag(facts_of(entry)) for entry in entries} - {"none"}
    return bool(lags) and lags <= {"weeks", "old"}
