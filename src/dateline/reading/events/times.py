"""Finds the times that an event may have: those near it, what two of them span, and the day of publication."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal

from msgspec import Struct

from dateline.model import Parse, Span, Timex, Token, When
from dateline.model.timex_values import amount_of, grain, interval, shift, widen
from dateline.reading.events.clauses import climb, is_bound, is_verb, preposition
from dateline.reading.events.scene import Scene, by_span, by_token

Nearness = Literal[
    "attached", "clause", "sentence", "same word", "paragraph", "running", "lead", "publication", "month", "year",
]  # fmt: skip
"""How near a time is told: in the event's clause, sentence or paragraph, elsewhere, or by the publication alone."""

Shape = Literal["plain", "range", "since", "stretch"]

AROUND: tuple[Literal["month", "year"], ...] = ("month", "year")
"""What about the day of publication may be all that is known of a time."""

MAX_TIMES = 20
"""The most times on either side of a word looked at."""

MAX_CLAUSE = 120
"""The most tokens of one clause looked at for a time."""

_THROUGH = re.compile(r"\s?[-–—]\s?| (?:to|until|till|through|up to) (?:the )?", re.IGNORECASE)
"""What stands between the ends of a range: "from 2000 to 2008"."""

_AND = re.compile(r",? (?:and|&) (?:the )?", re.IGNORECASE)
"""What stands between two times that one thing filled: "in May and June", "between April and last month"."""


class Dated(Struct, frozen=True):
    """When an event may have happened, how near the words for it stand, and how likely it is to be right.

    ``shape`` says what the value was made of: one expression, the ends of a range, what began at one ("since April"),
    or a stretch up to the day of publication ("for three years").
    """

    when: When
    nearness: Nearness
    chance: float = 0.0
    shape: Shape = "plain"


def time_candidates(scene: Scene, token: Token) -> list[Dated]:
    """The times that an event may have, the nearest first: by its clause, its sentence, what was told before, the lead.

    Of those with one value the nearest stands for all.
    """
    found: dict[str, Dated] = {}
    for dated in _near(scene, token):
        found.setdefault(dated.when.value, dated)
    own = [each for each in found.values() if each.nearness == "attached"]
    return [each for each in found.values() if each.nearness == "attached" or _agrees(each, own)]


def _agrees(dated: Dated, own: Iterable[Dated]) -> bool:
    """Whether a time lies within those that an event has of its own, and is no end of theirs.

    What stands about "last week" may make it more exact; what stands in "from 12 to 14 July" does not.
    """
    days, span = interval(dated.when.value), dated.when.span
    for each in own:
        wide = interval(each.when.value)
        if days is None or wide is None or not wide[0] <= days[0] <= days[1] <= wide[1]:
            return False
        if span is not None and each.when.span is not None and each.when.span.covers(span):
            return False
    return True


def _near(scene: Scene, token: Token) -> Iterator[Dated]:
    """The candidates as they are met, the same value perhaps more than once."""
    governing = governing_time(scene, token)
    if governing is not None:
        yield from _spelt(scene, *governing)
    sentence = scene.times_in_sentence.get(token.sentence, ())
    for side in (_before(sentence, token.start), _from(sentence, token.start + 1)):
        for timex in islice((each for each in side if _told(scene, each)), 1):
            yield from _spelt(scene, timex, "sentence")
    same = scene.day_of_word.get(token.lemma)
    if same is not None:
        yield Dated(When(same.span, value_of(same)), "same word")
    start = scene.reading.sentences[token.sentence].start
    block = scene.times_in_block.get(scene.block_of(token), ())
    earlier = (each for each in _before(block, start) if is_dated(each) and not _bounds(scene, each))
    yield from (Dated(When(timex.span, value_of(timex)), "paragraph") for timex in islice(earlier, 1))
    running = islice(_before(scene.days, start), 1)
    yield from (Dated(When(timex.span, value_of(timex)), "running") for timex in running)
    yield from (Dated(When(timex.span, value_of(timex)), "lead") for timex in scene.days[:1])
    if scene.published and scene.reading.kind != "narrative":
        yield Dated(When(None, scene.published), "publication")
        for around in AROUND:
            value = widen(scene.published, around)
            if value is not None:
                yield Dated(When(None, value), around)


def _spelt(scene: Scene, timex: Timex, near: Nearness) -> Iterator[Dated]:
    """An expression as a candidate, and what it spans with its neighbour or up to publication."""
    return (Dated(when, near, shape=shape) for when, shape in _spellings(scene, timex))


@by_span
def _spellings(scene: Scene, timex: Timex) -> list[tuple[When, Shape]]:
    """What an expression and its neighbour may mean, in the order in which it is tried."""
    found: list[tuple[When, Shape]] = []
    joined = _range(scene, timex)
    if joined is not None:
        when, through = joined
        found.append((when, "range"))
        if through:
            return found
    if _bounds(scene, timex):
        return found
    began = _since(scene, timex)
    if began is not None:
        found.append((began, "since"))
    lasted = _stretch(scene, timex)
    if lasted is not None:
        found.append((lasted, "stretch"))
    if is_dated(timex):
        found.append((When(timex.span, _in_years(value_of(timex))), "plain"))
    return found


