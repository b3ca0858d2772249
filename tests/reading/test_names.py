from itertools import pairwise

import pytest
from msgspec.structs import replace

from dateline.model import Name, NameType, Parse
from dateline.reading.names.reader import NameReader, amounts, as_surnames
from dateline.reading.whole import whole
from tests.conftest import Readers
from tests.marked import marked, plain


def found(readers: Readers, text: str, kind: str) -> list[str]:
    return [n.span.of(text) for n in readers.up_to("names", plain(text)).names if n.type == kind]


@pytest.mark.parametrize(
    "line",
    [
        "They met on [Date: 13 September 2023] in a hall.",
        "They met on [Date: Wednesday, Sept. 13, 2023], he said.",
        "Trade grew between [Date: 2016-18].",
        "The [Date: 1980s] were hard.",
        "May he go?",
    ],
)
def test_calendar_dates(readers: Readers, line: str) -> None:
    text, gold = marked(line)
    dates = [name.span for name in readers.up_to("names", plain(text)).names if name.type == "Date"]
    assert dates == gold.get("Date", [])


@pytest.mark.parametrize(
    "line",
    [
        "The fine was US[Money: $20 million] in all.",
        "It cost [Money: Rs 50,000] or [Money: 5,000 rupees].",
        "A ticket is [Money: £24.50].",
        "Some 5,000 units came in 2019.",
        "It pledged [Money: €1.5bn].",
    ],
)
def test_amounts_of_money(readers: Readers, line: str) -> None:
    text, gold = marked(line)
    assert [n.span for n in readers.up_to("names", plain(text)).names if n.type == "Money"] == gold.get("Money", [])


def test_words_that_are_names_too_are_places_in_a_very_short_text(readers: Readers) -> None:
    assert found(readers, "Chad and Togo signed it. Chad said so.", "Location") == ["Chad", "Togo", "Chad"]


def test_a_person_may_be_called_as_a_country_is(readers: Readers) -> None:
    text = "Chad Smith met reporters in Togo on Monday. Chad said that he would resign."
    assert found(readers, text, "Person") == ["Chad Smith", "Chad"]


def test_an_accent_makes_no_other_name(readers: Readers) -> None:
    text = "Police arrested Leandro Jordán in Quito on Monday. Jordan said that he would appeal."
    assert found(readers, text, "Location") == ["Quito"]


@pytest.mark.xfail(strict=True, reason="very short texts are named worse than reports")
def test_numbers_are_no_dates_in_a_very_short_text(readers: Readers) -> None:
    text = "Sales fell to 1.2019 and then £2019; it may rise."
    assert found(readers, text, "Date") == []


def test_a_title_is_no_part_of_a_name(readers: Readers) -> None:
    text = "Russian president Vladimir Putin met Mr Kim and Dr. Ana Ruiz."
    assert found(readers, text, "Person") == ["Vladimir Putin", "Kim", "Ana Ruiz"]


def test_an_office_beside_a_name_makes_it_a_persons(readers: Readers) -> None:
    text = "This was said by the Minister of Tourism, Sorena Valdric, on Monday."
    assert found(readers, text, "Person") == ["Sorena Valdric"]


def test_a_people_that_opens_a_known_name_is_part_of_it() -> None:
    text = "European Union leaders met Russian Gazprom in Paris. Soviet, Union"
    kinds: list[tuple[str, NameType]] = [
        ("European", "NORP"),
        ("Union", "Organization"),
        ("Russian", "NORP"),
        ("Gazprom", "Organization"),
        ("Soviet", "NORP"),
    ]
    names = [Name(text.index(word), text.index(word) + len(word), kind) for word, kind in kinds]
    names.append(Name(text.rindex("Union"), len(text), "Organization"))
    reading = replace(plain(text), names=tuple(names), parse=Parse.of((), ()))
    assert [name.span.of(text) for name in whole(reading)] == [
        "European Union",
        "Russian",
        "Gazprom",
        "Soviet",
        "Union",
    ]


def test_a_place_that_opens_the_name_of_a_body_is_part_of_it(readers: Readers) -> None:
    reading = readers.up_to("names", plain("The New York Times paid US$20 million in London. London police were told."))
    assert [name.span.of(reading.text) for name in whole(reading)] == [
        "New York Times", "US$20 million", "London", "London",
    ]  # fmt: skip


def test_the_tokens_of_a_name_know_its_type(readers: Readers) -> None:
    reading = readers.up_to("names", plain("Ana Ruiz left Accra."))
    assert [(token.entity, token.entity_start) for token in reading.parsed().tokens] == [
        ("Person", True), ("Person", False), ("", False), ("Location", True), ("", False),
    ]  # fmt: skip


def test_what_was_named_once_is_found_again(readers: Readers) -> None:
    text = "Vladimir Putin spoke.\n\nPutin left.\n\nAides of Putin waved."
    assert found(readers, text, "Person") == ["Vladimir Putin", "Putin", "Putin"]


def test_names_stand_in_order_and_do_not_overlap(readers: Readers) -> None:
    text = "On 13 September 2023 the Bank of Ghana paid Rs 50,000 to Ana Ruiz in Accra, Ghana." * 5
    names: tuple[Name, ...] = readers.up_to("names", plain(text)).names
    assert names
    assert all(a.end <= b.start for a, b in pairwise(names))


def test_a_surname_is_its_bearers_but_where_a_place_is_meant() -> None:
    text = "David Mwaure met voters on Monday. Mwaure, who runs for president, came from Mwaure. Mwaure waved."
    countries = NameReader.load().countries
    people = [Name(0, 12, "Person"), Name(35, 41, "Location"), Name(77, 83, "Location"), Name(85, 91, "Organization")]
    assert [each.span.of(text) for each in people] == ["David Mwaure", "Mwaure", "Mwaure", "Mwaure"]
    assert [each.type for each in as_surnames(people, text, countries)] == ["Person", "Person", "Location", "Person"]


def test_a_person_named_as_a_country_is_but_where_the_country_is_meant() -> None:
    text = "Chad Smith met Leandro Jordán in Jordan. Jordan said that Chad had come from Chad. Mali said nothing."
    countries = NameReader.load().countries
    names, at = [], 0
    for word in ("Chad Smith", "Leandro Jordán", "Jordan", "Jordan", "Chad", "Chad", "Mali"):
        at = text.index(word, at)
        names.append(Name(at, at + len(word), "Person" if " " in word else "Location"))
        at += len(word)
    kinds = [each.type for each in as_surnames(names, text, countries)]
    assert kinds == ["Person", "Person", "Location", "Person", "Person", "Location", "Location"]


def test_amounts_are_parted_where_each_has_its_currency() -> None:
    for text, parts in {
        "Rs 50,000 or 5,000 rupees": ["Rs 50,000", "5,000 rupees"],
        "$5 and €6 million": ["$5", "€6 million"],
        "5 and 6 million dollars": ["5 and 6 million dollars"],
        "5 million and 6 million dollars": ["5 million and 6 million dollars"],
    }.items():
        assert [part.of(text) for part in amounts(text, 0, len(text))] == parts
