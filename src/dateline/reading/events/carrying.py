"""Which of the counts, amounts and equipment of a report each event carries: those of its clauses, by the tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from dateline.model import EventSlot, Parse, Span, Token
from dateline.reading.events.clauses import MAX_CLIMB, SUBJECTS, climb, is_verb
from dateline.reading.events.drafts import Draft
from dateline.reading.events.scene import Scene
from dateline.reading.events.slot_words import SlotWords, open_slot_words
from dateline.reading.events.slots import MEASURES, find_slots, is_equipment

MOST = 20
"""So many slots an event carries at the most."""

_OTHER_CLAUSES = ("relcl", "ccomp", "parataxis", "advcl")
_TOLD_WITH = frozenset({"when", "as", "after", "while", "where", "because", "since"})
"""What opens a clause whose happening the main clause tells the toll of: "12 died when a bomb went off"."""

_HANGING = ("advcl", "pcomp", "relcl", "acl")
_TOLLS = ("casualties", "magnitude")
"""What a clause tells of a happening that only hangs on it: "the quake that struck Izmir had a magnitude of 6.4"."""

_LONGEST = 4
"""The most words before the noun of a weapon or a vehicle."""

_GENERAL = "person"


class Placed(NamedTuple):
    """A slot of a report and the token that it hangs in the tree by."""

    slot: EventSlot
    token: Token


Slots = Mapping[int, tuple[Placed, ...]]
"""The slots of each sentence, by its number, in order of the text."""


def place_slots(scene: Scene, drafts: Iterable[Draft]) -> Slots:
    """The slots of the sentences that events are told in."""
    words = open_slot_words()
    sentences = {draft.mention.token.sentence for draft in drafts}
    return {number: tuple(_of_sentence(scene, number, words)) for number in sorted(sentences)}


def carried(scene: Scene, slots: Slots, group: Sequence[Draft], lead: Draft) -> tuple[EventSlot, ...]:
    """What an event carries: the slots of the clauses of its mentions, those beside its trigger first."""
    found: list[EventSlot] = []
    for draft in (lead, *(each for each in group if each is not lead)):
        token = draft.mention.token
        here = slots.get(token.sentence, ())
        if not here or len(found) >= MOST:
            continue
        own, others = _clauses(scene, token)
        for placed in here:
            inside = placed.token.index in own or (placed.slot.kind in _TOLLS and placed.token.index in others)
            if inside and not draft.mention.span.touches(placed.token.span) and not _told(found, placed.slot):
                found.append(placed.slot)
    return tuple(sorted(found[:MOST], key=lambda each: each.span))


def _told(found: Iterable[EventSlot], slot: EventSlot) -> bool:
    """Whether the same is told already: in a headline, and again below it."""
    return any(
        (each.kind, each.fate, each.low, each.high) == (slot.kind, slot.fate, slot.low, slot.high)
        and (each.low is not None or each.unit == slot.unit)
        and (each.unit == slot.unit or _GENERAL in (each.unit, slot.unit))
        for each in found
    )


def _of_sentence(scene: Scene, number: int, words: SlotWords) -> Iterator[Placed]:
    parse, sentence = scene.parse, scene.reading.sentences[number]
    tokens = parse.tokens[slice(*parse.sentences[number])]
    taken: set[int] = set()
    for slot in find_slots(sentence.of(scene.text)):
        span = Span(sentence.start + slot.span.start, sentence.start + slot.span.end)
        within = parse.within(span)
        if not within:
            continue
        token = _counted(scene, within, slot)
        taken.update((token.index, *(each.index for each in within)))
        yield Placed(replace(slot, span=span), token)
    for token in tokens:
        if token.pos in ("NOUN", "PROPN") and token.index not in taken:
            named = _equipment(scene, token, words, taken)
            if named is not None:
                yield Placed(named, token)


def _counted(scene: Scene, within: Sequence[Token], slot: EventSlot) -> Token:
    """The noun that a number counts, or the number itself where it stands for what it counts."""
    number = within[-1] if slot.kind not in MEASURES else within[0]
    top = scene.parse.root_of(within) or number
    if top.dep in ("nummod", "quantmod", "amod", "compound", "npadvmod", "advmod", "det", "predet"):
        above = scene.parse.head(top)
        return above if above.sentence == top.sentence and above.pos in ("NOUN", "PROPN") else top
    return top


def _equipment(scene: Scene, token: Token, words: SlotWords, taken: set[int]) -> EventSlot | None:
    """A weapon or a vehicle that is named without a number; one where an article says so."""
    parse = scene.parse
    before = parse.tokens[token.index - 1 : token.index] if token.index else ()
    pair = f"{before[0].lower} {token.lower}" if before and before[0].sentence == token.sentence else ""
    known = words.noun_of.get(pair) or words.noun_of.get(token.lower) or words.design_of(token.text)
    if known is None or not is_equipment(known[0]):
        return None
    kind, unit = known
    if token.dep == "compound" and not _names_deed(scene, parse.head(token)):
        return None  # "tank commander", "bus driver", "tank shells"
    if token.index in scene.actor_at or any(kid.index in taken or kid.dep == "nummod" for kid in parse.kids(token)):
        return None
    article = parse.kid(token, "det")
    one = 1.0 if article is not None and article.lower in ("a", "an", "another") and token.tag != "NNS" else None
    first = next((kid for kid in parse.kids(token, "compound", "amod") if kid.index < token.index), token)
    opening = article if one and article is not None else _whole_word(parse, first)
    span = Span((opening if token.index - opening.index <= _LONGEST else token).start, token.end)
    return EventSlot(kind, unit, one, one, one, " ".join(span.of(scene.text).split()), span)


def _whole_word(parse: Parse, token: Token) -> Token:
    """The first part of a word that hyphens join: "nuclear" of "nuclear-capable"."""
    start = parse.sentences[token.sentence][0]
    while token.index - 2 >= start and parse.tokens[token.index - 1].text == "-":
        token = parse.tokens[token.index - 2]
    return token


def _names_deed(scene: Scene, head: Token) -> bool:
    """Whether a noun tells of a happening, so that what stands before it took part: "missile strike", "bus crash"."""
    return head.lemma in scene.words.nouns or (scene.happening(head) or 0.0) >= 0.5


def _clauses(scene: Scene, token: Token) -> tuple[set[int], set[int]]:
    """The tokens of a mention's own clauses; and those of the clauses that tell no more of it than its toll."""
    parse = scene.parse
    verb = token if is_verb(token) else next((each for each in climb(parse, token) if is_verb(each)), token)
    clause = _below(scene, _first_verb(scene, verb), keep=token)
    if not is_verb(token) and not _is_part(scene, token):
        return _below(scene, token, keep=token), clause
    mark = next((kid.lower for kid in parse.kids(verb, "mark", "advmod", "prep") if kid.index < verb.index), "")
    if mark not in _TOLD_WITH and verb.dep not in _HANGING:
        return clause, set()
    above = next((each for each in climb(parse, verb) if is_verb(each)), None)
    return clause, _below(scene, _first_verb(scene, above), keep=token) if above is not None else set()


