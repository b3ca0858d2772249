"""Finds when an event happened: from the time expression that governs it, else from the narrative around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.model import Parse, Status, Timex, Token, When
from dateline.model.timex_values import amount_days, interval, shift_days
from dateline.reading.events.clauses import MAX_CLIMB, is_verb
from dateline.reading.events.scene import Scene

MAX_CLAUSE = 120
"""The most tokens of one clause looked at for a time."""


@dataclass(frozen=True, slots=True)
class Dated:
    """When an event happened, and how near the words for it stand: 0 attached, 1 same clause, 3 context."""

    when: When
    distance: int


def find_when(scene: Scene, token: Token) -> Dated | None:
    """When what a token tells of took place, by the time expressions of its sentence; None where none fits."""
    parse = scene.parse
    attached = _best(_times_below(scene, token))
    if attached is not None:
        return Dated(When(attached.span, _value(attached)), 0)
    offset = _offset(scene, token)
    if offset is not None:
        return Dated(offset, 0)
    # Climb from a noun or a participle to the clause that it stands in: "met on Wednesday, where the duo discussed".
    below = token
    for step, above in enumerate(parse.ancestors(token)):
        if step > MAX_CLIMB or not _shares_time(parse, below):
            break
        found = _best(_times_below(scene, above))
        if found is not None:
            return Dated(When(found.span, _value(found)), 1)
        below = above
    return None


def _shares_time(parse: Parse, below: Token) -> bool:
    """Whether what hangs on a link happens when its governor does: no relative clause with a tense of its own."""
    if below.dep in ("relcl", "ccomp") and below.tag in ("VBD", "VBP", "VBZ"):
        return False
    if below.dep in ("advcl", "acl", "relcl", "xcomp") and any(
        kid.lower in ("had", "will", "would", "to") for kid in parse.kids(below, "aux")
    ):
        return False
    return not (below.dep == "conj" and is_verb(below) and parse.kid(below, "nsubj", "nsubjpass"))


def _times_below(scene: Scene, token: Token) -> Iterator[Timex]:
    """The time expressions that hang on a token directly or through a preposition, adverb or noun."""
    parse = scene.parse
    waiting = [(kid, 1) for kid in parse.kids(token)]
    seen: set[int] = set()
    count = 0
    while waiting and count < MAX_CLAUSE:
        kid, depth = waiting.pop(0)
        count += 1
        timex = scene.timex_at.get(kid.index)
        if timex is not None and timex.start not in seen:
            seen.add(timex.start)
            yield timex
        if depth < 4 and not is_verb(kid) and kid.dep not in ("conj", "nsubj", "appos"):
            waiting += [(inner, depth + 1) for inner in parse.kids(kid) if inner.dep not in ("relcl", "acl", "poss")]


def _best(timexes: Iterator[Timex]) -> Timex | None:
    """The most exact date among some time expressions."""
    dated = [timex for timex in timexes if _dated(timex)]
    return max(dated, key=lambda timex: (min(len(_value(timex)), 10), -timex.start), default=None)


def _dated(timex: Timex) -> bool:
    return timex.type in ("DATE", "TIME") and timex.value is not None and interval(_value(timex)) is not None


def _value(timex: Timex) -> str:
    """The day, month, year or interval of an expression, without its hour."""
    return (timex.value or "").split("T")[0]


def _offset(scene: Scene, token: Token) -> When | None:
    """The day that lies a stated time from another event's: "A day after visiting X, he travelled on Saturday"."""
    parse = scene.parse
    if token.dep != "pcomp":
        return None
    preposition = parse.head(token)
    if preposition.lower not in ("after", "before", "following"):
        return None
    measure = next((scene.timex_at[kid.index] for kid in parse.kids(preposition) if kid.index in scene.timex_at), None)
    if measure is None or measure.type != "DURATION":
        return None
    days = amount_days(measure.value or "")
    above = parse.head(preposition)
    anchor = _best(_times_below(scene, above)) if days is not None else None
    if anchor is None or days is None:
        return None
    shifted = shift_days(_value(anchor), days if preposition.lower == "before" else -days)
    return When(measure.span, shifted) if shifted is not None else None


def context_when(scene: Scene, token: Token, status: Status, focus: When | None) -> Dated | None:
    """When an event happened by the time of the narrative around it, for one whose own sentence does not say."""
    if focus is None or status in ("planned", "possible") or token.tag in ("VBZ", "VBP"):
        return None
    return Dated(When(None, focus.value), 3)
