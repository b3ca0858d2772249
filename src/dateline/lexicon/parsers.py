"""Runs a spaCy pipeline with less work, for the same tags, lemmas and trees.

Three parts of it cost more than they need to. The attribute ruler holds every token against 179 patterns, of which all
but eight look at one token: what they make of its tag, its word and its link is worked out once. The lemmatizer looks
for a word among up to 57,528 in a list, from the first to the last: it is given sets. And spaCy multiplies its matrices
by BLIS, three times as slow on some processors as the OpenBLAS that numpy brings; that, left to itself, would start a
thread for every core, which costs other processes more than it gains.
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
from typing import Any

_TOKENS_AT_MOST = 1 << 16
"""So many different tokens the ruler remembers; then it begins anew."""

_PLAIN = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
"""What a pattern may look at for its answer to be worked out once for all tokens that are alike in it."""

_LAST = ("attribute_ruler", "lemmatizer")

Setter = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class LeanParser:
    """A spaCy pipeline whose last parts, the attribute ruler and the lemmatizer, are run from here."""

    first: Any
    ruler: Callable[[Any], Any]
    lemmatizer: Callable[[Any], Any]
    alone: AbstractContextManager[object]
    """Wherein numpy multiplies on one thread; where spaCy multiplies by itself it does nothing."""

    def pipe(self, texts: Iterable[str], *, batch_size: int) -> Iterator[Any]:
        """One parsed spaCy Doc a text, in order."""
        waiting = iter(texts)
        while batch := list(islice(waiting, batch_size)):
            with self.alone:
                docs = list(self.first.pipe(batch, batch_size=batch_size))
            for doc in docs:
                yield self.lemmatizer(self.ruler(doc))


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
    return LeanParser(pipeline, Ruler.of(ruler), lemmatizer, alone or nullcontext())


@dataclass(slots=True)
class Ruler:
    """A spaCy attribute ruler that remembers what its patterns make of one token."""

    ruler: Any
    longer: Any
    """A matcher of the patterns of several tokens: a text in which one is found is left to the ruler itself."""
    columns: tuple[int, ...]
    """What the patterns look at, by spaCy's numbers."""
    known: dict[tuple[int, ...], dict[int, int]] = field(default_factory=dict)
    """What is set on tokens, by what the patterns look at in them."""

    @classmethod
    def of(cls, ruler: Any) -> Ruler:
        """The ruler that does what a spaCy attribute ruler does."""
        from spacy.attrs import IDS
        from spacy.matcher import Matcher

        longer = Matcher(ruler.vocab)
        for number, rule in enumerate(ruler.patterns):
            for pattern in rule["patterns"]:
                if len(pattern) > 1 or not _PLAIN.issuperset(pattern[0]):
                    longer.add(str(number), [pattern])
        return cls(ruler, longer, tuple(IDS[name] for name in sorted(_PLAIN)))

    def __call__(self, doc: Any) -> Any:
        """The document with the attributes of its tokens set."""
        from spacy.tokens._retokenize import set_token_attrs

        if self.longer(doc, allow_missing=True):
            return self.ruler(doc)
        if len(self.known) > _TOKENS_AT_MOST:
            self.known.clear()
        for token, row in zip(doc, doc.to_array(self.columns).tolist(), strict=True):
            key = tuple(row)
            found = self.known.get(key)
            if found is None:
                found = self.known[key] = self._rules_of(doc[token.i : token.i + 1])
            set_token_attrs(token, found)
        return doc

    def _rules_of(self, token: Any) -> dict[int, int]:
        """What the patterns set on one token, given as a span: where two set the same, the later one counts."""
        found: dict[int, int] = {}
        for number, *_ in self.ruler.match(token):
            found |= self.ruler.attrs[number]
        return found


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
