"""What corroboration keeps in a ledger: keys, shingles, copies, judgements, groups."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.errors import LedgerError
from dateline.ledger import Ledger
from dateline.ledger.beside import MOST_SHARERS
from dateline.model import Judgement, Question, Taken
from tests.ledger.made import Told, made_reading, reading_of


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "press.ledger", write=True) as opened:
        days = ("2023-09-15", "2023-09-13", None, "2023-09-14")
        for number, day in enumerate(days):
            told = Told("Ada Quill", "met", f"Guest {number}", when=day, type="ASSAULT" if number == 3 else "CONSULT")
            opened.put([Taken(str(number), reading_of([told], origin=f"https://x.example/{number}"))])
        yield opened


def ids(ledger: Ledger) -> list[str]:
    """The events' ids in the order in which they were put."""
    return list(ledger.unblocked(100))


def test_events_wait_to_be_compared_until_they_have_keys(ledger: Ledger) -> None:
    a, b, c, d = ids(ledger)
    assert ledger.unblocked(2) == (a, b)
    ledger.put_blocks({a: ["one", "two"], b: ["two", "three", "two"], c: [], "nothing": ["one"]})
    assert ledger.unblocked(10) == (d,)
    sought = {"x": ["one", "two"], "y": ["two"], "z": ["four", "\ud800"], "none": []}
    assert ledger.with_blocks(sought, limit=10) == {"x": (a, b), "y": (b, a), "z": (), "none": ()}
    assert ledger.with_blocks({"x": ["one", "two"]}, limit=1) == {"x": (a,)}
    ledger.put_blocks({a: ["three"]})
    assert ledger.with_blocks({"x": ["one"], "y": ["three"]}, limit=10) == {"x": (), "y": (b, a)}


def test_keys_that_begin_alike_are_told_apart(ledger: Ledger) -> None:
    a, b, c, _ = ids(ledger)
    ledger.put_blocks({a: ["week 7|met|quill"], b: ["week 7|met|marsh"], c: ["week 8|met|quill"]})
    sought = {"quill": ["week 7|met|quill"], "marsh": ["week 7|met|marsh"], "next week": ["week 8|met|quill"]}
    assert ledger.with_blocks(sought, limit=10) == {"quill": (a,), "marsh": (b,), "next week": (c,)}


