"""Writes a shard: readings with their events and what these are found by, and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from dateline.ledger.marks import Marks, key_words, marks_of, minute_of, sound
from dateline.ledger.shards.columns import arrow, schema_of
from dateline.ledger.writing import Ready, ready_or_refused, sentence_at
from dateline.model import Event, Refused, Taken, to_json
from dateline.model.shards import SHARD, ManifestLine

GROUP = 16 << 20
"""How many bytes of JSON are gathered before they are written, as one row group: the most that is held in memory."""

TOLD = 20
"""How many refusals stand in the manifest line itself."""

_SLOTS = {"who": "who_words", "whom": "whom_words", "said by": "said_by_words", "where": "where_words"}

Row = dict[str, Any]


class ShardWriter:
    """Writes readings and refusals, each page once, and counts them; ``close`` puts the manifest line beside them."""

    def __init__(self, file: BinaryIO, line: ManifestLine, at: str) -> None:
        self._pyarrow, parquet = arrow()
        self._schema = schema_of(self._pyarrow, {})
        self._writer = parquet.ParquetWriter(file, self._schema, compression="zstd", compression_level=6)
        self._rows: list[Row] = []
        self._size = 0
        self._line = line
        self._at = at
        self._refusals: list[str] = []
        self._counts = {"reports": 0, "events": 0, "again": 0, "refused": 0}

    def add(self, answer: Taken | Refused) -> None:
        """Adds what came of a page."""
        ready = ready_or_refused(answer, self._at) if isinstance(answer, Taken) else answer
        rows = [_refusal_row(ready)] if isinstance(ready, Refused) else list(_rows_of(ready))
        self._counts["events"] += len(rows) - 1
        if isinstance(ready, Refused):
            self._counts["refused"] += 1
            if len(self._refusals) < TOLD:
                self._refusals.append(sound(f"{ready.origin}: {ready.what}"))
        else:
            self._counts["reports"] += 1
        self._rows += rows
        self._size += sum(len(row.get("reading") or "") + 600 for row in rows)
        if self._size >= GROUP:
            self._flush()

    def count_again(self) -> None:
        """Counts a page that came before."""
        self._counts["again"] += 1

    def close(self, seconds: float) -> ManifestLine:
        """The manifest line, which is then in the file, that is complete."""
        self._flush()
        line = msgspec.structs.replace(
            self._line, **self._counts, refusals=tuple(self._refusals), seconds=round(seconds, 2), at=self._at
        )
        self._writer.add_key_value_metadata({SHARD: msgspec.json.encode(line).decode()})
        self._writer.close()
        return line

    def _flush(self) -> None:
        if self._rows:
            arrays = [
                self._pyarrow.array([row.get(field.name) for row in self._rows], type=field.type)
                for field in self._schema
            ]
            table = self._pyarrow.Table.from_arrays(arrays, schema=self._schema)
            self._writer.write_table(table, row_group_size=len(self._rows))
            self._rows, self._size = [], 0


def _refusal_row(refused: Refused) -> Row:
    told = {name: sound(getattr(refused, name)) for name in ("digest", "origin", "what", "todo", "at")}
    return {"kind": "refusal", **told}


def _rows_of(ready: Ready) -> Iterator[Row]:
    """The row of a reading, and those of its events."""
    report = ready.reading.report
    line: Row = {
        "digest": ready.digest,
        "report": report.id,
        "edition": ready.edition,
        "headline": report.headline,
        "publisher": report.publisher,
        "published": report.published,
        "origin": report.origin,
        "minute": minute_of(report.published),
    }
    yield {"kind": "reading", "reading": to_json(ready.reading), **line}
    masthead = _spaced(key_words(report.publisher or ""))
    spans = sorted(ready.reading.sentences)
    for id, (event, _) in ready.events.items():
        sentence = sentence_at(spans, event.trigger)
        yield {
            **line,
            "kind": "event",
            "id": id,
            "tie": ready.tie,
            "masthead": masthead,
            "words": sentence.of(ready.reading.text),
            "sentence_start": sentence.start,
            "sentence_end": sentence.end,
            **_cells(event),
            **_found_by(marks_of(event, ready.reading)),
        }


def _cells(event: Event) -> Row:
    """The columns for whoever analyses events, and the whole event as JSON."""
    where = event.where
    return {
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "main": event.main,
        "actors": [actor.name for actor in event.actors],
        "recipients": [other.name for other in event.recipients],
        "when": event.when.value if event.when else None,
        "where": where.name if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "source_kind": event.source.kind,
        "source": event.source.name,
        "confidence": event.confidence,
        "start": event.trigger.start,
        "end": event.trigger.end,
        "event": msgspec.json.encode(event).decode(),
    }


def _found_by(marks: Marks) -> Row:
    """The columns that questions look into: of each slot a string a name, of its words with spaces about them."""
    names: dict[str, dict[int, list[str]]] = {}
    for slot, nth, word in marks.words:
        names.setdefault(slot, {}).setdefault(nth, []).append(word)
    return {
        "first": marks.days.first,
        "last": marks.days.last,
        "spot_lat": marks.spot[0],
        "spot_lon": marks.spot[1],
        **{column: [_spaced(words) for words in names.get(slot, {}).values()] for slot, column in _SLOTS.items()},
    }


def _spaced(words: list[str] | tuple[str, ...]) -> str:
    return f" {' '.join(words)} " if words else ""
