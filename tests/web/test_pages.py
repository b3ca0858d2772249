"""Timeline, happening, statements and search: what they say, where they lead, and that no report can harm them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline import desk
from dateline.desk.corroborating import corroborate
from dateline.ledger import Ledger
from dateline.model import Question
from dateline.web.pages import happening
from tests.desk.press import taken, write_busy
from tests.ledger.made import Told, reading_of
from tests.web.visiting import HOME, seal_in, visitor, words_of

MET = "0e3e8fbac2211388"
QUILL_MET, WIRE_MET = "c941fc96fb1cc3ac", "0e3e099fdded15c3"


def test_the_timeline_tells_what_stands_behind_a_happening(press: Path) -> None:
    said = words_of(visitor(press).get("/").text)
    assert "13 Sep 2023" in said
    assert "Ada Quill → Rob Stone · CONSULT · Vostok Bay" in said
    assert "2 reports 2 independent origins disputed: when" in said


def test_a_long_timeline_is_folded_beneath_what_is_main(tmp_path: Path) -> None:
    busy = write_busy(tmp_path / "busy.ledger")
    page = visitor(busy).get("/").text
    summaries = re.findall(r'<details class="folded"><summary>([^<]+)</summary>', page)
    assert summaries == ["1 of background", "1 of background", "6 details", "3 details"]
    assert {f"/happening/{one.id}" for one in desk.timeline(busy)} == set(re.findall(r"/happening/[0-9a-f]{16}", page))
    assert "<details" not in visitor(busy).get("/?who=civic").text
    day = visitor(busy).get("/?when=2023-09-16").text
    assert "<details" not in day and day.count('class="happening item"') == 7


def test_the_timeline_is_sifted_and_keeps_what_was_asked(press: Path) -> None:
    page = visitor(press).get("/?who=civic&type=assault").text
    assert "Civic Front" in words_of(page) and "Ada Quill" not in words_of(page)
    assert 'name="who" value="civic"' in page
    assert "<option selected>ASSAULT</option>" in page


def test_all_prints_of_a_statement_are_found_from_any_page_of_the_list(tmp_path: Path) -> None:
    path = tmp_path / "said.ledger"
    with Ledger.open(path, write=True) as ledger:
        for number in range(5):
            story = [
                Told("Ada Quill", "met", "Rob Stone", said_by="KCNA", more="to talk of “harbour” shells and salt"),
                Told(f"Bo Lindt {number}", "warned", "Dina Sato", said_by="KCNA"),
            ]
            ledger.put([taken(reading_of(story, origin=f"https://{number}.example/1", publisher=f"Paper {number}"))])
    client = visitor(path)
    page = client.get("/statements?limit=3").text
    assert "on this page" in words_of(page)
    [address] = set(re.findall(r'href="([^"]+)">wherever it is printed<span class="vh">: Ada Quill met', page))
    everywhere = words_of(client.get(address.replace("&amp;", "&")).text)
    assert "printed 5 times: Paper" in everywhere and "Bo Lindt" not in everywhere


def test_many_tellings_are_paged(press: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(happening, "MOST", 1)
    client = visitor(press)
    first = client.get(f"/happening/{MET}").text
    assert f'href="/happening/{MET}?offset=1"' in first and 'rel="prev"' not in first
    second = client.get(f"/happening/{MET}?offset=1").text
    assert f'rel="prev" href="/happening/{MET}"' in second and 'rel="next"' not in second
    assert f'id="event-{QUILL_MET}"' in first + second and f'id="event-{WIRE_MET}"' in first + second
    assert first.count("<tbody") == second.count("<tbody") == 1
    assert 'href="/event/' in first and client.get(f"/happening/{MET}?offset=9").status_code == 200


def test_a_day_is_told_by_the_hour(tmp_path: Path) -> None:
    path = tmp_path / "hours.ledger"
    clocks = ("T18:05", "", "T07:30", "T18:40")
    told = [Told(f"Ada {n}", "met", f"Rob {n}", when=f"2023-09-13{clock}") for n, clock in enumerate(clocks)]
    with Ledger.open(path, write=True) as ledger:
        ledger.put([taken(reading_of(told, origin="https://one.example/1"))])
        corroborate(ledger)
    page = visitor(path).get("/?when=2023-09-13").text
    heads = re.findall(r'<section class="day"(?: id="(h\d\d)")?>\s*<h2>([^<]+)</h2>', page)
    assert heads == [("", "13 Sep 2023"), ("h07", "07:00"), ("h18", "18:00")]
    assert re.findall(r'href="#(h\d\d)">', page) == ["h07", "h18"]
    assert "07:00" not in re.findall(r"<h2>([^<]+)</h2>", visitor(path).get("/?when=2023-09").text)


def test_a_happening_stands_under_the_time_that_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "long.ledger"
    with Ledger.open(path, write=True) as ledger:
        for number, day in enumerate(("2023-03-04", "2023-09-13")):
            story = [Told("Ada Quill", "met", "Rob Stone", when=day)]
            ledger.put([taken(reading_of(story, origin=f"https://{number}.example/1"))])
        corroborate(ledger)
        first, second = (entry.id for entry in ledger.ask(Question()).entries)
        desk.judge(ledger, "same", first, second)
    client = visitor(path)
    assert "<h2>13 Sep 2023</h2>" in client.get("/?when=2023-09").text
    assert "<h2>4 Mar 2023</h2>" in client.get("/").text


def test_time_is_zoomed_into_step_by_step(press: Path) -> None:
    client = visitor(press)
    assert 'href="/?when=2023"' in client.get("/").text
    page = client.get("/?when=2023").text
    assert 'href="/?when=2023-09"' in page and ">All time<" in page
    days = client.get("/?when=2023-09").text
    assert 'href="/?when=2023-09-13"' in days and 'href="/?when=2023-09-12"' not in days


def test_a_list_is_turned_page_by_page(press: Path) -> None:
    client = visitor(press)
    first = client.get("/?limit=1").text
    [further] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = client.get(further.replace("&amp;", "&")).text
    assert words_of(first) != words_of(second)
    assert 'rel="prev"' in second
    assert "Nothing more." in words_of(client.get("/?offset=900").text)


def test_a_happening_marks_the_cells_that_differ_and_those_told_alike(press: Path) -> None:
    page = visitor(press).get(f"/happening/{MET}").text
    assert re.findall(r'<td data-label="When" class="differs">([^<]+)', page) == ["14 Sep 2023", "13 Sep 2023"]
    assert re.findall(r'<td data-label="Who" class="agrees">([^<]+)', page) == ["Ada Quill", "Ada Quill"]
    said = words_of(page)
    assert "KCNA cited state-controlled (KP)" in said
    assert "the time is disputed" in said
    assert "<mark>met</mark>" in page


def test_ids_lead_to_their_pages(press: Path) -> None:
    client = visitor(press)
    for path, there in ((f"/show/{MET[:8]}", f"/happening/{MET}"), (f"/search?words={MET}", f"/happening/{MET}"),
                        (f"/happening/{QUILL_MET}", f"/event/{QUILL_MET}")):  # fmt: skip
        assert client.get(path, follow_redirects=False).headers["location"] == there


@pytest.mark.parametrize(
    ("path", "status"), [("/happening/ffffffff", 404), ("/happening/zz", 400), ("/show/ffff", 404)]
)
def test_an_id_of_nothing_is_said_to_be_none(press: Path, path: str, status: int) -> None:
    assert visitor(press).get(path).status_code == status


def test_tellings_are_parted_and_the_parting_is_taken_back(own_press: Path) -> None:
    client = visitor(own_press)
    seal = seal_in(client.get("/").text)
    form = {"seal": seal, "event": [QUILL_MET], "deed": "part", "by": "Ann", "because": "two meetings"}
    page = client.post(f"/happening/{MET}", data=form, headers={"origin": HOME}).text
    assert "Parted" in words_of(page)
    assert len([each for each in desk.timeline(own_press) if "Rob Stone" in each.recipients]) == 2
    assert "different , by Ann" in words_of(page) and "two meetings" in page
    at = re.search(r'name="at" value="([^"]+)"', page)
    assert at
    there = re.search(r'action="(/happening/[^"]+)"', page)
    assert there
    undo = {"seal": seal, "deed": "undo", "verdict": "different", "by": "Ann", "at": at[1]}
    undone = client.post(there[1], data=undo, headers={"origin": HOME})
    assert "Taken back." in words_of(undone.text)
    assert len([each for each in desk.timeline(own_press) if "Rob Stone" in each.recipients]) == 1


def test_a_happening_is_joined_with_another(own_press: Path) -> None:
    client = visitor(own_press)
    other = next(each.id for each in desk.timeline(own_press) if each.type == "SUPPORT")
    form = {"seal": seal_in(client.get("/").text), "deed": "join", "other": other}
    answer = client.post(f"/happening/{MET}", data=form, headers={"origin": HOME})
    assert answer.status_code == 200 and "Joined" in words_of(answer.text)
    assert len(desk.timeline(own_press)) == 2
    (whole,) = {each.id for each in desk.timeline(own_press)} & {MET, other}
    (gone,) = {MET, other} - {whole}
    assert client.get(f"/happening/{gone}", follow_redirects=False).headers["location"] == f"/happening/{whole}"
    assert client.get(f"/happening/{gone[:-1]}0").status_code == 404


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"deed": "part"}, 400), ({"deed": "part", "event": [QUILL_MET, WIRE_MET]}, 400), ({"deed": "burn"}, 400),
        ({"deed": "join", "other": "ffffffff"}, 404), ({"deed": "join", "other": MET}, 400),
        ({"deed": "undo", "verdict": "same", "at": "x"}, 400), ({"deed": "undo", "verdict": "x"}, 400),
        ({"deed": "part", "event": [QUILL_MET], "by": "corroboration.en/8"}, 400), ({"by": "x" * 101}, 400),
    ],
)  # fmt: skip
def test_a_judgement_that_makes_no_sense_changes_nothing(own_press: Path, form: dict[str, str], status: int) -> None:
    client = visitor(own_press)
    before = client.get("/timeline.json").content
    sent = {"seal": seal_in(client.get("/").text), **form}
    assert client.post(f"/happening/{MET}", data=sent, headers={"origin": HOME}).status_code == status
    assert client.get("/timeline.json").content == before


def test_statements_stand_with_who_prints_them(press: Path) -> None:
    said = words_of(visitor(press).get("/statements?who=kcna").text)
    assert "KCNA in indirect speech" in said and "Example Wire , 15 Sep 2023" in said
    assert "Nobody of this name" in words_of(visitor(press).get("/statements?who=nobody").text)


def test_search_finds_sentences_with_what_was_read_in_them(press: Path) -> None:
    client = visitor(press)
    page = client.get("/search?words=%22fishing+rights%22").text
    assert "fishing rights" in words_of(page) and f'href="/happening/{MET}"' in page and "said by" in words_of(page)
    assert "No sentence has these words." in words_of(client.get("/search?words=nowhere").text)
    assert "Type words above" in client.get("/search").text


HOSTILE = 'Ada <script>alert(1)</script> <img src=x onerror="alert(2)"> \u202egnp.exe\u202c {{ 77777*7 }}'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "press.ledger"
    told = Told(HOSTILE, "met", "Rob Stone", when="2023-09-13", said_by='"><b>KCNA')
    with Ledger.open(path, write=True) as ledger:
        ledger.put([taken(reading_of([told], publisher="<i>x", origin="javascript:alert(3)", headline=HOSTILE))])
        corroborate(ledger)
    return path


@pytest.mark.parametrize("path", ["/", "/happening/ID", "/statements", "/search?words=met", "/?who=%3Cscript%3E"])
def test_no_report_can_harm_a_page(hostile: Path, path: str) -> None:
    client = visitor(hostile)
    id = client.get("/timeline.json").json()["found"][0]["id"]
    page = client.get(path.replace("ID", id)).text
    for bad in ("<script>alert", "<img", "<i>x", "<b>KCNA", 'href="javascript', "\u202e", "544439"):
        assert bad not in page
    assert "met" in page


def test_half_a_character_can_be_asked_for_and_shown(press: Path) -> None:
    assert visitor(press).get("/search?words=%ED%A0%80met").status_code < 500
