"""Finds every way in which a word of a report could be a cue: candidates, of which the weights choose.

A frame says how the content hangs on its cue: "say:ccomp", "accuse:dobj+prep". Frames are found by the tree alone;
which words take which frames, and how surely, was learned and lies in the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from dateline.model import Token
from dateline.reading.statements.tree import Run, Tree
from dateline.reading.statements.voices import find_agent, find_voice, is_passive, is_word, source_run

NOUNS = ("NOUN", "PROPN", "PRON")


class Candidate(Struct, frozen=True):
    """A possible statement: the head of its cue, its frame, and its parts as runs of tokens."""

    head: int
    frame: str
    cue: Run
    voice: int | None
    source: Run | None
    content: Run
    top: int
    """The token that heads the content."""
    quotation: int = -1
    """The quotation that is the content, where one is."""


def find_candidates(tree: Tree) -> Iterator[Candidate]:
    """Every candidate that the tree shows, cue by cue in order of the text, each also without its loose tail."""
    for candidate in _whole_candidates(tree):
        yield candidate
        yield from _shortened(tree, candidate)


def _shortened(tree: Tree, candidate: Candidate) -> Iterator[Candidate]:
    """The candidate without what hangs loosely on its end: "…, who once led it", "… and left", "…, citing rain"."""
    for kid, loose in find_tails(tree, candidate):
        frame = f"{candidate.frame}/{kid.dep}" + ("," if loose else "")
        yield replace(candidate, frame=frame, content=(candidate.content[0], tree.left[kid.index]))


TAILS = frozenset(("relcl", "conj", "advcl", "appos", "acl", "prep", "npadvmod", "parataxis", "ccomp"))
"""What may hang loosely on the end of a content, and then is the reporter's again."""

LOOSE = frozenset((",", "–", "—", "-", "(", ";", ":"))


def find_tails(tree: Tree, candidate: Candidate) -> list[tuple[Token, bool]]:
    """The heads of the last two phrases that may hang loosely on a content, and whether a mark or "and" parts them."""
    top = tree.parse.tokens[candidate.top]
    found: list[tuple[Token, bool]] = []
    for kid in reversed(tree.parse.kids(top)):
        start = tree.left[kid.index]
        if not top.index < start < candidate.content[1] or kid.dep not in TAILS or len(found) == 2:
            continue
        before = tree.parse.tokens[start - 1]
        loose = before.text in LOOSE or before.dep == "cc"
        if (loose or kid.dep in ("advcl", "prep", "npadvmod")) and kid.dep not in [one.dep for one, _ in found]:
            found.append((kid, loose))
    return found


def _whole_candidates(tree: Tree) -> Iterator[Candidate]:
    for token in tree.parse.tokens:
        lemma = token.lemma
        if token.pos in ("VERB", "AUX") and lemma in tree.cues.verbs:
            yield from _verb_frames(tree, token)
        elif token.pos in ("NOUN", "PROPN") and lemma in tree.cues.nouns:
            yield from _noun_frames(tree, token)
        elif token.pos in ("ADJ", "VERB") and lemma in tree.cues.adjectives:
            yield from _adjective_frames(tree, token)
        if token.lower in tree.cues.adverbs:
            yield from _adverb_frames(tree, token)
        elif token.lower in ("in", "by", "from", "at") and token.dep == "prep":
            yield from _measured_frames(tree, token)
        elif token.lower == "according":
            yield from _according_frames(tree, token)


def _make(
    tree: Tree, head: Token, frame: str, cue: Run, voice: Token | None, content: Run, top: Token
) -> Iterator[Candidate]:
    """One candidate, where source and content can be told apart; a source within its content is cut off from it."""
    source = source_run(tree, voice, cue) if voice is not None else None
    if source is not None and voice is not None:
        if not is_word(voice):
            return
        if content[0] <= voice.index < content[1]:
            return
        if source[0] < content[1] and content[0] < source[1]:
            source = (source[0], content[0]) if source[0] < content[0] else (content[1], source[1])
            if not source[0] <= voice.index < source[1]:
                return
    if content[0] < content[1]:
        yield Candidate(head.index, frame, cue, voice.index if voice else None, source, content, top.index)


