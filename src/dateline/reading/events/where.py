"""Finds where an event happened: the likeliest of the places that the report names as scenes, those near it first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dateline.model import Parse, Place, Span, Status, Token, Toponym, Where
from dateline.reading.events.anchoring import Anchor, anchored, gather_links
from dateline.reading.events.clauses import MAX_CLIMB, climb, is_verb, phrase_span
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.linear import chance
from dateline.reading.events.scene import Scene, by_span, by_token
from dateline.reading.events.spots import Key, Naming, Spot, lies_in

ACTS = ("nsubj",)
"""How a place hangs on a verb that stands for those who act there, and is no scene: "Pyongyang calls it a success"."""

ASIDE = (*ACTS, "poss", "amod", "compound")
"""How it hangs on other words where it is no scene for later sentences either: "Russia’s missiles"."""

SITED = frozenset({"Facility", "Location", "Organization"})
"""The types of names that a place within a place may have: "the Presidential Palace in Kabul"."""

MAX_CLAUSE = 120


Nearness = Literal["attached", "clause", "sentence", "paragraph", "before", "after", "aside"]
"""How near the words for a place stand: in the event's clause, sentence or paragraph, or elsewhere in the report.

"Aside" is what is only named by who is of there or acts there: "Iranian", "Pyongyang calls it a success".
"""


class Placed(Struct, frozen=True):
    """Where an event happened, how near the words for it stand, and how likely it is to be right."""

    where: Where
    nearness: Nearness
    toponym: Toponym
    chance: float = 0.0


def told_place(lexicon: EventLexicon, weighed: Sequence[Placed]) -> Placed | None:
    """The likeliest of an event's places that are likely enough to be told; one attached to its words before others."""
    told = [each for each in weighed if each.chance >= lexicon.models.where_above]
    return next((each for each in told if each.nearness == "attached"), next(iter(told), None))


def weigh_places(scene: Scene, lexicon: EventLexicon, token: Token, status: Status) -> list[Placed]:
    """The places of the report where what a token tells of may have taken place, the likeliest first."""
    candidates = place_candidates(scene, token)
    anchors = as_anchors(scene, lexicon, token, status, candidates)
    return anchored(lexicon.models.placed, scene.telling(token), "places", candidates, anchors)


def as_anchors(
    scene: Scene, lexicon: EventLexicon, token: Token, status: Status, candidates: Sequence[Placed]
) -> list[Anchor]:
    """Places with what the network's links say of all their mentions, and how likely the rules make each."""
    by_rules = [chance(lexicon.models.where, each) for each in all_features(scene, token, status, candidates)]
    telling = scene.telling(token)
    led = telling.places if telling is not None else {}
    links = gather_links(led, scene.spot_at)
    keys = (scene.namings[each.toponym.span].key for each in candidates)
    return [
        Anchor(each.nearness, links.get(key, 0.0) if key is not None else 0.0, likely)
        for each, key, likely in zip(candidates, keys, by_rules, strict=True)
    ]


def place_candidates(scene: Scene, token: Token) -> list[Placed]:
    """The places that an event may have, the nearest first: of its clause, sentence and paragraph, of the report.

    Of those at one spot the nearest stands for all.
    """
    found: dict[Key, Placed] = {}
    for placed in (*_near(scene, token), *_elsewhere(scene, token)):
        key = scene.namings[placed.toponym.span].key
        if key is not None:
            found.setdefault(key, placed)
    return list(found.values())


def _near(scene: Scene, token: Token) -> Iterator[Placed]:
    yield from _of_clause(scene, token)
    beside = (place for place in scene.places_in_sentence.get(token.sentence, ()) if not _is(scene, place, ACTS))
    for toponym in islice(beside, 6):
        yield from _placed(scene, toponym, "sentence")
    start = scene.reading.sentences[token.sentence].start
    earlier = (place for place in scene.places_in_block.get(scene.block_of(token), ()) if place.end <= start)
    for toponym in [place for place in earlier if not _is(scene, place, ASIDE)][-1:]:
        yield from _placed(scene, toponym, "paragraph")


