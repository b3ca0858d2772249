"""Tells whether two mentions are of one happening: by their words and what the reader's network makes of them, by their
parties, times and places, and by their links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import floor

from dateline.model import Direction, Parse, Token, cosine, direction
from dateline.model.timex_values import interval
from dateline.reading.events.drafts import Draft
from dateline.reading.events.lexicon import Weights
from dateline.reading.events.linear import odds
from dateline.reading.events.scene import Scene

ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr", "compound", "poss")
MAX_ARGUMENTS = 12
MAX_MODIFIERS = 4
"""Of the adverbs and adjectives of a mention so many are weighed."""
ALIKE = 0.3
"""From this cosine of their embeddings on, mentions are compared whatever their words: nine in ten of those that are of
one happening, and a third of all."""
SECOND = ("down conj", "down advcl")
"""How a word hangs on another that tells of a happening besides: "arrived and met", "crashed, killing nine"."""
COST = 0.6
"""The log odds that speak against one happening where a word hangs so."""


Days = tuple[date, date]
OWN_TIME = OWN_PLACE = ("attached", "clause")
"""How near a time or a place stands that a mention has of its own."""


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with what is compared of it."""

    draft: Draft
    determiner: str
    """The word before a noun ("the", "another"), "poss" behind an owner, "none"."""
    arguments: frozenset[str]
    """The lemmas of the nouns that hang on it as its parties or as what it is of."""
    modifiers: tuple[str, ...]
    """Its adverbs and adjectives, each with how it hangs on it: "also ordered", "a second visit"."""
    block: int
    days: Days | None
    """The days of a time of its own."""
    actors: frozenset[str]
    recipients: frozenset[str]
    """The full names of its actors and recipients, case folded."""
    embedding: Direction

    @property
    def token(self) -> Token:
        """The heading word of the mention."""
        return self.draft.mention.token


def tell(scene: Scene, draft: Draft) -> Told:
    """What is compared of a mention."""
    parse, token = scene.parse, draft.mention.token
    determiner, owner = parse.kid(token, "det"), parse.kid(token, "poss")
    behind = [thing for word in parse.kids(token, "prep", "agent")[:6] for thing in parse.kids(word, "pobj")]
    nouns = [kid for kid in (*parse.kids(token, *ARGUMENTS), *behind) if kid.pos in ("NOUN", "PROPN")]
    word = determiner.lower if determiner is not None else "poss" if owner is not None else "none"
    when = draft.when if draft.when is not None and draft.when.nearness in OWN_TIME else None
    return Told(
        draft,
        word,
        frozenset(kid.lemma for kid in nouns[:MAX_ARGUMENTS]),
        _modifiers(parse, token),
        scene.block_of(token),
        interval(when.when.value) if when is not None else None,
        frozenset(each.name.casefold() for each in draft.actors),
        frozenset(each.name.casefold() for each in draft.recipients),
        direction(scene.tags.embedding(draft.mention.span)) if scene.tags is not None else (),
    )


def _modifiers(parse: Parse, token: Token) -> tuple[str, ...]:
    """The first adverbs and adjectives of a mention; "when" is none, which opens a clause."""
    kids = [kid for kid in parse.kids(token, "advmod", "amod") if kid.tag != "WRB"]
    return tuple(f"{kid.dep} {kid.lemma}" for kid in kids[:MAX_MODIFIERS])


def odds_of_one(weights: Weights, scene: Scene, one: Told, other: Told) -> float:
    """The log odds that two mentions, the earlier first, are of one happening; -inf where nothing speaks for it."""
    likeness = cosine(one.embedding, other.embedding)
    if not comparable(scene.parse, one, other, likeness):
        return float("-inf")
    cost = COST if _link(scene.parse, one.token, other.token) in SECOND else 0.0
    return odds(weights, pair_features(scene.parse, one, other, likeness)) - cost


def comparable(parse: Parse, one: Told, other: Told, likeness: float | None) -> bool:
    """Whether two mentions share a word or a type, are alike, or hang on each other: they may be of one happening.

    What a happening does is another: "the attack killed six".
    """
    x, y = one.draft.mention.token, other.draft.mention.token
    link = _link(parse, x, y)
    if link.endswith(" nsubj"):
        return False
    if one.draft.family == other.draft.family or x.lemma == y.lemma:
        return True
    if likeness is not None and likeness >= ALIKE:
        return True
    return one.draft.type == other.draft.type != "OTHER" or link != "none"


