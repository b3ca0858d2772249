"""Quotes and happenings as CSV; cells that a spreadsheet would run as formulas get an apostrophe before them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from dateline.desk import find_badges
from dateline.export.cells import words_at
from dateline.export.tables import show_cell
from dateline.model import Happening, Quote

QUOTES = ("id", "said_by", "quoted", "content", "cue", "chain", "words", "headline", "publisher", "published", "origin",
          "report", "edition")  # fmt: skip
HAPPENINGS = ("id", "when", "title", "type", "status", "actors", "recipients", "where", "reports", "entries",
              "independent", "origins", "badges", "disagreements", "salience", "rank", "under")  # fmt: skip


def quote_sheet(quotes: Iterable[Quote]) -> Iterator[bytes]:
    """The quotes, a row each after a row of column names."""
    yield _line(QUOTES)
    for quote in quotes:
        told, line = quote.statement, quote.report
        content = words_at(quote, told.content) or quote.words
        cue = words_at(quote, told.cue)
        said = (quote.id, told.source_name, told.quoted, content, cue, told.chain, quote.words)
        cells = (*said, line.headline, line.publisher, line.published, line.origin, line.report, line.edition)
        yield _line([show_cell(cell, raw=False) for cell in cells])


def happening_sheet(happenings: Iterable[Happening]) -> Iterator[bytes]:
    """The happenings, a row each after a row of column names."""
    yield _line(HAPPENINGS)
    for one in happenings:
        cells = (
            one.id, one.when, one.title, one.type, one.status, one.actors, one.recipients, one.where,
            len({entry.report.report for entry in one.entries}), len(one.entries), one.independent,
            tuple(root.name for root in one.roots), find_badges(one),
            tuple(f"{each.slot} {each.relation}" for each in one.disagreements), one.salience, one.rank, one.under,
        )  # fmt: skip
        yield _line([show_cell(cell, raw=False) for cell in cells])


def _line(cells: Sequence[str]) -> bytes:
    sink = io.StringIO(newline="")
    csv.writer(sink, lineterminator="\r\n").writerow(cells)
    return sink.getvalue().encode()
