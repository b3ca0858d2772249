"""Where an answer of the ledger goes: out as JSON or CSV, or onto the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from dateline.cli.outlets import write_bytes
from dateline.errors import SettingError
from dateline.model.ledger_json import Many, One, answer_bytes


def check_forms(*, json: bool, csv: bool) -> None:
    """Raises SettingError where two forms are asked for at once."""
    if json and csv:
        raise SettingError("--json --csv", "an answer has one form at a time", "Give one of them.")


def print_json(answer: One | Many) -> None:
    """Prints the one JSON form of an answer, in UTF-8 whatever the terminal's encoding is."""
    write_bytes(answer_bytes(answer))


def print_csv(lines: Iterable[bytes]) -> None:
    """Prints lines of CSV."""
    write_bytes(b"".join(lines))


def print_page(page: str) -> None:
    """Prints a page that was drawn for the terminal."""
    sys.stdout.write(page)
    sys.stdout.flush()


def paging(first: int, shown: int, total: int | None, *, more: bool) -> str:
    """Which part of an answer is shown, and how to see the next.

    >>> paging(0, 50, 312, more=True), paging(0, 2, 2, more=False), paging(300, 12, None, more=False)
    ('1-50 of 312; more: --offset 50', '1-2 of 2', '301-312')
    >>> paging(400, 0, 312, more=False)
    'none past 400 (of 312)'
    """
    of = f" of {total:,}" if total is not None else ""
    if not shown:
        return f"none past {first}{f' ({of.strip()})' if of else ''}"
    return f"{first + 1:,}-{first + shown:,}{of}{f'; more: --offset {first + shown}' if more else ''}"
