"""Makes a Report of a page: its pieces typed and put in order, the facts of its publication gathered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin, urlsplit

from dateline.errors import InputError
from dateline.intake.decoding import without_surrogates
from dateline.intake.facts.languages import require_english
from dateline.intake.facts.publication import (
    address_candidate,
    choose_published,
    given_date,
    stated_candidate,
    visible_candidates,
)
from dateline.intake.facts.publisher import guess_publisher
from dateline.intake.markup.elements import MarkupWords
from dateline.intake.markup.kinds import judge_pieces
from dateline.intake.markup.metadata import Metadata, read_metadata
from dateline.intake.markup.outline import outline_page
from dateline.intake.pages import Page
from dateline.intake.pasted import LineJudge, find_lines
from dateline.intake.pieces import Kind, Piece, block_at, headline_first, join_pieces
from dateline.model import Block, PageRun, PublishedCandidate, Report, Span, report_id

FEWEST = 25
"""A report has at least so many letters in what is read of it."""

_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class _Known:
    """What intake knows, opened once."""

    judge: LineJudge
    markup: MarkupWords


@cache
def _known() -> _Known:
    return _Known(LineJudge.load(), MarkupWords.load())


@dataclass(frozen=True, slots=True)
class _Printed:
    """The typed text of a page, before the facts of its publication are gathered."""

    text: str
    blocks: tuple[Block, ...]
    page_map: tuple[PageRun, ...]

    def lines(self, *kinds: str) -> list[Span]:
        """The spans of the blocks of some kinds."""
        return [block.span for block in self.blocks if block.kind in kinds]


def read_report(page: Page, *, published: str | None = None) -> Report:
    """The report that a page prints: text, typed blocks, and the facts of its publication.

    ``published`` overrides what the page says about its date. Raises InputError where there is no report on the page,
    NotEnglish where it is in another language, and SettingError where ``published`` is no date.
    """
    given = [given_date(published)] if published else []
    metadata = Metadata()
    if page.kind == "html":
        printed, metadata = _read_html(page)
    else:
        printed = _read_text(page)
    readable = [block.span.of(printed.text) for block in printed.blocks if block.readable]
    _require_report(page, printed)
    require_english("\n".join(readable), page.where, metadata.language)
    candidates = [*given, *_dates(page, printed, metadata)]
    address = _address(page, metadata)
    return Report(
        id=report_id(address, printed.text),
        text=printed.text,
        blocks=printed.blocks,
        origin=page.origin,
        publisher=_publisher(printed, metadata),
        published=choose_published(candidates),
        published_candidates=tuple(candidates),
        bylines=_bylines(printed, metadata),
        page_map=printed.page_map,
    )


def plain_report(
    text: str, *, id: str | None = None, published: str | None = None, origin: str | None = None
) -> Report:
    """A report whose text is taken just as it stands: each line that holds anything is a paragraph.

    For text that is known to be clean. Raises SettingError where ``published`` is no date.

    >>> plain_report("Kim left.\\n\\nHe waved.").blocks[1].span
    Span(start=11, end=20)
    """
    text = without_surrogates(text)
    given = (given_date(published),) if published else ()
    address = origin if origin and origin.startswith(("http://", "https://")) else None
    blocks = tuple(
        Block(match.start(), match.end(), "paragraph") for match in re.finditer(r"[^\s](?:[^\r\n]*[^\s])?", text)
    )
    return Report(
        id=id or report_id(address, text),
        text=text,
        blocks=blocks,
        origin=origin,
        published=given[0].value if given else None,
        published_candidates=given,
        page_map=(PageRun(0, len(text), 0, len(text)),) if text else (),
    )


def _read_html(page: Page) -> tuple[_Printed, Metadata]:
    outline = outline_page(page.text, _known().markup)
    metadata = read_metadata(outline.facts)
    kinds = judge_pieces(page.text, outline, metadata, _known().judge)
    return _in_order([placed.piece for placed in outline.pieces], kinds), metadata


def _read_text(page: Page) -> _Printed:
    """A pasted page; its text is the page as it stands, unless something was printed before the headline."""
    spans = find_lines(page.text)
    kinds = _known().judge.judge_lines([" ".join(span.of(page.text).split("\n")) for span in spans])
    if headline_first(kinds)[:1] == [0]:
        blocks = tuple(block_at(span.start, span.end, kind) for span, kind in zip(spans, kinds, strict=True))
        return _Printed(page.text, blocks, (PageRun(0, len(page.text), 0, len(page.text)),))
    pieces = [Piece(span.of(page.text), (PageRun(0, span.end - span.start, *span),)) for span in spans]
    return _in_order(pieces, kinds)


def _in_order(pieces: Sequence[Piece], kinds: Sequence[Kind]) -> _Printed:
    order = headline_first(kinds)
    return _Printed(*join_pieces([pieces[number] for number in order], [kinds[number] for number in order]))


def _require_report(page: Page, printed: _Printed) -> None:
    """Nothing, where some of the page can be read as a report."""
    letters = 0
    for span in printed.lines("paragraph", "caption", "standfirst"):
        letters += len(_LETTER.findall(printed.text, span.start, min(span.end, span.start + 200)))
        if letters >= FEWEST:
            return
    if page.kind == "html":
        raise InputError(
            page.where, "no article text was found on the page", "If it is plain text, read it with --as text."
        )
    if not any(block.readable for block in printed.blocks):
        raise InputError(
            page.where, "no article text was found in it", "Give the text of a report; this looks like page furniture."
        )


def _dates(page: Page, printed: _Printed, metadata: Metadata) -> list[PublishedCandidate]:
    """All that tells when the page was published, in a fixed order."""
    stamps, address = _known().judge.stamps, _address(page, metadata)
    host = urlsplit(address).hostname or "" if address else ""
    found = [
        candidate
        for stated in metadata.dates
        if (candidate := stated_candidate(stated.words, stated.source, stamps, stated.page, host))
    ]
    found += visible_candidates(printed.text, printed.lines("timestamp", "byline")[:10], stamps, host)
    in_address = address_candidate(address, stamps)
    found += [in_address] if in_address else []
    found += _dateline_dates(printed, found)
    if page.kind == "html":
        found += _last_vote(page)
    return found


_DATELINE = re.compile(
    r"^[A-Z][A-Za-z .,/'’-]{2,50}, (?P<day>(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}|"
    r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?) ?(?:\([^()]{2,30}\))? ?[-–—:]"
)


def _dateline_dates(printed: _Printed, known: Sequence[PublishedCandidate]) -> list[PublishedCandidate]:
    """The day of a wire's dateline ("SEOUL, Sept 17 (Example Wire) -"), in the year that other candidates tell."""
    paragraph = next(iter(printed.lines("paragraph")), None)
    match = _DATELINE.match(printed.text[paragraph.start : paragraph.start + 150]) if paragraph else None
    if not match or not paragraph or not known:
        return []
    stamp = _known().judge.stamps.read_stamp(f"{match['day']} {known[0].value[:4]}".replace("  ", " "))
    span = Span(paragraph.start + match.start("day"), paragraph.start + match.end("day"))
    return [PublishedCandidate(stamp.value, "day", "dateline", span=span)] if stamp else []


