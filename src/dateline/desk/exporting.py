"""Exports what a ledger holds, or what of it answers a question, as a stream of bytes.

Nothing is gathered in memory but a page of entries, a report or a batch of happenings at a time, so that a ledger of
any size goes into any format. All streams are in the order of publication, happenings in the order of time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any, Unpack

from msgspec.structs import replace

from dateline.desk.asking import Sieve
from dateline.desk.happening import put_together
from dateline.desk.opening import AnyLedger, opened
from dateline.errors import SettingError
from dateline.export import Page, find_format
from dateline.ledger import Ledger
from dateline.ledger.marks import key_words, minute_of
from dateline.model import Entry, Happening, Question, Quote, Reading, ReportLine, Span, Statement, statement_id

TOGETHER = 50
"""How many happenings are put together at once."""

ALL = 1 << 60

_OF_QUOTES = ("said_by", "words", "publisher")
"""What can be asked of a statement itself; all else is asked of the events that it tells."""


def export(
    ledger: AnyLedger = "press.ledger", format: str = "csv", *, raw: bool = False, **question: Unpack[Sieve]
) -> Iterator[bytes]:
    """The bytes of a file with what answers the question, or all, in a format of ``export.FORMATS``.

    ``raw`` leaves cells as they are that a spreadsheet would take for formulas. Raises SettingError where there is no
    such format or the question makes no sense, LedgerError where there is no such ledger.
    """
    wanted = find_format(format)
    if raw and not wanted.raw:
        raise SettingError(f"--raw with {wanted.name}", "this format has no cells to guard", "Leave it out.")
    limit, offset = question.pop("limit", ALL), question.pop("offset", 0)
    asked = Question(**question, order="published")
    return _write(ledger, wanted.name, asked, raw, slice(offset, offset + limit))


def _write(ledger: AnyLedger, format: str, asked: Question, raw: bool, part: slice) -> Iterator[bytes]:
    wanted = find_format(format)
    with opened(ledger) as book:
        things = islice(_Supply(book, asked).of(wanted.takes), part.start, part.stop)
        yield from wanted.write(things, raw=raw)


class _Supply:
    """Brings what a format is made from out of one ledger, as one question wants it."""

    def __init__(self, book: Ledger, asked: Question) -> None:
        self._book = book
        self._asked = asked
        self._everything = asked == Question(order=asked.order)

    def of(self, takes: str) -> Iterator[Any]:
        """The things that a format takes."""
        supplies = {
            "entries": self.entries,
            "happenings": self.happenings,
            "quotes": self.quotes,
            "pages": self.pages,
        }
        return supplies[takes]()

    def entries(self) -> Iterator[Entry]:
        """The entries that answer, report by report."""
        if self._everything:
            for edition in self._editions():
                yield from self._book.entries_of(edition)
            return
        yield from self._book.each(replace(self._asked, limit=ALL))

    def happenings(self) -> Iterator[Happening]:
        """The happenings of which an event answers."""
        ids = iter(self._book.groups(limit=ALL, question=None if self._everything else self._asked))
        while some := list(islice(ids, TOGETHER)):
            yield from put_together(self._book, some)

    def pages(self) -> Iterator[Page]:
        """The reports with the entries that answer and the statements that tell them; of all, with all statements."""
        if self._everything:
            for edition in self._editions():
                entries = self._book.entries_of(edition)
                yield self._page(edition, entries)
            return
        for edition, entries_of in groupby(self.entries(), key=lambda entry: entry.report.edition):
            yield self._page(edition, tuple(entries_of))

    def _page(self, edition: str, entries: tuple[Entry, ...]) -> Page:
        reading = self._book.reading(edition)
        quotes = quotes_of(reading, entries[0].report if entries else self._line(edition, reading))
        if not self._everything:
            quotes = tuple(quote for quote in quotes if tells_any(quote, entries))
        return Page(reading.text, reading.report.language, entries, quotes, reading.actors)

    def quotes(self) -> Iterator[Quote]:
        """The statements that answer themselves, where that can be asked of them, else those that tell what answers."""
        sieve = replace(self._asked, **dict.fromkeys(_OF_QUOTES))
        if self._everything or sieve != Question(order=self._asked.order):
            for page in self.pages():
                yield from page.quotes
            return
        asked = self._asked
        printed = set(key_words(asked.publisher)) if asked.publisher else set()
        for quote in self._book.each_quote(asked.said_by, words=asked.words):
            if printed <= set(key_words(quote.report.publisher or "")):
                yield self._whole(quote)

    def _whole(self, quote: Quote) -> Quote:
        """The quote with as many sentences as its content runs over."""
        if quote.sentence.covers(quote.statement.content):
            return quote
        reading = self._book.reading(quote.report.edition)
        return quote_of(quote.statement, reading, quote.report)

    def _editions(self) -> Iterator[str]:
        """The ids of all current editions in order of publication; those that do not tell it come last."""
        found = [(minute_of(each.report.published), each.id) for each in self._book.editions() if each.current]
        yield from (id for _, id in sorted(found))

    def _line(self, edition: str, reading: Reading) -> ReportLine:
        report = reading.report
        return ReportLine(report.id, edition, report.headline, report.publisher, report.published, report.origin)


def quotes_of(reading: Reading, line: ReportLine) -> tuple[Quote, ...]:
    """The statements of a reading as quotes, in the order of the text."""
    ordered = sorted(reading.statements, key=lambda each: (each.content, each.cue or each.content))
    return tuple(quote_of(statement, reading, line) for statement in ordered)


def quote_of(statement: Statement, reading: Reading, line: ReportLine) -> Quote:
    """A statement as a quote, with all the sentences that its source, cue and content stand in."""
    spans = [span for span in (statement.source, statement.cue, statement.content) if span is not None]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    sentences = reading.sentences
    first = bisect_right(sentences, start, key=lambda sentence: sentence.start) - 1
    last = bisect_right(sentences, end - 1, key=lambda sentence: sentence.start) - 1
    stretch = Span(
        min(start, sentences[first].start) if first >= 0 else start,
        max(end, sentences[last].end) if last >= 0 else end,
    )
    return Quote(statement_id(line.edition, statement), line, statement, stretch, stretch.of(reading.text))


def tells_any(quote: Quote, entries: Iterable[Entry]) -> bool:
    """Whether one of the events is told in what was said."""
    return any(quote.statement.content.covers(entry.event.trigger) for entry in entries)
