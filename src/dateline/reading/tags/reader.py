"""Runs the reader's network over a report, once: what it says of names, of words said, and of happenings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from msgspec.structs import replace

from dateline.lexicon.known_names import KnownNames
from dateline.lexicon.models import Network, Tagger, open_tagger
from dateline.lexicon.tables import read_table
from dateline.model import NOBODY, Attribution, Name, NameType, Reading, Report, Span, Tags, Telling
from dateline.reading.tags.consistency import agree, level
from dateline.reading.tags.pieces import CLS, FEATURES, SEP, Pieces, cut, windows
from dateline.reading.tags.spans import Decoder, Tagged, link

BATCH = 400
"""The most pieces, with those that fill up, given to the network at once: a few short windows or two long ones.

Larger batches leave the cache (5,390 words/s at 2,048 pieces, 7,260 at 400)."""

SPANS = ("names", "attribution")
"""The tasks whose answer is a row of spans."""

ANCHORED = ("placed", "timed")
"""The tasks whose answer is whether the place and the time of what a word tells of are told: "no" or "yes"."""

ASKED = (*SPANS, "happenings", "status", "types", *ANCHORED, "embedding", "links")
"""What the network is asked for; what it knows of times, the rules know better."""

TELLING = 0.05
"""How likely a word must tell of a happening for its status and type to be kept."""

SAID = ("status", "types")
"""The tasks whose answer is one label for a word that tells of a happening."""

LEADING = ("event-actor", "event-recipient", "event-place", "event-time")
"""The kinds of link that lead from such a word to the words that begin who takes part, its place and its time."""

LED = 0.01
"""How likely a word must begin one of these for that to be kept."""

MEANT = "anaphor-antecedent"
"""The kind of link from words for somebody ("she", "the minister") to those that name the same one more fully."""

NAMED, ALONE = 0.02, 0.9
"""How likely other words must name somebody more fully for that to be kept, and how likely none do for none to be."""

_VISIBLE = re.compile(r"\S")


class Window(NamedTuple):
    """A run of pieces as the network answered it: its words by their first pieces, and the scores of every task.

    ``scores`` has a row a word for each task; ``links`` is as the network gives it, counted in pieces.
    """

    start: int
    words: list[int]
    scores: dict[str, Any]
    links: Any


@dataclass(frozen=True, slots=True)
class TagReader:
    """Tags the readable blocks of a report."""

    network: Network
    tokenizer: Any
    window: int
    decoders: dict[str, Decoder] = field(repr=False)
    labels: dict[str, tuple[str, ...]] = field(repr=False)
    leading: list[int] = field(repr=False)
    """Where the kinds of LEADING stand among the links."""
    meant: int
    """Where MEANT stands among them."""
    known: KnownNames = field(repr=False)
    name: str = "tags.en/12"

    @classmethod
    def load(cls, language: str = "en") -> TagReader:
        """The reader of a language, its network opened and checked."""
        tagger = open_tagger(read_table(f"languages/{language}/language.toml", dict[str, str])["tagger"])
        return cls.of(tagger, KnownNames.load(language))

    @classmethod
    def of(cls, tagger: Tagger, known: KnownNames) -> TagReader:
        """The reader with this network and these names."""
        labels = tagger.card.labels
        decoders = {head: Decoder(labels[head]) for head in SPANS}
        said = {head: labels[head] for head in SAID}
        leading = [tagger.card.link_kinds.index(kind) for kind in LEADING]
        meant = tagger.card.link_kinds.index(MEANT)
        return cls(tagger.network, tagger.tokenizer, tagger.card.window, decoders, said, leading, meant, known)

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its tags."""
        text = visible(reading.report)
        pieces = cut(text, self.tokenizer)
        found = sorted(self.scan(pieces), key=lambda window: window.start)
        words = Words.of(pieces, found)
        return replace(reading, tags=self._tags(text, words, found), by=(*reading.by, self.name))

    def scan(self, pieces: Pieces) -> Iterator[Window]:
        """What the network says of each window of a text, in no order."""
        import numpy as np

        for batch in batches(windows(pieces, self.window)):
            longest = max(end - start for start, end in batch) + 2
            ids = np.zeros((len(batch), longest), dtype=np.int64)
            features = np.zeros((len(batch), longest, len(FEATURES)), dtype=np.int64)
            mask = np.zeros((len(batch), longest), dtype=np.int64)
            for row, (start, end) in enumerate(batch):
                width = end - start
                ids[row, 0], ids[row, width + 1] = CLS, SEP
                ids[row, 1 : width + 1] = pieces.ids[start:end]
                features[row, 1 : width + 1] = pieces.features[start:end]
                mask[row, : width + 2] = 1
            *arrays, links = self.network.run(ASKED, {"ids": ids, "features": features, "mask": mask})
            for row, (start, end) in enumerate(batch):
                words = np.flatnonzero(pieces.first[start:end])
                scores = {head: array[row, words + 1] for head, array in zip(ASKED, arrays, strict=False)}
                yield Window(start, words.tolist(), scores, links[row])

    def _tags(self, text: str, words: Words, found: Sequence[Window]) -> Tags:
        """The tags of a text from what the network said of its windows, in order."""
        if not found:
            return Tags((), (), (), ())
        import numpy as np

        scores = {head: np.concatenate([window.scores[head] for window in found]) for head in ASKED[:-1]}
        forms = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
        scores["names"] = level(scores["names"], forms, self.decoders["names"].labels)
        likely = shares(scores["attribution"])
        spans: dict[str, list[Tagged]] = {head: [] for head in SPANS}
        attributions: list[Attribution] = []
        first = 0
        for window in found:
            last = first + len(window.words)
            for head in SPANS:
                own = self.decoders[head](scores[head][first:last])
                spans[head] += [Tagged(first + one.first, first + one.last, one.label) for one in own]
                if head == "attribution":
                    attributions += gather(own, window, words, likely[first:last], first)
            first = last
        spans["names"] = agree(spans["names"], forms, scores["names"], self.decoders["names"].labels, self.known)
        happening = 1 - shares(scores["happenings"])[:, 0]
        return Tags(
            names=tuple(Name(*words.span(one), cast(NameType, one.label)) for one in spans["names"]),
            attributions=tuple(attributions),
            starts=tuple(words.starts),
            happening=tuple(happening.tolist()),
            tellings=dict(self._tellings(scores, happening, found)),
            embeddings=cast(Sequence[Sequence[float]], scores["embedding"]),
            antecedents=dict(self._antecedents(found)),
        )

    def _tellings(
        self, scores: dict[str, Any], happening: Any, found: Sequence[Window]
    ) -> Iterator[tuple[int, Telling]]:
        """What is said of each word that may tell of a happening, by the number of the word in the report."""
        import numpy as np

        rows = np.flatnonzero(happening >= TELLING)
        status, types = (
            [dict(zip(self.labels[head], likely, strict=True)) for likely in shares(scores[head][rows]).tolist()]
            for head in SAID
        )
        anchored = (shares(scores[head][rows])[:, 1].tolist() for head in ANCHORED)
        for row, stands, kinds, led, placed, timed in zip(
            rows.tolist(), status, types, self._led(rows, found), *anchored, strict=True
        ):
            actors, recipients, places, times = led
            yield row, Telling(stands, kinds, actors, recipients, places, times, placed, timed)

    def _led(self, rows: Any, found: Sequence[Window]) -> Iterator[list[dict[int, float]]]:
        """For each of some words, by their numbers: which words each kind of LEADING may lead to."""
        import numpy as np

        first = 0
        for window in found:
            last = first + len(window.words)
            own = rows[np.searchsorted(rows, first) : np.searchsorted(rows, last)] - first
            ends = np.array([0, *(word + 1 for word in window.words)])  # the opening piece stands for nobody
            scores = window.links[np.ix_(np.array(self.leading), ends[own + 1], ends)]
            likely = shares(scores.reshape(-1, len(ends))).reshape(scores.shape)
            told: list[list[dict[int, float]]] = [[{} for _ in LEADING] for _ in own]
            places = np.nonzero(likely >= LED)
            for kind, row, end, chance in zip(*(each.tolist() for each in (*places, likely[places])), strict=True):
                told[row][kind][first + end - 1 if end else NOBODY] = chance
            yield from told
            first = last

    def _antecedents(self, found: Sequence[Window]) -> Iterator[tuple[int, dict[int, float]]]:
        """Of each word that may begin words for somebody named elsewhere: which words may name the same one."""
        import numpy as np

        first = 0
        for window in found:
            ends = np.array([0, *(word + 1 for word in window.words)])  # the opening piece stands for none
            likely = shares(window.links[self.meant][np.ix_(ends[1:], ends)])
            told: dict[int, dict[int, float]] = {}
            places = np.nonzero((likely >= NAMED) & (likely[:, :1] < ALONE))
            for row, end, chance in zip(*(each.tolist() for each in (*places, likely[places])), strict=True):
                if end:
                    told.setdefault(first + row, {})[first + end - 1] = chance
            yield from told.items()
            first += len(window.words)


