"""Tells between which days an event lies whose day is not told: by what its words, its tense and its status say."""

from __future__ import annotations

from dateline.model import Bounds, Status, Token
from dateline.model.timex_values import interval
from dateline.reading.events.clauses import preposition
from dateline.reading.events.scene import Scene
from dateline.reading.events.tense import looks_back
from dateline.reading.events.times import governing_time, value_of


def find_bounds(scene: Scene, token: Token, status: Status) -> Bounds | None:
    """The first and the last day on which a happening without a date can lie; None where nothing tells either.

    What happened did so by the day of publication, what is planned is to come; what is only possible, denied or still
    going on has no bounds but those that its own words give it.
    """
    earliest, latest = _by_words(scene, token)
    if status == "planned" and earliest is None and not looks_back(scene, token):
        earliest = scene.published
    if status == "happened" and latest is None:
        latest = scene.published
    if earliest and latest and earliest > latest:
        return None
    return Bounds(earliest, latest) if earliest or latest else None


def _by_words(scene: Scene, token: Token) -> tuple[str | None, str | None]:
    """What "after the vote on 3 May" and "by Friday" tell."""
    found = governing_time(scene, token)
    days = interval(value_of(found[0])) if found else None
    if found is None or days is None:
        return None, None
    word, words = preposition(scene.parse, found[0]), scene.words.bounds
    first, last = (day.isoformat() for day in days)
    return (first if word in words.after else None), (last if word in words.before else None)
