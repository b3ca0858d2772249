"""Time expressions: where they stand, and what days they mean."""

from dateline.reading.timexes.reader import TimexReader

__all__ = ["TimexReader"]
