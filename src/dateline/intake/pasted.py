"""Tells what each line of a pasted page is: by its place, its form, how it speaks, and what is printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.intake.captions import CaptionFinder
from dateline.intake.facts.bylines import BylineReader
from dateline.intake.facts.timestamps import StampReader
from dateline.intake.furniture import FurnitureJudge
from dateline.intake.pieces import PARAGRAPH, Kind
from dateline.model import FurnitureSort, Span

HEAD = 25
"""How many lines may stand before the first paragraph of the report."""

PROSE_WORDS = 12
"""A line of so many words that ends like a sentence is a paragraph, wherever it stands."""

LISTED = 12
"""How many headlines may stand under "Most read" and its like."""

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(r"(?:[.!?…]|\.\.\.)[\"”’')\]»]*\s*$")
_DATELINE = re.compile(r"^[^a-z]{3,40}(?:,[^()]{1,30})?(?: ?\([^()]{2,30}\))? ?(?:[–—-]{1,2}|:) ?\S")
_BULLET = re.compile(r"^\s*(?:[•*·▪►–—-]|\d{1,2}[.)])\s")
_HEADING_ONLY = re.compile(r"[\w' ’]+:?\s*$")


def find_lines(text: str) -> list[Span]:
    """The lines of a text that hold anything, white space around them left out; hard-wrapped ones taken together.

    >>> find_lines("One.\\r\\n\\r\\n  Two. ")
    [Span(start=0, end=4), Span(start=10, end=14)]
    """
    spans = []
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            spans.append(Span(start, start + len(words)))
    return _unwrap(text, spans)


def _unwrap(text: str, lines: list[Span]) -> list[Span]:
    """The lines, with those put together that were broken at some 70 characters, as in old mail and wire copy."""
    close = [not text[a.end : b.start].count("\n") > 1 for a, b in pairwise(lines)]
    wrapped = [
        near and 45 <= len(a.of(text)) <= 100 and not _STOP.search(a.of(text)) and b.of(text)[0].islower()
        for near, (a, b) in zip(close, pairwise(lines), strict=True)
    ]
    if sum(wrapped) < 4 or sum(wrapped) < sum(close) * 0.3 or max(line.end - line.start for line in lines) > 120:
        return lines
    joined = [lines[0]]
    for near, line in zip(close, lines[1:], strict=True):
        if near:
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


@dataclass(frozen=True, slots=True)
class LineJudge:
    """Judges the lines of a pasted page by all that is known of a language."""

    furniture: FurnitureJudge
    captions: CaptionFinder
    stamps: StampReader
    bylines: BylineReader

    @classmethod
    def load(cls, language: str = "en") -> LineJudge:
        """The judge of a language."""
        return cls(
            FurnitureJudge.load(language),
            CaptionFinder.load(language),
            StampReader.load(language),
            BylineReader.load(language),
        )

    def judge_lines(self, lines: Sequence[str]) -> list[Kind]:
        """What each line is; reporting wherever nothing tells against it."""
        sorts = self.furniture.find_furniture(lines)
        _take_in_lists(lines, sorts)
        kinds = [Kind("furniture", sort) if sort else None for sort in sorts]
        for number, line in enumerate(lines):
            kinds[number] = kinds[number] or self._by_form(line)
        body = self._start_of_body(lines, kinds)
        self._judge_head(lines, kinds, body)
        for number, credit in self._find_captions(lines, kinds):
            kinds[number] = Kind("caption", credit=credit)
        return [kind or PARAGRAPH for kind in kinds]

    def _by_form(self, line: str) -> Kind | None:
        """What a line is that shows it by its form alone: a date, a byline that says "by"."""
        if self.stamps.is_stamp(line):
            return Kind("timestamp")
        return Kind("byline") if self.bylines.is_byline(line) else None

    def _start_of_body(self, lines: Sequence[str], kinds: Sequence[Kind | None]) -> int:
        """The number of the first line of the report's own text.

        It is the first paragraph after the byline and date where these stand near the top, else the first of all.
        """
        plain = [number for number, kind in enumerate(kinds) if kind is None]
        prose = [n for n in plain if is_prose(lines[n])] or [n for n in plain if is_sentence(lines[n])]
        if not prose:
            return 0
        marks = [
            number
            for number, kind in enumerate(kinds[:HEAD])
            if kind and kind.kind in ("timestamp", "byline") and sum(p < number for p in prose[:3]) < 3
        ]
        # "(Reporting by Ann Otu)" under the last paragraph is no mark of the head.
        after = max((mark for mark in marks if mark < prose[-1]), default=-1)
        return next(number for number in prose if number > after)

    def _judge_head(self, lines: Sequence[str], kinds: list[Kind | None], body: int) -> None:
        """Tells headline, standfirst, byline and captions among the lines before the body, in place."""
        headline = next((n for n in range(body) if kinds[n] is None and self._can_head(lines[n])), None)
        if headline is None:
            return
        kinds[headline] = Kind("headline")
        marks = [n for n in range(headline, body) if (kind := kinds[n]) and kind.kind in ("timestamp", "byline")]
        self._judge_names(lines, kinds, headline, body)
        first_mark = next(
            (n for n in range(headline, body) if (kind := kinds[n]) and kind.kind in ("timestamp", "byline")), None
        )
        standing = 0
        for number in range(headline + 1, body):
            if kinds[number] is not None:
                continue
            line, before_marks = lines[number], first_mark is not None and number < first_mark
            if self._is_caption_by_form(line) or self._twice(lines, kinds, number):
                continue
            if before_marks or (not marks and number == headline + 1):
                if standing < 2 and len(line.split()) >= 4 and not _DATELINE.match(line):
                    kinds[number] = Kind("standfirst")
                    standing += 1
            elif marks and not _STOP.search(line) and len(line.split()) >= 5 and not _BULLET.match(line):
                kinds[number] = Kind("caption")

    def _can_head(self, line: str) -> bool:
        named = len(line.split()) < 3 and self.bylines.is_name_line(line)
        return is_headline(line) and not named and not self._is_caption_by_form(line)

    def _judge_names(self, lines: Sequence[str], kinds: list[Kind | None], headline: int, body: int) -> None:
        """Tells lines of mere names, posts and papers that stand beside a byline or date, in place."""
        for _ in range(2):
            for number in range(headline + 1, body):
                beside = [kinds[n] for n in (number - 1, number + 1) if headline < n < body]
                near = any(kind and kind.kind in ("timestamp", "byline") for kind in beside)
                line = lines[number]
                named = self.bylines.is_name_line(line) or self.bylines.is_role_line(line)
                named = named and not self._is_caption_by_form(line)
                if kinds[number] is None and near and named and not _STOP.search(line):
                    kinds[number] = Kind("byline")

    def _is_caption_by_form(self, line: str) -> bool:
        return bool(self.captions.find_credit(line)) or self.captions.opens(line)

    def _find_captions(self, lines: Sequence[str], kinds: Sequence[Kind | None]) -> Iterator[tuple[int, Span | None]]:
        """The lines that are captions: by credit, by opening, or because they are printed twice in a row."""
        for number, line in enumerate(lines):
            kind = kinds[number]
            if kind and kind.kind != "caption":
                continue
            credit = self.captions.find_credit(line)
            if credit and _reporting_before(line, credit):
                credit = None
            if kind or credit or self.captions.opens(line) or self._twice(lines, kinds, number):
                yield number, credit

    def _twice(self, lines: Sequence[str], kinds: Sequence[Kind | None], number: int) -> bool:
        """Whether a line is printed twice in a row, as captions are: once for the eye, once for the picture.

        The second printing may have a credit, and buttons ("View image in fullscreen") may stand between the two.
        """
        line = lines[number].strip()
        if len(line) < 20 or _STOP.search(line):
            return False
        before, after = (self._beside(lines, kinds, number, step) for step in (-1, 1))
        if line in (before, after):
            return True
        return after.startswith(line) and bool(self.captions.find_credit(after))

    def _beside(self, lines: Sequence[str], kinds: Sequence[Kind | None], number: int, step: int) -> str:
        """The next line in a direction that is no furniture, within three lines."""
        for beside in range(number + step, number + 4 * step, step):
            if not 0 <= beside < len(lines):
                break
            kind = kinds[beside]
            if not (kind and kind.furniture):
                return lines[beside].strip()
        return ""


def is_prose(line: str) -> bool:
    """Whether a line reads like a paragraph: a sentence or more, of some length."""
    start = line[:600]
    words = len(start.split())
    return words >= 40 or len(line) > 400 or (words >= PROSE_WORDS and bool(_STOP.search(line[-20:])))


def is_sentence(line: str) -> bool:
    """Whether a line, however short, ends like a sentence of some words."""
    return len(line[:600].split()) >= 4 and bool(_STOP.search(line[-20:]))


def is_headline(line: str) -> bool:
    """Whether a line can be a headline: some words, no full stop, no sign of a list or a wire's dateline.

    >>> is_headline("Kim heads home"), is_headline("He left."), is_headline("SEOUL, Sept 17 (Wire) - Kim left")
    (True, False, False)
    """
    words = line[:300].split()
    if not 2 <= len(words) <= 32 or len(line) > 250 or line[0].islower() or _BULLET.match(line):
        return False
    if line.rstrip(" \"”’'").endswith((",", ";", ":", "-", "|")):
        return False
    ends = line.rstrip().rstrip("\"”’')").endswith(".") and not re.search(r"(?:\b[A-Z]\.){2,}$|\.\.\.$", line.rstrip())
    return not ends and not re.match(r"^[A-Z][A-Z ./'’-]{2,40}(?:,[^()]{1,30})?\(?.{0,30}\)? (?:[–—]|--?) ", line)


def _reporting_before(line: str, credit: Span) -> bool:
    """Whether the words before an agency's name in brackets are a paragraph: "… he said. (Wire)"."""
    words = line[: credit.start].rstrip()
    named = re.search(r"(?i)photo|image|picture|credit|courtesy|graph|©|/| via |video", credit.of(line))
    return bool(_STOP.search(words[-20:])) and not named


def _take_in_lists(lines: Sequence[str], sorts: list[FurnitureSort | None]) -> None:
    """Sets the headlines under "Most read" and its like aside with it, in place."""
    last = max((n for n, line in enumerate(lines) if sorts[n] is None and is_prose(line)), default=0)
    number = 0
    while number < len(lines):
        heading = sorts[number] == "related" and _HEADING_ONLY.fullmatch(lines[number][:80])
        number += 1
        if heading:
            end = min(number + LISTED, len(lines))
            while number < end and sorts[number] in (None, "navigation") and _is_listed(lines[number], number > last):
                sorts[number] = "related"
                number += 1


def _is_listed(line: str, at_the_end: bool) -> bool:
    """Whether a line may be a headline in a list; at the end of a page also a mere name or date."""
    return (1 if at_the_end else 3) <= len(line[:300].split()) <= 20 and not _STOP.search(line[-20:])
