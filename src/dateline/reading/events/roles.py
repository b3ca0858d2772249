"""Finds who did an event and whom it was done to, through passives, relative clauses, control and nominal forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.model import Parse, Participant, Span, Token
from dateline.reading.events.clauses import (
    MAX_CLIMB,
    SUBJECTS,
    conjuncts,
    first_conjunct,
    is_nominal,
    is_passive,
    is_verb,
    objects_of_prepositions,
    phrase_span,
)
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.scene import Scene, by_token

MAX_PARTICIPANTS = 6

CLIMB = 6
"""So many words at most stand between the first word of a phrase and the one that the phrase hangs on."""

MEANT = 0.3
"""How likely the network must take other words for a fuller name of somebody who has none by the rules."""

_PHRASE = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})

TOWARDS = ("to", "with", "against", "on", "at", "for", "upon", "from", "behind")
"""The prepositions that may tell whom something is done to, the likeliest first."""


FAVOUR = frozenset({"favor", "favour", "support", "defence", "defense"})
"""The nouns between "in" and "of" that tell for whom something is done: "rallied in support of the president"."""

SCENIC = ("on", "at", "into", "over")
"""Those of them that tell where something is, too."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The heads of the phrases that name an event's actors and recipients."""

    actors: tuple[Token, ...] = ()
    recipients: tuple[Token, ...] = ()


@by_token
def find_roles(scene: Scene, lexicon: EventLexicon, token: Token) -> Roles:
    """Who did the event of a trigger, and to whom."""
    if not is_verb(token):
        return _noun_roles(scene, lexicon, token)
    roles = _verb_roles(scene, token, 0)
    thing = scene.parse.kid(token, "dobj", "nsubjpass")
    if (
        thing is None
        or thing.lemma not in lexicon.words.nouns
        or any(is_party(scene, each) for each in roles.recipients)
    ):
        return roles
    # "The army withdrew its demand that the UN leave", "Beijing's ban on Japanese seafood was lifted".
    inner = _noun_roles(scene, lexicon, thing)
    owners = inner.actors if scene.parse.kid(thing, "poss") is not None else ()
    return _spread(scene.parse, roles.actors or owners, inner.recipients)


def _verb_roles(scene: Scene, verb: Token, depth: int) -> Roles:
    parse = scene.parse
    subject = find_subject(scene, verb, depth)
    objects = _objects(scene, verb)
    if is_passive(parse, verb):
        doers = [kid for agent in parse.kids(verb, "agent") for kid in parse.kids(agent, "pobj")]
        doers += objects_of_prepositions(parse, verb, "by") if not doers else []
        return _spread(parse, [each for each in doers if not _is_time(scene, each)], subject or objects)
    return _spread(parse, subject, objects)


def find_subject(scene: Scene, verb: Token, depth: int = 0) -> list[Token]:
    """The tokens that a verb is said of: its subject, or the one that it shares or that controls it."""
    parse, words = scene.parse, scene.words
    own = parse.kids(verb, *SUBJECTS)
    if own:
        return [_antecedent(parse, verb, own[0])]
    if depth > MAX_CLIMB or verb.head == verb.index:
        return []
    head = parse.head(verb)
    if verb.dep == "conj" and is_verb(head):
        return find_subject(scene, head, depth + 1)
    if verb.dep in ("xcomp", "ccomp") and is_verb(head):
        thing = parse.kid(head, "dobj", "dative")
        if head.lemma in words.object_control:
            if is_passive(parse, head) or (thing is None and verb.tag == "VB"):  # "who helped to rescue them"
                return find_subject(scene, head, depth + 1)
            return [thing] if thing is not None else []
        if verb.dep == "xcomp" and verb.tag == "VB" and thing is not None and is_party(scene, thing):
            return [thing]
        return find_subject(scene, head, depth + 1)
    if verb.dep == "advcl" and is_verb(head):
        return find_subject(scene, head, depth + 1)
    if verb.dep in ("acl", "relcl") and is_nominal(head):
        # "his plan to visit": the planner visits; "the man planning an attack": the man plans.
        owner = parse.kid(head, "poss")
        if verb.tag == "VB":
            return [owner] if owner is not None else _doers_of(scene, head, depth + 1)
        return [head]
    if verb.dep in ("pcomp", "acomp"):
        return _subject_through(scene, head, depth + 1)
    if head.pos == "ADJ" and verb.dep in ("xcomp", "ccomp", "advcl"):
        above = parse.head(head)
        return find_subject(scene, above, depth + 1) if is_verb(above) else []
    return []


