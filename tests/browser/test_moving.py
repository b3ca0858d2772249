"""Filters, zooming, search and keys: what is asked stands in the address, and no mouse is needed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_pages import path_of


@pytest.mark.parametrize("scripts", [True, False])
def test_filters_sift_the_timeline_and_stand_in_the_address(scripts: bool, home: str, visit: Visitor) -> None:
    page = visit(home, java_script_enabled=scripts).open("/")
    everything = page.locator(".happening").count()
    page.get_by_label("Who", exact=True).fill("shoigu")
    page.get_by_label("Type").select_option("CONSULT")
    page.keyboard.press("Enter")
    if not scripts:
        page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile(r"who=shoigu.*type=CONSULT"))
    expect(page.locator(".happening").first).to_be_visible()
    assert 0 < page.locator(".happening").count() < everything
    for each in page.locator(".happening .type").all_inner_texts():
        assert each == "CONSULT"
    assert page.get_by_label("Who", exact=True).input_value() == "shoigu"


def test_the_way_back_shows_what_was_there(home: str, visit: Visitor) -> None:
    page = visit(home).open("/")
    everything = page.locator(".happening").count()
    page.get_by_label("Status").select_option("possible")
    page.wait_for_url(re.compile("status=possible"))
    expect(page.locator(".happening")).not_to_have_count(everything)
    page.go_back()
    expect(page.locator(".happening")).to_have_count(everything)
    assert page.get_by_label("Status").input_value() == ""


def test_what_makes_no_sense_is_said_in_place(home: str, visit: Visitor) -> None:
    visited = visit(home)
    page = visited.open("/")
    visited.forgiven.add(400)
    page.get_by_label("When").fill("soon")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_contain_text("soon")
    assert page.get_by_label("When").input_value() == "soon"


def test_time_is_zoomed_into_and_out_of(home: str, visit: Visitor) -> None:
    page = visit(home).open("/")
    periods = page.get_by_role("navigation", name="Periods")
    if periods.get_by_role("link", name=re.compile("^2020s")).count():
        periods.get_by_role("link", name=re.compile("^2020s")).click()
        page.wait_for_url(re.compile("when=202$"))
    periods.get_by_role("link", name=re.compile("^2023")).click()
    page.wait_for_url(re.compile("when=2023$"))
    periods.get_by_role("link", name=re.compile("^Sep 2023")).click()
    page.wait_for_url(re.compile("when=2023-09$"))
    periods.get_by_role("link", name=re.compile("^13 Sep 2023")).click()
    page.wait_for_url(re.compile("when=2023-09-13$"))
    assert page.locator(".happening").count() > 0
    periods.get_by_role("link", name="All time").click()
    page.wait_for_url(re.compile("/$"))


def test_search_finds_a_sentence_and_leads_to_it(home: str, visit: Visitor) -> None:
    page = visit(home).open("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("armoured train")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search\\?words=armoured"))
    hit = page.locator(".hit a.title").first
    words = hit.inner_text()
    assert "train" in words
    hit.click()
    page.wait_for_url(re.compile("/report/.*#at-"))
    mark = page.url.partition("#")[2]
    assert page.locator(f"[id='{mark}']").count() == 1


@pytest.mark.parametrize("path", ["/", "/statements", "/search?words=kim", "/people?who=kim", "/map"])
def test_lists_are_walked_with_keys(path: str, home: str, visit: Visitor) -> None:
    page = visit(home).open(path)
    place = """[...document.querySelectorAll(".item")]
        .filter((item) => item.querySelector("a[href]") && item.checkVisibility())
        .findLastIndex((item) => item.contains(document.activeElement))"""
    for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert page.evaluate(place) == at
    address = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.partition("#")[0] == address.partition("#")[0])


@pytest.mark.parametrize(
    ("key", "path"), [("t", "/"), ("s", "/statements"), ("p", "/people"), ("m", "/map"), ("a", "/add")]
)
def test_g_and_a_letter_go_to_a_page(key: str, path: str, home: str, visit: Visitor) -> None:
    page = visit(home).open("/api")
    page.keyboard.press("g")
    page.keyboard.press(key)
    page.wait_for_url(f"**{path}")


def test_the_list_of_keys_opens_and_closes(home: str, visit: Visitor) -> None:
    visited = visit(home)
    page = visited.open("/")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    assert visited.alarms() == []
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.get_by_role("button", name="Keys").click()
    expect(keys).to_be_visible()


def test_keys_are_letters_while_one_types(home: str, visit: Visitor) -> None:
    page = visit(home).open("/")
    field = page.get_by_label("Who", exact=True)
    field.focus()
    page.keyboard.type("gj?/k")
    assert field.input_value() == "gj?/k" and not page.get_by_role("dialog").is_visible()


def test_one_can_skip_to_the_page_and_all_that_is_focused_is_seen(press: Path, home: str, visit: Visitor) -> None:
    page = visit(home).open(path_of("/happening/{happening}", press))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
