"""Copies: found when cut, never by a stock phrase, and shown where they stand."""

import time
from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from dateline.corroboration import compare_prints, find_copy, find_shingles, judge_copy, take_print
from dateline.corroboration.shingles import LEAST_SHARE, MOST_WORDS, WINDOW, sample

WORDS = (
    "The ferry left the harbour of Avalon shortly after dawn on Tuesday with sixty people aboard and struck a "
    "sandbank within sight of the lighthouse. Fishermen pulled most of them from the water before the coast guard "
    "came. The mayor opened the town hall for the rescued and asked residents to bring blankets. An inquiry will look "
    "at the charts that the crew used, the ministry of transport said, and at why the pilot boat was not called."
)
OTHER = (
    "Shares of the Gadget Works rose by a tenth after the company told investors that its new kettle had sold well "
    "over winter. Rival makers fell. Analysts had feared that dear copper would eat into profits this year."
)


def test_a_cut_copy_is_found_by_its_shingles_and_judged_whole() -> None:
    cut = WORDS[: len(WORDS) // 2]
    assert len(set(find_shingles(WORDS)) & set(find_shingles(cut))) >= 2
    assert judge_copy(cut, WORDS) > 0.9
    assert judge_copy(WORDS, cut) > 0.9


def test_it_is_told_which_was_cut() -> None:
    found = find_copy(WORDS, WORDS[: len(WORDS) // 3])
    assert found is not None
    assert found.cut == "other"


def test_other_reports_share_nothing() -> None:
    assert judge_copy(WORDS, OTHER) == 0.0
    assert not set(find_shingles(WORDS)) & set(find_shingles(OTHER))


def test_seven_words_in_a_row_are_no_copy_and_eight_may_be() -> None:
    eight = "struck a sandbank within sight of the lighthouse"
    assert judge_copy(f"It {eight[9:]} today", WORDS) == 0.0
    assert judge_copy(f"It {eight} today", WORDS) > 0.0


def test_the_copied_words_are_shown_in_both() -> None:
    one = f"İstanbul, Monday. {WORDS[:200]}"
    found = find_copy(one, WORDS)
    assert found is not None
    (mine,), (theirs,) = found.spans, found.other_spans
    assert mine.of(one) == theirs.of(WORDS)
    assert mine.of(one).startswith("The ferry left")


def test_case_and_marks_make_no_difference() -> None:
    assert judge_copy(WORDS.upper().replace(",", " --"), WORDS) == 1.0


@given(st.text(max_size=300))
def test_any_text_has_shingles_in_order_that_sqlite_can_hold(text: str) -> None:
    found = find_shingles(text)
    assert list(found) == sorted(set(found))
    assert all(0 <= value < 1 << 63 for value in found)
    assert judge_copy(text, text) in (0.0, 1.0)


@given(st.lists(st.sampled_from("abcdefghij"), min_size=20, max_size=20), st.text("abcdefghij ", max_size=200))
def test_a_shared_run_of_twenty_words_shares_a_shingle(run: list[str], around: str) -> None:
    words = " ".join(run)
    one, other = f"{around} {words}", f"{words} {around[::-1]} q q q q q q q q q"
    assert set(find_shingles(one)) & set(find_shingles(other))


def test_repeated_words_cost_no_more() -> None:
    began = time.perf_counter()
    judge_copy("so " * 60_000, "so " * 60_000 + "it goes")
    find_shingles("so " * 60_000)
    assert time.perf_counter() - began < 5


_PIECES = st.lists(st.sampled_from(WORDS.split(". ") + OTHER.split(". ") + ["İzmir", "a b", ""]), max_size=8)


@given(_PIECES, _PIECES)
def test_prints_tell_of_copies_what_the_texts_themselves_tell(one: list[str], other: list[str]) -> None:
    text, second = ". ".join(one), ". ".join(other)
    found, whole = compare_prints(take_print(text), take_print(second)), find_copy(text, second)
    if whole is None or whole.share < LEAST_SHARE:
        assert found is None
    else:
        assert found is not None
        assert (found.share, found.cut) == (whole.share, whole.cut)
    assert sample(take_print(text)) == find_shingles(text)


@given(st.lists(st.sampled_from(["a", "bee", "sea", "d\u00e9", "5"]), max_size=40))
def test_hashes_are_those_that_ledgers_hold(words: list[str]) -> None:
    """The hash of five words in a row, written out: what was kept of older reports must be found again."""
    prime, base = (1 << 61) - 1, 0x1F3D_5B79_1357_9BDF % ((1 << 61) - 1)
    wanted = []
    for at in range(max(1, len(words) - 4)):
        total = 0
        for word in words[at : at + 5]:
            total = (total * base + crc32(word.encode("utf-8", "surrogatepass")) + 1) % prime
        wanted.append((total * 0x9E37_79B9_7F4A_7C15) & ((1 << 63) - 1))
    taken = take_print(" ".join(words))
    assert taken.hashes.tolist() == wanted
    windows = [wanted[at : at + WINDOW] for at in range(len(wanted) - WINDOW + 1)]
    assert sample(taken) == tuple(sorted({min(window) for window in windows} or set(wanted)))


def test_hashes_do_not_hang_on_what_was_read_before() -> None:
    before = find_shingles(WORDS)
    find_shingles(" ".join(f"word{number}" for number in range(MOST_WORDS + 5)))
    assert find_shingles(WORDS) == before
