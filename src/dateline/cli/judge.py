"""``dateline judge VERDICT A B``: joins or parts events by hand."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from dateline.cli.guard import guarded
from dateline.cli.options import JsonOption, LedgerOption, VerboseOption


class Said(StrEnum):
    """What can be said of two events."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@guarded
def judge(
    verdict: Annotated[Said, typer.Argument(metavar="same|different|unsure", help="What the two are.")],
    a: Annotated[str, typer.Argument(metavar="A", help="The id of an event, happening or actor, or how it begins.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    undo: Annotated[bool, typer.Option("--undo", help="Take that judgement back.")] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who judges.")] = "hand",
    because: Annotated[str, typer.Option(metavar="WHY", help="Why, in a few words.")] = "judged by hand",
    ledger: LedgerOption = "press.ledger",
    json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Say that two events are the same happening, or are not; no rule overrules it, and it can be taken back."""
    from dateline.cli.answers import print_json
    from dateline.cli.printable import printable
    from dateline.desk import judge as judge_events

    judged = judge_events(ledger, verdict.value, a, b, by=by, because=because, undo=undo)
    if json:
        print_json(judged)
        return
    for each in judged.judgements:
        what = "took back" if judged.undone else "kept"
        line = f"{what}: {each.a} and {each.b} {each.verdict}, by {each.by}"
        sys.stdout.write(printable(line, sys.stdout.encoding or "utf-8") + "\n")
    for event, happening in judged.happenings.items():
        sys.stdout.write(f"{event} is now in happening {happening}\n")
