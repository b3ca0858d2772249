"""A map for many processes; knows nothing of news."""

from dateline.engine.failed import Failed
from dateline.engine.processes import run

__all__ = ["Failed", "run"]
