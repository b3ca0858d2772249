"""The words that may report, and what their traits weigh: the lexicon of the statements reader, as typed tables."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from dateline.lexicon.tables import read_table


class Pronouns(Struct, frozen=True):
    """Pronouns, by what they take up: a person, a thing, several, a noun beside them, the speaker."""

    personal: frozenset[str]
    neutral: frozenset[str]
    plural: frozenset[str]
    relative: frozenset[str]
    own: frozenset[str]


class StandIns(Struct, frozen=True):
    """Nouns that take up whoever spoke before, with "the": a person ("the official"), a body ("the company")."""

    person: frozenset[str]
    thing: frozenset[str]


class Cues(Struct, frozen=True):
    """The lemmas that may head a cue, by part of speech, and the words that tell who speaks."""

    verbs: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]
    adverbs: frozenset[str]
    hearsay: frozenset[str]
    support: frozenset[str]
    papers: frozenset[str]
    outlets: frozenset[str]
    steering: frozenset[str]
    quoting: frozenset[str]
    plainest: frozenset[str]
    opinions: frozenset[str]
    speakers: frozenset[str]
    issuing: frozenset[str]
    measures: frozenset[str]
    records: frozenset[str]
    pronouns: Pronouns
    stand_ins: StandIns


class Weights(Struct, frozen=True):
    """What each trait of a candidate adds to its score, and the score from which it is believed."""

    threshold: float
    traits: Mapping[str, float]


def open_cues(language: str) -> Cues:
    """The cue words of a language."""
    return read_table(f"languages/{language}/statements.toml", Cues)


def open_weights(language: str) -> Weights:
    """The learned weights of a language."""
    return read_table(f"languages/{language}/statements-weights.toml", Weights)