class Words(NamedTuple):
    """Where the words of a report start and end in its text."""

    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, pieces: Pieces, found: Sequence[Window]) -> Words:
        """The words of all windows, in order."""
        ends = pieces.word_ends()
        places = [window.start + word for window in found for word in window.words]
        return cls([pieces.starts[place] for place in places], [ends[place] for place in places])

    def span(self, one: Tagged, first: int = 0) -> Span:
        """Where a run of words stands in the text, counted from a first word."""
        return Span(self.starts[first + one.first], self.ends[first + one.last - 1])


def surely(one: Tagged, likely: Any) -> float:
    """How sure it is that every word of a run is in a span at all."""
    return float(1 - likely[one.first : one.last, 0].max())


def gather(spans: Sequence[Tagged], window: Window, words: Words, likely: Any, first: int) -> Iterator[Attribution]:
    """The attributions of a window, in order.

    ``likely`` has the window's likelihoods, a row a word; ``first`` is the number of its first word in the report.
    """
    for source, cue, contents in link(spans, window.words, window.links):
        yield Attribution(
            words.span(source, first) if source is not None else None,
            words.span(cue, first) if cue is not None else None,
            tuple(words.span(content, first) for content in contents),
            surely(cue or contents[0], likely),
        )


def visible(report: Report) -> str:
    """The text of a report with blanks for what is not read, so that all that is left stands where it stood."""
    pieces, at = [], 0
    for block in report.blocks:
        if block.readable:
            pieces.append(_VISIBLE.sub(" ", report.text[at : block.start]))
            pieces.append(report.text[block.start : block.end])
            at = block.end
    pieces.append(_VISIBLE.sub(" ", report.text[at:]))
    return "".join(pieces)


def batches(found: Sequence[tuple[int, int]], size: int = BATCH) -> Iterator[list[tuple[int, int]]]:
    """Windows of like lengths together, at most so many pieces at once, the filled-up ones counted."""
    batch: list[tuple[int, int]] = []
    for window in sorted(found, key=lambda window: window[1] - window[0]):
        if batch and (len(batch) + 1) * (window[1] - window[0] + 2) > size:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def shares(scores: Any) -> Any:
    """The likelihoods of each row of scores."""
    import numpy as np

    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
