"""Events: what happened, who did it to whom, when, where, on whose word, and whether it happened at all."""

from dateline.reading.events.reader import EventReader

__all__ = ["EventReader"]
