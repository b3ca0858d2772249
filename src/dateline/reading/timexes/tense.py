"""Tells from a sentence's verbs whether it looks back or forward, so that "on Friday" falls on the right side."""

from __future__ import annotations

from dateline.model import Parse, Span, Token
from dateline.reading.timexes.rules import Cues

BACK, OPEN, FORWARD = -1, 0, 1

_NO_ADVERBIALS = frozenset({"nsubj", "nsubjpass", "dobj", "poss"})
"""What an expression is where the verb does not say when: "a wet June may yet beat May"."""

_PREMODIFIERS = frozenset({"compound", "nmod", "nummod", "amod"})


def find_direction(parse: Parse | None, span: Span, cues: Cues, *, headline: bool) -> int:
    """FORWARD, BACK, or OPEN where the verbs do not tell. In a headline the present tense is a past."""
    words = parse.within(span) if parse else ()
    top = parse.root_of(words) if parse else None
    if parse is None or top is None or top.dep in _NO_ADVERBIALS:
        return OPEN
    if top.dep in _PREMODIFIERS and parse.head(top).dep == "dobj":
        # "The council has set them an April 4 target."
        return OPEN
    if parse.head(top).lower in cues.ends:
        delayed = parse.head(parse.head(top)).lemma in cues.delays
        if delayed or _verb_looks(parse, top, cues, headline) != BACK:
            return FORWARD
    return _verb_looks(parse, top, cues, headline)


def _verb_looks(parse: Parse, top: Token, cues: Cues, headline: bool) -> int:
    """Where the nearest verb above an expression looks."""
    for token in parse.ancestors(top):
        if (token.lemma in cues.plans or token.lower in cues.plans) and token.tag != "VBD":
            return FORWARD
        if token.pos not in ("VERB", "AUX"):
            continue
        looks = _looks(parse, token, cues, headline)
        if looks is not None:
            return looks
    return OPEN


def _looks(parse: Parse, verb: Token, cues: Cues, headline: bool) -> int | None:
    """Where one verb looks; None where it leaves that to the verb above it."""
    helpers = parse.kids(verb, "aux", "auxpass") or (
        parse.kids(parse.head(verb), "aux", "auxpass") if verb.dep == "conj" else []
    )
    if any(helper.lower in cues.future for helper in helpers):
        return FORWARD
    if any(helper.lemma == "have" or helper.tag == "VBD" for helper in helpers) or verb.tag == "VBD":
        return BACK
    if any(helper.tag == "TO" for helper in helpers):
        head = parse.head(verb)
        planned = head.lemma in cues.plans or head.lower in cues.plans or head.lower in cues.infinitives
        return FORWARD if planned else None
    if verb.tag == "VBN":
        return OPEN if helpers else BACK
    if verb.lower in cues.infinitives and any(_is_infinitive(parse, kid) for kid in parse.kids(verb, "xcomp")):
        return FORWARD  # "On Wednesday, both are to meet."
    if verb.tag in ("VBZ", "VBP"):
        # "The trial resumes on Monday", but "a video released on Thursday shows".
        return FORWARD if verb.lemma in cues.scheduled and not headline else OPEN
    if verb.tag == "VBG" and helpers:
        return OPEN
    return None


def _is_infinitive(parse: Parse, verb: Token) -> bool:
    return any(helper.tag == "TO" for helper in parse.kids(verb, "aux", "auxpass"))
