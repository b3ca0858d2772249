"""An outlet's page and reports tell where it is at home, and that tells which place of a name it means."""

import re
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from dateline.model import Block, Place, Reading, Report, Role, Span, Toponym
from dateline.reading.toponyms import ToponymReader
from dateline.reading.toponyms.addresses import find_address
from dateline.reading.toponyms.homes import find_home, same_home
from tests.conftest import Readers
from tests.marked import plain
from tests.reading.local_news import CASES, NEAR_KM, unpack

SENTENCE = re.compile(r"(?<=[a-z\])]\.) (?=[A-Z\[])")


def town(name: str, lat: float, lon: float, country: str = "FD", feature: str = "PPL") -> Place:
    return Place(f"made:{name.lower()}-{lat:g}", name, country, feature, lat, lon)


def named(place: Place, *others: Place, role: Role = "literal") -> Toponym:
    """A mention of a place that may be one of the others: likelier these, if there are any."""
    ranked = (*others, place)
    chances = (0.5, *(0.3 for _ in ranked[1:]))
    return Toponym(0, 4, place.name, ranked[0], 0.5, ranked[1:], chances, role)


FREEDONIA = town("Freedonia", 10, 10, feature="PCLI")
MARX, CHICO, HARPO = (town(name, 10 + n / 10, 10) for n, name in enumerate(("Marx", "Chico", "Harpo")))
PARIS, FAR_PARIS = town("Paris", 10.3, 10), town("Paris", 48.9, 2.4, "FR")
FAR = [town(f"Far{n}", n * 11 - 60, n * 23 - 170, "XY"[n % 2] * 2) for n in range(12)]


def test_a_home_is_where_most_small_places_lie_whichever_paris_each_report_was_read_with() -> None:
    reports = [[named(PARIS, FAR_PARIS), named(MARX)], [named(CHICO), named(PARIS, FAR_PARIS)], [named(HARPO)]]
    home = find_home([*reports, [named(FAR[0])]])
    assert home is not None
    assert home.km_to(MARX) < 50


def test_datelines_count_for_more() -> None:
    spread = [[named(each)] for each in FAR[:7]]
    around = [MARX, CHICO, HARPO, PARIS]
    assert find_home([*spread, *([named(each)] for each in around)]) is None
    home = find_home([*spread, *([named(each, role="dateline")] for each in around)])
    assert home in around


def test_an_outlet_that_speaks_of_one_country_all_over_is_at_home_in_it() -> None:
    spread = [[named(town(f"Own{n}", n * 7, n * 9)), named(FREEDONIA)] for n in range(6)]
    assert find_home(spread) == FREEDONIA


def test_an_outlet_that_speaks_of_all_the_world_or_of_little_has_no_home() -> None:
    assert find_home([[named(each)] for each in FAR]) is None
    assert find_home([[named(MARX), named(CHICO)], [named(HARPO), named(PARIS)]]) is None
    assert find_home([]) is None


def test_peoples_and_containers_say_nothing() -> None:
    reports = [[replace(named(each), role="demonym")] for each in (MARX, CHICO, HARPO, PARIS)]
    assert find_home(reports) is None
    assert find_home([[replace(named(each), container=True)] for each in (MARX, CHICO, HARPO, PARIS)]) is None


def test_homes_on_one_beat_are_the_same() -> None:
    assert same_home(MARX, CHICO) and same_home(None, None)
    assert not same_home(MARX, FAR_PARIS) and not same_home(MARX, None)


def test_a_home_weighs_in_the_choice_and_a_state_that_is_named_weighs_more(readers: Readers) -> None:
    texas = Place("geonames:4717560", "Paris", "US", "PPL", 33.66, -95.56)

    def where(text: str, home: Place | None) -> str | None:
        found = readers.up_to("toponyms", replace(plain(text), home=home)).toponyms
        return next(each.place.id for each in found if each.name == "Paris" and each.place)

    assert where("Two men were arrested in Paris on Friday.", texas) == texas.id
    assert where("Two men were arrested in Paris on Friday.", None) == "geonames:2988507"
    assert where("Two men were arrested in Paris, France, on Friday.", texas) == "geonames:2988507"


@pytest.mark.parametrize(
    ("furniture", "town"),
    [
        ("The Example Courier, 5050 Loop 286, Paris, TX 75460", "geonames:4717560"),
        ("Contact: Main Street Paris, Texas 75460-1234. All rights reserved.", "geonames:4717560"),
        ("Paris, TX 75460\nPrinted by Example Press, Paris, TX 75461", "geonames:4717560"),
        ("Paris, TX 75460\nAdvertising: Springfield, OH 45501", None),
        ("Nowhere at All, TX 75460", None),
        ("Paris, Texas, on Friday", None),
    ],
)
def test_the_address_that_a_page_prints_tells_where_its_paper_is_at_home(
    readers: Readers, furniture: str, town: str | None
) -> None:
    text = "Two men were arrested in Paris on Friday.\n"
    lines = [(len(text) + match.start(), len(text) + match.end()) for match in re.finditer(r".+", furniture)]
    blocks = (Block(0, len(text) - 1, "paragraph"), *(Block(*span, "furniture", "other") for span in lines))
    reading = Reading(Report("test", text + furniture, blocks))
    toponyms = next(each for each in readers.opened if isinstance(each, ToponymReader))
    found = find_address(reading.report, toponyms.gazetteer, toponyms.words)
    assert (found.place.id if found else None) == town
    [paris] = readers.up_to("toponyms", reading).toponyms
    assert paris.place is not None
    assert paris.place.id == (town or "geonames:2988507")


def right(readings: Sequence[tuple[Reading, list[tuple[Span, Place]]]]) -> int:
    """How many of the gold names are found and put where they are."""
    return sum(
        any(each.span.touches(span) and each.place and each.place.km_to(there) <= NEAR_KM for each in reading.toponyms)
        for reading, gold in readings
        for span, there in gold
    )


def test_single_sentences_of_a_paper_are_placed_better_by_the_home_that_the_others_tell(readers: Readers) -> None:
    alone = home = total = 0
    toponyms = next(each for each in readers.opened if each.name.startswith("toponyms"))
    for _, told in CASES:
        pieces = [unpack(piece) for piece in SENTENCE.split(told)]
        below = [readers.up_to("actors", plain(text)) for text, _ in pieces]
        found = [toponyms(each) for each in below]
        place = find_home(each.toponyms for each in found)
        again = [toponyms(replace(each, home=place)) for each in below]
        gold = [names for _, names in pieces]
        alone += right(list(zip(found, gold, strict=True)))
        home += right(list(zip(again, gold, strict=True)))
        total += sum(map(len, gold))
    assert total > 240
    assert home >= 0.88 * total
    assert home - alone >= 0.05 * total
