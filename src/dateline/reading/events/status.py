"""Judges whether an event happened, goes on, is planned, is possible or is denied, and keeps the words that decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log
from typing import cast

from dateline.model import Parse, Span, Status, Telling, Token
from dateline.reading.events.clauses import climb, helpers, is_passive, is_verb
from dateline.reading.events.lexicon import EventLexicon, StatusWords
from dateline.reading.events.linear import score, shares
from dateline.reading.events.scene import Scene


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status, the words that decided it, and how likely every status is; this is empty where the words alone say."""

    status: Status
    words: tuple[Span, ...] = ()
    likely: Mapping[str, float] = field(default_factory=dict)


_DEFAULT = Verdict("happened")

_PASSED = frozenset(
    "xcomp dobj pobj prep conj pcomp nsubjpass nsubj acomp attr compound poss ccomp oprd".split()  # noqa: SIM905
)
"""The links over which the status of a verb is handed down."""


BEGUN = 3.0
"""So many times as much where a noun names what somebody began: it goes on, unless the network is sure that it is over.

Of nine annotated ones seven are right so, eight without it, and four if all of them went on."""


def judge_status(scene: Scene, lexicon: EventLexicon, token: Token) -> Verdict:
    """The status of the happening that a token tells of."""
    words, parse = lexicon.words.status, scene.parse
    own = _own_words(parse, words, token)
    if own is not None:
        return own
    above = _governed(parse, lexicon, token)
    if above is not None:
        return above
    said = _stance(scene, token)
    if said is not None:
        return said
    return _tense(parse, words, token)


def weigh_status(scene: Scene, lexicon: EventLexicon, token: Token) -> Verdict:
    """The status of a happening by the rules and, where it has read the report, by the network.

    What is denied in so many words is denied, what somebody is accused of has happened on the word of who accuses, and
    what hangs on a condition is possible: such words are few, and the network passes over them.
    """
    verdict, telling = judge_status(scene, lexicon, token), scene.telling(token)
    ruled = score(lexicon.models.status, status_features(token, verdict))
    plain = verdict.status in ("denied", "happened") or _on_condition(scene.parse, lexicon.words.status, token)
    if telling is None or not ruled or (plain and verdict.words):
        return verdict
    heft = BEGUN if verdict.status == "ongoing" and _is_begun(scene.parse, token) else 1.0
    weighed = {each: heft * ruled.get(each, 0.0) + told for each, told in told_status(telling).items()}
    best = max(weighed, key=lambda each: weighed[each])
    words = verdict.words if best == verdict.status else ()
    return Verdict(cast(Status, best), words, shares(weighed))


def told_status(telling: Telling) -> dict[str, float]:
    """What the network says of the status of a happening, as scores."""
    return {each: log(sure + 1e-4) for each, sure in telling.status.items()}


def status_features(token: Token, verdict: Verdict) -> list[str]:
    """What the rules say, for the model of how far they are to be believed."""
    rule, kind = verdict.status, "verb" if token.pos == "VERB" else "noun"
    return [f"rule={rule}", f"rule={rule}:{kind}", f"rule={rule}:{'words' if verdict.words else 'none'}:{kind}"]


def _own_words(parse: Parse, words: StatusWords, token: Token) -> Verdict | None:
    """What a trigger's own helpers and modifiers say: "did not strike", "a possible deal", "will meet"."""
    for kid in parse.kids(token):
        if kid.dep in ("neg", "det", "cc", "preconj") and kid.lower in words.negative:
            return Verdict("denied", (kid.span,))
        if kid.dep in ("amod", "advmod", "compound"):
            found = _modifier(words, kid)
            if found is not None:
                return found
    if token.pos in ("VERB", "AUX"):
        return _done_by_none(parse, words, token) or _helped(parse, words, token)
    return None


def _done_by_none(parse: Parse, words: StatusWords, verb: Token) -> Verdict | None:
    """A subject that says that it did not happen: "nobody was arrested", "no money was given"."""
    subject = parse.kid(verb, "nsubj", "nsubjpass")
    if subject is None:
        return None
    nay = next((each for each in (subject, *parse.kids(subject, "det", "neg")) if each.lower in words.negative), None)
    return Verdict("denied", (nay.span,)) if nay is not None else None


def _modifier(words: StatusWords, kid: Token) -> Verdict | None:
    if kid.lower in words.negative:
        return Verdict("denied", (kid.span,))
    if kid.lower in words.hedges:
        return Verdict("possible", (kid.span,))
    if kid.lower in words.coming and kid.dep == "amod":
        return Verdict("planned", (kid.span,))
    if kid.lower in words.unreal:
        return Verdict("denied", (kid.span,))
    if kid.lower in words.going_on and kid.dep == "amod":
        return Verdict("ongoing", (kid.span,))
    return None