def _in_years(value: str) -> str:
    """A value, a decade or a century as the years that it spans: "198" is 1980/1989."""
    return f"{value:0<4}/{value:9<4}" if re.fullmatch(r"\d{2,3}", value) else value


@by_span
def _bounds(scene: Scene, timex: Timex) -> bool:
    """Whether a time is the bound of what it stands with."""
    return is_bound(scene.parse, timex, scene.words.bounds)


@by_span
def _told(scene: Scene, timex: Timex) -> bool:
    return is_dated(timex) or _stretch(scene, timex) is not None


def _range(scene: Scene, timex: Timex) -> tuple[When, bool] | None:
    """What two neighbouring times span, and whether it runs through: "from 2000 to 2008", but "in May and June"."""
    text, words = scene.text, scene.parse.within(timex.span)
    if not words or not is_dated(timex):
        return None
    sentence = scene.times_in_sentence.get(words[0].sentence, ())
    following = next((each for each in _from(sentence, timex.start + 1) if is_dated(each)), None)
    preceding = next((each for each in _before(sentence, timex.start) if is_dated(each)), None)
    for first, last in ((timex, following), (preceding, timex)):
        if first is None or last is None:
            continue
        between = text[first.end : last.start]
        if len(between) > 12 or not (_THROUGH.fullmatch(between) or _AND.fullmatch(between)):
            continue
        through = bool(_THROUGH.fullmatch(between)) or preposition(scene.parse, first) == "between"
        value = f"{value_of(first)}/{value_of(last)}"
        if interval(value) is not None and value_of(first) != value_of(last):
            return When(Span(first.start, last.end), value), through
    return None


def _before(times: Sequence[Timex], start: int) -> Iterator[Timex]:
    """The times that begin before a place, of many those next to it, the last first."""
    at = bisect_left(times, start, key=lambda timex: timex.start)
    return reversed(times[max(0, at - MAX_TIMES) : at])


def _from(times: Sequence[Timex], start: int) -> Iterator[Timex]:
    """The times that begin at a place or behind it, of many those next to it, the first first."""
    at = bisect_left(times, start, key=lambda timex: timex.start)
    return iter(times[at : at + MAX_TIMES])


def _since(scene: Scene, timex: Timex) -> When | None:
    """What lasts from a time up to publication: "since April"."""
    if not scene.published or not is_dated(timex) or preposition(scene.parse, timex) != "since":
        return None
    value = value_of(timex)
    width = grain(value)
    now = widen(scene.published, width) if width else None
    return When(timex.span, f"{value}/{now}") if now and interval(f"{value}/{now}") and now != value else None


@by_span
def _stretch(scene: Scene, timex: Timex) -> When | None:
    """What lasted so long up to publication: "for about three years", "over the past six months"."""
    if timex.type != "DURATION" or not scene.published:
        return None
    amount = amount_of(timex.value or "")
    if amount is None or preposition(scene.parse, timex) not in ("for", "over", "during", "in", "within"):
        return None
    number, unit = amount
    first, last = shift(scene.published, -number, unit), widen(scene.published, unit)
    return When(timex.span, f"{first}/{last}") if first and last and first != last else None


def governing_time(scene: Scene, token: Token) -> tuple[Timex, Nearness] | None:
    """The time expression that governs a token, by the clause it stands in; None where none does."""
    parse = scene.parse
    attached = best_below(scene, token)
    if attached is not None:
        return attached, "attached"
    # Climb from a noun or a participle to the clause that it stands in: "met on Wednesday, where the duo discussed".
    below = token
    for above in climb(parse, token):
        if not _shares_time(parse, below):
            break
        found = best_below(scene, above)
        if found is not None:
            carried = below.dep in ("dobj", "nsubjpass", "nsubj") and above.lemma in scene.words.support
            return found, "attached" if carried else "clause"
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


def times_below(scene: Scene, token: Token) -> Iterator[Timex]:
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
    dated = [timex for timex in timexes if is_dated(timex)]
    return max(dated, key=lambda timex: (min(len(value_of(timex)), 10), -timex.start), default=None)


@by_token
def best_below(scene: Scene, token: Token) -> Timex | None:
    """The most exact date that hangs on a token."""
    return _best(times_below(scene, token))


def is_dated(timex: Timex) -> bool:
    """Whether an expression names days of the calendar."""
    return timex.type in ("DATE", "TIME") and timex.value is not None and interval(value_of(timex)) is not None


def value_of(timex: Timex) -> str:
    """The day, month, year or interval of an expression, without its hour."""
    return (timex.value or "").split("T")[0]
