"""Where happenings lie in time, for the picture of the timeline: from when to when, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.export.timelines import Hedges, hedge_of
from dateline.export.times import show_time
from dateline.model import Happening
from dateline.model.timex_values import interval

_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT(\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days of a happening, both included, and its hour where a clock tells it.

    ``hedge`` is "about", "before" or "after" where that is all that is said; ``words`` are the time in words with it.
    ``exact`` says that the happening lies on one day, and nothing hedges it.
    """

    first: str
    last: str
    clock: str | None
    hedge: str | None
    words: str
    exact: bool


def find_stretches(happenings: Iterable[Happening]) -> dict[str, Stretch]:
    """The stretches of the happenings that have a day, by their ids."""
    found = {one.id: _stretch(one, one.when) for one in happenings if one.when}
    return {id: stretch for id, stretch in found.items() if stretch is not None}


def _stretch(happening: Happening, when: str) -> Stretch | None:
    days = interval(when)
    if days is None:
        return None
    hedge = hedge_of(happening, _hedges())
    words = f"{hedge} {show_time(when)}" if hedge else show_time(when)
    clock = _CLOCK.match(when) if "/" not in when else None
    first, last = (day.isoformat() for day in days)
    return Stretch(first, last, clock[1] if clock else None, hedge, words, first == last and hedge is None)


@cache
def _hedges() -> Hedges:
    return Hedges.load()
