"""Options that several commands have, each written once."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer


class State(StrEnum):
    """The statuses of events, as values of ``--status``."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class Kind(StrEnum):
    """What kind of report a page is, where Dateline should not judge for itself."""

    NEWS = "news"
    NARRATIVE = "narrative"


class Sort(StrEnum):
    """The orders of an answer, as values of ``--order``."""

    WHEN = "when"
    LATEST = "-when"
    PUBLISHED = "published"
    NEWEST = "-published"


LedgerOption = Annotated[str, typer.Option(metavar="FILE", help="The ledger.")]
WhoOption = Annotated[str | None, typer.Option(metavar="NAME", help="Who did it; a part of the name is enough.")]
WhomOption = Annotated[str | None, typer.Option(metavar="NAME", help="To whom it was done.")]
TypeOption = Annotated[
    str | None,
    typer.Option("--type", metavar="TYPE", help="What kind of event: one of PLOVER's, such as CONSULT, or OTHER."),
]
WhenOption = Annotated[
    str | None,
    typer.Option(
        metavar="TIME", help="When: a day, month, year or interval, such as 2023-09 or 2023-09-12/2023-09-17."
    ),
]
WhereOption = Annotated[
    str | None,
    typer.Option(metavar="PLACE", help="Where: a name, a country, or a circle LAT,LON,KM such as 51.9,128.3,50."),
]
StatusOption = Annotated[
    State | None, typer.Option("--status", help="Whether it happened, goes on, is planned, possible, or denied.")
]
SaidByOption = Annotated[str | None, typer.Option(metavar="NAME", help="On whose word it rests.")]
PublisherOption = Annotated[str | None, typer.Option(metavar="NAME", help="Who published the report.")]
WordsOption = Annotated[
    str | None,
    typer.Option(metavar="WORDS", help='Words of the sentence: missile* "peace talks" OR truce -train.'),
]
MainOption = Annotated[bool, typer.Option("--main", help="Only what a summary of its report would mention.")]
AllOption = Annotated[bool, typer.Option("--all", help="Lay out what is folded, too: background, details, repeats.")]
LimitOption = Annotated[int, typer.Option(metavar="N", min=0, help="How many to show.")]
OffsetOption = Annotated[int, typer.Option(metavar="N", min=0, help="How many to pass over.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as JSON, for programs.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print the answer as CSV, for spreadsheets.")]
KindOption = Annotated[
    Kind | None,
    typer.Option("--kind", help="Understand times from the day of publication (news) or the story (narrative)."),
]
PlacesOption = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", envvar="DATELINE_PLACES", show_envvar=True, show_default=False,
        help="The gazetteer to use, made by dateline places build.",
    ),
]  # fmt: skip
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show more: also where Dateline itself goes wrong.")
]


def value_of(chosen: StrEnum | None) -> Any:
    """What was chosen, as the desk takes it."""
    return chosen.value if chosen else None


def capitals(typed: str | None) -> str | None:
    """A type of event as the model writes it, however it was typed."""
    return typed.upper() if typed else None
