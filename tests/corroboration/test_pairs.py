"""Whether two entries tell of one happening, and which of them are compared at all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.corroboration import Context, candidate_pairs, find_keys, find_profile, find_subjects, judge_pair
from dateline.corroboration.facts import MOST_RETOLD, facts_of, head_stems, nearness
from dateline.corroboration.keys import MOST_KEYS
from dateline.corroboration.lexicon import open_lexicon
from dateline.corroboration.pairs import words_for
from dateline.model import Entry

from .made import entry

AVALON = ("Avalon, Examplia", 10.0, 10.0)
BORIA = ("Boria, Examplia", 20.0, 20.0)


def bomb(edition: str = "r1", **more: Any) -> Entry:
    words = "A car bomb [killed] 12 people in Avalon on Tuesday, Mayor Tessa Quill said."
    return entry(words, edition=edition, headline="Car bomb kills 12 in Avalon", **more)


def blast(edition: str = "r2", **more: Any) -> Entry:
    words = "Twelve people were [killed] in Avalon on Tuesday when a car bomb went off, Mayor Tessa Quill said."
    return entry(words, edition=edition, headline="Avalon car bomb kills 12", **more)


def test_two_reports_of_one_bomb_are_the_same() -> None:
    found = judge_pair(bomb(), blast(), at="2024-03-06T00:00:00+00:00")
    assert found.verdict == "same", found
    assert "same word" in found.because
    assert found.at == "2024-03-06T00:00:00+00:00"


def test_a_judgement_does_not_depend_on_the_order() -> None:
    assert judge_pair(bomb(), blast(), at="") == judge_pair(blast(), bomb(), at="")
    assert judge_pair(blast(), bomb(), at="").a < judge_pair(blast(), bomb(), at="").b


def test_other_events_are_not_the_same() -> None:
    other = entry("Tessa Quill [opened] a school in Boria on Friday.", edition="r2", type="AID")
    assert judge_pair(bomb(), other).verdict == "different"


def test_places_far_apart_forbid_it_only_where_that_is_strict() -> None:
    told = bomb(where=AVALON), blast(where=BORIA)
    assert "km apart" in judge_pair(*told).because
    assert "places far apart" in judge_pair(*told, context=Context(strict=False)).because


EAST, NORTH, WEST = bytes([127] + 31 * [0]), bytes([0, 127] + 30 * [0]), bytes([129] + 31 * [0])
"""Embeddings that point one way, square to it, and the other way round: 129 is -127."""


@pytest.mark.parametrize(
    ("mine", "theirs", "cosine"),
    [(EAST, EAST, 1), (EAST, NORTH, 0), (EAST, WEST, -1), (EAST, bytes([40] + 31 * [0]), 1), (WEST, b"", None)],
)
def test_embeddings_are_held_against_each_other_by_their_cosine(
    mine: bytes, theirs: bytes, cosine: float | None
) -> None:
    found = nearness(facts_of(bomb(embedding=mine)), facts_of(blast(embedding=theirs)))
    assert found == (None if cosine is None else pytest.approx(cosine))


def test_what_lies_near_speaks_for_one_happening_and_what_lies_far_against_it() -> None:
    told = {other: judge_pair(bomb(embedding=EAST), blast(embedding=other)) for other in (EAST, b"", WEST)}
    chance = {key: 1 - one.confidence if one.verdict == "different" else one.confidence for key, one in told.items()}
    assert chance[EAST] > chance[b""] > chance[WEST]
    assert "words of like meaning" in told[EAST].because
    assert "words of unlike meaning" in told[WEST].because
    assert "meaning" not in told[b""].because


def test_events_are_compared_by_the_words_of_all_their_mentions() -> None:
    def chance(**more: Any) -> float:
        left = entry("Kim Jong Un [left] Russia on Sunday.", edition="r1", when="2024-03-03", **more)
        set_off = entry("Kim Jong Un [set off] from Artyom on Sunday.", edition="r2", when="2024-03-03")
        told = judge_pair(left, set_off)
        return 1 - told.confidence if told.verdict == "different" else told.confidence

    assert chance(also_words=("set off",)) > chance(also_words=("departure",)) == chance()
    assert chance(also_words=("left",)) == chance()


def test_of_many_mentions_no_more_are_compared_than_is_worth_while() -> None:
    words = tuple(f"word{number}" for number in range(1000))
    assert len(facts_of(bomb(also_words=words)).retold) == MOST_RETOLD
    assert facts_of(bomb()).retold == facts_of(bomb(also_words=("killed", "killing"))).retold == ()


@pytest.mark.parametrize("strange", [b"\x7f", 33 * b"\x7f", 100_000 * b"\x7f", 32 * b"\0"])
def test_what_is_no_embedding_of_ours_tells_nothing(strange: bytes) -> None:
    found = judge_pair(bomb(embedding=strange), blast(embedding=strange), at="")
    assert found == judge_pair(bomb(), blast(), at="")


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("A bomb [killed] ten.", "Ten were [killed].", "both kill"),
        ("The court [fined] it.", "The mayor [resigned].", "fine and resign"),
        ("The mayor [resigned].", "The court [fined] it.", "fine and resign"),
    ],
)
def test_the_words_for_what_happened_are_weighed_together(one: str, other: str, words: str) -> None:
    assert words_for(facts_of(entry(one)), facts_of(entry(other))) == words


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"when": "2024-03-05"}, {"when": "2024-03-12"}, "7 days apart"),
        ({"when": "2023"}, {"when": "2024-03"}, "a month apart"),
        ({"published": "2023-03-05"}, {"published": "2024-03-05"}, "reports are 366 days apart"),
        ({"where": AVALON}, {"where": BORIA}, "km apart"),
    ],
)
def test_conflicts_part_what_wording_would_join(one: dict[str, Any], other: dict[str, Any], reason: str) -> None:
    found = judge_pair(bomb(**one), blast(**other))
    assert (found.verdict, reason in found.because) == ("different", True), found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"when": "2024-03-05"}, {"when": "2024-03-06"}),
        ({"when": "2024-03"}, {"when": "2024-03-05"}),
        ({"where": AVALON}, {"where": ("Examplia", 50.0, 50.0)}),
    ],
)
def test_what_agrees_or_nearly_does_parts_nothing(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert "apart" not in judge_pair(bomb(**one), blast(**other)).because.replace("days one apart", "")


def test_magnitudes_tell_one_quake_from_another() -> None:
    one = entry("A magnitude 6.1 quake [struck] Avalon.", edition="r1")
    other = entry("A magnitude 7.4 quake [struck] Avalon.", edition="r2")
    assert "magnitude" in judge_pair(one, other).because
    assert judge_pair(one, other).verdict == "different"


def test_tolls_that_differ_part_nothing() -> None:
    other = entry("A car bomb [killed] 15 people in Avalon on Tuesday, Mayor Tessa Quill said.", edition="r2")
    assert judge_pair(bomb(), other).verdict == "same"


def test_reports_on_one_subject_speak_for_the_same() -> None:
    one, other = entry("The bomb [killed] four.", edition="r1"), entry("Four were [killed].", edition="r2")
    text = "Avalon car bomb: Tessa Quill mourned the dead of Market Street in Avalon."
    near = Context({"r1": find_profile(text), "r2": find_profile(text)})
    far = Context({"r1": find_profile(text), "r2": find_profile("Shares of Gadget Works rose in Boria.")})
    assert judge_pair(one, other, context=near).confidence > 0.5
    assert judge_pair(one, other, context=far).verdict != "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [("killed", "murder"), ("earthquake", "quakes"), ("acquired", "acquisition"), ("resigned", "stepped down")],
)
def test_words_of_one_family(one: str, other: str) -> None:
    first, second = (facts_of(entry(f"It was [{word}] there.")) for word in (one, other))
    assert first.families & second.families or first.heads == second.heads


def test_helping_words_are_no_heads() -> None:
    assert head_stems("made an offer", open_lexicon()) == {"offer"}


def test_entries_of_one_happening_share_a_key() -> None:
    assert set(find_keys(bomb())) & set(find_keys(blast()))
    far = blast(published="2024-09-05T10:00:00+00:00")
    assert not set(find_keys(bomb())) & set(find_keys(far))


def test_reports_four_days_apart_still_meet() -> None:
    for day in range(1, 20):
        one, other = bomb(published=f"2024-03-{day:02}"), blast(published=f"2024-03-{day + 4:02}")
        assert set(find_keys(one)) & set(find_keys(other)), day


def test_subjects_are_the_names_a_report_returns_to() -> None:
    assert "quill" in find_subjects("Quill met Zorn. Later Quill left for Avalon. Quill smiled.")


def test_candidates_are_found_once_and_bounded() -> None:
    entries = [bomb(f"r{number:04}") for number in range(60)]
    pairs = list(candidate_pairs(entries, most=5))
    assert len(pairs) == len(set(pairs))
    assert len(pairs) <= 60 * 5
    assert all(a < b for a, b in pairs)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    words = (
        f"{one.replace('[', '').replace(']', '')} [hit] x",
        f"[{other.replace('[', '').replace(']', '') or 'x'}] y",
    )
    first, second = entry(words[0], edition="r1"), entry(words[1], edition="r2")
    assert len(find_keys(first)) <= MOST_KEYS
    assert 0 <= judge_pair(first, second).confidence <= 1


def test_what_nothing_shows_to_be_of_one_time_is_judged_with_more_care() -> None:
    def sure(one: str | None, other: str | None) -> float:
        found = judge_pair(bomb(published=one), blast(published=other), at="")
        return found.confidence if found.verdict != "different" else 1 - found.confidence

    news = sure("2024-03-05", "2024-03-06")
    assert news > sure(None, "2024-03-06") and news > sure("2024-03-05", "2024-03-25")


def test_a_land_and_its_answer_are_two() -> None:
    one = entry("Russia [expelled] 20 Czech diplomats.", edition="r1", who=("Russia",), whom=("20 Czech diplomats",))
    two = entry(
        "Czechia [expelled] 18 Russian diplomats.", edition="r2", who=("Czechia",), whom=("18 Russian diplomats",)
    )
    found = judge_pair(one, two, at="")
    assert (found.verdict, "each land" in found.because) == ("different", True)
    again = entry("Russia [expelled] Czech envoys.", edition="r3", who=("Russia",), whom=("Czech envoys",))
    assert "each land" not in judge_pair(one, again, at="").because