_LAST_DAY = "2100-01-01"
"""The latest day that a page may name: a fixed one, so that a page reads the same whenever it is read."""


def _last_vote(page: Page) -> list[PublishedCandidate]:
    """What htmldate makes of a page of reasonable size: a day, which it may have got from anywhere."""
    if len(page.text) > 1_000_000 or page.text.count("<") > 30_000:
        return []
    import logging

    from htmldate import find_date
    from lxml.etree import LxmlError

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        day = find_date(page.text, original_date=True, extensive_search=False, max_date=_LAST_DAY)
    except (LxmlError, ValueError, TypeError, AttributeError, RecursionError, LookupError):
        return []
    return [PublishedCandidate(day, "day", "htmldate")] if day else []


def _publisher(printed: _Printed, metadata: Metadata) -> str | None:
    if metadata.publisher:
        return metadata.publisher
    return guess_publisher(span.of(printed.text) for span in printed.lines("furniture"))


def _bylines(printed: _Printed, metadata: Metadata) -> tuple[str, ...]:
    """The authors: as the markup lists them, else as the bylines print them; each once."""
    reader = _known().judge.bylines
    stated = [name for words in metadata.authors for name in reader.read_names(words) or (words,)]
    visible = [
        name
        for span in printed.lines("byline")
        if not reader.is_role_line(span.of(printed.text)) or reader.is_byline(span.of(printed.text))
        for name in reader.read_names(span.of(printed.text))
    ]
    return tuple(dict.fromkeys(stated or visible))


def _address(page: Page, metadata: Metadata) -> str | None:
    """The address that a report is known by: the one its page calls canonical, else where it was fetched from."""
    fetched = _web_address(page.origin)
    canonical = _web_address(urljoin(fetched or "", metadata.canonical)) if metadata.canonical else None
    if canonical and urlsplit(canonical).path in ("", "/"):
        canonical = None
    return canonical or fetched


def _web_address(address: str | None) -> str | None:
    """The address, if it is one of the web and can be taken apart."""
    if not address or not address.lower().startswith(("http://", "https://")):
        return None
    try:
        urlsplit(address).port  # noqa: B018 - a port that is no number is found out only when asked for
    except ValueError:
        return None
    return address
