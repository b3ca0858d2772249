"""Who said what: one line of news a behaviour, its gold written in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

import dateline
from benchmarks.attributions import attributions
from dateline.model import Actor, Attribution, Reading, Span, Statement
from dateline.reading.statements import StatementReader
from dateline.reading.statements.tagged import find_tagged
from dateline.reading.statements.tree import Tree
from tests.conftest import Readers
from tests.marked import marked, plain


def statements(readers: Readers, text: str) -> tuple[Reading, tuple[Statement, ...]]:
    reading = readers.up_to("statements", plain(text))
    return reading, reading.statements


def parts(text: str, one: Statement) -> tuple[str | None, str | None, str]:
    source, cue = (span.of(text) if span else None for span in (one.source, one.cue))
    return source, cue, one.content.of(text)


LINES = [
    "[source: Police] [cue: said] [content: two men fled the town on Monday].",
    "[source: The minister] [cue: said] that [content: the talks had failed].",
    "“[content: We will rebuild the bridge],” [source: Mayor Ana Ruiz] [cue: said].",
    '"[content: We will rebuild the bridge]," [cue: said] [source: Ana Ruiz].',
    "''[content: We won't give up],'' [source: Ana Ruiz] [cue: said].",
    "«[content: We will rebuild the bridge],» [cue: said] [source: the governor].",
    "[source: Ana Ruiz] [cue: said]: “[content: We will rebuild the bridge.]”",
    "[content: The bridge will be closed for a month], [cue: according to] [source: the city council].",
    "[cue: According to] [source: the city council], [content: the bridge will be closed for a month].",
    "[source: The president] [cue: promised] [content: to rebuild the bridge].",
    "[source: Experts] have [cue: warned] that [content: the dam could burst].",
    "It was [cue: reported] that [content: the dam had burst].",
    "[content: The storm killed nine people], [source: the army] [cue: said] in a statement.",
    "[source: A video published by local media] [cue: showed] [content: the mayor leaving the town hall].",
    "[source: The general], who led the raid, [cue: denied] [content: that he had ordered it].",
    "[content: Two killed in blast][cue: :] [source: police]",
    "[source: Minister][cue: :] [content: no talks with rebels]",
    "[source: She] [cue: believes] [content: the plan will fail].",
]


@pytest.mark.parametrize("line", LINES)
def test_source_cue_and_content_are_found(readers: Readers, line: str) -> None:
    text, gold = marked(line)
    _, found = statements(readers, text)
    wanted_source = [span.of(text) for span in gold["source"]]
    wanted = (wanted_source[0] if wanted_source else None, gold["content"][0].of(text))
    heads = [(source and source.split(",")[0], content) for source, _, content in (parts(text, one) for one in found)]
    content = wanted[1].removeprefix("that ")
    assert (wanted[0], content) in heads
    cues = [one.cue for one in found if one.content.of(text) == content and one.cue is not None]
    assert any(gold["cue"][0].touches(cue) for cue in cues)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We will rebuild the bridge,” the mayor said.", "direct"),
        ("The mayor said the old bridge was “a danger to us all” and would be closed.", "partly"),
        ("The mayor said the walrus “Misha” had left the harbour on Monday.", "indirect"),
        ("The mayor said “Misha is fine” on Monday.", "direct"),
        ("The mayor said the old bridge would be closed.", "indirect"),
    ],
)
def test_how_a_content_is_quoted(readers: Readers, text: str, quoted: str) -> None:
    _, found = statements(readers, text)
    assert [one.quoted for one in found if one.cue and one.cue.of(text) == "said"] == [quoted]


def test_sentences_within_a_running_quotation_have_their_speaker(readers: Readers) -> None:
    text = "“We are ready. We will win,” said Ana Ruiz. “Nobody doubts it.”\n\n“We start today.”"
    _, found = statements(readers, text)
    assert [(one.content.of(text), one.source is None, one.cue is None) for one in found] == [
        ("We are ready.", True, True),
        ("We will win", False, False),
        ("Nobody doubts it.", True, True),
        ("We start today.", True, True),
    ]
    assert {one.source_name for one in found} == {"Ana Ruiz"}


def test_a_quotation_over_paragraphs_opens_each_and_closes_once(readers: Readers) -> None:
    text = "Ana Ruiz said: “We are ready.\n\n“We will win.\n\n“We start today.”\n\nThe sun shone."
    _, found = statements(readers, text)
    assert [one.content.of(text) for one in found] == ["We are ready.", "We will win.", "We start today."]


def test_a_broken_quotation_of_two_clauses_is_two_statements(readers: Readers) -> None:
    text = "“We are ready,” Ana Ruiz said, “and we will win.”"
    _, found = statements(readers, text)
    assert [parts(text, one) for one in found] == [
        ("Ana Ruiz", "said", "We are ready"),
        ("Ana Ruiz", "said", "and we will win."),
    ]


def test_a_broken_quotation_of_one_clause_is_one_span(readers: Readers) -> None:
    text = "“The people of this town,” Ana Ruiz said, “deserve a new bridge.”"
    _, found = statements(readers, text)
    assert [one.content.of(text) for one in found] == [text[1:-1]]


def test_a_content_does_not_cross_into_the_next_paragraph(readers: Readers) -> None:
    text = "Ana Ruiz said the bridge was closed\n\nThe sun shone on the river"
    _, found = statements(readers, text)
    assert all("\n" not in one.content.of(text) for one in found)


def test_no_content_breaks_off_before_its_noun(readers: Readers) -> None:
    text = "State media reported that Mr Kim was met by his minister and the top commanders of his air force and navy."
    _, found = statements(readers, text)
    assert [one.content.of(text) for one in found] == [
        "Mr Kim was met by his minister and the top commanders of his air force and navy"
    ]


@pytest.mark.parametrize(
    ("told", "rest"),
    [
        ("the council will review its plan on Sept.", " 30"),
        ("the council will extend the use of the city’s", " old power plant"),
        ("the council will receive the commanders of his", " navy"),
        ("the council will review its plan", ""),
    ],
)
def test_no_content_of_the_network_breaks_off_within_a_phrase(readers: Readers, told: str, rest: str) -> None:
    text = f"Ana Ruiz said {told}{rest}."
    reading = readers.up_to("sentences", plain(text))
    start = text.index(told)
    seen = Attribution(Span(0, 8), Span(9, 13), (Span(start, start + len(told)),), 0.9)
    reader = StatementReader.load()
    [one] = find_tagged(Tree.of(reading, reader.cues), [seen])
    assert [piece.of(text) for piece in one.shape.pieces] == [told + rest]


def test_a_source_ends_with_the_name_before_its_cue(readers: Readers) -> None:
    text = "The train left after a farewell ceremony at the station, Russian state news agency Tass reported."
    _, (one,) = statements(readers, text)
    assert one.source is not None and one.source.of(text) == "Russian state news agency Tass"
    assert one.source_name == "Tass"


def test_who_passes_on_another_is_nearer_in_the_chain(readers: Readers) -> None:
    text = "Two soldiers were killed near the border, Tass reported, citing the ministry."
    _, found = statements(readers, text)
    assert [(one.source_name, one.chain) for one in found] == [
        ("Tass", ("Tass",)),
        ("ministry", ("Tass", "ministry")),
    ]
    assert len({one.content for one in found}) == 1


def test_a_statement_within_a_statement_came_through_both(readers: Readers) -> None:
    text = "The agency said that the mayor had warned that the dam could burst."
    _, found = statements(readers, text)
    outer, inner = found
    assert outer.content.covers(inner.content)
    assert (outer.chain, inner.chain) == (("agency",), ("agency", "mayor"))


def test_a_pronoun_has_the_name_of_the_actor_that_it_mentions(readers: Readers) -> None:
    text, gold = marked("[who: Ana Ruiz] arrived. [he: She] said the bridge was closed.")
    reading = readers.up_to("sentences", plain(text))
    actor = Actor("a1", "Ana María Ruiz", "Person", (), (gold["who"][0], gold["he"][0]))
    found = StatementReader.load()(replace(reading, actors=(actor,))).statements
    assert [one.source_name for one in found] == ["Ana María Ruiz"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The ministry said the road was open.", "ministry"),
        ("A statement by the ministry said the road was open.", "ministry"),
        ("Ana Ruiz said the road was open. She added that the bridge was closed.", "Ana Ruiz"),
        ("It was reported that the road was open.", None),
    ],
)
def test_the_name_of_a_source_without_actors(readers: Readers, text: str, name: str | None) -> None:
    reading = readers.up_to("sentences", plain(text))
    found = StatementReader.load()(reading).statements
    assert found[-1].source_name == name


@pytest.mark.parametrize(
    "text",
    [
        "The train left the station on Monday.",
        "The 6' 2\" tall goalkeeper saved the penalty and the players' bus left.",
        "Heavy rain fell over the northern valley.",
        "On Saturday the minister also showed Kim another of Russia’s latest missiles, the hypersonic “Kinzhal”.",
    ],
)
def test_plain_telling_is_nobodys_statement(readers: Readers, text: str) -> None:
    assert statements(readers, text)[1] == ()


def test_hearsay_is_a_statement_of_nobody_known(readers: Readers) -> None:
    text = "The minister reportedly fled the country."
    _, found = statements(readers, text)
    assert [(one.source, one.source_name, one.cue and one.cue.of(text)) for one in found] == [
        (None, None, "reportedly")
    ]


def test_attributions_join_the_statements_of_one_cue(readers: Readers) -> None:
    text = "“We are ready. We will win,” said Ana Ruiz. “Nobody doubts it.”"
    reading, _ = statements(readers, text)
    (one,) = attributions(reading)
    assert [Span(*span).of(text) for span in one["content"]] == ["We are ready.", "We will win", "Nobody doubts it."]
    assert [Span(*span).of(text) for part in ("source", "cue") for span in one[part]] == ["Ana Ruiz", "said"]


def test_attributions_leave_source_and_cue_out_of_the_content(readers: Readers) -> None:
    text = "“The people of this town,” Ana Ruiz said, “deserve a new bridge.”"
    reading, _ = statements(readers, text)
    (one,) = attributions(reading)
    words = " ".join(Span(*span).of(text) for span in one["content"])
    assert "said" not in words and "people" in words and "deserve" in words


def test_attributions_have_the_that_of_their_content(readers: Readers) -> None:
    text = "The mayor said that the bridge was closed."
    reading, _ = statements(readers, text)
    (one,) = attributions(reading)
    assert [Span(*span).of(text) for span in one["content"]] == ["that the bridge was closed"]


def test_a_cue_with_a_subject_of_its_own_has_no_speaker_of_the_sentence_before() -> None:
    page = Path(__file__).parents[2] / "examples" / "examplia-state-agency.html"
    reading = dateline.read(page)
    [told] = [one for one in reading.statements if "accompanied" in one.content.of(reading.text)]
    assert told.source_name == "North Korea’s state media"
