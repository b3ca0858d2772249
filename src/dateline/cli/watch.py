"""``dateline watch FEED…``: asks feeds politely for what is new, and adds it to the ledger."""

from __future__ import annotations

import signal
import sys
from typing import Annotated

import typer

from dateline.cli.guard import UNREADABLE, guarded, tell
from dateline.cli.options import PlacesOption


@guarded
def watch(
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEED", help="Addresses of RSS, Atom or JSON feeds, or OPML files.")
    ],
    ledger: Annotated[str, typer.Option(metavar="FILE", help="The ledger that new reports are added to.")] = (
        "press.ledger"
    ),
    every: Annotated[float, typer.Option(metavar="MINUTES", help="How often each feed is asked, in minutes.")] = 15.0,
    once: Annotated[bool, typer.Option("--once", help="Ask each feed once, and end.")] = False,
    places: PlacesOption = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and local network addresses too.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say also which feeds were asked and had nothing new.")
    ] = False,
) -> None:
    """Ask feeds again and again, and add what is new; Ctrl-C ends it, and nothing that was added is lost."""
    from dateline.cli.printable import printable
    from dateline.desk.watching import watch as watch_feeds

    _stop_when_told()
    failed = False
    try:
        visits = watch_feeds(feeds, ledger, every=every, once=once, allow_private=allow_private, places=places)
        for polled in visits:
            for report in polled.new:
                title, address = report.headline, report.origin or report.id
                line = f"{title} – {address}" if title else address
                sys.stdout.write(f"{printable(line, sys.stdout.encoding or 'utf-8')}\n")
            sys.stdout.flush()
            for refused in polled.refused:
                tell(f"{refused.origin}: {refused.what}. {refused.todo}")
            failed = failed or bool(polled.refused and not polled.new)
            if verbose and not (polled.new or polled.refused):
                tell(f"{polled.feed}: nothing new")
    except KeyboardInterrupt:
        tell("stopped watching")
        return
    if once and failed:
        raise typer.Exit(UNREADABLE)


def _stop_when_told() -> None:
    """Lets SIGTERM end the watch as Ctrl-C does: between two steps, with all that is done kept."""

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