def pair_features(parse: Parse, one: Told, other: Told, likeness: float | None) -> list[str]:
    """What speaks for or against two mentions' being of one happening; ``likeness`` is that of their embeddings."""
    a, b = one.draft, other.draft
    x, y = one.token, other.token
    word = "lemma" if x.lemma == y.lemma else "family" if a.family == b.family else "none"
    kind = "differ" if a.type != b.type else "other" if a.type == "OTHER" else "same"
    kind = "one other" if kind == "differ" and "OTHER" in (a.type, b.type) else kind
    parts = x.pos[0] + y.pos[0]
    steps = y.sentence - x.sentence
    apart = str(steps) if steps < 3 else "3-5" if steps < 6 else "6+"
    link = _link(parse, x, y)
    found = [
        f"word={word}",
        f"word={word}:type={kind}",
        f"word={word}:{parts}",
        f"word={word}:apart={apart}",
        f"type={kind}:apart={apart}",
        f"type={kind}:{parts}",
        f"{parts}:apart={apart}",
        f"link={link}",
        f"link={link}:{parts}",
        f"lemmas={'+'.join(sorted((x.lemma, y.lemma)))}",
        f"forms={x.tag}+{y.tag}:{word}",
        f"standing={x.dep}+{y.dep}",
        *(f"second with {modifier}:{word}" for modifier in other.modifiers),
    ]
    if likeness is not None:
        alike = f"alike={floor(10 * likeness)}"
        linked = "free" if link == "none" else "linked"
        found += [
            alike,
            *(f"{alike}:{each}" for each in (f"word={word}", f"type={kind}", parts, f"apart={apart}", linked)),
        ]
    if link != "none":
        upper = x if link.startswith("down") else y
        found += [f"link={link}:of {upper.lemma}", f"link={link}:type={kind}"]
    if a.type != b.type:
        found.append(f"types={'+'.join(sorted((a.type, b.type)))}")
    if x.pos != "VERB":
        found += [f"first={x.lemma}:{word}", f"first det={one.determiner}:{word}"]
    if y.pos != "VERB":
        found += [f"second={y.lemma}", f"second={y.lemma}:{word}"]
        found += [f"second det={other.determiner}:{word}", f"second det={other.determiner}:apart={apart}"]
    if (x.tag in ("NNS", "NNPS")) != (y.tag in ("NNS", "NNPS")):
        found.append(f"number differs:{word}")
    found += _arguments(one, other, word, kind, parts)
    found += _parties(one, other, word, kind)
    found += _circumstances(one, other, word)
    place = ("headline" if one.block == 0 else "lead" if one.block == 1 else "body") + (
        "" if one.block == other.block else " and lead" if other.block <= 1 else " and body"
    )
    found += [f"{place}:{word}", f"{place}:type={kind}", f"{place}:type={kind}:{word}", f"{place}:apart={apart}"]
    denied = [parse.kid(token, "neg") is not None for token in (x, y)]
    found.append(f"negation differs={denied[0] != denied[1]}:{word}")
    return found


def _link(parse: Parse, first: Token, second: Token) -> str:
    """How one word hangs on the other, directly or by a preposition: "down dobj", "up of"; "none"."""
    if second.head == first.index:
        return f"down {second.dep}"
    head = parse.head(second)
    if head.dep == "prep" and head.head == first.index:
        return f"down {head.lower}"
    if first.head == second.index:
        return f"up {first.dep}"
    head = parse.head(first)
    if head.dep == "prep" and head.head == second.index:
        return f"up {head.lower}"
    return "none"


def _arguments(one: Told, other: Told, word: str, kind: str, parts: str) -> list[str]:
    shared = len(one.arguments & other.arguments)
    found = [f"shared arguments={min(shared, 2)}:{word == 'none'}:type={kind}"]
    if one.arguments and other.arguments:
        found.append(f"arguments {'shared' if shared else 'differ'}:{word}:{parts}")
    if one.token.lemma in other.arguments or other.token.lemma in one.arguments:
        found.append("argument of the other")
    return found


