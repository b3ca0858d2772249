"""``dateline add SOURCE…``: reads reports into a ledger."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from enum import StrEnum
from types import FrameType
from typing import Annotated, Any

import typer

from dateline.cli.guard import INTERRUPTED, UNREADABLE, guarded, tell
from dateline.cli.options import KindOption, PlacesOption, value_of
from dateline.errors import SettingError


class Engine(StrEnum):
    """What can run the workers, as values of ``--engine``."""

    PROCESSES = "processes"
    DASK = "dask"


TERMINATED = 143
"""Stopped with SIGTERM, as shells count it: 128 + 15."""


@guarded
def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Files, folders, globs, web addresses, feeds, JSON Lines, Parquet, web archives (WARC), shards.",
        ),
    ],
    ledger: Annotated[
        str, typer.Option(metavar="FILE", help="The ledger to add to; it is made where there is none.")
    ] = "press.ledger",
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="How many processes read; as many as there are cores, unless told."),
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=THEIRS",
            help="What a field is called in JSON Lines, such as text=body. May be given several times.",
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="When reports were published, such as 2023-09-17, that do not say."),
    ] = None,
    kind: KindOption = None,
    places: PlacesOption = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and local network addresses too.")
    ] = False,
    engine: Annotated[
        Engine, typer.Option(help="What runs the workers: processes of this machine, or Dask, here or on a cluster.")
    ] = Engine.PROCESSES,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The Dask cluster to use, such as tcp://10.0.0.5:8786.")
    ] = None,
    shards: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="Where the shards of readings go; beside the ledger, unless told."),
    ] = None,
    shards_only: Annotated[
        bool, typer.Option("--shards-only", help="Write shards and no ledger, to be asked with ask --readings.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing unless something goes wrong.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show more where Dateline itself goes wrong.")
    ] = False,
) -> None:
    """Read reports into a ledger. What it holds already is passed over, and a run that was stopped goes on."""
    from dateline.desk.adding import Progress
    from dateline.desk.adding import add as add_all

    fields = read_fields(field or [])
    by_shards = engine is not Engine.PROCESSES or cluster is not None or shards is not None or shards_only
    if by_shards and allow_private:
        raise SettingError("--allow-private", "nothing is fetched by way of shards", "Leave it out.")
    last, told = Progress(), ""
    failed: Sequence[Any] = ()
    try:
        with stopped_by_sigterm(), _bar(quiet=quiet) as show:

            def watch(progress: Progress) -> None:
                nonlocal last
                last = progress
                if show is not None:
                    show(progress)

            given: dict[str, Any] = {
                "workers": workers, "fields": fields, "published": published, "kind": value_of(kind),
                "places": places, "progress": watch,
            }  # fmt: skip
            if by_shards:
                from dateline.desk.sharding import add_by_shards

                into = None if shards_only else ledger
                done = add_by_shards(sources, into, shards, engine=engine.value, cluster=cluster, **given)
                failed, told = done.failed, shard_summary(done)
            else:
                add_all(sources, ledger, allow_private=allow_private, **given)
                failed = last.barren
    except KeyboardInterrupt as stop:
        tell(f"stopped: {summary(last.kept)}. All of that is kept, and the same command goes on from here")
        raise typer.Exit(TERMINATED if isinstance(stop, Terminated) else INTERRUPTED) from None
    for each in failed:
        tell(f"{each.origin}: {each.what}. {each.todo}")
    if not quiet:
        sys.stdout.write(f"{told or summary(last.kept)}\n")
    if failed:
        raise typer.Exit(UNREADABLE)


class Terminated(KeyboardInterrupt):
    """SIGTERM was received: to be treated as Ctrl-C is, but for the exit code."""


@contextmanager
def stopped_by_sigterm() -> Iterator[None]:
    """A stretch of work that SIGTERM ends as Ctrl-C does, with time to keep what is at hand."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def read_fields(given: Sequence[str]) -> dict[str, str]:
    """What fields are called, from "text=body" and the like.

    >>> read_fields(["text=body", "url=link"])
    {'text': 'body', 'url': 'link'}
    """
    fields: dict[str, str] = {}
    for each in given:
        name, equals, theirs = each.partition("=")
        if not (name and equals and theirs):
            raise SettingError(f"--field {each}", "this is no pair of names", "Write it like --field text=body.")
        fields[name.strip()] = theirs.strip()
    return fields


def summary(tally: Any) -> str:
    """What adding came to, in one line."""
    parts = [f"added {_count(tally.added, 'report')}" if tally.added else "added no new report"]
    if tally.editions:
        parts.append(_count(tally.editions, "new edition"))
    if tally.known:
        parts.append(f"{tally.known:,} known")
    if tally.refused:
        parts.append(f"{tally.refused:,} refused (see dateline refused)")
    return ", ".join(parts)


def shard_summary(done: Any) -> str:
    """What adding by way of shards came to, in one line."""
    wrote = f"{_count(len(done.lines), 'shard')} in {done.folder}"
    there = f" ({done.reused:,} finished before)" if done.reused else ""
    if done.tally is not None:
        return f"{summary(done.tally)}; {wrote}{there}"
    reports, refused = sum(line.reports for line in done.lines), sum(line.refused for line in done.lines)
    return f"{wrote}{there}: {_count(reports, 'report')}{f', {refused:,} refused' if refused else ''}"


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _bar(*, quiet: bool) -> AbstractContextManager[Any]:
    """What shows progress; None in its place where nobody would see it."""
    if quiet or not sys.stderr.isatty():
        return nullcontext()
    return _open_bar()


@contextmanager
def _open_bar() -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    counts = TextColumn("{task.fields[counts]}", markup=False)
    columns = (BarColumn(), counts, TimeElapsedColumn(), TextColumn("left", markup=False), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, counts="opening what is needed to read")
        began: float | None = None

        def show(now: Any) -> None:
            nonlocal began
            if now.done and began is None:
                began = bar.get_time()
            counts = "  ".join(
                [
                    f"{now.done:,} read",
                    *([f"{now.known:,} known"] if now.known else []),
                    *([f"{now.refused:,} refused"] if now.refused else []),
                    *([_rate(now.done, bar.get_time() - began)] if began is not None else []),
                ]
            )
            if now.done or now.known or now.refused:
                bar.update(task, completed=now.at, total=now.total, counts=counts)

        yield show


def _rate(done: int, seconds: float) -> str:
    return f"{done / max(1.0, seconds):.1f}/s"
