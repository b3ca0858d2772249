"""Entries as annotations of the words that they rest on (W3C Web Annotation Data Model)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline.export.cells import json_line, web_address
from dateline.export.outline import one_line
from dateline.export.pages import Page
from dateline.export.slots import lay_flat
from dateline.model import Entry, Event, Span

CONTEXT = 32
"""How many characters before and after the words a quote selector gives, to find them by where they stand twice."""

Cell = tuple[str, Span, str]
"""What a cell is called, where its words stand, and its value."""


def export_annotations(pages: Iterable[Page]) -> Iterator[bytes]:
    """JSON Lines of annotations: one for each cell of an event that words of the report say.

    Positions count code points of the report's text, headline first, as the recommendation counts them; the web page
    that the text was taken from is a second target, found by the quote alone, for its own characters count otherwise.
    """
    for page in pages:
        for entry in page.entries:
            for name, span, value in cells_of(entry.event):
                if 0 <= span.start < span.end <= len(page.text):
                    yield json_line(_annotation(page, entry, name, span, value)) + b"\n"


def cells_of(event: Event) -> Iterator[Cell]:
    """The cells of an event that words stand behind."""
    yield "event", event.trigger, f"{event.type} ({event.status})"
    for number, span in enumerate(event.also, 1):
        yield f"also-{number}", span, f"{event.type} ({event.status})"
    for slot, people in (("actor", event.actors), ("recipient", event.recipients)):
        for number, one in enumerate(people, 1):
            if one.span is not None:
                yield f"{slot}-{number}", one.span, one.name
    if event.when and event.when.span is not None:
        yield "when", event.when.span, event.when.value
    if event.where and event.where.span is not None:
        yield "where", event.where.span, event.where.name
    if event.source.span is not None:
        yield "source", event.source.span, event.source.name or "unnamed"
    for number, each in enumerate(event.slots, 1):
        yield f"slot-{number}", each.span, lay_flat(each)


def _annotation(page: Page, entry: Entry, name: str, span: Span, value: str) -> dict[str, object]:
    body = [
        _body("tagging", f"dateline:{name.split('-')[0]}"),
        _body("classifying" if name.startswith(("event", "also")) else "identifying", one_line(value)),
    ]
    annotation = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:dateline:event:{entry.id}:{name}",
        "type": "Annotation",
        "body": body,
        "target": _targets(page, entry, span),
    }
    return {**annotation, "generator": {"id": "urn:dateline", "type": "Software", "name": "Dateline"}}


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _targets(page: Page, entry: Entry, span: Span) -> list[dict[str, object]]:
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.of(page.text),
        "prefix": page.text[max(0, span.start - CONTEXT) : span.start],
        "suffix": page.text[span.end : span.end + CONTEXT],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    text = {
        "id": f"urn:dateline:edition:{entry.report.edition}",
        "type": "Text",
        "format": "text/plain",
        "language": page.language,
    }
    targets: list[dict[str, object]] = [{"type": "SpecificResource", "source": text, "selector": [position, quote]}]
    if address := web_address(entry.report.origin):
        targets.append({"type": "SpecificResource", "source": address, "selector": quote})
    return targets
