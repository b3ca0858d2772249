"""A happening as a table: a row a report, a column a question, each cell marked where the reports agree or differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.export.cells import words_at
from dateline.export.outline import list_names, one_line
from dateline.export.times import show_time
from dateline.model import Entry, Happening, Judgement, Verdict
from dateline.web.rendering import trigger_of, word_of

Standing = Literal["differs", "agrees", ""]
SLOTS = ("actors", "recipients", "when", "where", "number", "status")
COLUMNS = {"actors": "Who", "deed": "Did what", "recipients": "To whom", "when": "When", "where": "Where",
           "number": "Numbers", "status": "Status", "word": "On whose word"}  # fmt: skip
RELATIONS = {
    "equal": "is told alike",
    "refined": "is told more or less exactly",
    "updated": "was updated",
    "subset": "is told in part",
    "contradicts": "is disputed",
}
NAMED = {"when": "the time", "where": "the place", "number": "a number", "actors": "who did it",
         "recipients": "to whom", "status": "whether it happened"}  # fmt: skip

COMPARED = 1_000
"""So many entries are looked at for what all tell alike."""


@dataclass(frozen=True, slots=True)
class Told:
    """One cell of a report's row: its words, and how it stands to those of the others."""

    column: str
    words: str
    standing: Standing = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """What one report says, with its sentence cut at the words that tell the deed."""

    entry: Entry
    cells: tuple[Told, ...]
    sentence: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class HandMade:
    """What somebody judged at one moment: what is taken back at one go."""

    verdict: Verdict
    by: str
    at: str
    because: str
    events: tuple[str, ...]


def compare_rows(one: Happening, most: int, offset: int = 0) -> tuple[list[str], list[Row]]:
    """The columns that hold anything, and the rows of some entries in the order of the happening.

    What is told alike is so by all entries, or by the first ``COMPARED`` and those that are shown.
    """
    disputed = {
        (each.slot, id)
        for each in one.disagreements
        if each.relation == "contradicts"
        for side in each.sides
        for id in side.entries
    }
    numbers = _numbers(one)
    entries = one.entries[offset : offset + most]
    raw = {each.id: _cells(each, numbers.get(each.id, "")) for each in (*one.entries[:COMPARED], *entries)}
    columns = [name for name in COLUMNS if any(cells[name] for cells in raw.values())]
    alike = {slot for slot in SLOTS if len(raw) > 1 and len({cells[slot] for cells in raw.values()}) == 1}
    rows = []
    for entry in entries:
        told = []
        for column in columns:
            words = raw[entry.id][column]
            standing: Standing = "differs" if (column, entry.id) in disputed else "agrees" if column in alike else ""
            told.append(Told(COLUMNS[column], words, standing if words else ""))
        rows.append(Row(entry, tuple(told), cut_sentence(entry)))
    return [COLUMNS[name] for name in columns], rows


def cut_sentence(entry: Entry) -> tuple[str, str, str]:
    """The sentence before, at and after the words that tell what was done."""
    trigger, start = entry.event.trigger, entry.sentence.start
    if not words_at(entry, trigger):
        return entry.words, "", ""
    begin, end = trigger.start - start, trigger.end - start
    return entry.words[:begin], entry.words[begin:end], entry.words[end:]


def gather_hand_made(judgements: tuple[Judgement, ...]) -> list[HandMade]:
    """Judgements by people, those of one person at one moment together."""
    groups: dict[tuple[Verdict, str, str, str], dict[str, None]] = {}
    for each in judgements:
        groups.setdefault((each.verdict, each.by, each.at, each.because), {}).update({each.a: None, each.b: None})
    return [HandMade(verdict, by, at, because, tuple(events)) for (verdict, by, at, because), events in groups.items()]


def _numbers(one: Happening) -> dict[str, str]:
    """The numbers that the entries give where they differ in one."""
    found: dict[str, list[str]] = {}
    for each in one.disagreements:
        if each.slot == "number":
            for side in each.sides:
                for id in side.entries:
                    found.setdefault(id, []).append(one_line(side.value))
    return {id: "; ".join(values) for id, values in found.items()}


def _cells(entry: Entry, numbers: str) -> dict[str, str]:
    event = entry.event
    return {
        "actors": list_names(event.actors),
        "deed": trigger_of(entry),
        "recipients": list_names(event.recipients),
        "when": show_time(event.when.value) if event.when else "",
        "where": one_line(event.where.name) if event.where else "",
        "number": numbers,
        "status": event.status,
        "word": word_of(entry) or "the report’s own",
    }
