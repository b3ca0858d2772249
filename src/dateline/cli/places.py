"""``dateline places build DUMP…`` and ``dateline places search NAME``: a larger gazetteer, and what one knows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from dateline.cli.add import TERMINATED, Terminated, stopped_by_sigterm
from dateline.cli.guard import INTERRUPTED, guarded, tell
from dateline.cli.options import JsonOption, PlacesOption, VerboseOption

places = typer.Typer(no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


@places.callback()
def about() -> None:
    """Search the gazetteer, or build a larger one from GeoNames dumps or from your own places."""


@places.command()
@guarded
def search(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, or how it begins.")],
    places: PlacesOption = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="How many places are shown.")] = 20,
    json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Show the places of a name: those that bear it, those of most people first; then those whose names begin so."""
    import msgspec

    from dateline.cli.answers import print_page
    from dateline.cli.outlets import write_bytes
    from dateline.cli.page.pen import open_pen
    from dateline.desk.places import search_places
    from dateline.model import PLACE_CREDIT

    found = search_places(name, places=places, limit=limit)
    if not found:
        tell(f"{name}: no place of this name is known. A larger gazetteer is made with dateline places build")
        raise typer.Exit(1)
    if json:
        write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in found))
        return
    pen = open_pen(sys.stdout)
    grid = pen.grid(None, 8, 12, 22)
    for each in found:
        inside = ", ".join(filter(None, (each.district, each.region, each.place.country)))
        people = f"{each.population:,}" if each.population else ""
        at = f"{each.place.lat:.4f}, {each.place.lon:.4f}"
        grid.add_row(
            pen.text(each.place.name), pen.text(each.kind, "dim"), pen.text(people), pen.text(at),
            pen.text(f"{inside} · {each.place.id}" if inside else each.place.id, "dim"),
        )  # fmt: skip
    print_page(pen.draw([grid, pen.text(PLACE_CREDIT, "dim")]))


@places.command()
@guarded
def build(
    dumps: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DUMP",
            help="GeoNames' files: allCountries.txt or XX.txt, admin1CodesASCII.txt, admin2Codes.txt, "
            "alternateNamesV2.txt, hierarchy.txt; or zips of them.",
        ),
    ] = None,
    to: Annotated[str, typer.Option(metavar="FILE", help="The gazetteer to make.")] = "world.places",
    own: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CSV", show_default=False,
            help="A table of your own places, with the columns name, lat, lon. May be given several times.",
        ),
    ] = None,
    alone: Annotated[
        bool, typer.Option("--alone", help="Leave out the places of the gazetteer that ships with Dateline.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something goes wrong.")] = False,
    verbose: VerboseOption = False,
) -> None:  # fmt: skip
    """Build a gazetteer from GeoNames dumps and your own places; what was stopped goes on from where it was."""
    from dateline.desk.places import build_places
    from dateline.lexicon.gazetteer import Gazetteer

    try:
        with stopped_by_sigterm(), _bar(quiet=quiet) as show:
            made = build_places(dumps or (), to, own=own or (), shipped=not alone, progress=show)
    except KeyboardInterrupt as stop:
        tell(f"stopped: what was read is kept in {to}.building, and the same command goes on from there")
        raise typer.Exit(TERMINATED if isinstance(stop, Terminated) else INTERRUPTED) from None
    if not quiet:
        gazetteer = Gazetteer.open(made)
        about = gazetteer.about()
        gazetteer.close()
        size = made.stat().st_size / 1e6
        sys.stdout.write(f"{to}: {int(about['places']):,} places, {int(about['names']):,} names, {size:,.1f} MB\n")
        sys.stdout.write(f"use it with --places {to}, or set DATELINE_PLACES\n")


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Any]:
    """What shows progress on a terminal; None in its place where nobody would see it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(now: Any) -> None:
            if now.total:
                what, total = f"reading {now.what}: {now.at / 1e6:,.0f} of {now.total / 1e6:,.0f} MB", now.total
            else:
                what, total = f"writing {now.at:,} {now.stage}", None
            bar.update(task, completed=now.at, total=total, description=what)

        yield show
