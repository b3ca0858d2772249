"""Maps for many processes and machines, each of one shape; they know nothing of news."""

from dateline.engine.cluster import run_on_cluster
from dateline.engine.failed import Failed
from dateline.engine.processes import Standing, run

__all__ = ["Failed", "Standing", "run", "run_on_cluster"]
