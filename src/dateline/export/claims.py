"""What was said, as schema.org Claims (JSON-LD)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import blake2b

from dateline.export.cells import clean, json_line, web_address
from dateline.export.outline import one_line
from dateline.model import Quote, ReportLine


def export_claims(quotes: Iterable[Quote]) -> Iterator[bytes]:
    """The statements as one JSON-LD graph of Claims, each with who made it and where it is printed.

    A Claim is no ClaimReview: nothing here says whether it is true.
    """
    yield b'{"@context":"https://schema.org","@graph":['
    for number, quote in enumerate(quotes):
        yield (b",\n" if number else b"") + json_line(_claim(quote))
    yield b"]}\n"


def _claim(quote: Quote) -> dict[str, object]:
    claim: dict[str, object] = {
        "@type": "Claim",
        "@id": f"urn:dateline:statement:{quote.id}",
        "text": content_of(quote),
    }
    name = one_line(quote.statement.source_name or "")
    if name:
        # Person or Organization: the report need not tell, and so no type is given.
        claim["author"] = {"@id": _name_id(name), "name": name}
    claim["appearance"] = _article(quote.report)
    return claim


def content_of(quote: Quote) -> str:
    """What was said; all that is at hand of it where the sentences do not hold it whole."""
    start, end = quote.statement.content
    said = quote.words[max(0, start - quote.sentence.start) : max(0, end - quote.sentence.start)]
    return one_line(said or quote.words)


def _article(line: ReportLine) -> dict[str, object]:
    article: dict[str, object] = {"@type": "NewsArticle", "@id": f"urn:dateline:edition:{line.edition}"}
    if line.headline:
        article["headline"] = one_line(line.headline)
    if address := web_address(line.origin):
        article["url"] = address
    if line.published and _is_date(line.published):
        article["datePublished"] = line.published
    if line.publisher:
        article["publisher"] = {"@type": "Organization", "name": one_line(line.publisher)}
    return article


def _is_date(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _name_id(name: str) -> str:
    """An id for a name as it is spelt: Claims by the same name can be gathered by it."""
    return f"urn:dateline:name:{blake2b(clean(name).encode(), digest_size=8).hexdigest()}"
