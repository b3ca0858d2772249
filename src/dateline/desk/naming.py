"""Finds what is meant by an id, or by a beginning of one that fits nothing else."""

from __future__ import annotations

import re

from dateline.corroboration import happening_id
from dateline.errors import NotFound, SettingError
from dateline.ledger import Ledger
from dateline.model import Kept

FEWEST = 4
"""The fewest characters that a beginning of an id needs."""

MOST_ALIKE = 2_000
"""The most ids of events that are looked through for the one that a happening was named by; they begin as it does."""

_ID = re.compile(rf"[0-9a-f]{{{FEWEST},16}}")


def is_id(given: str) -> bool:
    """Whether this could be an id, or the beginning of one."""
    return _ID.fullmatch(given.strip().lower()) is not None


def find_one(ledger: Ledger, given: str, *kinds: Kept) -> tuple[Kept, str]:
    """The kind and the id of what is meant, which must be of one of the kinds where some are given.

    A happening that has joined another since is meant by its old id, too. Raises SettingError where this is no id, or
    fits several; NotFound where nothing has it.
    """
    beginning = given.strip().lower()
    if not _ID.fullmatch(beginning):
        todo = "Give the id that `dateline ask` or `dateline timeline` shows, or its first characters."
        what = "this is no id" if kinds else "this is no id, and no report names anybody so"
        raise SettingError(f'"{given}"', what, todo)
    found = [each for each in ledger.find(beginning) if not kinds or each[0] in kinds]
    if not found and (not kinds or "happening" in kinds):
        found = [("happening", id) for id in joined_since(ledger, beginning)]
    if not found:
        what = f"there is no {' or '.join(kinds) or 'event, happening, report, edition or actor'} {beginning}"
        raise NotFound(str(ledger.path), what, "Find its id with `dateline ask` or `dateline timeline`.")
    if len(found) > 1:
        fits = ", ".join(f"{kind} {id}" for kind, id in found)
        raise SettingError(f'"{given}"', f"this is the beginning of several ids ({fits})", "Give more of it.")
    return found[0]


def joined_since(ledger: Ledger, id: str) -> tuple[str, ...]:
    """The happening that holds the event by which one of this id, that is no more, was named."""
    events = (each for kind, each in ledger.find(id[:FEWEST], limit=MOST_ALIKE) if kind == "event")
    return ledger.happenings_of([each for each in events if happening_id([each]) == id])
