"""``dateline read PAGE…``: reads reports and shows what each of them says."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dateline.cli.guard import UNREADABLE, guarded, tell
from dateline.cli.options import KindOption, PlacesOption, value_of


class Form(StrEnum):
    """How a page is to be taken, where Dateline should not judge for itself."""

    HTML = "html"
    TEXT = "text"


@guarded
def read(
    pages: Annotated[
        list[str], typer.Argument(metavar="PAGE", help="Files or web addresses of reports; - reads standard input.")
    ],
    json: Annotated[bool, typer.Option("--json", help="Print each reading as JSON, one object a line.")] = False,
    html: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Write a web page of its own with the text highlighted, instead of showing it here. "
            "A folder (or a name that ends in /) takes a page for each report; - is standard output.",
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="WHEN", help="When the reports were published, such as 2023-09-17, where they do not say."
        ),
    ] = None,
    as_: Annotated[
        Form | None, typer.Option("--as", help="Take the pages as HTML or as plain text, whatever they look like.")
    ] = None,
    kind: KindOption = None,
    explain_times: Annotated[
        bool, typer.Option("--explain-times", help="Print one line for each time: its value, and why it has that.")
    ] = False,
    outermost: Annotated[
        bool, typer.Option("--outermost", help="Leave out statements that one source passes on of another.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show also actors, times, places, and all dates the page gives.")
    ] = False,
    places: PlacesOption = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and local network addresses too.")
    ] = False,
) -> None:
    """Read reports and show each: what happened, who said what, and what was set aside."""
    from dateline.cli.outlets import open_outlet
    from dateline.desk import Refusal, read_all

    outlet = open_outlet(pages, json=json, html=html, explain_times=explain_times, verbose=verbose)
    refused = False
    answers = read_all(
        pages,
        published=published,
        as_=as_.value if as_ else None,
        kind=value_of(kind),
        allow_private=allow_private,
        places=places,
    )
    for answer in answers:
        if isinstance(answer, Refusal):
            tell(answer.error)
            refused = True
        else:
            outlet(answer.outermost() if outermost else answer)
    if refused:
        raise typer.Exit(UNREADABLE)
