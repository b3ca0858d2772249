"""``dateline reread``: reads reports of a ledger again where newer annotators are at hand."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.cli.guard import INTERRUPTED, guarded, tell
from dateline.cli.options import JsonOption, LedgerOption, PlacesOption, VerboseOption
from dateline.model import Reread


@guarded
def reread(
    ledger: LedgerOption = "press.ledger",
    places: PlacesOption = None,
    homes: Annotated[
        bool, typer.Option("--homes", help="Also those whose outlet is by now known to be at home elsewhere.")
    ] = False,
    json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Read again what older annotators have read, and tell what changed; corrections and judgements stay."""
    from dateline.cli.answers import print_json
    from dateline.desk.rereading import reread_each

    done = []
    try:
        for each in reread_each(ledger, places=places, homes=homes):
            done.append(each)
            if not json:
                _tell(each, verbose=verbose)
    except KeyboardInterrupt:
        tell(f"stopped: {len(done):,} read again. All of that is kept, and the same command goes on from here")
        raise typer.Exit(INTERRUPTED) from None
    if json:
        print_json(tuple(done))
        return
    gone, new = sum(each.gone for each in done), sum(each.new for each in done)
    if done:
        reports = "report" if len(done) == 1 else "reports"
        sys.stdout.write(f"read {len(done):,} {reports} again: {gone:,} events gone, {new:,} new\n")
    else:
        sys.stdout.write("all reports were read by today's annotators\n")


def _tell(each: Reread, *, verbose: bool) -> None:
    from dateline.cli.printable import printable

    if each.gone or each.new or verbose:
        name = each.report.headline or each.report.origin or each.report.report
        line = printable(f"{name}: {each.gone} events gone, {each.new} new", sys.stdout.encoding or "utf-8")
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
