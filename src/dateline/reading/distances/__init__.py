"""Distances that a report states, and what the map says of them."""

from dateline.reading.distances.reader import DistanceReader

__all__ = ["DistanceReader"]
