"""Reads feeds: RSS of every age, Atom, JSON Feed; and OPML, the lists of them that feed readers exchange."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import msgspec

from dateline.errors import InputError
from dateline.intake.decoding import decode_page

FEED_LIMIT = 10_000_000
"""The largest feed that is read, in bytes."""

FULL = 600
"""A description of so many letters is the whole report, and not only its summary."""

_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_CORE = (
    "",
    *_ATOM,
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DUBLIN = "http://purl.org/dc/elements/1.1/"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ROOT = re.compile(r"\s*(?:(?:<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^>\[]*>)\s*)*<([\w:]+)", re.IGNORECASE)
_HALF = re.compile(
    r"&#(?:x0{0,9}d[89a-f][0-9a-f]{2}|0{0,9}(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));?",
    re.IGNORECASE,
)
"""References to half a character, which lxml takes over and cannot give out: 55296 to 57343."""

_TAG = re.compile(r"<[^<>]{0,1000}>")
_NO_FEED = "Give the address of an RSS, Atom or JSON feed."


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed: the page that it leads to, and what the feed says of it.

    ``key`` tells it from the others of its feed; ``content`` is the whole report as HTML, where the feed has it.
    """

    key: str
    address: str | None
    title: str | None
    published: str | None
    content: str | None

    def page(self) -> bytes | None:
        """A page made of the content, with the title as its headline; None where the feed has no content."""
        if self.content is None:
            return None
        title = html.escape(self.title or "")
        head = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article>"
        return f"{head}<h1>{title}</h1>{self.content}</article></body></html>".encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds: its title and its items, in its own order."""

    title: str | None
    items: tuple[Item, ...]


def is_feed(data: bytes) -> bool:
    """Whether bytes look like a feed.

    >>> is_feed(b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>"), is_feed(b"<p>Kim left.</p>")
    (True, False)
    """
    opening = decode_page(data[:4000]).lstrip("\ufeff")
    root = _ROOT.match(opening)
    if root:
        return root[1].rpartition(":")[2].lower() in ("rss", "feed", "rdf")
    return opening.lstrip().startswith("{") and "jsonfeed.org/version" in opening.replace("\\/", "/")


def read_feed(data: bytes, where: str, charset: str | None = None) -> Feed:
    """The feed that some bytes are; its relative addresses are resolved by ``where`` it came from.

    Raises InputError where they are none, declare entities, or are too many.
    """
    if len(data) > FEED_LIMIT:
        raise InputError(where, f"larger than a feed may be ({FEED_LIMIT // 1_000_000} MB)", _NO_FEED)
    if decode_page(data[:1000]).lstrip().startswith("{"):
        return _read_json_feed(data, where)
    root = _parse(data, where, charset)
    kind = _local(root)
    if kind == "feed":
        return _read_atom(root, where)
    if kind in ("rss", "RDF"):
        return _read_rss(root, where)
    raise InputError(where, f"this is XML, and no feed (it begins with <{kind}>)", _NO_FEED)


def read_opml(data: bytes, where: str) -> tuple[str, ...]:
    """The addresses of the feeds that an OPML list names, in order, each once.

    Raises InputError where it is no such list, or names none.
    """
    todo = "Give the OPML file that a feed reader exports."
    if len(data) > FEED_LIMIT:
        raise InputError(where, f"larger than a list of feeds may be ({FEED_LIMIT // 1_000_000} MB)", todo)
    root = _parse(data, where, None)
    if _local(root).lower() != "opml":
        raise InputError(where, "this is no OPML list of feeds", todo)
    named = (
        value.strip()
        for outline in root.iter()
        if _local(outline) == "outline"
        for key, value in outline.attrib.items()
        if key.lower() == "xmlurl"
    )
    feeds = tuple(dict.fromkeys(url for url in named if url.lower().startswith(("http://", "https://"))))
    if not feeds:
        raise InputError(where, "this list names no feeds", todo)
    return feeds


def _parse(data: bytes, where: str, charset: str | None) -> Any:
    """The root of an XML document, parsed with no entity expanded and nothing fetched."""
    from lxml import etree

    text = decode_page(data, charset).lstrip()
    # Entities that a document declares are how a small one grows without end, or reads files: no feed needs them.
    if "<!ENTITY" in text:
        raise InputError(where, "this XML declares entities, which are not read", _NO_FEED)
    text = _HALF.sub("\ufffd", text)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(where, f"this is no XML that can be read ({error})", _NO_FEED) from None
    if root is None:
        raise InputError(where, "this is no XML that can be read", _NO_FEED)
    return root


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _space(element: Any) -> str:
    return element.tag[1:].partition("}")[0] if isinstance(element.tag, str) and element.tag[:1] == "{" else ""


def _child(element: Any, *names: str, spaces: tuple[str, ...] = _CORE) -> Any | None:
    """The first child of the first of some names that has one."""
    children = [child for child in element if _space(child) in spaces]
    return next((child for name in names for child in children if _local(child) == name), None)


def _text(element: Any | None) -> str | None:
    """The words in an element, without markup and in single spaces; None where there are none."""
    if element is None:
        return None
    words = "".join(element.itertext())
    if "&" in words or "<" in words:
        words = html.unescape(_TAG.sub("", words))
    return " ".join(words.split()) or None


def _base(element: Any, where: str) -> str:
    """What relative addresses within an element start from."""
    bases = [value for one in (element, *element.iterancestors()) if (value := one.get(_BASE))]
    for base in reversed(bases):
        where = _join(where, base) or where
    return where


def _join(base: str, address: str | None) -> str | None:
    """The web address that a link leads to, or None."""
    try:
        joined = urljoin(base, (address or "").strip())
    except ValueError:
        return None
    return joined if address and joined.lower().startswith(("http://", "https://")) else None


def _read_rss(root: Any, where: str) -> Feed:
    """RSS: the items stand in the channel (0.91, 2.0) or beside it (0.9, 1.0)."""
    channel = _child(root, "channel")
    holders = [holder for holder in (channel, root) if holder is not None]
    items = [child for holder in holders for child in holder if _local(child) == "item" and _space(child) in _CORE]
    title = _text(_child(channel, "title")) if channel is not None else None
    return Feed(title, _keyed(_rss_item(item, where) for item in items))


def _rss_item(item: Any, where: str) -> Item:
    base = _base(item, where)
    guid = _child(item, "guid")
    address = _join(base, _text(_child(item, "link")))
    if address is None and guid is not None and guid.get("isPermaLink", "true") != "false":
        address = _join(base, _text(guid))
    published = _text(_child(item, "pubDate")) or _text(_child(item, "date", spaces=(_DUBLIN,)))
    content = _child(item, "encoded", spaces=(_CONTENT,))
    summary = _child(item, "description")
    words = "".join(content.itertext()) if content is not None else None
    if words is None and summary is not None:
        told = "".join(summary.itertext())
        words = told if len(_TAG.sub("", told)) >= FULL else None
    return Item(_text(guid) or address or "", address, _text(_child(item, "title")), published, words or None)


def _read_atom(root: Any, where: str) -> Feed:
    entries = (child for child in root if _local(child) == "entry" and _space(child) in (*_ATOM, ""))
    return Feed(_text(_child(root, "title")), _keyed(_atom_item(entry, where) for entry in entries))


def _atom_item(entry: Any, where: str) -> Item:
    links = [child for child in entry if _local(child) == "link" and child.get("rel", "alternate") == "alternate"]
    links.sort(key=lambda link: link.get("type", "text/html") not in ("text/html", "application/xhtml+xml"))
    address = _join(_base(links[0], where), links[0].get("href")) if links else None
    published = _text(_child(entry, "published", "issued", "created", "updated", "modified"))
    key = _text(_child(entry, "id")) or address or ""
    return Item(key, address, _text(_child(entry, "title")), published, _atom_content(entry))


def _atom_content(entry: Any) -> str | None:
    content = _child(entry, "content", spaces=_ATOM)
    if content is None or content.get("src"):
        return None
    kind = content.get("type", "text").lower()
    if "xhtml" in kind or len(content):
        from lxml import etree

        words = "".join(etree.tostring(child, encoding="unicode", method="html", with_tail=False) for child in content)
    else:
        words = content.text or ""
        if kind in ("text", "text/plain"):
            words = "".join(f"<p>{html.escape(line)}</p>" for line in words.splitlines() if line.strip())
    return words if words.strip() else None


def _read_json_feed(data: bytes, where: str) -> Feed:
    try:
        found = msgspec.json.decode(decode_page(data).lstrip("\ufeff").encode())
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(where, f"this is no JSON feed ({error})", _NO_FEED) from None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise InputError(where, "this is no JSON feed: it has no items", _NO_FEED)
    return Feed(_string(found, "title"), _keyed(_json_item(item, where) for item in items if isinstance(item, dict)))


def _json_item(item: dict[str, Any], where: str) -> Item:
    address = _join(where, _string(item, "url", "external_url"))
    content = _string(item, "content_html")
    text = _string(item, "content_text")
    if content is None and text:
        content = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    published = _string(item, "date_published", "date_modified")
    return Item(_string(item, "id") or address or "", address, _string(item, "title"), published, content)


def _string(found: dict[str, Any], *names: str) -> str | None:
    for name in names:
        value = found.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return None


def _keyed(items: Iterator[Item]) -> tuple[Item, ...]:
    """The items that lead to a page or bring one, each once."""
    useful = [item for item in items if item.address or item.content]
    return tuple({item.key or item.title or "": item for item in reversed(useful)}.values())[::-1]
