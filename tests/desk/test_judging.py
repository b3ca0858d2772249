"""Judging by hand: it binds, it can be taken back, and what the rules say stays beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.desk import showing
from dateline.desk.judging import regroup
from dateline.desk.parting import part, take_back
from dateline.errors import NotFound, SettingError
from dateline.model import Happening, Judgement


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
    assert said["corroboration.en/8"][0] == "same"


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


@pytest.mark.parametrize("by", ["", " ", "corroboration.en/8"])
def test_nobody_judges_in_the_name_of_the_rules(own_press: Path, by: str) -> None:
    with pytest.raises(SettingError, match="no name"):
        dateline.judge(own_press, "same", *two(own_press), by=by)


def test_an_event_is_not_judged_against_itself(own_press: Path) -> None:
    one, _ = two(own_press)
    with pytest.raises(SettingError, match="one and the same"):
        dateline.judge(own_press, "different", one, one)


def test_a_parting_is_taken_back_from_either_side(own_press: Path) -> None:
    before = happenings(own_press)
    whole = max(dateline.timeline(own_press), key=lambda one: len(one.entries))
    apart, rest = whole.entries[0].id, whole.entries[-1].id
    for side in (apart, rest):
        done = part(own_press, whole.id, [apart], by="Ann")
        assert done.happenings[apart] != done.happenings[rest]
        take_back(own_press, done.happenings[side], "different", by="Ann", at=done.judgements[0].at)
        assert happenings(own_press) == before


def test_a_parting_that_shatters_a_happening_is_taken_back_whole(own_press: Path) -> None:
    whole = max(dateline.timeline(own_press, limit=200), key=lambda one: len(one.entries))
    members = [entry.id for entry in whole.entries]
    with dateline.Ledger.open(own_press, write=True) as ledger:
        others = [entry.id for one in dateline.timeline(own_press, limit=200) for entry in one.entries]
        spokes = [event for event in others if event not in members][:2]
        hub = members[0]
        at = "2026-01-01T00:00:00+00:00"
        ledger.judge([Judgement(min(hub, each), max(hub, each), "same", "Bea", 1.0, "known", at) for each in spokes])
        regroup(ledger, members, [hub, *spokes])
        whole_now = ledger.entries([hub])[0].happening
    before = happenings(own_press)
    done = part(own_press, str(whole_now), [hub], by="Ann")
    assert len({done.happenings[each] for each in (hub, *spokes)}) > 1
    take_back(own_press, done.happenings[spokes[0]], "different", by="Ann", at=done.judgements[0].at)
    assert happenings(own_press) == before


def test_a_happening_that_has_joined_another_is_found_by_its_old_id(own_press: Path) -> None:
    raid, met, _ = (one.id for one in dateline.timeline(own_press))
    dateline.judge(own_press, "same", raid, met, by="Ann")
    (whole,) = {one.id for one in dateline.timeline(own_press)} & {raid, met}
    (gone,) = {raid, met} - {whole}
    shown = dateline.show(own_press, gone)
    assert isinstance(shown, Happening) and shown.id == whole
    with pytest.raises(NotFound):
        dateline.show(own_press, "0123456789abcdef")


def test_a_happening_that_is_joined_while_it_is_asked_for_is_shown_all_the_same(
    own_press: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raid, met, _ = (one.id for one in dateline.timeline(own_press))
    dateline.judge(own_press, "same", raid, met, by="Ann")
    (whole,) = {one.id for one in dateline.timeline(own_press)} & {raid, met}
    (gone,) = {raid, met} - {whole}
    monkeypatch.setattr(showing, "find_one", lambda *_: ("happening", gone))
    shown = dateline.show(own_press, gone)
    assert isinstance(shown, Happening) and shown.id == whole
