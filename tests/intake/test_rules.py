"""The rules of intake: each brings examples, and every one of them is run."""

from __future__ import annotations

import pytest

from dateline.errors import LexiconError
from dateline.intake.captions import CaptionFinder, CaptionTable
from dateline.intake.furniture import FurnitureJudge, FurnitureTable, compile_rule
from dateline.lexicon.tables import read_table

FURNITURE = read_table("languages/en/furniture.toml", FurnitureTable)
CAPTIONS = read_table("languages/en/captions.toml", CaptionTable)
JUDGE = FurnitureJudge.load()
FINDER = CaptionFinder.load()


@pytest.mark.parametrize("rule", FURNITURE.rule, ids=lambda rule: str(rule.name))
def test_each_furniture_rule_finds_its_examples_and_leaves_the_others_alone(rule) -> None:  # type: ignore[no-untyped-def]
    assert rule.examples
    assert rule.never
    for line in rule.examples:
        verdict = JUDGE.judge_line(line)
        assert (verdict.sort, verdict.clear or rule.sure == "hint") == (rule.sort, True), line
    for line in rule.never:
        assert JUDGE.judge_line(line).sort is None, line


@pytest.mark.parametrize("rule", CAPTIONS.credit, ids=lambda rule: str(rule.name))
def test_each_credit_rule_finds_its_examples(rule) -> None:  # type: ignore[no-untyped-def]
    for line, credit in rule.examples.items():
        span = FINDER.find_credit(line)
        assert span
        assert span.of(line) == credit


@pytest.mark.parametrize("rule", CAPTIONS.opening, ids=lambda rule: str(rule.name))
def test_each_opening_rule_finds_its_examples_and_leaves_the_others_alone(rule) -> None:  # type: ignore[no-untyped-def]
    assert [line for line in rule.examples if not FINDER.opens(line)] == []
    assert [line for line in rule.never if FINDER.opens(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "The two countries signed an accord (a copy was seen by reporters)",
        "He joined the Kim Il Sung University (KISU)",
        "She told the Ghana News Agency (GNA).",
        "The minister (left) and the mayor",
        "",
    ],
)
def test_brackets_that_are_no_credit(line: str) -> None:
    assert FINDER.find_credit(line) is None


def test_a_hint_alone_is_no_furniture_but_beside_a_prompt_it_is() -> None:
    hint = "Your support makes all the difference."
    assert JUDGE.find_furniture(["They met.", hint, "They left."]) == [None, None, None]
    assert JUDGE.find_furniture([hint, "Donate now"]) == ["appeal", "appeal"]


def test_what_the_site_says_between_two_prompts_is_part_of_them() -> None:
    lines = ["Support our journalism", "From war to weather, we are there for you.", "Donate now", "The war went on."]
    assert JUDGE.find_furniture(lines) == ["appeal", "appeal", "appeal", None]


def test_quoted_speech_is_nobody_elses_furniture() -> None:
    lines = ["“Sign up to our newsletter,” the banner read.", "'Donate now', it went on, 'support our journalism'."]
    assert JUDGE.find_furniture(lines) == [None, None]


def test_a_pattern_that_does_not_compile_is_named() -> None:
    with pytest.raises(LexiconError, match='rule "broken": the pattern does not compile'):
        compile_rule("languages/xx/furniture.toml", "broken", "(")
