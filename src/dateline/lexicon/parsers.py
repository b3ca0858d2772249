"""Runs a spaCy pipeline with less work, for the same tags, lemmas and trees.

Three parts of it cost more than they need to. The attribute ruler holds every token against 179 patterns, of which
all but eight look at one token, and the lemmatizer looks at the word and at what the ruler set: what both make of a
word with its tag and its link is worked out once. The lemmatizer looks for a word among up to 57,528 in a list, from
the first to the last: it is given sets. And spaCy multiplies its matrices by BLIS, three times as slow on some
processors as the OpenBLAS that numpy brings; that, left to itself, would start a thread for every core, which costs
other processes more than it gains. What comes out are the tokens in columns: spaCy's own are slow to ask.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

_TOKENS_AT_MOST = 1 << 16
"""So many different tokens are remembered; then it begins anew."""

_PLAIN = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
"""What a pattern may look at for its answer to be worked out once for all tokens that are alike in it."""

_LAST = ("attribute_ruler", "lemmatizer")

Setter = Callable[[int], object]


class Word(NamedTuple):
    """What is known of a token wherever it stands with this tag and this link: its word, base form and tags."""

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    space: bool
    """Whether it is white space, and no word."""


class Parsed(NamedTuple):
    """The tokens of a text in columns."""

    words: list[Word]
    starts: list[int]
    """Where each begins in the text."""
    heads: list[int]
    """The number of the token that each hangs on; its own where it hangs on none."""
    opens: list[bool]
    """Whether each opens a sentence."""


@dataclass(frozen=True, slots=True)
class LeanParser:
    """A spaCy pipeline whose last parts, the attribute ruler and the lemmatizer, are run from here."""

    first: Any
    judge: Judge
    alone: AbstractContextManager[object]
    """Wherein numpy multiplies on one thread; where spaCy multiplies by itself it does nothing."""

    def pipe(self, texts: Iterable[str], *, batch_size: int) -> Iterator[Parsed]:
        """The tokens of each text, in order."""
        waiting = iter(texts)
        while batch := list(islice(waiting, batch_size)):
            with self.alone:
                docs = list(self.first.pipe(batch, batch_size=batch_size))
            for doc in docs:
                yield self.judge(doc)


@dataclass(slots=True)
class OneThread:
    """While anybody is inside, numpy multiplies on one thread; when the last one leaves, on as many as before.

    The number is one for the whole process: reports are read in several threads at once, and whoever uses numpy beside
    Dateline may set it between two of them.
    """

    use: Setter
    used: Callable[[], int]
    inside: int = 0
    before: int = 0
    lock: Lock = field(default_factory=Lock)

    def __enter__(self) -> None:
        with self.lock:
            if not self.inside:
                self.before = self.used()
                self.use(1)
            self.inside += 1

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.inside -= 1
            if not self.inside:
                self.use(self.before)


def make_lean(pipeline: Any) -> LeanParser:
    """A spaCy pipeline as one that does less work; it must end with an attribute ruler and a lemmatizer."""
    ruler, lemmatizer = (pipeline.get_pipe(name) for name in _LAST)
    for name in _LAST:
        pipeline.disable_pipe(name)
    _look_up_at_once(lemmatizer)
    alone = _numpy_alone()
    if alone is not None:
        _multiply_by_numpy(pipeline)
    return LeanParser(pipeline, Judge.of(ruler, lemmatizer), alone or nullcontext())


@dataclass(slots=True)
class Judge:
    """A spaCy attribute ruler and a lemmatizer that remember what they make of one token."""

    ruler: Any
    lemmatizer: Any
    longer: Any
    """A matcher of the patterns of several tokens: a text in which one is found is left to the ruler itself."""
    known: dict[tuple[int, int, int], Word] = field(default_factory=dict)
    """What they make of a token, by spaCy's numbers of its word, its tag and its link."""

    @classmethod
    def of(cls, ruler: Any, lemmatizer: Any) -> Judge:
        """One that does what a spaCy attribute ruler and the lemmatizer behind it do."""
        from spacy.matcher import Matcher

        longer = Matcher(ruler.vocab)
        for number, rule in enumerate(ruler.patterns):
            for pattern in rule["patterns"]:
                if len(pattern) > 1 or not _PLAIN.issuperset(pattern[0]):
                    longer.add(str(number), [pattern])
        return cls(ruler, lemmatizer, longer)

    def __call__(self, doc: Any) -> Parsed:
        """The tokens of a document, judged."""
        from spacy.attrs import DEP, HEAD, IDX, ORTH, SENT_START, TAG

        if not len(doc):
            return Parsed([], [], [], [])
        columns = doc.to_array((ORTH, TAG, DEP, HEAD, IDX, SENT_START)).T
        kinds = zip(*columns[:3].tolist(), strict=True)
        if self.longer(doc, allow_missing=True):
            self.lemmatizer(self.ruler(doc))
            words = [_word(token) for token in doc]
        else:
            if len(self.known) > _TOKENS_AT_MOST:
                self.known.clear()
            known = self.known
            words = [known.get(kind) or self._judged(doc, place, kind) for place, kind in enumerate(kinds)]
        heads, starts, opens = columns[3:].astype("int64").tolist()
        return Parsed(
            words,
            starts,
            [place + step for place, step in enumerate(heads)],
            [not n or one == 1 for n, one in enumerate(opens)],
        )

    def _judged(self, doc: Any, place: int, kind: tuple[int, int, int]) -> Word:
        """What the patterns and the lemmatizer make of one token: where two patterns set the same, the later counts."""
        from spacy.tokens._retokenize import set_token_attrs

        token = doc[place]
        found: dict[int, int] = {}
        for number, *_ in self.ruler.match(doc[place : place + 1]):
            found |= self.ruler.attrs[number]
        set_token_attrs(token, found)
        if not token.lemma:
            token.lemma_ = self.lemmatizer.lemmatize(token)[0]
        word = self.known[kind] = _word(token)
        return word


def _word(token: Any) -> Word:
    return Word(token.text, token.lemma_.lower(), token.pos_, token.tag_, token.dep_, token.is_space)


def _look_up_at_once(lemmatizer: Any) -> None:
    """Turns the lists of known words that a lemmatizer looks into, one a part of speech, into sets."""
    known = lemmatizer.lookups.get_table("lemma_index")
    for part, words in list(known.items()):
        known[part] = frozenset(words)


def _multiply_by_numpy(pipeline: Any) -> None:
    from thinc.api import NumpyOps

    operations = NumpyOps(use_blis=False)
    for _, component in pipeline.pipeline:
        if getattr(component, "model", None) is not None:
            for layer in component.model.walk():
                if type(layer.ops) is NumpyOps:
                    layer.ops = operations


@cache
def _numpy_alone() -> OneThread | None:
    """Wherein numpy's own OpenBLAS uses one thread, one for the process; None where numpy has none of its own."""
    import numpy

    for path in sorted((Path(numpy.__file__).parent.parent / "numpy.libs").glob("*openblas*")):
        try:
            library = ctypes.CDLL(str(path))  # numpy has loaded it: this finds the same one
        except OSError:  # left behind by another numpy, and none that this machine can load
            continue
        for name in ("scipy_openblas_{}_num_threads64_", "openblas_{}_num_threads64_", "openblas_{}_num_threads"):
            setter, getter = (getattr(library, name.format(verb), None) for verb in ("set", "get"))
            if setter is not None and getter is not None:
                setter.argtypes, setter.restype = [ctypes.c_int], None
                getter.argtypes, getter.restype = [], ctypes.c_int
                return OneThread(setter, getter)
    return None
