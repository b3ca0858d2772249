"""What speaks for and against a candidate: its traits, each a short string that the weights know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.model import Token
from dateline.reading.statements.frames import Candidate
from dateline.reading.statements.shapes import Shape
from dateline.reading.statements.tree import Tree
from dateline.reading.statements.voices import is_passive

SELF = frozenset(("i", "we", "you"))
THIRD = frozenset(("he", "she", "they"))
RELATIVE = frozenset(("who", "which", "that", "whom"))
SHORT = frozenset(("it", "this", "that", "them", "him", "her", "so", "one", "what", "which"))


def find_traits(tree: Tree, candidate: Candidate, shape: Shape, frames: Sequence[str]) -> list[str]:
    """The traits of a candidate, in a fixed order; ``frames`` are those of all candidates with its cue."""
    head = tree.parse.tokens[candidate.head]
    frame, lemma = candidate.frame, head.lemma
    kind = _kind(tree, candidate)
    mood = list(_mood(tree, head))
    content = list(_content_traits(tree, candidate, shape))
    traits = ["bias", f"f={frame}", f"l={lemma}", f"lf={lemma}|{frame}", f"s={kind}", f"fs={frame}|{kind}"]
    traits += [f"t={head.tag}", f"d={head.dep}", f"lt={lemma}|{head.tag}", f"fd={frame}|{head.dep}"]
    traits += (
        [f"m={one}" for one in mood] + [f"fm={frame}|{one}" for one in mood] + [f"lm={lemma}|{one}" for one in mood]
    )
    traits += [f"c={one}" for one in content] + [f"fc={frame}|{one}" for one in content]
    traits += [f"lc={lemma}|{one}" for one in content if one[0] in "12"]
    above = tree.parse.head(head)
    if (
        head.dep in ("xcomp", "ccomp", "advcl", "pcomp", "conj", "prep", "acl", "dobj", "pobj")
        and above.index != head.index
    ):
        traits += [f"up={above.lemma}", f"upd={head.dep}|{above.lemma}"]
    if candidate.voice is not None:
        voice = tree.parse.tokens[candidate.voice]
        if voice.pos == "NOUN":
            traits += [f"v={voice.lemma}", f"vl={voice.lemma}|{lemma}"]
    traits += [f"w={frame}|{other}" for other in frames if other != frame]
    if candidate.quotation >= 0:
        traits += [f"q={one}|{frame}" for one in _quotation_traits(tree, candidate)]
    return traits


def _kind(tree: Tree, candidate: Candidate) -> str:
    """What sort of source speaks: a pronoun by its person, a person, a body, a paper, another noun, or nobody."""
    if candidate.voice is None:
        return "none"
    voice = tree.parse.tokens[candidate.voice]
    lower = voice.lower
    if lower in SELF:
        return "self"
    if lower in THIRD:
        return "third"
    if lower in RELATIVE:
        return "relative"
    if voice.pos == "PRON":
        return "pron:" + lower
    if voice.entity in ("Person", "Organization", "Location", "NORP"):
        return voice.entity
    if voice.pos == "PROPN":
        return "proper"
    if voice.lemma in tree.cues.papers:
        return "paper"
    return "plural" if voice.tag == "NNS" else "noun"


def _mood(tree: Tree, head: Token) -> Iterator[str]:
    """How the cue is put: negated, modal, infinitive, passive, in a condition or question, within quotation marks."""
    verb = head if head.pos in ("VERB", "AUX") else tree.parse.head(head)
    for kid in tree.parse.kids(verb):
        if kid.dep == "neg":
            yield "neg"
        elif kid.dep == "aux" and kid.tag == "MD":
            yield "md:" + kid.lemma
        elif kid.dep == "aux" and kid.tag == "TO":
            yield "to"
        elif kid.dep == "aux":
            yield "aux:" + kid.lemma
        elif kid.dep == "mark" and kid.lower in ("if", "as", "while", "because", "whether", "since", "unless"):
            yield "mark:" + kid.lower
        elif kid.dep == "prt":
            yield "prt:" + kid.lower
        elif kid.dep == "dobj":
            yield "object"
    if is_passive(tree, verb):
        yield "passive"
    if tree.quotation_of[head.index] >= 0:
        yield "quoted"
    first, end = tree.sentence_run(head)
    if tree.parse.tokens[end - 1].text == "?":
        yield "question"
    if head.index == first:
        yield "first"


def _content_traits(tree: Tree, candidate: Candidate, shape: Shape) -> Iterator[str]:
    """How the content looks; "1" and "2" mark what is worth knowing cue by cue."""
    top = tree.parse.tokens[candidate.top]
    words = candidate.content[1] - candidate.content[0]
    yield "1top:" + top.pos
    yield "len:" + (
        "1" if words == 1 else "2" if words == 2 else "3-5" if words < 6 else "6-12" if words < 13 else "13+"
    )
    first = tree.parse.tokens[candidate.content[0]]
    if first.tag in ("IN", "WDT", "WP", "WRB", "TO", "WP$") or first.lower in SHORT:
        yield "2first:" + first.lower
    if words == 1 and first.lower in SHORT:
        yield "only:" + first.lower
    if top.pos in ("NOUN", "PROPN"):
        yield "ent:" + top.entity
        if candidate.quotation < 0:
            yield "noun:" + top.lemma if top.pos == "NOUN" else "proper"
    elif top.pos in ("VERB", "AUX"):
        yield "tag:" + top.tag
        if any(kid.tag == "MD" for kid in tree.parse.kids(top, "aux")):
            yield "md"
        if tree.subject(top) is not None:
            yield "subject"
    yield "quote:" + _quoted_share(tree, candidate)
    if len(shape.pieces) > 1:
        yield "pieces"
    if shape.after:
        yield "after"
    yield "side:" + ("left" if candidate.content[0] < candidate.head else "right")


def _quoted_share(tree: Tree, candidate: Candidate) -> str:
    first, end = candidate.content
    ends = (tree.quotation_of[first] >= 0, tree.quotation_of[end - 1] >= 0)
    return "all" if all(ends) else "part" if any(ends) else "none"


def _quotation_traits(tree: Tree, candidate: Candidate) -> Iterator[str]:
    """How a quotation stands to its reporting word: what lies between, and whether it is a sentence."""
    tokens = tree.parse.tokens
    first, end = candidate.content
    head = candidate.head
    gap = head - end if head >= end else first - head
    yield "gap:" + ("0-1" if gap < 2 else "2-3" if gap < 4 else "4-6" if gap < 7 else "7-12" if gap < 13 else "13+")
    if candidate.source is not None:
        edge = min(candidate.source[0], head) - end if head >= end else first - max(candidate.source[1] - 1, head)
        yield "edge:" + ("0-1" if edge < 2 else "2" if edge == 2 else "3-5" if edge < 6 else "6+")
    yield "closes:" + (tokens[end - 1].text if tokens[end - 1].pos == "PUNCT" else "word")
    yield "opens:" + ("upper" if tokens[first].text[:1].isupper() else "lower")
    words = end - first
    yield "words:" + ("1-2" if words < 3 else "3-5" if words < 6 else "6-12" if words < 13 else "13+")
    before = tokens[first - 2] if first > 1 else None
    yield "lead:" + (before.text if before is not None and before.pos == "PUNCT" else before.pos if before else "start")
    top, verb = tokens[candidate.top], tokens[head]
    yield "tie:" + ("up" if top.head == head else "down" if verb.head == top.index else "none")
    low, high = (end, head) if head >= end else (head + 1, first)
    if any(token.pos == "VERB" for token in tokens[low:high]):
        yield "verb-between"
    yield (
        "finite"
        if any(token.tag in ("VBD", "VBZ", "VBP", "MD") for token in tokens[first : min(end, first + 60)])
        else "no-verb"
    )
