"""Every page: it is drawn without a word on the console, on any width, and axe-core finds nothing serious on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect

import dateline
from dateline.model import Happening
from tests.browser.conftest import Visitor
from tests.browser.driving import served


def most_told(press: Path) -> Happening:
    """The happening that most entries tell of."""
    return max(dateline.timeline(press, limit=200), key=lambda one: len(one.entries))


def path_of(name: str, press: Path) -> str:
    one = most_told(press)
    entry = one.entries[0]
    return name.format(happening=one.id, report=entry.report.report, event=entry.id)


PAGES = (
    "/", "/?who=kim&when=2023-09", "/?who=nobody", "/?when=2023-09-13", "/happening/{happening}", "/report/{report}",
    "/report/{report}/editions", "/event/{event}", "/people", "/people?who=kim", "/people?who=nobody", "/map",
    "/map?who=kim", "/statements", "/statements?who=KCNA", "/search", "/search?words=train", "/search?words=xyzzy",
    "/add", "/api",
)  # fmt: skip
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
REFUSED = {"/nowhere": 404, "/report/zz": 400, "/?when=soon": 400}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_and_for_everybody(name: str, press: Path, home: str, visit: Visitor) -> None:
    visited = visit(home)
    page = visited.open(path_of(name, press))
    assert page.title().endswith(" · Dateline") and page.locator("h1").first.inner_text().strip()
    closed = page.locator("main details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert visited.alarms() == [], scheme


@pytest.mark.parametrize(("path", "status"), REFUSED.items())
def test_a_refusal_is_a_page_too(path: str, status: int, home: str, visit: Visitor) -> None:
    visited = visit(home)
    page = visited.open(path, status)
    assert page.locator("main h1").inner_text()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert visited.alarms() == [], scheme


@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_on_a_phone(name: str, press: Path, home: str, visit: Visitor) -> None:
    page = visit(home, viewport={"width": 360, "height": 740}).open(path_of(name, press))
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_all_without_scripts(name: str, press: Path, home: str, visit: Visitor) -> None:
    page = visit(home, java_script_enabled=False).open(path_of(name, press))
    assert page.locator("h1").first.inner_text().strip() and page.locator("main :is(p, li, form)").first.is_visible()


PRINTED = {
    "/": ".happening", "/happening/{happening}": "table.told tbody", "/report/{report}": "article",
    "/map": ".spot", "/statements": ".saying", "/people?who=kim": ".stops li",
}  # fmt: skip


@pytest.mark.parametrize(("name", "told"), PRINTED.items())
def test_what_is_printed_is_dark_on_white_and_holds_all(
    name: str, told: str, press: Path, home: str, visit: Visitor
) -> None:
    visited = visit(home, viewport={"width": 720, "height": 1000})
    page = visited.open(path_of(name, press))
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(told).first.is_visible() and not page.locator(".filters, .search, .judging").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 720
    assert [each for each in visited.alarms() if each.startswith("color-contrast")] == []


def test_the_pictures_are_drawn_from_the_lists(home: str, visit: Visitor) -> None:
    visited = visit(home)
    page = visited.open("/")
    listed = page.locator(".happening[data-first]").count()
    expect(page.locator(".lanes rect.bar")).to_have_count(listed)
    page = visited.open("/map")
    expect(page.locator("#map .leaflet-marker-icon").first).to_be_visible()
    expect(page.locator("#map path.land").first).to_be_attached()
    before = page.locator("#map .leaflet-marker-icon").count()
    page.locator("#from").evaluate("e => { e.value = e.max; e.dispatchEvent(new Event('input', {bubbles: true})) }")
    page.locator("#undated").uncheck()
    assert page.locator("#map .leaflet-marker-icon").count() < before
    page.get_by_role("button", name="on the map").first.click()
    expect(page.locator(".leaflet-popup a").first).to_be_visible()


def test_a_row_lights_the_words_that_it_rests_on_and_layers_can_be_hidden(
    press: Path, home: str, visit: Visitor
) -> None:
    page = visit(home).open(path_of("/report/{report}", press))
    row = page.locator("tbody.event").first
    row.hover()
    lit = page.locator("article .lit")
    assert lit.count() > 0
    key = row.get_attribute("data-key")
    for each in lit.all():
        assert re.search(rf"\b{key}\.", each.get_attribute("data-rest") or "")
    told = page.locator("article .seg.event").first
    look = "e => getComputedStyle(e).backgroundImage"
    assert told.evaluate(look) != "none"
    page.get_by_label("Events", exact=True).uncheck()
    assert told.evaluate(look) == "none"


@pytest.fixture
def guarded_home(press: Path) -> Iterator[str]:
    with served(press, "--token", "a-token-of-the-tests") as address:
        yield address


def test_the_token_is_asked_for_and_remembered(guarded_home: str, visit: Visitor) -> None:
    visited = visit(guarded_home)
    page = visited.open("/people", 401)
    page = visited.open("/enter")
    assert visited.alarms() == []
    page.get_by_label(re.compile("token", re.IGNORECASE)).fill("a-token-of-the-tests")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Timeline", level=1)).to_be_visible()
    visited.open("/people")
