"""Actors: the participants of a report, their names, roles and pronouns gathered under one full name."""

from dateline.reading.actors.reader import ActorReader

__all__ = ["ActorReader"]