def _elsewhere(scene: Scene, token: Token) -> Iterator[Placed]:
    """Every spot of the report, by its last mention before a token that may be of a scene, or its first.

    Where it has no such mention, by another: "Iran" where only "Iranian officials" are spoken of.
    """
    for spot in scene.spots.values():
        told = spot.nearest(token, ASIDE)
        if told is not None:
            head, toponym = told
            yield from _placed(scene, toponym, "before" if head.index < token.index else "after")
            continue
        told = spot.nearest(token, ())
        if told is not None:
            yield from _placed(scene, told[1], "aside")


def _is(scene: Scene, toponym: Toponym, deps: Collection[str]) -> bool:
    """Whether the words of a place hang on others in one of these ways."""
    head = scene.namings[toponym.span].head
    return head is not None and head.dep in deps


def _of_clause(scene: Scene, token: Token) -> list[Placed]:
    """The places that hang on a token, or on the words above it in its own clause."""
    parse = scene.parse
    found = [*_here(scene, token)]
    found += [replace(each, nearness="attached") for each in _places_below(scene, token)]
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
    head = scene.namings[toponym.span].head
    where = _where(scene, head, toponym, described=False) if head is not None else None
    return [Placed(where, nearness, toponym)] if where is not None else []


def all_features(scene: Scene, token: Token, status: Status, candidates: Sequence[Placed]) -> list[list[str]]:
    """What speaks for each candidate's being the place of an event: itself, its spot, and what it has for rivals."""
    standing = standings(scene, token) if candidates else {}
    own = [f"own block={min(scene.block_of(token), 3)}", f"type={scene.likely_type(token)}"]
    nearest = _spot(scene, candidates[0]) if candidates else None
    found = []
    for place, each in enumerate(candidates):
        rivals = (other.nearness for other in (candidates[1:2] if place == 0 else candidates[:1]))
        naming = scene.namings[each.toponym.span]
        features = [f"rival={next(rivals, 'none')}", *_link(naming, token, each, own), *scene.spots_told]
        spot = scene.spots.get(naming.key) if naming.key is not None else None
        if naming.key is not None and spot is not None:
            features += [*_of_spot(token, spot), *standing[naming.key]]
            if nearest is not None and nearest is not spot:
                features += ["in the nearest"] if lies_in(spot, nearest) else []
                features += ["around the nearest"] if lies_in(nearest, spot) else []
        near = each.nearness
        found.append([f"near={near}", f"near={near}:{status}", *features, *(f"{near}:{one}" for one in features)])
    return found


def _spot(scene: Scene, placed: Placed) -> Spot | None:
    key = scene.namings[placed.toponym.span].key
    return scene.spots.get(key) if key is not None else None


def standings(scene: Scene, token: Token) -> dict[Key, list[str]]:
    """How each spot stands among the others at a token: the last named, the last scene, the one named most."""
    spots = scene.spots
    named = [spot.named_before(token.index) for spot in spots.values()]
    scenes = [spot.scene_before(token.index) for spot in spots.values()]
    return {
        key: [f"named {by_name} back", f"scene {by_scene} back", *spot.standing]
        for (key, spot), by_name, by_scene in zip(spots.items(), _ranks(named), _ranks(scenes), strict=True)
    }


def _ranks(last: Sequence[int]) -> list[str]:
    """Of the last mention of each spot: how many spots were named after it, to 4; "never" where there is none (-1)."""
    order = sorted(last)
    return ["never" if each < 0 else str(min(4, len(order) - bisect_right(order, each))) for each in last]


def _of_spot(token: Token, spot: Spot) -> list[str]:
    """What a spot is like: how wide, how often and where it is named, how far back."""
    back = spot.sentences_back(token.sentence)
    steps = "ahead" if back is None else str(back) if back < 3 else "3-5" if back < 6 else "6+"
    found = [*spot.about, f"back={steps}"]
    return [*found, "dateline"] if spot.dateline else found


def _link(naming: Naming, token: Token, placed: Placed, own: Sequence[str]) -> list[str]:
    """What the words for a candidate hang on, where they stand beside the event, and what they do there."""
    span = placed.where.span
    found = ["verb" if token.pos == "VERB" else "noun", *naming.kind, *own, naming.sure]
    found += ["described"] if span is not None and span != placed.toponym.span else []
    if naming.head is not None:
        gap = naming.head.index - token.index
        found += naming.link
        found.append(f"gap={(gap > 0) - (gap < 0)}:{0 if abs(gap) < 4 else 1 if abs(gap) < 12 else 2}")
    return found


