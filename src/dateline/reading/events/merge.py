"""Gathers the mentions of one happening: the same family of words, and nothing that tells the two apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dateline.model import Participant
from dateline.model.timex_values import interval
from dateline.reading.events.drafts import Draft
from dateline.reading.events.scene import Scene

MAX_LOOK_BACK = 40
"""The most happenings of one family that a new mention is compared with."""


def gather(scene: Scene, drafts: Iterable[Draft]) -> list[list[Draft]]:
    """The drafts in groups, one a happening, in order of the text."""
    groups: list[list[Draft]] = []
    by_family: dict[str, list[list[Draft]]] = {}
    drafts = list(drafts)
    at = {draft.mention.token.index: draft for draft in drafts}
    carriers = {each.mention.token.index for each in drafts if _carries(scene, each, at)}
    for draft in drafts:
        if draft.mention.token.index in carriers:
            continue
        known = by_family.setdefault(draft.family, [])
        scored = [(likeness(scene, group, draft), -place) for place, group in enumerate(known[-MAX_LOOK_BACK:])]
        best = max(scored, default=(0.0, 0))
        if best[0] > 0:
            known[-MAX_LOOK_BACK:][-best[1]].append(draft)
        else:
            group = [draft]
            known.append(group)
            groups.append(group)
    return groups


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


def likeness(scene: Scene, group: Sequence[Draft], draft: Draft) -> float:
    """How much speaks for a draft's belonging to a group; 0 or less where something parts them."""
    total = 0.5
    doers, others = _parties(group)
    mine, theirs = _names(draft.actors), _names(draft.recipients)
    total += _agree(doers, mine, others | theirs) + _agree(others, theirs, doers | mine)
    total += _times(group, draft)
    token = draft.mention.token
    if token.pos != "VERB":
        determiner = scene.parse.kid(token, "det")
        word = determiner.lower if determiner is not None else ""
        total += {"the": 0.7, "this": 1.0, "that": 0.7, "these": 0.7, "a": -0.6, "an": -0.6, "another": -3.0}.get(
            word, 0.1
        )
    if any(each.mention.token.lemma == token.lemma for each in group[:12]):
        total += 0.2
    if (
        {each.verdict.status for each in group} == {"planned"}
        and draft.verdict.status == "happened"
        and draft.when is not None
    ):
        total -= 0.3
    return total


def _agree(known: set[str], new: set[str], swapped: set[str]) -> float:
    """What a pair of roles says: shared parties join, wholly different ones part."""
    if not known or not new:
        return 0.0
    if any(same_party(one, other) for one in known for other in new):
        return 1.0
    if any(same_party(one, other) for one in new for other in swapped):
        return 0.0
    return -1.2


def same_party(one: str, other: str) -> bool:
    """Whether two full names are of one party: equal, or one inside the other."""
    return one == other or f" {one} " in f" {other} " or f" {other} " in f" {one} "


def _names(participants: Iterable[Participant]) -> set[str]:
    return {each.name.casefold() for each in participants}


def _parties(group: Sequence[Draft]) -> tuple[set[str], set[str]]:
    doers = {name for draft in group[:6] for name in _names(draft.actors)}
    return doers, {name for draft in group[:6] for name in _names(draft.recipients)}


def _times(group: Sequence[Draft], draft: Draft) -> float:
    """What the dates say: those that share no day part, equal ones join."""
    mine = _days(draft)
    if mine is None:
        return 0.0
    for each in group[:6]:
        theirs = _days(each)
        if theirs is None:
            continue
        if mine[0] > theirs[1] or theirs[0] > mine[1]:
            return -9.0
        return 0.8
    return 0.0


def _days(draft: Draft) -> tuple[date, date] | None:
    if draft.when is None or draft.when.nearness not in ("attached", "clause"):
        return None
    return interval(draft.when.when.value)
