"""Cuts a decoded page into tags and text, each with its place in the page, in one pass whatever the page holds.

No entity of a document type is ever expanded: declarations are passed over. What browsers tolerate is tolerated, and
each construct that nobody closed is looked for once only, so that a megabyte of "<!--" costs no more than a report.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

RAW = frozenset(
    {"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "noscript", "template", "svg",
     "math"}
)  # fmt: skip
"""Elements whose inside is not the report's: it is passed over in one step, to the closing tag of the same name."""

_OPENING = re.compile(r"<(?=[A-Za-z/!?])")
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_CLOSERS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
_KEPT = 300
"""The most characters of an element's name or attribute name that are kept."""


class Tag(NamedTuple):
    """An opening or closing tag: its name and attributes in lower case, and where it stands in the page.

    ``raw`` is the stretch of the page that it encloses, for elements that are passed over.
    """

    name: str
    closing: bool
    attributes: dict[str, str]
    start: int
    end: int
    raw: tuple[int, int] = (0, 0)


class Words(NamedTuple):
    """A stretch of the page that is text, character references and all."""

    start: int
    end: int


def find_tokens(page: str) -> Iterator[Tag | Words]:
    """The tags and stretches of text of a page, in order."""
    start, last_end = 0, page.rfind(">")
    while opening := _OPENING.search(page, start):
        position = opening.start()
        if position > last_end and not page.startswith("<!", position):
            break
        if position > start:
            yield Words(start, position)
        token, start = _markup(page, position)
        if token:
            yield token
    if start < len(page):
        yield Words(start, len(page))


def _markup(page: str, start: int) -> tuple[Tag | None, int]:
    """The tag that begins at a "<", and where it ends; no tag for comments and declarations."""
    following = page[start + 1 : start + 2]
    if following == "!":
        return None, _end_of_declaration(page, start)
    if following == "?":
        return None, page.find(">", start) + 1
    closing = following == "/"
    name = _NAME.match(page, start + 1 + closing)
    if not name:  # "</>" and the like
        return None, page.find(">", start) + 1
    label = name[0][:_KEPT].lower()
    attributes, end = _attributes(page, name.end())
    if closing:
        return Tag(label, True, {}, start, end), end
    if label in RAW and page[end - 2 : end] != "/>":
        closer = _CLOSERS[label].search(page, end)
        inside_end = closer.start() if closer else len(page)
        after = page.find(">", inside_end) + 1 if closer else len(page)
        return Tag(label, False, attributes, start, end, (end, inside_end)), after or len(page)
    return Tag(label, False, attributes, start, end), end


def _end_of_declaration(page: str, start: int) -> int:
    """Where a comment, CDATA section or document type ends; the end of the page where it does not."""
    if page.startswith("<!--", start):
        end = page.find("-->", start + 2)
        return end + 3 if end >= 0 else len(page)
    if page.startswith("<![CDATA[", start):
        end = page.find("]]>", start)
        return end + 3 if end >= 0 else len(page)
    end, subset = page.find(">", start), page.find("[", start)
    if 0 <= subset < end and page[start : start + 9].lower() == "<!doctype":
        close = page.find("]", subset)
        end = page.find(">", close) if close >= 0 else -1
    return end + 1 if end >= 0 else len(page)


def _attributes(page: str, position: int) -> tuple[dict[str, str], int]:
    """The attributes from a place inside a tag on, the first of each name, and where the tag ends.

    Where a quotation mark is never closed, the tag ends at the next ">" all the same.
    """
    found: dict[str, str] = {}
    first = position
    while match := _ATTRIBUTE.match(page, position):
        value = match[2] if match[2] is not None else match[3] if match[3] is not None else match[4]
        if value is not None and "&" in value:
            value = html.unescape(value)
        found.setdefault(match[1][:_KEPT].lower(), value or "")
        position = match.end()
    end = page.find(">", position)
    return found, (end if end >= 0 else page.find(">", first)) + 1
