"""Tags: one pass of the reader's network over a report, for the layers that choose from what it says."""

from dateline.reading.tags.reader import TagReader

__all__ = ["TagReader"]