def _subject_through(scene: Scene, preposition: Token, depth: int) -> list[Token]:
    """The subject of a participle behind a preposition: "after visiting X, he …", "accused Y of shelling"."""
    parse = scene.parse
    above = parse.head(preposition)
    if is_verb(above):
        thing = parse.kid(above, "dobj")
        if thing is not None and preposition.lower in ("of", "for", "from", "into"):
            return [thing]
        return find_subject(scene, above, depth)
    if is_nominal(above):
        owner = parse.kid(above, "poss")
        return [owner] if owner is not None else _doers_of(scene, above, depth)
    return []


def _doers_of(scene: Scene, noun: Token, depth: int) -> list[Token]:
    """The subject of the verb that carries a noun: "the firm made an offer to buy"."""
    parse = scene.parse
    head = parse.head(first_conjunct(parse, noun))
    for _ in range(3):
        if is_verb(head):
            return find_subject(scene, head, depth)
        head = parse.head(head)
    return []


def _antecedent(parse: Parse, verb: Token, subject: Token) -> Token:
    if subject.tag in ("WDT", "WP") and verb.dep == "relcl":
        return parse.head(verb)
    if subject.tag in ("WDT", "WP"):
        for step, above in enumerate(parse.ancestors(verb)):
            if above.dep == "relcl":
                return parse.head(above)
            if step > 4:
                break
    return subject


def _objects(scene: Scene, verb: Token) -> list[Token]:
    """Whom or what a verb is done to: its person-like indirect or direct object, else what its prepositions hold."""
    parse = scene.parse
    direct = parse.kids(verb, "dobj")
    direct = [_antecedent(parse, verb, thing) for thing in direct]
    given = [kid for kid in parse.kids(verb, "dative") if is_nominal(kid)]
    given += [inner for kid in parse.kids(verb, "dative") for inner in parse.kids(kid, "pobj")]
    if given:
        return given
    if verb.dep == "relcl" and not direct:
        head = parse.head(verb)
        subject = parse.kid(verb, *SUBJECTS)
        if subject is not None and subject.tag not in ("WDT", "WP"):
            direct = [head]
    behind = _prepositional(scene, verb)
    direct = direct or _shared_objects(scene, verb)
    if direct and (is_party(scene, direct[0]) or not behind):
        return direct if is_party(scene, direct[0]) else _whose(scene, direct[0]) or direct
    return [each for each in behind if is_party(scene, each)] or (_whose(scene, direct[0]) if direct else []) or direct


def _shared_objects(scene: Scene, verb: Token) -> list[Token]:
    """The parties that are objects of the next verb of a series too: "arrested and sentenced journalists"."""
    parse = scene.parse
    after = [kid for kid in parse.kids(verb, "conj") if is_verb(kid) and kid.tag == verb.tag]
    if verb.dep == "relcl" or not after or after[0].index - verb.index > 3 or parse.kids(after[0], *SUBJECTS):
        return []
    return [thing for thing in parse.kids(after[0], "dobj") if is_party(scene, thing)]


def _whose(scene: Scene, thing: Token) -> list[Token]:
    """The parties that a thing is of, which bear what is done to it: "the residents' pleas", "the names of MPs"."""
    owners = [kid for kid in scene.parse.kids(thing, "poss") if kid.tag != "PRP$" and is_party(scene, kid)]
    return owners or [each for each in objects_of_prepositions(scene.parse, thing, "of") if is_party(scene, each)]


def _prepositional(scene: Scene, token: Token) -> list[Token]:
    found = []
    there = {kid.lower for kid in scene.parse.kids(token, "prep", "dative", "agent")}
    for word in TOWARDS if there else ():
        if word not in there:
            continue
        for each in objects_of_prepositions(scene.parse, token, word):
            each = _people_in(scene, each)
            if _is_time(scene, each) or (word in SCENIC and (not is_party(scene, each) or is_site(scene, each))):
                continue
            found.append(each)
        if found:
            break
    return found or [
        each
        for noun in objects_of_prepositions(scene.parse, token, "in")
        if noun.lemma in FAVOUR
        for each in objects_of_prepositions(scene.parse, noun, "of")
    ]


def is_site(scene: Scene, token: Token) -> bool:
    """Whether a name is that of a place where something can be, and no country, which can take part."""
    toponym = scene.toponym_at.get(token.index)
    country = toponym is not None and toponym.place is not None and toponym.place.feature.startswith("PCL")
    return is_place(scene, token) and not country


