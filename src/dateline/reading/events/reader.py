"""Finds the happenings that a report tells of, each with type, roles, time, place, status and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from dateline.model import Event, Evidence, Reading
from dateline.reading.events.bounds import find_bounds
from dateline.reading.events.carrying import carried, place_slots
from dateline.reading.events.coding import describe
from dateline.reading.events.confidence import MAX_CANDIDATES, rate
from dateline.reading.events.coreference import OWN_PLACE
from dateline.reading.events.detect import Mention, find_mentions
from dateline.reading.events.drafts import Draft
from dateline.reading.events.families import family_of
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.linear import chance
from dateline.reading.events.merge import gather
from dateline.reading.events.roles import find_roles, name_participants, take_part
from dateline.reading.events.salience import main_features
from dateline.reading.events.scene import Scene, lay_out
from dateline.reading.events.sources import find_source
from dateline.reading.events.status import weigh_status
from dateline.reading.events.types import FORCEFUL, Typed, judge_types, threatened
from dateline.reading.events.when import told_time, weigh_times
from dateline.reading.events.where import told_place, weigh_places


@dataclass(frozen=True, slots=True)
class EventReader:
    """Finds the events of a report; needs the sentences, and reads the other layers where they are filled."""

    lexicon: EventLexicon
    name: str = "events.en/20"

    @classmethod
    def load(cls, language: str = "en") -> EventReader:
        """The reader of a language, its lexicon opened."""
        return cls(EventLexicon.load(language))

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its events, in order of their triggers."""
        scene, groups = self.find(reading)
        slots = place_slots(scene, [draft for group in groups for draft in group])
        events = [
            describe(scene, self.join(scene, group), group, carried(scene, slots, group, lead_of(group)))
            for group in groups
        ]
        events.sort(key=lambda event: event.trigger)
        return replace(reading, events=tuple(events), by=(*reading.by, self.name))

    def find(self, reading: Reading) -> tuple[Scene, list[list[Draft]]]:
        """A reading laid out, and its mentions of happenings in groups, one a happening."""
        scene = lay_out(reading, self.lexicon.words)
        return scene, gather(scene, self.lexicon.models.same, self.drafts(scene))

    def drafts(self, scene: Scene) -> list[Draft]:
        """The mentions of happenings in a report, in order of the text, each with what is told of it."""
        found = find_mentions(scene, self.lexicon)
        types = judge_types(scene, self.lexicon, [mention.token for mention in found])
        return [self._draft(scene, mention, typed) for mention, typed in zip(found, types, strict=True)]

    def _draft(self, scene: Scene, mention: Mention, typed: Typed) -> Draft:
        """A mention with its type and all that its sentence tells of it."""
        token = mention.token
        type_, mode = typed.type, typed.mode
        roles = find_roles(scene, self.lexicon, token)
        verdict = weigh_status(scene, self.lexicon, token)
        # What is beaten or seized may be a thing; elsewhere a thing that something is done to is no party to it.
        recipients = take_part(scene, roles.recipients, strict=type_ not in ("ASSAULT", "COERCE"))
        actors = take_part(scene, roles.actors, strict=False)
        times = weigh_times(scene, self.lexicon, token, verdict.status)
        places = weigh_places(scene, self.lexicon, token, verdict.status)
        warned = threatened(scene, token) if type_ in FORCEFUL and verdict.status == "possible" else ()
        spare = [head for head in roles.recipients if head not in recipients]
        if warned:
            type_, mode, recipients, spare = "THREATEN", None, list(warned), []
        return Draft(
            mention=mention,
            family=family_of(self.lexicon, scene.parse, token),
            type=type_,
            mode=mode,
            typed=typed,
            actors=name_participants(scene, actors),
            recipients=name_participants(scene, recipients),
            spare_actors=name_participants(scene, (head for head in roles.actors if head not in actors)),
            spare_recipients=name_participants(scene, spare),
            when=told_time(self.lexicon, times),
            times=tuple(times[: MAX_CANDIDATES + 1]),
            where=told_place(self.lexicon, places),
            places=tuple(places[: MAX_CANDIDATES + 1]),
            verdict=verdict,
            source=find_source(scene, token),
            held_out=bool(warned),
        )

    def join(self, scene: Scene, group: Sequence[Draft]) -> Event:
        """One event from the mentions of one happening: each cell from the mention that tells it best."""
        lead = lead_of(group)
        typed = max(group, key=lambda draft: (draft.type != "OTHER", draft is lead, draft.typed.chance))
        modes = (draft.mode for draft in (typed, *group) if draft.type == typed.type)
        others = sorted(draft.mention.span for draft in group if draft is not lead)
        when = max((draft.when for draft in group if draft.when), key=lambda each: each.chance, default=None)
        where = max(
            (draft.where for draft in group if draft.where),
            key=lambda each: (each.nearness in OWN_PLACE, each.chance),  # its own before what is understood elsewhere
            default=None,
        )
        actors = lead.actors or next((draft.actors for draft in group if draft.actors), ())
        taken = {each.name for each in actors}
        recipients = lead.recipients or next((draft.recipients for draft in group if draft.recipients), ())
        trigger = lead.mention.span
        also = tuple(span for span in dict.fromkeys(others) if span != trigger)
        words = dict.fromkeys(span.of(scene.text) for span in also)
        event = Event(
            trigger=trigger,
            also=also,
            type=typed.type,
            mode=next(filter(None, modes), None),
            actors=actors,
            recipients=tuple(each for each in recipients if each.name not in taken),
            when=when.when if when is not None else None,
            where=where.where if where is not None else None,
            status=lead.verdict.status,
            main=chance(self.lexicon.models.main, main_features(scene, group, lead)) >= 0.5,
            source=lead.source,
            confidence=0.0,
            evidence=Evidence(type=typed.typed.words, status=lead.verdict.words),
            bounds=None if when else find_bounds(scene, lead.mention.token, lead.verdict.status),
            embedding=scene.tags.embedding(*(draft.mention.span for draft in group)) if scene.tags is not None else b"",
            also_words=tuple(word for word in words if word != trigger.of(scene.text)),
        )
        return rate(scene, self.lexicon.confidence, event, group, lead)


def lead_of(group: Sequence[Draft]) -> Draft:
    """The mention that says the most, and is no verb that only carries another; the first of equals."""
    return max(group, key=lambda draft: (not draft.carries, draft.richness, -draft.mention.span.start))
