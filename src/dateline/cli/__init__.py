"""The command line: parses what was asked, calls the desk, and shows the answer.

Each command is a module of this room: its signature stands at the top and costs nothing, and what it needs is imported
when it runs, so that ``dateline --help`` answers at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from dateline import __version__
from dateline.cli.add import add
from dateline.cli.ask import ask
from dateline.cli.backup import backup
from dateline.cli.compare import compare
from dateline.cli.export import export
from dateline.cli.judge import judge
from dateline.cli.places import places
from dateline.cli.read import read
from dateline.cli.refused import refused
from dateline.cli.reread import reread
from dateline.cli.said import said
from dateline.cli.serve import serve
from dateline.cli.show import show
from dateline.cli.timeline import timeline
from dateline.cli.watch import watch

EXITS = "Exit codes: 0 all was read; 2 a page, an option or an argument would not do; 70 a bug; 130 or 143 interrupted."

app = typer.Typer(
    name="dateline",
    help="Reads news reports and keeps a ledger of who did what, to whom, when, where and on whose word.",
    epilog=EXITS,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(short_help="Read reports and show what each of them says.")(read)
app.command(short_help="Add reports to a ledger.")(add)
app.command(short_help="Watch feeds and add what is new.")(watch)
app.command(short_help="List what could not be added, and why.")(refused)
app.command(short_help="Ask who did what, to whom, when, where and on whose word.")(ask)
app.command(short_help="List happenings in the order of time.")(timeline)
app.command(short_help="Tell what somebody said, since when, and where it is printed.")(said)
app.command(short_help="Show an event, a happening or a report by its id.")(show)
app.command(short_help="Tell what one report has and the other lacks.")(compare)
app.command(short_help="Join or part events by hand.")(judge)
app.command(short_help="Show a ledger in the browser.")(serve)
app.command(short_help="Write what a ledger holds in a form for other programs.")(export)
app.add_typer(places, name="places", short_help="Search the gazetteer, or build a larger one.")
app.command(short_help="Copy a ledger, also while others write to it.")(backup)
app.command(short_help="Read again what older annotators have read.")(reread)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Reads news reports and keeps a ledger of who did what, to whom, when, where and on whose word."""


def main() -> None:
    """Runs the command line as ``dateline`` does, and exits with its code."""
    app(prog_name="dateline")
