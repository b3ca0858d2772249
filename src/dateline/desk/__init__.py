"""What one can ask of Dateline, one function a request; the only room that knows the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dateline.desk.asking import ask, ask_readings, said, timeline
from dateline.desk.badges import find_badges
from dateline.desk.comparing import compare
from dateline.desk.copying import backup
from dateline.desk.counting import COUNTED, count_happenings, span
from dateline.desk.judging import judge
from dateline.desk.opening import AnyLedger
from dateline.desk.reading import As, Refusal, annotators, read, read_all
from dateline.desk.rereading import reread
from dateline.desk.showing import show, show_editions
from dateline.export.reasons import explain_times
from dateline.ledger import Ledger
from dateline.model import ReportKind, Tally

__all__ = [
    "COUNTED",
    "AnyLedger",
    "As",
    "Refusal",
    "add",
    "annotators",
    "ask",
    "ask_readings",
    "backup",
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
    kind: ReportKind | None = None,
    allow_private: bool = False,
    places: str | os.PathLike[str] | None = None,
    progress: Callable[[Any], object] | None = None,
    engine: str = "processes",
    cluster: str | None = None,
    shards: str | os.PathLike[str] | None = None,
) -> Tally:
    """What adding all reports of some sources to a ledger came to; see ``desk.adding`` for each argument.

    With the ``engine`` "dask", on this machine or on the ``cluster`` at an address, or with a folder of ``shards``, the
    readings are written into Parquet files first, as ``desk.sharding`` tells; what could not be read is left out.

    Raises LedgerError where the ledger cannot be opened or written, SettingError where ``published`` is no date
    or ``kind`` no kind, LexiconError where the gazetteer cannot be opened.
    """
    path = ledger.path if isinstance(ledger, Ledger) else os.fspath(ledger)
    if engine != "processes" or cluster is not None or shards is not None:
        from dateline.desk.sharding import add_by_shards

        named = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
        done = add_by_shards(
            [os.fspath(each) for each in named],
            path,
            os.fspath(shards) if shards is not None else None,
            engine=engine,
            cluster=cluster,
            workers=workers,
            fields=fields,
            kind=kind,
            published=published,
            places=places,
            progress=progress,
        )
        return done.tally or Tally()
    # Reading pages takes rooms that nobody needs who only asks.
    from dateline.desk.adding import add as add_all

    return add_all(
        sources,
        path,
        workers=workers,
        fields=fields,
        published=published,
        kind=kind,
        allow_private=allow_private,
        places=places,
        progress=progress,
    )
