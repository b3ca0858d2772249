"""The pages of a report and of one event: the text as printed, cells corrected in place, and hostile words harmless."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from lxml.html import document_fromstring as parse
from msgspec.structs import replace
from starlette.testclient import TestClient

import dateline
from dateline.ledger import Ledger
from dateline.model import Distance, Exhibit
from dateline.model.ledger_json import answer_json
from dateline.web.app import create_app
from dateline.web.settings import Settings
from tests.desk.press import first_print, taken, wire_print, write_press
from tests.ledger.made import Told, place, reading_of

BASE = "http://127.0.0.1"


def visit(ledger: Path) -> TestClient:
    return TestClient(create_app(ledger, Settings(seal="sealed")), base_url=BASE, follow_redirects=False)


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_press(tmp_path_factory.mktemp("press") / "press.ledger")


@pytest.fixture
def own_press(tmp_path: Path) -> Path:
    return write_press(tmp_path / "own.ledger")


def met(press: Path) -> dateline.model.Entry:
    return dateline.ask(press, who="quill", when="2023-09-13").entries[0]


def press_button(client: TestClient, event: str, **fields: str) -> str:
    answer = client.post(f"/event/{event}", data={"seal": "sealed", **fields}, headers={"origin": BASE})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def cell(press: Path, event: str) -> dict[str, str]:
    shown = dateline.show(press, event)
    assert isinstance(shown, Exhibit)
    return {each.cell: each.value for each in shown.backings}


def test_places_are_told_with_what_their_names_do_and_how_far_apart_they_are(tmp_path: Path) -> None:
    """As in the terminal: what only lies in the place of the gazetteer is not taken for it."""
    bay = place("Vostok Bay", "RU", 51.9, 128.3)
    reading = reading_of([Told("Ada Quill", "met", "Rob Stone", where=bay)], headline=None)
    (toponym,) = reading.toponyms
    modifier = replace(toponym, role="modifier", container=True)
    distance = Distance(0, 3, 60.0, (toponym.span, toponym.span), 10.0, None, agrees=False)
    ledger = tmp_path / "far.ledger"
    with Ledger.open(ledger, write=True) as book:
        book.put([taken(replace(reading, toponyms=(modifier,), distances=(distance,)))])
    page = visit(ledger).get(f"/report/{reading.report.id}").text
    assert "<td>in Vostok Bay, RU (not itself in the gazetteer) · modifier</td>" in page
    assert "“Ada” does not agree with the map, where they lie 10 km apart" in page


def text_of(page: str) -> str:
    article = re.search(r"<article.*?>(.*)</article>", page, re.DOTALL)
    assert article is not None
    return html.unescape(re.sub(r"<[^>]+>", "", article[1]))


def test_the_page_holds_the_text_to_the_letter_and_the_events(press: Path) -> None:
    entry = met(press)
    page = visit(press).get(f"/report/{entry.report.report}").text
    with Ledger.open(press) as ledger:
        assert text_of(page) == ledger.reading(entry.report.edition).text
    for words in ("Ada Quill", "Vostok Bay", "13 Sep 2023", "What happened", f"/event/{entry.id}"):
        assert words in page
    rests = re.findall(r'data-rest="([^"]+)"', page)
    assert any("e1.trigger" in each for each in rests) and 'id="e1" data-key="e1"' in page


def test_each_sentence_tells_whose_voice_it_is(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "w.ledger", write=True) as ledger:
        ledger.put([taken(wire_print())])
        report = ledger.editions()[0].id
    page = visit(tmp_path / "w.ledger").get(f"/report/{report}").text
    assert re.findall(r'class="sentence (\w+)" data-voice="([^"]+)"', page) == [
        ("own", "reporter"), ("word", "KCNA"), ("word", "officials"),
    ]  # fmt: skip
    assert "1 sentence of 3 in the reporter" in page


def test_twins_are_the_bytes_of_the_command_line(press: Path) -> None:
    client, entry = visit(press), met(press)
    for path, answer in (
        (f"/report/{entry.report.report}", dateline.show(press, entry.report.report)),
        (f"/event/{entry.id}", dateline.show(press, entry.id)),
        (f"/report/{entry.report.report}/editions", dateline.show_editions(press, entry.report.report)),
    ):
        assert client.get(f"{path}.json").text == answer_json(answer) + "\n"
        assert client.get(path).status_code == 200


def test_an_edition_that_is_not_current_says_so_and_what_changed_is_told(press: Path) -> None:
    client, entry = visit(press), met(press)
    with Ledger.open(press) as ledger:
        old, _ = ledger.editions(entry.report.report)
    assert "not current" in client.get(f"/report/{old.id}").text
    assert "not current" not in client.get(f"/report/{entry.report.edition}").text
    assert "<del>harbour</del> <ins>army</ins>" in client.get(f"/report/{entry.report.report}/editions").text


def test_what_is_typed_is_saved_and_given_back(own_press: Path) -> None:
    client, event = visit(own_press), met(own_press).id
    typed = {"do": "save", "value-who": "Dina Sato", "was-who": "Ada Quill", "value-when": "", "was-when": "2023-09-13"}
    assert press_button(client, event, **typed, by="Ann") == f"/event/{event}"
    assert cell(own_press, event)["who"] == "Dina Sato" and "when" not in cell(own_press, event)
    page = client.get(f"/event/{event}").text
    assert 'value="undo:who"' in page and "the machine read Ada Quill" in page and "(Ann)" in page
    press_button(client, event, do="undo:who")
    press_button(client, event, do="undo:when")
    assert cell(own_press, event)["who"] == "Ada Quill" and cell(own_press, event)["when"] == "2023-09-13"


def test_cells_are_confirmed_and_rejected_and_the_row_comes_back_into_view(own_press: Path) -> None:
    client, entry = visit(own_press), met(own_press)
    back = press_button(client, entry.id, do="confirm:when", row="1")
    assert back == f"/report/{entry.report.edition}#e1"
    assert "by hand: when" in client.get(back).text
    press_button(client, entry.id, do="reject:where")
    assert "where" not in cell(own_press, entry.id)


def test_a_rejected_event_leaves_the_table_and_can_come_back(own_press: Path) -> None:
    client, entry = visit(own_press), met(own_press)
    back = press_button(client, entry.id, do="reject", row="1")
    assert back.endswith("#rejected")
    page = client.get(back).text
    assert "Rejected by hand" in page and f'hx-get="/event/{entry.id}' not in page
    assert "It is an event after all" in client.get(f"/event/{entry.id}").text
    press_button(client, entry.id, do="undo")
    assert f'hx-get="/event/{entry.id}' in client.get(f"/report/{entry.report.report}").text


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"do": "confirm:when"}, {"origin": BASE}, 403),
        ({"do": "confirm:when", "seal": "forged"}, {"origin": BASE}, 403),
        ({"do": "confirm:when", "seal": "sealed"}, {"origin": "https://evil.example"}, 403),
        ({"do": "burn", "seal": "sealed"}, {"origin": BASE}, 400),
        ({"do": "confirm:trigger", "seal": "sealed"}, {"origin": BASE}, 400),
        ({"do": "reject:status", "seal": "sealed"}, {"origin": BASE}, 400),
        ({"do": "undo:when", "seal": "sealed"}, {"origin": BASE}, 400),
        ({"do": "save", "seal": "sealed", "value-when": "soon"}, {"origin": BASE}, 400),
        ({"do": "save", "seal": "sealed", "value-who": "x" * 20_000}, {"origin": BASE}, 400),
    ],
)
def test_what_may_not_be_written_is_refused(
    own_press: Path, fields: dict[str, str], headers: dict[str, str], status: int
) -> None:
    event = met(own_press).id
    assert visit(own_press).post(f"/event/{event}", data=fields, headers=headers).status_code == status
    with Ledger.open(own_press) as ledger:
        assert ledger.corrections() == ()


def test_nobody_is_led_elsewhere_after_a_write(own_press: Path) -> None:
    client, event = visit(own_press), met(own_press).id
    for row in ("//evil.example", "1#x", "-1", "１"):
        assert press_button(client, event, do="confirm:who", row=row[:6]) == f"/event/{event}"


@pytest.mark.parametrize("path", ["/report/zz", "/report/0000", "/event/0000", "/report/%00", "/event/%f0"])
def test_ids_that_stand_for_nothing_are_refused(press: Path, path: str) -> None:
    client = visit(press)
    assert client.get(path).status_code in (400, 404)
    assert client.get(f"{path}.json").status_code in (400, 404)
    assert client.get(f"/event/{met(press).report.report}").status_code == 404
    assert client.get(f"/report/{met(press).report.report}?colour=red").status_code == 400


def test_hostile_words_are_shown_and_do_nothing(tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script>\u202e'
    told = [Told(evil, "met", "<img src=x onerror=alert(2)>", when="2023-09-13", said_by="<svg onload=alert(3)>")]
    reading = reading_of(told, origin="javascript:alert(4)", headline=f"{evil} news", publisher="<b>Paper</b>")
    with Ledger.open(tmp_path / "h.ledger", write=True) as ledger:
        ledger.put([taken(reading)])
        (entry,) = ledger.ask(dateline.Question()).entries
    client = visit(tmp_path / "h.ledger")
    for path in (f"/report/{entry.report.report}", f"/event/{entry.id}", "/people", "/people?who=script"):
        page = client.get(path)
        assert page.status_code == 200
        for mark in ("<script>alert", "<img", "<svg onload", "<b>Paper", 'href="javascript:'):
            assert mark not in page.text, (path, mark)
        assert re.sub(r'<bdi class="unseen"[^>]*>\u202e</bdi>', "", page.text).count("\u202e") == 0
        assert "'unsafe-inline'" not in page.headers["content-security-policy"]
        attributes = {str(name) for element in parse(page.text).iter("*") for name in element.attrib}
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_an_empty_reading_has_a_page(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "e.ledger", write=True) as ledger:
        ledger.put([taken(reading_of([], headline="Nothing at all"))])
        edition = ledger.editions()[0].id
    page = visit(tmp_path / "e.ledger").get(f"/report/{edition}").text
    assert "No events were found." in page and text_of(page) == "Nothing at all"


def test_first_print_reads_as_it_stood() -> None:
    from dateline.web.article import find_voices

    assert [(each.kind, each.voice) for each in find_voices(first_print())][-1] == ("word", "Examplia State Agency")


def test_what_an_event_carries_stands_beside_it(press: Path) -> None:
    raid = next(entry for entry in dateline.ask(press, type="ASSAULT").entries if "killed 12" in entry.words)
    page = visit(press).get(f"/report/{raid.report.edition}").text
    start = raid.event.slots[0].span.start
    assert f'<a href="#at-{start}" class="slot">12 killed</a>' in page
    assert f'id="at-{start}"' in page
    assert "With 12 killed." in visit(press).get(f"/event/{raid.id}").text
