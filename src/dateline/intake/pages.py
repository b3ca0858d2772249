"""Takes bytes for a page: decoded, known for HTML or plain text, or refused with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dateline.errors import InputError
from dateline.intake.decoding import decode_page, wide_encoding, without_surrogates

PageKind = Literal["html", "text"]

HTML_LIMIT = 10_000_000
"""The largest page that is read, in bytes: the longest reports are a tenth of it."""

TEXT_LIMIT = 2_000_000
"""The longest plain text that is read, in characters: some 300,000 words."""

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "Copy its text into a file and read that."),
    (b"{\\rtf", "a rich text document", "Save it as plain text and read that."),
    (b"PK\x03\x04", "a zip archive or an office document", "Unpack it, or save the document as plain text."),
    (b"\xd0\xcf\x11\xe0", "an office document", "Save it as plain text and read that."),
    (b"\x1f\x8b", "compressed with gzip", "Decompress it and read what is inside."),
    (b"BZh", "compressed with bzip2", "Decompress it and read what is inside."),
    (b"\xfd7zXZ", "compressed with xz", "Decompress it and read what is inside."),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "Decompress it and read what is inside."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it and read the page inside."),
    (b"\x89PNG", "a PNG image", "Type or copy its words into a file and read that."),
    (b"GIF8", "a GIF image", "Type or copy its words into a file and read that."),
    (b"\xff\xd8\xff", "a JPEG image", "Type or copy its words into a file and read that."),
    (b"RIFF", "an image, sound or film", "Give the page that it belongs to."),
    (b"OggS", "sound or film", "Give the page that it belongs to."),
    (b"ID3", "sound", "Give the page that it belongs to."),
    (b"\x7fELF", "a program", "Give the saved page of a report."),
    (b"SQLite format 3", "a database", "Give the saved page of a report."),
    (b"WARC/", "a web archive (WARC)", "Take the page out of it and read that."),
)
_TAGS = (
    "a|abbr|address|article|aside|b|blockquote|body|br|center|div|em|figure|font|footer|form|h[1-6]|head|header|hr|html|"
    "i|img|li|link|main|meta|nav|noscript|ol|p|script|section|span|strong|style|table|title|ul"
)
_OPENS_AS_HTML = re.compile(rf"<!doctype\s+html\b|<(?:{_TAGS})(?=[\s>/])", re.IGNORECASE)
_CLOSING_TAG = re.compile(r"</(?:p|div|a|span|h[1-6]|li|article|section|body|html)\s*>", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s*(?:<!--(?:[^-]|-(?!->))*-->|<\?[^>]*>)")
_ROOT = re.compile(r"\s*<(?:!doctype\s+)?([A-Za-z_][\w.:-]*)", re.IGNORECASE)
_FEEDS = {"rss", "feed", "rdf:rdf"}


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched or pasted, decoded, and where it came from."""

    text: str
    origin: str | None
    kind: PageKind

    @property
    def where(self) -> str:
        """What an error calls the page."""
        return self.origin or "the page"


def read_page(
    data: bytes | str, origin: str | None = None, as_: PageKind | None = None, charset: str | None = None
) -> Page:
    """The page that some bytes (or decoded text) stand for, as HTML or plain text, whichever it is.

    Raises InputError where it is empty, too large, no text at all, or XML of another kind than a web page.

    >>> read_page(b"<p>Kim left Russia.</p>").kind
    'html'
    """
    where = origin or "the page"
    if len(data) > HTML_LIMIT:
        raise InputError(
            where, f"larger than a page may be ({HTML_LIMIT // 1_000_000} MB)", "Give the page of a single report."
        )
    if isinstance(data, bytes):
        _refuse_binary(data, where)
        text = decode_page(data, charset)
    else:
        text = without_surrogates(data).removeprefix("\ufeff")
    if "\0" in text:
        raise InputError(where, "this is not text (it holds zero bytes)", "Give the saved page of a report.")
    if not text.strip():
        raise InputError(where, "there is nothing in it", "Check that the right page was saved, and is not empty.")
    kind = as_ or _kind(text, where)
    if kind == "text" and len(text) > TEXT_LIMIT:
        raise InputError(
            where,
            f"longer than a report may be ({TEXT_LIMIT // 1_000_000} million characters)",
            "Give the text of a single report.",
        )
    return Page(text, origin, kind)


def _refuse_binary(data: bytes, where: str) -> None:
    for magic, seems, todo in _MAGIC:
        if data.startswith(magic):
            raise InputError(where, f"this seems to be {seems}, not a page or text", todo)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) and not wide_encoding(data):
        raise InputError(where, "this is not text (it holds zero bytes)", "Give the saved page of a report.")


def _kind(text: str, where: str) -> PageKind:
    """Whether a text is HTML or plain; other XML is refused."""
    start = 0
    declared = False
    while prologue := _PROLOGUE.match(text, start):
        declared = declared or prologue[0].lstrip().lower().startswith("<?xml")
        start = prologue.end()
    opening = text[start : start + 500].lstrip()
    if _OPENS_AS_HTML.match(opening):
        return "html"
    root = _ROOT.match(opening)
    if root and (declared or root[1].lower() in _FEEDS or opening[:9].lower() == "<!doctype"):
        _refuse_xml(root[1].lower(), where)
    if declared and not root:
        _refuse_xml("", where)
    return "html" if len(_CLOSING_TAG.findall(text[:200_000])) >= 3 else "text"


def _refuse_xml(root: str, where: str) -> None:
    if root in _FEEDS:
        raise InputError(where, "this is a feed, not a report", "Read one of the pages that it links to.")
    raise InputError(
        where,
        "this is XML, and not a web page",
        "Give the page of a report. If it is plain text, read it with --as text.",
    )