def _first_verb(scene: Scene, verb: Token) -> Token:
    """The first of the verbs that share one subject: what one of them tells the others tell too."""
    for _ in range(MAX_CLIMB):
        if verb.dep != "conj" or scene.parse.kids(verb, *SUBJECTS):
            break
        verb = scene.parse.head(verb)
    return verb


def _is_part(scene: Scene, token: Token) -> bool:
    """Whether a noun has a part in what its verb tells: "the attack killed 12", "drones were used in an attack"."""
    if token.dep in ("nsubj", "nsubjpass", "dobj", "attr", "ROOT", "agent", "conj"):
        return True
    return token.dep == "pobj" and scene.parse.head(token).lower in ("in", "during", "by", "of")


def _below(scene: Scene, top: Token, *, keep: Token) -> set[int]:
    """A word and what hangs on it, without the clauses that tell of other things."""
    parse, found, waiting = scene.parse, set[int](), [top]
    while waiting:
        token = waiting.pop()
        found.add(token.index)
        waiting += [kid for kid in parse.kids(token) if kid.index not in found and not _apart(scene, kid, keep)]
    return found


def _apart(scene: Scene, token: Token, keep: Token) -> bool:
    """Whether a clause tells of something else than the one that it hangs on."""
    if token.dep == "conj" and token.index != keep.index:
        return bool(is_verb(token) and scene.parse.kids(token, *SUBJECTS))
    if token.dep not in _OTHER_CLAUSES:
        return False
    if scene.parse.head(token).index == keep.index or token.index == keep.index:
        return False  # "a blast that killed 12"
    if token.dep == "advcl":
        # "…, killing 12 and leaving 30 hurt" tells what came of it; "after killing 12" tells of something before.
        return token.tag != "VBG" or any(scene.parse.kids(token, "mark", "nsubj", "nsubjpass"))
    return True
