"""The tables of the events layer: every rule's own examples, and the models' form."""

from __future__ import annotations

import re

import pytest

from dateline.errors import LexiconError
from dateline.lexicon.tables import read_json, read_table
from dateline.model import Block, Reading, Report, Span
from dateline.reading.events import linear
from dateline.reading.events.families import stem
from dateline.reading.events.lexicon import EventLexicon, Models, TypeTable
from dateline.reading.events.linear import chance, chance_of, probabilities
from dateline.reading.events.plover import PloverCoder, fold
from dateline.reading.events.types import fitting_rule
from dateline.reading.sentences import SentenceReader

TABLE = read_table("languages/en/events_types.toml", TypeTable)
SENTENCES = SentenceReader.load()
LEXICON = EventLexicon.load()


def parsed(text: str) -> Reading:
    return SENTENCES(Reading(Report(id="test", text=text, blocks=(Block(0, len(text), "paragraph"),))))


@pytest.mark.parametrize(
    ("example", "type_", "mode"),
    [(example, rule.type, rule.mode) for rule in TABLE.rule for example in rule.examples],
)
def test_each_rule_fits_its_examples(example: str, type_: str, mode: str | None) -> None:
    marked = re.search(r"\[(.+?)\]", example)
    assert marked, "the trigger must stand in brackets"
    text = example.replace("[", "").replace("]", "")
    reading = parsed(text)
    [token] = reading.parsed().within(Span(marked.start(), marked.start() + len(marked[1])))
    fitted = fitting_rule(reading.parsed(), LEXICON, token)
    assert fitted is not None
    assert (fitted[0].type, fitted[0].mode) == (type_, mode)
    assert fitted[1][0] is token


def test_every_rule_has_an_example_and_a_word() -> None:
    assert [rule for rule in TABLE.rule if not rule.examples or not (rule.verbs or rule.nouns)] == []


def test_an_absent_or_broken_model_is_named() -> None:
    with pytest.raises(LexiconError, match=r"no/such\.json"):
        read_json("no/such.json", Models)
    with pytest.raises(LexiconError, match=r"events\.toml"):
        read_json("languages/en/events.toml", Models)


def test_the_models_have_a_card_and_speak_of_known_types() -> None:
    assert {"what", "how", "data", "licence"} <= set(LEXICON.models.card)
    for weights in (LEXICON.models.detect, LEXICON.models.main, LEXICON.when.weights, LEXICON.models.where):
        assert {label for classes in weights.values() for label in classes} == {"yes"}


def test_linear_scores_are_probabilities() -> None:
    weights = {"bias": {"a": 0.0, "b": 1.0}, "x": {"a": 5.0}}
    assert list(probabilities(weights, [])) == ["b", "a"]
    assert list(probabilities(weights, ["x"])) == ["a", "b"]
    assert sum(probabilities(weights, ["x"]).values()) == pytest.approx(1)
    assert probabilities({}, ["x"]) == {}
    assert chance({}, []) == 0.5
    assert chance({"bias": {"yes": 1000.0}}, []) <= 1


def test_of_models_that_are_made_without_end_few_are_kept() -> None:
    for number in range(3 * linear._MODELS_AT_MOST):
        assert chance({"bias": {"yes": number / 10}}, []) == pytest.approx(chance_of(number / 10))
        assert len(linear._LAID_OUT) <= linear._MODELS_AT_MOST


@pytest.mark.parametrize(
    ("one", "other"),
    [("inspect", "inspection"), ("arrive", "arrival"), ("deploy", "deployment"), ("invade", "invading")],
)
def test_words_of_one_family_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("text", "source", "target", "label"),
    [
        ("Norway will send food to Mali.", "Norway", "Mali", "AGREE"),
        ("Norway sent food to Mali.", "Norway", "Mali", "AID"),
        ("Norway threatened to ban ships from Mali.", "Norway", "Mali", "THREATEN"),
        ("Norway said that Mali must free the crew.", "Norway", "Mali", "REQUEST"),
        ("Norway rejected an offer from Mali.", "Norway", "Mali", "REJECT"),
        ("Norway signed a treaty with Mali.", "Norway", "Mali", "SUPPORT"),
        ("Norway bombed two ports in Mali.", "Norway", "Mali", "ASSAULT"),
    ],
)
def test_plover_folds_intentions_into_types(text: str, source: str, target: str, label: str) -> None:
    spans = [Span(text.index(word), text.index(word) + len(word)) for word in (source, target)]
    assert PloverCoder(LEXICON).code(parsed(text), spans[0], spans[1])[0] == label


@pytest.mark.parametrize("text", ["", "Hm.", "1 2 3", "Rain fell."])
def test_the_plover_coder_never_abstains(text: str) -> None:
    label, _ = PloverCoder(LEXICON).code(parsed(text), None, None)
    assert label != "OTHER"


def test_the_fold_leaves_speech_acts_alone() -> None:
    assert fold("ACCUSE", "planned") == "ACCUSE"
    assert fold("AID", "denied") == "REJECT"
