"""``dateline show ID``: an event with its words, a happening with its origins, a report with its editions, an actor."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.guard import guarded
from dateline.cli.options import JsonOption, LedgerOption, VerboseOption


@guarded
def show(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The id of an event, happening, report, edition or actor, or how it begins; or an actor's name.",
        ),
    ],
    editions: Annotated[
        bool, typer.Option("--editions", help="Tell what changed from each edition of the report to the next.")
    ] = False,
    ledger: LedgerOption = "press.ledger",
    json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Show one thing by its id: what it says, the words it rests on, and who put it there."""
    from dateline.cli.answers import print_json, print_page
    from dateline.desk import show as show_one
    from dateline.desk import show_editions

    if editions:
        revisions = show_editions(ledger, id)
        if json:
            print_json(revisions)
            return
        from dateline.cli.page.dossier import draw_revisions

        print_page(draw_revisions(revisions, verbose=verbose))
        return
    shown = show_one(ledger, id)
    if json:
        print_json(shown)
        return
    from dateline.cli.page.showing import draw_shown

    print_page(draw_shown(shown, verbose=verbose))
