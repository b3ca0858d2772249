"""Who did what to whom and who said what, as a graph (GraphML)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from html import escape

from dateline.export.cells import clean, row_of
from dateline.export.outline import one_line
from dateline.export.pages import Page
from dateline.model import Entry, Quote, ReportLine

_KEYS: tuple[tuple[str, str, str], ...] = (
    ("kind", "node", "string"),
    ("label", "node", "string"),
    ("type", "node", "string"),
    ("status", "node", "string"),
    ("when", "node", "string"),
    ("where", "node", "string"),
    ("main", "node", "boolean"),
    ("quoted", "node", "string"),
    ("words", "node", "string"),
    ("report", "node", "string"),
    ("publisher", "node", "string"),
    ("published", "node", "string"),
    ("origin", "node", "string"),
    ("relation", "edge", "string"),
)
"""What nodes and edges may bear: the name, whose it is, and its type."""

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def export_graphml(pages: Iterable[Page]) -> Iterator[bytes]:
    """A directed graph of names, events and statements.

    Edges lead from a name to what it did (``actor``), from an event to whom it befell (``recipient``), from a name to
    what it said (``said``) and to the events that rest on its word (``source``). A name is one node wherever it is
    spelt the same, which is no claim that it is one person.
    """
    yield _HEAD.encode()
    for name, whose, type_ in _KEYS:
        yield f'<key id="{name}" for="{whose}" attr.name="{name}" attr.type="{type_}"/>\n'.encode()
    yield b'<graph id="ledger" edgedefault="directed">\n'
    graph = _Graph()
    for page in pages:
        graph.kinds = page.kinds
        for entry in page.entries:
            yield "".join(graph.of_entry(entry)).encode()
        for quote in page.quotes:
            yield "".join(graph.of_quote(quote)).encode()
    yield b"</graph>\n</graphml>\n"


class _Graph:
    """Writes nodes and edges, and remembers by eight bytes each which were written."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()
        self.kinds: Mapping[str, str] = {}

    def of_entry(self, entry: Entry) -> Iterator[str]:
        event, row, node = entry.event, row_of(entry), f"e-{entry.id}"
        if not self._new(node):
            return
        about = {"type": event.type, "status": event.status, "when": row.when, "where": row.where, "main": event.main}
        yield _node(node, kind="event", label=row.trigger, words=entry.words, **about, **_printed(entry.report))
        for name in row.actors:
            yield from self._edge(name, node, "actor")
        for name in row.recipients:
            yield from self._edge(name, node, "recipient")
        if event.source.kind == "attributed" and event.source.name:
            yield from self._edge(event.source.name, node, "source")

    def of_quote(self, quote: Quote) -> Iterator[str]:
        statement, node = quote.statement, f"s-{quote.id}"
        if not self._new(node):
            return
        label = quote.words[: 1 << 16]
        printed = _printed(quote.report)
        yield _node(
            node, kind="statement", label=one_line(label)[:80], quoted=statement.quoted, words=quote.words, **printed
        )
        if statement.source_name:
            yield from self._edge(statement.source_name, node, "said")

    def _edge(self, name: str, node: str, relation: str) -> Iterator[str]:
        name = one_line(clean(name))
        if not name:
            return
        person = f"n-{blake2b(name.encode(), digest_size=8).hexdigest()}"
        if self._new(person):
            yield _node(person, kind="name", label=name, type=self.kinds.get(name))
        source, target = (node, person) if relation == "recipient" else (person, node)
        yield f'<edge source="{_xml(source)}" target="{_xml(target)}"><data key="relation">{relation}</data></edge>\n'

    def _new(self, node: str) -> bool:
        mark = blake2b(clean(node).encode(), digest_size=8).digest()
        if mark in self._seen:
            return False
        self._seen.add(mark)
        return True


def _printed(line: ReportLine) -> dict[str, str | None]:
    return {"report": line.report, "publisher": line.publisher, "published": line.published, "origin": line.origin}


def _node(id: str, **cells: str | bool | None) -> str:
    data = "".join(f'<data key="{name}">{_cell(value)}</data>' for name, value in cells.items() if value is not None)
    return f'<node id="{_xml(id)}">{data}</node>\n'


def _cell(value: str | bool) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else _xml(value)


def _xml(text: str) -> str:
    return escape(clean(text)).replace("\r", "&#13;")
