"""What is written from the browser, with scripts and without: corrections, judgements, new reports, each taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

import dateline
from dateline.ledger import Ledger
from tests.browser.conftest import Visitor
from tests.browser.driving import ROOT
from tests.browser.test_pages import most_told

BRIDGE = (
    "Mayor opens a bridge\n\nMayor Ada Quill opened a new bridge in Vladivostok on Monday, officials said.\n\n"
    "She thanked its builders, and met Rob Stone, the governor, who denied that it had cost too much.\n"
)


def corrections(ledger: Path) -> list[tuple[str, str]]:
    with Ledger.open(ledger) as book:
        return [(each.field, each.value) for each in book.corrections()]


def test_a_cell_is_corrected_in_place_and_given_back(own_press: Path, own_home: str, visit: Visitor) -> None:
    entry = most_told(own_press).entries[0]
    page = visit(own_home).open(f"/report/{entry.report.report}")
    row = page.locator("tbody.event").filter(has=page.locator(f"a[href*='/event/{entry.id}']"))
    row.get_by_role("link", name=re.compile("Check or correct")).click()
    form = row.get_by_role("form", name="The cells of this event")
    form.get_by_role("textbox", name="When").fill("2023-09-02")
    form.get_by_role("textbox", name="By").fill("Ann")
    form.get_by_role("button", name="Save what I typed").click()
    expect(row).to_contain_text("by hand: when")
    expect(row).to_contain_text("2 Sep 2023")
    assert corrections(own_press) and page.url.partition("#")[0].endswith(f"/report/{entry.report.report}")
    row.get_by_role("link", name=re.compile("Check or correct")).click()
    expect(form).to_contain_text("(Ann)")
    form.get_by_role("button", name=re.compile("Give back.*When")).click()
    expect(row).not_to_contain_text("by hand")
    assert corrections(own_press) == []


def test_a_refusal_stands_beside_what_was_typed(own_press: Path, own_home: str, visit: Visitor) -> None:
    entry = most_told(own_press).entries[0]
    visited = visit(own_home)
    page = visited.open(f"/report/{entry.report.report}")
    visited.forgiven.add(400)
    row = page.locator("tbody.event").filter(has=page.locator(f"a[href*='/event/{entry.id}']"))
    row.get_by_role("link", name=re.compile("Check or correct")).click()
    form = row.get_by_role("form", name="The cells of this event")
    form.get_by_role("textbox", name="When").fill("soon")
    form.get_by_role("button", name="Save what I typed").click()
    expect(form.get_by_role("alert")).to_contain_text("soon")
    assert form.get_by_role("textbox", name="When").input_value() == "soon"
    assert visited.alarms() == [] and corrections(own_press) == []


def test_cells_are_corrected_without_scripts(own_press: Path, own_home: str, visit: Visitor) -> None:
    entry = most_told(own_press).entries[0]
    page = visit(own_home, java_script_enabled=False).open(f"/report/{entry.report.report}")
    page.locator(f"a[href*='/event/{entry.id}']").first.click()
    page.get_by_role("combobox", name="Status").select_option("denied")
    page.get_by_role("button", name="Save what I typed").click()
    page.wait_for_url(re.compile(r"/report/\w+#e\d+"))
    expect(page.get_by_text("by hand: status")).to_be_visible()
    assert corrections(own_press) == [("status", '"denied"')]
    page.locator(f"a[href*='/event/{entry.id}']").first.click()
    page.get_by_role("button", name=re.compile("Give back.*Status")).click()
    expect(page.get_by_text("by hand: status")).to_have_count(0)
    assert corrections(own_press) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_an_event_is_rejected_and_comes_back(scripts: bool, own_press: Path, own_home: str, visit: Visitor) -> None:
    entry = most_told(own_press).entries[0]
    page = visit(own_home, java_script_enabled=scripts).open(f"/report/{entry.report.report}")
    number = page.locator("tbody.event").count()
    page.locator(f"a[href*='/event/{entry.id}']").first.click()
    page.get_by_role("button", name="This is no event").click()
    expect(page.get_by_role("heading", name=re.compile("Rejected by hand"))).to_be_visible()
    expect(page.locator("tbody.event")).to_have_count(number - 1)
    page.get_by_role("link", name=re.compile("take that back")).click()
    page.get_by_role("button", name="It is an event after all").click()
    expect(page.get_by_text("Rejected by hand.")).to_have_count(0)
    assert corrections(own_press) == []
    page.goto(f"/report/{entry.report.report}")
    expect(page.locator("tbody.event")).to_have_count(number)


def told(page: Page) -> int:
    return page.locator("table.told tbody").count()


@pytest.mark.parametrize("scripts", [True, False])
def test_tellings_are_parted_and_joined_and_both_are_undone(
    scripts: bool, own_press: Path, own_home: str, visit: Visitor
) -> None:
    one = most_told(own_press)
    page = visit(own_home, java_script_enabled=scripts).open(f"/happening/{one.id}")
    assert told(page) == len(one.entries)
    box = page.get_by_role("checkbox").last
    apart = box.get_attribute("value")
    box.check()
    page.get_by_text("Join or part by hand").click()
    page.get_by_label("Your name").fill("Ann")
    page.get_by_label("Why").fill("another visit")
    page.get_by_role("button", name="Part the ticked tellings").click()
    expect(page.get_by_role("status").filter(has_text="Parted")).to_be_visible()
    # What only the parted telling held together falls apart with it.
    assert 1 <= told(page) < len(one.entries)
    expect(page.get_by_text("another visit")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_be_visible()
    assert told(page) == len(one.entries)

    other = next(h for h in dateline.timeline(own_press, limit=200) if len(h.entries) == 1)
    page.get_by_text("Join or part by hand").click()
    page.get_by_label("Another happening or event").fill(other.id)
    page.get_by_role("button", name="Join it with this one").click()
    expect(page.get_by_role("status").filter(has_text="Joined")).to_be_visible()
    assert told(page) == len(one.entries) + 1 and apart
    page.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_be_visible()
    assert sorted(len(h.entries) for h in dateline.timeline(own_press, limit=200) if h.id in (one.id, other.id)) == [
        1, len(one.entries),
    ]  # fmt: skip


@pytest.mark.parametrize("scripts", [True, False])
def test_pasted_words_become_a_report(scripts: bool, own_press: Path, own_home: str, visit: Visitor) -> None:
    visited = visit(own_home, java_script_enabled=scripts)
    page = visited.open("/add")
    page.get_by_label("A report as you copied it").fill(BRIDGE)
    page.get_by_label("Who published it").fill("Example Post")
    page.get_by_label("Published, where").fill("2023-09-18")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(re.compile("/add/[0-9a-f]{16}$"))
    done = page.get_by_role("status").filter(has_text="1 new report")
    for _ in range(60):
        if scripts or done.count():
            break
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Look again").click()
    expect(done).to_be_visible(timeout=60_000)
    assert not scripts or visited.alarms() == []
    page.get_by_role("link", name="Mayor opens a bridge").click()
    expect(page.locator("article")).to_contain_text("Ada Quill opened a new bridge")
    assert any("Quill" in actor.name for e in dateline.ask(own_press, who="quill").entries for actor in e.event.actors)


def test_files_are_added_and_what_cannot_be_read_is_told(own_press: Path, own_home: str, visit: Visitor) -> None:
    page = visit(own_home).open("/add")
    picture: FilePayload = {
        "name": "photo <b>.jpg",
        "mimeType": "image/jpeg",
        "buffer": b"\xff\xd8\xff\xe0\0\x10JFIF\0" * 30,
    }
    story: FilePayload = {"name": "bridge.txt", "mimeType": "text/plain", "buffer": BRIDGE.encode()}
    known = next((ROOT / "examples").glob("*.html"))
    again: FilePayload = {"name": known.name, "mimeType": "text/html", "buffer": known.read_bytes()}
    page.locator("#files").set_input_files([picture, story, again])
    expect(page.locator(".chosen li")).to_have_count(3)
    page.get_by_label("Published, where").fill("2023-09-18")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="1 new report, 1 known already, 1 refused")).to_be_visible(
        timeout=60_000
    )
    expect(page.locator(".refusals li")).to_contain_text("photo <b>.jpg")
    expect(page.get_by_role("link", name="Mayor opens a bridge")).to_be_visible()


def test_dropped_files_are_chosen(home: str, visit: Visitor) -> None:
    page = visit(home).open("/add")
    page.evaluate(
        """() => {
          const moved = new DataTransfer();
          moved.items.add(new File(["words"], "dropped.txt", {type: "text/plain"}));
          for (const kind of ["dragenter", "dragover", "drop"])
            document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: moved, bubbles: true, cancelable: true}));
        }"""
    )
    expect(page.locator(".chosen li")).to_contain_text("dropped.txt")
    assert page.locator("#files").evaluate("e => e.files.length") == 1


def test_nothing_to_add_is_said(own_home: str, visit: Visitor) -> None:
    visited = visit(own_home)
    page = visited.open("/add")
    visited.forgiven.add(400)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("main")).to_contain_text("there is nothing to add")
