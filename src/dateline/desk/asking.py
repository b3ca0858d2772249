"""Asks a ledger: for events, for what somebody said, for happenings in the order of time."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import islice
from typing import TypedDict, Unpack

from dateline.desk.opening import AnyLedger, opened
from dateline.ledger.questions import check_page
from dateline.model import Answer, EventType, Happening, Order, Question, Quote, Status


class Sieve(TypedDict, total=False):
    """What an event must be like; all that is given must hold. The words are those of ``model.Question``."""

    who: str | None
    whom: str | None
    type: EventType | None
    when: str | None
    where: str | None
    status: Status | None
    said_by: str | None
    publisher: str | None
    words: str | None
    main: bool
    limit: int
    offset: int


class Asked(Sieve, total=False):
    """A sieve, and the order of what goes through it."""

    order: Order


def ask(ledger: AnyLedger = "press.ledger", **question: Unpack[Asked]) -> Answer:
    """The entries that answer a question: one page of them, and how many there are in all.

    ``who``, ``whom`` and ``said_by`` are names or parts of names; ``when`` is a day, month, year or interval of two;
    ``where`` a name, a country or "lat,lon,km"; ``words`` a full-text query on the sentence.

    Raises SettingError where a part of the question makes no sense, LedgerError where there is no such ledger.
    """
    with opened(ledger) as book:
        return book.ask(Question(**question))


def ask_readings(
    readings: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], **question: Unpack[Asked]
) -> Answer:
    """The entries that answer a question, straight from shards of readings: paths, patterns or addresses in a store.

    As ``ask``, but without what only a ledger holds: happenings, corrections by hand, and the other names of whoever is
    asked for.

    Raises SettingError where a part of the question makes no sense or duckdb is not installed, LedgerError where a file
    is no shard, InputError where there is none.
    """
    from dateline.ledger.shards.asking import ask_shards
    from dateline.storage import list_matching

    named = [readings] if isinstance(readings, str | os.PathLike) else list(readings)
    files = [name for each in named for name in list_matching(os.fspath(each), ".parquet")]
    return ask_shards(sorted(dict.fromkeys(files)), Question(**question))


def said(
    ledger: AnyLedger = "press.ledger",
    who: str | None = None,
    *,
    words: str | None = None,
    outermost: bool = False,
    limit: int = 100,
    offset: int = 0,
) -> tuple[Quote, ...]:
    """What somebody said (a part of the name is enough), with these words in it, in order of publication.

    With ``outermost``, what one source passes on of another is left out.

    Raises SettingError where the words make no sense, LedgerError where there is no such ledger.
    """
    with opened(ledger) as book:
        if not outermost:
            return book.quotes(who, words=words, limit=limit, offset=offset)
        check_page(limit, offset)
        found = (quote for quote in book.each_quote(who, words=words) if quote.statement.outermost)
        return tuple(islice(found, offset, offset + limit))


def timeline(ledger: AnyLedger = "press.ledger", **question: Unpack[Sieve]) -> tuple[Happening, ...]:
    """The happenings of which at least one event answers the question, in the order of time, each with its rank.

    Raises SettingError where a part of the question makes no sense, LedgerError where there is no such ledger.
    """
    from dateline.desk.happening import put_together
    from dateline.desk.ranking import rank

    asked = Question(**question)
    everything = Question(limit=asked.limit, offset=asked.offset)
    with opened(ledger) as book:
        sieve = None if asked == everything else asked
        return rank(book, put_together(book, book.groups(limit=asked.limit, offset=asked.offset, question=sieve)))
