"""Writes what Dateline finds in a file of gold rows, in the form that the layer's scorer reads.

    python -m benchmarks.predict LAYER GOLD.jsonl PREDICTED.jsonl

LAYER is one of names, times, anchors, places, attribution, events, ledger, corroboration. The last reads all reports
before it groups their events; with --own-mentions it finds the mentions too, as ECB+ marks them, with --gold-groups it
takes the gold subtopics, and with --as-ledger it joins events as carefully as a ledger does. Each row has "id", "text"
and, where it is known, "published"; rows of the events layer also have the spans of the two actors, those of anchors
the spans of the events to date. Places are found as in a ledger that holds the other rows: those of one "domain", or
of the host of one "url", are of one outlet, whose home is told by the places that are found in them, never by the
gold. GOLD may also be a folder of TimeML. The text is taken as the report's whole text just as it stands: nothing is
cleaned, so that the offsets fit.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from benchmarks.anchors import anchors
from benchmarks.attributions import attributions
from benchmarks.corroboration import clusters
from benchmarks.mentions import MentionReader
from benchmarks.plover import code
from benchmarks.timeml import timeml_rows
from dateline.errors import DatelineError
from dateline.intake import plain_report, read_page, read_report
from dateline.model import Reading, Report
from dateline.reading.actors import ActorReader
from dateline.reading.names import NameReader
from dateline.reading.pipeline import LAYERS, Annotator
from dateline.reading.sentences import SentenceReader
from dateline.reading.statements import StatementReader
from dateline.reading.tags import TagReader
from dateline.reading.timexes import TimexReader
from dateline.reading.toponyms import ToponymReader
from dateline.reading.toponyms.homes import find_home

Row = dict[str, Any]


def names(row: Row, reading: Reading) -> Row:
    """The names layer, as its scorer reads it."""
    return {"names": msgspec.to_builtins(reading.names)}


def times(row: Row, reading: Reading) -> Row:
    """The timexes layer, as its scorer reads it."""
    return {"timexes": msgspec.to_builtins(reading.timexes)}


def anchored(row: Row, reading: Reading) -> Row:
    """The days of the row's events, as the scorer of anchors reads them."""
    spans = [(each["start"], each["end"]) for each in row["anchors"]]
    return {"anchors": list(anchors(reading, row.get("published"), spans))}


def places(row: Row, reading: Reading) -> Row:
    """The toponyms layer, as its scorer reads it: GeoNames ids as numbers."""

    def form(start: int, end: int, place: dict[str, Any] | None) -> Row:
        key = (place or {}).get("id", "")
        number = int(key.removeprefix("geonames:")) if key.startswith("geonames:") else None
        at = {key: (place or {}).get(key) for key in ("lat", "lon")}
        return {"start": start, "end": end, "name": row["text"][start:end], "geonameid": number, **at}

    found = [(t.start, t.end, msgspec.to_builtins(t.place)) for t in reading.toponyms]
    return {"toponyms": [form(*toponym) for toponym in found]}


def attribution(row: Row, reading: Reading) -> Row:
    """The statements layer as PolNeAR's attributions."""
    return {"attributions": attributions(reading)}


def events(row: Row, reading: Reading) -> Row:
    """The PLOVER code of the event between the row's two actors."""
    return code(reading, row.get("source_actor_span"), row.get("target_actor_span"))


def ledger(row: Row, reading: Reading) -> Row:
    """The events and the statements, as the ledger's scorer reads them."""
    return {"events": msgspec.to_builtins(reading.events), "statements": msgspec.to_builtins(reading.statements)}


FORMS: dict[str, Callable[[Row, Reading], Row]] = {
    "names": names, "times": times, "anchors": anchored, "places": places, "attribution": attribution,
    "events": events, "ledger": ledger,
}  # fmt: skip

