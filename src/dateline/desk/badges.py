"""Says in words what a reader must know of a happening before relying on it."""

from __future__ import annotations

from dateline.model import Happening

PLANNED = "planned"


def find_badges(happening: Happening) -> tuple[str, ...]:
    """The badges of a happening, such as "disputed" and "state-controlled origins only"; none where all is plain.

    No badge is a verdict: each says what the entries and roots themselves show.
    """
    statuses = {entry.event.status for entry in happening.entries}
    badges = []
    if statuses == {"denied"}:
        badges.append("denied")
    elif "denied" in statuses:
        badges.append("denied by some")
    disputed = [
        each.slot for each in happening.disagreements if each.relation == "contradicts" and each.slot != "status"
    ]
    if disputed:
        badges.append(f"disputed: {', '.join(dict.fromkeys(disputed))}")
    if statuses <= {"planned", "possible"}:
        badges.append(PLANNED if statuses == {PLANNED} else "possible" if statuses == {"possible"} else "not certain")
    roots = happening.roots
    if roots and all(root.state for root in roots):
        badges.append("state-controlled origins only")
    elif roots and all(root.party for root in roots):
        badges.append("parties only")
    elif roots and all(root.unnamed for root in roots):
        badges.append("unnamed origins only")
    return tuple(badges)
