"""Codes the event between two given actors by PLOVER's own conventions, which fold intentions into types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from dateline.model import EventType, Reading, Span, Status, Token
from dateline.reading.events.clauses import climb, is_verb, particle_of
from dateline.reading.events.detect import candidates
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.linear import probabilities
from dateline.reading.events.scene import Scene, lay_out
from dateline.reading.events.status import judge_status
from dateline.reading.events.types import fitting_rule

FORCEFUL = ("SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST")
COOPERATIVE = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")


@dataclass(frozen=True, slots=True)
class PloverCoder:
    """Gives the event between two actors a PLOVER type and mode; never abstains."""

    lexicon: EventLexicon

    @classmethod
    def load(cls, language: str = "en") -> PloverCoder:
        """The coder of a language."""
        return cls(EventLexicon.load(language))

    def code(self, reading: Reading, source: Span | None, target: Span | None) -> tuple[EventType, str | None]:
        """The type and mode of the event that the source does to the target."""
        scene = lay_out(reading, self.lexicon.words)
        told = features(scene, self.lexicon, source, target)
        likely = probabilities(self.lexicon.models.plover, told)
        label = next((type_ for type_ in likely if type_ in get_args(EventType)), "ACCUSE")
        return label, self.mode(scene, source, label)  # type: ignore[return-value]

    def mode(self, scene: Scene, source: Span | None, label: str) -> str | None:
        """The mode of the first rule for a type that fits a word of the sentence."""
        for token in ordered(scene, self.lexicon, source):
            fitted = fitting_rule(scene.parse, self.lexicon, token)
            if fitted is not None and label in (fitted[0].type, fitted[0].plover):
                return fitted[0].mode
        return None


def ordered(scene: Scene, lexicon: EventLexicon, source: Span | None) -> list[Token]:
    """The words that may tell of the event: those above the source first, then what hangs on these, then the rest."""
    # A modifier names no event of its own here ("war games", "peace deal"), nor does "according" or "following".
    every = [token for token in candidates(scene.parse, lexicon.words) if token.dep not in ("compound", "prep")]
    above = {token.index: step for step, token in enumerate(_above(scene, source))}
    below = {kid.index for index in above for kid in _beneath(scene, scene.parse.tokens[index])}
    return sorted(every, key=lambda token: (above.get(token.index, 50 if token.index in below else 90), token.index))


def _above(scene: Scene, span: Span | None) -> Iterator[Token]:
    # Without a span the search starts from the root of the first sentence.
    words = scene.parse.within(span) if span is not None else scene.parse.tokens[:1]
    top = scene.parse.root_of(words)
    if top is not None:
        yield from climb(scene.parse, top)


def _beneath(scene: Scene, token: Token) -> Iterator[Token]:
    for kid in scene.parse.kids(token, "xcomp", "ccomp", "dobj", "advcl", "prep", "conj"):
        yield kid
        yield from scene.parse.kids(kid, "pobj", "dobj", "pcomp", "xcomp")


def features(scene: Scene, lexicon: EventLexicon, source: Span | None, target: Span | None) -> list[str]:
    """What speaks for each type of the event between two actors."""
    found = [f"rule={rule_code(scene, lexicon, source, target)}"]
    tokens = ordered(scene, lexicon, source)
    first = True
    for rank, token in enumerate(tokens[:10]):
        fitted = fitting_rule(scene.parse, lexicon, token)
        type_ = _type(scene, lexicon, token)
        status = judge_status(scene, lexicon, token).status
        place = "top" if rank == 0 else "second" if rank == 1 else "else"
        found.append(f"{place} lemma={token.lemma}")
        found.append(f"lemma={token.lemma}")
        if fitted is None or type_ is None:
            continue
        rule = fitted[0]
        found += [f"{place} rule={type_}", f"any rule={type_}"]
        if first:
            found += list(_folded(type_, status))
            found += [f"first rule={type_}:{token.pos[0]}", f"first rule={type_}:{'near' if rule.near else 'alone'}"]
            first = False
    found += _chain(scene, source)
    found += _over(scene, lexicon, tokens, target)
    found += _words(scene, source, target)
    return list(dict.fromkeys(found))


def rule_code(scene: Scene, lexicon: EventLexicon, source: Span | None, target: Span | None = None) -> EventType | None:
    """The type by rule alone: of the first word that a rule fits, its intention or refusal folded in.

    Who calls on others to support the target supports it, and who calls for something against it accuses it.
    """
    if _must(scene, lexicon, source):
        return "REQUEST"
    tokens = ordered(scene, lexicon, source)
    for token in tokens:
        type_ = _type(scene, lexicon, token)
        if type_ is None:
            continue
        if type_ == "REQUEST":
            return _on_behalf(scene, lexicon, tokens, target) or type_
        verdict = judge_status(scene, lexicon, token)
        tried = any(scene.words.aspectual & {word.lemma for word in scene.parse.within(span)} for span in verdict.words)
        if type_ in COOPERATIVE and verdict.status == "planned" and _unless(scene, token):
            return "THREATEN"
        return type_ if tried and type_ not in COOPERATIVE else fold(type_, verdict.status)
    return None


def _unless(scene: Scene, token: Token) -> bool:
    """Whether a deed hangs on a condition with "unless": "will withdraw unless the rebels …"."""
    return any(
        mark.lower == "unless" for each in scene.parse.kids(token, "advcl") for mark in scene.parse.kids(each, "mark")
    )


def _on_behalf(scene: Scene, lexicon: EventLexicon, tokens: Sequence[Token], target: Span | None) -> EventType | None:
    """What is asked of others for or against the target: "urged Europe to support the rebels"."""
    over = _nearest_over(scene, tokens, target)
    if over is not None and _type(scene, lexicon, over) == "SUPPORT":
        return "SUPPORT"
    words = scene.parse.within(target) if target is not None else ()
    against = any(scene.parse.head(word).lower == "against" for word in words)
    return "ACCUSE" if against else None


def _type(scene: Scene, lexicon: EventLexicon, token: Token) -> EventType | None:
    fitted = fitting_rule(scene.parse, lexicon, token)
    if fitted is None:
        return None
    type_ = fitted[0].plover or fitted[0].type
    return type_ if type_ != "OTHER" else None


def _must(scene: Scene, lexicon: EventLexicon, source: Span | None) -> bool:
    """Whether the source says what another must do: "Paris said that Tunis must return the ship"."""
    verb = next((token for token in _above(scene, source) if token.lemma in lexicon.words.saying), None)
    if verb is None or not is_verb(verb):
        return False
    clauses = scene.parse.kids(verb, "ccomp")
    return any(aid.lower in lexicon.words.status.necessary for each in clauses for aid in scene.parse.kids(each, "aux"))


def fold(type_: EventType, status: Status) -> EventType:
    """PLOVER's folds: what one means to do is AGREE or THREATEN, what one will not do is REJECT.

    >>> fold("AID", "planned"), fold("ASSAULT", "planned"), fold("CONSULT", "denied"), fold("ACCUSE", "planned")
    ('AGREE', 'THREATEN', 'REJECT', 'ACCUSE')
    """
    if type_ in COOPERATIVE:
        return {"planned": "AGREE", "possible": "AGREE", "denied": "REJECT"}.get(status, type_)  # type: ignore[return-value]
    if type_ in FORCEFUL and status in ("planned", "possible"):
        return "THREATEN"
    return type_


def _folded(type_: str, status: str) -> Iterator[str]:
    yield f"first={type_}"
    yield f"first={type_}:{status}"
    side = "friendly" if type_ in COOPERATIVE else "hostile"
    yield f"{side}:{status}"


def _chain(scene: Scene, source: Span | None) -> Iterator[str]:
    """The verb over the source and what it governs: "threatened to ban", "said it will support"."""
    verb = next((token for token in _above(scene, source) if is_verb(token)), None)
    for _ in range(4):
        if verb is None:
            return
        yield f"governs={verb.lemma} {particle_of(scene.parse, verb)}".strip()
        for aid in scene.parse.kids(verb, "aux", "neg"):
            yield f"aid={aid.lower}"
        yield from (f"of {verb.lemma}={word.lemma}" for word in scene.parse.kids(verb, "dobj", "xcomp", "prep"))
        verb = scene.parse.kid(verb, "xcomp", "ccomp")


def _nearest_over(scene: Scene, tokens: Sequence[Token], target: Span | None) -> Token | None:
    """The nearest word over the target that may tell of the event: "refused admittance to Ghanaians"."""
    above = {token.index: step for step, token in enumerate(_above(scene, target))} if target is not None else {}
    return min((token for token in tokens if token.index in above), key=lambda each: above[each.index], default=None)


def _over(scene: Scene, lexicon: EventLexicon, tokens: Sequence[Token], target: Span | None) -> Iterator[str]:
    nearest = _nearest_over(scene, tokens, target)
    if nearest is not None:
        yield f"over target={_type(scene, lexicon, nearest)}"
        yield f"over target lemma={nearest.lemma}"


def _words(scene: Scene, source: Span | None, target: Span | None) -> Iterable[str]:
    spans = [span for span in (source, target) if span is not None]
    between = _between(source, target)
    for token in scene.parse.tokens[:120]:
        if token.dep == "mark" and token.lower != "that":
            yield f"mark={token.lower}"
        if token.pos in ("NOUN", "VERB", "ADJ") and not any(token.span.touches(span) for span in spans):
            yield f"word={token.lemma}"
            if between is not None and between.covers(token.span):
                yield f"between={token.lemma}"
    if target is None:
        return
    if source is not None:
        yield f"source first={source.start < target.start}"
    for word in scene.parse.within(target)[:1]:
        yield f"target={word.dep}"
        above = scene.parse.head(word)
        yield f"target behind={above.lower if above.dep == 'prep' else above.lemma}"


def _between(source: Span | None, target: Span | None) -> Span | None:
    if source is None or target is None:
        return None
    return Span(min(source.end, target.end), max(source.start, target.start))