def is_place(scene: Scene, token: Token) -> bool:
    """Whether a name is that of a place, a country among them."""
    toponym, name = scene.toponym_at.get(token.index), scene.name_at.get(token.index)
    return (toponym is not None and toponym.place is not None) or (name is not None and name.type == "Facility")


def _hosts(scene: Scene, noun: Token) -> list[Token]:
    """Who hosts or brokers what others hold: "France will host talks between Armenia and Azerbaijan"."""
    head = scene.parse.head(noun)
    return find_subject(scene, head) if head.lemma in scene.words.hosting else []


def _people_in(scene: Scene, noun: Token) -> Token:
    """The people that a thing belongs to where the thing itself is no party: "the ban on Japanese seafood"."""
    if is_party(scene, noun):
        return noun
    return next((kid for kid in scene.parse.kids(noun, "amod", "compound") if kid.entity == "NORP"), noun)


def _noun_roles(scene: Scene, lexicon: EventLexicon, noun: Token) -> Roles:
    parse = scene.parse
    owner = parse.kids(noun, "poss")
    by = objects_of_prepositions(parse, noun, "by")
    of = objects_of_prepositions(parse, noun, "of")
    between = objects_of_prepositions(parse, noun, "between", "among")
    towards = [each for each in _prepositional(scene, noun) if is_party(scene, each)]
    # "Russian state visit": Russia takes part in it, and "state" only says what sort of visit it is.
    national = [
        kid
        for kid in parse.kids(noun, "amod", "compound", "nmod")
        if is_party(scene, kid) and kid.pos != "NOUN" and kid.index not in scene.timex_at
    ]
    if between:
        return _spread(parse, [*between, *_hosts(scene, noun)], [])
    carried = _carried(scene, lexicon, noun)
    if by:
        return _spread(parse, by, owner or of or carried.recipients)
    bidden = [kid for clause in parse.kids(noun, "acl", "ccomp") for kid in parse.kids(clause, "nsubj")]
    if owner and bidden and noun.lemma in lexicon.words.status.planning_nouns:
        return _spread(parse, owner, [each for each in bidden if is_party(scene, each)])
    if owner and of:
        return _spread(parse, owner, of)
    if owner:
        return _spread(parse, owner, towards or list(carried.recipients))
    if national:
        return _spread(parse, national, towards or of or list(carried.recipients))
    doers = _from_or_by_way_of(scene, noun)
    if doers:
        return _spread(parse, doers, carried.actors or towards or of)
    if carried.actors or carried.recipients:
        return _spread(parse, carried.actors, towards or of or carried.recipients)
    if of:
        # "The fall of the regime", "a tour of bombers": who is named behind "of" does it, a thing has it done to it.
        transitive = noun.lemma in lexicon.words.nouns and noun.lemma.endswith(
            ("ing", "tion", "sion", "al", "ure", "ment")
        )
        transitive = transitive and noun.lemma not in scene.words.own_doing
        doers = [] if transitive else [each for each in of if is_party(scene, each)]
        return _spread(parse, doers, [each for each in of if each not in doers] + towards)
    return _spread(parse, [], towards)


def _from_or_by_way_of(scene: Scene, noun: Token) -> list[Token]:
    """Who does what a noun names, by a phrase after it: "a call from Kyiv", "the attack carried out by rebels"."""
    parse = scene.parse
    found = objects_of_prepositions(parse, noun, "from")
    found += [
        thing
        for clause in parse.kids(noun, "acl")
        for agent in parse.kids(clause, "agent")
        for thing in parse.kids(agent, "pobj")
    ]
    return [each for each in found if is_party(scene, each)]


