"""What can be given to Dateline, kind by kind: inputs are made by dice, and given to the door that takes them.

A DatelineError is an answer; whatever else is raised is a crash. What comes back is looked at, too: spans must lie in
the text, JSON must read back as what was written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import dateline
from benchmarks.fuzz import seeds
from benchmarks.fuzz.dice import bent, packed
from dateline.desk import annotators
from dateline.errors import DatelineError
from dateline.intake import read_page, read_report
from dateline.intake.sources import Parcel, find_parcels, read_parcel
from dateline.intake.sources.feeds import read_feed, read_opml
from dateline.lexicon.dumps import DumpFile, find_units
from dateline.lexicon.own_places import read_own_places
from dateline.model import Reading, Refused, Report, Span, from_json, to_json
from dateline.reading.pipeline import read_layers

MOST_PARCELS = 12
"""The most reports of one input that are read; all are found."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of input: how one is made, and what it is given to. ``name`` is what the command calls it."""

    name: str
    make: Callable[[Random], Any]
    give: Callable[[Any], None]


def kinds(folder: Path) -> tuple[Kind, ...]:
    """All kinds; what needs a file of its own has it in the folder, which should lie in memory."""
    from benchmarks.fuzz.ledgers import ledger_kinds
    from benchmarks.fuzz.servers import server_kinds

    return (
        Kind("html", _maker(seeds.PAGES, (*seeds.TAGS, *seeds.WORDS)), _give_page),
        Kind("text", _maker(seeds.TEXTS, seeds.WORDS), _give_text),
        Kind("reading", _make_story, _give_story),
        Kind("feed", _files(seeds.FEEDS, seeds.ELEMENTS, (".xml", ".rss", ".json", ".html")), _file_giver(folder)),
        Kind("warc", _files(seeds.ARCHIVES, (*seeds.LINES, *seeds.TAGS), (".warc",)), _file_giver(folder)),
        Kind("jsonl", _files(seeds.RECORDS, seeds.KEYS, (".jsonl", ".json", "")), _file_giver(folder)),
        Kind("dump", _make_dump, _dump_giver(folder)),
        Kind("json", _make_json, _give_json),
        *server_kinds(folder),
        *ledger_kinds(folder),
    )


def _maker(sound: Sequence[bytes], tokens: Sequence[bytes]) -> Callable[[Random], bytes]:
    return lambda dice: bent(dice, dice.choice(sound), tokens, sound)


def _files(sound: Sequence[bytes], tokens: Sequence[bytes], endings: Sequence[str]) -> Callable[[Random], Any]:
    def make(dice: Random) -> tuple[str, bytes]:
        data, packing = packed(dice, bent(dice, dice.choice(sound), tokens, sound))
        return f"input{dice.choice(endings)}{packing}", data

    return make


def _give_page(data: bytes) -> None:
    try:
        check_report(read_report(read_page(data, "input.html")))
    except DatelineError as error:
        check_error(error)


def _give_text(data: bytes) -> None:
    try:
        check_report(read_parcel(Parcel("input.txt", data, as_="text", title="Kim leaves", published="2023-09-17")))
    except DatelineError as error:
        check_error(error)


def _make_story(dice: Random) -> bytes:
    """Some hundred words of news, bent or put together of words that the layers of the reading know."""
    if dice.random() < 0.5:
        return bent(dice, dice.choice(seeds.TEXTS)[:2_000], seeds.WORDS, seeds.TEXTS)[:3_000]
    some = [dice.choice(seeds.WORDS) for _ in range(dice.randrange(1, 12))] if dice.random() < 0.3 else seeds.WORDS
    words = b"".join(dice.choice(some) for _ in range(dice.randrange(4, 300)))
    return words[:3_000]


def _give_story(data: bytes) -> None:
    try:
        report = read_report(read_page(data, "input.txt", as_="text"), published="2023-09-17")
        reading = read_layers(report, annotators())
    except DatelineError as error:
        check_error(error)
        return
    check_reading(reading)


def _file_giver(folder: Path) -> Callable[[tuple[str, bytes]], None]:
    def give(made: tuple[str, bytes]) -> None:
        name, data = made
        path = folder / name
        path.write_bytes(data)
        try:
            _give_file(path, data)
        finally:
            path.unlink()

    return give


