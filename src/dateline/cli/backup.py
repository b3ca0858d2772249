"""``dateline backup TO``: copies a ledger, whoever is writing to it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.cli.guard import guarded
from dateline.cli.options import LedgerOption, VerboseOption


@guarded
def backup(
    to: Annotated[str, typer.Argument(metavar="TO", help="The file that the copy becomes.")],
    ledger: LedgerOption = "press.ledger",
    verbose: VerboseOption = False,
) -> None:
    """Copy a ledger as it stands now, also while others write to it; the copy is checked before it is put in place."""
    from dateline.cli.printable import printable
    from dateline.desk import backup as copy

    size = copy(ledger, to)
    line = f"{to}: a copy of {ledger}, {size / 1_000_000:,.1f} MB, checked"
    sys.stdout.write(f"{printable(line, sys.stdout.encoding or 'utf-8')}\n")
