"""Tells how likely an event and each of its cells are to be right, and what else a cell might hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from dateline.model import Candidate, Candidates, Confidences, Event, EventSource, Participant, Span, Token
from dateline.reading.events.drafts import Draft
from dateline.reading.events.lexicon import ConfidenceModels, Weights
from dateline.reading.events.linear import chance, steps
from dateline.reading.events.scene import Scene
from dateline.reading.events.taking_part import Found, Role, find_links, find_parties, known_as, party_features
from dateline.reading.events.times import Dated
from dateline.reading.events.where import Placed

MAX_CANDIDATES = 3
"""The most candidates of one cell that are kept."""

LEAST = 0.1
"""How likely a candidate must be to be kept."""

D = TypeVar("D", Dated, Placed)
Sure = tuple[Participant, float]


def rate(scene: Scene, models: ConfidenceModels, event: Event, group: Sequence[Draft], lead: Draft) -> Event:
    """The event with the confidence of each cell and its candidates; unlikely parties are among these alone."""
    links = find_links(scene, group)
    who, spare_who = _parties(scene, models, "actors", find_parties(scene, links, event, group, "actors"))
    whom, spare_whom = _parties(scene, models, "recipients", find_parties(scene, links, event, group, "recipients"))
    acting = {name for one, _ in who for name in known_as(one)}  # "their meeting"
    whom = [each for each in whom if each[0].name.casefold() not in acting]
    told = {name for one, _ in (*who, *whom) for name in known_as(one)}
    typed = most_typed(event, group)
    sure_of_type = chance(models.type, type_features(typed))
    sure_of_status = chance(models.status, status_features(lead))
    times, places = _times(models, group), _places(models, group)
    when = event.when.value if event.when is not None else None
    where = event.where.name if event.where is not None else None
    return replace(
        event,
        actors=tuple(one for one, _ in who),
        recipients=tuple(one for one, _ in whom),
        confidence=_rounded(chance(models.event, event_features(group))),
        confidences=Confidences(
            type=_rounded(sure_of_type),
            status=_rounded(sure_of_status),
            source=_rounded(chance(models.source, source_features(scene, lead.mention.token, event.source))),
            when=next((each.confidence for each in times if each.value == when), None),
            where=next((each.confidence for each in places if each.value == where), None),
            actors=tuple(sure for _, sure in who),
            recipients=tuple(sure for _, sure in whom),
        ),
        candidates=Candidates(
            type=_likeliest(_rest(typed.typed.likely, event.type, sure_of_type)),
            status=_likeliest(_rest(lead.verdict.likely, event.status, sure_of_status)),
            when=_likeliest(each for each in times if each.value != when),
            where=_likeliest(each for each in places if each.value != where),
            actors=_likeliest(each for each in spare_who if each.value.casefold() not in told),
            recipients=_likeliest(each for each in spare_whom if each.value.casefold() not in told),
        ),
    )


def most_typed(event: Event, group: Sequence[Draft]) -> Draft:
    """The mention that is surest of an event's type."""
    return max(group, key=lambda draft: (draft.typed.type == event.type, draft.typed.chance))


def _parties(
    scene: Scene, models: ConfidenceModels, role: Role, found: Sequence[Found]
) -> tuple[list[Sure], list[Candidate]]:
    """The actors or recipients that are likely enough to be told, each with its confidence; and those that are not."""
    kept: list[Sure] = []
    spare: list[Candidate] = []
    for each in found:
        sure = _rounded(chance(getattr(models, role), party_features(scene, each, found)))
        if sure >= (models.told if each.by == "own" else models.added[role]):
            kept.append((each.one, sure))
        else:
            spare.append(Candidate(each.one.name, each.one.span, sure))
    return kept, spare


def _times(models: ConfidenceModels, group: Sequence[Draft]) -> list[Candidate]:
    """The times that the mentions of an event may have, each once."""
    found = _likeliest_first((each for draft in group for each in draft.times), lambda each: each.when.value)
    return [_candidate(value, each.when.span, models.when, when_features(each)) for value, each in found.items()]


def _places(models: ConfidenceModels, group: Sequence[Draft]) -> list[Candidate]:
    """The places that the mentions of an event may have, each once."""
    found = _likeliest_first((each for draft in group for each in draft.places), lambda each: each.where.name)
    return [_candidate(name, each.where.span, models.where, where_features(each)) for name, each in found.items()]


def _likeliest_first(some: Iterable[D], value_of: Callable[[D], str]) -> dict[str, D]:
    """Times or places by their values, the likeliest of each."""
    found: dict[str, D] = {}
    for each in sorted(some, key=lambda each: -each.chance):
        found.setdefault(value_of(each), each)
    return found


def _candidate(value: str, span: Span | None, weights: Weights, features: list[str]) -> Candidate:
    return Candidate(value, span, _rounded(chance(weights, features)))


def _rest(likely: Mapping[str, float], chosen: str, sure: float) -> Iterator[Candidate]:
    """The other types or statuses that are worth keeping: what is left of one is shared as their likelihoods are."""
    others = {value: share for value, share in likely.items() if value != chosen}
    whole = sum(others.values())
    for value, share in others.items() if whole else ():
        theirs = _rounded((1 - sure) * share / whole)
        if theirs >= LEAST:
            yield Candidate(value, None, theirs)


def _likeliest(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The few likeliest of some candidates, each value once, without those that are hardly possible."""
    found: dict[str, Candidate] = {}
    likely = (each for each in candidates if each.confidence >= LEAST)
    for each in sorted(likely, key=lambda each: (-each.confidence, each.value)):
        found.setdefault(each.value, each)
    return tuple(found.values())[:MAX_CANDIDATES]


def _rounded(sure: float) -> float:
    return round(sure, 2)


def event_features(group: Sequence[Draft]) -> list[str]:
    """What tells how likely an event is to be one."""
    kind = "verb" if any(draft.mention.token.pos == "VERB" for draft in group) else "noun"
    return [*steps(max(draft.mention.chance for draft in group)), f"mentions={min(len(group), 3)}", kind]


def type_features(draft: Draft) -> list[str]:
    """What tells how likely the type of an event is to be right."""
    return [*steps(draft.typed.chance), "other" if draft.typed.type == "OTHER" else "typed"]


def status_features(draft: Draft) -> list[str]:
    """What tells how likely the status of an event is to be right."""
    verdict = draft.verdict
    sure = steps(verdict.likely[verdict.status]) if verdict.status in verdict.likely else ("in so many words",)
    return [*sure, f"status={verdict.status}"]


def source_features(scene: Scene, token: Token, source: EventSource) -> list[str]:
    """What tells how likely the source of an event is to be right."""
    around = scene.statements_at.get(token.index, ())
    found = [f"kind={source.kind}", f"kind={source.kind}:statements {min(len(around), 2)}"]
    if around:
        found.append(f"kind={source.kind}:{around[0].quoted}")
    return found


def when_features(dated: Dated) -> list[str]:
    """What tells how likely a time is to be that of an event."""
    return [*steps(dated.chance), f"near={dated.nearness}"]


def where_features(placed: Placed) -> list[str]:
    """What tells how likely a place is to be that of an event."""
    return [*steps(placed.chance), f"near={placed.nearness}"]
