"""Finds where an event happened: the place that hangs on it, else the one of its clause or of the narrative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.model import Token, Toponym, Where
from dateline.reading.events.clauses import MAX_CLIMB, is_verb, phrase_span
from dateline.reading.events.scene import Scene

MAX_CLAUSE = 120


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an event happened, and how near the words that say so stand: 0 attached, 1 same clause, 3 context."""

    where: Where
    distance: int


def find_where(scene: Scene, token: Token) -> Placed | None:
    """Where the happening that a token tells of took place, by the places of its clause; None where none fits."""
    parse = scene.parse
    attached = next(_places_below(scene, token), None)
    if attached is not None:
        return Placed(attached, 0)
    below = token
    for step, above in enumerate(parse.ancestors(token)):
        if (
            step > MAX_CLIMB
            or below.dep in ("ccomp", "relcl")
            or (below.dep == "conj" and is_verb(below) and parse.kid(below, "nsubj"))
        ):
            break
        found = next(_places_below(scene, above), None)
        if found is not None:
            return Placed(found, 1)
        below = above
    return None


def _places_below(scene: Scene, token: Token) -> Iterator[Where]:
    """The places behind the prepositions of a token, those of place first ("in Cairo" before "to Cairo")."""
    parse = scene.parse
    found: list[tuple[int, int, Where]] = []
    for preposition in parse.kids(token, "prep", "dative", "agent")[:MAX_CLAUSE]:
        if preposition.lower not in scene.words.locative:
            continue
        for thing in parse.kids(preposition, "pobj"):
            where = place_of(scene, thing)
            if where is not None:
                rank = (
                    0
                    if preposition.lower in scene.words.firmly_locative
                    else 1
                    if preposition.lower in ("to", "into", "on")
                    else 2
                )
                if preposition.lower in ("of", "from", "between") and is_verb(token):
                    rank = 3
                found.append((rank, thing.index, where))
    if token.lemma in ("visit", "tour", "enter", "reach", "leave", "inspect") or token.pos == "NOUN":
        for thing in parse.kids(token, "dobj"):
            where = place_of(scene, thing)
            if where is not None:
                found.append((0, thing.index, where))
    yield from (where for _, _, where in sorted(found, key=lambda each: each[:2]))


def place_of(scene: Scene, noun: Token) -> Where | None:
    """The place that a noun phrase names: "Cairo", or by a description near one: "an airport near Vladivostok"."""
    toponym = scene.toponym_at.get(noun.index)
    if toponym is not None:
        return _where(scene, noun, toponym, described=False)
    if noun.pos not in ("NOUN", "PROPN"):
        return None
    near = _nearest(scene, noun)
    return _where(scene, noun, near, described=True) if near is not None else None


def _nearest(scene: Scene, noun: Token) -> Toponym | None:
    """The first place named inside a phrase: "the presidential palace in Kabul"."""
    parse = scene.parse
    waiting, count = [(kid, 1) for kid in parse.kids(noun)], 0
    while waiting and count < 40:
        kid, depth = waiting.pop(0)
        count += 1
        toponym = scene.toponym_at.get(kid.index)
        if toponym is not None and (kid.dep != "amod"):
            return toponym
        if depth < 4 and kid.dep in ("prep", "pobj", "poss", "compound", "appos", "npadvmod", "nmod"):
            waiting += [(inner, depth + 1) for inner in parse.kids(kid)]
    return None


def _where(scene: Scene, noun: Token, toponym: Toponym, *, described: bool) -> Where | None:
    place = toponym.place
    if place is None:
        return None
    span = toponym.span
    name = place.name
    if described:
        span = phrase_span(scene.parse, noun)
        words = " ".join(span.of(scene.text).split())
        name = words if place.name in words else f"{words}, {place.name}"
    country = scene.country_names.get(place.country or "")
    if country and country not in name:
        name = f"{name}, {country}"
    return Where(span, name, place.lat, place.lon)
