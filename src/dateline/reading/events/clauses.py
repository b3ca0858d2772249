"""What the tree says of one verb or noun: its subject, objects, helpers, and the words that govern it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from dateline.model import Parse, Span, Timex, Token
from dateline.reading.events.lexicon import BoundWords

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
HELPERS = ("aux", "auxpass")
MAX_CLIMB = 12
"""The most steps up the tree: a sentence of ten thousand linked clauses says nothing more after these."""


def climb(parse: Parse, token: Token) -> Iterator[Token]:
    """The words above a token, nearest first, as far up as they say anything of it."""
    return islice(parse.ancestors(token), MAX_CLIMB)


def is_verb(token: Token) -> bool:
    """Whether a token heads a clause as a full verb."""
    return token.pos == "VERB" or (token.pos == "AUX" and token.dep not in HELPERS)


def is_nominal(token: Token) -> bool:
    """Whether a token heads a noun phrase."""
    return token.pos in ("NOUN", "PROPN", "PRON", "NUM")


def helpers(parse: Parse, verb: Token) -> list[Token]:
    """The auxiliaries of a verb, shared ones of a coordination included ("has met and agreed")."""
    own = parse.kids(verb, *HELPERS)
    if own or verb.dep != "conj" or parse.kids(verb, *SUBJECTS):
        return own
    head = parse.head(verb)
    return parse.kids(head, *HELPERS) if head.tag == verb.tag or verb.tag in ("VB", "VBN", "VBG") else own


def particle_of(parse: Parse, verb: Token) -> str:
    """The particle of a phrasal verb ("turn down"), or ""."""
    particle = parse.kid(verb, "prt")
    return particle.lower if particle else ""


def is_passive(parse: Parse, verb: Token) -> bool:
    """Whether a verb is passive: "was arrested", "the man arrested on Friday", "arrested by police"."""
    if verb.tag != "VBN":
        return False
    if parse.kid(verb, "auxpass", "nsubjpass", "agent"):
        return True
    aids = helpers(parse, verb)
    if aids:
        return any(aid.dep == "auxpass" for aid in aids)
    return verb.dep in ("acl", "advcl", "amod", "ROOT", "ccomp", "conj", "oprd") and not parse.kid(
        verb, "dobj", "nsubj"
    )


def conjuncts(parse: Parse, token: Token) -> list[Token]:
    """A token and those joined to it by "and" or a comma, in order."""
    found, waiting = [token], [token]
    while waiting:
        joined = [kid for kid in parse.kids(waiting.pop(), "conj") if is_nominal(kid) or not is_nominal(token)]
        found.extend(joined)
        waiting.extend(joined)
    return sorted(found, key=lambda each: each.index)


def objects_of_prepositions(parse: Parse, token: Token, *words: str) -> list[Token]:
    """What stands behind the given prepositions of a token, or behind any where none is given."""
    found = []
    for kid in parse.kids(token, "prep", "dative", "agent"):
        if not words or kid.lower in words:
            found.extend(parse.kids(kid, "pobj"))
            for inner in parse.kids(kid, "prep"):
                found.extend(parse.kids(inner, "pobj") if not words else [])
    return found


def governor(parse: Parse, token: Token) -> Token:
    """The nearest verb above a token, or the token itself at the root: prepositions and nouns are passed."""
    return next((above for above in climb(parse, token) if is_verb(above)), token)


def first_conjunct(parse: Parse, token: Token) -> Token:
    """The token that a coordination starts from."""
    for _ in range(MAX_CLIMB):
        if token.dep != "conj":
            break
        token = parse.head(token)
    return token


def phrase_span(parse: Parse, head: Token) -> Span:
    """The shortest stretch around a noun that names it: its modifiers and "of …", without article or clauses.

    "the top commanders of his air force, who …": "top commanders of his air force".
    """
    kept = {head.index}
    _keep_modifiers(parse, head, kept, depth=0)
    first = last = head.index
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    while first < head.index and parse.tokens[first].dep in ("det", "punct", "predet"):
        first += 1
    while last > head.index and parse.tokens[last].dep in ("punct", "cc", "prep", "case"):
        last -= 1
    return Span(parse.tokens[first].start, parse.tokens[last].end)


_INSIDE = (
    "compound",
    "amod",
    "nummod",
    "poss",
    "case",
    "det",
    "quantmod",
    "nmod",
    "advmod",
    "predet",
    "punct",
    "npadvmod",
)


def _keep_modifiers(parse: Parse, head: Token, kept: set[int], depth: int) -> None:
    if depth > MAX_CLIMB:
        return
    for kid in parse.kids(head):
        # A comma after the head opens an aside ("Kim, the leader, …"); inside a name it belongs ("Lima, Peru").
        if kid.dep == "punct" and (kid.index > head.index or kid.text in ",;:()"):
            continue
        if kid.dep == "amod" and kid.index > head.index:
            continue
        if kid.dep in _INSIDE:
            kept.add(kid.index)
            _keep_modifiers(parse, kid, kept, depth + 1)
        elif kid.dep == "prep" and kid.lower == "of" and kid.index > head.index:
            kept.add(kid.index)
            for inner in parse.kids(kid, "pobj"):
                kept.add(inner.index)
                _keep_modifiers(parse, inner, kept, depth + 1)


def preposition(parse: Parse, timex: Timex) -> str:
    """The preposition that a time hangs on; "" where it hangs on none."""
    top = parse.root_of(parse.within(timex.span))
    if top is None:
        return ""
    above = parse.head(top)
    return above.lower if above.dep == "prep" or top.dep == "pobj" or above.tag == "IN" else ""


def is_bound(parse: Parse, timex: Timex, words: BoundWords) -> bool:
    """Whether a time is the bound of what it stands with, and not its time."""
    return preposition(parse, timex) in words.bounding
