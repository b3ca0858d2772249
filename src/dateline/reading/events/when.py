"""Finds when an event happened: from the time expression that governs it, else from the narrative around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from dateline.model import Parse, Status, Timex, Token, When
from dateline.model.timex_values import amount_days, interval, shift_days
from dateline.reading.events.clauses import MAX_CLIMB, is_verb
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.linear import chance
from dateline.reading.events.scene import Scene

Nearness = Literal["attached", "clause", "sentence", "paragraph", "lead"]

MAX_CLAUSE = 120
"""The most tokens of one clause looked at for a time."""


@dataclass(frozen=True, slots=True)
class Dated:
    """When an event happened, how near the words for it stand, and how likely it is to be right."""

    when: When
    nearness: Nearness
    chance: float = 0.0


def find_when(scene: Scene, lexicon: EventLexicon, token: Token, status: Status) -> Dated | None:
    """When what a token tells of took place: the likeliest of the times that stand near; None where none is likely."""
    offset = _offset(scene, token)
    if offset is not None:
        return Dated(offset, "attached", 1.0)
    weighed = [
        replace(each, chance=chance(lexicon.models.when, when_features(scene, token, status, each)))
        for each in time_candidates(scene, token)
    ]
    best = max(weighed, key=lambda each: each.chance, default=None)
    return best if best is not None and best.chance >= lexicon.models.when_above else None


def time_candidates(scene: Scene, token: Token) -> list[Dated]:
    """The times that an event may have: by its own clause, by its sentence, by the paragraph so far, by the lead."""
    own = governing_time(scene, token)
    found = [own] if own is not None else []
    sentence = scene.times_in_sentence.get(token.sentence, ())
    before = [timex for timex in sentence if timex.start < token.start and _dated(timex)]
    after = [timex for timex in sentence if timex.start > token.start and _dated(timex)]
    found += [Dated(When(timex.span, _value(timex)), "sentence") for timex in (*before[-1:], *after[:1])]
    block = scene.times_in_block.get(scene.block_of(token), ())
    earlier = [timex for timex in block if timex.end <= scene.reading.sentences[token.sentence].start and _dated(timex)]
    found += [Dated(When(timex.span, _value(timex)), "paragraph") for timex in earlier[-1:]]
    lead = next(
        (timex for number in (0, 1, 2) for timex in scene.times_in_block.get(number, ()) if _to_the_day(timex)), None
    )
    if lead is not None:
        found.append(Dated(When(lead.span, _value(lead)), "lead"))
    return list({each.when.value: each for each in reversed(found)}.values())[::-1]


def _to_the_day(timex: Timex) -> bool:
    return _dated(timex) and len(_value(timex)) == 10


def when_features(scene: Scene, token: Token, status: Status, dated: Dated) -> list[str]:
    """What speaks for a time's being that of an event."""
    near, value = dated.nearness, dated.when.value
    kind = "noun" if token.pos != "VERB" else token.tag
    found = [f"near={near}", f"near={near}:{kind}", f"near={near}:{status}", f"near={near}:{token.dep}"]
    found.append(f"near={near}:width {min(len(value), 11)}")
    published = (scene.reading.report.published or "")[:10]
    if published and len(value) >= 4:
        order = "later" if value[:10] > published else "earlier" if value[:10] < published[: len(value)] else "then"
        found += [f"order={order}:{status}", f"order={order}:{near}"]
    if dated.when.span is not None:
        words = scene.parse.within(dated.when.span)
        top = scene.parse.root_of(words)
        if top is not None:
            above = scene.parse.head(top)
            found.append(f"behind={above.lower if above.dep == 'prep' else top.dep}")
            found.append(f"near={near}:behind={above.lower if above.dep == 'prep' else top.dep}")
            gap = abs(top.index - token.index)
            found.append(f"near={near}:gap {0 if gap < 4 else 1 if gap < 10 else 2 if gap < 25 else 3}")
            found += ["under it"] if above.index == token.index or scene.parse.head(above).index == token.index else []
    found.append(f"near={near}:said {bool(scene.statements_at.get(token.index))}")
    found.append(f"near={near}:block {min(scene.block_of(token), 4)}")
    found += ["had"] if any(aid.lower == "had" for aid in scene.parse.kids(token, "aux")) else []
    return found


def governing_time(scene: Scene, token: Token) -> Dated | None:
    """When what a token tells of took place, by the time expressions of its sentence; None where none fits."""
    parse = scene.parse
    attached = _best(_times_below(scene, token))
    if attached is not None:
        return Dated(When(attached.span, _value(attached)), "attached")
    # Climb from a noun or a participle to the clause that it stands in: "met on Wednesday, where the duo discussed".
    below = token
    for step, above in enumerate(parse.ancestors(token)):
        if step > MAX_CLIMB or not _shares_time(parse, below):
            break
        found = _best(_times_below(scene, above))
        if found is not None:
            carried = below.dep in ("dobj", "nsubjpass", "nsubj") and above.lemma in scene.words.support
            return Dated(When(found.span, _value(found)), "attached" if carried else "clause")
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
    # The parser hangs the preposition on the measure ("day" over "after"), or the measure on the preposition.
    above = parse.head(preposition)
    places = [above, *parse.kids(preposition)]
    measure = next((scene.timex_at[each.index] for each in places if each.index in scene.timex_at), None)
    if measure is None or measure.type != "DURATION":
        return None
    days = amount_days(measure.value or "")
    if above.index in scene.timex_at:
        above = parse.head(above)
    anchor = _best(_times_below(scene, above)) if days is not None else None
    if anchor is None or days is None:
        return None
    shifted = shift_days(_value(anchor), days if preposition.lower == "before" else -days)
    return When(measure.span, shifted) if shifted is not None else None
