"""Place names, and the places on the map that they stand for."""

from dateline.reading.toponyms.reader import ToponymReader

__all__ = ["ToponymReader"]
