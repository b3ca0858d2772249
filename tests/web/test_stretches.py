"""The picture of the timeline is drawn from what the list says: days, hours, and how sure they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline import desk
from dateline.desk.corroborating import corroborate
from dateline.ledger import Ledger
from dateline.web.stretches import Stretch, find_stretches
from tests.desk.press import taken
from tests.ledger.made import Told, reading_of
from tests.web.visiting import visitor


def stretch_of(tmp_path: Path, when: str | None) -> Stretch | None:
    path = tmp_path / "one.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.put([taken(reading_of([Told("Ada Quill", "met", "Rob Stone", when=when)]))])
        corroborate(ledger)
    return next(iter(find_stretches(desk.timeline(path)).values()), None)


@pytest.mark.parametrize(
    ("when", "first", "last", "clock", "exact"),
    [
        ("2023-09-13", "2023-09-13", "2023-09-13", None, True),
        ("2023-09-13T08:30", "2023-09-13", "2023-09-13", "08:30", True),
        ("2023-09", "2023-09-01", "2023-09-30", None, False),
        ("2023-09-12/2023-09-17", "2023-09-12", "2023-09-17", None, False),
    ],
)
def test_a_time_is_a_stretch_of_days(
    tmp_path: Path, when: str, first: str, last: str, clock: str | None, exact: bool
) -> None:
    stretch = stretch_of(tmp_path, when)
    assert stretch is not None
    assert (stretch.first, stretch.last, stretch.clock, stretch.exact) == (first, last, clock, exact)


@pytest.mark.parametrize("when", [None, "PAST_REF", "P3D"])
def test_what_names_no_day_is_not_in_the_picture(tmp_path: Path, when: str | None) -> None:
    assert stretch_of(tmp_path, when) is None


def test_every_dated_happening_of_the_list_brings_its_days(press: Path) -> None:
    page = visitor(press).get("/").text
    firsts = re.findall(r'<li class="happening item[^"]*" data-first="([\d-]+)"', page)
    assert firsts and firsts == sorted(firsts)
    assert page.index("<ol") < page.index('<figure class="lanes"')


def test_the_scale_of_the_picture_comes_with_the_app(press: Path) -> None:
    client = visitor(press)
    scripts = re.findall(r'src="(/static/[^"]+)"', client.get("/").text)
    assert any("d3-scale" in script for script in scripts)
    for script in scripts:
        assert client.get(script).status_code == 200
