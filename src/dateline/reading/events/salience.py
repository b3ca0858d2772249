"""What speaks for an event's being one that a one-paragraph summary would have to mention."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.reading.events.drafts import Draft
from dateline.reading.events.scene import Scene


def main_features(scene: Scene, group: Sequence[Draft], lead: Draft) -> list[str]:
    """The features of one event for the model of main events."""
    blocks = sorted({scene.block_of(draft.mention.token) for draft in group})
    tokens = [draft.mention.token for draft in group]
    kinds = {scene.blocks[block].kind for block in blocks if block < len(scene.blocks)}
    found = [
        f"first block={min(blocks[0], 5)}",
        f"blocks={min(len(blocks), 4)}",
        f"mentions={min(len(group), 4)}",
        f"status={lead.verdict.status}",
        f"type={lead.type}",
        f"source={lead.source.kind}",
        f"actors={min(2, len(lead.actors))}",
        f"recipients={min(1, len(lead.recipients))}",
        f"dep={lead.mention.token.dep}",
        f"sentence={min(lead.mention.token.sentence, 8)}",
        f"sure={int(max(draft.mention.chance for draft in group) * 5)}",
    ]
    found += ["headline"] if "headline" in kinds or "standfirst" in kinds else []
    found += ["headline word"] if any(token.lemma in scene.headline_words for token in tokens) else []
    found += ["verb"] if any(token.pos == "VERB" for token in tokens) else []
    found += ["root"] if any(token.dep == "ROOT" for token in tokens) else []
    found += ["dated"] if any(draft.when is not None for draft in group) else []
    found += ["placed"] if any(draft.where is not None for draft in group) else []
    found.append(f"late={int(4 * tokens[0].index / max(1, len(scene.parse.tokens)))}")
    return found
