"""Local news: towns that share their names with larger ones elsewhere are told apart by what the report tells."""

import pytest
from msgspec.structs import replace

from tests.conftest import Readers
from tests.marked import plain
from tests.reading.local_news import CASES, NEAR_KM, unpack


@pytest.mark.parametrize("publisher_known", [True, False])
def test_nearly_all_places_of_local_news_are_found_and_put_where_they_are(
    readers: Readers, publisher_known: bool
) -> None:
    wrong: list[str] = []
    total = 0
    for publisher, told in CASES:
        text, gold = unpack(told)
        reading = plain(text)
        reading = replace(reading, report=replace(reading.report, publisher=publisher if publisher_known else None))
        found = readers.up_to("toponyms", reading).toponyms
        for span, there in gold:
            over = next((each for each in found if each.span.touches(span)), None)
            total += 1
            if over is None or over.place is None or over.place.km_to(there) > NEAR_KM:
                wrong.append(f"{there.name} in {text[:40]}")
    assert total > 240
    assert len(wrong) <= 0.05 * total, wrong