_NAMED = (SentenceReader, TagReader, NameReader)
_BASE = (*_NAMED, ActorReader)
NEEDED: dict[str, Sequence[Any]] = {
    "names": _NAMED,
    "times": (*_NAMED, TimexReader),
    "anchors": LAYERS[:-1],
    "places": (*_BASE, ToponymReader),
    "attribution": (*_BASE, StatementReader),
    "events": LAYERS,
    "ledger": LAYERS,
    "corroboration": LAYERS,
}
"""The annotators that a layer rests on: the others need not run."""


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON Lines file, or of a folder of TimeML."""
    if path.is_dir():
        return list(timeml_rows(path))
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def predict(layer: str, rows: Iterable[Row], annotators: Sequence[Annotator]) -> Iterator[Row]:
    """What Dateline finds for each row, in the form of the layer's scorer."""
    for row in rows:
        yield {"id": row["id"], **FORMS[layer](row, read(row, annotators, pasted=layer == "ledger"))}


def read(row: Row, annotators: Iterable[Annotator], *, pasted: bool = False) -> Reading:
    """The reading of a row's text just as it stands, or as a pasted page; its parse kept."""
    plain = plain_report(row["text"], id=row["id"], published=row.get("published"))
    reading = Reading(paste(plain) if pasted else plain)
    for annotator in annotators:
        reading = annotator(reading)
    return reading


def paste(plain: Report) -> Report:
    """The report as of a pasted page, its text unchanged; as it is where no report is found on that page."""
    try:
        report = read_report(read_page(plain.text, as_="text"), published=plain.published)
    except DatelineError:
        return plain
    return msgspec.structs.replace(report, id=plain.id) if report.text == plain.text else plain


def in_ledger(rows: Sequence[Row], annotators: Sequence[Annotator]) -> Iterator[Row]:
    """The places of each row: found by the row alone, and once more where these tell where its outlet is at home."""
    *below, toponyms = annotators
    bases = [read(row, below) for row in rows]
    found = [toponyms(base) for base in bases]
    outlets: defaultdict[str, list[Reading]] = defaultdict(list)
    for row, reading in zip(rows, found, strict=True):
        outlets[outlet(row)].append(reading)
    homes = {name: find_home(each.toponyms for each in readings) for name, readings in outlets.items() if name}
    for row, base, reading in zip(rows, bases, found, strict=True):
        home = homes.get(outlet(row))
        again = toponyms(msgspec.structs.replace(base, home=home)) if home else reading
        yield {"id": row["id"], **places(row, again)}


def outlet(row: Row) -> str:
    """What the rows of one outlet have in common; empty where nothing tells."""
    return row.get("domain") or urlsplit(row.get("url") or "").hostname or ""


def corroboration(
    rows: Sequence[Row], annotators: Sequence[Annotator], *, gold_groups: bool, own_mentions: bool, as_ledger: bool
) -> Iterable[Row]:
    """The clusters of event mentions over all rows."""
    readings = [read(row, annotators) for row in rows]
    groups = "subtopic" if gold_groups else None
    mentions = list(map(MentionReader.load(), readings)) if own_mentions else None
    return clusters(rows, readings, gold_groups=groups, mentions=mentions, as_ledger=as_ledger)


def run(
    layer: str,
    gold: Path,
    predicted: Path,
    *,
    gold_groups: bool = False,
    own_mentions: bool = False,
    as_ledger: bool = False,
) -> float:
    """Writes the predictions for a gold file; answers with the reports read in a second, models loaded."""
    rows = read_rows(gold)
    annotators: list[Annotator] = [reader.load() for reader in NEEDED[layer]]
    began = time.perf_counter()
    if layer == "corroboration":
        found = corroboration(rows, annotators, gold_groups=gold_groups, own_mentions=own_mentions, as_ledger=as_ledger)
    elif layer == "places":
        found = in_ledger(rows, annotators)
    else:
        found = predict(layer, rows, annotators)
    with predicted.open("w", encoding="utf-8") as out:
        for row in found:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return len(rows) / max(1e-9, time.perf_counter() - began)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layer", choices=sorted(NEEDED))
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--gold-groups", action="store_true", help="corroboration: use the gold subtopics")
    parser.add_argument("--own-mentions", action="store_true", help="corroboration: find the mentions too")
    parser.add_argument("--as-ledger", action="store_true", help="corroboration: join as carefully as a ledger does")
    options = parser.parse_args(arguments)
    asked = {key: getattr(options, key) for key in ("gold_groups", "own_mentions", "as_ledger")}
    rate = run(options.layer, options.gold, options.predicted, **asked)
    print(f"{options.layer}: {options.predicted}, {rate:.1f} reports/s", file=sys.stderr)


if __name__ == "__main__":
    main()
