"""Puts happenings of a ledger together: their entries, the roots behind them, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from dateline.corroboration import Credit, find_credit, find_happening
from dateline.ledger import Ledger
from dateline.lexicon.origins import Origins
from dateline.model import Happening

FARTHEST = 8
"""How many copies of copies are followed back to their first print."""

REMEMBERED = 50_000
"""The credits of so many editions are remembered."""

_CREDITS: dict[tuple[str, str], tuple[Origins, Credit | None]] = {}

Copies = tuple[tuple[str, str, float], ...]


def put_together(ledger: Ledger, ids: Iterable[str]) -> tuple[Happening, ...]:
    """The happenings of these ids in order; one that has no events any more is left out."""
    groups = {id: ledger.group(id) for id in dict.fromkeys(ids)}
    entries = {entry.id: entry for entry in ledger.entries(event for events in groups.values() for event in events)}
    editions = list(dict.fromkeys(entry.report.edition for entry in entries.values()))
    copies = find_copies(ledger, editions)
    origins = open_origins(ledger.path)
    credits = find_credits(ledger, dict.fromkeys([*editions, *(of for _, of, _ in copies)]), origins)
    found = []
    for id, events in groups.items():
        members = [entries[event] for event in events if event in entries]
        if members:
            found.append(find_happening(members, origins=origins, copies=copies, credits=credits, id=id))
    return tuple(found)


def find_copies(ledger: Ledger, editions: Sequence[str]) -> Copies:
    """What the editions are copies of, and what that is a copy of in turn."""
    found: dict[tuple[str, str, float], None] = {}
    seen = set(editions)
    frontier = list(editions)
    for _ in range(FARTHEST):
        if not frontier:
            break
        more = ledger.copies(frontier)
        found.update(dict.fromkeys(more))
        frontier = list(dict.fromkeys(of for _, of, _ in more if of not in seen))
        seen.update(frontier)
    return tuple(found)


def find_credits(ledger: Ledger, editions: Iterable[str], origins: Origins) -> dict[str, Credit]:
    """The agencies that editions credit with their words, by edition."""
    found = {edition: _credit(ledger, edition, origins) for edition in editions}
    return {edition: credit for edition, credit in found.items() if credit is not None}


def _credit(ledger: Ledger, edition: str, origins: Origins) -> Credit | None:
    """What an edition credits, remembered: its report never changes, and to open it takes most of the time."""
    key = (str(ledger.path), edition)
    known = _CREDITS.get(key)
    if known is not None and known[0] is origins:
        return known[1]
    found = find_credit(ledger.report(edition), origins)
    if len(_CREDITS) >= REMEMBERED:
        _CREDITS.clear()
    _CREDITS[key] = (origins, found)
    return found


def open_origins(ledger: Path | None) -> Origins:
    """The registry of origins, with the user's own beside the ledger (``press.ledger.origins.toml``) before it."""
    own = ledger.with_name(f"{ledger.name}.origins.toml") if ledger else None
    if own is None or not own.is_file():
        return _load(None, 0)
    return _load(own, own.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _load(own: Path | None, changed: int) -> Origins:
    """``changed`` is when the file last was, so that a file that is mended is read anew."""
    return Origins.load(own)
