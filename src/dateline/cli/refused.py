"""``dateline refused``: lists what could not be added, and why."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.cli.guard import guarded
from dateline.cli.printable import printable


@guarded
def refused(
    ledger: Annotated[str, typer.Option(metavar="FILE", help="The ledger.")] = "press.ledger",
    json: Annotated[bool, typer.Option("--json", help="Print each refusal as JSON, one object a line.")] = False,
) -> None:
    """List the pages that could not be added, each with the reason and what to do."""
    from dateline.desk.refusing import refused as ask

    found = ask(ledger)
    if json:
        import msgspec

        from dateline.cli.outlets import write_bytes

        write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in found))
        return
    encoding = sys.stdout.encoding or "utf-8"
    for each in found:
        sys.stdout.write(printable(f"{each.origin}: {each.what}. {each.todo}", encoding) + "\n")
    if not found:
        sys.stdout.write("nothing was refused\n")
