"""What gathers the mentions of one participant, as one typed table."""

from __future__ import annotations

from msgspec import Struct


class ActorLexicon(Struct, frozen=True):
    """The word lists of ``data/languages/*/actors.toml``; all in lower case, nouns in the singular."""

    persons: frozenset[str]
    bodies: frozenset[str]
    companies: frozenset[str]
    anyone: frozenset[str]
    groups: frozenset[str]
    countries: frozenset[str]
    pair_determiners: frozenset[str]
    pairs: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    singular: frozenset[str]
    neuter: frozenset[str]
    plural: frozenset[str]
