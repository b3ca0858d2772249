"""The forty cases of origins and differences: what the code reaches on them does not sink, and the scorer can count."""

import tomllib

import pytest

from dateline.desk.reading import annotators
from eval.corroboration.answering import Answered, answer, read_case
from eval.corroboration.cases import HERE, Case, read_cases
from eval.corroboration.scoring import add_up, score

CASES = tuple(read_cases())
PINNED = tomllib.loads((HERE / "scores.toml").read_text(encoding="utf-8"))


def test_there_are_forty_cases_of_every_kind() -> None:
    assert len(CASES) == 40
    kinds = {kind for case in CASES for kind in case.kinds}
    assert kinds >= {"copied", "cut", "reworded", "independent", "updated", "contradicting", "denying", "apart"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_case_is_whole(case: Case) -> None:
    ids = [report.id for report in case.report]
    assert len(set(ids)) == len(ids) >= 2
    for report in case.report:
        start, end = report.told_at(report.words)
        assert f"[tells: {report.words[start:end]}]" in report.text
    assert {id for pair in (*case.copied(), *case.kept_apart()) for id in pair} <= set(ids)
    assert set(case.labels) <= set(case.origins)


def test_the_scores_do_not_sink() -> None:
    annotators()
    reached = add_up(score(case, answer(case, read_case(case))) for case in CASES)
    assert {name: value for name, value in reached.items() if value < PINNED[name]} == {}


def test_unseen_cases_are_whole_too() -> None:
    unseen = tuple(read_cases(HERE / "unseen"))
    assert len(unseen) == 8
    for report in (report for case in unseen for report in case.report):
        assert report.told_at(report.words)


def test_an_empty_answer_scores_nothing() -> None:
    case = next(case for case in CASES if case.differ and case.copies)
    nothing = Answered(None, (), {report.id: frozenset() for report in case.report}, frozenset())
    counts = score(case, nothing).counts
    due = ("independence", "origins named", "copies recall", "differences recall")
    assert [counts[name][0] for name in due] == [0, 0, 0, 0]
    assert all(counts[name][1] for name in due)
