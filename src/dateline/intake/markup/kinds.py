"""Tells what each piece of an HTML page is: by the elements around it, the extractor's choice, and how it speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.intake.markup.elements import Element
from dateline.intake.markup.metadata import Metadata
from dateline.intake.markup.outline import Outline, Placed
from dateline.intake.markup.selection import select_pieces
from dateline.intake.pasted import LineJudge, is_prose, is_sentence
from dateline.intake.pieces import PARAGRAPH, Kind
from dateline.model import FurnitureSort, Span

SHARE = 0.4
"""An element that holds more of the report than this is no furniture, whatever its class says."""

HEADINGS = 200
"""How many headings of a page are compared with its title."""

LINKED = 0.5
"""A piece that is links to more than this share is navigation."""

_WORD = re.compile(r"\w+")
_STRONG_ZONES: frozenset[FurnitureSort] = frozenset({"appeal", "newsletter", "registration", "comments", "advert"})


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page on the judge's desk: its pieces, what the extractor chose, and what each line speaks like."""

    pieces: Sequence[Placed]
    chosen: Sequence[bool]
    spoken: Sequence[FurnitureSort | None]
    wrappers: frozenset[int]


def judge_pieces(page: str, outline: Outline, metadata: Metadata, judge: LineJudge) -> list[Kind]:
    """What each piece of a page is."""
    pieces = outline.pieces
    chosen = select_pieces(page, outline)
    if not any(chosen):
        chosen = _choose(pieces)
    sheet = _Sheet(pieces, chosen, judge.furniture.find_furniture([p.text for p in pieces]), _wrappers(pieces, chosen))
    headline = _find_headline(sheet, metadata)
    kinds = [_judge(number, sheet, judge) for number in range(len(pieces))]
    if headline is not None:
        kinds[headline] = Kind("headline")
        _find_standfirst(sheet, kinds, headline, metadata)
    _keep_neighbours(sheet, kinds)
    return kinds


def _judge(number: int, sheet: _Sheet, judge: LineJudge) -> Kind:
    """What one piece is by itself; headline and standfirst are told later."""
    placed, spoken = sheet.pieces[number], sheet.spoken[number]
    zone = _zone(placed, sheet)
    if spoken and (not sheet.chosen[number] or zone or not is_prose(placed.text) or spoken != "related"):
        return Kind("furniture", spoken if not zone or zone in ("related", "navigation", "other") else zone)
    reporting = sheet.chosen[number] and (is_prose(placed.text) or is_sentence(placed.text))
    if zone in _STRONG_ZONES or (zone == "related" and not reporting):
        return Kind("furniture", zone)
    if judge.stamps.is_stamp(placed.text):
        return Kind("timestamp")
    if zone is None or sheet.chosen[number]:
        caption = _caption(placed, judge)
        if caption:
            return caption
    if _is_byline(placed, judge):
        return Kind("byline")
    if placed.role("timestamp") and judge.stamps.read_stamp(placed.text) and not is_prose(placed.text):
        return Kind("timestamp")
    if sheet.chosen[number]:
        return PARAGRAPH
    return Kind("furniture", zone or ("navigation" if _linked(placed) else "other"))


def _zone(placed: Placed, sheet: _Sheet) -> FurnitureSort | None:
    """The furniture that a piece stands in, unless the element that says so holds much of the report."""
    element = placed.element
    if element is None or element.zone is None or id(element.zone_root) in sheet.wrappers:
        return None
    return element.zone


def _wrappers(pieces: Sequence[Placed], chosen: Sequence[bool]) -> frozenset[int]:
    """Those elements said to be furniture that hold a good part of what was chosen: "content with-sidebar"."""
    letters: Counter[int] = Counter()
    total = 0
    for placed, taken in zip(pieces, chosen, strict=True):
        if taken:
            total += len(placed.text)
            root = placed.element.zone_root if placed.element else None
            if root:
                letters[id(root)] += len(placed.text)
    return frozenset(root for root, count in letters.items() if count > SHARE * total)


def _caption(placed: Placed, judge: LineJudge) -> Kind | None:
    """The caption that a piece is, with its credit; None where it is none."""
    around = placed.role("caption") or placed.role("credit")
    figure = placed.inside("figure") and not placed.inside("blockquote", "table", "button", "p")
    if not around and not (figure and len(placed.text) < 1000):
        return None
    if placed.inside("button"):
        return None
    marked = next((Span(mark.start, mark.end) for mark in placed.marks if mark.role == "credit"), None)
    whole = Span(0, len(placed.text)) if placed.role("credit") and not placed.role("caption") else None
    if whole and not placed.inside("figure") and is_prose(placed.text):
        return None
    return Kind("caption", credit=marked or whole or judge.captions.find_credit(placed.text))