def _verb_frames(tree: Tree, verb: Token) -> Iterator[Candidate]:
    passive = is_passive(tree, verb)
    voice = find_voice(tree, verb)
    cue = (verb.index, verb.index + 1)
    kids = tree.parse.kids(verb)
    if passive:
        yield from _passive_frames(tree, verb, voice, kids)
    else:
        yield from _object_frames(tree, verb, voice, kids)
    for kid in kids:
        if kid.dep in ("ccomp", "xcomp"):
            if kid.dep == "xcomp" and kid.pos not in ("VERB", "AUX"):
                continue
            yield from _make(tree, verb, kid.dep, cue, voice, tree.run(kid), kid)
            if kid.dep == "ccomp" and voice is not None and voice.lower in ("it", "this", "that"):
                yield from _make(tree, verb, "ccomp:it", cue, None, tree.run(kid), kid)
            if kid.dep == "xcomp":
                yield from _raised_frames(tree, verb, kid)
        elif kid.dep in ("prep", "agent") and not (passive and kid.dep == "agent"):
            yield from _preposition_frames(tree, verb, cue, voice, kid)
        elif kid.dep == "advcl" and kid.index > verb.index:
            yield from _make(tree, verb, "advcl", cue, voice, tree.run(kid), kid)
    yield from _outer_frames(tree, verb, cue, voice)


def _object_frames(tree: Tree, verb: Token, voice: Token | None, kids: list[Token]) -> Iterator[Candidate]:
    """ "mocked the plan", "called the visit a success", "accused him of lying", "urged them to leave"."""
    cue = (verb.index, verb.index + 1)
    noun = next((kid for kid in kids if kid.dep in ("dobj", "attr")), None)
    if noun is None:
        return
    first, end = tree.run(noun)
    yield from _make(tree, verb, noun.dep, cue, voice, (first, end), noun)
    for kid in kids:
        if kid.index <= noun.index or first > kid.index:
            continue
        if kid.dep in ("oprd", "xcomp", "ccomp", "advcl", "acl"):
            yield from _make(tree, verb, f"dobj+{kid.dep}", cue, voice, (first, tree.run(kid)[1]), noun)
        elif kid.dep == "prep":
            yield from _make(tree, verb, f"dobj+prep:{kid.lower}", cue, voice, (first, tree.run(kid)[1]), noun)


def _passive_frames(tree: Tree, verb: Token, voice: Token | None, kids: list[Token]) -> Iterator[Candidate]:
    """ "The move was reported by MSNBC", "a show written by a troupe", "was accused of theft"."""
    cue = (verb.index, verb.index + 1)
    subject = next((kid for kid in kids if kid.dep == "nsubjpass"), None)
    if verb.lemma in tree.cues.quoting:
        return
    if subject is not None:
        first, end = tree.run(subject)
        whole = (_first_auxiliary(tree, verb), verb.index + 1)
        yield from _make(tree, verb, "nsubjpass", cue, voice, (first, end), subject)
        for kid in kids:
            if kid.index > verb.index and kid.dep in ("xcomp", "prep", "oprd", "advcl", "ccomp"):
                frame = f"nsubjpass+{kid.dep}" + (f":{kid.lower}" if kid.dep == "prep" else "")
                yield from _make(tree, verb, frame, whole, voice, (first, tree.run(kid)[1]), subject)
    elif verb.dep == "acl":
        noun = tree.parse.head(verb)
        first = tree.run(noun)[0]
        if first <= noun.index < verb.index:
            yield from _make(tree, verb, "acl", cue, voice, (first, tree.left[verb.index]), noun)


def _raised_frames(tree: Tree, verb: Token, kid: Token) -> Iterator[Candidate]:
    """ "The talks seem to have failed": nobody is named, and the subject belongs to what is said."""
    subject = tree.parse.kid(verb, "nsubj", "nsubjpass")
    if subject is not None and subject.index < verb.index:
        cue = (_first_auxiliary(tree, verb), verb.index + 1)
        content = (tree.run(subject)[0], tree.run(kid)[1])
        yield from _make(tree, verb, f"raised:{subject.dep}", cue, find_agent(tree, verb), content, kid)