def _give_file(path: Path, data: bytes) -> None:
    found = list(islice(find_parcels(str(path)), 50_000))
    for parcel in islice((each for each in found if isinstance(each, Parcel)), MOST_PARCELS):
        try:
            check_report(read_parcel(parcel))
        except DatelineError as error:
            check_error(error)
    for refused in found[:1_000]:
        if isinstance(refused, Refused):
            require(bool(refused.origin and refused.what and refused.todo and len(refused.what) < 2_000), refused)
    if path.suffix in (".xml", ".rss"):
        for read in (read_feed, read_opml):
            try:
                read(data, "https://a.example/feed")
            except DatelineError as error:
                check_error(error)


def _make_dump(dice: Random) -> tuple[str, bytes]:
    name = dice.choice(tuple(seeds.DUMPS))
    return name, bent(dice, b"".join(seeds.DUMPS[name]), seeds.CELLS, seeds.DUMPS[name])


def _dump_giver(folder: Path) -> Callable[[tuple[str, bytes]], None]:
    def give(made: tuple[str, bytes]) -> None:
        name, data = made
        path = folder / name
        path.write_bytes(data)
        try:
            for _ in _rows_of(path):
                pass
        except DatelineError as error:
            check_error(error)
        finally:
            path.unlink()

    return give


def _rows_of(path: Path) -> Iterator[object]:
    if path.suffix == ".csv":
        yield from read_own_places(path, set())
        return
    dump = DumpFile(path)
    if dump.kind == "places":
        yield from find_units(path)
        yield from dump.places()
    elif dump.kind == "alternates":
        yield from dump.names()
    else:
        yield from dump.parents() if dump.kind == "hierarchy" else dump.units()


_READINGS: list[bytes] = []


def _make_json(dice: Random) -> bytes:
    if not _READINGS:
        _READINGS.append(to_json(dateline.read(seeds.STORY)).encode())
    data = _READINGS[0]
    if dice.random() < 0.5:
        return bent(dice, data, (*seeds.KEYS, b'"events":', b'"span":[1,2]', b'"dateline":1'), _READINGS)
    return json.dumps(_bent_value(dice, json.loads(data)), allow_nan=True).encode("utf-8", "replace")


_VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1 << 62,
    1 << 80,
    1e308,
    float("nan"),
    "",
    "x",
    "\u202e",
    [],
    {},
    [1],
    [9, 3],
)


def _bent_value(dice: Random, value: Any) -> Any:
    """The value with a few of its parts, at any depth, changed for others."""
    if dice.random() < 0.004:
        return dice.choice(_VALUES)
    if isinstance(value, dict):
        return {key: _bent_value(dice, each) for key, each in value.items() if dice.random() > 0.001}
    if isinstance(value, list):
        return [_bent_value(dice, each) for each in value]
    return value


def _give_json(data: bytes) -> None:
    try:
        reading = from_json(data)
    except DatelineError as error:
        check_error(error)
        return
    to_json(reading)


class Wrong(Exception):
    """What came back is unsound."""


def require(sound: bool, what: object) -> None:
    """Raises Wrong unless something is as it must be."""
    if not sound:
        raise Wrong(f"{what!r}")


def check_error(error: DatelineError) -> None:
    """Raises Wrong where an error does not say where, what and what to do."""
    require(bool(error.where and error.what and error.todo) and len(error.what) < 2_000, error)


def check_report(report: Report) -> None:
    """Raises Wrong where a report's blocks are not in order and within its text, or its text holds half a
    character."""
    end = 0
    report.text.encode()
    for block in report.blocks:
        require(end <= block.start < block.end <= len(report.text), block)
        end = block.end
    require(bool(report.text.strip()), "no text")


def check_reading(reading: Reading) -> None:
    """Raises Wrong where a span leaves the text, or the JSON does not read back as what was written."""
    size = len(reading.text)
    for span in spans_of(reading):
        require(0 <= span[0] < span[1] <= size, span)
    require(from_json(to_json(reading)) == reading, "the JSON reads back as something else")


def spans_of(reading: Reading) -> Iterator[Span]:
    """The spans of every layer of a reading."""
    yield from reading.sentences
    for layer in (reading.names, reading.timexes, reading.toponyms):
        yield from (one.span for one in layer)
    for actor in reading.actors:
        yield from actor.mentions
    for statement in reading.statements:
        yield from (span for span in (statement.source, statement.cue, statement.content) if span)
    for event in reading.events:
        yield from (event.trigger, *event.also, *event.evidence.type, *event.evidence.status)
        yield from (slot.span for slot in event.slots)
        some = (event.source, event.when, event.where, *event.actors, *event.recipients)
        yield from (one.span for one in some if one is not None and one.span is not None)
