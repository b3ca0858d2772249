"""What is known of events, as typed tables: word lists, type rules, and the weights of the linear models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from msgspec import Struct

from dateline.lexicon.tables import read_json, read_table
from dateline.model import EventType


class StatusWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The words that decide a status, by what they do."""

    planning: frozenset[str]
    planning_clauses: frozenset[str]
    doubting: frozenset[str]
    denying: frozenset[str]
    doing: frozenset[str]
    presupposing: frozenset[str]
    future: frozenset[str]
    conditional: frozenset[str]
    possible: frozenset[str]
    necessary: frozenset[str]
    negative: frozenset[str]
    hedges: frozenset[str]
    coming: frozenset[str]
    going_on: frozenset[str]
    unreal: frozenset[str]
    conditions: frozenset[str]
    planning_nouns: frozenset[str]
    doubting_nouns: frozenset[str]
    denying_nouns: frozenset[str]
    ready: frozenset[str]
    able: frozenset[str]
    unable: frozenset[str]


class TenseWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The auxiliaries that tell the tense of a verb."""

    perfect: frozenset[str]
    modal: frozenset[str]
    past: frozenset[str]


class BoundWords(Struct, frozen=True, forbid_unknown_fields=True):
    """The prepositions that make a time the bound of an event."""

    after: frozenset[str]
    before: frozenset[str]
    bounding: frozenset[str]
    ordering: frozenset[str]


class EventWords(Struct, frozen=True, forbid_unknown_fields=True):
    """Which verbs and nouns tell of a happening; all by lemma."""

    stative: frozenset[str]
    saying: frozenset[str]
    asserting: frozenset[str]
    aspectual: frozenset[str]
    support: frozenset[str]
    occurring: frozenset[str]
    nouns: frozenset[str]
    noun_endings: tuple[str, ...]
    people: frozenset[str]
    object_control: frozenset[str]
    undergoing: frozenset[str]
    attended: frozenset[str]
    own_doing: frozenset[str]
    going: frozenset[str]
    lending: frozenset[str]
    comprising: frozenset[str]
    hosting: frozenset[str]
    forces: frozenset[str]
    general: frozenset[str]
    locative: frozenset[str]
    firmly_locative: frozenset[str]
    here: frozenset[str]
    sorts_of: frozenset[str]
    sites: frozenset[str]
    things: frozenset[str]
    unnamed: frozenset[str]
    family: dict[str, tuple[str, ...]]
    tense: TenseWords
    bounds: BoundWords
    status: StatusWords


class TypeRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that give an event its type; see the head of the table for when a rule fits."""

    type: EventType
    examples: tuple[str, ...]
    mode: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    near: frozenset[str] = frozenset()
    plover: EventType | None = None


class TypeTable(Struct, frozen=True, forbid_unknown_fields=True):
    """The type rules in their order."""

    rule: tuple[TypeRule, ...]


T = TypeVar("T")
Weights = dict[str, dict[str, float]]
"""The weights of one linear model: of each feature, one for every class that it speaks for."""


class Models(Struct, frozen=True):
    """The linear models of this layer, and how sure a mention must be to count."""

    card: dict[str, str]
    threshold: float
    """How likely a mention must be to count."""
    where_above: float
    """How likely a place must be to be told."""
    known: dict[str, str]
    """How often other annotated news takes a word for a happening: "V:attack" -> "mostly"."""
    detect: Weights
    """Whether a word tells of a happening, by the rules."""
    same: Weights
    """Whether two mentions are of one happening."""
    main: Weights
    type: Weights
    status: Weights
    """How far the rules of status are to be believed beside the network."""
    where: Weights
    plover: Weights
    placed: Weights = {}
    """How likely a place is by what ``where`` says and what the network does."""


class WhenModel(Struct, frozen=True):
    """The linear model that tells the time of an event from other times near it."""

    card: dict[str, str]
    above: float
    """How likely a time must be to be told."""
    weights: Weights
    timed: Weights = {}
    """How likely a time is by what ``weights`` say and what the network does."""


class ConfidenceModels(Struct, frozen=True):
    """The linear models of how likely an event, and each of its cells, is to be right."""

    card: dict[str, str]
    told: float
    """How likely a party must be to be told that the mention which says the most has."""
    added: dict[str, float]
    """How likely one must be that only another mention has, or that is nothing which takes part in most events; by
    role."""
    event: Weights
    type: Weights
    status: Weights
    source: Weights
    when: Weights
    where: Weights
    actors: Weights
    recipients: Weights


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """All that is known of the events of one language."""

    words: EventWords
    verb_rules: Mapping[str, tuple[TypeRule, ...]]
    noun_rules: Mapping[str, tuple[TypeRule, ...]]
    families: Mapping[str, str]
    models: Models
    when: WhenModel
    confidence: ConfidenceModels

    @classmethod
    def load(cls, language: str = "en") -> EventLexicon:
        """The lexicon of a language, its tables read and its rules sorted by the words that call them."""
        table = read_table(f"languages/{language}/events_types.toml", TypeTable)
        words = read_table(f"languages/{language}/events.toml", EventWords)
        return cls(
            words,
            _by_word(table.rule, "verbs"),
            _by_word(table.rule, "nouns"),
            {member: name for name, members in words.family.items() for member in members},
            read_json(f"languages/{language}/events_weights.json", Models),
            read_json(f"languages/{language}/events_when_weights.json", WhenModel),
            read_json(f"languages/{language}/events_confidence_weights.json", ConfidenceModels),
        )


def _by_word(rules: tuple[TypeRule, ...], field: str) -> dict[str, tuple[TypeRule, ...]]:
    """The rules that each word calls: those with a context first, in the order of the table."""
    found: dict[str, list[TypeRule]] = {}
    for rule in rules:
        for word in getattr(rule, field):
            found.setdefault(word, []).append(rule)
    return {word: tuple(sorted(called, key=lambda rule: not rule.near)) for word, called in found.items()}