def _first_auxiliary(tree: Tree, verb: Token) -> int:
    return min([verb.index, *(kid.index for kid in tree.parse.kids(verb, "aux", "auxpass"))])


def _preposition_frames(tree: Tree, head: Token, cue: Run, voice: Token | None, prep: Token) -> Iterator[Candidate]:
    """ "called for talks", "concerned about a deal", "boasted of having won"."""
    if prep.index < head.index:
        return
    if prep.lower == "that" or prep.pos == "SCONJ":
        yield from _make(tree, head, "that", cue, voice, (prep.index + 1, tree.run(prep)[1]), prep)
        return
    below = tree.parse.kid(prep, "pobj", "pcomp")
    if below is None:
        deeper = tree.parse.kid(prep, "prep")
        below = tree.parse.kid(deeper, "pobj", "pcomp") if deeper is not None else None
    if below is None or below.index < prep.index:
        return
    first, end = tree.run(below)
    if prep.index == cue[1]:
        cue = (cue[0], max(cue[1], first)) if first - cue[1] <= 2 else cue
    yield from _make(tree, head, f"prep:{prep.lower}", cue, voice, (max(first, prep.index + 1), end), below)


def _outer_frames(tree: Tree, verb: Token, cue: Run, voice: Token | None) -> Iterator[Candidate]:
    """ "He fled, police said, on Monday"; "As the minister said, talks go on"; "what he called a success"."""
    head = tree.parse.head(verb)
    if head.index == verb.index:
        return
    if verb.dep in ("parataxis", "advcl", "ccomp", "dep", "conj") and head.pos in ("VERB", "AUX"):
        marks = [kid.lower for kid in tree.parse.kids(verb, "mark", "advmod")]
        frame = f"outer:{verb.dep}" + (":as" if "as" in marks else "")
        own = tree.run(verb)
        whole = tree.run(head)
        if own[0] == whole[0]:
            content = (own[1], whole[1])
        elif own[1] >= whole[1] - 1:
            content = (whole[0], own[0])
        else:
            content = whole
        if verb.dep != "conj" or tree.subject(verb) is not None:
            yield from _outer(tree, verb, frame, cue, voice, content, head)
    elif verb.dep == "relcl" and head.pos in NOUNS and tree.parse.kid(verb, "dobj", "ccomp", "xcomp") is None:
        first = tree.run(head)[0]
        if first <= head.index < tree.left[verb.index]:
            yield from _make(tree, verb, "relcl", cue, voice, (first, tree.left[verb.index]), head)


def _outer(
    tree: Tree, head: Token, frame: str, cue: Run, voice: Token | None, content: Run, top: Token
) -> Iterator[Candidate]:
    """A candidate whose content may hold its own cue and source, which are cut out later."""
    if voice is None or content[0] >= content[1]:
        return
    source = source_run(tree, voice, cue)
    if source[0] <= top.index < source[1]:
        return
    yield Candidate(head.index, frame, cue, voice.index, source, content, top.index)


