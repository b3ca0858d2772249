"""What a place name does where it stands, the longer name that it is a part of, and what holds an unknown place."""

import pytest
from msgspec.structs import replace

from dateline.model import Parse, Toponym
from tests.conftest import Readers
from tests.marked import plain


def toponym(readers: Readers, text: str, name: str) -> Toponym:
    return next(found for found in readers.up_to("toponyms", plain(text)).toponyms if found.name == name)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("It rained in Paris on Monday.", "Paris", "literal"),
        ("The train left the Primorye region on Sunday.", "Primorye", "literal"),
        ("ROME (AP) — The pope prayed.", "ROME", "dateline"),
        ("SHAH ALAM: Police are looking for two men.", "SHAH ALAM", "dateline"),
        ("KENYA: Police are looking for two men.", "KENYA", "literal"),
        ("Moscow said it would answer.", "Moscow", "metonym"),
        ("Seoul and Washington agreed to meet.", "Washington", "metonym"),
        ("Talks with Tehran broke down.", "Tehran", "metonym"),
        ("The ships were sold by Russia.", "Russia", "metonym"),
        ("Cairo's refusal came on Friday.", "Cairo", "metonym"),
        ("Japan has 47 prefectures.", "Japan", "literal"),
        ("Cairo's streets were empty.", "Cairo", "literal"),
        ("He crossed the border with Norway.", "Norway", "literal"),
        ("Springfield burned for three days.", "Springfield", "literal"),
        ("The Boston marathon was called off.", "Boston", "modifier"),
        ("The Russian leader met farmers.", "Russian", "demonym"),
        ("She spoke in Russian for an hour.", "Russian", "language"),
        ("A Russian-language paper printed it.", "Russian", "language"),
    ],
)
def test_what_a_name_does(readers: Readers, text: str, name: str, role: str) -> None:
    assert toponym(readers, text, name).role == role


@pytest.mark.parametrize(
    ("text", "name", "inside"),
    [
        ("The Houston Rockets won on Sunday.", "Houston", "Houston Rockets"),
        ("She studied at Aleppo University for a year.", "Aleppo", "Aleppo University"),
        ("The Michigan State Police said it came.", "Michigan", "Michigan State Police"),
    ],
)
def test_a_name_within_a_longer_one_tells_which(readers: Readers, text: str, name: str, inside: str) -> None:
    found = toponym(readers, text, name)
    assert found.role == "embedded"
    assert found.inside is not None
    assert found.inside.of(text) == inside


def test_an_embedded_name_does_not_place_an_event(readers: Readers) -> None:
    reading = readers.up_to("events", plain("The Houston Rockets attacked their critics on Sunday."))
    assert [(event.trigger.of(reading.text), event.where) for event in reading.events] == [("attacked", None)]


@pytest.mark.parametrize(
    ("text", "name", "holder"),
    [
        ("Chickens died at Wortlow Lodge Farm in Norwich, police said.", "Wortlow Lodge Farm", "Norwich"),
        ("The fire began in Brzkwyn, a village near Lublin.", "Brzkwyn", "Lublin"),
        ("The plant in New Taipei City’s Wanli District was closed on Monday.", "Wanli District", "New Taipei City"),
    ],
)
def test_what_is_not_in_the_gazetteer_is_placed_in_what_holds_it(
    readers: Readers, text: str, name: str, holder: str
) -> None:
    found = toponym(readers, text, name)
    assert found.container
    assert found.place is not None and found.place.name == holder
    assert found.confidence < 0.8


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Veterans carried the symbols to Juno Beach in France on Monday.", "Juno Beach", None),
        ("Russian troops left Sevastopol in Russia on Monday.", "Sevastopol", "UA"),
        ("He flew to Paris in Texas on Monday.", "Paris", "US"),
    ],
)
def test_a_namesake_far_from_what_holds_a_place_is_not_taken_for_it(
    readers: Readers, text: str, name: str, country: str | None
) -> None:
    place = toponym(readers, text, name).place
    assert (place and place.country) == country


def test_the_chances_are_in_step_with_the_places(readers: Readers) -> None:
    found = toponym(readers, "She lives in Springfield.", "Springfield")
    assert len(found.chances) == 1 + len(found.runners_up)
    assert sorted(found.chances, reverse=True) == list(found.chances)
    assert 0.3 < sum(found.chances) <= 1


def test_a_conjunct_that_heads_its_own_sentence_is_climbed_no_further(readers: Readers) -> None:
    """Where a block ends within a sentence, what was joined to words before it is left without a head."""
    reading = readers.up_to("timexes", plain("Seoul agreed."))
    parse = reading.parsed()
    first = replace(parse.tokens[0], dep="conj", head=0)
    torn = replace(reading, parse=Parse.of((first, *parse.tokens[1:]), parse.sentences))
    layer = next(each for each in readers.opened if each.name.startswith("toponyms"))
    assert [found.role for found in layer(torn).toponyms] == ["literal"]
