"""Reads the reports of a ledger again where newer annotators are at hand, and tells what that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dateline.desk.opening import AnyLedger, opened
from dateline.desk.reading import AnyPath, annotators
from dateline.model import Reading, Report, Reread

BATCH = 50
"""How many reports are read again before their events are compared anew."""

Read = Callable[[Report], Reading]


def reread(
    ledger: AnyLedger = "press.ledger",
    *,
    by: Sequence[str] | None = None,
    read: Read | None = None,
    places: AnyPath | None = None,
) -> tuple[Reread, ...]:
    """What changed, report by report: each that was read by other annotators than today's is read again.

    Each report is replaced in a transaction of its own: whoever is interrupted goes on where this stopped. Corrections
    and judgements of events that are found again stay. ``read`` reads in place of Dateline's own annotators, whose
    names ``by`` then gives. ``places`` is the gazetteer to read with; a report that was read with another is stale.

    Raises LedgerError where there is no such ledger, or it cannot be written.
    """
    return tuple(reread_each(ledger, by=by, read=read, places=places))


def reread_each(
    ledger: AnyLedger = "press.ledger",
    *,
    by: Sequence[str] | None = None,
    read: Read | None = None,
    places: AnyPath | None = None,
) -> Iterator[Reread]:
    """As ``reread``, one report after another as they are done."""
    from dateline.desk.corroborating import corroborate
    from dateline.reading.pipeline import read_layers

    with opened(ledger, write=True) as book:
        names = tuple(by) if by is not None else tuple(_names(places))
        done = 0
        try:
            for edition in book.stale(names):
                report = book.reading(edition).report
                newer = read(report) if read else read_layers(report, annotators(places))
                gone, new = book.replace(edition, newer)
                done += 1
                if done % BATCH == 0:
                    corroborate(book)
                line = next(each.report for each in book.editions(report.id) if each.id == edition)
                yield Reread(line, gone, new)
        finally:
            # Also where nothing was stale: what an earlier run replaced before it was killed may not be compared yet.
            corroborate(book)


def _names(places: AnyPath | None) -> Iterator[str]:
    """The names of the annotators at hand, in order, as a reading tells them."""
    for annotator in annotators(places):
        yield str(getattr(annotator, "name", ""))
