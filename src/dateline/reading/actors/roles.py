"""The roles that a report gives its persons: "Russian president Vladimir Putin", "Kang In-sun, a spokesperson"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.model import Parse, Span, Token
from dateline.reading.actors.lexicon import ActorLexicon

_BEFORE = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "CCONJ", "PART", "DET", "PUNCT"})
_LONGEST = 12


def find_roles(parse: Parse, name: Span, lexicon: ActorLexicon) -> Iterator[Span]:
    """The phrases beside a person's name that say what she is, without their articles."""
    tokens = parse.within(name)
    if not tokens:
        return
    before = _role_before(parse, tokens[0], lexicon) or _role_above(parse, tokens, lexicon)
    if before:
        yield before
    first, last = parse.sentences[tokens[0].sentence]
    yield from _apposition(parse.tokens[tokens[-1].index + 1 : last], lexicon, opening=True)
    begin = tokens[0].index
    while begin > first and parse.tokens[begin - 1].lower.rstrip(".") in lexicon.honorifics:
        begin -= 1
    if begin > first and parse.tokens[begin - 1].text == ",":
        phrase = parse.tokens[max(first, begin - 1 - _LONGEST) : begin - 1]
        starts = [t.index for t in phrase if t.text in (",", "“", '"') or t.pos in ("VERB", "AUX", "SCONJ")]
        phrase = parse.tokens[(starts[-1] + 1 if starts else phrase[0].index) : begin - 1] if phrase else ()
        yield from _apposition(phrase, lexicon, opening=False)


def _apposition(tokens: Sequence[Token], lexicon: ActorLexicon, *, opening: bool) -> Iterator[Span]:
    """The role in the words after a name and a comma ("Kang In-sun, a spokesperson"), or before a comma and a name."""
    if opening:
        if not tokens or tokens[0].text != ",":
            return
        tokens = tokens[1 : 1 + _LONGEST]
    run: list[Token] = []
    for token in tokens:
        if token.pos in ("VERB", "AUX", "SCONJ", "PRON") or token.text in (",", ";", ":", "”", '"', "."):
            break
        run.append(token)
    while run and run[0].pos in ("DET", "ADP", "PUNCT", "CCONJ"):
        if run[0].pos == "ADP" and opening:
            return
        run.pop(0)
    head = next((at for at, token in enumerate(run) if token.lemma.lower() in lexicon.persons), None)
    if head is not None and (head < 6 or not opening):
        yield Span(run[_opens(run, head)].start, run[-1].end)


def _opens(run: Sequence[Token], head: int) -> int:
    """Where the phrase of a person's noun begins: "Uruguayan president" in "a request of the Uruguayan president"."""
    for at in range(head - 1, -1, -1):
        if run[at].pos in ("DET", "ADP", "PRON", "CCONJ") or run[at].tag == "POS":
            return 0 if run[at].tag == "POS" else at + 1
    return 0


def _role_above(parse: Parse, tokens: Sequence[Token], lexicon: ActorLexicon) -> Span | None:
    """The noun that a name stands beside without a comma: "his Venezuelan counterpart Nicolas Maduro"."""
    top = parse.root_of(tokens)
    noun = parse.head(top) if top is not None else tokens[0]
    if (
        top is None
        or top.dep != "appos"
        or noun.lemma.lower() not in lexicon.persons
        or noun.index != tokens[0].index - 1
    ):
        return None
    first = noun.index
    while (
        first > 0 and parse.tokens[first - 1].head == noun.index and parse.tokens[first - 1].dep in ("amod", "compound")
    ):
        first -= 1
    return Span(parse.tokens[first].start, noun.end)


def _role_before(parse: Parse, first: Token, lexicon: ActorLexicon) -> Span | None:
    """The words of the same phrase just before a name, where they end in a noun for a person."""
    run: list[Token] = []
    index = first.index - 1
    while index >= 0 and len(run) < _LONGEST:
        token = parse.tokens[index]
        inside = token.sentence == first.sentence and (token.dep in ("compound", "amod", "nmod", "poss", "case", "nn"))
        if not inside or token.pos not in _BEFORE:
            break
        run.append(token)
        index -= 1
    run.reverse()
    while run and (run[0].pos in ("PUNCT", "PART", "CCONJ", "ADP", "DET")):
        run.pop(0)
    if not run or not any(token.lemma.lower() in lexicon.persons for token in run[-2:]):
        return None
    return Span(run[0].start, run[-1].end)
