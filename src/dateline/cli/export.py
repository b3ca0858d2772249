"""``dateline export FORMAT``: writes what the ledger holds in a form for other programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from dateline.cli.guard import guarded, tell
from dateline.errors import SettingError


@guarded
def export(
    format: Annotated[
        str | None, typer.Argument(metavar="FORMAT", help="One of those that --list shows, such as csv.")
    ] = None,
    ledger: Annotated[str, typer.Option(metavar="FILE", help="The ledger to export from.")] = "press.ledger",
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write it, instead of to standard output."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the formats and end.")] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Leave cells as they are that a spreadsheet would take for formulas.")
    ] = False,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Who did it; a part of the name is enough.")] = None,
    whom: Annotated[str | None, typer.Option(metavar="NAME", help="To whom it was done.")] = None,
    type_: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="What it was, such as CONSULT.")] = None,
    when: Annotated[
        str | None, typer.Option(metavar="WHEN", help="A day, month, year, or two of them: 2023-09-12/2023-09-17.")
    ] = None,
    where: Annotated[
        str | None, typer.Option(metavar="PLACE", help="A place, a country, or latitude,longitude,kilometres.")
    ] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="happened, ongoing, planned, possible or denied.")
    ] = None,
    said_by: Annotated[str | None, typer.Option(metavar="NAME", help="On whose word it rests.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Who printed it.")] = None,
    words: Annotated[str | None, typer.Option(metavar="WORDS", help="Words of its sentence.")] = None,
    main: Annotated[bool, typer.Option("--main", help="Only what a summary would mention.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show more where Dateline itself goes wrong.")
    ] = False,
) -> None:
    """Write the ledger, or what of it answers, as CSV, GeoJSON, iCalendar and more; --list shows all formats."""
    if list_:
        show_formats()
        return
    chosen = _chosen(format)
    if output is None and chosen.binary and sys.stdout.isatty():
        what, todo = "this format is not for a terminal", f"Name a file, such as -o press{chosen.suffix}."
        raise SettingError(chosen.name, what, todo)
    from dateline.desk.exporting import export as export_all

    question: dict[str, Any] = {
        "who": who,
        "whom": whom,
        "type": type_.upper() if type_ else None,
        "when": when,
        "where": where,
        "status": status.lower() if status else None,
        "said_by": said_by,
        "publisher": publisher,
        "words": words,
        "main": main,
    }
    _deliver(export_all(ledger, chosen.name, raw=raw, **question), output, ledger)


def show_formats() -> None:
    """Prints the formats, a line each."""
    from dateline.export import FORMATS

    wide = max(map(len, FORMATS))
    for name, each in FORMATS.items():
        sys.stdout.write(f"{name:<{wide}}  {each.about}\n")


def _chosen(format: str | None) -> Any:
    from dateline.export import FORMATS, find_format

    if format is None:
        todo = f"Give one of {', '.join(FORMATS)}; dateline export --list says what each is."
        raise SettingError("dateline export", "no format is given", todo)
    return find_format(format)


def _deliver(chunks: Iterator[bytes], output: str | None, ledger: str) -> None:
    if output is None or output == "-":
        sys.stdout.flush()
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    if "\0" in output:
        raise SettingError(repr(output), "no file can have this name", "Name another file.")
    path = Path(output)
    if _same_file(path, Path(ledger)):
        raise SettingError(output, "this is the ledger itself, which the export would overwrite", "Name another file.")
    # The first piece is asked for before the file is made: most of what can go wrong goes wrong there.
    first = next(chunks, b"")
    with _replacing(path) as file:
        file.write(first)
        for chunk in chunks:
            file.write(chunk)
    tell(f"wrote {output}")


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of what was at a path once it is whole: an export that fails leaves the older one."""
    # A pipe or a device cannot be replaced, and is written to.
    whole = not path.exists() or path.is_file()
    target = path.with_name(f"{path.name}.{os.getpid()}.part") if whole else path
    try:
        with target.open("wb") as file:
            yield file
        if whole:
            target.replace(path)
    except BrokenPipeError:
        raise
    except OSError as error:
        what = f"the export cannot be written ({error.strerror or error})"
        raise SettingError(str(path), what, "Name another file, or make room for it.") from None
    finally:
        if whole:
            target.unlink(missing_ok=True)


def _same_file(path: Path, other: Path) -> bool:
    return path.exists() and other.exists() and path.samefile(other)