def _noun_frames(tree: Tree, noun: Token) -> Iterator[Candidate]:
    """ "their claim that …", "global concerns about …", "made a promise to …", "The worry is that …"."""
    verb = _support(tree, noun)
    voice = tree.parse.kid(noun, "poss")
    cue_start = noun.index
    if voice is None and verb is not None:
        voice = find_voice(tree, verb)
        cue_start = verb.index
    kids = tree.parse.kids(noun)
    if voice is None:
        voice = _named_after(tree, kids, ("by", "from", "among"))
    if voice is None and len(kids) > 1:
        voice = _named_after(tree, kids, ("of",))
    way = ("support:" + verb.lemma if verb.lemma in tree.cues.support else "support") if verb is not None else "bare"
    cue = (cue_start, noun.index + 1)
    for kid in kids:
        if kid.index < noun.index or kid.index == (voice.index if voice else -1):
            continue
        if kid.dep in ("acl", "relcl", "ccomp", "xcomp"):
            first = tree.parse.tokens[tree.left[kid.index]]
            start = (
                "that"
                if first.lower == "that"
                else "to"
                if first.lower == "to"
                else "ing"
                if kid.tag == "VBG"
                else "else"
            )
            if start in ("that", "to"):
                yield from _make(tree, noun, f"noun:{kid.dep}:{start}:{way}", cue, voice, tree.run(kid), kid)
        elif kid.dep in ("prep", "appos"):
            if kid.dep == "appos":
                yield from _make(tree, noun, "noun:appos", cue, voice, tree.run(kid), kid)
                continue
            inner = tree.parse.kid(kid, "pobj")
            if voice is not None and inner is not None and voice.index == inner.index:
                continue
            for found in _preposition_frames(tree, noun, cue, voice, kid):
                yield Candidate(
                    found.head,
                    f"noun:{found.frame}:{way}",
                    found.cue,
                    found.voice,
                    found.source,
                    found.content,
                    found.top,
                )
    if verb is not None and noun.dep == "dobj":
        for kid in tree.parse.kids(verb, "xcomp", "ccomp", "prep", "advcl"):
            if kid.index > noun.index:
                if kid.dep == "prep":
                    for found in _preposition_frames(tree, noun, cue, voice, kid):
                        yield Candidate(
                            found.head,
                            f"noun^{found.frame}:{way}",
                            found.cue,
                            found.voice,
                            found.source,
                            found.content,
                            found.top,
                        )
                else:
                    yield from _make(tree, noun, f"noun^{kid.dep}:{way}", cue, voice, tree.run(kid), kid)
    if noun.dep in ("nsubj", "attr"):
        be = tree.parse.head(noun)
        if be.lemma == "be":
            for kid in tree.parse.kids(be, "ccomp", "xcomp", "attr", "advcl"):
                if kid.index > be.index and kid.index != noun.index:
                    yield from _make(
                        tree, noun, f"noun:be:{kid.dep}", (cue_start, be.index + 1), voice, tree.run(kid), kid
                    )


def _named_after(tree: Tree, kids: list[Token], prepositions: tuple[str, ...]) -> Token | None:
    """Whom a noun names as its source: "a claim by the mayor", "the view of many"."""
    for kid in kids:
        if kid.dep == "prep" and kid.lower in prepositions:
            return tree.parse.kid(kid, "pobj")
    return None


def _support(tree: Tree, noun: Token) -> Token | None:
    """The verb that a noun leans on: "expressed" for "concern" in "expressed concern"."""
    above = tree.parse.head(noun)
    if noun.dep in ("dobj", "attr", "oprd") and above.pos in ("VERB", "AUX"):
        return above if above.index < noun.index else None
    if noun.dep == "pobj" and above.dep == "prep":
        verb = tree.parse.head(above)
        if verb.pos in ("VERB", "AUX") and verb.index < noun.index:
            return verb
    return None


def _adjective_frames(tree: Tree, adjective: Token) -> Iterator[Candidate]:
    """ "is concerned about …", "are confident that …", "unhappy with …"."""
    above = tree.parse.head(adjective)
    if adjective.pos == "VERB" and is_passive(tree, adjective):
        voice, start = tree.parse.kid(adjective, "nsubjpass"), adjective.index
    elif adjective.dep in ("acomp", "attr", "oprd", "xcomp", "conj") and above.pos in ("VERB", "AUX", "ADJ"):
        voice, start = find_voice(tree, above), above.index if above.index < adjective.index else adjective.index
    elif adjective.dep in ("amod", "acl") and above.pos in NOUNS and above.index < adjective.index:
        voice, start = above, adjective.index
    else:
        voice, start = find_voice(tree, adjective), adjective.index
    cue = (start if adjective.index - start <= 4 else adjective.index, adjective.index + 1)
    for kid in tree.parse.kids(adjective):
        if kid.index < adjective.index:
            continue
        if kid.dep in ("ccomp", "xcomp", "advcl"):
            yield from _make(tree, adjective, f"adj:{kid.dep}", cue, voice, tree.run(kid), kid)
            if kid.dep == "xcomp" and voice is not None and above.pos in ("VERB", "AUX"):
                subject = tree.subject(above)
                if subject is not None and subject.index < above.index:
                    content = (tree.run(subject)[0], tree.run(kid)[1])
                    yield from _make(tree, adjective, "adj:raised", cue, None, content, kid)
        elif kid.dep == "prep":
            for found in _preposition_frames(tree, adjective, cue, voice, kid):
                yield Candidate(
                    found.head, f"adj:{found.frame}", found.cue, found.voice, found.source, found.content, found.top
                )


