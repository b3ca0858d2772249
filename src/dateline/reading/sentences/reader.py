"""Splits the readable blocks of a report into sentences and parses them with spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from dateline.lexicon.models import Parser, open_parser
from dateline.lexicon.parsers import Parsed
from dateline.lexicon.tables import read_table
from dateline.model import Parse, Reading, Report, Span, Token
from dateline.reading.sentences.native import blank_native

PIECE = 10_000
"""The most characters given to the parser at once: its memory grows with the longest piece."""

RUN = 500
"""The longest run without white space given to the parser: its tokenizer's time grows with the square of it."""

# "NAIROBI, Kenya, Sept 17 (AP) — ", "KYOTO – ": where and when a report was filed, and no part of its first sentence.
_DATELINE = re.compile(
    r"(?:[^\W\d_a-z]{3,}(?:[ .'’-]+[^\W\d_a-z]+)*(?:,[^\n()—–]{1,40})?(?:\([^()\n]{2,40}\))?"
    r"|[^\W\d_a-z][^\n()—–]{2,60}\([^\W\d_a-z][^()\n]{1,40}\))\s?(?:[—–]|--?)\s+(?=[“\"‘']?[^\W\d_a-z])"
)
_SPACE = re.compile(r"\s")
_LONG_RUN = re.compile(rf"\S{{{RUN}}}")
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MARK = re.compile(r"[^\w\s]")


@dataclass(frozen=True, slots=True)
class SentenceReader:
    """Finds the sentences of the readable blocks, with tokens, tags and dependencies; no sentence crosses a block."""

    parser: Parser
    name: str = "sentences.en/2"

    @classmethod
    def load(cls, language: str = "en") -> SentenceReader:
        """The reader of a language, its model opened and checked."""
        return cls(open_parser(read_table(f"languages/{language}/language.toml", dict[str, str])["model"]))

    def __call__(self, reading: Reading) -> Reading:
        """The reading with its sentences and their parse."""
        pieces = list(find_pieces(reading.report))
        tokens: list[Token] = []
        ranges: list[tuple[int, int]] = []
        found = self.parser.pipe((blank_native(piece.of(reading.text)) for piece in pieces), batch_size=32)
        for piece, parsed in zip(pieces, found, strict=True):
            _add_sentences(parsed, piece.start, tokens, ranges)
        for first, end in ranges:
            _mend_subject(tokens, first, end)
        sentences = tuple(Span(tokens[first].start, tokens[end - 1].end) for first, end in ranges)
        parse = Parse.of(tuple(tokens), tuple(ranges))
        return replace(reading, sentences=sentences, parse=parse, by=(*reading.by, self.name))


def find_pieces(report: Report) -> Iterator[Span]:
    """The readable blocks of a report, cut where they are longer than the parser should be given at once.

    The dateline of a wire's report is a piece of its own. A cut falls after a sentence if it can, else at white space,
    else inside a run of RUN characters.
    """
    for block in report.blocks:
        if not block.readable:
            continue
        start = block.start
        if dateline := _DATELINE.match(report.text, block.start, min(block.end, block.start + 120)):
            start = dateline.end()
            yield Span(block.start, start)
        for run in _LONG_RUN.finditer(report.text, start, block.end):
            yield from _cut(report.text, Span(start, run.end()))
            start = run.end()
        yield from _cut(report.text, Span(start, block.end))


def _cut(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > PIECE:
        breaks = [match.end() for match in _SPACE.finditer(text, start + PIECE // 2, start + PIECE)]
        ends = [end for end in breaks if text[end - 2] in ".!?…"]
        cut = (ends or breaks or [start + PIECE])[-1]
        yield Span(start, cut)
        start = cut
    if text[start : span.end].strip():
        yield Span(start, span.end)


def _add_sentences(parsed: Parsed, offset: int, tokens: list[Token], ranges: list[tuple[int, int]]) -> None:
    """Adds the sentences of one parsed piece; white space is no token, and lone marks join the sentence before."""
    words, heads, opening = parsed.words, parsed.heads, len(ranges)
    spoken = [place for place, word in enumerate(words) if not word.space]
    index_of = {place: index for index, place in enumerate(spoken, len(tokens))}
    edges = [place for place, opens in enumerate(parsed.opens) if opens]
    for edge, end in zip(edges, [*edges[1:], len(words)], strict=True):
        places = [place for place in range(edge, end) if place in index_of]
        if not places:
            continue
        first = len(tokens)
        if len(ranges) > opening and all(_MARK.fullmatch(words[place].text) for place in places):
            first = ranges.pop()[0]
        number = len(ranges)
        for place in places:
            text, lemma, pos, tag, dep, _ = words[place]
            head, index, start = heads[place], index_of[place], offset + parsed.starts[place]
            while words[head].space and heads[head] != head:
                head = heads[head]
            tokens.append(
                Token(
                    index=index, start=start, end=start + len(text), text=text, lemma=lemma, pos=pos, tag=tag, dep=dep,
                    head=index_of.get(head, index), sentence=number,
                )
            )  # fmt: skip
        ranges.append((first, len(tokens)))


def _mend_subject(tokens: list[Token], first: int, end: int) -> None:
    """Gives a sentence's verb the subject that the parser hung on the phrase before: "After buying jets, Kim left".

    Where the verb has none, a noun after the last comma before it is its subject, if only what hangs on the verb parts
    the two, and the parser took it for another name of what the opening phrase ends with.
    """
    root = next(index for index in range(first, end) if tokens[index].head == index)
    verb = tokens[root]
    below = [tokens[index] for index in range(first, end) if tokens[index].head == root and index != root]
    if verb.pos not in ("VERB", "AUX") or any(kid.dep in _SUBJECTS for kid in below):
        return
    if not (verb.tag in _FINITE or any(kid.tag in _FINITE for kid in below if kid.dep in ("aux", "auxpass"))):
        return
    comma = next((index for index in range(root - 1, first, -1) if tokens[index].text == ","), None)
    found = [index for index in range(comma + 1, root) if tokens[index].dep == "appos"] if comma is not None else []
    if len(found) != 1 or comma is None or tokens[found[0]].head > comma:
        return
    subject = found[0]

    def top(index: int) -> int:
        while tokens[index].head not in (index, root) and index != subject:
            index = tokens[index].head
        return index

    tops = [top(index) for index in range(comma + 1, root)]
    if all(each == subject or tokens[each].head == root for each in tops) and tops[0] == subject:
        dep = "nsubjpass" if any(kid.dep == "auxpass" for kid in below) else "nsubj"
        tokens[subject] = replace(tokens[subject], head=root, dep=dep)
