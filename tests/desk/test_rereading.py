"""Rereading: what newer annotators find takes the place of the old, and is told."""

from __future__ import annotations

from pathlib import Path

import msgspec

import dateline
from dateline.desk.rereading import reread_each
from dateline.model import Reading, Report
from tests.desk.press import second_print, wire_print
from tests.ledger.made import BY

NEWER = (*BY[:-1], "events.en/2")


def newer(report: Report) -> Reading:
    """The same report as other annotators read it: of the Coast Courier's, its first event is another word."""
    same = next(each for each in (second_print(), wire_print()) if each.report.id == report.id)
    assert same.report.text == report.text
    events = same.events
    if report.publisher == "The Coast Courier":
        moved = msgspec.structs.replace(events[0], trigger=events[0].actors[0].span)
        events = (moved, *events[1:])
    return msgspec.structs.replace(same, events=events, by=NEWER)


def test_what_changed_is_told_report_by_report(own_press: Path) -> None:
    found = dateline.reread(own_press, by=NEWER, read=newer)
    assert {each.report.publisher: (each.gone, each.new) for each in found} == {
        "The Coast Courier": (1, 1),
        "Example Wire": (0, 0),
    }


def test_what_is_read_by_todays_annotators_is_left_alone(own_press: Path) -> None:
    assert dateline.reread(own_press, by=BY, read=newer) == ()
    assert len(dateline.reread(own_press, by=NEWER, read=newer)) == 2
    assert dateline.reread(own_press, by=NEWER, read=newer) == ()


def test_new_events_are_compared(own_press: Path) -> None:
    dateline.reread(own_press, by=NEWER, read=newer)
    with dateline.Ledger.open(own_press) as ledger:
        assert ledger.unblocked(9) == ()
        assert all(entry.happening for entry in ledger.ask(dateline.Question()).entries)


def test_whoever_is_interrupted_goes_on(own_press: Path) -> None:
    each = reread_each(own_press, by=NEWER, read=newer)
    next(each)
    each.close()  # type: ignore[attr-defined]
    assert len(dateline.reread(own_press, by=NEWER, read=newer)) == 1


def test_judgements_by_hand_survive(own_press: Path) -> None:
    one, other = (entry.id for entry in dateline.ask(own_press, who="front").entries)
    dateline.judge(own_press, "different", one, other, by="Ann")
    dateline.reread(own_press, by=NEWER, read=newer)
    found = {entry.happening for entry in dateline.ask(own_press, who="front").entries}
    assert len(found) == 2
