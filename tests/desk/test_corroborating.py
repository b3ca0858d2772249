"""``corroborate``: new events are compared with what the ledger holds, and gathered into happenings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dateline.corroboration import judge_pair
from dateline.desk import corroborating
from dateline.desk.corroborating import corroborate
from dateline.ledger import Ledger
from dateline.model import Entry, Judgement, Reading, Taken
from tests.ledger.made import Told, made_reading, place, reading_of

BRIDGE = Told(
    "Ada Quill", "opened", "the Harbour Bridge", when="2023-09-15", where=place("Exampleville", "EX", 1.5, -2.5)
)
QUAKE = Told(
    "Rescuers", "searched", "the collapsed school", when="2023-09-14", where=place("Farport", "FP", 40.0, 60.0)
)


def report(number: int, *told: Told, published: str = "2023-09-16") -> Reading:
    return reading_of(
        told, origin=f"https://news.example/{number}", headline=f"Report {number}", publisher=f"Paper {number}",
        published=published,
    )  # fmt: skip


def fill(path: Path, *readings: Reading, at_once: bool = True) -> Ledger:
    ledger = Ledger.open(path / "press.ledger", write=True)
    taken = [Taken(f"digest {number}", reading) for number, reading in enumerate(readings)]
    for some in [taken] if at_once else [[each] for each in taken]:
        ledger.put(some)
        corroborate(ledger)
    return ledger


def happenings(ledger: Ledger) -> list[list[str]]:
    """The happenings, each as the publishers of its events."""
    groups = [ledger.entries(ledger.group(group)) for group in ledger.groups(limit=1000)]
    return sorted(sorted(str(entry.report.publisher) for entry in group) for group in groups)


@pytest.mark.parametrize("at_once", [True, False])
def test_reports_of_one_happening_are_gathered(tmp_path: Path, at_once: bool) -> None:
    readings = [report(1, BRIDGE), report(2, BRIDGE), report(3, QUAKE)]
    with fill(tmp_path, *readings, at_once=at_once) as ledger:
        assert happenings(ledger) == [["Paper 1", "Paper 2"], ["Paper 3"]]
        assert ledger.unblocked(10) == ()


def test_events_of_one_report_are_never_one(tmp_path: Path) -> None:
    with fill(tmp_path, report(1, BRIDGE, BRIDGE)) as ledger:
        assert happenings(ledger) == [["Paper 1"], ["Paper 1"]]
        assert ledger.judgements() == ()


def test_every_event_is_in_one_happening(tmp_path: Path) -> None:
    with fill(tmp_path, *map(made_reading, range(20)), at_once=False) as ledger:
        grouped = [event for group in ledger.groups(limit=1000) for event in ledger.group(group)]
        events = [entry.id for edition in ledger.editions() for entry in ledger.entries_of(edition.id)]
        assert sorted(grouped) == sorted(events)


def test_what_people_part_stays_apart_when_more_is_added(tmp_path: Path) -> None:
    with fill(tmp_path, report(1, BRIDGE), report(2, BRIDGE)) as ledger:
        (a,), (b,) = (ledger.entries_of(edition.id) for edition in ledger.editions())
        one, other = sorted((a.id, b.id))
        ledger.judge([Judgement(one, other, "different", "Jo", 1.0, "two bridges", "2023-09-18T00:00:00+00:00")])
        ledger.put([Taken("digest 9", report(9, BRIDGE))])
        corroborate(ledger)
        together = [set(ledger.group(group)) for group in ledger.groups(limit=10)]
        assert not any({one, other} <= group for group in together)


def test_copies_are_found_and_go_back_to_the_earlier(tmp_path: Path) -> None:
    words = " ".join(
        f"The ferry from Northfield carried {n} crates of apples past the old lighthouse." for n in range(9)
    )
    early = made_reading(1, text=words, origin="https://a.example/1", published="2023-09-14")
    late = made_reading(2, text=f"{words} It rained.", origin="https://b.example/2", published="2023-09-16")
    with fill(tmp_path, late, early, report(3, BRIDGE)) as ledger:
        ids = {edition.report.origin: edition.id for edition in ledger.editions()}
        found = ledger.copies(ids.values())
        assert [(copy, of) for copy, of, _ in found] == [(ids["https://b.example/2"], ids["https://a.example/1"])]
        assert found[0][2] > 0.9


def test_nothing_is_done_twice(tmp_path: Path) -> None:
    with fill(tmp_path, report(1, BRIDGE), report(2, BRIDGE)) as ledger:
        before = (ledger.judgements(), happenings(ledger))
        assert corroborate(ledger) == 0
        assert (ledger.judgements(), happenings(ledger)) == before


def test_an_interruption_loses_no_comparison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with fill(tmp_path, report(1, BRIDGE)) as ledger:
        ledger.put([Taken("digest 2", report(2, BRIDGE))])

        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(Ledger, "regroup", stop)
            with pytest.raises(KeyboardInterrupt):
                corroborate(ledger)
        assert corroborate(ledger) == 1
        assert happenings(ledger) == [["Paper 1", "Paper 2"]]


def test_a_large_happening_still_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corroborating, "REACH", 3)
    with fill(tmp_path, *(report(number, BRIDGE) for number in range(9)), at_once=False) as ledger:
        assert happenings(ledger) == [[f"Paper {number}" for number in range(9)]]


def test_the_pairs_that_are_judged_do_not_grow_with_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corroborating, "COMPANY", 5)
    judged: list[str] = []

    def judge(a: Entry, b: Entry, **more: Any) -> Judgement:
        judged.append(a.id)
        return judge_pair(a, b, **more)

    monkeypatch.setattr(corroborating, "judge_pair", judge)
    counts: list[int] = []
    with Ledger.open(tmp_path / "press.ledger", write=True) as ledger:
        for number in range(40):
            before = len(judged)
            ledger.put([Taken(f"digest {number}", report(number, BRIDGE))])
            corroborate(ledger)
            counts.append(len(judged) - before)
    assert 0 < counts[-1] <= max(counts) <= 10


def test_many_events_of_one_report_do_not_hide_another_of_the_same_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corroborating, "COMPANY", 2)
    with fill(tmp_path, report(1, BRIDGE), report(2, *[BRIDGE] * 6)) as ledger:
        assert happenings(ledger) == [["Paper 1", *["Paper 2"] * 6]]


def test_copies_are_found_whether_or_not_their_words_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = " ".join(
        f"The ferry from Northfield carried {n} crates past the old lighthouse of Avalon." for n in range(9)
    )
    readings = [
        made_reading(
            n, text=f"{text} It rained on day {n}.", origin=f"https://{n}.example/", published=f"2023-09-{n:02}"
        )
        for n in range(1, 4)
    ]
    found = []
    for words in (0, 1_000_000):
        monkeypatch.setattr(corroborating, "REMEMBERED_WORDS", words)
        folder = tmp_path / str(words)
        folder.mkdir()
        with fill(folder, *readings, at_once=False) as ledger:
            found.append(ledger.copies([edition.id for edition in ledger.editions()]))
    assert found[0] == found[1]
    assert len(found[0]) == 3
