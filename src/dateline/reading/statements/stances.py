"""How a source stands to what it says, and what sort of thing that is: stance and kind, with the words that decided.

The reporting words decide first ("denied", "vowed"), then, where they tell nothing ("said"), the words of the content:
"could" hedges, "we will" promises, "must" demands, "a disgrace" evaluates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from msgspec import Struct

from dateline.lexicon.tables import read_table
from dateline.model import Kind, Reading, Span, Stance, Statement, Token
from dateline.reading.statements.shapes import FINITE
from dateline.reading.statements.tree import SUBJECTS, Tree

DEEP = 3
"""How far below the head of a content a word still tells of all of it."""

STATES = frozenset({"be", "have", "know", "seem", "contain", "belong"})
"""Verbs of being so: what may be so is a claim, what may come to pass a prediction."""


class ToWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Reporting words whose stance depends on who does what follows "to"."""

    promises: frozenset[str]
    demands: frozenset[str]


class Ahead(Struct, frozen=True, forbid_unknown_fields=True):
    """What tells that a content lies ahead: reporting words, and words for a time to come."""

    cues: frozenset[str]
    words: frozenset[str]


class ContentWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a content that tell how its source stands to it."""

    modals: frozenset[str]
    doubt: frozenset[str]
    possible: frozenset[str]
    must: frozenset[str]
    need: frozenset[str]
    will: frozenset[str]
    self: frozenset[str]
    praise: frozenset[str]
    praise_nouns: frozenset[str]


class StanceWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists of ``data/languages/*/statements_stances.toml``."""

    cues: Mapping[Stance, frozenset[str]]
    to: ToWords
    particles: Mapping[str, Mapping[str, Stance]]
    ahead: Ahead
    content: ContentWords


def open_stances(language: str) -> StanceWords:
    """The stance words of a language. Raises LexiconError where the file cannot be used."""
    return read_table(f"languages/{language}/statements_stances.toml", StanceWords)


