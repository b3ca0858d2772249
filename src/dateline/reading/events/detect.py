"""Finds the words that tell of a happening: verbs and nouns, each with how likely it is to be one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.model import Parse, Span, Token
from dateline.reading.events.clauses import (
    first_conjunct,
    governor,
    helpers,
    is_passive,
    particle_of,
)
from dateline.reading.events.lexicon import EventLexicon, EventWords
from dateline.reading.events.linear import chance_of, odds, odds_of
from dateline.reading.events.scene import Scene
from dateline.reading.events.types import rule_of


@dataclass(frozen=True, slots=True)
class Mention:
    """One word that tells of a happening: the token that heads it, the words, and how likely it is to be one."""

    token: Token
    span: Span
    chance: float


RULES, NETWORK = 0.2, 1.05
"""What the log odds of a happening by the rules and those by the network weigh where both say something of a word."""


def find_mentions(scene: Scene, lexicon: EventLexicon) -> list[Mention]:
    """The mentions of happenings in a reading, in order of the text."""
    found = []
    for token in candidates(scene.parse, lexicon.words):
        ruled, tagged = odds(lexicon.models.detect, features(scene, lexicon, token)), scene.happening(token)
        likely = chance_of(ruled if tagged is None else RULES * ruled + NETWORK * odds_of(tagged))
        if likely >= lexicon.models.threshold:
            found.append(Mention(token, trigger_span(scene.parse, token), likely))
    return found


def candidates(parse: Parse, words: EventWords) -> Iterator[Token]:
    """The tokens that could tell of a happening, in order: full verbs, and nouns of happening."""
    for token in parse.tokens:
        if token.pos == "VERB":
            if token.dep not in ("aux", "auxpass") and token.lemma.isalpha():
                yield token
        elif token.pos in ("NOUN", "PROPN") and is_event_noun(token, words):
            yield token


def is_event_noun(token: Token, words: EventWords) -> bool:
    """Whether a noun may name a happening, by its lemma or its ending."""
    lemma = token.lemma
    if lemma in words.nouns or (token.lower in words.nouns):
        return True
    if token.pos == "PROPN" or lemma in words.things or len(lemma) < 6:
        return False
    return lemma.endswith(words.noun_endings)


def trigger_span(parse: Parse, token: Token) -> Span:
    """The words of a trigger: the token, with its particle where that follows at once ("turned down")."""
    particle = parse.kid(token, "prt")
    if particle is not None and particle.index == token.index + 1:
        return Span(token.start, particle.end)
    return token.span


def features(scene: Scene, lexicon: EventLexicon, token: Token) -> list[str]:
    """What speaks for or against a token's telling of a happening."""
    found = [f"lemma={token.lemma}", f"pos={token.pos[0]}", f"tag={token.tag}", f"dep={token.dep}"]
    found += _classes(scene, lexicon, token)
    found += _verb_features(scene, lexicon, token) if token.pos == "VERB" else _noun_features(scene, lexicon, token)
    found += _setting(scene, token)
    return found


def _classes(scene: Scene, lexicon: EventLexicon, token: Token) -> list[str]:
    words, lemma, kind = lexicon.words, token.lemma, token.pos[0]
    groups = ("stative", "saying", "aspectual", "support", "occurring", "nouns", "things")
    found = [f"{kind}:is {group}" for group in groups if lemma in getattr(words, group)]
    rule = rule_of(scene, lexicon, token)
    if rule is not None:
        found += [f"{kind}:typed", f"type={rule[0].type}", *([f"{kind}:typed by context"] if rule[0].near else [])]
    else:
        found.append(f"{kind}:untyped")
    found.append(f"{kind}:known {lexicon.models.known.get(f'{kind}:{lemma}', 'never')}")
    found += [f"{kind}:ends {lemma[-3:]}"] if len(lemma) > 5 else []
    return found


def _verb_features(scene: Scene, lexicon: EventLexicon, token: Token) -> list[str]:
    parse, words = scene.parse, lexicon.words
    found = []
    aids = {aid.lower for aid in helpers(parse, token)}
    found += [f"aid={aid}" for aid in sorted(aids)[:4]]
    found.append("passive" if is_passive(parse, token) else "active")
    found += [f"tense={token.tag}{'+' if aids else ''}:{_clause(token)}"]
    subject = parse.kid(token, "nsubj", "nsubjpass")
    found.append(f"subject={_kind(scene, subject) if subject else 'none'}")
    if subject is not None:
        found.append(f"subject tag={subject.tag}")
    thing = parse.kid(token, "dobj")
    found.append(f"object={_kind(scene, thing) if thing else 'none'}")
    if thing is not None and is_event_noun(thing, words):
        found += ["object is event", f"carries {token.lemma in words.support}"]
    if particle := particle_of(parse, token):
        found.append(f"particle={particle}")
    clause = parse.kid(token, "ccomp", "xcomp")
    if clause is not None:
        found += [f"has {clause.dep}", f"has {clause.dep}:{token.lemma in words.saying}"]
    if (mark := parse.kid(token, "mark")) is not None:
        found.append(f"mark={mark.lower}")
    found += ["negated"] if parse.kid(token, "neg") else []
    found += ["calls it something"] if parse.kid(token, "oprd") else []
    found += _above(scene, lexicon, token)
    found += [f"prep={kid.lower}" for kid in parse.kids(token, "prep", "dative")[:3]]
    return found


