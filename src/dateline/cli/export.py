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
from dateline.cli.options import (
    LedgerOption,
    MainOption,
    PublisherOption,
    SaidByOption,
    StatusOption,
    TypeOption,
    VerboseOption,
    WhenOption,
    WhereOption,
    WhomOption,
    WhoOption,
    WordsOption,
    capitals,
    value_of,
)
from dateline.errors import SettingError


@guarded
def export(
    format: Annotated[
        str | None, typer.Argument(metavar="FORMAT", help="One of those that --list shows, such as csv.")
    ] = None,
    ledger: LedgerOption = "press.ledger",
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write it, instead of to standard output."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the formats and end.")] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="Leave cells as they are that a spreadsheet would take for formulas.")
    ] = False,
    who: WhoOption = None,
    whom: WhomOption = None,
    type_: TypeOption = None,
    when: WhenOption = None,
    where: WhereOption = None,
    status: StatusOption = None,
    said_by: SaidByOption = None,
    publisher: PublisherOption = None,
    words: WordsOption = None,
    main: MainOption = False,
    verbose: VerboseOption = False,
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
        "who": who, "whom": whom, "type": capitals(type_), "when": when, "where": where,
        "status": value_of(status),
        "said_by": said_by, "publisher": publisher, "words": words, "main": main,
    }  # fmt: skip
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
