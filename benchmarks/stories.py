"""Groups reports into stories by how much they are about the same: whose events are compared when all are at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from dateline.corroboration import Profile
from dateline.corroboration.facts import likeness
from dateline.corroboration.groups import gather
from dateline.model import Entry

ALIKE = 0.2
"""Reports are gathered while the likeness of their words is more than this on average: chosen on training topics."""


def find_stories(profiles: Mapping[str, Profile]) -> dict[str, str]:
    """The story of each report, by the ids of the reports: the first of those in it."""
    near = {
        (a, b): likeness(profiles[a].words, profiles[b].words) - ALIKE for a, b in combinations(sorted(profiles), 2)
    }
    return {report: story[0] for story in gather(profiles, near) for report in story}


def pairs_of_stories(entries: Sequence[Entry], story_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """All pairs of ids of entries whose reports are of one story, the smaller id first."""
    told: dict[str, list[str]] = {}
    for entry in entries:
        told.setdefault(story_of[entry.report.edition], []).append(entry.id)
    for ids in told.values():
        yield from combinations(sorted(ids), 2)