def _is_byline(placed: Placed, judge: LineJudge) -> bool:
    if is_prose(placed.text) or len(placed.text) > 200:
        return False
    if judge.bylines.is_byline(placed.text):
        return True
    around = placed.role("byline") or any(mark.role in ("byline", "timestamp") for mark in placed.marks)
    return bool(around and judge.bylines.read_names(placed.text))


def _linked(placed: Placed) -> bool:
    return placed.links > LINKED * len(placed.text)


def _find_headline(sheet: _Sheet, metadata: Metadata) -> int | None:
    """The number of the piece that is the headline: a heading that agrees with the page's own title, else the first."""
    titles = [_words(title) for title in metadata.titles[:10] if title]
    headings = [
        number
        for number, placed in enumerate(sheet.pieces)
        if placed.inside("h1", "h2") or placed.role("headline")
        if len(placed.text) < 400 and not (placed.inside("nav", "footer", "aside"))
    ]
    for number in headings[:HEADINGS]:
        words = _words(sheet.pieces[number].text)
        if len(words) > 1 and any(_agree(words, title) for title in titles):
            return number
    first = [n for n in headings if sheet.pieces[n].inside("h1") and not _linked(sheet.pieces[n])]
    inside = [n for n in first if sheet.pieces[n].inside("article", "main")]
    return next(iter(inside or first), None)


def _agree(words: list[str], title: list[str]) -> bool:
    """Whether a heading is a title of the page, or the title but for the site's name."""
    if not title:
        return False
    if title[: len(words)] == words or title[-len(words) :] == words:
        return True
    common = len(set(words) & set(title))
    return common >= 4 and common >= 0.8 * len(set(words))


def _find_standfirst(sheet: _Sheet, kinds: list[Kind], headline: int, metadata: Metadata) -> None:
    """Tells the standfirst among the pieces near the headline, in place."""
    description = _words(metadata.description or "")
    for number in range(headline + 1, min(headline + 6, len(kinds))):
        placed = sheet.pieces[number]
        if (
            len(placed.text) > 600
            or len(placed.text.split()) < 4
            or kinds[number].kind in ("caption", "byline", "timestamp")
        ):
            continue
        words = _words(placed.text)
        described = len(words) > 4 and description[: len(words)] == words and number <= headline + 2
        if placed.role("standfirst") or (described and placed.element and placed.element.tag in ("p", "h2", "div")):
            if not (described and not placed.role("standfirst") and _same_parent_as_next(sheet, number)):
                kinds[number] = Kind("standfirst")
            return


def _same_parent_as_next(sheet: _Sheet, number: int) -> bool:
    """Whether a piece is simply the first paragraph: those after it stand in the same element as it does."""
    if number + 1 >= len(sheet.pieces):
        return False
    this, after = sheet.pieces[number].element, sheet.pieces[number + 1].element
    return bool(this and after and this.tag == after.tag == "p" and this.parent is after.parent)


def _keep_neighbours(sheet: _Sheet, kinds: list[Kind]) -> None:
    """Keeps prose that the extractor passed over where it stands among paragraphs that it took, in place."""
    taken = [number for number, kind in enumerate(kinds) if kind is PARAGRAPH]
    homes = _homes([sheet.pieces[number].element for number in taken])
    for number in range(taken[0], taken[-1] + 1) if taken else ():
        placed, kind = sheet.pieces[number], kinds[number]
        if kind.sort != "other" or not kind.furniture or sheet.spoken[number] or _zone(placed, sheet):
            continue
        worded = placed.element_is("p", "h2", "h3", "li") or is_sentence(placed.text) or is_prose(placed.text)
        if worded and _at_home(placed.element, homes) and not _linked(placed):
            kinds[number] = PARAGRAPH


def _homes(elements: Sequence[Element | None]) -> frozenset[int]:
    """The elements that hold paragraphs of the report: directly, between line breaks, or as their parent."""
    counts: Counter[int] = Counter()
    for element in elements:
        if element:
            counts[id(element)] += 1
            counts[id(element.parent)] += 2 if element.tag == "p" else 1
    return frozenset(home for home, count in counts.items() if count > 1)


def _at_home(element: Element | None, homes: frozenset[int]) -> bool:
    """Whether an element, or the list or quotation that it is part of, is or stands in one of these."""
    for _ in range(3):
        if element is None:
            return False
        if id(element) in homes or id(element.parent) in homes:
            return True
        element = element.parent
    return False


def _choose(pieces: Sequence[Placed]) -> list[bool]:
    """Our own choice where the extractor has none: prose that is not links and stands in no furniture."""
    prose = [is_prose(placed.text) and not _linked(placed) and not placed.inside("figure") for placed in pieces]
    sheet = _Sheet(pieces, prose, (), _wrappers(pieces, prose))
    return [taken and _zone(placed, sheet) is None for placed, taken in zip(pieces, prose, strict=True)]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "").replace("'", ""))
