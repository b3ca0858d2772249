"""Graphs are opened by networkx."""

from __future__ import annotations

import io
from typing import Any

import pytest
from lxml import etree

from dateline.export import Page
from dateline.export.graphs import export_graphml
from tests.export.entries import make_entry, make_hostile, make_page, make_quote

networkx: Any = pytest.importorskip("networkx")


def read_graph(*pages: Page) -> Any:
    return networkx.read_graphml(io.BytesIO(b"".join(export_graphml(pages))))


def edges(graph: Any) -> set[tuple[str, str, str]]:
    label = dict(graph.nodes(data="label"))
    return {(label[a], relation, label[b]) for a, b, relation in graph.edges(data="relation")}


def test_who_did_what_to_whom_on_whose_word() -> None:
    graph = read_graph(make_page(make_entry()))
    assert edges(graph) == {
        ("Ada Quill", "actor", "met"),
        ("met", "recipient", "Rob Stone"),
        ("police", "source", "met"),
    }
    (event,) = [cells for _, cells in graph.nodes(data=True) if cells["kind"] == "event"]
    assert (event["type"], event["status"], event["when"], event["main"]) == ("CONSULT", "happened", "2023-09-15", True)
    assert event["origin"] == "https://news.example/mayor"


def test_who_said_what() -> None:
    graph = read_graph(make_page(quotes=[make_quote()]))
    assert {(who, relation) for who, relation, _ in edges(graph)} == {("the police", "said")}


def test_a_name_is_one_node_and_so_is_an_event_given_twice() -> None:
    page = make_page(make_entry(), make_entry(id="e2", recipients=("Ada  Quill",)))
    graph = read_graph(page, page)
    kinds = sorted(cells["kind"] for _, cells in graph.nodes(data=True))
    assert kinds == ["event", "event", "name", "name", "name"]
    assert graph.number_of_edges() == 6


def test_a_name_bears_what_kind_of_thing_it_is() -> None:
    graph = read_graph(make_page(make_entry(), kinds={"Ada Quill": "Person"}))
    assert {cells["label"]: cells.get("type") for _, cells in graph.nodes(data=True) if cells["kind"] == "name"} == {
        "Ada Quill": "Person", "Rob Stone": None, "police": None,
    }  # fmt: skip


def test_no_edge_leads_nowhere() -> None:
    graph = read_graph(make_page(make_entry(), quotes=[make_quote()]))
    assert all("kind" in cells for _, cells in graph.nodes(data=True))


def test_hostile_words_break_no_graph() -> None:
    hostile = make_hostile()
    graph = read_graph(*(make_page(entry) for entry in hostile))
    events = [cells for _, cells in graph.nodes(data=True) if cells["kind"] == "event"]
    assert len(events) == len(hostile)
    assert "]]><!--&amp;&#0;" in {cells.get("publisher") for cells in events}


def test_every_key_is_declared() -> None:
    root = etree.fromstring(b"".join(export_graphml([make_page(make_entry(), quotes=[make_quote()])])))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    declared = {(key.get("id"), key.get("for")) for key in root.iter(f"{space}key")}
    used = {
        (data.get("key"), kind) for kind in ("node", "edge") for each in root.iter(f"{space}{kind}") for data in each
    }
    assert used <= declared
