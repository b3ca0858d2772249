"""``dateline serve``: the desk in the browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.guard import guarded
from dateline.cli.options import LedgerOption, VerboseOption


@guarded
def serve(
    ledger: LedgerOption = "press.ledger",
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65_535, help="The port to answer on; 0 takes a free one.")
    ] = 8765,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    host: Annotated[
        str, typer.Option(metavar="HOST", help="The address to answer on; beyond this machine it takes a token.")
    ] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(
            metavar="TOKEN", envvar="DATELINE_TOKEN", show_envvar=True, show_default=False,
            help="What visitors must know; beyond this machine one is made where none is given.",
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name that visitors may call this machine by.", show_default=False),
    ] = None,
    verbose: VerboseOption = False,
) -> None:  # fmt: skip
    """Show a ledger in the browser: timeline, happenings, reports, people, map, statements; Ctrl-C ends it."""
    from dateline.cli.printable import printable
    from dateline.web.serving import serve as serve_pages
    from dateline.web.serving import settings_for

    def tell(address: str) -> None:
        line = f"{ledger} is at {address}  (Ctrl-C ends it)"
        sys.stdout.write(printable(line, sys.stdout.encoding or "utf-8") + "\n")
        sys.stdout.flush()

    settings = settings_for(host, token, name or ())
    serve_pages(Path(ledger), settings, host=host, port=port, tell=tell, open=open_)
