"""Where a reading goes: onto the terminal, out as JSON, or into a web page of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dateline.cli.guard import tell
from dateline.errors import SettingError
from dateline.model import Reading, to_json

Outlet = Callable[[Reading], None]


def open_outlet(
    pages: Sequence[str], *, json: bool, html: str | None, explain_times: bool = False, verbose: bool
) -> Outlet:
    """What takes each reading where it was asked to go: to JSON, a web page, both, or else the terminal.

    Raises SettingError where standard output would have to take two of these.
    """
    outlets: list[Outlet] = []
    if json:
        if html == "-":
            raise SettingError("--html -", "standard output already takes the JSON", "Name a file for the web page.")
        if explain_times:
            raise SettingError("--explain-times", "standard output already takes the JSON", "Leave one of them out.")
        outlets.append(print_json)
    if html is not None:
        outlets.append(open_html(html, pages))
    if explain_times:
        if html == "-":
            raise SettingError("--html -", "standard output already takes the times", "Name a file for the web page.")
        outlets.append(print_times)
    if not outlets:
        outlets.append(open_terminal(verbose=verbose))

    def deliver(reading: Reading) -> None:
        for outlet in outlets:
            outlet(reading)

    return deliver


def print_json(reading: Reading) -> None:
    """Prints the JSON form on one line, in UTF-8 whatever the terminal's encoding is: it is for programs."""
    write_bytes(f"{to_json(reading)}\n".encode())


def print_times(reading: Reading) -> None:
    """Prints a line for each time expression, under the headline of its report."""
    from dateline.cli.printable import printable
    from dateline.export.reasons import explain_times

    encoding = sys.stdout.encoding or "utf-8"
    title = reading.report.headline or reading.report.origin or "(no headline)"
    sys.stdout.write(f"{printable(title, encoding)}\n")
    sys.stdout.writelines(f"  {printable(line, encoding)}\n" for line in explain_times(reading))
    if not reading.timexes:
        sys.stdout.write("  no times were found\n")


def write_bytes(content: bytes) -> None:
    """Writes bytes to standard output, after all that was printed before."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def open_terminal(*, verbose: bool) -> Outlet:
    """What shows readings on the terminal, with a blank line between two."""
    from dateline.cli.page import open_page

    show = open_page(sys.stdout, verbose=verbose)
    shown = 0

    def deliver(reading: Reading) -> None:
        nonlocal shown
        sys.stdout.write(("\n" if shown else "") + show(reading))
        sys.stdout.flush()
        shown += 1

    return deliver


def open_html(target: str, pages: Sequence[str]) -> Outlet:
    """What writes readings as web pages, to one file or into a folder.

    Raises SettingError where one file would have to hold several pages, or would overwrite a page that is to be read.
    """
    from dateline.export import export_html

    if target == "-":
        _one_only(target, pages)
        return lambda reading: write_bytes(export_html(reading).encode("utf-8", "replace"))
    if target.endswith(("/", "\\")) or Path(target).is_dir():
        return _open_folder(Path(target), pages)
    _one_only(target, pages)
    return lambda reading: _write_page(Path(target), reading, pages)


def _one_only(target: str, pages: Sequence[str]) -> None:
    if len(pages) > 1:
        raise SettingError(
            f"--html {target}",
            f"one file cannot hold the web pages of {len(pages)} reports",
            "Name a folder, with a / at its end, such as pages/.",
        )


def _open_folder(folder: Path, pages: Sequence[str]) -> Outlet:
    taken: dict[str, int] = {}

    def deliver(reading: Reading) -> None:
        name = page_name(reading, taken)
        with _telling(folder):
            folder.mkdir(parents=True, exist_ok=True)
        _write_page(folder / name, reading, pages)

    return deliver


def page_name(reading: Reading, taken: dict[str, int]) -> str:
    """A file name for a reading's web page, from the last part of its origin, unlike all that are taken.

    ``taken`` counts the names that were given out; two that differ in capitals alone are one on many a disk.
    """
    origin = (reading.report.origin or "").split("?", 1)[0].split("#", 1)[0].rstrip("/\\")
    last = origin.replace("\\", "/").rsplit("/", 1)[-1]
    stem = last.rsplit(".", 1)[0] or last
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in stem)[:80].strip("-.")
    base = name = safe or reading.report.id
    while name.lower() in taken:
        taken[base.lower()] += 1
        name = f"{base}-{taken[base.lower()]}"
    taken[name.lower()] = 1
    return f"{name}.html"


def _write_page(path: Path, reading: Reading, pages: Sequence[str]) -> None:
    from dateline.export import export_html

    if any(_same_file(path, page) for page in pages):
        raise SettingError(
            str(path), "the web page would overwrite a page that is read", "Name another file or folder."
        )
    content = export_html(reading).encode("utf-8", "replace")
    with _telling(path):
        path.write_bytes(content)
    tell(f"wrote {path}")


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turns what goes wrong with a path into an error that says so."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        todo = "Name a file in a folder that exists, or a folder with a / at its end."
        raise SettingError(str(path), f"the web page cannot be written ({why})", todo) from None


def _same_file(path: Path, page: str) -> bool:
    try:
        return path.exists() and Path(page).exists() and path.samefile(page)
    except (OSError, ValueError):
        return False
