"""From an address to a question and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from dateline.web.asking import link, read_question
from tests.web.visiting import visitor

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(lambda text: text.strip())


def request_of(address: str) -> Request:
    path, _, query = address.partition("?")
    return Request({"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []})


@given(who=TEXT, words=TEXT, offset=st.integers(0, 1_000_000), main=st.booleans())
def test_an_address_comes_back_as_the_question_that_it_was_made_of(
    who: str, words: str, offset: int, main: bool
) -> None:
    asked = {"who": who, "words": words, "offset": offset, "main": main}
    read = read_question(request_of(link("/", asked)))
    assert {name: read[name] for name in asked} == asked


def test_what_a_form_sends_empty_is_not_asked() -> None:
    assert read_question(request_of("/?who=&when=+&limit="))["who"] is None


@pytest.mark.parametrize("page", ["/", "/timeline.json", "/statements", "/said.json", "/search", "/search.json"])
@pytest.mark.parametrize(
    "query",
    [
        "nothing=1", "words=a&words=b", "limit=-1", "limit=1001", "limit=x", "limit=%D9%A3", "offset=1000001",
        f"words={'x' * 501}", "offset=1e5", "limit=99999999999999999999999",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(press: Path, page: str, query: str) -> None:
    answer = visitor(press).get(f"{page}?{query}")
    assert answer.status_code == 400
    if page.endswith(".json"):
        assert answer.json()["error"]["todo"]
    else:
        assert "<h1>" in answer.text


@pytest.mark.parametrize(
    "query", ["type=nonsense", "status=x", "when=someday", "where=99,999", "main=1", "words=%3F%3F"]
)
@pytest.mark.parametrize("page", ["/", "/timeline.json", "/ask.json"])
def test_what_the_desk_does_not_understand_is_the_visitors_error(press: Path, page: str, query: str) -> None:
    assert visitor(press).get(f"{page}?{query}").status_code == 400
