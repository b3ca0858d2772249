"""Runs a spaCy pipeline with less work, for the same tags, lemmas and trees.

Two parts of it cost more than they need to. The attribute ruler holds every token against 179 patterns, of which all
but eight look at one token: what they make of its tag, its word and its link is worked out once. And spaCy multiplies
its matrices by BLIS, three times as slow on some processors as the OpenBLAS that numpy brings; that, left to itself,
would start a thread for every core, which costs other processes more than it gains.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
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
    use_threads: Setter | None
    """Sets how many threads numpy multiplies with; None where spaCy multiplies by itself."""
    threads: int

    def pipe(self, texts: Iterable[str], *, batch_size: int) -> Iterator[Any]:
        """One parsed spaCy Doc a text, in order."""
        waiting = iter(texts)
        while batch := list(islice(waiting, batch_size)):
            for doc in self._parsed(batch, batch_size):
                yield self.lemmatizer(self.ruler(doc))

    def _parsed(self, texts: list[str], batch_size: int) -> list[Any]:
        if self.use_threads is None:
            return list(self.first.pipe(texts, batch_size=batch_size))
        self.use_threads(1)
        try:
            return list(self.first.pipe(texts, batch_size=batch_size))
        finally:
            self.use_threads(self.threads)


def make_lean(pipeline: Any) -> LeanParser:
    """A spaCy pipeline as one that does less work; it must end with an attribute ruler and a lemmatizer."""
    ruler, lemmatizer = (pipeline.get_pipe(name) for name in _LAST)
    for name in _LAST:
        pipeline.disable_pipe(name)
    use_threads, threads = _numpy_threads()
    if use_threads is not None:
        _multiply_by_numpy(pipeline)
    return LeanParser(pipeline, Ruler.of(ruler), lemmatizer, use_threads, threads)


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


def _multiply_by_numpy(pipeline: Any) -> None:
    from thinc.api import NumpyOps

    operations = NumpyOps(use_blis=False)
    for _, component in pipeline.pipeline:
        if getattr(component, "model", None) is not None:
            for layer in component.model.walk():
                if type(layer.ops) is NumpyOps:
                    layer.ops = operations


def _numpy_threads() -> tuple[Setter | None, int]:
    """What sets how many threads numpy's own OpenBLAS uses, and how many it uses now; None and 0 without such."""
    import numpy

    for path in sorted((Path(numpy.__file__).parent.parent / "numpy.libs").glob("*openblas*")):
        library = ctypes.CDLL(str(path))  # numpy has loaded it: this finds the same one
        for name in ("scipy_openblas_{}_num_threads64_", "openblas_{}_num_threads64_", "openblas_{}_num_threads"):
            setter, getter = (getattr(library, name.format(verb), None) for verb in ("set", "get"))
            if setter is not None and getter is not None:
                setter.argtypes, setter.restype = [ctypes.c_int], None
                getter.argtypes, getter.restype = [], ctypes.c_int
                return setter, getter()
    return None, 0
