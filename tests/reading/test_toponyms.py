import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.model import Reading, Toponym
from dateline.reading.toponyms import ToponymReader
from tests.conftest import Readers
from tests.marked import marked, plain


def read(readers: Readers, text: str, publisher: str | None = None) -> Reading:
    reading = plain(text)
    return readers.up_to("toponyms", replace(reading, report=replace(reading.report, publisher=publisher)))


def toponym(readers: Readers, text: str, name: str, publisher: str | None = None) -> Toponym:
    return next(found for found in read(readers, text, publisher).toponyms if found.name == name)


def lies_in(readers: Readers, text: str, name: str, publisher: str | None = None) -> str | None:
    """The country and feature of the place that a name stands for: "US PPL"."""
    place = toponym(readers, text, name, publisher).place
    return f"{place.country} {place.feature[:4]}" if place else None


@pytest.mark.parametrize(
    "line",
    [
        "He flew from [p: North Korea] to [p: South Korea].",
        "The train left the [p: Primorye] region in [p: Russia].",
        "They met at the [p: Vostochny Cosmodrome] outside the city of [p: Tsiolkovsky].",
        "A plant in [p: Komsomolsk-on-Amur] builds jets.",
        "He was born in [p: Rockville], [p: Maryland], and lives in [p: Washington], [p: D.C.]",
        "A man from [p: Hugo], [p: Okla.], was not hurt.",
        "The [p: U.S.] and [p: UK] agreed; it cost US$5m and he took U.S. 82.",
        "The [p: Russian] leader met [p: Ukrainians].",
        "Ships crossed the [p: Strait of Hormuz] and the [p: Red Sea].",
        "The mayor of [p: Lyon] spoke.",
    ],
)
def test_places_are_found(readers: Readers, line: str) -> None:
    text, gold = marked(line)
    assert [found.span for found in read(readers, text).toponyms] == gold["p"]


@pytest.mark.parametrize(
    "text",
    [
        "Jordan Smith, a teacher, sang.",
        "Mr London said he would stay. Then London agreed with Jack London.",
        "The New York Times and the Boston Globe reported it.",
        "The West Nile virus spread.",
        "The EU has decided.",
        "The FAO and the WHO warned of it.",
        "The Michigan State Police came on Monday in March.",
        "The Michigan State Police said it came on Monday in March.",
        "It was us who came, and so may it be.",
        "African-American leaders spoke.",
    ],
)
def test_what_is_no_place(readers: Readers, text: str) -> None:
    found = [each for each in read(readers, text).toponyms if each.role != "embedded"]
    assert [each.name for each in found if each.name != "American"] == []


def test_a_body_is_a_place_only_where_something_is_in_it(readers: Readers) -> None:
    assert toponym(readers, "Prices rose in the EU last year.", "EU").place is not None


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("She moved to Paris in May.", "Paris", "FR PPLC"),
        ("She moved to Paris, Texas, in May.", "Paris", "US PPLA"),
        ("He teaches in London, Ontario.", "London", "CA PPL"),
        ("Fighting went on near Tbilisi, in Georgia, and in Abkhazia.", "Georgia", "GE PCLI"),
        ("Storms hit Atlanta, Savannah and the rest of Georgia.", "Georgia", "US ADM1"),
        ("Cases were found in Oregon, Washington, Idaho and Utah.", "Washington", "US ADM1"),
        ("The president returned to Washington on Friday.", "Washington", "US PPLC"),
        ("The state of New York sued.", "New York", "US ADM1"),
        ("He flew to New York from Rome.", "New York", "US PPL"),
        ("They crossed the Amur region of Russia.", "Amur", "RU ADM1"),
        ("The Amur, a river in Russia, rose.", "Amur", "None STM"),
        ("He left Burma for Bangkok.", "Burma", "MM PCLI"),
        ("The Soviet Union fell in 1991.", "Soviet Union", "RU PCLH"),
        ("Deputies from Lamar County, Texas, met in Paris.", "Paris", "US PPLA"),
        ("Drones struck a depot in the Kursk region on Monday.", "Kursk", "RU ADM1"),
        ("Drones struck a depot in Kursk on Monday.", "Kursk", "RU PPLA"),
        ("Police in Ingushetia and North Ossetia made arrests.", "North Ossetia", "RU ADM1"),
        ("Wildfires burned in Yakutia and Buryatia on Friday.", "Buryatia", "RU ADM1"),
        ("Heavy rain killed two people in South Jeolla Province, South Korea.", "South Jeolla Province", "KR ADM1"),
        ("A blast hit Hadhramaut in Yemen on Friday.", "Hadhramaut", "YE ADM1"),
        ("The army shelled villages in Karen State, Myanmar.", "Karen State", "MM ADM1"),
        ("Rain fell in Greater Manchester on Friday.", "Greater Manchester", "GB PPLA"),
    ],
)
def test_which_place_is_meant(readers: Readers, text: str, name: str, place: str) -> None:
    assert lies_in(readers, text, name) == place


def test_one_name_has_one_sense_in_a_report(readers: Readers) -> None:
    reading = read(readers, "A fire broke out in Paris, Texas.\n\nFirefighters in Paris put it out.")
    assert len({found.place for found in reading.toponyms if found.name == "Paris"}) == 1


