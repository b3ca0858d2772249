"""``dateline said WHO``: what somebody said, since when, and where it is printed."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.guard import guarded
from dateline.cli.options import (
    CsvOption,
    JsonOption,
    LedgerOption,
    LimitOption,
    OffsetOption,
    VerboseOption,
    WordsOption,
)


@guarded
def said(
    who: Annotated[
        str | None, typer.Argument(metavar="WHO", help="Whose words; a part of the name is enough.", show_default=False)
    ] = None,
    words: WordsOption = None,
    outermost: Annotated[
        bool, typer.Option("--outermost", help="Leave out what one source passes on of another.")
    ] = False,
    limit: LimitOption = 100,
    offset: OffsetOption = 0,
    ledger: LedgerOption = "press.ledger",
    json: JsonOption = False,
    csv: CsvOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Tell what somebody said, in order of publication; of everybody where nobody is named."""
    from dateline.cli.answers import check_forms, paging, print_csv, print_json, print_page
    from dateline.desk import said as ask_ledger

    check_forms(json=json, csv=csv)
    if json:
        print_json(ask_ledger(ledger, who, words=words, outermost=outermost, limit=limit, offset=offset))
    elif csv:
        from dateline.cli.sheets import quote_sheet

        print_csv(quote_sheet(ask_ledger(ledger, who, words=words, outermost=outermost, limit=limit, offset=offset)))
    else:
        from dateline.cli.page.quotes import draw_quotes

        quotes = ask_ledger(ledger, who, words=words, outermost=outermost, limit=limit + 1, offset=offset)
        shown = quotes[:limit]
        line = paging(offset, len(shown), None, more=len(quotes) > limit)
        print_page(draw_quotes(shown, line, verbose=verbose))
