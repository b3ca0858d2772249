"""One mention of a happening with all that its own sentence tells of it, before mentions are merged."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model import EventSource, EventType, Participant
from dateline.reading.events.detect import Mention
from dateline.reading.events.status import Verdict
from dateline.reading.events.times import Dated
from dateline.reading.events.types import Typed
from dateline.reading.events.where import Placed


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention and its cells."""

    mention: Mention
    family: str
    """What its lemma shares with the other words for such a happening: "met" and "meeting" have one."""
    type: EventType
    """That of ``typed``, or THREATEN where a deed is only held out."""
    mode: str | None
    typed: Typed
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    spare_actors: tuple[Participant, ...]
    """Who or what stands where an actor does and is nothing that takes part."""
    spare_recipients: tuple[Participant, ...]
    when: Dated | None
    times: tuple[Dated, ...]
    """The likeliest of the times that it may have, whether they are likely enough to be told or not."""
    where: Placed | None
    places: tuple[Placed, ...]
    """The likeliest of the places that it may have."""
    verdict: Verdict
    source: EventSource
    held_out: bool = False
    """Whether it is a deed held out to somebody on a condition: "if they cross the border, NATO will send troops"."""
    carries: bool = False
    """Whether it is a verb that only carries the noun which tells of the happening: "held" in "held talks"."""

    @property
    def richness(self) -> float:
        """How much a mention says: it is the trigger of its event where it says the most."""
        told = 2 * bool(self.actors) + bool(self.recipients) + bool(self.where)
        dated = 2 if self.when is not None and self.when.nearness in ("attached", "clause") else 0
        return told + dated + self.mention.chance + (self.mention.token.pos == "VERB") * 0.5