def _noun_features(scene: Scene, lexicon: EventLexicon, token: Token) -> list[str]:
    parse, words = scene.parse, lexicon.words
    found = ["plural" if token.tag in ("NNS", "NNPS") else "singular"]
    determiner = parse.kid(token, "det")
    owner = parse.kid(token, "poss")
    found.append(f"det={determiner.lower if determiner else 'poss' if owner else 'none'}")
    if owner is not None:
        found.append(f"owner={_kind(scene, owner)}")
    found += [f"of {kid.lower}" for kid in parse.kids(token, "prep")[:3]]
    for kid in parse.kids(token, "amod", "compound", "nummod")[:4]:
        found += [f"modified by {kid.dep}", f"modifier={kid.lemma}"]
    head = parse.head(first_conjunct(parse, token))
    found.append(f"under={head.pos}:{token.dep}")
    if head.pos in ("VERB", "AUX"):
        found += [f"role={token.dep}:{head.lemma}"]
        found += [f"carried={token.dep}:{head.lemma in words.support}:{head.lemma in words.occurring}"]
    elif head.dep in ("prep", "agent"):
        found += [f"behind={head.lower}", f"behind={head.lower}:{parse.head(head).pos}"]
        if is_event_noun(parse.head(head), words):
            found.append("behind event")
    found += ["hyphen"] if token.index and scene.text[token.start - 1] == "-" else []
    found += [f"over {kid.dep}" for kid in parse.kids(token, "acl", "relcl")[:2]]
    return found


def _above(scene: Scene, lexicon: EventLexicon, token: Token) -> list[str]:
    """What governs a verb: its governor's lemma and class, by the link between them."""
    parse, words = scene.parse, lexicon.words
    if token.dep not in ("xcomp", "ccomp", "advcl", "conj", "pcomp", "acl", "relcl"):
        return []
    head = parse.head(token)
    above = governor(parse, token)
    found = [f"{token.dep} under {head.pos}", f"{token.dep} of {head.lemma}"]
    for group in ("saying", "aspectual", "stative", "support"):
        if above.lemma in getattr(words, group):
            found.append(f"{token.dep} under {group}")
    for group in ("planning", "doubting", "denying", "doing"):
        if above.lemma in getattr(words.status, group):
            found.append(f"{token.dep} under {group}")
    return found


def _setting(scene: Scene, token: Token) -> list[str]:
    """Where a token stands: its block, statements, and times and places beside it."""
    block = scene.block_of(token)
    first, end = scene.parse.sentences[token.sentence]
    found = [f"block={min(block, 3)}", f"depth={min(3, sum(1 for _ in _climb(scene.parse, token)))}"]
    said = scene.statements_at.get(token.index, ())
    found.append(f"said={said[0].quoted if said else 'no'}:{token.pos[0]}")
    if (reported := scene.cue_at.get(token.index)) is not None:
        found += [f"cue:{reported.stance}", f"cue:{reported.kind}", f"cue:{reported.quoted}"]
    near = range(max(first, token.index - 6), min(end, token.index + 7))
    times, places = scene.timex_at.keys(), scene.toponym_at.keys()
    found += [] if times.isdisjoint(near) else ["time near"]
    found += [] if times.isdisjoint(range(first, min(end, first + 80))) else ["time in sentence"]
    found += [] if places.isdisjoint(near) else ["place near"]
    found += ["in name"] if token.index in scene.name_at else []
    found += ["headline word"] if token.lemma in scene.headline_words else []
    if not scene.general_at.isdisjoint(near):
        found.append(f"{token.pos[0]}:general")
    return found


def _climb(parse: Parse, token: Token) -> Iterator[Token]:
    for step, above in enumerate(parse.ancestors(token)):
        if step > 8:
            return
        if above.pos in ("VERB", "AUX"):
            yield above


def _clause(token: Token) -> str:
    return (
        token.dep
        if token.dep in ("ROOT", "relcl", "acl", "advcl", "xcomp", "ccomp", "amod", "pcomp", "conj")
        else "else"
    )


def _kind(scene: Scene, token: Token) -> str:
    """The kind of a participant: a named kind, an actor, a pronoun, or a common noun."""
    name = scene.name_at.get(token.index)
    if name is not None:
        return name.type
    if token.pos == "PRON":
        return (
            f"pronoun {token.lower}"
            if token.lower in ("it", "that", "this", "which", "who", "there", "we", "you", "i")
            else "pronoun"
        )
    if token.pos == "PROPN":
        return "proper"
    return "actor" if token.index in scene.actor_at else "noun"