def _parties(one: Told, other: Told, word: str, kind: str) -> list[str]:
    actors = _agreement(one.actors, other.actors)
    recipients = _agreement(one.recipients, other.recipients)
    either = _agreement(one.actors | one.recipients, other.actors | other.recipients)
    return [
        f"actors {actors}:{word}",
        f"recipients {recipients}:{word}",
        f"actors {actors}:recipients {recipients}",
        f"parties {either}:{word}",
        f"parties {either}:type={kind}",
    ]


def _agreement(some: frozenset[str], others: frozenset[str]) -> str:
    if not some or not others:
        return "on one side" if some or others else "unknown"
    if some & others:
        return "agree"
    return "agree" if any(same_party(one, other) for one in some for other in others) else "differ"


def same_party(one: str, other: str) -> bool:
    """Whether two full names are of one party: equal, or one inside the other."""
    return one == other or f" {one} " in f" {other} " or f" {other} " in f" {one} "


def _circumstances(one: Told, other: Told, word: str) -> list[str]:
    a, b = one.draft, other.draft
    time, place = _times(one, other), _places(a, b)
    status = "+".join(sorted({a.verdict.status, b.verdict.status}))
    source = (a.source.kind, a.source.name) == (b.source.kind, b.source.name)
    found = [f"time {time}", f"time {time}:{word}", f"place {place}", f"place {place}:{word}"]
    return [*found, f"status {status}", f"status {status}:{word}", f"one source={source}:{word}"]


def apart_in_time(one: Told, other: Told) -> bool:
    """Whether two mentions have times of their own that share no day."""
    return _times(one, other) == "apart"


def apart_in_place(one: Told, other: Told) -> bool:
    """Whether two mentions have places of their own in two countries."""
    countries = [
        draft.where.toponym.place.country
        for draft in (one.draft, other.draft)
        if draft.where is not None and draft.where.nearness == "attached" and draft.where.toponym.place is not None
    ]
    return len(countries) == 2 and None not in countries and countries[0] != countries[1]


def apart_in_order(scene: Scene, one: Told, other: Told) -> bool:
    """Whether one of two mentions is told to come before or after the other: "left after a visit"."""
    first, second = one.draft.mention.token, other.draft.mention.token
    return first.sentence == second.sentence and (_beyond(scene, first, second) or _beyond(scene, second, first))


def apart_in_clause(scene: Scene, one: Told, other: Told) -> bool:
    """Whether two mentions are verbs in a row, "arrived in Rabat and met the king", or a verb and what did it.

    "The blast tore off a roof" tells of a blast, and of a roof that it tore off.
    """
    first, second = one.draft.mention.token, other.draft.mention.token
    return any(_apart_from(scene, verb, word) for verb, word in ((first, second), (second, first)))


def _apart_from(scene: Scene, verb: Token, word: Token) -> bool:
    if verb.pos != "VERB" or verb.lemma == word.lemma:
        return False
    if word.pos == "VERB":
        return word.dep == "conj" and word.head == verb.index
    return any(subject.lemma == word.lemma for subject in scene.parse.kids(verb, "nsubj"))


def _beyond(scene: Scene, token: Token, other: Token) -> bool:
    """Whether a token hangs on another by a word for what comes before or after."""
    parse, order = scene.parse, scene.words.bounds.ordering
    above = parse.head(token)
    if token.dep in ("pobj", "pcomp"):
        return above.lower in order and above.head == other.index
    marked = any(mark.lower in order for mark in parse.kids(token, "mark"))
    return token.dep == "advcl" and above.index == other.index and marked


def _times(one: Told, other: Told) -> str:
    """How the times that two mentions have of their own lie to each other."""
    some, others = one.days, other.days
    if some is None or others is None:
        return "on one side" if some or others else "unknown"
    if some[0] > others[1] or others[0] > some[1]:
        return "apart"
    return "equal" if some == others else "shared"


def _places(a: Draft, b: Draft) -> str:
    """Whether the places that two mentions have of their own are one."""
    if a.where is None or b.where is None or not {a.where.nearness, b.where.nearness} <= set(OWN_PLACE):
        return "unknown"
    one, other = a.where.where, b.where.where
    return "equal" if (one.lat, one.lon) == (other.lat, other.lon) else "differ"