def _carried(scene: Scene, lexicon: EventLexicon, noun: Token) -> Roles:
    """The roles that a carrier verb lends to its noun: "France held talks with Mali", "the ban was lifted by Rome"."""
    parse = scene.parse
    top = first_conjunct(parse, noun)
    head = parse.head(top)
    if is_verb(head) and top.dep in ("dobj", "nsubjpass"):
        roles = _verb_roles(scene, head, 0)
        others = tuple(each for each in roles.recipients if each.index != noun.index and each.index != top.index)
        behind = tuple(
            each for each in _prepositional(scene, head) if is_party(scene, each) and each.index != noun.index
        )
        if head.lemma in lexicon.words.support or head.lemma in lexicon.words.aspectual:
            if head.lemma in scene.words.undergoing:
                return Roles(behind, roles.actors)
            return Roles(roles.actors, others or behind)
        if head.lemma in scene.words.lending and not is_passive(parse, head):
            return Roles(tuple(each for each in roles.actors if is_party(scene, each)), behind)
        if head.lemma in scene.words.saying or head.lemma in lexicon.verb_rules or is_passive(parse, head):
            return Roles((), ())
        parties = tuple(each for each in roles.actors if is_party(scene, each))
        return Roles(parties or _of_the_whole(scene, lexicon, head, roles.actors), behind)
    if top.dep == "pobj" and head.lower == "under" and is_verb(parse.head(head)):  # "came under attack"
        return Roles((), tuple(each for each in find_subject(scene, parse.head(head)) if is_party(scene, each)))
    if (
        top.dep == "pobj"
        and head.dep == "prep"
        and is_verb(parse.head(head))
        and head.lower in ("in", "during", "at", "through", "following", "after")
    ) and noun.lemma in scene.words.attended:
        return Roles(tuple(find_subject(scene, parse.head(head))), ())
    return Roles()


def _of_the_whole(scene: Scene, lexicon: EventLexicon, verb: Token, wholes: Iterable[Token]) -> tuple[Token, ...]:
    """Who does what is a part of another happening: "her trip included a meeting with the president"."""
    if verb.lemma not in scene.words.comprising:
        return ()
    found = (_noun_roles(scene, lexicon, whole).actors for whole in wholes if _is_happening(scene, whole))
    return tuple(each for actors in found for each in actors if is_party(scene, each))


def _spread(parse: Parse, actors: Iterable[Token], recipients: Iterable[Token]) -> Roles:
    """The roles with joint parties ("X and Y") each on its own, and none in both."""
    doers = [each for head in actors for each in conjuncts(parse, head)][:MAX_PARTICIPANTS]
    taken = {each.index for each in doers}
    others = [each for head in recipients for each in conjuncts(parse, head) if each.index not in taken]
    return Roles(tuple(dict.fromkeys(doers)), tuple(dict.fromkeys(others[:MAX_PARTICIPANTS])))


def _is_time(scene: Scene, token: Token) -> bool:
    return token.index in scene.timex_at or token.entity == "Date"


PERSONAL = frozenset(
    {"he", "she", "they", "him", "her", "them", "we", "us", "i", "me", "his", "their", "our", "my", "who", "whom"}
)
"""The pronouns that stand for somebody."""

FIRST = frozenset({"i", "me", "my", "myself"})
"""Those that stand for whoever speaks."""


@by_token
def is_party(scene: Scene, token: Token) -> bool:
    """Whether a noun can take part: a person, a body, a state or people, rather than a thing or an idea."""
    if _is_time(scene, token):
        return False
    if token.index in scene.actor_at or token.index in scene.toponym_at:
        return True
    name = scene.name_at.get(token.index)
    if name is not None and name.type in ("Person", "Organization", "Location", "NORP"):
        return True
    if token.pos == "PRON":
        return token.lower in PERSONAL
    if token.pos == "PROPN" and name is None:
        return True
    return token.lemma in scene.words.people


def _by_name(scene: Scene, head: Token) -> Token:
    """The name that stands beside a role or a sort of body: "the foreign minister, Ada Quill", "the company Acme"."""
    if head.pos == "PRON" or is_person(scene, head):
        return head
    beside = scene.parse.kids(head, "appos")
    return next((kid for kid in beside if is_person(scene, kid) or _is_fuller(scene, kid, head)), head)


def _is_fuller(scene: Scene, token: Token, head: Token) -> bool:
    """Whether a name beside a word for a body is more than its initials: no "SIT" for the "investigation team"."""
    name, actor = scene.name_at.get(token.index), scene.actor_at.get(token.index)
    if name is None or name.type != "Organization" or head.index in scene.name_at:
        return False
    return not (actor.name if actor is not None else name.span.of(scene.text)).isupper()


def is_person(scene: Scene, token: Token) -> bool:
    """Whether a token stands in a person's name."""
    name = scene.name_at.get(token.index)
    return name is not None and name.type == "Person"


def name_participants(scene: Scene, heads: Iterable[Token]) -> tuple[Participant, ...]:
    """The participants that some heads name: the words here and the full name, each party once."""
    found: dict[str, Participant] = {}
    for head in heads:
        named = name_participant(scene, head)
        if named is not None:
            found.setdefault(named.name.casefold(), named)
    return tuple(found.values())


def take_part(scene: Scene, heads: Iterable[Token], *, strict: bool) -> list[Token]:
    """Those of some heads that can take part; strictly, only persons, bodies, states and the like."""
    return [head for head in heads if is_party(scene, head) or not (strict or _is_happening(scene, head))]


