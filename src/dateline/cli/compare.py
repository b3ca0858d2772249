"""``dateline compare A B``: what one report has and the other lacks, and where they differ."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.guard import guarded
from dateline.cli.options import JsonOption, LedgerOption, VerboseOption


@guarded
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A file, web address, or the id of a report in the ledger.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other report.")],
    ledger: LedgerOption = "press.ledger",
    published: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="When the reports were published, such as 2023-09-17, that do not say."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and local network addresses too.")
    ] = False,
    json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Compare two reports: what both tell and where they differ, and what only one of them tells."""
    from dateline.cli.answers import print_json, print_page
    from dateline.desk import compare as compare_reports

    comparison = compare_reports(ledger, a, b, published=published, allow_private=allow_private)
    if json:
        print_json(comparison)
        return
    from dateline.cli.page.comparison import draw_comparison

    print_page(draw_comparison(comparison, verbose=verbose))
