"""One mention of a happening with all that its own sentence tells of it, before mentions are merged."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.model import EventSource, EventType, Participant, Span
from dateline.reading.events.detect import Mention
from dateline.reading.events.status import Verdict
from dateline.reading.events.times import Dated
from dateline.reading.events.where import Placed


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention and its cells."""

    mention: Mention
    family: str
    """What its lemma shares with the other words for such a happening: "met" and "meeting" have one."""
    type: EventType
    mode: str | None
    type_words: tuple[Span, ...]
    typed: float
    """How sure the type is, from 0 to 1."""
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    when: Dated | None
    where: Placed | None
    verdict: Verdict
    source: EventSource
    carries: bool = False
    """Whether it is a verb that only carries the noun which tells of the happening: "held" in "held talks"."""

    @property
    def richness(self) -> float:
        """How much a mention says: it is the trigger of its event where it says the most."""
        told = 2 * bool(self.actors) + bool(self.recipients) + bool(self.where)
        dated = 2 if self.when is not None and self.when.nearness in ("attached", "clause") else 0
        return told + dated + self.mention.chance + (self.mention.token.pos == "VERB") * 0.5
