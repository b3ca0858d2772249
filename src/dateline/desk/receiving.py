"""Takes in what somebody hands over: files by the names that they came under, pasted words, or an address."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from dateline.desk.adding import Watch, Work, add_parcels
from dateline.errors import SettingError
from dateline.intake.facts.publication import given_date
from dateline.intake.sources import Found, Parcel, find_parcels
from dateline.ledger import Ledger
from dateline.model import Edition, Refused, Taken, Tally

TOLD = 200
"""Of how many pages, at most, it is told what became of each."""


class Handed(Struct, frozen=True):
    """What was handed over: files by path and name, words, and an address; and what is said of those that do not say.

    ``url``, ``publisher`` and ``published`` are said of the words; ``published`` of all else too.
    """

    files: tuple[tuple[Path, str], ...] = ()
    words: str = ""
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    address: str | None = None


def check(handed: Handed) -> None:
    """Raises SettingError where an address is none, a date is no date, or there is nothing at all."""
    if handed.published:
        given_date(handed.published)
    for address in (handed.address, handed.url):
        if address is not None and not address[:8].lower().startswith(("http://", "https://")):
            raise SettingError(
                f'"{address[:80]}"', "this is no address of the web", "Give one that begins with https://."
            )
    if not (handed.files or handed.words.strip() or handed.address):
        raise SettingError("nothing", "there is nothing to add", "Choose files, paste a report, or give an address.")


class Received(Struct, frozen=True):
    """What adding came to: the counts, and for the first ``TOLD`` pages the editions and the refusals they became."""

    tally: Tally
    editions: tuple[Edition, ...]
    refusals: tuple[Refused, ...]


def receive(
    handed: Handed,
    ledger: str | Path,
    *,
    workers: int | None = None,
    progress: Watch | None = None,
    work: Work | None = None,
    allow_private: bool = False,
) -> Received:
    """What adding all that was handed over came to; ``workers``, ``progress`` and ``work`` are those of ``add``.

    ``allow_private`` lets an address lead into the own network. Raises as ``check`` does, and LedgerError where the
    ledger cannot be written.
    """
    check(handed)
    digests: list[str] = []
    parcels = chain(_pasted(handed), _from_files(handed), _from_address(handed, allow_private=allow_private))
    tally = add_parcels(_noted(parcels, digests), ledger, workers=workers, progress=progress, work=work)
    with Ledger.open(ledger) as book:
        editions, refusals = book.came_of(digests)
    return Received(tally, editions, refusals)


def _noted(parcels: Iterable[Found], digests: list[str]) -> Iterator[Found]:
    """The parcels; the digests of the first are noted as they pass."""
    for each in parcels:
        if len(digests) < TOLD:
            digests.append(each.digest)
        yield each


def _pasted(handed: Handed) -> Iterator[Parcel]:
    if handed.words.strip():
        data = handed.words.encode("utf-8", "replace")
        yield Parcel(
            "pasted words",
            data,
            charset="utf-8",
            published=handed.published,
            address=handed.url,
            publisher=handed.publisher,
        )


def _from_files(handed: Handed) -> Iterator[Found]:
    """The reports in the files, under the names that these came by: where they lay meanwhile is nobody's concern."""
    for path, name in handed.files:
        for found in find_parcels(os.fspath(path)):
            if not isinstance(found, Taken):
                found = msgspec.structs.replace(found, origin=found.origin.replace(os.fspath(path), name))
            yield _dated(found, handed)


def _from_address(handed: Handed, *, allow_private: bool) -> Iterable[Found]:
    if handed.address:
        found = find_parcels(handed.address, allow_private=allow_private)
        yield from (_dated(each, handed) for each in found)


def _dated(found: Found, handed: Handed) -> Found:
    if not isinstance(found, Parcel) or found.published or not handed.published:
        return found
    return msgspec.structs.replace(found, published=handed.published)
