"""Adding from the browser: what is handed over gets into the ledger, and what cannot is told."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from dateline.desk.adding import read_with
from dateline.desk.receiving import Handed, receive
from dateline.errors import SettingError
from dateline.intake.sources import Parcel
from dateline.ledger import Ledger
from dateline.model import Reading, Refused, Taken
from dateline.web.jobs import WAITING, Jobs
from tests.web.visiting import HOME, TestClient, seal_in, visitor, words_of

BRIDGE = (
    "Mayor opens a bridge\n\nMayor Ada Quill opened a new bridge in the town on Monday, and thanked its builders.\n"
)


def unread(parcel: Parcel) -> Taken | Refused:
    return read_with(parcel, lambda report: Reading(report))


def client_on(ledger: Path) -> TestClient:
    client = visitor(ledger)
    client.app.state.jobs = Jobs(ledger, workers=1, work=unread)  # type: ignore[attr-defined]
    return client


def hand(client: TestClient, **given: Any) -> Any:
    files = given.pop("files", None)
    seal = given.pop("seal", seal_in(client.get("/add").text))
    data = {"seal": seal, **given}
    return client.post("/add", data=data, files=files, headers={"origin": HOME}, follow_redirects=False)


def end_of(client: TestClient, address: str) -> dict[str, Any]:
    for _ in range(500):
        told: dict[str, Any] = client.get(f"{address}.json").json()
        if told["state"] in ("done", "failed"):
            return told
        time.sleep(0.01)
    raise AssertionError(told)


def test_pasted_words_become_a_report(own_press: Path) -> None:
    client = client_on(own_press)
    answer = hand(client, words=BRIDGE, publisher="Example Post", published="2023-09-18", url="https://post.example/9")
    assert answer.status_code == 303
    told = end_of(client, answer.headers["location"])
    assert told["kept"]["added"] == 1 and told["error"] is None
    [edition] = told["editions"]
    report = edition["report"]
    assert (report["publisher"], report["published"], report["origin"]) == (
        "Example Post", "2023-09-18", "https://post.example/9",
    )  # fmt: skip
    page = client.get(answer.headers["location"]).text
    assert f'href="/report/{edition["id"]}"' in page and "hx-trigger" not in page
    assert "1 new report" in words_of(client.get("/add").text)


def test_files_come_under_their_own_names_and_refusals_are_shown(own_press: Path) -> None:
    client = client_on(own_press)
    picture = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" * 20
    files = [
        ("files", ("bridge.txt", BRIDGE.encode(), "text/plain")),
        ("files", ("../../etc/<b>cat.jpg", picture, "image/jpeg")),
    ]
    address = hand(client, files=files).headers["location"]
    told = end_of(client, address)
    assert (told["kept"]["added"], told["kept"]["refused"]) == (1, 1)
    assert told["editions"][0]["report"]["origin"] == "bridge.txt"
    assert told["refusals"][0]["origin"] == "<b>cat.jpg"
    page = client.get(address).text
    assert "&lt;b&gt;cat.jpg" in page and "<b>cat" not in page
    assert end_of(client, hand(client, files=files).headers["location"])["kept"]["known"] == 2


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 400),
        ({"words": "   "}, 400),
        ({"address": "file:///etc/passwd"}, 400),
        ({"words": BRIDGE, "url": "javascript:alert(1)"}, 400),
        ({"words": BRIDGE, "published": "soonish"}, 400),
        ({"words": BRIDGE, "publisher": "x" * 3_000}, 400),
        ({"words": BRIDGE, "seal": "forged"}, 403),
    ],
)
def test_what_cannot_be_added_is_refused_before_it_is_put_in_line(
    own_press: Path, given: dict[str, str], status: int
) -> None:
    client = client_on(own_press)
    assert hand(client, **given).status_code == status
    assert "Lately" not in words_of(client.get("/add").text)


def test_another_site_cannot_add(own_press: Path) -> None:
    client = client_on(own_press)
    data = {"seal": seal_in(client.get("/add").text), "words": BRIDGE}
    assert client.post("/add", data=data, headers={"origin": "https://evil.example"}).status_code == 403


def test_an_address_in_the_own_network_is_not_fetched(own_press: Path) -> None:
    received = receive(Handed(address="http://127.0.0.1:9/x"), own_press, workers=1, work=unread)
    [refused] = received.refusals
    assert "private network" in refused.what


def test_what_goes_wrong_ends_one_lot_and_not_the_next(own_press: Path) -> None:
    ledger = own_press.parent / "no-such-folder" / "press.ledger"
    broken = Jobs(ledger, workers=1, work=unread)
    first = broken.put("first", Handed(words=BRIDGE))
    second = broken.put("second", Handed(words=BRIDGE + "More.\n"))
    for job in (first, second):
        while not job.is_over:
            time.sleep(0.01)
        assert job.state == "failed" and job.error is not None


def test_only_so_much_waits(own_press: Path) -> None:
    held = threading.Event()

    def slow(parcel: Parcel) -> Taken | Refused:
        held.wait(10)
        return unread(parcel)

    jobs = Jobs(own_press, workers=1, work=slow)
    try:
        with pytest.raises(SettingError, match="too much"):
            for number in range(WAITING + 2):
                jobs.put(str(number), Handed(words=f"{BRIDGE}{number}\n"))
    finally:
        held.set()
    while not all(job.is_over for job in jobs.all()):
        time.sleep(0.01)
    with Ledger.open(own_press) as ledger:
        assert sum(edition.report.origin == "pasted words" for edition in ledger.editions()) >= WAITING


@pytest.mark.parametrize("id", ["0123456789abcdef", "x", "%00", "../../etc"])
def test_a_lot_that_never_was_is_not_found(press: Path, id: str) -> None:
    assert visitor(press).get(f"/add/{id}").status_code == 404


def test_browsers_may_say_where_a_form_comes_from(press: Path) -> None:
    # Under "no-referrer" Chromium sent the form with "Origin: null", and every form of the app was refused.
    assert visitor(press).get("/add").headers["referrer-policy"] == "same-origin"
