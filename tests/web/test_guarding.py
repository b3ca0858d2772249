"""What the guard lets through, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.web.guarding import HEADERS
from dateline.web.settings import Settings
from tests.web.visiting import HOME, seal_in, visitor

TOKEN = "a-token-nobody-guesses"


@pytest.mark.parametrize("path", ["/", "/nowhere", "/timeline.json", "/static/desk.css", "/?type=nonsense"])
def test_every_answer_has_the_headers(press: Path, path: str) -> None:
    answer = visitor(press).get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_the_policy_lets_no_inline_script_or_style_run(press: Path) -> None:
    policy = visitor(press).get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy


@pytest.mark.parametrize("path", ["/", "/happening/ID", "/statements", "/search?words=met", "/api", "/enter"])
def test_pages_hold_nothing_inline(press: Path, path: str) -> None:
    page = page_at(press, path)
    assert "<style" not in page and " style=" not in page and " onclick=" not in page
    assert page.count("<script") == page.count("<script src=")


def page_at(press: Path, path: str) -> str:
    client = visitor(press)
    id = client.get("/timeline.json").json()["found"][0]["id"]
    answer = client.get(path.replace("ID", id))
    assert answer.status_code == 200
    return str(answer.text)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200), ("localhost", 200), ("LOCALHOST:1", 200), ("[::1]:8765", 200),
        ("rebound.example", 421), ("127.0.0.1.rebound.example", 421), ("", 421), ("rebound.example:127.0.0.1", 421),
    ],
)  # fmt: skip
def test_only_names_of_this_machine_are_answered_to(press: Path, host: str, status: int) -> None:
    assert visitor(press).get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "http://[bad"},
    ],
)  # fmt: skip
def test_writes_from_elsewhere_are_refused(press: Path, headers: dict[str, str]) -> None:
    client = visitor(press)
    answer = client.post("/happening/abcd", data={"seal": seal_in(client.get("/").text)}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("seal", ["", "wrong", "ключ"])
def test_writes_without_the_seal_are_refused(press: Path, seal: str) -> None:
    answer = visitor(press).post("/happening/abcd", data={"seal": seal}, headers={"origin": HOME})
    assert answer.status_code == 403
    assert "older than the server" in answer.text


def test_a_body_that_is_too_big_is_refused_whether_or_not_it_says_so(press: Path) -> None:
    client = visitor(press, Settings(most_body=1000))

    def chunks() -> Iterator[bytes]:
        for _ in range(10):
            yield b"x" * 500

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/happening/abcd", content=b"x" * 1001, headers=kind).status_code == 413
    assert client.post("/happening/abcd", content=chunks(), headers=kind).status_code == 413


def test_an_address_that_is_too_long_is_refused(press: Path) -> None:
    assert visitor(press).get(f"/?words={'x' * 9000}").status_code == 414


def test_with_a_token_nothing_is_shown_to_who_does_not_know_it(press: Path) -> None:
    client = visitor(press, Settings(token=TOKEN))
    for path in ("/", "/timeline.json", "/static/desk.js", "/happening/abcd", "/openapi.json", "/?token=wrong"):
        assert client.get(path).status_code == 401, path
    assert client.get("/enter").status_code == 200


def test_the_address_with_the_token_lets_in_and_forgets_it(press: Path) -> None:
    client = visitor(press, Settings(token=TOKEN))
    answer = client.get(f"/timeline.json?limit=1&token={TOKEN}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/timeline.json?limit=1"
    assert TOKEN not in answer.headers["set-cookie"]
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert client.get("/timeline.json").status_code == 200


def test_a_program_brings_the_token_in_a_header(press: Path) -> None:
    client = visitor(press, Settings(token=TOKEN))
    assert client.get("/timeline.json", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.get("/timeline.json", headers={"authorization": "Bearer wrong"}).status_code == 401


@pytest.mark.parametrize(("given", "status"), [(TOKEN, 200), (f" {TOKEN} ", 200), ("wrong", 401), ("", 401)])
def test_the_token_can_be_typed_in(press: Path, given: str, status: int) -> None:
    client = visitor(press, Settings(token=TOKEN))
    assert client.post("/enter", data={"token": given}).status_code == status


def test_a_redirect_never_leaves_the_app(press: Path) -> None:
    client = visitor(press, Settings(token=TOKEN))
    answer = client.get(f"{HOME}//elsewhere.example/?token={TOKEN}", follow_redirects=False)
    assert answer.headers["location"] == "/elsewhere.example/"
