"""Pasted pages: what each of their lines is, and that no reporting is lost."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake import read_page, read_report
from dateline.intake.pasted import find_lines
from dateline.model import Report
from tests.intake.pasted_reports import REPORTS, laid_out


def pasted(text: str) -> Report:
    return read_report(read_page(text, as_="text"))


def shown(report: Report) -> list[tuple[str, str]]:
    """Each block of a report with its kind, as the tables of reports write it."""
    kinds = [f"{block.kind}/{block.sort}" if block.sort else block.kind for block in report.blocks]
    return [(kind, block.span.of(report.text)) for kind, block in zip(kinds, report.blocks, strict=True)]


@pytest.mark.parametrize("name", REPORTS)
def test_each_line_of_a_pasted_report_is_told_for_what_it_is(name: str) -> None:
    text, lines = laid_out(REPORTS[name])
    found = shown(pasted(text))
    assert sorted(found) == sorted(lines)


@pytest.mark.parametrize("name", REPORTS)
def test_no_reporting_is_lost(name: str) -> None:
    text, lines = laid_out(REPORTS[name])
    report = pasted(text)
    read = [block.span.of(report.text) for block in report.blocks if block.readable]
    told = ("headline", "standfirst", "paragraph", "caption")
    assert [line for kind, line in lines if kind in told and line not in read] == []


def test_the_headline_stands_first_and_what_was_printed_before_it_last() -> None:
    report = pasted(
        "Skip to content\nMenu\nTwo held over fake papers\n\nPolice held two men on Sunday, a court heard in Nashik."
    )
    assert report.text.startswith("Two held over fake papers\n\nPolice held")
    assert report.text.endswith("Skip to content\n\nMenu")


def test_a_text_with_nothing_before_its_headline_is_kept_as_it_stands() -> None:
    text = "\r\n Two held over fake papers \r\n\r\n\tPolice held two men on Sunday,\u00a0a court heard in Nashik.\r\n"
    report = pasted(text)
    assert report.text == text
    assert [block.kind for block in report.blocks] == ["headline", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "Kim left Russia on Sunday.",
        "Kim left Russia on Sunday after a visit of six days, Tass reported, and his train crossed the border.",
        "no stop and no capital in this line of words",
    ],
)
def test_a_single_line_is_a_paragraph(text: str) -> None:
    assert shown(pasted(text)) == [("paragraph", text)]


def test_a_first_line_that_ends_in_a_full_stop_is_no_headline() -> None:
    report = pasted(
        "He left at dawn.\n\nThe train crossed the border at Khasan on Sunday, a railway worker told reporters."
    )
    assert report.headline is None


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The train left the station at Artyom on Sunday morning after a farewell\n"
        "ceremony, and it crossed the border at Khasan, some 200 kilometres\n"
        "further south, in the evening of the same day, according to people who\n"
        "saw it pass through the villages on the way and who took pictures of\n"
        "it, which were later shown on television.\n"
        "\n"
        "Nobody was hurt when a dog ran on to the line in front of the engine\n"
        "near the border.\n"
    )
    blocks = pasted(text).blocks
    assert [text[block.start : block.end][-10:] for block in blocks] == ["elevision.", "he border."]


@given(st.text(max_size=300))
def test_lines_lie_in_the_text_in_order_and_leave_out_white_space_only(text: str) -> None:
    lines = find_lines(text)
    kept = "".join(line.of(text) for line in lines)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(lines))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "x" * 1_000_000,
        "“" * 500_000,
        "Your support " * 80_000,
        "By A B, " * 120_000,
        "12:26 " * 160_000,
    ],
    ids=["words", "one word", "quotes", "appeals", "bylines", "times"],
)
def test_a_megabyte_on_one_line_is_read_in_a_moment(text: str) -> None:
    started = time.monotonic()
    report = pasted(text)
    assert time.monotonic() - started < 4
    assert report.text == text
