"""Who speaks: from a reporting word to the phrase that names its source."""

from __future__ import annotations

from dateline.model import Token
from dateline.reading.statements.tree import SUBJECTS, Run, Tree

STEPS = 8
"""How far up the tree a subject is looked for: a sentence nested deeper is no news prose."""


def find_voice(tree: Tree, verb: Token) -> Token | None:
    """The head of the phrase that names who speaks when this verb reports; None where nobody is named.

    The subject of the verb itself, the agent of a passive, else the subject that it shares with the verb above:
    "He rose and said", "She left, saying", "a spokesman denied knowing".
    """
    token = verb
    for _ in range(STEPS):
        if is_passive(tree, token):
            quoted = token.lemma in tree.cues.quoting
            return tree.parse.kid(token, "nsubjpass") if quoted else find_agent(tree, token)
        own = tree.subject(token)
        if own is not None:
            return None if own.dep == "expl" else own
        above = tree.parse.head(token)
        if above.index == token.index:
            return None
        if token.dep in ("acl", "relcl") and above.pos in ("NOUN", "PROPN", "PRON"):
            return _behind(tree, above) if above.lemma in tree.cues.papers else above
        if token.dep == "prep" and above.lemma in tree.cues.quoting and not is_passive(tree, above):
            return tree.parse.kid(above, "dobj")
        if token.dep in ("xcomp", "ccomp") and above.lemma in tree.cues.steering:
            steered = tree.parse.kid(above, "dobj")
            if steered is not None:
                return steered
        if token.dep in (
            "conj",
            "xcomp",
            "ccomp",
            "advcl",
            "pcomp",
            "prep",
            "acl",
            "relcl",
            "parataxis",
            "dep",
            "acomp",
        ):
            if is_passive(tree, above) and token.dep != "conj":
                return tree.parse.kid(above, "nsubjpass")
            if is_passive(tree, above):
                return tree.parse.kid(above, *SUBJECTS)
        token = above
    return None


def is_passive(tree: Tree, verb: Token) -> bool:
    """Whether a verb is in the passive: "was told", "written by"."""
    return verb.tag == "VBN" and tree.parse.kid(verb, "nsubjpass", "auxpass", "agent") is not None


def find_agent(tree: Tree, verb: Token) -> Token | None:
    """Who does what a passive says: "by the ministry"."""
    by = tree.parse.kid(verb, "agent")
    return tree.parse.kid(by, "pobj") if by is not None else None


def _behind(tree: Tree, paper: Token) -> Token | None:
    """Who stands behind a paper: its possessor, who issued it, else the paper itself."""
    owner = tree.parse.kid(paper, "poss")
    if owner is not None:
        return owner
    above = tree.parse.head(paper)
    if paper.dep == "pobj" and above.dep == "prep":
        above = tree.parse.head(above)
    if paper.dep in ("dobj", "pobj") and above.pos == "VERB":
        subject = tree.subject(above)
        if subject is not None and not is_passive(tree, above):
            return subject
    return paper


def find_cited(tree: Tree, cue: Token, voice: Token | None) -> tuple[Token, Token] | None:
    """Whom a speaker passes on, after the word that says so: "reported, citing the ministry"; None where nobody is.

    Reasons are cited as well ("citing the rain"): only who can speak counts.
    """
    heads = [cue] if voice is None else [cue, voice]
    for head in heads:
        for kid in tree.parse.kids(head, "advcl", "acl", "prep", "dep"):
            if kid.tag == "VBG" and kid.lemma in tree.cues.quoting:
                cited = tree.parse.kid(kid, "dobj")
                if cited is not None and can_speak(tree, cited):
                    return kid, cited
    return None


def find_quoter(tree: Tree, cue: Token) -> tuple[Token, Token] | None:
    """Who quotes the speaker, after the word that says so: "was quoted by KCNA as saying"; None where nobody does."""
    as_ = tree.parse.head(cue)
    quoting = tree.parse.head(as_)
    quoted = quoting.lemma in tree.cues.quoting and is_passive(tree, quoting)
    if cue.dep != "pcomp" or as_.lower != "as" or not quoted:
        return None
    quoter = find_agent(tree, quoting)
    return (quoting, quoter) if quoter is not None else None


def can_speak(tree: Tree, noun: Token) -> bool:
    """Whether a noun names somebody or something that says: a person, a body, a paper, several people."""
    words = (tree.cues.papers, tree.cues.speakers)
    return noun.entity in ("Person", "Organization", "Location", "NORP") or any(noun.lemma in known for known in words)


def is_word(token: Token) -> bool:
    """Whether a token holds a letter or digit: the parser takes stray marks for subjects."""
    return any(map(str.isalnum, token.text))


def source_run(tree: Tree, voice: Token, cue: Run) -> Run:
    """The tokens of the phrase that names a source, without the reporting words and what hangs on them."""
    first, end = tree.run(voice)
    before = tree.parse.tokens[first - 1] if first > 0 else voice
    if before.index < first and before.head == voice.head and before.dep == voice.dep and before.pos == "NOUN":
        first = tree.left[before.index]
    if first <= cue[0] < end:
        if cue[0] > voice.index:
            end = cue[0]
        else:
            first = cue[1]
    while end > voice.index + 1 and (
        tree.parse.tokens[end - 1].pos == "PUNCT" and tree.parse.tokens[end - 1].text not in ")”\"’'"
    ):
        end -= 1
    while first < voice.index and tree.parse.tokens[first].pos in ("PUNCT", "CCONJ"):
        first += 1
    return first, end
