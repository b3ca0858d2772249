"""Judging by hand: it binds, it can be taken back, and what the rules say stays beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.errors import SettingError
from dateline.model import Happening


def two(press: Path) -> tuple[str, str]:
    one, other = (entry.id for entry in dateline.ask(press, who="quill").entries)
    return one, other


def happenings(press: Path) -> list[list[str]]:
    return [sorted(entry.id for entry in one.entries) for one in dateline.timeline(press)]


def test_events_are_parted_and_joined_again(own_press: Path) -> None:
    one, other = two(own_press)
    before = happenings(own_press)
    parted = dateline.judge(own_press, "different", one, other, by="Ann")
    assert parted.happenings[one] != parted.happenings[other]
    assert len(happenings(own_press)) == len(before) + 1
    joined = dateline.judge(own_press, "different", one, other, by="Ann", undo=True)
    assert joined.undone and joined.happenings[one] == joined.happenings[other]
    assert happenings(own_press) == before


def test_the_rules_own_judgement_stays_beside_it(own_press: Path) -> None:
    one, other = two(own_press)
    dateline.judge(own_press, "different", one, other, by="Ann", because="two meetings")
    with dateline.Ledger.open(own_press) as ledger:
        said = {each.by: (each.verdict, each.because) for each in ledger.judgements([one])}
    assert said["Ann"] == ("different", "two meetings")
    assert said["corroboration.en/1"][0] == "same"


def test_happenings_are_joined_whole_and_parted_again(own_press: Path) -> None:
    before = happenings(own_press)
    raid, met, _ = (one.id for one in dateline.timeline(own_press))
    judged = dateline.judge(own_press, "same", raid, met)
    assert len(set(judged.happenings.values())) == 1 and len(judged.happenings) == 4
    (whole,) = set(judged.happenings.values())
    dateline.judge(own_press, "same", whole, whole, undo=True)
    assert happenings(own_press) == before


def test_happenings_are_parted_pair_by_pair(own_press: Path) -> None:
    raid, met, _ = (one.id for one in dateline.timeline(own_press))
    assert len(dateline.judge(own_press, "different", raid, met).judgements) == 4


def test_judging_twice_keeps_one_judgement(own_press: Path) -> None:
    one, other = two(own_press)
    for verdict in ("different", "same"):
        dateline.judge(own_press, verdict, one, other)
    with dateline.Ledger.open(own_press) as ledger:
        assert [each.verdict for each in ledger.judgements([one]) if each.by == "hand"] == ["same"]
    shown = dateline.show(own_press, dateline.ask(own_press).entries[-1].happening or "")
    assert isinstance(shown, Happening)


def test_only_what_the_same_person_said_is_taken_back(own_press: Path) -> None:
    one, other = two(own_press)
    dateline.judge(own_press, "different", one, other, by="Ann")
    for by, verdict in (("Bo", "different"), ("Ann", "same")):
        with pytest.raises(SettingError, match="no judgement"):
            dateline.judge(own_press, verdict, one, other, by=by, undo=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("by", ["", " ", "corroboration.en/1"])
def test_nobody_judges_in_the_name_of_the_rules(own_press: Path, by: str) -> None:
    with pytest.raises(SettingError, match="no name"):
        dateline.judge(own_press, "same", *two(own_press), by=by)


def test_an_event_is_not_judged_against_itself(own_press: Path) -> None:
    one, _ = two(own_press)
    with pytest.raises(SettingError, match="one and the same"):
        dateline.judge(own_press, "different", one, one)