def test_a_papers_home_weighs_in(readers: Readers) -> None:
    text = "The bridge in Lancaster will close."
    for publisher, lat in ((None, 34.7), ("Harrisburg Patriot-News", 40.0), ("The Manchester Gazette", 54.0)):
        place = toponym(readers, text, "Lancaster", publisher).place
        assert place is not None and place.lat == pytest.approx(lat, abs=0.5), publisher


def test_what_the_gazetteer_lacks_has_no_place(readers: Readers) -> None:
    found = toponym(readers, "The village of Brzkwyn in Poland was flooded. They live in Brzkwyn.", "Poland")
    assert found.place is not None
    unknown = [t for t in read(readers, "They live in Northern Brzkwyn near Warsaw.").toponyms if t.place is None]
    assert all(t.confidence < 0.4 for t in unknown)


@pytest.mark.parametrize(
    "text, name, other",
    [
        ("They crossed Lake Kolvrin in northern Mongolia on Monday.", "Lake Kolvrin", "Lake"),
        ("They camped at the Kolvrin Lake Reserve in northern Mongolia.", "Kolvrin Lake Reserve", "Reserve"),
    ],
)
def test_a_word_of_an_unknown_name_is_no_place_of_its_own(readers: Readers, text: str, name: str, other: str) -> None:
    names = [found.name for found in read(readers, text).toponyms]
    assert name in names and other not in names


def test_a_state_is_not_where_a_person_lies(readers: Readers) -> None:
    text = "The judge heard that Dali Mpofu, SC, had argued so. He flew to Charleston, SC, on Monday."
    assert [found.start for found in read(readers, text).toponyms if found.name == "SC"] == [text.rindex("SC")]


@pytest.mark.parametrize(
    "text, name, place",
    [
        ("The waters of the Sutlej, the Beas and the Ravi go to India.", "Sutlej", "None STM"),
        ("He became king of Transjordan in 1921.", "Transjordan", "JO PCLH"),
        ("The Swiss Confederation signed the treaty.", "Swiss Confederation", "CH PCLI"),
        ("They sailed on Tonle Sap in Cambodia.", "Tonle Sap", "KH LK"),
    ],
)
def test_rivers_former_states_and_formal_names(readers: Readers, text: str, name: str, place: str) -> None:
    found = next(each for each in read(readers, text).toponyms if each.span.of(text) == name)
    assert found.place is not None
    assert f"{found.place.country} {found.place.feature[:4]}" == place


def test_an_island_is_no_town_of_its_name(readers: Readers) -> None:
    found = toponym(readers, "They sailed to Russky Island.", "Russky Island")
    assert found.place is not None and found.place.feature == "ISL"


def test_runners_up_are_other_places_of_the_name(readers: Readers) -> None:
    found = toponym(readers, "She lives in Springfield.", "Springfield")
    assert 1 <= len(found.runners_up) <= 3
    assert found.place not in found.runners_up


def test_context_makes_sure(readers: Readers) -> None:
    alone = toponym(readers, "She lives in Springfield.", "Springfield")
    told = toponym(readers, "She lives in Springfield, Illinois.", "Springfield")
    assert told.confidence > alone.confidence
    assert told.place is not None and told.place.lat == pytest.approx(39.8, abs=0.2)


def test_demonyms_can_be_left_out(readers: Readers) -> None:
    reader = next(r for r in readers.opened if isinstance(r, ToponymReader))
    plainer = ToponymReader(reader.gazetteer, reader.words, demonyms=False)
    reading = readers.up_to("timexes", plain("The Russian fleet left Russia."))
    assert [found.name for found in plainer(reading).toponyms] == ["Russia"]


def test_furniture_is_not_read(readers: Readers) -> None:
    reading = plain("He came to Rome.\nSign up in Paris!")
    blocks = (reading.report.blocks[0], replace(reading.report.blocks[1], kind="furniture", sort="newsletter"))
    reading = readers.up_to("toponyms", replace(reading, report=replace(reading.report, blocks=blocks)))
    assert [found.name for found in reading.toponyms] == ["Rome"]


def test_it_leaves_other_layers_alone_and_reads_alike_twice(readers: Readers) -> None:
    before = readers.up_to("timexes", plain("Kim Jong Un left Vladivostok, Russia, on Sunday, Tass said."))
    reader = next(r for r in readers.opened if isinstance(r, ToponymReader))
    after = reader(before)
    assert replace(after, toponyms=(), by=before.by) == before
    assert after.by == (*before.by, "toponyms.en/11")
    assert reader(before) == after


PIECES = st.sampled_from(
    [
        "Paris",
        "Texas",
        "U.S.",
        ",",
        " and ",
        " in the ",
        "\n",
        "Georgia",
        "al-",
        "\u200b",
        "É",
        "🇺🇦",
        "St. ",
        "(",
        "of ",
    ]
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join))
@settings(max_examples=40)
def test_any_text_gives_toponyms_that_lie_in_it(readers: Readers, text: str) -> None:
    last = 0
    for found in read(readers, text).toponyms:
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.name
        assert 0 <= found.confidence <= 1
        for place in (found.place, *found.runners_up):
            assert place is None or (-90 <= place.lat <= 90 and -180 <= place.lon <= 180)
        last = found.end


def test_a_thousand_names_do_not_take_a_thousand_times_as_long(readers: Readers) -> None:
    reading = read(readers, "He went to Paris, Texas, and San Jose, Lima and Victoria. " * 300)
    assert len(reading.toponyms) == 1500
