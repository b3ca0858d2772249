"""Finds event mentions as ECB+ marks them, which are more than a ledger holds: states, sayings and aspects too.

The reader's network was taught to find them on ECB+'s training topics beside what a ledger holds, for what it learns
from both; the ledger does not ask for them. Here its answer is asked for.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from dateline.lexicon.known_names import KnownNames
from dateline.lexicon.models import Network, open_tagger
from dateline.lexicon.tables import read_table
from dateline.model import NameType, Reading, Span
from dateline.reading.tags.pieces import cut
from dateline.reading.tags.reader import TagReader, Words, visible
from dateline.reading.tags.spans import Decoder

HEAD, IN_PLACE_OF = "mentions", "happenings"

LEAN = 0.75
"""How much less the network is believed where it sees no mention: it overlooks more than it makes up.

On the development topics mentions rise from an F1 of 87.4 to 88.4, clusters of them from a CoNLL F1 of 66.2 to 66.8.
"""

NAMED = 6.0
"""And how much less where a noun names an occasion or an offence (``mentions.toml``): of those that no training topic
had it knows nothing. From 4 to 8 do alike."""

NO_OCCASIONS: tuple[NameType, ...] = ("Organization", "Person", "Location", "Facility", "Product")
"""Names of these kinds are of no occasion, whatever words they have: "the Eastern Conference", "The Hunger Games"."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """A network that gives one head's answer where another's is asked for."""

    network: Network

    def run(self, outputs: Any, inputs: Any) -> Any:
        return self.network.run([HEAD if name == IN_PLACE_OF else name for name in outputs], inputs)


@dataclass(frozen=True, slots=True)
class MentionReader:
    """The mentions of a report, by the head of the network that learned them on ECB+."""

    tags: TagReader
    decoder: Decoder

    @classmethod
    def load(cls, language: str = "en") -> MentionReader:
        """The reader of a language, with a network of its own."""
        tagger = open_tagger(read_table(f"languages/{language}/language.toml", dict[str, str])["tagger"])
        tags = replace(TagReader.of(tagger, KnownNames.load()), network=_Asking(tagger.network))
        return cls(tags, Decoder(tagger.card.labels[HEAD]))

    def __call__(self, reading: Reading) -> list[Span]:
        """Where the mentions stand in the text, in order."""
        pieces = cut(visible(reading.report), self.tags.tokenizer)
        windows = sorted(self.tags.scan(pieces), key=lambda window: window.start)
        words = Words.of(pieces, windows)
        found, first, none = [], 0, self.decoder.labels.index("O")
        named = _starts_of_named(reading)
        for window in windows:
            scores = window.scores[IN_PLACE_OF].copy()
            scores[:, none] -= LEAN
            for place in range(len(window.words)):
                if words.starts[first + place] in named:
                    scores[place, none] -= NAMED
            found += [words.span(one, first) for one in self.decoder(scores)]
            first += len(window.words)
        return found


@cache
def named_words() -> tuple[frozenset[str], frozenset[str]]:
    """The nouns that name occasions, and those that name offences."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return frozenset(table["occasions"]), frozenset(table["offences"])


def _starts_of_named(reading: Reading) -> set[int]:
    """Where nouns start that name an occasion or an offence."""
    occasions, offences = named_words()
    names = [name.span for name in reading.names if name.type in NO_OCCASIONS]
    return {
        token.start
        for token in reading.parsed().tokens
        if token.pos in ("NOUN", "PROPN")
        and (token.lower in offences or not occasions.isdisjoint((token.lower, token.lemma.lower())))
        and not any(name.touches(token.span) for name in names)
    }
