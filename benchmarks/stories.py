"""Groups reports into stories by how much they are about the same: whose events are compared when all are at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import sqrt

from dateline.corroboration import Profile
from dateline.corroboration.facts import likeness
from dateline.corroboration.groups import gather
from dateline.model import Entry

NEAREST = 3
"""How much a report has in common with others of its story is the mean likeness to so many, those most like it."""

ALIKE = 0.4
"""Reports are gathered while they are on average so much as alike as each is to those most like it: two stories of one
kind, a storm and another storm, share many words, and each shares more with itself. Chosen on training topics."""

LEAST = 0.1
"""Reports less alike than this have nothing in common, however alone they stand."""


def find_stories(profiles: Mapping[str, Profile]) -> dict[str, str]:
    """The story of each report, by the ids of the reports: the first of those in it.

    Likenesses are scaled by how dense their surroundings are (after Zelnik-Manor and Perona 2004, "Self-Tuning Spectral
    Clustering"), and gathered by average link.
    """
    alike = {(a, b): likeness(profiles[a].words, profiles[b].words) for a, b in combinations(sorted(profiles), 2)}
    near: dict[str, list[float]] = {report: [] for report in profiles}
    for (a, b), value in alike.items():
        near[a].append(value)
        near[b].append(value)
    own = {report: sum(sorted(values)[-NEAREST:]) / NEAREST for report, values in near.items()}
    scaled = {
        (a, b): (value / sqrt(own[a] * own[b]) if value > LEAST else 0.0) - ALIKE for (a, b), value in alike.items()
    }
    return {report: story[0] for story in gather(profiles, scaled) for report in story}


def pairs_of_stories(entries: Sequence[Entry], story_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """All pairs of ids of entries whose reports are of one story, the smaller id first."""
    told: dict[str, list[str]] = {}
    for entry in entries:
        told.setdefault(story_of[entry.report.edition], []).append(entry.id)
    for ids in told.values():
        yield from combinations(sorted(ids), 2)
