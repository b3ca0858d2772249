"""The days of given events: what is told is taken, what is not is bounded, and no day is made up."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from benchmarks.anchors import anchors
from tests.conftest import Readers
from tests.marked import marked, plain


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Police [e: arrested] two men in Paris on Friday.", {"on": "2023-09-15"}),
        ("The minister [e: visited] the town in August.", {"after": ["2023-08-01"], "before": ["2023-08-31"]}),
        ("The parties have [e: signed] a deal.", {"before": ["2023-09-17"]}),
        ("The president will [e: visit] the island.", {"after": ["2023-09-17"]}),
    ],
)
def test_a_day_or_its_bounds(readers: Readers, line: str, told: dict[str, object]) -> None:
    text, gold = marked(line)
    reading = plain(text)
    reading = replace(reading, report=replace(reading.report, published="2023-09-17"))
    found = list(anchors(readers.up_to("statements", reading), [(span.start, span.end) for span in gold["e"]]))
    assert found == [{"start": gold["e"][0].start, "end": gold["e"][0].end, **told}]
