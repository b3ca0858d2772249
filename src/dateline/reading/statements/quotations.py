"""Finds quotations: what stands between quotation marks of any style, over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from dateline.model import Block, Span


class Quotation(Struct, frozen=True):
    """What one block holds of a quotation: with its marks, without them, and the number of the running quotation.

    A quotation over several paragraphs opens each and closes once; its pieces, one a block, share one ``run``.
    """

    outer: Span
    inner: Span
    run: int


CLOSERS = {
    "“": ("”", "’’", "''"), "„": ("“", "”", "‟"), "‟": ("”",), "«": ("»",), "»": ("«",), "‹": ("›",), "「": ("」",),
    "”": ("”",), '"': ('"', "’’", "''"), "＂": ("＂",), "``": ("''", "’’"), "''": ("''",), "‘‘": ("’’", "''"),
    "‘": ("’",), "'": ("'",),
}  # fmt: skip
"""What may close a quotation, by what opened it."""

MIXED = {'"': "”", "“": '"'}
"""What closes a quotation where straight and curly marks are mixed: "We will go,” he said."""

_MARK = re.compile(r"``|''|‘‘|’’|[“”„‟«»‹›「」\"＂‘’']")
_SINGLE = frozenset("‘'")
_ELIDED = re.compile(r"(?:\d0s|em|tis|twas|til|cause|n)\b", re.IGNORECASE)
"""What an apostrophe begins as often as a quotation mark: "the '90s", "get 'em"."""

ALONE = frozenset({"headline", "caption"})
"""Blocks that no quotation runs into or out of: the paragraphs around them go on without them."""

LONGEST_SINGLE = 600
"""A quotation in single marks that is longer is an apostrophe that found another."""


def find_quotations(text: str, blocks: Iterable[Block]) -> tuple[Quotation, ...]:
    """The outermost quotations of the readable blocks, in order; marks within a quotation open none of their own."""
    found: list[Quotation] = []
    count = 0
    going: tuple[str, int] | None = None
    for block in blocks:
        if not block.readable or block.start >= block.end:
            continue
        own, alone = list(_in_block(text, block.span)), block.kind in ALONE
        for opener, outer, inner, closed in own:
            goes_on = going is not None and opener == going[0] and not text[block.start : outer.start].strip()
            run = going[1] if going is not None and goes_on and not alone else count
            count += run == count
            found.append(Quotation(outer, inner, run))
            if not alone:
                going = None if closed else (opener, run)
        if not own and not alone:
            going = None
    return tuple(found)


def _in_block(text: str, block: Span) -> Iterator[tuple[str, Span, Span, bool]]:
    """Each quotation of a block: the mark that opens it, its span with and without marks, and whether it closes."""
    opener, start, lapsed = "", block.start, block.start
    marks = list(_MARK.finditer(text, block.start, block.end))
    singles, curly = _single_closers(text, marks, block), _curly_after(marks)
    nested: set[str] = set()
    for mark in marks:
        sign, at = mark.group(), mark.start()
        if at < lapsed:
            continue
        if not opener:
            if sign in _SINGLE:
                end = singles.get(at)
                if end is not None:
                    yield sign, Span(at, end + 1), Span(at + 1, end), True
                    lapsed = end + 1
            elif _opens(text, mark, block):
                opener, start = sign, at
                nested.clear()
        elif sign in CLOSERS[opener] and not (sign == opener and _only_opens(text, mark, block)):
            yield opener, Span(start, mark.end()), Span(start + len(opener), at), True
            opener = ""
        elif sign == MIXED.get(opener) and not nested & {opener, "“", '"'} and not _only_opens(text, mark, block):
            if sign == "”" or curly[at] != "”":
                yield opener, Span(start, mark.end()), Span(start + len(opener), at), True
                opener = ""
        else:
            nested.add(sign)
    if opener and start + len(opener) < block.end:
        yield opener, Span(start, block.end), Span(start + len(opener), block.end), False


def _opens(text: str, mark: re.Match[str], block: Span) -> bool:
    """Whether a mark outside any quotation opens one: 6' 2" and a stray closing mark do not."""
    sign = mark.group()
    if sign in ("``", "‘‘") or sign in "“„‟«‹「":
        return True
    if sign == "’’" or sign in "」›’":
        return False
    return _only_opens(text, mark, block)


def _only_opens(text: str, mark: re.Match[str], block: Span) -> bool:
    """Whether white space or an opening bracket stands before a mark and none behind it."""
    before = text[mark.start() - 1] if mark.start() > block.start else " "
    after = text[mark.end()] if mark.end() < block.end else " "
    return (before.isspace() or before in "([{—–-/:…") and not after.isspace()


def _curly_after(marks: list[re.Match[str]]) -> dict[int, str]:
    """By the place of each mark, the next curly double mark after it; "" where none is."""
    found, after = {}, ""
    for mark in reversed(marks):
        found[mark.start()] = after
        after = mark.group() if mark.group() in "“”" else after
    return found


def _single_closers(text: str, marks: list[re.Match[str]], block: Span) -> dict[int, int]:
    """Where each opening single mark finds its closing one.

    A mark that reads as a plural possessive closes only where no better one follows: ‘The players’ bus was full.’
    """
    closers: dict[int, int] = {}
    first, doubtful = -1, -1
    for mark in marks:
        sign, at = mark.group(), mark.start()
        if first >= 0 and at - first > LONGEST_SINGLE:
            first, doubtful = _settle(closers, first, doubtful)
        if sign in _SINGLE and _only_opens(text, mark, block) and not _ELIDED.match(text, at + 1):
            if first < 0 or doubtful >= 0:
                _settle(closers, first, doubtful)
                first, doubtful = at, -1
        elif first >= 0 and at > first + 1 and sign in CLOSERS[text[first]] and not text[at + 1 : at + 2].isalnum():
            if _possessive(text, at, block):
                doubtful = at if doubtful < 0 else doubtful
            else:
                first, doubtful = _settle(closers, first, at)
    _settle(closers, first, doubtful)
    return closers


def _settle(closers: dict[int, int], first: int, last: int) -> tuple[int, int]:
    """Notes that the mark at ``first`` closes at ``last``, where it does; answers that none is open."""
    if first >= 0 and last >= 0:
        closers[first] = last
    return -1, -1


def _possessive(text: str, at: int, block: Span) -> bool:
    """Whether a single mark reads as that of "the players’ lounge": after an s, before a word in lower case."""
    return text[at - 1] in "sS" and text[at + 1 : at + 3].strip()[:1].islower() and at + 2 < block.end