@by_token
def _places_below(scene: Scene, token: Token) -> list[Placed]:
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
    return [where for _, _, where in sorted(found, key=lambda each: each[:2])]


def _here(scene: Scene, token: Token) -> Iterator[Placed]:
    """The place of the dateline, where a word in a token's own clause stands for it: "signed an agreement here"."""
    for word, toponym in scene.here:
        if word.sentence == token.sentence and token in _own_clause(scene.parse, word):
            where = _as_named(scene, toponym)
            if where is not None:
                yield Placed(replace(where, span=word.span), "attached", toponym)


def _own_clause(parse: Parse, word: Token) -> Iterator[Token]:
    """The words above a word, up to the verb of its clause."""
    for above in climb(parse, word):
        yield above
        if is_verb(above) or above.dep in ("relcl", "ccomp", "advcl", "acl"):
            return


def _places_deeper(scene: Scene, token: Token) -> Iterator[Placed]:
    """The places that hang on what is behind a token's prepositions: "dispersed by police with tear gas in Tbilisi"."""
    parse, waiting = scene.parse, [token]
    for _ in range(MAX_CLIMB):
        behind = [preposition for word in waiting for preposition in parse.kids(word, "prep", "agent")[:MAX_CLAUSE]]
        waiting = [thing for preposition in behind for thing in parse.kids(preposition, "pobj")]
        if not waiting:
            return
        for thing in waiting:
            yield from _places_below(scene, thing)


@by_token
def place_of(scene: Scene, noun: Token) -> Placed | None:
    """The place that a noun phrase names: "Cairo", or by a description near one: "an airport near Vladivostok"."""
    toponym = scene.toponym_at.get(noun.index)
    if toponym is None and noun.lemma in scene.words.sorts_of:
        named = (
            thing for of in scene.parse.kids(noun, "prep") if of.lower == "of" for thing in scene.parse.kids(of, "pobj")
        )
        toponym = next((scene.toponym_at[each.index] for each in named if each.index in scene.toponym_at), None)
    described = toponym is None and _is_site(scene, noun)
    if toponym is None and noun.pos in ("NOUN", "PROPN"):
        toponym = _nearest(scene, noun)
    where = _where(scene, noun, toponym, described=described) if toponym is not None else None
    return Placed(where, "clause", toponym) if where is not None and toponym is not None else None


def _is_site(scene: Scene, noun: Token) -> bool:
    """Whether a noun is a place of its own, so that its phrase describes one: "an airport near Vladivostok".

    "A senior official in Oslo" and "two incidents in Oslo" are in Oslo, and no places.
    """
    if noun.pos == "PROPN" and noun.entity in SITED:
        return True
    return noun.entity in ("", *SITED) and noun.lemma.lower() in scene.words.sites


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
        if kid.dep == "prep" and kid.lower != "of" and kid.lower not in scene.words.firmly_locative:
            continue  # "munitions to Moscow" are at no place
        if depth < 4 and kid.dep in ("prep", "pobj", "poss", "compound", "appos", "npadvmod", "nmod"):
            waiting += [(inner, depth + 1) for inner in parse.kids(kid)]
    return None


def _where(scene: Scene, noun: Token, toponym: Toponym, *, described: bool) -> Where | None:
    if not described:
        return _as_named(scene, toponym)
    place = toponym.place
    if place is None:
        return None
    span = phrase_span(scene.parse, noun)
    words = " ".join(span.of(scene.text).split())
    return _cell(scene, place, span, words if place.name in words else f"{words}, {place.name}")


@by_span
def _as_named(scene: Scene, toponym: Toponym) -> Where | None:
    place = toponym.place
    if place is None:
        return None
    if not toponym.container:
        return _cell(scene, place, toponym.span, place.name)
    # What holds it, as the report prints that: "Wando, South Jeolla", not "Jeollanam-do".
    holders = (each for each in scene.places if each.place == place and not each.container)
    holder = next((each.name for each in holders), place.name)
    return _cell(scene, place, toponym.span, f"{toponym.name}, {holder}")


def _cell(scene: Scene, place: Place, span: Span, name: str) -> Where:
    country = scene.country_names.get(place.country or "")
    if country and country not in name:
        name = f"{name}, {country}"
    return Where(span, name, place.lat, place.lon)
