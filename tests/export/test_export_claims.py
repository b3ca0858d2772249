"""Claims and annotations: the shapes that schema.org and the W3C ask for, and offsets that lead to the words."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.export import Page
from dateline.export.annotations import CONTEXT, export_annotations
from dateline.export.claims import export_claims
from dateline.model import Quote, ReportLine, Span
from tests.export.entries import BEFORE, HOSTILE, make_entry, make_hostile, make_page, make_quote


def whole(words: str) -> str:
    """Words as a file of UTF-8 can hold them."""
    return re.sub("[\ud800-\udfff]", "\ufffd", words)


def read_claims(*quotes: Quote) -> list[dict[str, Any]]:
    """The claims, each with what a Claim may have, and nothing that rates it."""
    whole = json.loads(b"".join(export_claims(quotes)))
    assert whole["@context"] == "https://schema.org"
    for claim in whole["@graph"]:
        assert claim["@type"] == "Claim"
        assert set(claim) <= {"@type", "@id", "text", "author", "appearance"}
        assert claim["appearance"]["@type"] == "NewsArticle"
    found: list[dict[str, Any]] = whole["@graph"]
    return found


def test_a_claim_says_who_said_what_and_where_it_is_printed() -> None:
    (claim,) = read_claims(make_quote())
    assert (claim["text"], claim["author"]["name"]) == ("Ada Quill met Rob Stone", "the police")
    article = claim["appearance"]
    assert (article["url"], article["publisher"]["name"]) == ("https://news.example/mayor", "The Example")
    assert article["datePublished"] == "2023-09-17T12:26:00+01:00"


def test_claims_by_one_name_share_their_author() -> None:
    one, other = read_claims(make_quote(), make_quote("It rained, police said.", said="It rained"))
    assert one["author"]["@id"] == other["author"]["@id"]


def test_what_is_unknown_is_not_there() -> None:
    quote = make_quote()
    statement = replace(quote.statement, source=None, source_name=None)
    bare = replace(quote, statement=statement, report=ReportLine("r1", "ed1", None, None, "soon", "kim.txt"))
    (claim,) = read_claims(bare)
    assert "author" not in claim
    assert set(claim["appearance"]) == {"@type", "@id"}


def test_hostile_words_are_claims_still() -> None:
    quotes = [make_quote(f"{bad}x, police said.", said=f"{bad}x") for bad in HOSTILE]
    assert [claim["text"] for claim in read_claims(*quotes)] == [" ".join(whole(f"{bad}x").split()) for bad in HOSTILE]


def read_annotations(page: Page) -> list[dict[str, Any]]:
    """The annotations, each found to lead to its words both ways."""
    found = [json.loads(line) for line in b"".join(export_annotations([page])).splitlines()]
    text = whole(page.text)
    for annotation in found:
        assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert annotation["type"] == "Annotation"
        assert {body["type"] for body in annotation["body"]} == {"TextualBody"}
        position, quote = annotation["target"][0]["selector"]
        assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert max(len(quote["prefix"]), len(quote["suffix"])) <= CONTEXT
    return found


def test_each_cell_with_words_is_annotated() -> None:
    found = read_annotations(make_page(make_entry()))
    told = {each["id"].rsplit(":", 1)[1]: each["target"][0]["selector"][1]["exact"] for each in found}
    assert told == {
        "event": "met", "actor-1": "Ada Quill", "recipient-1": "Rob Stone", "when": "Friday", "where": "Exampleville",
        "source": "police",
    }  # fmt: skip
    assert len({each["id"] for each in found}) == len(found)


def test_positions_count_code_points() -> None:
    (event, *_) = read_annotations(make_page(make_entry()))
    assert event["target"][0]["selector"][0]["start"] == len(BEFORE) + len("Ada Quill ")


def test_the_web_page_is_a_target_by_its_words_alone() -> None:
    (event, *_) = read_annotations(make_page(make_entry()))
    assert event["target"][1]["source"] == "https://news.example/mayor"
    assert event["target"][1]["selector"]["type"] == "TextQuoteSelector"
    (event, *_) = read_annotations(make_page(make_entry(line=ReportLine("r", "e", None, None, None, "kim.txt"))))
    assert len(event["target"]) == 1


def test_hostile_words_are_led_to() -> None:
    for entry in make_hostile():
        assert read_annotations(make_page(entry))


def test_a_span_outside_the_text_is_left_out() -> None:
    entry = make_entry()
    wild = replace(entry, event=replace(entry.event, trigger=Span(5_000, 5_001)))
    assert "event" not in {each["id"].rsplit(":", 1)[1] for each in read_annotations(make_page(wild))}


@given(st.text(), st.text())
def test_any_words_are_led_to(before: str, after: str) -> None:
    words = f"{before} met {after}"
    assert read_annotations(make_page(make_entry(words, when=None, where=None, source=None)))
