"""The days of given events, as the scorer of anchors reads them: on a day, or bounded.

An event is dated as the events layer dates what it finds: by the times near it, else by its bounds. The layer gives
what is only possible no bounds; here it lies after the publication where its words look forward, else before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from dateline.model import Reading, Span, Token
from dateline.model.timex_values import interval
from dateline.reading.events.bounds import find_bounds
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.scene import Scene, lay_out
from dateline.reading.events.status import judge_status
from dateline.reading.events.tense import tense
from dateline.reading.events.when import find_when

Anchor = dict[str, Any]


@cache
def open_lexicon() -> EventLexicon:
    """The lexicon of events, opened once."""
    return EventLexicon.load()


def anchors(
    reading: Reading, published: str | None, spans: Iterable[tuple[int, int]], lexicon: EventLexicon | None = None
) -> Iterator[Anchor]:
    """The anchor of the event at each span: ``on`` a day, else ``before`` or ``after`` some, all as ISO dates.

    ``dct`` says whether it lies on, before or after the publication.
    """
    lexicon = lexicon or open_lexicon()
    scene = lay_out(reading, lexicon.words)
    for start, end in spans:
        token = scene.parse.root_of(scene.parse.within(Span(start, end)))
        found = _anchor(scene, lexicon, token, (published or "")[:10]) if token is not None else {}
        yield {"start": start, "end": end, **found}


def _anchor(scene: Scene, lexicon: EventLexicon, token: Token, published: str) -> Anchor:
    status = judge_status(scene, lexicon, token).status
    dated = find_when(scene, lexicon, token, status)
    days = interval(dated.when.value) if dated is not None else None
    if days is not None:
        first, last = (day.isoformat() for day in days)
        if first == last:
            side = "on" if first == published else "before" if first < published else "after"
            return {"on": first, "dct": side}
        if published and (last < published or first > published):
            return {"after": [first], "before": [last], "dct": "before" if last < published else "after"}
    bounds = find_bounds(scene, token, status)
    if not published:
        return {}
    if bounds is not None and bounds.earliest is not None and bounds.earliest >= published:
        return {"after": [published], "dct": "after"}
    if bounds is None and status == "possible" and tense(scene, token) in ("modal", "infinitive"):
        return {"after": [published], "dct": "after"}
    return {"before": [published], "dct": "before"}
