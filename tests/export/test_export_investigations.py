"""FollowTheMoney: the rules of its public schemata, as far as we use them, put down again and held against the file."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from dateline.export import Page
from dateline.export.investigations import export_ftm
from dateline.model import ReportLine
from tests.export.entries import make_entry, make_hostile, make_page, make_quote

THING = {
    "name": "name", "summary": "text", "description": "text", "notes": "text", "keywords": "string",
    "sourceUrl": "url", "publisher": "string",
}  # fmt: skip
INTERVAL = {
    "startDate": "date", "endDate": "date", "date": "date", "proof": "Document", "recordId": "string",
    "namesMentioned": "name",
}  # fmt: skip
SCHEMATA: dict[str, dict[str, str]] = {
    "Article": {**THING, "title": "string", "fileName": "string", "publishedAt": "date", "language": "language"},
    "Event": {**THING, **INTERVAL, "location": "address", "involved": "LegalEntity"},
    "Mention": {"document": "Document", "resolved": "LegalEntity", "name": "name"},
    "LegalEntity": THING,
    "Person": THING,
    "Organization": THING,
    "Note": {**THING, "entity": "Thing"},
}
REQUIRED = {
    "Article": {"name", "fileName"}, "Event": {"name"}, "Mention": {"document", "name"}, "LegalEntity": {"name"},
    "Person": {"name"}, "Organization": {"name"},
    "Note": {"name"},
}  # fmt: skip
PARTIES = {"LegalEntity", "Person", "Organization"}
RANGES = {"Document": {"Article"}, "LegalEntity": PARTIES, "Thing": {"Article", "Event", "Note", *PARTIES}}
SHAPES = {
    "date": re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d)?)?)?"),
    "url": re.compile(r"https?://\S+"),
    "language": re.compile(r"[a-z]{3}"),
}


def read_ftm(*pages: Page) -> list[dict[str, Any]]:
    """The entities, each found to keep the rules, and to lead to others that are there."""
    found = [json.loads(line) for line in b"".join(export_ftm(pages)).splitlines()]
    schema_of = {entity["id"]: entity["schema"] for entity in found}
    for entity in found:
        assert set(entity) == {"id", "schema", "properties"}
        assert REQUIRED[entity["schema"]] <= set(entity["properties"])
        for name, values in entity["properties"].items():
            kind = SCHEMATA[entity["schema"]][name]
            assert values
            for value in values:
                assert isinstance(value, str)
                assert value
                assert kind not in SHAPES or SHAPES[kind].fullmatch(value), (name, value)
                assert kind not in RANGES or schema_of[value] in RANGES[kind], (name, value)
    return found


def of(schema: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entity["properties"] for entity in entities if entity["schema"] == schema]


def test_a_report_is_an_article() -> None:
    (article,) = of("Article", read_ftm(make_page(make_entry())))
    assert article["title"] == ["Mayor meets envoy 🌊"]
    assert article["publishedAt"] == ["2023-09-17T11:26:00"]
    assert (article["fileName"], article["language"]) == (["mayor"], ["eng"])


def test_an_entry_is_an_event_that_leads_to_names_and_article() -> None:
    entities = read_ftm(make_page(make_entry(), kinds={"Ada Quill": "Person", "Rob Stone": "Organization"}))
    (event,) = of("Event", entities)
    named = {entity["id"]: (entity["schema"], entity["properties"]["name"][0]) for entity in entities}
    assert [named[id] for id in event["involved"]] == [("Person", "Ada Quill"), ("Organization", "Rob Stone")]
    assert (event["date"], event["location"], event["keywords"]) == (
        ["2023-09-15"],
        ["Exampleville"],
        ["CONSULT", "happened"],
    )
    assert "on the word of police" in event["notes"][0]
    assert {mention["name"][0] for mention in of("Mention", entities)} == {"Ada Quill", "Rob Stone", "police"}


@pytest.mark.parametrize(
    ("value", "dates"),
    [
        ("2023-09", {"date": ["2023-09"]}),
        ("2023", {"date": ["2023"]}),
        ("2023-09-15T21:30", {"date": ["2023-09-15"]}),
        ("2023-09-12/2023-09-17", {"startDate": ["2023-09-12"], "endDate": ["2023-09-17"]}),
        ("PAST_REF", {}),
    ],
)
def test_dates_are_as_wide_as_they_are_known(value: str, dates: dict[str, list[str]]) -> None:
    (event,) = of("Event", read_ftm(make_page(make_entry(when=("Friday", value)))))
    assert {name: event[name] for name in event if name.lower().endswith("date")} == dates


def test_a_statement_is_a_note_on_who_said_it() -> None:
    entities = read_ftm(make_page(quotes=[make_quote()]))
    (note,) = of("Note", entities)
    assert note["description"] == ["Ada Quill met Rob Stone"]
    assert {entity["id"]: entity["schema"] for entity in entities}[note["entity"][0]] == "LegalEntity"


def test_what_is_no_party_is_mentioned_and_no_more() -> None:
    entities = read_ftm(make_page(make_entry("The storm met Exampleville.", actors=("The storm",), source=None)))
    assert not PARTIES & {entity["schema"] for entity in entities}
    assert ("involved" in of("Event", entities)[0], of("Event", entities)[0]["namesMentioned"]) == (
        False, ["The storm", "Rob Stone"],
    )  # fmt: skip
    storm = of("Mention", entities)[0]
    assert (storm["name"], "resolved" in storm) == (["The storm"], False)


def test_the_same_name_in_two_reports_is_two_entities() -> None:
    other = make_entry(id="e2", line=ReportLine("r2", "ed2", None, None, None, None))
    names = of("LegalEntity", read_ftm(make_page(make_entry()), make_page(other)))
    assert [name["name"][0] for name in names] == ["police", "police"]
    ids = [
        json.loads(line)["id"]
        for line in b"".join(export_ftm([make_page(make_entry()), make_page(other)])).splitlines()
    ]
    assert len(ids) == len(set(ids))


def test_a_denied_event_says_so_in_its_name() -> None:
    (event,) = of("Event", read_ftm(make_page(make_entry(status="denied"))))
    assert event["name"][0].startswith("[denied] ")


def test_hostile_words_keep_the_rules() -> None:
    hostile = make_hostile()
    assert len(of("Event", read_ftm(*map(make_page, hostile)))) == len(hostile)
