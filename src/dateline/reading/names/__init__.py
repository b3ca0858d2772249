"""Names: persons, organisations, places, peoples, dates and amounts of money as they stand in the text."""

from dateline.reading.names.reader import NameReader

__all__ = ["NameReader"]
