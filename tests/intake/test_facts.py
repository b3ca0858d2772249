"""Facts of publication: dates in every dress, the choice between them, bylines, publishers, languages."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import NotEnglish, SettingError
from dateline.intake.facts.bylines import BylineReader
from dateline.intake.facts.languages import find_language, require_english
from dateline.intake.facts.publication import address_candidate, choose_published, given_date
from dateline.intake.facts.publisher import guess_publisher
from dateline.intake.facts.timestamps import StampReader
from dateline.model import PublishedCandidate

STAMPS = StampReader.load()
BYLINES = BylineReader.load()


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Sunday 17 September 2023 12:26 BST", "2023-09-17T12:26:00+01:00"),
        ("Sept. 17, 2023, 12:26 p.m. ET", "2023-09-17T12:26:00-04:00"),
        ("Jan. 17, 2023, 12:26 a.m. ET", "2023-01-17T00:26:00-05:00"),
        ("Published 3:15 PM EDT, Sun September 17, 2023", "2023-09-17T15:15:00-04:00"),
        ("2023-09-17T12:26+01:00", "2023-09-17T12:26:00+01:00"),
        ("2023-09-17T11:26:05.123Z", "2023-09-17T11:26:05+00:00"),
        ("2023-09-17 12:26:00 +0530", "2023-09-17T12:26:00+05:30"),
        ("Sun, 17 Sep 2023 12:26:00 GMT", "2023-09-17T12:26:00+00:00"),
        ("Sun 17 Sep 2023 12.26 CEST", "2023-09-17T12:26:00+02:00"),
        ("17th September 2023", "2023-09-17"),
        ("17 Sept 2023 - 08:15", "2023-09-17T08:15:00"),
        ("10:15 AM · Sep 17, 2023", "2023-09-17T10:15:00"),
        ("September 17, 2023 / 4:13 PM", "2023-09-17T16:13:00"),
        ("17.09.2023 16:42", "2023-09-17T16:42:00"),
        ("17/09/2023", "2023-09-17"),
        ("09/17/2023", "2023-09-17"),
        ("May 5, 2022 18:05 GMT+3", "2022-05-05T18:05:00+03:00"),
        ("Updated 18 Sep 2023, 9.30am; published 17 Sep 2023", "2023-09-17"),
        ("05/09/2023", None),
        ("30 February 2023", None),
        ("Sunday 17 September", None),
        ("32 September 20233", None),
        ("", None),
    ],
)
def test_a_date_of_publication_is_read_in_every_dress(words: str, value: str | None) -> None:
    stamp = STAMPS.read_stamp(words)
    assert (stamp and stamp.value) == value


@pytest.mark.parametrize(
    ("host", "value"),
    [
        ("news.example.in", "2023-09-17T12:26:00+05:30"),
        ("news.example.ie", "2023-09-17T12:26:00+01:00"),
        ("news.example.com", "2023-09-17T12:26:00"),
    ],
)
def test_a_zone_of_several_meanings_is_read_by_the_country_of_the_page(host: str, value: str) -> None:
    stamp = STAMPS.read_stamp("17 September 2023 12:26 IST", host)
    assert stamp
    assert stamp.value == value


def test_a_line_is_a_timestamp_only_if_it_is_nothing_else() -> None:
    assert STAMPS.is_stamp("Last updated on: 17 Sep 2023 02:45 PM IST")
    assert STAMPS.is_stamp("3 hours ago")
    assert not STAMPS.is_stamp("On 17 September 2023 he left.")
    assert not STAMPS.is_stamp("Comments")


@given(st.text(alphabet="0123456789:/.-, sepmayTZ+BST", max_size=200))
def test_any_digits_are_read_or_left_and_the_span_holds_them(line: str) -> None:
    for stamp in STAMPS.find_stamps(line):
        assert any(character.isdigit() for character in stamp.span.of(line))


def test_long_rows_of_digits_are_gone_through_in_a_moment() -> None:
    started = time.monotonic()
    for line in ("1:11:11 " * 50_000, "12 " * 100_000, "may " * 100_000, "1" * 400_000, "17 sep 2023 " * 30_000):
        STAMPS.read_stamp(line)
    assert time.monotonic() - started < 1


def candidate(value: str, source: str) -> PublishedCandidate:
    return PublishedCandidate(value, "minute" if "T" in value else "day", source)


@pytest.mark.parametrize(
    ("candidates", "value"),
    [
        ([], None),
        ([("2023-09-17", "htmldate"), ("2023-09-16", "json-ld")], "2023-09-16"),
        # Two who agree on the day outweigh one whose source is a little better.
        (
            [("2023-09-16", "json-ld"), ("2023-09-17", "meta"), ("2023-09-17", "visible"), ("2023-09-17", "url")],
            "2023-09-17",
        ),
        # Of those who agree, the one that tells the time and the zone.
        (
            [("2023-09-17", "json-ld"), ("2023-09-17T12:26:00", "meta"), ("2023-09-17T12:26:00+01:00", "visible")],
            "2023-09-17T12:26:00+01:00",
        ),
        ([("2023-09-18T09:00:00+00:00", "modified"), ("2023-09-17", "htmldate")], "2023-09-17"),
        ([("2023-09-17T18:00:00+00:00", "modified"), ("2023-09-17", "json-ld")], "2023-09-17"),
        ([("2023-09-18", "modified")], "2023-09-18"),
        ([("2023", "given"), ("2023-09-17T12:26:00+01:00", "json-ld")], "2023"),
    ],
)
def test_the_best_date_is_chosen(candidates: list[tuple[str, str]], value: str | None) -> None:
    assert choose_published([candidate(*pair) for pair in candidates]) == value


@pytest.mark.parametrize(
    ("words", "value", "precision"),
    [
        ("2023-09-17T12:26+01:00", "2023-09-17T12:26:00+01:00", "minute"),
        ("2023-09-17 12:26:05Z", "2023-09-17T12:26:05+00:00", "second"),
        (" 2023-09-17 ", "2023-09-17", "day"),
        ("2023-09", "2023-09", "month"),
        ("2023", "2023", "year"),
    ],
)
def test_a_given_date_is_taken_at_its_own_precision(words: str, value: str, precision: str) -> None:
    found = given_date(words)
    assert (found.value, found.precision, found.source) == (value, precision, "given")


@pytest.mark.parametrize("words", ["", "yesterday", "17/09/2023", "2023-13", "2023-02-30", "2023-09-17T25:00", "0000"])
def test_a_given_date_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(SettingError, match="no date of publication"):
        given_date(words)


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("https://example.org/2023/09/17/visit", "2023-09-17"),
        ("https://example.org/world/2023-09-17-visit.html", "2023-09-17"),
        ("https://example.org/2023/sep/17/visit", "2023-09-17"),
        ("https://example.org/2023/13/17/visit", None),
        ("https://example.org/a-1234567.html", None),
        (None, None),
    ],
)
def test_the_date_in_an_address(address: str | None, value: str | None) -> None:
    found = address_candidate(address, STAMPS)
    assert (found and found.value) == value


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Otu", ("Ann Otu",)),
        ("By Ann Otu and Musa Bello, BBC News", ("Ann Otu", "Musa Bello")),
        ("By ANN OTU in Nairobi", ("ANN OTU",)),
        ("Written by Meera Kulkarni | Nashik | Updated: 3 May 2022", ("Meera Kulkarni",)),
        ("By Ludwig van der Berg & María José O’Neill", ("Ludwig van der Berg", "María José O’Neill")),
        ("Ann Otu, Africa correspondent", ("Ann Otu",)),
        ("By Associated Press", ("Associated Press",)),
        ("(Reporting by Ann Otu in Nairobi; Editing by Musa Bello)", ("Ann Otu",)),
    ],
)
def test_the_names_in_a_byline(line: str, names: tuple[str, ...]) -> None:
    assert BYLINES.read_names(line) == names


@pytest.mark.parametrize(
    "line",
    ["By Friday the troops had left", "By and large", "By Ann Otu left the room.", "Ann Otu", "", "By " + "Ann " * 200],
)
def test_lines_that_are_no_bylines(line: str) -> None:
    assert not BYLINES.is_byline(line)


def test_a_publisher_is_guessed_only_from_what_a_site_says_of_itself() -> None:
    assert guess_publisher(["Support The Daily Example today.", "The Daily Example is yours."]) == "The Daily Example"
    assert guess_publisher(["© 2023 Example Courier", "Subscribe to Example Courier"]) == "Example Courier"
    assert guess_publisher(["Comments", "Read more: The President is on his way"]) is None
    assert guess_publisher([]) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Präsident sagte am Montag, dass er das Land verlassen werde.", "German"),
        ("Le président a déclaré lundi qu'il quitterait le pays avant la fin du mois.", "French"),
        ("El presidente dijo el lunes que se iría del país antes de fin de mes.", "Spanish"),
        ("Президент заявил в понедельник, что покинет страну и не вернется никогда.", "Russian"),
        ("习近平主席星期一表示,双方同意继续合作,发展两国关系,加强各个领域的合作与交流,维护地区和平。", "Chinese"),
        ("قال الرئيس يوم الاثنين إنه سيغادر البلاد قبل نهاية الشهر الجاري.", "Arabic"),
    ],
)
def test_a_report_in_another_language_is_refused_by_name(text: str, language: str) -> None:
    with pytest.raises(NotEnglish, match=f"storm.txt: the report is in {language}"):
        require_english(text, "storm.txt")


@pytest.mark.parametrize(
    "text",
    [
        "Kim left Russia on Sunday, Tass reported.",
        "Lukashenka, Tsikhanouskaya, Łukasz Wójcik and Nguyễn Văn Thiệu met in Chişinău on Monday.",
        "Präsident",
        "",
        "🇺🇦🇺🇦🇺🇦 12:26",
    ],
)
def test_english_and_what_is_too_short_to_tell_is_read(text: str) -> None:
    assert find_language(text) == "en"
    assert find_language(text, "de-DE") == "en"