def test_a_key_that_all_have_costs_no_more_than_one_that_many_have(ledger: Ledger) -> None:
    readings = [made_reading(seed, events=4) for seed in range(MOST_SHARERS // 4 + 5)]
    ledger.put([Taken(f"m{number}", reading) for number, reading in enumerate(readings)])
    events = ledger.unblocked(10_000)
    assert len(events) > MOST_SHARERS
    ledger.put_blocks({event: ["all"] for event in events})
    found = ledger.with_blocks({"sought": ["all"]}, limit=10_000)["sought"]
    assert found == tuple(reversed(events))[:MOST_SHARERS]


def test_copies_are_found_by_what_they_share(ledger: Ledger) -> None:
    one, two, three, _ = (edition.id for edition in ledger.editions())
    ledger.put_shingles({one: [1, 2, 2**64 - 1, -(2**70)], two: [2, 2**64 - 1, 5]})
    ledger.put_shingles({three: [9]})
    lines = {edition.id: edition.report for edition in ledger.editions()}
    first = (one, lines[one].report, 3, 4, lines[one].published)
    second = (two, lines[two].report, 2, 3, lines[two].published)
    assert ledger.sharing_shingles([1, 2, 2**64 - 1], limit=5) == (first, second)
    assert ledger.sharing_shingles([1, 2, 2**64 - 1], limit=1) == (first,)
    ledger.put_shingles({one: [7]})
    assert ledger.sharing_shingles([1, 2], limit=5) == ((two, lines[two].report, 1, 3, lines[two].published),)
    ledger.put_copies([(two, one, 0.9)])
    ledger.put_copies([(two, one, 0.8)])
    assert ledger.copies([one, two, "nothing"]) == ((two, one, 0.8),)
    with pytest.raises(LedgerError, match="there is no edition"):
        ledger.put_copies([(one, two, 0.4), (two, "nothing", 0.5)])
    assert ledger.copies([one]) == ()


def test_judgements_stand_beside_and_can_be_taken_back(ledger: Ledger) -> None:
    a, b, c, _ = sorted(ids(ledger))
    rule = Judgement(a, b, "same", "links.en/1", 0.8, "same day, same actors", "2023-09-18T00:00:00+00:00")
    person = Judgement(a, b, "different", "Eve", 1.0, "two meetings", "2023-09-19T00:00:00+00:00")
    other = Judgement(b, c, "unsure", "links.en/1", 0.5, "no date", "2023-09-18T00:00:00+00:00")
    ledger.judge([rule, person, Judgement(c, b, *other.__reduce__()[1][2:])])
    assert ledger.judgements() == (person, rule, other)
    assert ledger.judgements([a]) == (person, rule)
    assert ledger.judgements([c, b]) == (person, rule, other)
    assert ledger.judgements([]) == ()
    assert ledger.unjudge(b, a, "Eve")
    assert not ledger.unjudge(b, a, "Eve")
    assert ledger.judgements([a]) == (rule,)
    ledger.judge([Judgement(a, b, "unsure", "links.en/1", 0.4, "changed", "2023")])
    assert [each.verdict for each in ledger.judgements([a])] == ["unsure"]
    assert ledger.unjudge(a, b)
    assert ledger.judgements([a]) == ()


def test_groups_come_in_order_of_time_and_follow_their_events(ledger: Ledger) -> None:
    a, b, c, d = ids(ledger)
    ledger.regroup({"ha": [a], "hb": [b, d], "hc": [c]})
    assert ledger.groups(limit=10) == ("hb", "ha", "hc")  # What has no day comes last.
    assert ledger.groups(limit=1, offset=1) == ("ha",)
    assert ledger.group("hb") == (b, d)
    assert {entry.happening for entry in ledger.entries([b, d])} == {"hb"}
    assert ledger.groups(limit=10, question=Question(type="ASSAULT")) == ("hb",)
    assert ledger.groups(limit=10, question=Question(who="Quill", when="2023-09-15")) == ("ha",)
    ledger.regroup({"hd": [b, a]})
    assert ledger.groups(limit=10) == ("hd", "hb", "hc")
    assert ledger.group("ha") == ledger.group("nothing") == ()
    # An event of an edition that is current no more is in no happening.
    ledger.put([Taken("new", reading_of([Told("Bo", "slept")], origin="https://x.example/3"))])
    assert ledger.groups(limit=10) == ("hd", "hc")


def test_what_is_written_together_is_kept_whole_or_not_at_all(ledger: Ledger) -> None:
    a, b, *_ = ids(ledger)

    def write() -> None:
        ledger.put_blocks({a: ["k"]})
        ledger.regroup({"h": [a, b]})

    with pytest.raises(LedgerError), ledger.together():
        write()
        assert ledger.group("h") == (b, a)
        ledger.put_copies([("nothing", "nowhere", 1.0)])
    assert a in ledger.unblocked(10)
    assert ledger.group("h") == ledger.groups(limit=10) == ()
    with ledger.together():
        write()
    assert a not in ledger.unblocked(10)
    assert ledger.group("h") == (b, a)
    assert ledger.happenings_of([a, b, "nothing"]) == ("h",)


def test_an_event_that_leaves_a_happening_empty_takes_it_along(ledger: Ledger) -> None:
    a, b, _, _ = ids(ledger)
    ledger.regroup({"ha": [a], "hb": [b]})
    ledger.regroup({"hb": [a, b]})
    assert ledger.groups(limit=10) == ("hb",)
    ledger.regroup({"hb": [a]})  # Who is not named stays.
    assert ledger.group("hb") == (b, a)
