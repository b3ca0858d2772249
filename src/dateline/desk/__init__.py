"""What one can ask of Dateline, one function a request; the only room that knows the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dateline.desk.asking import ask, said, timeline
from dateline.desk.badges import find_badges
from dateline.desk.comparing import compare
from dateline.desk.counting import COUNTED, count_happenings, span
from dateline.desk.judging import judge
from dateline.desk.opening import AnyLedger
from dateline.desk.reading import As, Refusal, annotators, read, read_all
from dateline.desk.rereading import reread
from dateline.desk.showing import show, show_editions
from dateline.export.reasons import explain_times
from dateline.ledger import Ledger
from dateline.model import Tally

__all__ = [
    "COUNTED",
    "AnyLedger",
    "As",
    "Refusal",
    "add",
    "annotators",
    "ask",
    "compare",
    "count_happenings",
    "explain_times",
    "find_badges",
    "judge",
    "read",
    "read_all",
    "reread",
    "said",
    "show",
    "show_editions",
    "span",
    "timeline",
]


def add(
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    ledger: AnyLedger = "press.ledger",
    *,
    workers: int | None = None,
    fields: Mapping[str, str] | None = None,
    published: str | None = None,
    allow_private: bool = False,
    places: str | os.PathLike[str] | None = None,
    progress: Callable[[Any], object] | None = None,
) -> Tally:
    """What adding all reports of some sources to a ledger came to; see ``desk.adding`` for each argument.

    Raises LedgerError where the ledger cannot be opened or written, SettingError where ``published`` is no date,
    LexiconError where the gazetteer cannot be opened.
    """
    # Reading pages takes rooms that nobody needs who only asks.
    from dateline.desk.adding import add as add_all

    return add_all(
        sources,
        ledger.path if isinstance(ledger, Ledger) else os.fspath(ledger),
        workers=workers,
        fields=fields,
        published=published,
        allow_private=allow_private,
        places=places,
        progress=progress,
    )
