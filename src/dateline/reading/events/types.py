"""Gives an event its PLOVER type and mode: by the rules of the lexicon and a linear model that weighs them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from dateline.model import EventType, Parse, Span, Telling, Token
from dateline.reading.events.clauses import first_conjunct, governor, particle_of
from dateline.reading.events.lexicon import EventLexicon, TypeRule
from dateline.reading.events.linear import probabilities
from dateline.reading.events.roles import find_roles, find_subject, is_party
from dateline.reading.events.scene import Scene, by_token

RULE_TRUST, NEAR_TRUST = 0.5, 0.05
"""How likely the type of a rule must be, in parts of the likeliest type, for the rule to decide: a rule for a word
alone, and one that asks for words near it, which knows more."""

MAX_NEAR = 40
"""The most words looked at around a trigger."""

_CONTEXT = frozenset(
    {
        "dobj",
        "prt",
        "prep",
        "pobj",
        "dative",
        "attr",
        "oprd",
        "compound",
        "amod",
        "nmod",
        "nsubjpass",
        "xcomp",
        "acomp",
        "advmod",
        "conj",
        "agent",
        "poss",
        "nsubj",
        "npadvmod",
        "acl",
        "pcomp",
    }
)


_BELOW = _CONTEXT - {"nsubj"}


def fitting_rule(
    parse: Parse, lexicon: EventLexicon, token: Token, beside: Callable[[], Iterable[Token]] | None = None
) -> tuple[TypeRule, tuple[Token, ...]] | None:
    """The first rule that fits a trigger, and the tokens that it rests on; None where none does.

    ``beside`` gives the trigger's context where that is known.
    """
    table = lexicon.verb_rules if token.pos in ("VERB", "AUX") else lexicon.noun_rules
    # With its particle first ("called off"). The lemmatizer cuts "fined" to "fin": the e is tried again.
    forms = (token.lemma, token.lower, f"{token.lemma}e")
    called = next((table[form] for form in forms if form in table), ())
    called = (*table.get(f"{token.lemma} {particle_of(parse, token)}", ()), *called)
    if not called:
        return None
    near: dict[str, Token] = {}
    if any(rule.near for rule in called):
        for word in context(parse, token) if beside is None else beside():
            if word.lemma == token.lemma:
                continue
            for form in (word.lemma, word.lower, f"<{word.entity}>"):
                near.setdefault(form, word)
    for rule in called:
        if not rule.near:
            return rule, (token,)
        met = next((near[word] for word in near if word in rule.near), None)
        if met is not None:
            return rule, (token, met)
    return None


@by_token
def rule_of(scene: Scene, lexicon: EventLexicon, token: Token) -> tuple[TypeRule, tuple[Token, ...]] | None:
    """The first rule that fits a trigger of a scene, and the tokens that it rests on; None where none does."""
    return fitting_rule(scene.parse, lexicon, token, partial(context_of, scene, token))


@by_token
def context_of(scene: Scene, token: Token) -> list[Token]:
    """The words that a rule may look for beside a trigger of a scene."""
    return list(context(scene.parse, token))


def context(parse: Parse, token: Token) -> Iterator[Token]:
    """The words that a rule may look for beside a trigger: what it governs, a few steps down, and its carrier."""
    waiting = deque((kid, 1) for kid in parse.kids(token) if kid.dep in _CONTEXT)
    count = 0
    while waiting and count < MAX_NEAR:
        word, depth = waiting.popleft()
        count += 1
        yield word
        if depth < 4:
            waiting.extend((kid, depth + 1) for kid in parse.kids(word) if kid.dep in _BELOW)
    if token.pos in ("VERB", "AUX"):
        if token.dep == "conj":
            shared = first_conjunct(parse, token)
            yield from (kid for kid in parse.kids(shared, "nsubj", "nsubjpass"))
        return
    carrier = governor(parse, token)
    yield carrier
    yield from (kid for kid in parse.kids(carrier, "nsubj", "prep") if kid.index != token.index)


def _weighed(likely: dict[str, float], telling: Telling | None) -> dict[str, float]:
    """The chances of the types by the model and, where it has read the report, by the network."""
    if telling is None or not likely:
        return likely
    both = {each: sure * (telling.types.get(each, 0.0) + 1e-4) for each, sure in likely.items()}
    whole = sum(both.values())
    return {each: both[each] / whole for each in sorted(both, key=lambda each: (-both[each], each))}


@dataclass(frozen=True, slots=True)
class Typed:
    """The type and mode of an event, the words that they rest on, and how likely every type is."""

    type: EventType
    mode: str | None
    words: tuple[Span, ...]
    likely: Mapping[str, float]

    @property
    def chance(self) -> float:
        """How likely the type is, from 0 to 1."""
        return self.likely.get(self.type, 0.5)


def judge_types(scene: Scene, lexicon: EventLexicon, tokens: Sequence[Token]) -> list[Typed]:
    """The type and mode of each trigger of a report; what is held likely of those of one word is their mean.

    Of 20,022 annotated mentions in reports unseen 77.0 % have the right type so, and 76.8 each by itself; of 685 others
    77.7 and 76.5.
    """
    alike: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    for token in tokens:
        alike[token.lemma, token.pos].append(_likely(scene, lexicon, token))
    likely = {word: _mean(chances) for word, chances in alike.items()}
    return [_decide(scene, lexicon, token, likely[token.lemma, token.pos]) for token in tokens]


def _likely(scene: Scene, lexicon: EventLexicon, token: Token) -> dict[str, float]:
    """How likely each type of a trigger is by its own words, the likeliest first."""
    return _weighed(probabilities(lexicon.models.type, type_features(scene, lexicon, token)), scene.telling(token))


def _mean(some: Sequence[dict[str, float]]) -> dict[str, float]:
    """The mean of some chances of the same types, the likeliest first."""
    if len(some) == 1:
        return some[0]
    mean = {each: sum(chances[each] for chances in some) / len(some) for each in some[0]}
    return dict(sorted(mean.items(), key=lambda each: (-each[1], each[0])))


def _decide(scene: Scene, lexicon: EventLexicon, token: Token, likely: dict[str, float]) -> Typed:
    """The type and mode of a trigger whose types are so likely."""
    fitted = rule_of(scene, lexicon, token)
    best = next(iter(likely), None)
    if best is None:
        best = fitted[0].type if fitted is not None else "OTHER"
    # Where the model is in two minds, the rule decides.
    trust = NEAR_TRUST if fitted is not None and fitted[0].near else RULE_TRUST
    if fitted is not None and likely.get(fitted[0].type, 1.0) >= trust * likely.get(best, 1.0):
        best = fitted[0].type
    if fitted is not None and fitted[0].type == best:
        return Typed(fitted[0].type, fitted[0].mode, tuple(word.span for word in fitted[1]), likely)
    return Typed(cast(EventType, best), None, (token.span,), likely)


FORCEFUL = ("SANCTION", "COERCE", "ASSAULT", "MOBILIZE")


def threatened(scene: Scene, token: Token) -> tuple[Token, ...]:
    """Those whom a deed is held out to on a condition: "If rebels cross the river, the army will shell them"."""
    parse = scene.parse
    own = {each.index for each in find_subject(scene, token)}
    for clause in parse.kids(token, "advcl"):
        mark = parse.kid(clause, "mark")
        if mark is not None and mark.lower in ("if", "unless"):
            return tuple(
                each for each in find_subject(scene, clause) if each.index not in own and is_party(scene, each)
            )
    return ()


def type_features(scene: Scene, lexicon: EventLexicon, token: Token) -> list[str]:
    """What speaks for each type of an event."""
    fitted = rule_of(scene, lexicon, token)
    rule = fitted[0] if fitted is not None else None
    found = [f"rule={rule.type if rule else 'none'}", f"lemma={token.lemma}", f"pos={token.pos[0]}"]
    if rule is not None:
        found += [f"rule={rule.type}:{rule.mode}", f"rule={rule.type}:{'near' if rule.near else 'alone'}"]
        found.append(f"rule={rule.type}:{token.pos[0]}")
    roles = find_roles(scene, lexicon, token)
    whom = [each for each in roles.recipients if is_party(scene, each)]
    found += [f"rule={rule.type if rule else 'none'}:whom {bool(whom)}", f"actors {min(2, len(roles.actors))}"]
    if whom:
        name = scene.name_at.get(whom[0].index)
        found.append(f"rule={rule.type if rule else 'none'}:whom {name.type if name else 'else'}")
    found += [f"near={word.lemma}" for word in context_of(scene, token)[:8]]
    return found
