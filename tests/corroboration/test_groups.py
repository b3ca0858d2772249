"""Grouping by judgements: people's bind, nothing is joined along a chain, and the order makes no difference."""

import random

from hypothesis import given
from hypothesis import strategies as st

from dateline.corroboration import find_groups, happening_id
from dateline.model import Judgement, Span, Verdict, event_id

from .made import judged


def parts(events: str, *judgements: Judgement) -> set[tuple[str, ...]]:
    return set(find_groups(events, judgements).values())


def test_same_joins_and_different_parts() -> None:
    assert parts("abc", judged("a", "b", "same"), judged("b", "c", "different")) == {("a", "b"), ("c",)}


def test_every_event_is_in_one_group_and_its_id_is_that_of_the_smallest() -> None:
    groups = find_groups("abc", [judged("b", "c", "same")])
    assert groups == {happening_id("a"): ("a",), happening_id("b"): ("b", "c")}


def test_a_chain_joins_only_what_agrees_on_average() -> None:
    chain = [judged(a, b, "same", 0.6) for a, b in ("ab", "bc", "cd", "de")]
    against = [judged(a, b, "different", 0.99) for a, b in ("ac", "ad", "ae", "bd", "be", "ce")]
    assert max(map(len, parts("abcde", *chain, *against))) == 2


def test_people_join_what_rules_part() -> None:
    assert parts("ab", judged("a", "b", "different", 0.99), judged("a", "b", "same", by="ann")) == {("a", "b")}


def test_people_part_what_rules_join() -> None:
    rules = [judged(a, b, "same", 0.99) for a, b in ("ab", "bc", "ac")]
    for group in parts("abc", *rules, judged("a", "c", "different", by="ann")):
        assert not {"a", "c"} <= set(group)


def test_where_people_contradict_each_other_different_holds() -> None:
    said = [
        judged("a", "b", "same", by="ann"),
        judged("b", "c", "same", by="ann"),
        judged("a", "c", "different", by="bo"),
    ]
    assert parts("abc", *said) == {("a", "b"), ("c",)}


def test_judgements_of_other_events_change_nothing() -> None:
    assert parts("ab", judged("a", "z", "same"), judged("z", "b", "same")) == {("a",), ("b",)}


def test_leaning_joins_more() -> None:
    unsure = judged("a", "b", "unsure", 0.4)
    assert parts("ab", unsure) == {("a",), ("b",)}
    assert set(find_groups("ab", [unsure], lean=1.0).values()) == {("a", "b")}


_VERDICTS: tuple[Verdict, ...] = ("same", "different", "unsure")
_JUDGEMENTS = st.lists(
    st.builds(
        judged,
        st.sampled_from("abcdefgh"),
        st.sampled_from("abcdefgh"),
        st.sampled_from(_VERDICTS),
        st.sampled_from([0.5, 0.7, 0.95]),
        st.sampled_from(["corroboration.en/8", "ann"]),
    ),
    max_size=30,
)


@given(_JUDGEMENTS, st.randoms(use_true_random=False))
def test_groups_are_a_partition_and_people_are_heeded(judgements: list[Judgement], chance: random.Random) -> None:
    groups = find_groups("abcdefgh", judgements)
    assert sorted(event for members in groups.values() for event in members) == list("abcdefgh")
    last = {(one.a, one.b): one.verdict for one in sorted(judgements, key=lambda j: (j.verdict, j.confidence))
            if one.by == "ann"}  # fmt: skip
    of = {event: id for id, members in groups.items() for event in members}
    for (a, b), verdict in last.items():
        if a != b and verdict == "different" and sum((j.a, j.b, j.by) == (a, b, "ann") for j in judgements) == 1:
            assert of[a] != of[b]
    shuffled = list(judgements)
    chance.shuffle(shuffled)
    assert find_groups("hgfedcba", shuffled) == groups


def test_a_happening_is_named_after_its_first_event_and_stands_beside_it() -> None:
    events = [event_id(edition, Span(at, at + 3)) for edition in ("one", "other") for at in range(50)]
    assert len(set(events)) == 100
    assert len({event[:4] for event in events}) == 2
    happenings = {happening_id([event]) for event in events}
    assert len(happenings) == 100
    assert happening_id(events)[:4] == min(events)[:4]
    assert all(len(id) == 16 and int(id, 16) >= 0 for id in (*events, *happenings))
