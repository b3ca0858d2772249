"""Gathers the mentions of one happening."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from statistics import fmean

from dateline.model import Token
from dateline.reading.events.coreference import (
    Told,
    apart_in_clause,
    apart_in_order,
    apart_in_place,
    apart_in_time,
    odds_of_one,
    tell,
)
from dateline.reading.events.drafts import Draft
from dateline.reading.events.lexicon import Weights
from dateline.reading.events.scene import Scene

JOIN = -0.75
"""How great the log odds must be that a mention is of one happening with others, on average, for it to join them.

One likely pair is not enough: the visit to an aquarium would become the state visit that it was a part of.
"""

FAR = -6.0
"""The log odds of mentions of which nothing says that they are of one happening."""

MAX_LOOK_BACK = 40
"""The most happenings, the last ones, that a new mention is compared with."""

MAX_CARRIED = 4
"""The most verbs that carry one another."""

MAX_MENTIONS = 8
"""The most mentions of one happening, the last ones, that a new one is compared with."""


def gather(scene: Scene, weights: Weights, drafts: Iterable[Draft]) -> list[list[Draft]]:
    """The drafts in groups, one a happening, in order of the text: each with those that it is likeliest to be one with.

    Mentions that have times of their own which share no day are of two happenings, whatever else they share, and so are
    those with places of their own in two countries, those one of which is told to come before or after the other, and
    two verbs in a row, or a verb and what did it. A verb that only carries a noun ("held talks") is a mention of what
    the noun tells of.
    """
    at = {draft.mention.token.index: draft for draft in drafts}
    carried = {index: _carried(scene, draft.mention.token, at) for index, draft in at.items()}
    groups = _group(scene, weights, [tell(scene, at[index]) for index, thing in carried.items() if thing is None])
    found = [[told.draft for told in group] for group in groups]
    group_of = {draft.mention.token.index: group for group in found for draft in group}
    for index in carried:
        thing = _last_carried(carried, index)
        if thing != index and thing in group_of:
            group_of[thing].append(replace(at[index], carries=True))
    return found


def _group(scene: Scene, weights: Weights, mentions: Iterable[Told]) -> list[list[Told]]:
    groups: list[list[Told]] = []
    for told in mentions:
        scored = [
            (_odds(scene, weights, group[-MAX_MENTIONS:], told), -place, group)
            for place, group in enumerate(groups[-MAX_LOOK_BACK:])
            if not any(
                apart_in_time(known, told)
                or apart_in_place(known, told)
                or apart_in_order(scene, known, told)
                or apart_in_clause(scene, known, told)
                for known in group[-MAX_MENTIONS:]
            )
        ]
        odds, _, group = max(scored, key=lambda each: each[:2], default=(JOIN, 0, []))
        if odds > JOIN:
            group.append(told)
        else:
            groups.append([told])
    return groups


def _odds(scene: Scene, weights: Weights, group: Iterable[Told], told: Told) -> float:
    """The log odds that a mention is of one happening with others, on average."""
    return fmean(max(FAR, odds_of_one(weights, scene, known, told)) for known in group)


def _last_carried(carried: Mapping[int, int | None], index: int) -> int:
    """What a mention carries in the end: "began to hold talks"."""
    for _ in range(MAX_CARRIED):
        thing = carried[index]
        if thing is None:
            break
        index = thing
    return index


def mentions(scene: Scene, drafts: Iterable[Draft]) -> list[Told]:
    """The drafts that tell of a happening themselves, with what is compared of them."""
    at = {draft.mention.token.index: draft for draft in drafts}
    return [tell(scene, draft) for draft in at.values() if _carried(scene, draft.mention.token, at) is None]


def _carried(scene: Scene, verb: Token, at: Container[int]) -> int | None:
    """The mention that a verb only carries: "held talks", "the accident took place"; None where it tells by itself."""
    if verb.pos != "VERB":
        return None
    words, kids = scene.words, scene.parse.kids
    things: list[Token] = []
    if verb.lemma in words.support | words.aspectual:
        things += kids(verb, "dobj", "nsubjpass")
    if verb.lemma in words.aspectual:
        things += kids(verb, "xcomp")
    if verb.lemma in words.occurring:
        things += kids(verb, "nsubj")
    return next((thing.index for thing in things if thing.index in at), None)
