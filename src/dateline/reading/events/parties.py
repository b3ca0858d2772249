"""What each actor and recipient of an event is: its kind, its country and its role, where the report tells them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec.structs import replace

from dateline.lexicon.actor_kinds import open_kinds
from dateline.model import Actor, ActorKind, Event, Participant
from dateline.reading.events.scene import Scene


def describe_parties(scene: Scene, event: Event) -> Event:
    """The event with what its participants are."""
    return replace(event, actors=_described(scene, event.actors), recipients=_described(scene, event.recipients))


def _described(scene: Scene, participants: Iterable[Participant]) -> tuple[Participant, ...]:
    return tuple(_describe(scene, each) for each in participants)


def _describe(scene: Scene, one: Participant) -> Participant:
    actor = _actor(scene, one)
    if actor is not None:
        country = actor.country or (_country(scene, one) if actor.type != "Person" else None)
        return replace(one, kind=actor.kind, country=country, role=next(iter(actor.roles), None))
    country = _country(scene, one)
    kind = "state" if country == one.name else _kind_of(one.name)
    return replace(one, kind=kind, country=country)


@lru_cache(maxsize=1 << 12)
def _kind_of(name: str) -> ActorKind | None:
    """The kind that the words for a participant tell; the same words come again all through a report."""
    kinds = open_kinds()
    return kinds.named(name) or kinds.told_by(name)


def _actor(scene: Scene, one: Participant) -> Actor | None:
    """The actor of the report that goes by the participant's name: the one that its words mention, if any does."""
    here = [scene.actor_at.get(token.index) for token in scene.parse.within(one.span)] if one.span else []
    known = [*filter(None, here), *scene.reading.actors]
    return next((actor for actor in known if actor.name == one.name), None)


def _country(scene: Scene, one: Participant) -> str | None:
    """The one country that the words for a participant name: Russia for "18 Russian diplomats"."""
    if one.span is None:
        return None
    found: set[str] = set()
    for token in scene.parse.within(one.span):
        actor, toponym = scene.actor_at.get(token.index), scene.toponym_at.get(token.index)
        place = toponym.place if toponym is not None else None
        if actor is not None and actor.country == actor.name:
            found.add(actor.name)
        elif place is not None and place.feature.startswith("PCL"):
            found.add(place.name)
    return found.pop() if len(found) == 1 else None
