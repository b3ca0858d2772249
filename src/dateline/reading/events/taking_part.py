"""Who may take part in an event, by the rules and by the network's links, and what tells how likely that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dateline.model import NOBODY, Event, Participant, Token
from dateline.reading.events.drafts import Draft
from dateline.reading.events.linear import steps
from dateline.reading.events.roles import is_party, is_place, is_site, name_beginning
from dateline.reading.events.scene import Scene

Role = Literal["actors", "recipients"]
ROLES: tuple[Role, ...] = get_args(Role)
OTHER: Mapping[Role, Role] = {"actors": "recipients", "recipients": "actors"}

LINKED = 0.05
"""How likely the network must take somebody for a party whom the rules do not find."""

ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Links:
    """Whom the network's links lead to from the mentions of an event: the likeliest of the mentions counts."""

    parties: dict[str, Participant]
    """By their names, in one case."""
    named_at: dict[int, str]
    """The name of whoever begins at a place in the text."""
    likely: dict[Role, dict[str, float]]
    """How likely each is one who does it, or whom it is done to; NOBODY's name is empty."""

    def names(self, scene: Scene, one: Participant) -> set[str]:
        """What somebody is known as, and whom links find in the first of his words: "Syria" of "Syrian positions"."""
        words = scene.parse.within(one.span) if one.span is not None else []
        first = next((word.start for word in words if word.lower not in ARTICLES), None)
        return {*known_as(one), *([self.named_at[first]] if first in self.named_at else [])}

    def of(self, role: Role, names: Iterable[str]) -> float:
        """How likely somebody who is known by some names, or one of two who act together, has a role."""
        return max(self.likely[role].get(name, 0.0) for name in names)

    def nobody(self, role: Role) -> float:
        """How likely nobody has a role."""
        return self.likely[role].get("", 0.0)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who may have a role in an event, the mention that tells of him, and what the network says of him."""

    one: Participant
    draft: Draft
    by: Literal["own", "spare", "link"]
    """Whether the event has him by the rules, or he stands where a party does, or the network alone found him."""
    likely: float
    other: float
    """How likely he has the other role."""
    nobody: float


def known_as(one: Participant) -> tuple[str, ...]:
    """The name of a participant, and those of each where it names two that act together, in one case."""
    name = one.name.casefold()
    return name, *name.split(" and ")


def find_parties(scene: Scene, links: Links, event: Event, group: Sequence[Draft], role: Role) -> list[Found]:
    """Those who may have a role: whom the event has, others that stand where one does, and whom its links lead to."""
    nobody, told, found = links.nobody(role), set[str](), []
    tokens = {draft.mention.token.index for draft in group}
    going = any(draft.mention.token.lemma in scene.words.going for draft in group)
    no_party = {"OTHER": is_place, "CONSULT": is_site}.get(event.type) if going and role == "recipients" else None

    def add(one: Participant, draft: Draft, by: Literal["own", "spare", "link"]) -> None:
        head = scene.parse.root_of(scene.parse.within(one.span)) if one.span is not None else None
        if head is not None and (head.index in tokens or _takes_part_elsewhere(scene, head)):
            return  # the happening itself: "its attack, which killed six"
        if head is not None and by != "own" and role == "recipients" and event.recipients and is_site(scene, head):
            return  # where it is done, if the rules know to whom: "seized the town of Gao from the army"
        if head is not None and no_party is not None and no_party(scene, head):
            return  # "left Russia"; who visits a country may visit its government
        names = links.names(scene, one)
        told.update(names)
        found.append(Found(one, draft, by, links.of(role, names), links.of(OTHER[role], names), nobody))

    for one in getattr(event, role):
        add(one, next((draft for draft in group if one in getattr(draft, role)), group[0]), "own")
    others = {name for one in getattr(event, OTHER[role]) for name in known_as(one)}
    for draft in group:
        for one in (*getattr(draft, role), *getattr(draft, f"spare_{role}")):
            if told.isdisjoint(known_as(one)) and others.isdisjoint(known_as(one)):
                add(one, draft, "spare")
    if role == "recipients" and any(draft.held_out for draft in group):
        return found  # whom the deed would be done to is not whom it is held out to
    above = {index for draft in group for index in _bidding(scene, draft.mention.token)} if role == "actors" else set()
    for name, likely in sorted(links.likely[role].items(), key=lambda each: -each[1]):
        if not name or likely < LINKED or not told.isdisjoint(known_as(links.parties[name])):
            continue  # nobody, or one of two who are told to act together
        if not _stands_at(scene, links.parties[name], above):
            add(links.parties[name], group[0], "link")
    return found


def _takes_part_elsewhere(scene: Scene, head: Token) -> bool:
    """Whether somebody does what a phrase tells of another party by the way: "hostages held by rebels"."""
    agent = scene.parse.head(head)
    deed = scene.parse.head(agent)
    return head.dep == "pobj" and agent.dep == "agent" and deed.dep == "acl" and is_party(scene, scene.parse.head(deed))


def _bidding(scene: Scene, token: Token) -> Iterator[int]:
    """The subjects of the verb above what another is to do: "Norway" of "ordered the rebels to release"."""
    verb, kids = scene.parse.head(token), scene.parse.kids
    if token.dep in ("xcomp", "ccomp") and (kids(token, "nsubj", "nsubjpass") or kids(verb, "dobj")):
        yield from (subject.index for subject in kids(verb, "nsubj", "nsubjpass"))


def _stands_at(scene: Scene, one: Participant, tokens: set[int]) -> bool:
    head = scene.parse.root_of(scene.parse.within(one.span)) if one.span is not None and tokens else None
    return head is not None and head.index in tokens


def find_links(scene: Scene, group: Sequence[Draft]) -> Links:
    """Whom the network's links lead to from the mentions of one event."""
    parties: dict[str, Participant] = {}
    named_at: dict[int, str] = {}
    likely: dict[Role, dict[str, float]] = {role: {} for role in ROLES}
    for start in dict.fromkeys(
        place for draft in group for place in (draft.mention.token.start, draft.mention.span.start)
    ):
        telling = scene.telling_at(start)
        for role in ROLES if telling is not None else ():
            own = likely[role]
            for word, chance in getattr(telling, role).items():
                one = name_beginning(scene, scene.tagged_words()[word]) if word != NOBODY else None
                if one is None and word != NOBODY:
                    continue
                name = one.name.casefold() if one is not None else ""
                if one is not None:
                    parties.setdefault(name, one)
                    named_at[scene.tagged_words()[word]] = name
                own[name] = max(own.get(name, 0.0), chance)
    return Links(parties, named_at, likely)


