"""Every rule of time expressions finds and values its own examples."""

from __future__ import annotations

import pytest

from dateline.model import Block, Reading, Report, ReportKind, Span
from dateline.reading.timexes import TimexReader

READER = TimexReader.load()
EXAMPLES = [
    pytest.param(rule.kind, example, value, id=f"{rule.name}: {example}")
    for rule in READER.rules.rules
    for example, value in rule.examples.items()
]


def read(text: str, published: str | None, kind: ReportKind | None) -> Reading:
    """A reading of a text of one paragraph and one sentence, without the tree."""
    report = Report("x", text, (Block(0, len(text), "paragraph"),), published=published)
    return READER(Reading(report, sentences=(Span(0, len(text)),), kind=kind))


@pytest.mark.parametrize(("kind", "example", "value"), EXAMPLES)
def test_an_example_of_a_rule(kind: ReportKind | None, example: str, value: str) -> None:
    start, end = example.index("["), example.index("]") - 1
    text = example.replace("[", "").replace("]", "")
    found = [(timex.start, timex.end, timex.value) for timex in read(text, READER.rules.published, kind).timexes]
    # An example with no value is one of a time that is spoken of and not told.
    assert (start, end, value or None) in found


def test_rules_have_examples_and_names_of_their_own() -> None:
    names = [rule.name for rule in READER.rules.rules]
    assert len(names) == len(set(names))
    assert all(rule.examples for rule in READER.rules.rules)
