"""Tells more of a whole event: what it carries, what its participants are, and its code in CAMEO."""

from __future__ import annotations

from collections.abc import Sequence, Set

from msgspec.structs import replace

from dateline.lexicon.cameo import find_cameo
from dateline.model import Cameo, Event, EventSlot
from dateline.reading.events.clauses import particle_of
from dateline.reading.events.drafts import Draft
from dateline.reading.events.parties import describe_parties
from dateline.reading.events.scene import Scene
from dateline.reading.events.types import context_of


def describe(scene: Scene, event: Event, group: Sequence[Draft], slots: tuple[EventSlot, ...]) -> Event:
    """The event with what it carries, what its participants are, and its code in CAMEO."""
    event = describe_parties(scene, event)
    return replace(event, slots=slots, cameo=code_event(scene, event, group))


def code_event(scene: Scene, event: Event, group: Sequence[Draft]) -> Cameo | None:
    """The code of an event: that of the mention that gave it its type; the finest of several that did."""
    by = {one.kind for one in event.actors if one.kind is not None}
    found = [_code(scene, event, draft, by) for draft in group if (draft.type, draft.mode) == (event.type, event.mode)]
    return max(filter(None, found), key=lambda each: len(each.code or ""), default=None) or find_cameo(
        event.type, event.mode, by=by
    )


def _code(scene: Scene, event: Event, draft: Draft, by: Set[str]) -> Cameo | None:
    token = draft.mention.token
    # The lemmatizer cuts "fined" to "fin": the e is tried again, as the rules of types do.
    forms = {token.lemma, token.lower, f"{token.lemma}e", f"{token.lemma} {particle_of(scene.parse, token)}"}
    near = {form for word in context_of(scene, token) for form in (word.lemma, word.lower)} - {token.lemma}
    return find_cameo(event.type, event.mode, trigger=forms, near=near, by=by)