def _adverb_frames(tree: Tree, adverb: Token) -> Iterator[Candidate]:
    """ "He reportedly fled": the clause is somebody's word, and nobody says whose."""
    head = tree.parse.head(adverb)
    if head.index == adverb.index:
        return
    while head.pos == "AUX" and head.dep in ("aux", "auxpass") and head.head != head.index:
        head = tree.parse.head(head)
    cue = (adverb.index, adverb.index + 1)
    content = tree.run(head)
    if adverb.index == content[0]:
        content = (content[0] + 1, content[1])
    if head.dep in ("relcl", "acl"):
        content = (adverb.index + 1, content[1])
    if content[0] < content[1]:
        yield Candidate(adverb.index, f"adverb:{head.pos}", cue, None, None, content, head.index)


OPINION = "opinion"
"""The frame of what holds "in the view of" somebody."""


def is_opinion(candidate: Candidate) -> bool:
    """Whether a clause is what holds in somebody's view."""
    return candidate.frame.startswith(OPINION)


def is_hearsay(tree: Tree, candidate: Candidate) -> bool:
    """Whether a clause is somebody's word beyond doubt, whatever it weighs: "reportedly", "allegedly"."""
    word = tree.parse.tokens[candidate.head].lower
    return candidate.frame in ("adverb:VERB", "adverb:AUX") and word in tree.cues.hearsay


def _measured_frames(tree: Tree, word: Token) -> Iterator[Candidate]:
    """ "He leads by four points in a poll of Monday": a paper that measures or tells is its own source."""
    paper = tree.parse.kid(word, "pobj")
    if paper is not None and word.lower == "in" and paper.lemma in tree.cues.opinions:
        yield from _opinion_frames(tree, word, paper)
    if paper is None or paper.lemma not in tree.cues.measures:
        return
    yield from _clause_around(tree, word, paper, (word.index, word.index + 1), f"{word.lower}:{paper.lemma}")


def _opinion_frames(tree: Tree, word: Token, view: Token) -> Iterator[Candidate]:
    """ "In the view of many economists, the crisis is over"; "In his opinion, …"."""
    of = next((kid for kid in tree.parse.kids(view, "prep") if kid.lower == "of"), None)
    holder = tree.parse.kid(of, "pobj") if of is not None else tree.parse.kid(view, "poss")
    if holder is not None:
        end = (of or view).index + 1
        yield from islice(_clause_around(tree, word, holder, (word.index, end), OPINION), 1)


def _according_frames(tree: Tree, word: Token) -> Iterator[Candidate]:
    """ "…, according to police"; the clause around it, or the whole sentence where it stands at an edge."""
    to = tree.parse.kid(word, "prep")
    named = tree.parse.kid(to, "pobj") if to is not None else None
    if to is None or named is None:
        return
    yield from _clause_around(tree, word, named, (word.index, to.index + 1), "according")


def _clause_around(tree: Tree, word: Token, named: Token, cue: Run, frame: str) -> Iterator[Candidate]:
    """The clauses around a phrase that names whose word they are, from the nearest to the whole sentence."""
    own = (word.index, max(tree.run(word)[1], tree.run(named)[1]))
    sentence = tree.sentence_run(word)
    seen = 0
    for above in tree.parse.ancestors(word):
        if above.pos not in ("VERB", "AUX"):
            continue
        seen += 1
        first, end = tree.run(above)
        place = "first" if word.index == first else "last" if own[1] >= end - 1 else "middle"
        content = (own[1], end) if place == "first" else (first, word.index) if place == "last" else (first, end)
        level = "root" if above.dep == "ROOT" else "inner"
        edge = "edge" if own[1] >= sentence[1] - 1 or word.index == sentence[0] else "inside"
        yield from _outer(tree, word, f"{frame}:{level}:{place}:{edge}", cue, named, content, above)
        if seen > 3:
            break
