"""Gathers the mentions of one happening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dateline.reading.events.coreference import Told, apart_in_time, odds_of_one, tell
from dateline.reading.events.drafts import Draft
from dateline.reading.events.lexicon import Weights
from dateline.reading.events.scene import Scene

MAX_LOOK_BACK = 40
"""The most happenings, the last ones, that a new mention is compared with."""

MAX_MENTIONS = 8
"""The most mentions of one happening, the last ones, that a new one is compared with."""


def gather(scene: Scene, weights: Weights, drafts: Iterable[Draft]) -> list[list[Draft]]:
    """The drafts in groups, one a happening, in order of the text: each with what it is likeliest to be one with.

    Mentions that have times of their own which share no day are of two happenings, whatever else they share.
    """
    groups: list[list[Told]] = []
    for told in mentions(scene, drafts):
        scored = [
            (max(odds_of_one(weights, scene, known, told) for known in group[-MAX_MENTIONS:]), -place, group)
            for place, group in enumerate(groups[-MAX_LOOK_BACK:])
            if not any(apart_in_time(known.draft, told.draft) for known in group[-MAX_MENTIONS:])
        ]
        odds, _, group = max(scored, key=lambda each: each[:2], default=(0.0, 0, []))
        if odds > 0:
            group.append(told)
        else:
            groups.append([told])
    return [[told.draft for told in group] for group in groups]


def mentions(scene: Scene, drafts: Iterable[Draft]) -> list[Told]:
    """The drafts that tell of a happening themselves, with what is compared of them."""
    at = {draft.mention.token.index: draft for draft in drafts}
    return [tell(scene, draft) for draft in at.values() if not _carries(scene, draft, at)]


def _carries(scene: Scene, draft: Draft, at: Mapping[int, Draft]) -> bool:
    """Whether a verb only carries a noun that is a mention itself: "held talks", "the accident took place"."""
    verb, words = draft.mention.token, scene.words
    if verb.pos != "VERB":
        return False
    carried = scene.parse.kids(verb, "dobj", "nsubjpass")
    if verb.lemma in words.support | words.aspectual and any(kid.index in at for kid in carried):
        return True
    if verb.lemma in words.aspectual and any(kid.index in at for kid in scene.parse.kids(verb, "xcomp")):
        return True
    return verb.lemma in words.occurring and any(kid.index in at for kid in scene.parse.kids(verb, "nsubj"))
