"""A report that means harm is shown to the letter, on every page, and does nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import dateline
from tests.browser.conftest import Visitor
from tests.browser.driving import Visit

TURNING = "[\u202a-\u202e\u2066-\u2069]"
HARM = (Path(__file__).parent / "harm.js").read_text(encoding="utf-8").partition("\n")[2]


def harm(visited: Visit) -> dict[str, object]:
    found: dict[str, object] = visited.page.evaluate(HARM)
    found["text"] = re.findall(TURNING, str(found["text"]))
    return {name: value for name, value in found.items() if value}


def test_no_page_is_harmed(press: Path, home: str, visit: Visitor) -> None:
    entries = [e for e in dateline.ask(press, limit=500).entries if "Evil Post" in (e.report.publisher or "")]
    assert len(entries) >= 5, "the hostile report was not read"
    report = entries[0].report
    happenings = dict.fromkeys(entry.happening for entry in entries)
    paths = [
        "/", "/?words=window", "/?who=mallory", "/?publisher=evil", "/people", "/people?who=mallory", "/people?who=kim",
        "/people?who=%22%3E%3Cscript%3Ewindow.pwned%3D20%3C/script%3E", "/map", "/statements", "/statements?words=warm",
        "/search?words=pwned", "/search?words=%3Cimg+src%3Dx+onerror%3Dwindow.pwned%3D21%3E",
        f"/report/{report.report}",
        f"/report/{report.report}/editions", *(f"/event/{entry.id}" for entry in entries[:6]),
        *(f"/happening/{id}" for id in happenings if id),
    ]  # fmt: skip
    visited = visit(home)
    for path in paths:
        visited.open(path)
        assert harm(visited) == {}, path


def test_what_was_printed_is_shown_to_the_letter(press: Path, home: str, visit: Visitor) -> None:
    entry = next(e for e in dateline.ask(press, limit=500).entries if "Evil Post" in (e.report.publisher or ""))
    page = visit(home).open(f"/report/{entry.report.report}")
    shown = page.locator("article").evaluate("e => e.textContent")
    for words in (
        "<script>window.pwned=1</script> Kim",
        "<svg onload=window.pwned=5>",
        "${window.pwned=11}",
        "{{ 7 * 7 }}",
    ):
        assert words in shown
    assert page.locator("bdi.unseen[data-code='U+202E'], bdi.unseen[data-code*='202E']").count() == 1


@pytest.mark.parametrize(
    "path", ["/?who={}", "/people?who={}", "/statements?who={}", "/search?words={}", "/nowhere/{}"]
)
def test_an_address_that_means_harm_does_none(path: str, home: str, visit: Visitor) -> None:
    visited = visit(home)
    visited.open(
        path.format("%22'%3E%3Csvg%20onload%3Dwindow.pwned%3D30%3E%E2%80%AE"), 404 if "nowhere" in path else 200
    )
    assert harm(visited) == {}


def test_hostile_words_come_in_by_the_form_and_stay_words(own_home: str, visit: Visitor) -> None:
    visited = visit(own_home)
    page = visited.open("/add")
    page.get_by_label("A report as you copied it").fill(
        "<script>window.pwned=40</script> Quill opens a bridge\n\n"
        "Mayor <img src=x onerror=window.pwned=41> Quill opened a bridge \u202enopu\u202c on Monday, officials said.\n"
    )
    page.get_by_label("Who published it").fill("<b onmouseover=window.pwned=42>Post</b>")
    page.get_by_label("Published, where").fill("2023-09-18")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("status").filter(has_text="1 new report").wait_for(timeout=60_000)
    assert harm(visited) == {}
    page.locator(".taken a").click()
    page.wait_for_url(re.compile("/report/"))
    assert harm(visited) == {}


def test_no_foreign_page_can_write(own_press: Path, own_home: str, visit: Visitor) -> None:
    event = dateline.ask(own_press).entries[0].id
    visited = visit(own_home)
    visited.open("/")
    visited.forgiven.add(403)
    page = visited.page
    form = {"do": "reject"}
    page.set_content(
        f"<form id=f method=post action='{visited.home}/event/{event}'>"
        + "".join(f"<input name={name} value={json.dumps(value)}>" for name, value in form.items())
        + "</form>"
    )
    with page.expect_navigation() as gone:
        page.evaluate("document.getElementById('f').submit()")
    answer = gone.value
    assert answer is not None and answer.status == 403
    assert dateline.ask(own_press).entries[0].id == event
