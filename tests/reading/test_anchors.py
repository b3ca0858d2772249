"""The days of given events: what is told is taken, what is not is bounded, and no day is made up."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from benchmarks.anchors import anchors
from benchmarks.linked_anchors import linked_anchors
from tests.conftest import Readers
from tests.marked import marked, plain


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Police [e: arrested] two men in Paris on Friday.", {"on": "2023-09-15", "dct": "before"}),
        (
            "The minister [e: visited] the town in August.",
            {"after": ["2023-08-01"], "before": ["2023-08-31"], "dct": "before"},
        ),
        ("The parties have [e: signed] a deal.", {"before": ["2023-09-17"], "dct": "before"}),
        ("The president will [e: visit] the island.", {"after": ["2023-09-17"], "dct": "after"}),
    ],
)
def test_a_day_or_its_bounds(readers: Readers, line: str, told: dict[str, object]) -> None:
    text, gold = marked(line)
    reading = plain(text)
    reading = replace(reading, report=replace(reading.report, published="2023-09-17"))
    spans = [(span.start, span.end) for span in gold["e"]]
    found = list(anchors(readers.up_to("statements", reading), "2023-09-17", spans))
    assert found == [{"start": gold["e"][0].start, "end": gold["e"][0].end, **told}]


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ([("t0", "BEFORE"), ("t1", "CONTAINS")], {"span": "day", "on": "2023-09-15", "dct": "before"}),
        ([("t0", "CONTAINS")], {"span": "day", "on": "2023-09-17", "dct": "on"}),
        (
            [("t0", "BEFORE"), ("t1", "AFTER")],
            {"span": "day", "before": ["2023-09-17"], "after": ["2023-09-15"], "dct": "before"},
        ),
        ([("t0", "AFTER")], {"span": "day", "after": ["2023-09-17"], "dct": "after"}),
        ([("t0", "AFTER"), ("t1", "BEGUN_ON")], {"span": "multi", "after": ["2023-09-17"], "dct": "after"}),
        ([("t0", "OVERLAP")], None),
        ([], None),
    ],
)
def test_links_with_times_tell_the_day_of_an_event(
    links: list[tuple[str, str]], told: dict[str, object] | None
) -> None:
    row = {
        "published": "2023-09-17",
        "timexes": [{"tid": "t1", "value": "2023-09-15TMO"}],
        "events": [{"eid": "e1", "start": 3, "end": 9}],
        "links": [{"event": "e1", "timex": timex, "rel": rel} for timex, rel in links],
    }
    assert list(linked_anchors(row)) == ([{"start": 3, "end": 9, **told}] if told else [])