def party_features(scene: Scene, found: Found, among: Sequence[Found]) -> list[str]:
    """What tells how likely somebody has a role: how his words hang on the event's, and what the network says of him.

    ``among`` are all that may have it.
    """
    by, link, nobody = found.by, found.likely, found.nobody
    kind = "verb" if found.draft.mention.token.pos == "VERB" else "noun"
    first = 0 < found.likely == max(each.likely for each in among)
    rather = "rather somebody" if found.likely > found.nobody else "rather nobody"
    surer = "rather this role" if found.likely > found.other else "rather the other"
    return [
        *_standing(scene, found.draft, found.one),
        by,
        f"{by}:{'first' if first else 'not first'}",
        f"{by}:own {min(2, sum(each.by == 'own' for each in among))}",
        f"{by}:{surer}",
        rather,
        f"{by}:{rather}",
        *steps(link, "link"),
        *steps(link, f"{by}:link"),
        *steps(link, f"{kind}:link"),
        *steps(found.other, "other"),
        *steps(nobody, "nobody"),
        *steps(nobody, f"{by}:nobody"),
    ]


def _standing(scene: Scene, draft: Draft, one: Participant) -> list[str]:
    """What a participant is, and how its words hang on those of a mention."""
    token = draft.mention.token
    verb = "verb" if token.pos == "VERB" else "noun"
    found = [verb, "typed" if draft.type != "OTHER" else "other", f"type={draft.type}"]
    head = scene.parse.root_of(scene.parse.within(one.span)) if one.span is not None else None
    if head is None:
        return [*found, "unspoken"]
    above = scene.parse.head(head)
    link = f"behind {above.lower}" if above.dep == "prep" else head.dep
    governor = scene.parse.head(above) if above.dep == "prep" else above
    kind = "party" if is_party(scene, head) else "thing"
    own = "own" if governor.index == token.index else "far"
    found += [
        kind,
        f"{kind}:{verb}",
        f"{kind}:type={draft.type}",
        f"{own}:{verb}",
        f"{own}:{verb}:{link}",
        f"link={link}",
        f"pos={head.pos}",
    ]
    if head.index in scene.actor_at:
        found.append("actor" if scene.actor_at[head.index].named else "unnamed actor")
    toponym = scene.toponym_at.get(head.index)
    if toponym is not None and toponym.place is not None:
        place = f"{toponym.role} {toponym.place.feature[:3]}"
        found += [f"place={place}", f"place={place}:{own}", f"place={place}:{link}"]
    found.append("same sentence" if head.sentence == token.sentence else "other sentence")
    return found
