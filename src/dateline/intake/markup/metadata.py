"""What a page states in its markup about itself: titles, dates, authors, publisher, address and language."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.intake.markup.outline import Fact
from dateline.model import PageSpan

JSON_LIMIT = 1_000_000
"""The longest JSON-LD that is parsed, in characters."""

STATEMENTS = 100
"""How many titles, authors and dates of a page are kept: the first ones are those of its report."""

NODES = 2_000
"""How many objects of JSON-LD are gone through."""

_ARTICLE = re.compile(r"Article|Posting|Report\b|Review\b|WebPage")
_META = (
    "article:published_time", "og:published_time", "article:published", "parsely-pub-date", "sailthru.date",
    "datepublished", "pubdate", "publishdate", "publish-date", "publication_date", "dc.date.issued", "dcterms.created",
    "dcterms.issued", "cxenseparse:recs:publishtime", "og:article:published_time", "rnews:datepublished",
)  # fmt: skip
_WEAK = ("date", "dc.date", "dcterms.date")
_MODIFIED = (
    "last-modified", "article:modified_time", "og:updated_time", "article:updated_time", "dcterms.modified",
    "datemodified",
)  # fmt: skip
_PUBLISHED = dict.fromkeys(_META, "meta") | dict.fromkeys(_WEAK, "meta weak") | dict.fromkeys(_MODIFIED, "modified")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_TITLES = ("og:title", "twitter:title", "dc.title", "title", "headline", "parsely-title", "sailthru.title")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
_SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher")
_DESCRIPTIONS = ("og:description", "description", "twitter:description")


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date that the markup states: its words, what sort of statement it is, and where it stands in the page."""

    words: str
    source: str
    page: PageSpan


@dataclass(slots=True)
class Metadata:
    """What the markup of a page states, in the order of the page; what it does not state is empty."""

    titles: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    sites: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    dates: list[StatedDate] = field(default_factory=list)
    canonical: str | None = None
    language: str | None = None

    @property
    def description(self) -> str | None:
        """The page's description of its report."""
        return next((self.descriptions[key] for key in _DESCRIPTIONS if key in self.descriptions), None)

    @property
    def publisher(self) -> str | None:
        """Who publishes the page, as its markup has it."""
        return next(iter(self.publishers), None) or next((self.sites[key] for key in _SITES if key in self.sites), None)


def read_metadata(facts: Sequence[Fact]) -> Metadata:
    """What the tags of a page state."""
    metadata = Metadata()
    for fact in facts:
        attributes, place = fact.tag.attributes, PageSpan(fact.tag.start, fact.tag.end)
        match fact.tag.name:
            case "html":
                metadata.language = metadata.language or attributes.get("lang") or attributes.get("xml:lang")
            case "title":
                metadata.titles.append(_clean(html.unescape(fact.text[:1000])))
            case "link" if "canonical" in attributes.get("rel", "").lower().split():
                metadata.canonical = metadata.canonical or attributes.get("href", "").strip() or None
            case "script" if attributes.get("type", "").lower().startswith("application/ld+json"):
                _read_json(fact.text, place, metadata)
            case "time" if attributes.get("datetime"):
                source = "itemprop" if "datepublished" in attributes.get("itemprop", "").lower() else "time"
                source = "modified" if "modified" in attributes.get("itemprop", "").lower() else source
                metadata.dates.append(StatedDate(attributes["datetime"][:100], source, place))
            case "meta":
                _read_meta(attributes, place, metadata)
            case _:
                _read_property(attributes, place, metadata)
    first: dict[tuple[str, str], StatedDate] = {}
    for date in metadata.dates:
        first.setdefault((date.words, date.source), date)
    metadata.dates = list(first.values())
    for kept in (metadata.titles, metadata.authors, metadata.publishers, metadata.dates):
        del kept[STATEMENTS:]
    return metadata


def _read_meta(attributes: dict[str, str], place: PageSpan, metadata: Metadata) -> None:
    content = _clean(attributes.get("content", "")[:2000])
    for key in {attributes.get(name, "").lower(): None for name in ("property", "name", "itemprop", "http-equiv")}:
        if not key or not content:
            continue
        if key in _PUBLISHED:
            source = "itemprop" if "itemprop" in attributes and _PUBLISHED[key] == "meta" else _PUBLISHED[key]
            metadata.dates.append(StatedDate(content[:100], source, place))
        elif key in _TITLES:
            metadata.titles.append(content)
        elif key in _AUTHORS and not content.startswith(("http", "@")):
            metadata.authors.append(content)
        elif key in _SITES:
            metadata.sites.setdefault(key, content)
        elif key in _DESCRIPTIONS:
            metadata.descriptions.setdefault(key, content)
        elif key == "og:url" and content.startswith("http"):
            metadata.canonical = metadata.canonical or content
        elif key == "content-language":
            metadata.language = metadata.language or content


def _read_property(attributes: dict[str, str], place: PageSpan, metadata: Metadata) -> None:
    """What an element states by itemprop and content, outside the head of the page."""
    name, content = attributes.get("itemprop", "").lower(), attributes.get("content", "")
    if name in ("datepublished", "datecreated") and content:
        metadata.dates.append(StatedDate(content[:100], "itemprop", place))
    elif name == "datemodified" and content:
        metadata.dates.append(StatedDate(content[:100], "modified", place))


def _read_json(text: str, place: PageSpan, metadata: Metadata) -> None:
    """What a script of JSON-LD states about articles; one that is no JSON states nothing."""
    if len(text) > JSON_LIMIT:
        return
    try:
        loaded = json.loads(text.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
    except (ValueError, RecursionError):
        return
    for node in _nodes(loaded):
        kinds = str(node.get("@type"))[:500]
        if not _ARTICLE.search(kinds):
            continue
        page_only = "WebPage" in kinds
        for key, source in (("datePublished", "json-ld"), ("dateCreated", "meta weak"), ("dateModified", "modified")):
            if isinstance(words := node.get(key), str):
                found = "meta" if page_only and source == "json-ld" else source
                metadata.dates.append(StatedDate(words[:100], found, place))
        for key in ("headline", "alternativeHeadline", "name"):
            if isinstance(words := node.get(key), str):
                metadata.titles.append(_clean(html.unescape(words[:1000])))
        if not page_only:
            metadata.authors.extend(_names(node.get("author")))
            metadata.publishers.extend(_names(node.get("publisher")))


def _nodes(loaded: Any) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD, outer ones first: lists, @graph and mainEntity are gone into, without recursion."""
    waiting, seen = deque([loaded]), 0
    while waiting and seen < NODES:
        seen += 1
        value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend(value[: NODES - seen])
        elif isinstance(value, dict):
            yield value
            waiting.extend(
                value[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if key in value
            )


def _names(value: Any) -> list[str]:
    """The names in an author or publisher, which may be a name, an object, or a list of either."""
    values = value if isinstance(value, list) else [value]
    names = [item.get("name") if isinstance(item, dict) else item for item in values[:20]]
    flat = [name for item in names for name in (item if isinstance(item, list) else [item])]
    words = [_clean(html.unescape(name[:200])) for name in flat if isinstance(name, str)]
    return [name for name in words if name and not name.startswith("http")]


def _clean(words: str) -> str:
    return " ".join(words.split())
