"""Reads the reports of a ledger again where newer annotators are at hand, and tells what that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from dateline.desk.homes import Shelf
from dateline.desk.opening import AnyLedger, opened
from dateline.desk.reading import AnyPath, annotators
from dateline.ledger import Ledger
from dateline.model import Reading, Report, ReportKind, Reread

BATCH = 50
"""How many reports are read again before their events are compared anew."""

Read = Callable[[Report], Reading]


def reread(
    ledger: AnyLedger = "press.ledger",
    *,
    by: Sequence[str] | None = None,
    read: Read | None = None,
    places: AnyPath | None = None,
    homes: bool = False,
) -> tuple[Reread, ...]:
    """What changed, report by report: each that was read by other annotators than today's is read again.

    Each report is replaced in a transaction of its own: whoever is interrupted goes on where this stopped. Corrections
    and judgements of events that are found again stay. ``read`` reads in place of Dateline's own annotators, whose
    names ``by`` then gives. ``places`` is the gazetteer to read with; a report that was read with another is stale.
    With ``homes`` so is one whose outlet the ledger has since come to know to be at home elsewhere, or at all.

    Raises LedgerError where there is no such ledger, or it cannot be written.
    """
    return tuple(reread_each(ledger, by=by, read=read, places=places, homes=homes))


def reread_each(
    ledger: AnyLedger = "press.ledger",
    *,
    by: Sequence[str] | None = None,
    read: Read | None = None,
    places: AnyPath | None = None,
    homes: bool = False,
) -> Iterator[Reread]:
    """As ``reread``, one report after another as they are done."""
    from dateline.desk.corroborating import corroborate
    from dateline.reading.pipeline import read_layers

    with opened(ledger, write=True) as book:
        names = tuple(by) if by is not None else tuple(_names(places))
        shelf = Shelf(book.path, book.last())

        def said(edition: str) -> ReportKind | None:
            older = book.reading(edition)
            return older.kind if older.kind_given else None

        done = 0
        try:
            for edition in chain(book.stale(names), _moved(book, shelf) if homes else ()):
                report = book.report(edition)
                home = shelf.home(report.publisher)
                newer = read(report) if read else read_layers(report, annotators(places), kind=said(edition), home=home)
                gone, new = book.replace(edition, newer)
                done += 1
                if done % BATCH == 0:
                    corroborate(book)
                line = next(each.report for each in book.editions(report.id) if each.id == edition)
                yield Reread(line, gone, new)
        finally:
            # Also where nothing was stale: what an earlier run replaced before it was killed may not be compared yet.
            corroborate(book)


def _moved(book: Ledger, shelf: Shelf) -> Iterator[str]:
    """The editions that were read as of an outlet at home elsewhere."""
    from dateline.reading.toponyms.homes import same_home

    return (edition for edition, publisher, home in book.homes() if not same_home(home, shelf.home(publisher)))


def _names(places: AnyPath | None) -> Iterator[str]:
    """The names of the annotators at hand, in order, as a reading tells them."""
    for annotator in annotators(places):
        yield str(getattr(annotator, "name", ""))
