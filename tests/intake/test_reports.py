"""The bundled examples, clean text taken as it stands, and what holds for every report."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError, SettingError
from dateline.intake import plain_report, read_page, read_report
from dateline.model import Report, Span, report_id
from tests.intake.test_html import leads_back

EXAMPLES = Path(__file__).parents[2] / "examples"


def example(name: str) -> Report:
    return read_report(read_page((EXAMPLES / name).read_bytes(), name))


@pytest.mark.parametrize(
    ("name", "publisher", "published", "bylines"),
    [
        ("example-wire.html", "Example Wire", "2023-09-17T13:05:00+00:00", ("Ann Otu", "Musa Bello")),
        ("examplia-state-agency.html", "State News Agency of Examplia", "2023-09-18T08:00:00+09:00", ()),
        ("example-coast-courier.html", "Example Coast Courier", "2023-09-17T21:30:00+10:00", ("Rosa Marin",)),
    ],
)
def test_the_facts_of_each_example(name: str, publisher: str, published: str, bylines: tuple[str, ...]) -> None:
    report = example(name)
    assert (report.publisher, report.published, report.bylines) == (publisher, published, bylines)
    assert report.language == "en"


@pytest.mark.parametrize("name", [path.name for path in sorted(EXAMPLES.glob("*.html"))])
def test_each_example_is_told_apart_from_its_furniture(name: str) -> None:
    report = example(name)
    kinds = [block.kind for block in report.blocks]
    assert kinds[0] == "headline"
    assert kinds.count("caption") == 1
    assert kinds.count("paragraph") >= 6
    read = " ".join(block.span.of(report.text) for block in report.blocks if block.readable)
    assert 150 < len(read.split()) < 450
    for prompt in ("Donate", "newsletter", "Sign in", "reserved", "Most read", "Leave a reply", "inbox", "consider"):
        assert prompt not in read
    leads_back(report, read_page((EXAMPLES / name).read_bytes()).text)


def test_clean_text_is_taken_as_it_stands() -> None:
    text = " Kim left.\r\n\r\nComments\n\n \t\nHe \u00a0waved. "
    report = plain_report(text, published="2023-09-17", origin="https://news.example/a")
    assert report.text == text
    assert [block.span.of(text) for block in report.blocks] == ["Kim left.", "Comments", "He \u00a0waved."]
    assert {block.kind for block in report.blocks} == {"paragraph"}
    assert report.published == "2023-09-17"
    assert report.id == report_id("https://news.example/a", text)
    assert plain_report(text, id="x").id == "x"


def test_a_report_without_a_web_address_is_known_by_its_words() -> None:
    assert plain_report("Kim left.", origin="a.txt").id == report_id(None, "Kim left.")


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(SettingError):
        plain_report("Kim left.", published="last week")
    with pytest.raises(SettingError):
        read_report(read_page("Kim left."), published="last week")


@given(st.text(max_size=300))
def test_clean_text_of_any_kind_keeps_its_words(text: str) -> None:
    report = plain_report(text)
    kept = "".join(block.span.of(report.text) for block in report.blocks)
    assert "".join(kept.split()) == "".join(report.text.split())


@given(
    st.lists(
        st.sampled_from(["Comments", "By Ann Otu", "Kim left.", "", "\u2028", "é" * 50, "(AP)"]) | st.text(max_size=30)
    )
)
def test_pasted_text_of_any_kind_keeps_its_words_and_its_spans(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        page = read_page(text, as_="text")
        report = read_report(page)
    except InputError:
        return
    assert sorted("".join(report.text.split())) == sorted("".join(page.text.split()))
    for block in report.blocks:
        span = report.page_span(Span(block.start, block.end))
        assert span
        assert page.text[span.start : span.end] == report.text[block.start : block.end]
