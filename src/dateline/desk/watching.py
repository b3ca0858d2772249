"""Watches feeds: asks each in its time, adds what is new to the ledger, and remembers what it has seen.

What is remembered stands beside the ledger, in ``<ledger>.watch.json``; it is written after what was new was added, so
that nothing is lost however watching ends.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec

from dateline.desk.reading import AnyPath
from dateline.errors import InputError, LedgerError, SettingError
from dateline.intake.sources import Parcel, Poller, Visitor, WatchState, read_opml
from dateline.model import Refused, Report, Taken, Tally

Note = Callable[[Taken | Refused], None]
"""What is told of each page that was read, or could not be."""

Add = Callable[[Iterable[Parcel | Refused], str | Path, Note], Tally]
"""What adds pages to a ledger, and notes what came of each that was not known."""

_LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class Polled:
    """What one visit of a feed came to: the reports that were read, what was refused, and the tally."""

    feed: str
    new: tuple[Report, ...]
    refused: tuple[Refused, ...]
    tally: Tally


def watch(
    feeds: Sequence[str],
    ledger: str | Path = "press.ledger",
    *,
    every: float = 15.0,
    once: bool = False,
    allow_private: bool = False,
    places: AnyPath | None = None,
    add: Add | None = None,
    poller: Poller | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Polled]:
    """What each visit of a feed came to, visit by visit; endless unless only ``once`` is asked for.

    ``feeds`` are addresses, or OPML files that list them; each is visited every so many minutes, no more often than its
    server likes. ``places`` is the gazetteer to read with. ``add`` is what adds pages (the desk's own, unless given).

    Raises SettingError where ``every`` is under a minute or no feed is named, InputError where a list cannot be read,
    LedgerError where what is remembered cannot be read or written.
    """
    if not 1.0 <= every < float("inf"):
        raise SettingError(
            f"every {every:g}", "a feed is not asked more than once a minute", "Give minutes, from 1 on."
        )
    urls = find_feeds(feeds)
    memory = Path(f"{os.fspath(ledger)}.watch.json")
    poller = poller or Poller(Visitor(allow_private=allow_private))
    poller.every = every * 60
    poller.states.update(read_state(memory).feeds)
    while True:
        for url in urls:
            if once or poller.due(url) <= 0:
                yield _visit(url, ledger, poller, add or partial(_add, places=places))
                write_state(memory, poller.state)
        wait = min(map(poller.due, urls))
        if once or wait == float("inf"):
            return
        sleep(max(1.0, wait))


def find_feeds(sources: Sequence[str]) -> tuple[str, ...]:
    """The addresses of the feeds that are named, each once, those that OPML files list among them.

    Raises SettingError where none is named, InputError where a file is no list.
    """
    urls: list[str] = []
    for source in sources:
        if source[:8].lower().startswith(("http://", "https://")):
            urls.append(source)
        else:
            urls.extend(read_opml(_read_file(source), source))
    if not urls:
        raise SettingError("feeds", "none is named", "Give the address of a feed, or an OPML file that lists some.")
    return tuple(dict.fromkeys(urls))


def read_state(path: Path) -> WatchState:
    """What was remembered; nothing where there is no file. Raises LedgerError where there is one, and it is spoilt."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=WatchState)
    except FileNotFoundError:
        return WatchState()
    except OSError as error:
        raise LedgerError(str(path), f"the file cannot be read ({error.strerror})", "Check its permissions.") from None
    except (msgspec.DecodeError, UnicodeError) as error:
        todo = "Remove it: the feeds are then read from their beginning, and nothing is added twice."
        raise LedgerError(str(path), f"this remembers no feeds ({error})", todo) from None


def write_state(path: Path, state: WatchState) -> None:
    """Keeps what is to be remembered: written beside the file and put in its place, so that it is never half there.

    Raises LedgerError where that cannot be done.
    """
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with beside.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(state), indent=1))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        why = f"what was seen cannot be written ({error.strerror})"
        raise LedgerError(str(path), why, "Check the permissions of its folder, and the space on the disk.") from None


def _visit(url: str, ledger: str | Path, poller: Poller, add: Add) -> Polled:
    """What one visit came to. The pages are added as they come."""
    new: list[Report] = []
    refused: list[Refused] = []

    def note(answer: Taken | Refused) -> None:
        if isinstance(answer, Taken):
            new.append(answer.reading.report)
        else:
            refused.append(answer)

    # A visit that brings nothing opens no ledger, and makes none.
    coming = _noting(poller.poll(url), note)
    first = next(coming, None)
    if first is None:
        return Polled(url, (), (), Tally())
    tally = add(chain((first,), coming), ledger, note)
    return Polled(url, tuple(new), tuple(refused), tally)


def _noting(found: Iterator[Parcel | Refused], note: Note) -> Iterator[Parcel | Refused]:
    """What was found, as it comes; what could not be fetched is noted on the way."""
    for one in found:
        if isinstance(one, Refused):
            note(one)
        yield one


def _add(
    parcels: Iterable[Parcel | Refused], ledger: str | Path, note: Note, *, places: AnyPath | None = None
) -> Tally:
    """Adds pages in this process alone: a visit brings few, and the readers stay open for the next."""
    from dateline.desk.adding import add_parcels, read_one
    from dateline.desk.homes import shelf_of

    shelf = shelf_of(ledger)

    def work(parcel: Parcel) -> Taken | Refused:
        answer = read_one(parcel, places, shelf)
        note(answer)
        return answer

    return add_parcels(parcels, ledger, workers=1, work=work)


def _read_file(source: str) -> bytes:
    try:
        with Path(source).open("rb") as file:
            return file.read(_LARGEST)
    except FileNotFoundError:
        raise InputError(source, "there is no such file", "Give the address of a feed, or an OPML file.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(source, f"the file cannot be read ({why})", "Check its permissions.") from None