def _helped(parse: Parse, words: StatusWords, verb: Token) -> Verdict | None:
    """What the helpers of a verb say: "could provide", "would be abolished", "is to visit"."""
    aids = helpers(parse, verb)
    lowers = {aid.lower: aid for aid in aids}
    spans = tuple(aid.span for aid in aids)
    mark = parse.kid(verb, "mark")
    if mark is not None and mark.lower in words.conditions:
        return Verdict("possible", (mark.span,))
    if lowers.keys() & words.possible:
        return Verdict("possible", spans)
    if lowers.keys() & words.future:
        return Verdict("possible" if _on_condition(parse, words, verb) else "planned", spans)
    if lowers.keys() & words.conditional:
        unreal = _on_condition(parse, words, verb) or "have" in lowers or "should" in lowers
        return Verdict("possible" if unreal else "planned", spans)
    if lowers.keys() & words.necessary:
        return Verdict("planned", spans)
    return None


def _on_condition(parse: Parse, words: StatusWords, verb: Token) -> bool:
    """Whether a clause of condition hangs on a verb: "if voted into office", "unless troops leave"."""
    for clause in parse.kids(verb, "advcl"):
        mark = parse.kid(clause, "mark")
        if mark is not None and mark.lower in words.conditions:
            return True
    return False


def _governed(parse: Parse, lexicon: EventLexicon, token: Token) -> Verdict | None:
    """What the words above a trigger say: "plans to visit", "denied bombing", "calls for talks", "failure to act"."""
    below = token
    for above in climb(parse, token):
        found = _link(parse, lexicon, below, above)
        if found is not None:
            return found
        if is_verb(above) and below.dep not in _PASSED:
            return None
        if below.dep in ("ccomp", "relcl", "advcl") and below.tag != "VB":
            return None
        if token.pos != "VERB" and below.dep == "prep" and above.pos in ("NOUN", "PROPN"):
            # "work to mend the damage to homes": what a noun hangs on through another noun is no plan for it.
            return None
        below = above
    return None


def _link(parse: Parse, lexicon: EventLexicon, below: Token, above: Token) -> Verdict | None:
    """What one link of the tree says of what hangs below it."""
    words, how = lexicon.words.status, below.dep
    infinitive = any(aid.lower == "to" for aid in parse.kids(below, "aux"))  # "to have met" is one, too
    if is_verb(above) or above.pos == "AUX":
        return _under_verb(parse, words, below, above, how, infinitive)
    if above.pos == "ADJ" and (infinitive or how in ("ccomp", "prep")):
        return _under_adjective(words, above)
    if above.pos in ("NOUN", "PROPN") and (infinitive or how in ("prep", "pcomp", "acl")):
        return _under_noun(words, below, above)
    if above.dep == "prep" and above.lower == "without":
        return Verdict("denied", (above.span,))
    return None


def _under_verb(
    parse: Parse, words: StatusWords, below: Token, above: Token, how: str, infinitive: bool
) -> Verdict | None:
    lemma = above.lemma
    if lemma in words.presupposing and (how in ("dobj", "nsubjpass", "pcomp") or below.dep == "prep"):
        # "Kim is accused of smuggling" leaves it open; "Kyiv accused Minsk of smuggling" is the word of Kyiv.
        doubted = lemma in ("accuse", "blame") and is_passive(parse, above)
        return Verdict("possible" if doubted else "happened", (above.span,))
    if how in ("conj", "nsubj") and lemma not in words.denying:
        return None if how == "conj" else _shared(parse, words, above) if below.pos == "NOUN" else None
    if lemma in words.denying and how in ("xcomp", "ccomp", "dobj", "pcomp", "prep", "nsubjpass"):
        if how == "prep" and below.lower not in ("from", "on", "against", "of"):
            return None
        denied = _negated(parse, words, above) is None
        return Verdict("denied", (above.span,)) if denied else Verdict("happened", (above.span,))
    if how == "advcl" and infinitive:
        if lemma in words.doing:
            return _shared(parse, words, above)
        return Verdict("planned", (above.span,))
    if lemma in words.planning and (
        infinitive or how in ("dobj", "nsubjpass") or (how == "prep" and below.lower in ("for", "on", "to"))
    ):
        if how in ("dobj", "nsubjpass") and lemma in words.planning_clauses:
            return _shared(parse, words, above)
        return Verdict("planned", (above.span,))
    if lemma in words.doubting and (
        infinitive
        or how in ("dobj", "nsubjpass", "ccomp", "xcomp")
        or (how == "prep" and below.lower in ("for", "of", "about", "on", "against"))
    ):
        return Verdict("possible", (above.span,))
    if infinitive and lemma in ("be", "have"):
        return Verdict("planned", (above.span,))
    acting = how == "prep" and bool(parse.kids(below, "pcomp"))
    if lemma in words.doing or how in ("dobj", "nsubjpass", "xcomp") or acting:
        return _shared(parse, words, above)
    return None