def _is_happening(scene: Scene, head: Token) -> bool:
    """Whether a noun names a happening, which acts only where it is a force: "the quake killed 20", not "the visit"."""
    words = scene.words
    return head.lemma in words.nouns and head.lemma not in words.forces


def name_participant(scene: Scene, head: Token) -> Participant | None:
    """The participant that a noun names: an actor of the report, else the words as they stand."""
    if head.tag in ("WDT", "WP", "EX") or head.lower in ("it", "this", "that", "which", "what", "there", "itself"):
        actor = scene.actor_at.get(head.index)
        return Participant(head.span, actor.name) if actor is not None else None
    head = _by_name(scene, head)
    if head.lower in scene.words.unnamed and head.index not in scene.actor_at:
        return None
    actor = scene.actor_at.get(head.index)
    if actor is not None:
        mention = next((m for m in actor.mentions if m.start <= head.start < m.end), head.span)
        return Participant(mention, actor.name)
    if head.pos == "PRON" and not objects_of_prepositions(scene.parse, head, "of"):
        return _speaker(scene, head) if head.lower in FIRST else None  # "some of the employees" go on below
    toponym = scene.toponym_at.get(head.index)
    if toponym is not None and toponym.place is not None and toponym.place.feature.startswith("PCL"):
        return Participant(toponym.span, toponym.place.name)
    name = scene.name_at.get(head.index)
    if name is not None:
        return Participant(name.span, " ".join(name.span.of(scene.text).split()))
    span = phrase_span(scene.parse, head)
    words = _fuller_name(scene, head, span) or " ".join(span.of(scene.text).split())
    return Participant(span, words) if words and len(words) <= MAX_NAME else None


def _fuller_name(scene: Scene, head: Token, span: Span) -> str | None:
    """The full name of whom some words stand for, where the network tells that the report names him elsewhere.

    What it says of the first word of "her colleague" may be told of her.
    """
    if scene.parse.kid(head, "poss") is not None:
        return None
    words = scene.parse.within(span)
    first = words[1] if len(words) > 1 and words[0].lower == "the" else words[0]
    likely: dict[str, float] = {}
    for start, chance in scene.tags.named_by(first.start).items() if scene.tags is not None else ():
        told = _head_beginning(scene, start)
        actor = scene.actor_at.get(told.index) if told is not None else None
        if actor is not None and actor.named:
            likely[actor.name] = likely.get(actor.name, 0.0) + chance
    name = max(likely, key=lambda each: likely[each], default=None)
    return name if name is not None and likely[name] >= MEANT else None


def _speaker(scene: Scene, pronoun: Token) -> Participant | None:
    """Whoever says "I" in a quotation."""
    quoted = (each for each in scene.statements_at.get(pronoun.index, ()) if each.quoted != "indirect")
    name = next((each.source_name for each in quoted if each.source_name), None)
    return Participant(pronoun.span, name) if name is not None else None


def name_beginning(scene: Scene, start: int) -> Participant | None:
    """The participant whose words begin at a place in the text; None where nobody is named there."""
    return name_participant(scene, found) if (found := _head_beginning(scene, start)) is not None else None


def _head_beginning(scene: Scene, start: int) -> Token | None:
    """What the words that begin at a place in the text hang on."""
    first = next(iter(scene.parse.within(Span(start, start + 1))), None)
    if first is None:
        return None
    top = _top_of(scene, first)
    return top if is_party(scene, top) or first.index not in scene.actor_at else first


def _top_of(scene: Scene, first: Token) -> Token:
    """The noun that the phrase which begins with a token hangs on, or the person that it says more of.

    "Minister" for "foreign" of "the foreign minister", "Quill" for that of "Ada Quill, the foreign minister". Whoever
    owns a thing is a phrase of his own: "leader" for "foreign" of "the foreign leader's trip".
    """
    top = first
    for _ in range(CLIMB):
        above = scene.parse.head(top)
        inside = above.index > top.index and above.pos in _PHRASE and above.sentence == first.sentence
        if not inside or (top.dep == "poss" and not is_party(scene, above)):
            break
        top = above
    named = scene.parse.head(top)
    return named if top.dep == "appos" and is_person(scene, named) else top


MAX_NAME = 160


def span_of(scene: Scene, head: Token) -> Span:
    """The words that name a participant."""
    named = name_participant(scene, head)
    return named.span if named is not None and named.span is not None else head.span
