"""The days of given events, as the scorer of anchors reads them: on a day, or bounded by the publication's.

An event is dated as the events layer dates what it finds. Where nothing near tells its day, the tense and the status
tell the side of the publication that it lies on, and no day is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from dateline.model import Reading, Span, Status, Token
from dateline.model.timex_values import interval
from dateline.reading.events.clauses import helpers
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.scene import Scene, lay_out
from dateline.reading.events.status import judge_status
from dateline.reading.events.when import find_when

TO_COME = frozenset({"will", "would", "shall", "may", "might", "could", "can", "’ll", "'ll", "to"})
"""The helpers of a verb that tells of what is to come."""

Anchor = dict[str, Any]


@cache
def _lexicon() -> EventLexicon:
    return EventLexicon.load()


def anchors(reading: Reading, spans: Iterable[tuple[int, int]]) -> Iterator[Anchor]:
    """The anchor of the event at each span: ``on`` a day, else ``before`` or ``after`` some, all as ISO dates."""
    lexicon = _lexicon()
    scene = lay_out(reading, lexicon.words)
    for start, end in spans:
        token = scene.parse.root_of(scene.parse.within(Span(start, end)))
        yield {"start": start, "end": end, **(_anchor(scene, lexicon, token) if token is not None else {})}


def _anchor(scene: Scene, lexicon: EventLexicon, token: Token) -> Anchor:
    published = (scene.reading.report.published or "")[:10]
    status = judge_status(scene, lexicon, token).status
    dated = find_when(scene, lexicon, token, status)
    days = interval(dated.when.value) if dated is not None else None
    if days is not None:
        first, last = (str(day)[:10] for day in days)
        if first == last:
            return {"on": first}
        if not first <= published <= last:
            return {"after": [first], "before": [last]} if last < published else {"after": [published]}
    if not published:
        return {}
    return {"after": [published]} if _to_come(scene, token, status) else {"before": [published]}


def _to_come(scene: Scene, token: Token, status: Status) -> bool:
    """Whether an event without a date is told as one that is still to come."""
    helped = any(aid.lower in TO_COME for aid in helpers(scene.parse, token))
    return status in ("planned", "possible") and (helped or token.tag in ("VB", "VBG", "NN", "NNS"))
