"""The text of a report on its page: printed blocks, the layers' marks, and around each sentence whose voice it is.

The blocks and marks are those of ``export.html``: the text content is the report's text, character for character.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from dateline.export.html.article import TAGS, open_block, write_segment
from dateline.export.html.escape import escape
from dateline.export.html.marks import Segment, cut, find_marks
from dateline.export.outline import UNNAMED, one_line, voice_of
from dateline.model import Block, Reading, Span, Voice
from dateline.web.rendering import shown

KINDS: dict[Voice, str] = {"reporter": "own", "attributed": "word", "mixed": "partly"}
"""What the page calls the voice that the reading gives a sentence."""

MOSTLY = 0.5
"""Where a reading gives none: a sentence of which so much is said by somebody is told on that one's word."""


@dataclass(frozen=True, slots=True)
class Voiced:
    """A sentence and whose voice it is: "own" (the reporter's), "partly" or "word", with the name of who says it."""

    span: Span
    kind: str
    voice: str | None


def write_text(reading: Reading) -> str:
    """The article element: its text content is the report's text."""
    report = reading.report
    edges = [edge for span in (*(block.span for block in report.blocks), *reading.sentences) for edge in span]
    segments = list(cut(len(report.text), find_marks(reading), edges))
    parts = _Writer(report.text, report.blocks, find_voices(reading, segments)).write(segments)
    return f'<article id="report" lang="{escape(report.language)}" aria-label="The report">{"".join(parts)}</article>'


def find_voices(reading: Reading, segments: Iterable[Segment] | None = None) -> list[Voiced]:
    """Each sentence with whose voice it is, in the order of the text."""
    if segments is None:
        segments = cut(len(reading.text), find_marks(reading), [edge for span in reading.sentences for edge in span])
    waiting = iter(sorted(reading.sentences))
    found: list[Voiced] = []
    sentence, said, letters = next(waiting, None), Counter[int](), 0
    for segment in segments:
        while sentence and segment.span.start >= sentence.end:
            found.append(_voiced(reading, sentence, said, letters))
            sentence, said, letters = next(waiting, None), Counter[int](), 0
        if sentence and segment.span.start >= sentence.start:
            size = segment.span.end - segment.span.start
            letters += size
            if (speaker := _statement_at(segment)) is not None:
                said[speaker] += size
    while sentence:
        found.append(_voiced(reading, sentence, said, letters))
        sentence, said, letters = next(waiting, None), Counter[int](), 0
    voices = dict(zip(reading.sentences, reading.voices, strict=False))
    return [replace(one, kind=KINDS[voices[one.span]]) if one.voice and one.span in voices else one for one in found]


def _statement_at(segment: Segment) -> int | None:
    """The number of the innermost statement whose source, cue or content a segment belongs to."""
    told = [mark for mark in segment.marks if mark.key and mark.key[0] == "s"]
    if not told:
        return None
    inner = min(told, key=lambda mark: mark.span.end - mark.span.start)
    return int((inner.key or "s0")[1:].partition(".")[0]) - 1


def _voiced(reading: Reading, sentence: Span, said: Counter[int], letters: int) -> Voiced:
    if not said:
        return Voiced(sentence, "own", None)
    number, _ = max(said.items(), key=lambda item: (item[1], -item[0]))
    kind = "word" if said.total() >= MOSTLY * letters else "partly"
    return Voiced(sentence, kind, voice_of(reading.statements[number], reading.text) or UNNAMED)


class _Writer:
    """Writes segments with the elements of their blocks and sentences around them; a sentence ends with its block."""

    def __init__(self, text: str, blocks: Iterable[Block], voices: Iterable[Voiced]) -> None:
        self._text = text
        self._blocks = iter(sorted(blocks, key=lambda block: block.start))
        self._voices = iter(voices)
        self._headlines = 0

    def write(self, segments: Iterable[Segment]) -> Iterator[str]:
        block, voice = next(self._blocks, None), next(self._voices, None)
        closing: tuple[int, str] | None = None
        inside: Span | None = None
        for segment in segments:
            start = segment.span.start
            if inside and (start >= inside.end or (closing and start >= closing[0])):
                yield "</span>"
                inside = None
            if closing and start >= closing[0]:
                yield closing[1]
                closing = None
            while block and closing is None and block.start <= start:
                if start < block.end:
                    tag = self._tag(block)
                    yield open_block(block, tag)
                    closing = (block.end, f"</{tag}>")
                block = next(self._blocks, None)
            while voice and inside is None and voice.span.start <= start:
                if start < voice.span.end:
                    yield _open_sentence(voice)
                    inside = voice.span
                voice = next(self._voices, None)
            yield write_segment(self._text, segment)
        yield ("</span>" if inside else "") + (closing[1] if closing else "")

    def _tag(self, block: Block) -> str:
        tag = "p" if block.kind == "headline" and self._headlines else TAGS.get(block.kind, "p")
        self._headlines += block.kind == "headline"
        return tag


def _open_sentence(voiced: Voiced) -> str:
    label = "reporter" if voiced.kind == "own" else str(shown(one_line(voiced.voice or "")))[:60]
    label = f"partly {label}" if voiced.kind == "partly" else label
    return f'<span class="sentence {voiced.kind}" data-voice="{escape(label)}">'
