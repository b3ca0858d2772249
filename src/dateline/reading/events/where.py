"""Finds where an event happened: the place that hangs on it, else the one of its clause or of the narrative."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from dateline.model import Status, Token, Toponym, Where
from dateline.reading.events.clauses import MAX_CLIMB, climb, is_verb, phrase_span
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.linear import chance
from dateline.reading.events.scene import Scene

ACTS = ("nsubj",)
"""How a place hangs on a verb that stands for those who act there, and is no scene: "Pyongyang calls it a success"."""

ASIDE = (*ACTS, "poss", "amod", "compound")
"""How it hangs on other words where it is no scene for later sentences either: "Russia’s missiles"."""

MAX_CLAUSE = 120


Nearness = Literal["attached", "clause", "sentence", "paragraph", "report"]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an event happened, how near the words for it stand, and how likely it is to be right."""

    where: Where
    nearness: Nearness
    toponym: Toponym
    chance: float = 0.0


def find_where(scene: Scene, lexicon: EventLexicon, token: Token, status: Status) -> Placed | None:
    """Where what a token tells of took place: the likeliest place near; None where none is likely."""
    weighed = [
        replace(each, chance=chance(lexicon.models.where, where_features(scene, token, status, each)))
        for each in place_candidates(scene, token)
    ]
    best = max(weighed, key=lambda each: each.chance, default=None)
    return best if best is not None and best.chance >= lexicon.models.where_above else None


def place_candidates(scene: Scene, token: Token) -> list[Placed]:
    """The places that an event may have: of its clause, of its sentence, of the paragraph so far, of the report."""
    found = _of_clause(scene, token)
    beside = (place for place in scene.places_in_sentence.get(token.sentence, ()) if not _is(scene, place, ACTS))
    for toponym in islice(beside, 6):
        found += _placed(scene, toponym, "sentence")
    start = scene.reading.sentences[token.sentence].start
    earlier = (place for place in scene.places_in_block.get(scene.block_of(token), ()) if place.end <= start)
    for toponym in [place for place in earlier if not _is(scene, place, ASIDE)][-1:]:
        found += _placed(scene, toponym, "paragraph")
    first = next((place for place in scene.places if not _is(scene, place, ASIDE)), None)
    if first is not None:
        found += _placed(scene, first, "report")
    return list({(each.where.lat, each.where.lon): each for each in reversed(found)}.values())[::-1]


def _is(scene: Scene, toponym: Toponym, deps: Collection[str]) -> bool:
    """Whether the words of a place hang on others in one of these ways."""
    top = scene.parse.root_of(scene.parse.within(toponym.span))
    return top is not None and top.dep in deps


def _of_clause(scene: Scene, token: Token) -> list[Placed]:
    """The places that hang on a token, or on the words above it in its own clause."""
    parse = scene.parse
    found = [replace(each, nearness="attached") for each in _places_below(scene, token)]
    found += _places_deeper(scene, token)
    below = token
    for above in climb(parse, token):
        own_subject = below.dep == "conj" and is_verb(below) and parse.kid(below, "nsubj")
        if below.dep in ("ccomp", "relcl") or own_subject:
            break
        found += _places_below(scene, above)
        below = above
    return found[:6]


def _placed(scene: Scene, toponym: Toponym, nearness: Nearness) -> list[Placed]:
    """A place of the context, with the phrase that describes a site in it where there is one."""
    words = scene.parse.within(toponym.span)
    top = scene.parse.root_of(words)
    where = _where(scene, top, toponym, described=False) if top is not None else None
    return [Placed(where, nearness, toponym)] if where is not None else []


def where_features(scene: Scene, token: Token, status: Status, placed: Placed) -> list[str]:
    """What speaks for a place's being that of an event."""
    near, place = placed.nearness, placed.toponym.place
    kind = "noun" if token.pos != "VERB" else "verb"
    feature = (place.feature if place is not None else "")[:3]
    found = [
        f"near={near}",
        f"near={near}:{kind}",
        f"near={near}:{status}",
        f"feature={feature}",
        f"near={near}:{feature}",
    ]
    words = scene.parse.within(placed.toponym.span)
    top = scene.parse.root_of(words)
    if top is not None:
        above = scene.parse.head(top)
        link = f"behind {above.lower}" if above.dep == "prep" else top.dep
        found += [f"link={link}", f"near={near}:link={link}", f"pos={top.pos}"]
        gap = top.index - token.index
        found.append(f"near={near}:gap {(gap > 0) - (gap < 0)}{0 if abs(gap) < 4 else 1 if abs(gap) < 12 else 2}")
    found += ["described"] if placed.where.span is not None and placed.where.span != placed.toponym.span else []
    share = sum(each.name == placed.toponym.name for each in scene.reading.toponyms[:200])
    found.append(f"named {min(share, 4)} times")
    found.append(f"near={near}:block {min(scene.block_of(token), 3)}")
    found.append(f"sure={int(placed.toponym.confidence * 4)}")
    countries = {each.place.country for each in scene.reading.toponyms[:200] if each.place is not None}
    found += [f"near={near}:one country"] if len(countries) == 1 else []
    return found


def _places_below(scene: Scene, token: Token) -> Iterator[Placed]:
    """The places behind the prepositions of a token, those of place first ("in Cairo" before "to Cairo")."""
    parse = scene.parse
    found: list[tuple[int, int, Placed]] = []
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
    if token.pos in ("VERB", "NOUN"):
        for thing in parse.kids(token, "dobj", "nsubjpass"):
            where = place_of(scene, thing)
            if where is not None:
                found.append((0, thing.index, where))
    yield from (where for _, _, where in sorted(found, key=lambda each: each[:2]))


def _places_deeper(scene: Scene, token: Token) -> Iterator[Placed]:
    """The places that hang on what is behind a token's prepositions: "dispersed by police with tear gas in Tbilisi"."""
    parse, waiting = scene.parse, [token]
    for _ in range(MAX_CLIMB):
        behind = [preposition for word in waiting for preposition in parse.kids(word, "prep", "agent")[:MAX_CLAUSE]]
        waiting = [thing for preposition in behind for thing in parse.kids(preposition, "pobj")]
        for thing in waiting:
            yield from _places_below(scene, thing)


def place_of(scene: Scene, noun: Token) -> Placed | None:
    """The place that a noun phrase names: "Cairo", or by a description near one: "an airport near Vladivostok"."""
    toponym = scene.toponym_at.get(noun.index)
    if toponym is None and noun.lemma in scene.words.sorts_of:
        named = (
            thing for of in scene.parse.kids(noun, "prep") if of.lower == "of" for thing in scene.parse.kids(of, "pobj")
        )
        toponym = next((scene.toponym_at[each.index] for each in named if each.index in scene.toponym_at), None)
    described = toponym is None
    if toponym is None and noun.pos in ("NOUN", "PROPN"):
        toponym = _nearest(scene, noun)
    where = _where(scene, noun, toponym, described=described) if toponym is not None else None
    return Placed(where, "clause", toponym) if where is not None and toponym is not None else None


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
    name = f"{toponym.name}, {place.name}" if toponym.container else place.name
    if described:
        span = phrase_span(scene.parse, noun)
        words = " ".join(span.of(scene.text).split())
        name = words if place.name in words else f"{words}, {place.name}"
    country = scene.country_names.get(place.country or "")
    if country and country not in name:
        name = f"{name}, {country}"
    return Where(span, name, place.lat, place.lon)
