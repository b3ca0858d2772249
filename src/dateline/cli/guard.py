"""What stands between a command and the terminal when something goes wrong: one clear line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from dateline.cli.printable import visible
from dateline.errors import DatelineError

UNREADABLE = 2
"""A page could not be read, or an option or argument does not make sense."""

BUG = 70
"""Dateline itself went wrong (EX_SOFTWARE of sysexits.h)."""

INTERRUPTED = 130
"""Stopped with Ctrl-C, as shells count it: 128 + SIGINT."""

CLOSED = 141
"""The reader of our output went away (``dateline read … | head``), as shells count it: 128 + SIGPIPE."""

P = ParamSpec("P")


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """The command with every way of failing turned into one line on stderr and an exit code.

    A command with a ``verbose`` argument shows the traceback of an unexpected error where it is set.
    """

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
            sys.stdout.flush()
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _let_go_of_stdout()
            raise typer.Exit(CLOSED) from None
        except DatelineError as error:
            tell(error)
            raise typer.Exit(UNREADABLE) from None
        except Exception as error:
            tell_bug(error, verbose=bool(kwargs.get("verbose")))
            raise typer.Exit(BUG) from None

    return run


def tell(message: object) -> None:
    """Says one line on stderr, after all that stands on stdout; nothing in it can command the terminal."""
    sys.stdout.flush()
    line = f"dateline: {visible(str(message))}\n"
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(line.encode(encoding, "backslashreplace").decode(encoding))
    sys.stderr.flush()


def tell_bug(error: Exception, *, verbose: bool) -> None:
    """Says that an unexpected error is ours and not the reader's, with its traceback where that was asked for."""
    if verbose:
        import traceback

        for line in "".join(traceback.format_exception(error)).splitlines():
            sys.stderr.write(f"{visible(line, spaces=True)}\n")
    more = "Please report it." if verbose else "Please report it, with what --verbose shows."
    tell(f"this is a bug in Dateline ({type(error).__name__}: {error}). {more}")


def _let_go_of_stdout() -> None:
    """Points stdout at nothing, so that Python's own flush at exit has nothing to complain of."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
