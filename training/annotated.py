"""Events that were annotated for Dateline beside the ledger data, on texts that are kept elsewhere.

``events.jsonl`` holds, report by report, its id, its day where known, the beginning of the SHA-256 of its text, and
events in the form of the ledger data: spans of the text, types, full names. It holds no text: the reports are those of
the names data (``names/train.jsonl``) of the same ids. They were annotated by the ledger's guidelines, by one annotator
a report (on three reports of the ledger data the annotators agree with it at an F1 of .78 to .90 for events), and read
by a second, who had twelve reports of the ledger's training data at hand: mentions rose from 7.0 to 8.0 in 100 words
(the ledger data has 7.7 to 8.3), and 42 % of the events have a place (76 % before, 50 to 54 in the ledger data). Where
no day is printed, ``published`` is the day that the events told suggest, and may be some days off.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ANNOTATIONS = Path(__file__).with_name("events.jsonl")

EXCERPTS = Path(__file__).with_name("excerpts.jsonl")
"""The same of other reports, of the names data, the attribution data and the places data (``places/dev.jsonl``).

Long ones are annotated ``from`` a character (the first, where it is not told) up to ``until``, some in several rows.
"""

INVENTED = Path(__file__).with_name("invented.jsonl")
"""Reports made up for Dateline, with their texts, as rows of the ledger data: of all countries, topics and styles.

Whoever is named in them is meant to be nobody, and what they tell is made up; towns, ministries, some bodies are real.
"""

UNSEEN = Path(__file__).with_name("unseen.jsonl")
"""The same of 244 texts of the attribution data's and the times data's development files (4,010 events), which no
network learns from.

How far the network's links to who takes part are to be believed is learned from them (``scripts.train_confidence``).
"""

CODED = Path(__file__).with_name("coded.jsonl")
"""Sentences made up for Dateline, each with an event between two actors in unusual words: which ones, and its code.

The code is PLOVER's type. ``folded`` tells that the words by themselves name a deed of another type ("will send" as
AGREE). What the sentences say of anybody is made up too.
"""

CODED_PLAIN = Path(__file__).with_name("coded_plain.jsonl")
"""The same in ordinary words, of which it is not told which name the event."""


PART = "@"
"""What stands in the id of the later part of a report between the id of the report and where the part begins."""


def half_of(report: str) -> int:
    """Which half of all annotated reports one is in, by its id: 0 or 1, always the same, of all its parts the same.

    What is learned from how sure a network is of a report asks for one that has not learned from it.
    """
    return zlib.crc32(report.partition(PART)[0].encode()) % 2


def held_out(report: str) -> bool:
    """Whether a report is one of the eighth from which the network does not learn the places and times of events.

    How far it is to be believed of these is learned from them (``scripts.train_events``, ``scripts.train_when``).
    """
    return zlib.crc32(report.partition(PART)[0].encode()) % 8 == 0


def annotated_rows(texts: Iterable[dict[str, Any]], annotations: Path = ANNOTATIONS) -> Iterator[dict[str, Any]]:
    """The annotated reports with their texts, as rows of the ledger data; a later part of one as a text of its own.

    Raises ValueError where a text is missing or is not the one that was annotated.
    """
    text_of = {row["id"]: row["text"] for row in texts}
    for number, line in enumerate(annotations.read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        text = text_of.get(row["id"])
        if text is None or not hashlib.sha256(text.encode()).hexdigest().startswith(row["text"]):
            raise ValueError(f"{annotations}:{number}: the text of {row['id']} is missing or is another one.")
        first, until = row.get("from", 0), row.get("until")
        if first:
            row = {**_moved(row, -first), "id": f"{row['id']}{PART}{first}"}
        yield {**row, "text": text[first:until]}


def all_rows(bench: Path) -> list[dict[str, Any]]:
    """All reports whose events are annotated for learning, as rows of the ledger data; ``bench`` is where they are."""
    names, attribution, places, ledger = (
        _read(bench / name)
        for name in ("names/train.jsonl", "attribution/train.jsonl", "places/dev.jsonl", "ledger/train.jsonl")
    )
    excerpts = annotated_rows([*names, *attribution, *places], EXCERPTS)
    return [*ledger, *annotated_rows(names), *excerpts, *_read(INVENTED)]


def unseen_rows(bench: Path) -> Iterator[dict[str, Any]]:
    """The reports of UNSEEN, as rows of the ledger data."""
    return annotated_rows([*_read(bench / "attribution/dev.jsonl"), *_read(bench / "times/dev.jsonl")], UNSEEN)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def _moved(row: dict[str, Any], by: int) -> dict[str, Any]:
    """A row with its spans so many characters further on."""

    def move(span: list[int]) -> list[int]:
        return [span[0] + by, span[1] + by]

    def parties(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**party, "span": party["span"] and move(party["span"])} for party in found]

    return {
        **row,
        "events": [
            {
                **event,
                "trigger": move(event["trigger"]),
                "also": [move(mention) for mention in event["also"]],
                **{role: parties(event[role]) for role in ("actors", "recipients")},
            }
            for event in row["events"]
        ],
    }