def _shared(parse: Parse, words: StatusWords, above: Token) -> Verdict | None:
    """The status that a carrier or helper verb hands down: "did not hold talks", "will begin shelling"."""
    denied = _negated(parse, words, above)
    return denied if denied is not None else _helped(parse, words, above)


def _negated(parse: Parse, words: StatusWords, verb: Token) -> Verdict | None:
    for kid in parse.kids(verb, "neg", "advmod", "preconj"):
        if kid.lower in words.negative:
            return Verdict("denied", (kid.span,))
    return None


def _under_adjective(words: StatusWords, above: Token) -> Verdict | None:
    if above.lower in words.ready:
        return Verdict("planned", (above.span,))
    if above.lower in words.able:
        return Verdict("possible", (above.span,))
    if above.lower in words.unable:
        return Verdict("denied", (above.span,))
    return None


def _under_noun(words: StatusWords, below: Token, above: Token) -> Verdict | None:
    if below.dep == "prep" and below.lower in (
        "in",
        "at",
        "with",
        "by",
        "after",
        "during",
        "since",
        "before",
        "as",
        "from",
    ):
        return None
    if above.lemma in words.denying_nouns:
        return Verdict("denied", (above.span,))
    if above.lemma in words.doubting_nouns:
        return Verdict("possible", (above.span,))
    if above.lemma in words.planning_nouns:
        return Verdict("planned", (above.span,))
    return None


def _stance(scene: Scene, token: Token) -> Verdict | None:
    """What the cue of the statement around a trigger says: feared, denied, hoped."""
    for statement in scene.statements_at.get(token.index, ())[:1]:
        if statement.cue is None:
            continue
        for cue in scene.parse.within(statement.cue):
            if cue.lemma in ("deny", "refute", "dispute") and statement.quoted != "direct":
                return Verdict("denied", (statement.cue,))
            if cue.lemma in ("fear", "hope", "expect", "suspect", "worry", "predict", "want", "wish"):
                return Verdict("possible", (statement.cue,))
            if cue.lemma in ("plan", "intend", "vow", "pledge", "promise") and token.tag in ("VB", "VBG"):
                return Verdict("planned", (statement.cue,))
    return None


def _tense(parse: Parse, words: StatusWords, token: Token) -> Verdict:
    """What tense and aspect say: "are fighting" goes on, "has been investigating" too."""
    if token.pos not in ("VERB", "AUX"):
        return _noun_tense(parse, token)
    aids = helpers(parse, token)
    lowers = {aid.lower for aid in aids}
    for kid in parse.kids(token, "advmod"):
        if kid.lower in words.going_on:
            return Verdict("ongoing", (kid.span,))
    if token.tag == "VBG" and lowers & {"is", "are", "am", "’s", "'s", "’re", "'re", "being", "been"}:
        return Verdict("ongoing", tuple(aid.span for aid in aids))
    if "being" in lowers and lowers & {"is", "are"}:
        return Verdict("ongoing", tuple(aid.span for aid in aids))
    if token.dep == "xcomp" and parse.head(token).lemma in ("begin", "start", "continue", "keep", "resume"):
        return Verdict("ongoing", (parse.head(token).span,))
    return _DEFAULT


def _noun_tense(parse: Parse, token: Token) -> Verdict:
    head = parse.head(token)
    if _is_begun(parse, token) or (head.lemma == "continue" and head.tag != "VBN" and token.dep in ("dobj", "nsubj")):
        return Verdict("ongoing", (head.span,))
    if head.dep == "prep" and head.lower in ("amid", "under"):
        return Verdict("ongoing", (head.span,))
    return _DEFAULT


def _is_begun(parse: Parse, token: Token) -> bool:
    """Whether a noun names what somebody began: "began joint naval drills"."""
    head = parse.head(token)
    return token.dep == "dobj" and head.lemma in ("begin", "start", "resume") and head.tag != "VBN"
