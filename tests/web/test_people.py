"""People and organisations: what they did and said, with whom, and where they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

import dateline
from dateline.model.ledger_json import answer_json
from dateline.web.app import create_app
from dateline.web.settings import Settings
from tests.desk.press import write_press


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_press(tmp_path_factory.mktemp("people") / "press.ledger")


@pytest.fixture
def client(press: Path) -> TestClient:
    return TestClient(create_app(press, Settings()), base_url="http://127.0.0.1")


def test_without_a_name_the_newest_reports_names_are_listed(client: TestClient) -> None:
    page = client.get("/people").text
    assert '<a href="/people?who=Ada%20Quill">Ada Quill</a> <span class="count">3</span>' in page


def test_somebody_has_deeds_places_company_and_words(client: TestClient) -> None:
    page = client.get("/people?who=ada+quill").text
    did, _, rest = page.partition('id="suffered"')
    assert did.count("Ada Quill met → Rob Stone") == 2
    assert "Dina Sato thanked → Ada Quill" in rest
    was, _, company = rest.partition('id="was"')[2].partition('id="company"')
    assert "13 Sep 2023" in was and "14 Sep 2023" in was and was.count("Vostok Bay") == 2
    assert "Rob Stone</a>" in company and "Ada Quill</a>" not in company.partition('id="said"')[0]
    assert "KCNA" not in client.get("/people?who=kcna").text.partition('id="said"')[0].partition("<h2")[2]


def test_what_somebody_said_is_there(client: TestClient) -> None:
    assert "the price of salt" in client.get("/people?who=kcna").text


def test_the_twin_is_what_ask_prints(client: TestClient, press: Path) -> None:
    answer = dateline.ask(press, who="quill")
    assert client.get("/people.json?who=quill").text == answer_json(answer) + "\n"


@pytest.mark.parametrize("query", ["limit=x", "offset=-1", "colour=red", "who=a&who=b", f"who={'x' * 600}"])
def test_what_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/people?{query}").status_code == 400


def test_one_page_at_a_time(client: TestClient) -> None:
    page = client.get("/people?who=ada+quill&limit=1").text
    assert "offset=1" in page and "Further down the list" in page
    assert "Nothing more." in client.get("/people?who=ada+quill&offset=50").text
