"""What holds of the statements of any text whatever, and of the lexicon that they are found with."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from benchmarks.attributions import attributions
from dateline.model import Block, BlockKind, Parse, Reading, Report, Token
from dateline.reading.statements import StatementReader
from dateline.reading.statements.cues import open_cues, open_weights
from tests.conftest import Readers
from tests.marked import plain

WORDS = st.sampled_from(
    ["he", "police", "said", "says", "that", "“", "”", '"', "'", "‘", "’", "«", "»", ",", ".", ":", "—", "who", "which",
     "according", "to", "the", "a", "plan", "was", "reported", "claims", "not", "by", "of", "Ruiz", "left", "and", "in",
     "about", "poll", "quoted", "as", "saying", "citing", "they", "it", "\n", "Mayor:", "🙂", "é"]
)  # fmt: skip
NEWS = st.lists(WORDS, max_size=60).map(" ".join)


TRAITS = {
    "bias", "f", "l", "lf", "s", "fs", "t", "d", "lt", "fd", "m", "fm", "lm",
    "c", "fc", "lc", "up", "upd", "v", "vl", "w", "q",
}  # fmt: skip
LAYOUT = {":", ",", "-", "–", "—", "accord", "according", "in", "by", "from", "at"}
"""What heads a cue and is no reporting word."""


def check(reading: Reading) -> None:
    text, before = reading.text, -1
    blocks = [block.span for block in reading.report.blocks]
    for one in reading.statements:
        assert 0 <= one.content.start < one.content.end <= len(text)
        assert one.content.start >= before
        before = one.content.start
        assert not one.content.of(text)[0].isspace() and not one.content.of(text)[-1].isspace()
        assert any(block.covers(one.content) for block in blocks)
        for span in (one.source, one.cue):
            assert span is None or (span.of(text).strip() and any(block.covers(span) for block in blocks))
        assert one.source is None or one.cue is not None
        assert one.source_name is None or one.chain[-1] == one.source_name


@example("quoted “ . he ”")
@example("said he \n “ he")  # a sentence that begins with a blank within its quotation
@given(NEWS | st.text(max_size=200))
def test_spans_lie_in_the_text_and_other_layers_stay(readers: Readers, text: str) -> None:
    before = readers.up_to("distances", plain(text.replace("\ud800", "")))
    after = readers.opened[7](before)
    check(after)
    assert replace(after, statements=before.statements, voices=before.voices, by=before.by) == before
    assert len(after.voices) == len(after.sentences)
    assert after.by == (*before.by, "statements.en/11")
    assert readers.opened[7](before) == after
    for one in attributions(after):
        assert one["content"] and all(start < end for part in one.values() for start, end in part)


MARKS = ("“", "”", '"', "«", "»", "‘", "’", "'", "``", "''", "„", "—", ":", "…", "(", ")", "!", "?", ";", "")
PIECES = (
    "Mayor Ana Ruiz said", "the bridge was closed", "police reported", "according to the army", "We will rebuild it",
    "KCNA said in a statement", "nobody was hurt", "he added", "the minister denied", "it could collapse", "AP",
    "she told reporters",
)  # fmt: skip
KINDS: tuple[BlockKind, ...] = ("headline", "standfirst", "caption", "paragraph", "paragraph", "furniture")
FUZZED = 500


def fuzzed(dice: Random) -> Reading:
    """A page of a few blocks of any kind, its punctuation thrown in by dice."""
    text, blocks = "", []
    for _ in range(dice.randint(2, 5)):
        words = [
            dice.choice(MARKS) + piece + dice.choice(MARKS) for piece in dice.choices(PIECES, k=dice.randint(1, 3))
        ]
        line = dice.choice((" ", ", ", ". ", ": ")).join(words) + dice.choice((".", "", "”", '"'))
        blocks.append(Block(len(text), len(text) + len(line), dice.choice(KINDS)))
        text += line + "\n"
    return Reading(Report("test", text, tuple(blocks)))


def test_no_attribution_of_a_fuzzed_page_crosses_a_headline_or_caption(readers: Readers) -> None:
    dice, found = Random(8), 0  # noqa: S311
    for _ in range(FUZZED):
        reading = readers.up_to("statements", fuzzed(dice))
        check(reading)
        for one in reading.statements:
            spans = [span for span in (one.source, one.cue, one.content) if span is not None]
            homes = {block for block in reading.report.blocks for span in spans if block.span.covers(span)}
            assert len(homes) == 1 or {home.kind for home in homes} == {"paragraph"}
            assert all(home.readable for home in homes)
            found += 1
    assert found > FUZZED


def flat(text: str) -> Reading:
    """A reading whose every word hangs on the word before: as deep as a tree can be."""
    tokens, at = [], 0
    for index, word in enumerate(text.split(" ")):
        tag = "VBD" if word == "said" else "NN"
        pos = "VERB" if word == "said" else "PUNCT" if not word.isalnum() else "NOUN"
        dep = "ROOT" if not index else "ccomp" if word == "said" else "dobj"
        tokens.append(Token(index, at, at + len(word), word, word.replace("said", "say"), pos, tag, dep,
                            max(0, index - 1), 0))  # fmt: skip
        at += len(word) + 1
    return replace(plain(text), parse=Parse.of(tuple(tokens), ((0, len(tokens)),)))


@pytest.mark.parametrize("words", ['"', "said", '" said', "statement 's", "according to police", "“ a said b ”"])
def test_time_grows_with_the_text_and_depth_is_no_matter(words: str) -> None:
    reader = StatementReader.load()
    times = []
    for count in (300, 1200):
        reading = flat(" ".join([words] * (count // (1 + words.count(" ")))))
        began = time.process_time()
        reader(reading)
        times.append(time.process_time() - began)
    assert times[1] < 0.5 + 12 * times[0]


def test_an_auxiliary_that_heads_itself_ends_the_climb() -> None:
    """Where the parser makes white space the root of a sentence, what hung on that is left without a head."""
    text = "reportedly did"
    adverb = Token(0, 0, 10, "reportedly", "reportedly", "ADV", "RB", "advmod", 1, 0)
    auxiliary = Token(1, 11, 14, "did", "do", "AUX", "VBD", "aux", 1, 0)
    reading = replace(plain(text), parse=Parse.of((adverb, auxiliary), ((0, 2),)))
    assert [one.content.of(text) for one in StatementReader.load()(reading).statements] == ["did"]


def test_a_reading_without_a_parse_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no parse"):
        StatementReader.load()(plain("Police said he fled."))


def test_the_lexicon_is_in_lower_case_and_the_weights_are_known_traits() -> None:
    cues, weights = open_cues("en"), open_weights("en")
    for words in (cues.verbs, cues.nouns, cues.adjectives, cues.adverbs, cues.papers, cues.quoting):
        assert words and all(word == word.lower() == word.strip() for word in words)
    assert 0 < weights.threshold < 1
    kinds = {trait.split("=")[0] for trait in weights.traits}
    assert kinds <= TRAITS
    lemmas = {trait[2:] for trait in weights.traits if trait.startswith("l=")}
    assert lemmas <= cues.verbs | cues.nouns | cues.adjectives | cues.adverbs | LAYOUT
