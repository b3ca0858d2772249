"""Finds when an event happened: weighs the times near it, and takes the likeliest."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model import Status, Token, When
from dateline.model.timex_values import amount_days, shift_days
from dateline.reading.events.anchoring import Anchor, anchored, gather_links
from dateline.reading.events.lexicon import EventLexicon
from dateline.reading.events.linear import chance
from dateline.reading.events.scene import Scene, by_span
from dateline.reading.events.tense import tense
from dateline.reading.events.times import Dated, best_below, time_candidates, value_of


def find_when(scene: Scene, lexicon: EventLexicon, token: Token, status: Status) -> Dated | None:
    """When what a token tells of took place: the likeliest of the times that stand near; None where none is likely."""
    return told_time(lexicon, weigh_times(scene, lexicon, token, status))


def told_time(lexicon: EventLexicon, weighed: Sequence[Dated]) -> Dated | None:
    """The first of the times of an event, the likeliest first, where it is likely enough to be told."""
    return weighed[0] if weighed and weighed[0].chance >= lexicon.when.above else None


def weigh_times(scene: Scene, lexicon: EventLexicon, token: Token, status: Status) -> list[Dated]:
    """The times that what a token tells of may have, the likeliest first."""
    offset = offset_time(scene, token)
    if offset is not None:
        return [Dated(offset, "attached", 1.0)]
    candidates = time_candidates(scene, token)
    anchors = as_anchors(scene, lexicon, token, status, candidates)
    return anchored(lexicon.when.timed, scene.telling(token), "times", candidates, anchors)


def as_anchors(
    scene: Scene, lexicon: EventLexicon, token: Token, status: Status, candidates: Sequence[Dated]
) -> list[Anchor]:
    """Times with what the network's links say of all expressions of their days, and how likely the rules make each."""
    by_rules = [chance(lexicon.when.weights, each) for each in all_features(scene, token, status, candidates)]
    telling = scene.telling(token)
    led = telling.times if telling is not None else {}
    links = gather_links(led, scene.value_at)
    found = []
    for each, likely in zip(candidates, by_rules, strict=True):
        link, span = links.get(each.when.value, 0.0), each.when.span
        word = scene.tags.word(span.start) if span is not None and scene.tags is not None else None
        if word is not None and scene.value_at.get(word) != each.when.value:  # the first of the words for a range
            link += led.get(word, 0.0)
        found.append(Anchor(each.nearness, link, likely))
    return found


def all_features(scene: Scene, token: Token, status: Status, candidates: Sequence[Dated]) -> list[list[str]]:
    """What speaks for each candidate's being the time of an event: itself, and what it has for rivals."""
    told = tense(scene, token)
    about = _about(scene, token, status, told)
    return [
        [*_alone(scene, token, each, told), *_beside(each, candidates), *(f"{each.nearness}:{word}" for word in about)]
        for each in candidates
    ]


def _about(scene: Scene, token: Token, status: Status, told: str) -> list[str]:
    """What an event is like, whichever time is weighed: its words, its status, and where in the report it stands."""
    block = scene.block_of(token)
    kind = scene.blocks[block].kind if block < len(scene.blocks) else "paragraph"
    found = [
        f"tag {token.tag if token.pos in ('VERB', 'AUX') else 'noun'}",
        f"tense {told}",
        f"status {status}",
        f"dep {token.dep}",
        f"block {min(block, 3)}",
        f"block kind {kind}",
        f"kind {scene.reading.kind}",
        f"said {bool(scene.statements_at.get(token.index))}",
    ]
    found += ["saying"] if token.lemma in scene.words.saying else []
    found += ["headline word"] if token.lemma in scene.headline_words else []
    found += ["today"] if scene.told_today else []
    return found


def _alone(scene: Scene, token: Token, dated: Dated, told: str) -> list[str]:
    """What a candidate is like: how near, how wide, on which side of the publication, behind which word."""
    near, value = dated.nearness, dated.when.value
    found = [
        f"near={near}",
        f"shape={dated.shape}",
        f"shape={dated.shape}:{told}",
        f"{near}:width {min(len(value), 11)}",
    ]
    published = scene.published
    if published and len(value) >= 4:
        order = "later" if value > published else "then" if value == published else "earlier"
        order = "about" if order == "earlier" and value == published[: len(value)] else order
        found.append(f"{near}:order {order}")
    span = dated.when.span
    if span is None:
        return found
    top = _head_of(scene, dated.when)
    if top is None:
        return found
    above = scene.parse.head(top)
    behind = above.lower if above.dep == "prep" else top.dep
    found += [f"behind={behind}", f"{near}:behind {behind}"]
    gap = abs(top.index - token.index)
    found.append(f"{near}:gap {0 if gap < 4 else 1 if gap < 10 else 2 if gap < 25 else 3}")
    found += ["under it"] if token.index in (above.index, scene.parse.head(above).index) else []
    return found


@by_span
def _head_of(scene: Scene, when: When) -> Token | None:
    """The heading word of the expression that a time rests on."""
    return scene.parse.root_of(scene.parse.within(when.span)) if when.span is not None else None


def _beside(dated: Dated, candidates: Sequence[Dated]) -> list[str]:
    """What other candidates there are."""
    near = dated.nearness
    others = [each for each in candidates if each is not dated]
    return [f"{near}:with {each.nearness} {each.shape}" for each in others] or [f"{near}:alone"]


def offset_time(scene: Scene, token: Token) -> When | None:
    """The day that lies a stated time from another event's: "A day after visiting X, he travelled on Saturday"."""
    parse = scene.parse
    if token.dep != "pcomp":
        return None
    word = parse.head(token)
    if word.lower not in ("after", "before", "following"):
        return None
    # The parser hangs the preposition on the measure ("day" over "after"), or the measure on the preposition.
    above = parse.head(word)
    places = [above, *parse.kids(word)]
    measure = next((scene.timex_at[each.index] for each in places if each.index in scene.timex_at), None)
    if measure is None or measure.type != "DURATION":
        return None
    days = amount_days(measure.value or "")
    if above.index in scene.timex_at:
        above = parse.head(above)
    anchor = best_below(scene, above) if days is not None else None
    if anchor is None or days is None:
        return None
    shifted = shift_days(value_of(anchor), days if word.lower == "before" else -days)
    return When(measure.span, shifted) if shifted is not None else None