class Judged(Struct, frozen=True):
    """The stance and the kind of a statement, and the words that decided."""

    stance: Stance
    kind: Kind
    decided: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Stances:
    """Judges the statements of one reading."""

    tree: Tree
    words: StanceWords
    actor_of: Mapping[Span, str]
    """Whose each mention is: an actor's id."""

    @classmethod
    def of(cls, tree: Tree, reading: Reading, words: StanceWords) -> Stances:
        """The judge of a reading's statements."""
        return cls(tree, words, {mention: actor.id for actor in reading.actors for mention in actor.mentions})

    def judge(self, statement: Statement, speaker: str | None) -> Judged:
        """The stance and kind of a statement; ``speaker`` is the id of the actor who makes it, where one is known."""
        content = self.tree.parse.within(statement.content)
        top = self.tree.parse.root_of(content)
        cue = self._cue(statement)
        stance, decided = self._by_cue(cue, top, statement) if cue is not None else (None, ())
        if stance is None and top is not None:
            stance, decided = self._by_content(top, content, statement, speaker)
        stance = stance or "asserts"
        kind, more = self._kind(stance, cue, top, content)
        return Judged(stance, kind, tuple(sorted({token.span for token in (*decided, *more)})))

    # The reporting words

    def _cue(self, statement: Statement) -> Token | None:
        """The token of the cue that tells most: the last that stands in a list, else its head."""
        if statement.cue is None:
            return None
        tokens = self.tree.parse.within(statement.cue)
        listed = [token for token in tokens if self._listed(token)]
        return listed[-1] if listed else self.tree.parse.root_of(tokens) or (tokens[0] if tokens else None)

    def _listed(self, token: Token) -> Stance | None:
        forms = {token.lemma.lower(), token.lower}
        return next((stance for stance, words in self.words.cues.items() if forms & words), None)

    def _by_cue(self, cue: Token, top: Token | None, statement: Statement) -> tuple[Stance | None, tuple[Token, ...]]:
        """What the reporting words alone tell."""
        lemma, to = cue.lemma.lower(), self.words.to
        if lemma in self.words.particles:
            return self._with_particle(cue, lemma, statement)
        infinitive = top is not None and self._infinitive(cue, top)
        if infinitive and top is not None:
            own = self._own(cue, top)
            if own and lemma in to.promises:
                return "promises", (cue,)
            if not own and lemma in to.demands:
                return "demands", (cue,)
        return self._listed(cue), (cue,) if self._listed(cue) else ()

    def _with_particle(self, cue: Token, lemma: str, statement: Statement) -> tuple[Stance | None, tuple[Token, ...]]:
        """Words that a particle turns: "called for", but "called it a disgrace"; "ruled out"."""
        stances, end = self.words.particles[lemma], statement.content.start
        after = self.tree.parse.tokens[cue.index + 1 : cue.index + 5]
        particle = next(
            (t for t in after if t.lower in stances and (t.start < end or self.tree.parse.head(t).index == cue.index)),
            None,
        )
        if particle is not None:
            return stances[particle.lower], (cue, particle)
        stance = self._listed(cue) if cue.pos == "NOUN" else stances.get("")
        return stance, (cue,) if stance else ()

    def _infinitive(self, cue: Token, top: Token) -> bool:
        """Whether a content is, or holds, what somebody is to do: "to send", "the mine to close"."""
        verb = top if top.tag == "VB" else next(iter(self._below(cue, "xcomp", "ccomp")), None)
        if verb is None or verb.tag != "VB":
            return False
        return any(kid.tag == "TO" for kid in self.tree.parse.kids(verb, "aux"))

    def _own(self, cue: Token, top: Token) -> bool:
        """Whether the source itself is to do it: nobody else stands between the reporting word and the "to"."""
        verb = top if top.tag == "VB" else next(iter(self._below(cue, "xcomp", "ccomp")), top)
        subject = self.tree.subject(verb)
        objects = self.tree.parse.kids(cue, "dobj", "dative")
        return subject is None and not any(cue.index < each.index < verb.index for each in objects)

    def _below(self, token: Token, *deps: str) -> list[Token]:
        return self.tree.parse.kids(token, *deps)

    # The words of the content

    def _by_content(
        self, top: Token, content: tuple[Token, ...], statement: Statement, speaker: str | None
    ) -> tuple[Stance | None, tuple[Token, ...]]:
        """What the words of a content tell where its reporting word tells nothing."""
        words = self.words.content
        verb = self._main_verb(top, content)
        auxiliaries = self._below(verb, "aux") if verb is not None else []
        doubtful = tuple(self._doubtful(top, verb, auxiliaries, content))
        if doubtful:
            return "hedges", doubtful
        asked = next((aux for aux in auxiliaries if aux.lower in words.must), None)
        if asked is not None:
            return "demands", (asked,)
        if verb is not None and self._needed(verb):
            return "demands", (verb,)
        if verb is not None and statement.quoted == "direct" and self._imperative(verb, content):
            return "demands", (verb,)
        willed = self._willed(verb, auxiliaries)
        if verb is not None and willed is not None and self._by_speaker(verb, speaker):
            return "promises", (willed,)
        praised = tuple(self._praise(top, content))
        return ("evaluates", praised) if praised else (None, ())

    def _main_verb(self, top: Token, content: tuple[Token, ...]) -> Token | None:
        """The verb that a content says something by; None where it is a mere phrase."""
        if top.pos in ("VERB", "AUX"):
            return top
        first, last = content[0].index, content[-1].index
        return next((t for t in content if t.tag in FINITE and t.pos != "AUX" and first <= t.head <= last), None)

    def _doubtful(
        self, top: Token, verb: Token | None, auxiliaries: list[Token], content: tuple[Token, ...]
    ) -> Iterator[Token]:
        words = self.words.content
        yield from (aux for aux in auxiliaries if aux.lower in words.modals)
        heads = (top, verb) if verb is not None and verb.index != top.index else (top,)
        inside = (content[0].start, content[-1].end)
        for head in heads:
            for kid in self._below(head, "advmod", "acomp", "attr", "expl"):
                adverb = kid.dep == "advmod" and kid.lower in words.doubt
                said = kid.dep != "advmod" and kid.lemma.lower() in words.possible
                if (adverb or said) and inside[0] <= kid.start < inside[1]:
                    yield kid
            if head.lemma in ("possible", "likely"):
                yield head

    def _needed(self, verb: Token) -> bool:
        """Whether a verb says what has to be done: "needs to", "have to"."""
        below = next(iter(self._below(verb, "xcomp")), None)
        return (
            verb.lemma in self.words.content.need
            and below is not None
            and any(kid.tag == "TO" for kid in self._below(below, "aux"))
        )

    def _imperative(self, verb: Token, content: tuple[Token, ...]) -> bool:
        """Whether a quoted sentence tells somebody what to do: "Leave our land"."""
        bare = verb.tag == "VB" and not self._below(verb, "aux") and self.tree.subject(verb) is None
        opening = next((t for t in content if t.pos not in ("PUNCT", "INTJ", "ADV", "CCONJ")), None)
        return bare and opening is not None and opening.index in (verb.index, verb.index - 2, verb.index - 1)

    def _willed(self, verb: Token | None, auxiliaries: list[Token]) -> Token | None:
        """The word by which a verb speaks of what will be: "will", or the "going" of "am going to leave"."""
        if verb is not None and verb.lower == "going" and any(kid.tag == "VB" for kid in self._below(verb, "xcomp")):
            return verb
        return next((aux for aux in auxiliaries if aux.lower in self.words.content.will), None)

    def _by_speaker(self, verb: Token, speaker: str | None) -> bool:
        """Whether the source is who will do it: "we will", or a pronoun that stands for the source."""
        subject = self.tree.parse.kid(verb, *SUBJECTS)
        if subject is None or subject.dep != "nsubj" or verb.lemma in STATES:
            return False
        if subject.lower in self.words.content.self:
            return True
        own = self.actor_of.get(subject.span)
        return speaker is not None and subject.tag == "PRP" and subject.lower != "you" and own == speaker

    def _praise(self, top: Token, content: tuple[Token, ...]) -> Iterator[Token]:
        """The words of praise and blame that a content says of something, near its head."""
        start, end = content[0].index, content[-1].index
        for token in content:
            if token.dep in SUBJECTS or not self._is_praise(token):
                continue
            steps, node, said = 0, token, False
            while node.index != top.index and steps < DEEP and start <= node.head <= end:
                said = said or node.dep in ("acomp", "attr", "oprd", "dobj")
                if node.dep in (*SUBJECTS, "relcl", "advcl", "acl", "pobj", "poss"):
                    break
                node = self.tree.parse.head(node)
                steps += 1
            if node.index == top.index and (said or top.pos not in ("VERB", "AUX")):
                yield token

    def _is_praise(self, token: Token) -> bool:
        words = self.words.content
        if token.pos in ("NOUN", "PROPN", "INTJ"):
            return token.lemma.lower() in words.praise_nouns
        adjective = token.pos == "ADJ" or (token.pos, token.dep) == ("ADV", "acomp")
        return adjective and bool({token.lemma.lower(), token.lower} & words.praise)

    # The kind

    def _kind(
        self, stance: Stance, cue: Token | None, top: Token | None, content: tuple[Token, ...]
    ) -> tuple[Kind, tuple[Token, ...]]:
        """What sort of thing a content is, given how its source stands to it."""
        if stance == "promises":
            return "commitment", ()
        if stance == "demands":
            return "demand", ()
        if stance == "evaluates":
            return "characterisation", ()
        if top is None:
            return "claim", ()
        infinitive = cue is not None and self._infinitive(cue, top)
        if stance in ("denies", "believes") and cue is not None and infinitive and self._own(cue, top):
            return "commitment", ()
        ahead = tuple(self._ahead(cue, top, content))
        if ahead:
            return "prediction", ahead
        # What is praise where the reporting word tells nothing was evaluated above, and is denied where that denies.
        praised = tuple(self._praise(top, content)) if stance in ("believes", "hedges") else ()
        return ("characterisation", praised) if praised else ("claim", ())

    def _ahead(self, cue: Token | None, top: Token, content: tuple[Token, ...]) -> Iterator[Token]:
        """The words by which a content lies ahead."""
        words, verb = self.words, self._main_verb(top, content)
        auxiliaries = self._below(verb, "aux") if verb is not None else []
        finite = [t for t in (*auxiliaries, *((verb,) if verb is not None else ())) if t.tag in ("VBD", "VBZ", "VBP")]
        if verb is not None and not any(aux.lemma == "have" for aux in auxiliaries):
            willed = self._willed(verb, auxiliaries)
            may = next((aux for aux in auxiliaries if aux.lower in words.content.modals), None)
            soon = [t for t in content if t.lower in words.ahead.words]
            if willed is not None:
                yield willed
            elif may is not None and (soon or verb.lemma not in STATES):
                yield from (may, *soon)
        if cue is not None and cue.lemma.lower() in words.ahead.cues and not finite:
            yield cue
